package io.millwright.connect.opcua;

import io.millwright.connect.SignalQuality;
import io.millwright.connect.SignalReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.jspecify.annotations.Nullable;

/** What is known of one subscribed node: its last time, and whether values may be missing. */
final class Tag {

  private final String source;
  private final Duration sampling;

  private @Nullable Instant last;
  // The first value of a subscription is what the node is now, however long ago it changed.
  private boolean first = true;
  private @Nullable Instant gap;
  private boolean stale;

  Tag(String source, Duration sampling) {
    this.source = source;
    this.sampling = sampling;
  }

  /**
   * Says that what came since a time is not known: the server forgot the subscription.
   *
   * @param since when the connection was lost
   */
  synchronized void forgotten(Instant since) {
    first = true;
    missing(since);
  }

  /**
   * Says that values in between were lost.
   *
   * @param since from when on
   */
  synchronized void missing(Instant since) {
    if (gap == null && !stale) {
      gap = since;
    }
  }

  /** The reading that says so, once; none when no value was ever given. */
  synchronized List<SignalReading> stale() {
    return stale(Instant.MAX);
  }

  private List<SignalReading> stale(Instant next) {
    Instant from = gap;
    Instant before = last;
    gap = null;
    if (from == null || before == null) {
      return List.of();
    }
    // Between the two, whatever the clocks of client and source say.
    Instant at = from.isAfter(before) && from.isBefore(next) ? from : before.plus(sampling);
    last = at;
    stale = true;
    return List.of(SignalReading.stale(source, at));
  }

  /**
   * The readings that a value makes: itself, and before it what says that others were lost.
   *
   * @param value as the server sent it
   * @param oldest whether it is the first that came of this node at once: only before it may the
   *     server have dropped some
   * @param publishing how old a first value may be that still counts as of its own time
   * @param now for values without any time
   * @return none when the value is older than one before
   */
  synchronized List<SignalReading> take(
      DataValue value, boolean oldest, Duration publishing, Instant now) {
    Instant server = time(value.serverTime(), now);
    Instant time = time(value.sourceTime(), server);
    if (first && time.isBefore(server.minus(publishing))) {
      time = server;
    }
    first = false;
    StatusCode status = value.statusCode();
    Instant before = last;
    if (oldest && status.isOverflowSet() && before != null && gap == null) {
      gap = before.plus(sampling);
    }
    List<SignalReading> lost = List.of();
    if (gap != null && before != null && time.isAfter(before.plus(sampling))) {
      lost = stale(time);
    }
    gap = null;
    stale = false;
    Instant latest = last;
    if (latest == null || time.isAfter(latest)) {
      last = time;
    }
    SignalReading reading =
        new SignalReading(source, time, number(value.value().value()), quality(status));
    return lost.isEmpty() ? List.of(reading) : List.of(lost.get(0), reading);
  }

  private static Instant time(@Nullable DateTime time, Instant otherwise) {
    return time == null || time.isNull() ? otherwise : time.getJavaInstant();
  }

  private static double number(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    return value instanceof Boolean yes ? (yes ? 1 : 0) : Double.NaN;
  }

  /** Severity (OPC UA part 4, section 7.39). */
  private static SignalQuality quality(StatusCode status) {
    return status.isGood()
        ? SignalQuality.GOOD
        : status.isUncertain() ? SignalQuality.UNCERTAIN : SignalQuality.BAD;
  }
}
