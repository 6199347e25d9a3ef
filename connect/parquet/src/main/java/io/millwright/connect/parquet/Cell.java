package io.millwright.connect.parquet;

import io.millwright.api.data.Column;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.connect.RepeatedHour;
import io.millwright.connect.internal.Columns;
import io.millwright.connect.internal.LocalTimes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** Moves the next value of a column into the row that is being filled. */
interface Cell {

  /** The Julian day of 1970-01-01. */
  long FIRST_DAY = 2_440_588;

  long DAY = 86_400_000;

  void read(TableBuilder to);

  /** A value that becomes no cell. */
  final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String column;

    Unfit(String column, String what, String maybe) {
      super(what + "\nMaybe " + maybe);
      this.column = column;
    }

    String column() {
      return column;
    }
  }

  static Cell of(int at, Column column, Leaf leaf, ColumnReader reader, LocalTimes times) {
    int level = leaf.level();
    if (column.type().isText()) {
      return to -> {
        to.text(at, reader.getCurrentDefinitionLevel() < level ? null : text(leaf, reader));
        reader.consume();
      };
    }
    if (column.type().isNumeric()) {
      return to -> {
        boolean missing = reader.getCurrentDefinitionLevel() < level;
        to.number(at, missing ? Double.NaN : number(column.name(), leaf, reader));
        reader.consume();
      };
    }
    return to -> {
      boolean missing = reader.getCurrentDefinitionLevel() < level;
      to.time(at, missing ? Table.NO_TIME : time(column.name(), leaf, reader, times));
      reader.consume();
    };
  }

  private static double number(String name, Leaf leaf, ColumnReader reader) {
    switch (leaf.kind()) {
      case FLOAT:
        return reader.getFloat();
      case DOUBLE:
        return reader.getDouble();
      case INT:
        return reader.getInteger();
      case LONG:
        {
          long value = reader.getLong();
          return Columns.exact(value) ? value : inexact(name, value);
        }
      case UNSIGNED:
        {
          BigInteger value = unsigned(leaf, reader);
          return Columns.exact(value) ? value.doubleValue() : inexact(name, value);
        }
      default:
        {
          BigDecimal value = decimal(leaf, reader);
          return Columns.exact(value) ? value.doubleValue() : inexact(name, value);
        }
    }
  }

  private static double inexact(String name, Object value) {
    throw new Unfit(
        name,
        value + ", which a number of 64 bits cannot hold to its last digit",
        "it is an identifier: state columns(TEXT, \"" + name + "\")");
  }

  private static BigInteger unsigned(Leaf leaf, ColumnReader reader) {
    return leaf.primitive().getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.INT32
        ? BigInteger.valueOf(Integer.toUnsignedLong(reader.getInteger()))
        : new BigInteger(Long.toUnsignedString(reader.getLong()));
  }

  private static BigDecimal decimal(Leaf leaf, ColumnReader reader) {
    int scale =
        leaf.primitive().getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation d
            ? d.getScale()
            : 0;
    return switch (leaf.primitive().getPrimitiveTypeName()) {
      case INT32 -> BigDecimal.valueOf(reader.getInteger(), scale);
      case INT64 -> BigDecimal.valueOf(reader.getLong(), scale);
      default -> new BigDecimal(new BigInteger(reader.getBinary().getBytes()), scale);
    };
  }

  private static String text(Leaf leaf, ColumnReader reader) {
    return switch (leaf.kind()) {
      case WORDS -> reader.getBinary().toStringUsingUTF8();
      case UUID -> {
        ByteBuffer bytes = reader.getBinary().toByteBuffer();
        yield new UUID(bytes.getLong(), bytes.getLong()).toString();
      }
      case TRUTH -> Boolean.toString(reader.getBoolean());
      case FLOAT -> Float.toString(reader.getFloat());
      case DOUBLE -> Double.toString(reader.getDouble());
      case INT -> Integer.toString(reader.getInteger());
      case LONG -> Long.toString(reader.getLong());
      case UNSIGNED -> unsigned(leaf, reader).toString();
      case DECIMAL -> decimal(leaf, reader).toPlainString();
      case TIME_OF_DAY -> clock(leaf, reader);
      case DATE, TIMESTAMP, OLD_TIMESTAMP -> {
        long millis = time("", leaf, reader, new LocalTimes(ZoneOffset.UTC, RepeatedHour.REFUSE));
        yield Instant.ofEpochMilli(millis).toString();
      }
    };
  }

  private static String clock(Leaf leaf, ColumnReader reader) {
    TimeUnit unit =
        leaf.primitive().getLogicalTypeAnnotation() instanceof TimeLogicalTypeAnnotation t
            ? t.getUnit()
            : TimeUnit.NANOS;
    long value = unit == TimeUnit.MILLIS ? reader.getInteger() : reader.getLong();
    long nanos = value * nanos(unit);
    return LocalTime.ofNanoOfDay(Math.floorMod(nanos, 86_400_000_000_000L)).toString();
  }

  private static long nanos(TimeUnit unit) {
    return unit == TimeUnit.MILLIS ? 1_000_000 : unit == TimeUnit.MICROS ? 1_000 : 1;
  }

  private static long time(String name, Leaf leaf, ColumnReader reader, LocalTimes times) {
    switch (leaf.kind()) {
      case DATE:
        return reader.getInteger() * DAY;
      case OLD_TIMESTAMP:
        {
          ByteBuffer bytes = reader.getBinary().toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
          long nanos = bytes.getLong();
          return (bytes.getInt() - FIRST_DAY) * DAY + Math.floorDiv(nanos, 1_000_000L);
        }
      default:
        {
          long value = reader.getLong();
          TimestampLogicalTypeAnnotation stamp = stamp(leaf);
          if (stamp == null) {
            return value;
          }
          long millis = Math.floorDiv(value, 1_000_000 / nanos(stamp.getUnit()));
          return stamp.isAdjustedToUTC() ? millis : local(name, millis, times);
        }
    }
  }

  private static @Nullable TimestampLogicalTypeAnnotation stamp(Leaf leaf) {
    return leaf.primitive().getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation t
        ? t
        : null;
  }

  private static long local(String name, long millis, LocalTimes times) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(millis, 1_000L),
            (int) Math.floorMod(millis, 1_000L) * 1_000_000,
            ZoneOffset.UTC);
    try {
      return times.millis(time);
    } catch (DateTimeException e) {
      throw new Unfit(
          name, time + ": " + e.getMessage(), "state another zone or what the repeated hour means");
    }
  }
}
