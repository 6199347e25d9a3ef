package io.millwright.runtime.foreign;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads messages in the wire format of Protocol Buffers (protobuf.dev, "Encoding"): fields one
 * after the other, each with a number and a type. Every length is compared with what is left before
 * anything is made of it. Not thread-safe.
 */
final class Wire {

  private static final int MOST_TEXT = 1 << 16;

  private final ByteBuffer bytes;
  private final int depth;
  private int field;
  private int type;

  private Wire(ByteBuffer bytes, int depth) {
    this.bytes = bytes;
    this.depth = depth;
  }

  /** A message that fills a buffer. */
  static Wire of(ByteBuffer bytes) {
    return new Wire(bytes.duplicate(), 0);
  }

  /** Goes to the next field; false at the end of the message. */
  boolean next() {
    if (!bytes.hasRemaining()) {
      return false;
    }
    long tag = varint();
    long number = tag >>> 3;
    type = (int) (tag & 7);
    if (number < 1 || number > 536_870_911) {
      throw new Malformed("a field with the number " + number);
    }
    field = (int) number;
    return true;
  }

  /** The number of the field. */
  int field() {
    return field;
  }

  /** Whether the field is a message, a text or bytes. */
  boolean delimited() {
    return type == 2;
  }

  /** The field as a whole number. */
  long number() {
    return switch (type) {
      case 0 -> varint();
      case 1 -> need(8).getLong();
      case 5 -> need(4).getInt();
      default -> throw new Malformed("field " + field + " of type " + type + " is no number");
    };
  }

  private ByteBuffer need(int count) {
    if (bytes.remaining() < count) {
      throw new Malformed("the end lies within field " + field);
    }
    return bytes.order(java.nio.ByteOrder.LITTLE_ENDIAN);
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (!bytes.hasRemaining()) {
        throw new Malformed("the end lies within a number");
      }
      byte b = bytes.get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new Malformed("a number of more than ten bytes");
  }

  private ByteBuffer slice() {
    if (type != 2) {
      throw new Malformed("field " + field + " of type " + type + " is no message");
    }
    long length = varint();
    if (length < 0 || length > bytes.remaining()) {
      throw new Malformed(
          "field " + field + " of " + length + " bytes, where " + bytes.remaining() + " are left");
    }
    ByteBuffer part = bytes.slice().limit((int) length);
    bytes.position(bytes.position() + (int) length);
    return part;
  }

  /** The field as a message within this one. */
  Wire message(int deepest) {
    if (depth >= deepest) {
      throw new Malformed("messages more than " + deepest + " deep");
    }
    return new Wire(slice(), depth + 1);
  }

  /** The field as a text. */
  String text() {
    ByteBuffer part = slice();
    if (part.remaining() > MOST_TEXT) {
      throw new Malformed("a name of " + part.remaining() + " bytes");
    }
    return StandardCharsets.UTF_8.decode(part).toString();
  }

  /** How many bytes the field has; passes over it. */
  int length() {
    return slice().remaining();
  }

  /** Adds up a repeated number, packed or not, into a list of sizes. */
  void numbers(java.util.List<Long> into, int most) {
    if (type != 2) {
      into.add(number());
    } else {
      Wire packed = new Wire(slice(), depth + 1);
      while (packed.bytes.hasRemaining()) {
        into.add(packed.varint());
        if (into.size() > most) {
          break;
        }
      }
    }
    if (into.size() > most) {
      throw new Malformed("more than " + most + " numbers in field " + field);
    }
  }

  /** Passes over the field. */
  void skip() {
    switch (type) {
      case 0 -> varint();
      case 1 -> need(8).getLong();
      case 2 -> slice();
      case 5 -> need(4).getInt();
      default -> throw new Malformed("field " + field + " of the unknown type " + type);
    }
  }

  /** Bytes that are no message. */
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }
}
