package io.millwright.connect;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a feed has done so far (counters of a feed). Immutable. */
public final class FeedCounts {

  enum Count {
    RECEIVED,
    DELIVERED,
    DUPLICATES,
    CONFLICTS,
    LATE,
    AHEAD,
    EARLY,
    STALE,
    REFUSED,
    FAILED
  }

  private final Map<Count, Long> counts;

  FeedCounts(Map<Count, Long> counts) {
    this.counts = Map.copyOf(counts);
  }

  private long of(Count count) {
    return counts.getOrDefault(count, 0L);
  }

  /** {@return how many readings were handed in} */
  public long received() {
    return of(Count.RECEIVED);
  }

  /** {@return how many readings were given on, those made by the feed included} */
  public long delivered() {
    return of(Count.DELIVERED);
  }

  /** {@return how many were left out because the same reading was there} */
  public long duplicates() {
    return of(Count.DUPLICATES);
  }

  /** {@return how many were left out because another value of the same time was there first} */
  public long conflicts() {
    return of(Count.CONFLICTS);
  }

  /** {@return how many came later than was waited for and were left out} */
  public long late() {
    return of(Count.LATE);
  }

  /** {@return how many were left out because their time lies in the future} */
  public long ahead() {
    return of(Count.AHEAD);
  }

  /** {@return how many were given on before their time because the bound was reached} */
  public long early() {
    return of(Count.EARLY);
  }

  /** {@return how often a source was silent for too long, and that was given on as a reading} */
  public long stale() {
    return of(Count.STALE);
  }

  /** {@return how many were refused: no room, or more sources than are allowed} */
  public long refused() {
    return of(Count.REFUSED);
  }

  /** {@return how many readings the receiver threw at} */
  public long failed() {
    return of(Count.FAILED);
  }

  /** {@return all counts by their names, for a metrics library} */
  public Map<String, Long> all() {
    Map<String, Long> all = new TreeMap<>();
    for (Count count : Count.values()) {
      all.put(count.name().toLowerCase(Locale.ROOT), of(count));
    }
    return all;
  }

  @Override
  public String toString() {
    return all().toString();
  }
}
