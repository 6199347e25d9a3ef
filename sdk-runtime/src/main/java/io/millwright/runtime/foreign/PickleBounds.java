package io.millwright.runtime.foreign;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Walks over the operations of a pickle (protocols 0 to 4, as {@code pickletools} of Python lists
 * them) without running any, and refuses lengths that reach beyond its end and places of its memory
 * beyond its size, which PyTorch trusts: with one changed byte it did not come back for minutes.
 */
final class PickleBounds {

  private static final String WITHOUT =
      ".(012NQRabdeloNst)]}u"
          + "\u0081\u0085\u0086\u0087\u0088\u0089\u008f\u0090\u0091\u0092\u0093\u0094";
  private static final int STOP = '.';

  private PickleBounds() {}

  /**
   * Walks.
   *
   * @throws Wire.Malformed at the first operation that is unknown or reaches too far
   */
  static void check(byte[] pickle) {
    ByteBuffer in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    int op = -1;
    while (in.hasRemaining() && op != STOP) {
      op = in.get() & 0xff;
      switch (op) {
        case 'X', 'T', 'B', 0x8b -> skip(in, fixed(in, 4));
        case 0x8c, 'U', 'C', 0x8a -> skip(in, fixed(in, 1));
        case 0x8d, 0x8e, 0x96 -> skip(in, fixed(in, 8));
        case 'r', 'j' -> place(in, fixed(in, 4));
        case 'q', 'h', 'K', 0x80, 0x82 -> skip(in, 1);
        case 'M', 0x83 -> skip(in, 2);
        case 'J', 0x84 -> skip(in, 4);
        case 'G', 0x95 -> skip(in, 8);
        case 'c', 'i' -> {
          line(in);
          line(in);
        }
        case 'I', 'L', 'F', 'S', 'V', 'p', 'g', 'P' -> line(in);
        default -> {
          if (WITHOUT.indexOf(op) < 0) {
            throw new Wire.Malformed("a pickle with the unknown operation " + op);
          }
        }
      }
    }
    if (op != STOP) {
      throw new Wire.Malformed("a pickle without an end");
    }
  }

  private static long fixed(ByteBuffer in, int bytes) {
    if (in.remaining() < bytes) {
      throw new Wire.Malformed("a pickle that is cut off");
    }
    return switch (bytes) {
      case 1 -> in.get() & 0xff;
      case 4 -> in.getInt() & 0xffff_ffffL;
      default -> in.getLong();
    };
  }

  private static void skip(ByteBuffer in, long length) {
    if (length < 0 || length > in.remaining()) {
      throw new Wire.Malformed(
          "a pickle that asks for "
              + Long.toUnsignedString(length)
              + " bytes of "
              + in.remaining());
    }
    in.position(in.position() + (int) length);
  }

  private static void place(ByteBuffer in, long index) {
    if (index > in.capacity()) {
      throw new Wire.Malformed("a pickle with a memory of " + index + " places");
    }
  }

  private static void line(ByteBuffer in) {
    while (in.hasRemaining()) {
      if (in.get() == '\n') {
        return;
      }
    }
    throw new Wire.Malformed("a pickle that is cut off");
  }
}
