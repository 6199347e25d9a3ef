package io.millwright.runtime.journal;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.learn.ClassScores;
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
 * A journal of predictions in a folder, as append-only segments of JSON lines, or in a {@link
 * JournalStore}, such as a database. What is recorded is put into a bounded queue, and one thread
 * writes it; the calling thread only pays for the queue. When the queue is full, either the newest
 * records are dropped and counted, or the caller waits, as the host says. Truths come later by id:
 * out of order, twice (the last counts) or never. Thread-safe; one process writes a folder at a
 * time.
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

  private final JournalStore store;
  private final InputPolicy policy;
  private final WhenFull full;
  private final Clock clock;
  private final BlockingQueue<Item> queue;
  private final Thread writer;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private volatile boolean abandoned;

  private PredictionJournal(
      JournalStore store,
      String name,
      InputPolicy policy,
      WhenFull full,
      int capacity,
      Clock clock) {
    this.store = store;
    this.policy = Objects.requireNonNull(policy, "policy");
    this.full = Objects.requireNonNull(full, "full");
    this.clock = Objects.requireNonNull(clock, "clock");
    if (capacity < 1) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the journal's queue has room for " + capacity + " records\nMaybe give it 10,000");
    }
    queue = new ArrayBlockingQueue<>(capacity);
    writer = new Thread(this::write, name);
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
    return new PredictionJournal(
        new Segments(folder),
        "millwright journal " + folder.getFileName(),
        policy,
        full,
        capacity,
        clock);
  }

  /**
   * Opens a journal over a storage of one's own, such as a database.
   *
   * @param store where records go; closed with the journal
   * @param policy what it keeps of inputs
   * @param full what happens when the queue is full
   * @param capacity how many records the queue holds, such as 10,000
   * @param clock gives the time of records
   * @return the journal; the caller closes it
   */
  public static PredictionJournal open(
      JournalStore store, InputPolicy policy, WhenFull full, int capacity, Clock clock) {
    return new PredictionJournal(
        Objects.requireNonNull(store, "store"),
        "millwright journal",
        policy,
        full,
        capacity,
        clock);
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
    return put(
        new Item.Said(
            Objects.requireNonNull(id, "id"),
            clock.instant(),
            Objects.requireNonNull(input, "input"),
            Objects.requireNonNull(outcome, "outcome")));
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
    return put(
        new Item.True(
            Objects.requireNonNull(id, "id"),
            clock.instant(),
            Objects.requireNonNull(value, "value")));
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
        List<JournalLine> lines = new ArrayList<>(some.size());
        for (Item item : some) {
          try {
            lines.add(line(item));
          } catch (RuntimeException e) {
            LOG.error("A record could not be written into the journal", e);
          }
        }
        dropped.addAndGet(abandoned ? some.size() : some.size() - store.append(lines));
      } catch (InterruptedException e) {
        continue; // close() waits no longer: what is left is counted
      } catch (RuntimeException e) {
        dropped.addAndGet(some.size());
        LOG.error("{} records could not be written into the journal", some.size(), e);
      }
      written.addAndGet(some.size());
      some.clear();
    }
  }

  private JournalLine line(Item item) {
    if (item instanceof Item.True t) {
      return new JournalLine.Told(t.id, t.at, t.truth);
    }
    Item.Said said = (Item.Said) item;
    String answer = "";
    double number = Double.NaN;
    double low = Double.NaN;
    double high = Double.NaN;
    String flags;
    if (said.outcome instanceof Outcome.Prediction<?> p) {
      Object value = p.value();
      if (value instanceof ClassScores scores) {
        answer = scores.best();
        number = scores.of(answer);
      } else {
        answer = String.valueOf(value);
        number = value instanceof Number n ? n.doubleValue() : Double.NaN;
      }
      if (p.uncertainty().at(0.9) instanceof Uncertainty.Interval i) {
        low = i.low();
        high = i.high();
      }
      flags = String.join(" ", p.flags().stream().map(Enum::name).sorted().toList());
    } else {
      flags = ((Outcome.Abstention<?>) said.outcome).code().id();
    }
    return new JournalLine.Said(
        new JournalEntry(
            said.id,
            said.at,
            said.outcome.model().digest(),
            input(said.input),
            answer,
            number,
            low,
            high,
            flags,
            Optional.empty()));
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
   * How many records were lost: the queue was full, or the storage failed.
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

  /** Writes what is left, for a minute at most, and closes the storage. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        writer.join(TimeUnit.MINUTES.toMillis(1));
        if (writer.isAlive()) {
          abandoned = true;
          writer.interrupt();
          writer.join(TimeUnit.SECONDS.toMillis(5));
        }
        store.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
