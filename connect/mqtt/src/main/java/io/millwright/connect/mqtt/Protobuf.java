package io.millwright.connect.mqtt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of a Protocol Buffers message one after the other (proto2 wire format). No
 * length is believed beyond the bytes that are there.
 */
final class Protobuf {

  private final ByteBuffer bytes;
  private int field;
  private int wire;

  Protobuf(byte[] message) {
    this(ByteBuffer.wrap(message));
  }

  private Protobuf(ByteBuffer bytes) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Goes to the next field; false at the end. */
  boolean next() {
    if (!bytes.hasRemaining()) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    wire = (int) tag & 7;
    if (field < 1 || tag >>> 32 != 0) {
      throw bad("a field numbered " + field);
    }
    return true;
  }

  int field() {
    return field;
  }

  /** The value of a varint or of a fixed field. */
  long number() {
    return switch (wire) {
      case 0 -> varint();
      case 1 -> {
        need(8);
        yield bytes.getLong();
      }
      case 5 -> {
        need(4);
        yield Integer.toUnsignedLong(bytes.getInt());
      }
      default -> throw bad("wire type " + wire + " where a number should be");
    };
  }

  double float64() {
    return Double.longBitsToDouble(number());
  }

  float float32() {
    return Float.intBitsToFloat((int) number());
  }

  String text() {
    ByteBuffer part = part();
    byte[] copy = new byte[part.remaining()];
    part.get(copy);
    return new String(copy, StandardCharsets.UTF_8);
  }

  Protobuf message() {
    return new Protobuf(part());
  }

  void skip() {
    if (wire == 2) {
      part();
    } else {
      number();
    }
  }

  private ByteBuffer part() {
    if (wire != 2) {
      throw bad("wire type " + wire + " where bytes should be");
    }
    long length = varint();
    if (length < 0 || length > bytes.remaining()) {
      throw bad(length + " bytes, but " + bytes.remaining() + " are left");
    }
    ByteBuffer part = bytes.slice(bytes.position(), (int) length);
    bytes.position(bytes.position() + (int) length);
    return part;
  }

  private void need(int count) {
    if (bytes.remaining() < count) {
      throw bad("it ends within a number");
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      need(1);
      byte b = bytes.get();
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw bad("a number of more than ten bytes");
  }

  private static IllegalArgumentException bad(String what) {
    return new IllegalArgumentException("no Protocol Buffers message: " + what);
  }
}
