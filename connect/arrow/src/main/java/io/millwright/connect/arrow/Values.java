package io.millwright.connect.arrow;

import io.millwright.connect.internal.Columns;
import io.millwright.connect.internal.LocalTimes;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.apache.arrow.flatbuf.FieldNode;
import org.jspecify.annotations.Nullable;

/** The values of one column of one record batch, or of one dictionary. */
abstract class Values {

  private static final long DAY = 86_400_000;

  private final @Nullable ByteBuffer valid;
  private final int count;

  private Values(int count, @Nullable ByteBuffer valid) {
    this.count = count;
    this.valid = valid;
  }

  /** A value that becomes no cell. */
  static final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unfit(String what, String maybe) {
      super(what + "\nMaybe " + maybe);
    }
  }

  final int count() {
    return count;
  }

  boolean missing(int row) {
    return valid != null && (valid.get(row >> 3) >> (row & 7) & 1) == 0;
  }

  double number(int row) {
    throw new Unfit("no number", "state another type");
  }

  long time(int row) {
    throw new Unfit("no time", "state another type");
  }

  abstract String text(int row);

  /** Takes the buffers of a column from a record batch. */
  static Values of(Kind kind, Body body, LocalTimes times) throws IOException {
    FieldNode node = body.node();
    long length = node.length();
    if (length < 0 || length > Integer.MAX_VALUE - 8) {
      throw new IOException("a column claims " + length + " values");
    }
    int count = (int) length;
    if (kind.what() == Kind.What.NOTHING) {
      return new Nothing(count);
    }
    ByteBuffer bits = body.buffer();
    ByteBuffer valid = node.nullCount() == 0 || bits.limit() == 0 ? null : bits;
    if (valid != null) {
      need(valid, (count + 7L) / 8);
    }
    return switch (kind.what()) {
      case WHOLE -> new Whole(count, valid, need(body.buffer(), count * kind.bytes()), kind);
      case FLOAT -> new Floating(count, valid, need(body.buffer(), count * kind.bytes()), kind);
      case DECIMAL -> new Decimal(count, valid, need(body.buffer(), count * kind.bytes()), kind);
      case TRUTH -> new Truth(count, valid, need(body.buffer(), (count + 7L) / 8));
      case DATE, STAMP, CLOCK ->
          new Time(count, valid, need(body.buffer(), count * kind.bytes()), kind, times);
      case WORDS -> {
        ByteBuffer ends = body.buffer();
        if (count > 0) { // some writers leave out the one end of no values
          need(ends, (count + 1L) * kind.bytes());
        }
        yield new Words(count, valid, ends, body.buffer(), kind.bytes() == 8);
      }
      case NOTHING -> throw new IllegalStateException("has no buffers");
    };
  }

  private static ByteBuffer need(ByteBuffer buffer, long bytes) throws IOException {
    if (buffer.limit() < bytes) {
      throw new IOException("a buffer has " + buffer.limit() + " bytes where " + bytes + " belong");
    }
    return buffer;
  }

  private static double inexact(Object value) {
    throw new Unfit(
        value + ", which a number of 64 bits cannot hold to its last digit",
        "it is an identifier: state columns(TEXT, ...) for it");
  }

  /** A column that is missing throughout. */
  private static final class Nothing extends Values {
    Nothing(int count) {
      super(count, null);
    }

    @Override
    boolean missing(int row) {
      return true;
    }

    @Override
    String text(int row) {
      return "";
    }
  }

  /** Whole numbers of 8 to 64 bits. */
  private static final class Whole extends Values {
    private final ByteBuffer data;
    private final Kind kind;

    Whole(int count, @Nullable ByteBuffer valid, ByteBuffer data, Kind kind) {
      super(count, valid);
      this.data = data;
      this.kind = kind;
    }

    long value(int row) {
      return switch ((int) kind.bytes()) {
        case 1 -> kind.signed() ? data.get(row) : data.get(row) & 0xFF;
        case 2 -> kind.signed() ? data.getShort(2 * row) : data.getShort(2 * row) & 0xFFFF;
        case 4 ->
            kind.signed() ? data.getInt(4 * row) : Integer.toUnsignedLong(data.getInt(4 * row));
        default -> data.getLong(8 * row);
      };
    }

    private boolean large(long value) {
      return !kind.signed() && value < 0;
    }

    @Override
    double number(int row) {
      long value = value(row);
      if (large(value)) {
        BigInteger whole = new BigInteger(Long.toUnsignedString(value));
        return Columns.exact(whole) ? whole.doubleValue() : inexact(whole);
      }
      return Columns.exact(value) ? value : inexact(value);
    }

    @Override
    String text(int row) {
      long value = value(row);
      return large(value) ? Long.toUnsignedString(value) : Long.toString(value);
    }
  }

  /** Numbers in single or double precision. */
  private static final class Floating extends Values {
    private final ByteBuffer data;
    private final boolean single;

    Floating(int count, @Nullable ByteBuffer valid, ByteBuffer data, Kind kind) {
      super(count, valid);
      this.data = data;
      single = kind.bytes() == 4;
    }

    @Override
    double number(int row) {
      return single ? data.getFloat(4 * row) : data.getDouble(8 * row);
    }

    @Override
    String text(int row) {
      return single ? Float.toString(data.getFloat(4 * row)) : Double.toString(number(row));
    }
  }

  /** Decimals of 32 to 256 bits. */
  private static final class Decimal extends Values {
    private final ByteBuffer data;
    private final Kind kind;

    Decimal(int count, @Nullable ByteBuffer valid, ByteBuffer data, Kind kind) {
      super(count, valid);
      this.data = data;
      this.kind = kind;
    }

    private BigDecimal value(int row) {
      int width = (int) kind.bytes();
      byte[] big = new byte[width];
      for (int i = 0; i < width; i++) {
        big[width - 1 - i] = data.get(width * row + i);
      }
      return new BigDecimal(new BigInteger(big), kind.scale());
    }

    @Override
    double number(int row) {
      BigDecimal value = value(row);
      return Columns.exact(value) ? value.doubleValue() : inexact(value);
    }

    @Override
    String text(int row) {
      return value(row).toPlainString();
    }
  }

  /** Booleans. */
  private static final class Truth extends Values {
    private final ByteBuffer data;

    Truth(int count, @Nullable ByteBuffer valid, ByteBuffer data) {
      super(count, valid);
      this.data = data;
    }

    @Override
    String text(int row) {
      return (data.get(row >> 3) >> (row & 7) & 1) == 1 ? "true" : "false";
    }
  }

  /** Texts in UTF-8. */
  private static final class Words extends Values {
    private final ByteBuffer ends;
    private final ByteBuffer data;
    private final boolean large;

    Words(int count, @Nullable ByteBuffer valid, ByteBuffer ends, ByteBuffer data, boolean large) {
      super(count, valid);
      this.ends = ends;
      this.data = data;
      this.large = large;
    }

    private int end(int at) {
      long end = large ? ends.getLong(8 * at) : ends.getInt(4 * at);
      return (int) Objects.checkIndex(end, data.limit() + 1L);
    }

    @Override
    String text(int row) {
      int from = end(row);
      int length = end(row + 1) - from;
      byte[] bytes = new byte[length];
      data.get(from, bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** Dates, time stamps and times of day. */
  private static final class Time extends Values {
    private final ByteBuffer data;
    private final Kind kind;
    private final LocalTimes times;

    Time(int count, @Nullable ByteBuffer valid, ByteBuffer data, Kind kind, LocalTimes times) {
      super(count, valid);
      this.data = data;
      this.kind = kind;
      this.times = times;
    }

    private long value(int row) {
      return kind.bytes() == 4 ? data.getInt(4 * row) : data.getLong(8 * row);
    }

    @Override
    long time(int row) {
      long value = value(row);
      if (kind.what() == Kind.What.DATE) {
        return kind.bytes() == 4 ? value * DAY : value;
      }
      if (kind.what() == Kind.What.CLOCK) {
        return super.time(row);
      }
      long millis =
          kind.perSecond() == 1
              ? Math.multiplyExact(value, 1000L)
              : Math.floorDiv(value, kind.perSecond() / 1000);
      if (kind.zoned()) {
        return millis;
      }
      LocalDateTime local =
          LocalDateTime.ofEpochSecond(
              Math.floorDiv(millis, 1_000L),
              (int) Math.floorMod(millis, 1_000L) * 1_000_000,
              ZoneOffset.UTC);
      try {
        return times.millis(local);
      } catch (DateTimeException e) {
        throw new Unfit(
            local + ": " + e.getMessage(), "state another zone or what the repeated hour means");
      }
    }

    @Override
    String text(int row) {
      if (kind.what() == Kind.What.CLOCK) {
        long day = 86_400 * kind.perSecond();
        long nanos = Math.floorMod(value(row), day) * (1_000_000_000 / kind.perSecond());
        return LocalTime.ofNanoOfDay(nanos).toString();
      }
      return kind.what() == Kind.What.DATE
          ? LocalDate.ofEpochDay(Math.floorDiv(time(row), DAY)).toString()
          : Instant.ofEpochMilli(time(row)).toString();
    }
  }

  /** Values that stand in a dictionary. */
  static final class Encoded extends Values {
    private final Whole keys;
    private final Values dictionary;

    Encoded(Values keys, Values dictionary) {
      super(keys.count(), null);
      this.keys = (Whole) keys;
      this.dictionary = dictionary;
    }

    private int key(int row) {
      return (int) Objects.checkIndex(keys.value(row), (long) dictionary.count());
    }

    @Override
    boolean missing(int row) {
      return keys.missing(row) || dictionary.missing(key(row));
    }

    @Override
    double number(int row) {
      return dictionary.number(key(row));
    }

    @Override
    long time(int row) {
      return dictionary.time(key(row));
    }

    @Override
    String text(int row) {
      return dictionary.text(key(row));
    }
  }

  /** A dictionary and what was added to it. */
  static final class Joined extends Values {
    private final Values first;
    private final Values second;

    Joined(Values first, Values second) {
      super(Math.addExact(first.count(), second.count()), null);
      this.first = first;
      this.second = second;
    }

    private Values of(int row) {
      return row < first.count() ? first : second;
    }

    private int at(int row) {
      return row < first.count() ? row : row - first.count();
    }

    @Override
    boolean missing(int row) {
      return of(row).missing(at(row));
    }

    @Override
    double number(int row) {
      return of(row).number(at(row));
    }

    @Override
    long time(int row) {
      return of(row).time(at(row));
    }

    @Override
    String text(int row) {
      return of(row).text(at(row));
    }
  }
}
