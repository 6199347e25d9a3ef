package io.millwright.connect.mqtt;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes Sparkplug B payloads field by field, as the specification lists them. */
final class Payloads {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static Payloads payload(long timestamp, long sequence) {
    Payloads payload = new Payloads();
    payload.varint(1, timestamp);
    return sequence < 0 ? payload : payload.varint(3, sequence);
  }

  /** A metric with a double, or with a whole number in the field that its type has. */
  Payloads metric(String name, long alias, long time, int type, Number value) {
    Payloads metric = new Payloads();
    if (name != null) {
      metric.bytes(1, name.getBytes(StandardCharsets.UTF_8));
    }
    if (alias >= 0) {
      metric.varint(2, alias);
    }
    if (time >= 0) {
      metric.varint(3, time);
    }
    metric.varint(4, type);
    if (value == null) {
      metric.varint(7, 1);
    } else if (type == 10) {
      metric.fixed64(13, Double.doubleToLongBits(value.doubleValue()));
    } else if (type == 9) {
      metric.fixed32(12, Float.floatToIntBits(value.floatValue()));
    } else if (type == 11) {
      metric.varint(14, value.longValue());
    } else {
      boolean wide = type == 4 || type == 8;
      metric.varint(wide ? 11 : 10, wide ? value.longValue() : value.intValue() & 0xFFFFFFFFL);
    }
    return bytes(2, metric.toBytes());
  }

  Payloads raw(int field, byte[] content) {
    return bytes(field, content);
  }

  /** The property "Quality" of a metric, to be put into it. */
  static byte[] quality(int value) {
    return new Payloads()
        .bytes(1, "Quality".getBytes(StandardCharsets.UTF_8))
        .bytes(2, new Payloads().varint(1, 3).varint(3, value).toBytes())
        .toBytes();
  }

  Payloads varint(int field, long value) {
    write((long) field << 3);
    return write(value);
  }

  private Payloads write(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  Payloads bytes(int field, byte[] content) {
    write((long) field << 3 | 2);
    write(content.length);
    out.writeBytes(content);
    return this;
  }

  private void fixed64(int field, long bits) {
    write((long) field << 3 | 1);
    out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(bits).array());
  }

  private void fixed32(int field, int bits) {
    write((long) field << 3 | 5);
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(bits).array());
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
