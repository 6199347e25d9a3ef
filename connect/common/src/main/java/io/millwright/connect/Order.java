package io.millwright.connect;

import io.millwright.connect.FeedCounts.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The order of a feed: which reading goes on when. Under the feed's lock. */
final class Order {

  /** What is remembered of a source: its last reading given on, and when it would be stale. */
  private static final class Source {
    final String name;
    final Map<Instant, SignalReading> waiting = new TreeMap<>();
    @Nullable SignalReading last;
    boolean watched;

    Source(String name) {
      this.name = name;
    }
  }

  /** When to look whether a source is silent. */
  private record Look(Instant at, Source source) {}

  private static final Comparator<SignalReading> BY_TIME =
      Comparator.comparing(SignalReading::time)
          .thenComparing(SignalReading::source)
          .thenComparing(r -> r.quality() != SignalQuality.STALE);

  private final Duration lateness;
  private final Duration silence;
  private final int mostSources;
  private final Queue<SignalReading> ready;
  private final Map<Count, Long> counts;

  private final PriorityQueue<SignalReading> waiting = new PriorityQueue<>(BY_TIME);
  private final PriorityQueue<Look> looks =
      new PriorityQueue<>(Comparator.comparing(Look::at).thenComparing(l -> l.source().name));
  private final Map<String, Source> sources = new HashMap<>();
  private Instant newest = Instant.MIN;
  private Instant given = Instant.MIN;

  Order(
      Duration lateness,
      Duration silence,
      int mostSources,
      Queue<SignalReading> ready,
      Map<Count, Long> counts) {
    this.lateness = lateness;
    this.silence = silence;
    this.mostSources = mostSources;
    this.ready = ready;
    this.counts = counts;
  }

  private void count(Count count) {
    counts.merge(count, 1L, Long::sum);
  }

  int waiting() {
    return waiting.size();
  }

  void take(SignalReading reading) {
    Source source = sources.get(reading.source());
    if (source == null) {
      if (sources.size() == mostSources) {
        count(Count.REFUSED);
        return;
      }
      source = new Source(reading.source());
    }
    SignalReading there = source.waiting.get(reading.time());
    if (there == null && source.last != null && source.last.time().equals(reading.time())) {
      there = source.last;
    }
    if (there != null && !follows(there, reading)) {
      count(there.equals(reading) ? Count.DUPLICATES : Count.CONFLICTS);
      return;
    }
    if (reading.time().isBefore(given)) {
      count(Count.LATE);
      return;
    }
    sources.putIfAbsent(reading.source(), source);
    source.waiting.put(reading.time(), reading);
    waiting.add(reading);
    if (reading.time().isAfter(newest)) {
      newest = reading.time();
      advanceTo(minus(newest, lateness));
    } else {
      release();
    }
  }

  /** A source may come back in the moment in which it was called stale, by its own word or ours. */
  private static boolean follows(SignalReading there, SignalReading reading) {
    return there.quality() == SignalQuality.STALE && reading.quality() != SignalQuality.STALE;
  }

  /** Instants have a beginning. */
  private static Instant minus(Instant time, Duration duration) {
    return time.isBefore(Instant.MIN.plus(duration)) ? Instant.MIN : time.minus(duration);
  }

  void advanceTo(Instant time) {
    if (time.isAfter(given)) {
      given = time;
    }
    release();
  }

  /** Gives on the oldest before its time. */
  void early() {
    SignalReading oldest = waiting.peek();
    if (oldest != null) {
      count(Count.EARLY);
      advanceTo(oldest.time());
    }
  }

  /** Gives on all that waits. */
  void flush() {
    if (newest.isAfter(given)) {
      given = newest;
    }
    release();
  }

  private void release() {
    while (true) {
      SignalReading reading = waiting.peek();
      Look look = looks.peek();
      boolean reads = reading != null && !reading.time().isAfter(given);
      boolean silent = look != null && !look.at().isAfter(given);
      if (reads && (!silent || look == null || !look.at().isBefore(reading.time()))) {
        give(waiting.remove());
      } else if (silent) {
        look(looks.remove());
      } else {
        return;
      }
    }
  }

  private void give(SignalReading reading) {
    Source source = sources.get(reading.source());
    if (source == null) {
      return;
    }
    source.waiting.remove(reading.time(), reading);
    source.last = reading;
    ready.add(reading);
    if (!source.watched && reading.quality() != SignalQuality.STALE) {
      watch(source, reading.time());
    }
  }

  private void watch(Source source, Instant from) {
    boolean ends = from.isAfter(Instant.MAX.minus(silence));
    source.watched = !ends;
    if (!ends) {
      looks.add(new Look(from.plus(silence), source));
    }
  }

  private void look(Look look) {
    Source source = look.source();
    SignalReading last = source.last;
    source.watched = false;
    if (last == null || last.quality() == SignalQuality.STALE) {
      return;
    }
    if (last.time().plus(silence).isAfter(look.at())) {
      watch(source, last.time());
      return;
    }
    SignalReading stale = SignalReading.stale(source.name, look.at());
    count(Count.STALE);
    source.last = stale;
    ready.add(stale);
  }
}
