package io.millwright.connect.mqtt;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a Sparkplug B payload that readings need (Sparkplug 3.0, payload B).
 *
 * @param timestamp milliseconds since 1970; -1 when it has none
 * @param sequence 0 to 255; -1 when it has none
 * @param metrics its metrics
 */
record SparkplugPayload(long timestamp, long sequence, List<Metric> metrics) {

  /** Beyond so many metrics a message is not read. */
  private static final int MOST_METRICS = 100_000;

  static final int QUALITY_BAD = 0;
  static final int QUALITY_STALE = 500;

  /** One metric. */
  static final class Metric {
    @Nullable String name;
    long alias = -1;
    long timestamp = -1;
    int type;
    boolean isNull;
    int quality = -1;
    double value = Double.NaN;
    boolean numeric;
    long whole;
  }

  static SparkplugPayload read(byte[] bytes) {
    Protobuf in = new Protobuf(bytes);
    long timestamp = -1;
    long sequence = -1;
    List<Metric> metrics = new ArrayList<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> timestamp = in.number();
        case 2 -> {
          if (metrics.size() == MOST_METRICS) {
            throw new IllegalArgumentException("more than " + MOST_METRICS + " metrics");
          }
          metrics.add(metric(in.message()));
        }
        case 3 -> sequence = in.number();
        default -> in.skip();
      }
    }
    return new SparkplugPayload(timestamp, sequence, metrics);
  }

  private static Metric metric(Protobuf in) {
    Metric metric = new Metric();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> metric.name = in.text();
        case 2 -> metric.alias = in.number();
        case 3 -> metric.timestamp = in.number();
        case 4 -> metric.type = (int) in.number();
        case 7 -> metric.isNull = in.number() != 0;
        case 9 -> metric.quality = quality(in.message());
        case 10, 11 -> {
          metric.whole = in.number();
          metric.numeric = true;
          metric.value = Double.NaN;
        }
        case 12 -> set(metric, in.float32());
        case 13 -> set(metric, in.float64());
        case 14 -> set(metric, in.number() == 0 ? 0 : 1);
        default -> in.skip();
      }
    }
    return metric;
  }

  private static void set(Metric metric, double value) {
    metric.value = value;
    metric.whole = Long.MIN_VALUE;
    metric.numeric = true;
  }

  /** The property "Quality"; -1 when there is none. */
  private static int quality(Protobuf in) {
    List<String> keys = new ArrayList<>();
    List<Integer> values = new ArrayList<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> keys.add(in.text());
        case 2 -> values.add(integer(in.message()));
        default -> in.skip();
      }
    }
    int at = keys.indexOf("Quality");
    return at < 0 || at >= values.size() ? -1 : values.get(at);
  }

  private static int integer(Protobuf in) {
    int value = -1;
    while (in.next()) {
      if (in.field() == 3 || in.field() == 4) {
        value = (int) in.number();
      } else {
        in.skip();
      }
    }
    return value;
  }

  /** The number of a metric whose type its birth said; NaN for what is none. */
  static double number(Metric metric, int type) {
    if (metric.isNull || !metric.numeric) {
      return Double.NaN;
    }
    if (!Double.isNaN(metric.value) || metric.whole == Long.MIN_VALUE) {
      return metric.value;
    }
    long bits = metric.whole;
    return switch (type) {
      case 1 -> (byte) bits;
      case 2 -> (short) bits;
      case 3 -> (int) bits;
      case 8 -> bits < 0 ? bits + 0x1p64 : bits;
      default -> bits;
    };
  }
}
