package io.millwright.runtime.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Arrays as texts of JSON: little-endian bytes in Base64. */
final class Packed {

  private Packed() {}

  static String of(int[] numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(4, numbers.length)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(numbers);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  static String of(float[] numbers) {
    int[] bits = new int[numbers.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(numbers[i]);
    }
    return of(bits);
  }

  /** Back; what is no such text is an {@link IllegalArgumentException}. */
  static int[] ints(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (bytes.length % 4 != 0) {
      throw new IllegalArgumentException(bytes.length + " bytes are no whole numbers");
    }
    int[] numbers = new int[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(numbers);
    return numbers;
  }

  static float[] floats(String text) {
    int[] bits = ints(text);
    float[] numbers = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      numbers[i] = Float.intBitsToFloat(bits[i]);
      if (!Float.isFinite(numbers[i])) {
        throw new IllegalArgumentException("number " + i + " is " + numbers[i]);
      }
    }
    return numbers;
  }
}
