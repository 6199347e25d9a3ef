package io.millwright.connect.arrow;

import io.millwright.api.data.ColumnType;
import java.util.Objects;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.jspecify.annotations.Nullable;

/**
 * How values of a column lie in its buffers.
 *
 * @param what what they are
 * @param bytes of one value, or of the end of a text
 * @param signed whether whole numbers have a sign
 * @param scale digits behind the point of decimals
 * @param perSecond units of a time in a second
 * @param zoned whether time stamps are instants
 */
record Kind(What what, long bytes, boolean signed, int scale, long perSecond, boolean zoned) {

  enum What {
    NOTHING(ColumnType.NUMBER),
    WHOLE(ColumnType.NUMBER),
    FLOAT(ColumnType.NUMBER),
    DECIMAL(ColumnType.NUMBER),
    TRUTH(ColumnType.CATEGORY),
    WORDS(ColumnType.TEXT),
    CLOCK(ColumnType.TEXT),
    DATE(ColumnType.TIME),
    STAMP(ColumnType.TIME);

    private final ColumnType type;

    What(ColumnType type) {
      this.type = type;
    }
  }

  ColumnType type() {
    return what.type;
  }

  private static Kind of(What what, long bytes) {
    return new Kind(what, bytes, true, 0, 1, false);
  }

  static Kind of(Int whole) {
    return new Kind(What.WHOLE, whole.bitWidth() / 8, whole.isSigned(), 0, 1, false);
  }

  /** How the values of a field lie, those of its dictionary where it has one; null for no way. */
  static @Nullable Kind of(Field field) {
    switch (field.typeType()) {
      case Type.Null:
        return of(What.NOTHING, 0);
      case Type.Int:
        return of((Int) typed(field, new Int()));
      case Type.FloatingPoint:
        {
          short precision = ((FloatingPoint) typed(field, new FloatingPoint())).precision();
          return precision == Precision.HALF
              ? null
              : of(What.FLOAT, precision == Precision.SINGLE ? 4 : 8);
        }
      case Type.Decimal:
        {
          Decimal decimal = (Decimal) typed(field, new Decimal());
          return new Kind(
              What.DECIMAL, Math.max(4, decimal.bitWidth() / 8), true, decimal.scale(), 1, false);
        }
      case Type.Bool:
        return of(What.TRUTH, 0);
      case Type.Utf8:
        return of(What.WORDS, 4);
      case Type.LargeUtf8:
        return of(What.WORDS, 8);
      case Type.Date:
        return of(What.DATE, ((Date) typed(field, new Date())).unit() == DateUnit.DAY ? 4 : 8);
      case Type.Time:
        {
          Time time = (Time) typed(field, new Time());
          return new Kind(What.CLOCK, time.bitWidth() / 8, true, 0, perSecond(time.unit()), false);
        }
      case Type.Timestamp:
        {
          Timestamp stamp = (Timestamp) typed(field, new Timestamp());
          String zone = stamp.timezone();
          return new Kind(
              What.STAMP, 8, true, 0, perSecond(stamp.unit()), zone != null && !zone.isEmpty());
        }
      default:
        return null;
    }
  }

  private static com.google.flatbuffers.Table typed(
      Field field, com.google.flatbuffers.Table type) {
    return Objects.requireNonNull(field.type(type), "a column without a type");
  }

  private static long perSecond(short unit) {
    return switch (unit) {
      case TimeUnit.SECOND -> 1;
      case TimeUnit.MILLISECOND -> 1_000;
      case TimeUnit.MICROSECOND -> 1_000_000;
      default -> 1_000_000_000;
    };
  }
}
