package io.millwright.runtime.journal;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.learn.ClassScores;
import io.millwright.runtime.support.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal of predictions in a folder: append-only segments of JSON lines. What is recorded is put
 * into a bounded queue, and one thread writes it; the calling thread only pays for the queue. When
 * the queue is full, either the newest records are dropped and counted, or the caller waits, as the
 * host says. Truths come later by id: out of order, twice (the last counts) or never. Thread-safe;
 * one process writes a folder at a time.
 */
public final class PredictionJournal implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PredictionJournal.class);

  /** What happens when the queue is full. */
  public enum WhenFull {
    /** The record is dropped and counted; predictions never wait. */
    DROP,
    /** The caller waits until there is room; nothing is lost. */
    WAIT
  }

  /** What is written. */
  private sealed interface Item {
    /** A prediction, not yet text. */
    record Said(String id, Instant at, Object input, Outcome<?> outcome) implements Item {}

    /** A truth. */
    record True(String id, Instant at, String truth) implements Item {}
  }

  /** A line of a segment. */
  record Line(
      String id,
      Instant at,
      Optional<String> model,
      Optional<String> input,
      Optional<String> answer,
      Optional<Double> number,
      Optional<Double> low,
      Optional<Double> high,
      Optional<String> flags,
      Optional<String> truth) {}

  private final Segments segments;
  private final InputPolicy policy;
  private final WhenFull full;
  private final Clock clock;
  private final BlockingQueue<Item> queue;
  private final Thread writer;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong written = new AtomicLong();

  private PredictionJournal(
      Path folder, InputPolicy policy, WhenFull full, int capacity, Clock clock) {
    this.policy = Objects.requireNonNull(policy, "policy");
    this.full = Objects.requireNonNull(full, "full");
    this.clock = Objects.requireNonNull(clock, "clock");
    queue = new ArrayBlockingQueue<>(capacity);
    segments = new Segments(folder);
    writer = new Thread(this::write, "millwright journal " + folder.getFileName());
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * Opens a journal.
   *
   * @param folder made when it does not exist
   * @param policy what it keeps of inputs
   * @param full what happens when the queue is full
   * @param capacity how many records the queue holds, such as 10,000
   * @param clock gives the time of records
   * @return the journal; the caller closes it
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} when the folder cannot be used
   */
  public static PredictionJournal open(
      Path folder, InputPolicy policy, WhenFull full, int capacity, Clock clock) {
    return new PredictionJournal(folder, policy, full, capacity, clock);
  }

  /**
   * Records a prediction.
   *
   * @param id what its truth will be told by
   * @param input the input: a {@link Table}, {@link Row}, {@link UnitHistory} or text is kept as
   *     the policy says, of others only the hash of their text
   * @param outcome what the model said
   * @return false when it was dropped because the queue is full
   * @throws MillwrightException with {@link ErrorCode#CLOSED}
   */
  public boolean record(String id, Object input, Outcome<?> outcome) {
    return put(new Item.Said(id, clock.instant(), input, outcome));
  }

  /**
   * Records a truth.
   *
   * @param id the id of the prediction
   * @param value the truth: a label, or a number as text
   * @return false when it was dropped because the queue is full
   * @throws MillwrightException with {@link ErrorCode#CLOSED}
   */
  public boolean truth(String id, String value) {
    return put(new Item.True(id, clock.instant(), value));
  }

  private boolean put(Item item) {
    if (closed.get()) {
      throw new MillwrightException(
          ErrorCode.CLOSED, "this journal is closed\nMaybe close it after the last prediction");
    }
    if (queue.offer(item)) {
      accepted.incrementAndGet();
      return true;
    }
    if (full == WhenFull.DROP) {
      if (dropped.getAndIncrement() == 0) {
        LOG.warn("The journal's queue is full: predictions are not recorded until there is room");
      }
      return false;
    }
    try {
      queue.put(item);
      accepted.incrementAndGet();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      dropped.incrementAndGet();
      return false;
    }
  }

  private void write() {
    List<Item> some = new ArrayList<>();
    while (!closed.get() || !queue.isEmpty()) {
      try {
        Item first = queue.poll(50, TimeUnit.MILLISECONDS);
        if (first == null) {
          continue;
        }
        some.add(first);
        queue.drainTo(some, 999);
        List<byte[]> lines = new ArrayList<>(some.size());
        for (Item item : some) {
          lines.add(Json.write(line(item), Line.class));
        }
        segments.add(lines);
      } catch (InterruptedException e) {
        return; // nobody but this class has the thread
      } catch (IOException | RuntimeException e) {
        dropped.addAndGet(some.size());
        LOG.error("{} records could not be written into the journal", some.size(), e);
      }
      written.addAndGet(some.size());
      some.clear();
    }
  }

  private Line line(Item item) {
    if (item instanceof Item.True t) {
      return new Line(
          t.id,
          t.at,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(t.truth));
    }
    Item.Said said = (Item.Said) item;
    Optional<String> answer = Optional.empty();
    Optional<Double> number = Optional.empty();
    Optional<Double> low = Optional.empty();
    Optional<Double> high = Optional.empty();
    String flags;
    if (said.outcome instanceof Outcome.Prediction<?> p) {
      Object value = p.value();
      if (value instanceof ClassScores scores) {
        answer = Optional.of(scores.best());
        number = Optional.of(scores.of(scores.best()));
      } else {
        answer = Optional.of(String.valueOf(value));
        number = value instanceof Number n ? Optional.of(n.doubleValue()) : Optional.empty();
      }
      if (p.uncertainty().at(0.9) instanceof Uncertainty.Interval i) {
        low = Optional.of(i.low());
        high = Optional.of(i.high());
      }
      flags = String.join(" ", p.flags().stream().map(Enum::name).sorted().toList());
    } else {
      flags = ((Outcome.Abstention<?>) said.outcome).code().id();
    }
    return new Line(
        said.id,
        said.at,
        Optional.of(said.outcome.model().digest()),
        Optional.of(input(said.input)).filter(i -> !i.isEmpty()),
        answer,
        number,
        low,
        high,
        Optional.of(flags).filter(f -> !f.isEmpty()),
        Optional.empty());
  }

  private String input(Object input) {
    if (policy == InputPolicy.NONE) {
      return "";
    }
    if (policy == InputPolicy.WHOLE) {
      byte[] bytes = InputDigest.bytes(input);
      if (bytes.length == 0 || bytes[0] != 0) {
        return new String(bytes, StandardCharsets.UTF_8);
      }
    }
    return InputDigest.of(input);
  }

  /** Waits until all that was recorded so far is written. */
  public void flush() {
    long until = accepted.get();
    while (written.get() < until && writer.isAlive()) {
      Thread.onSpinWait();
    }
  }

  /**
   * How many records were lost: the queue was full, or the disk failed.
   *
   * @return the number since the journal was opened
   */
  public long dropped() {
    return dropped.get();
  }

  /**
   * Reads a journal with the truths that are known, also while it is written.
   *
   * @param folder its folder
   * @return the predictions in the order in which they were recorded; lines that cannot be read,
   *     such as one that a crash cut off, are left out
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED}
   */
  public static List<JournalEntry> read(Path folder) {
    return Segments.read(folder);
  }

  /**
   * Erases predictions and their truths, such as those of a person (GDPR article 17): their lines
   * are taken out of all segments, each of which is replaced whole. The folder must not be open for
   * writing.
   *
   * @param folder the journal's folder
   * @param which the entries to erase
   * @return how many entries were erased
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED}
   */
  public static int erase(Path folder, Predicate<JournalEntry> which) {
    return Segments.erase(folder, which);
  }

  /** Writes what is left and closes the segment. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        writer.join(TimeUnit.MINUTES.toMillis(1));
        segments.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
