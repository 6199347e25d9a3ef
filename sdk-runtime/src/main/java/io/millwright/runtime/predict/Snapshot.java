package io.millwright.runtime.predict;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.support.Digest;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The memory of a monitor as bytes. All numbers are big-endian:
 *
 * <pre>
 * 8 bytes   "MWMEMORY"
 * int       version, 1
 * short, n  length and ASCII of the model's digest
 * int       numbers of state for each unit
 * int       flags for each unit
 * int       units
 * for each unit, in the order of names:
 *   short, n  length and UTF-8 of the name
 *   long, int time of the last reading: seconds since 1970-01-01T00:00Z and nanoseconds
 *   double..  state of the preparation; the first number counts the rows
 *   int..     for each flag how many rows ago it was seen, -1 for never
 * 32 bytes  SHA-256 of everything before
 * </pre>
 *
 * Nothing is believed before the checksum fits, and no length is believed beyond the bytes there
 * are.
 */
final class Snapshot {

  /** The longest name of a unit, in bytes of UTF-8. */
  static final int LONGEST_NAME = 1024;

  private static final byte[] MAGIC = "MWMEMORY".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int CHECKSUM = 32;

  private Snapshot() {}

  /** What is kept of one unit. */
  record UnitState(String unit, Instant last, double[] state, int[] flags) {}

  static byte[] write(String digest, int stateSize, int flagCount, List<UnitState> units) {
    byte[] id = digest.getBytes(StandardCharsets.US_ASCII);
    List<byte[]> names =
        units.stream().map(u -> u.unit().getBytes(StandardCharsets.UTF_8)).toList();
    long each = 2 + 12 + 8L * stateSize + 4L * flagCount;
    long size = MAGIC.length + 4 + 2 + id.length + 12 + CHECKSUM + each * units.size();
    size += names.stream().mapToLong(n -> n.length).sum();
    if (size > Integer.MAX_VALUE - 16) {
      throw new MillwrightException(
          ErrorCode.OUT_OF_RANGE,
          "the memory of "
              + units.size()
              + " units takes "
              + size
              + " bytes, more than one array holds\nMaybe forget units that are gone, or share the"
              + " units among several monitors");
    }
    ByteBuffer out = ByteBuffer.allocate((int) size);
    out.put(MAGIC).putInt(VERSION).putShort((short) id.length).put(id);
    out.putInt(stateSize).putInt(flagCount).putInt(units.size());
    for (int i = 0; i < units.size(); i++) {
      UnitState unit = units.get(i);
      out.putShort((short) names.get(i).length).put(names.get(i));
      Instant last = unit.last();
      out.putLong(last.getEpochSecond()).putInt(last.getNano());
      for (double value : unit.state()) {
        out.putDouble(value);
      }
      for (int flag : unit.flags()) {
        out.putInt(flag);
      }
    }
    out.put(sha256(out.array(), out.position()));
    return out.array();
  }

  static List<UnitState> read(byte[] bytes, String digest, int stateSize, int flagCount) {
    if (bytes.length < MAGIC.length + CHECKSUM
        || !Arrays.equals(Arrays.copyOf(bytes, MAGIC.length), MAGIC)) {
      throw bad("it does not begin as one (" + bytes.length + " bytes)");
    }
    int end = bytes.length - CHECKSUM;
    if (!MessageDigest.isEqual(sha256(bytes, end), Arrays.copyOfRange(bytes, end, bytes.length))) {
      throw bad("its checksum does not fit: it was cut off or altered");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, end);
    in.position(MAGIC.length);
    try {
      return read(in, digest, stateSize, flagCount);
    } catch (BufferUnderflowException | DateTimeException | ArithmeticException e) {
      throw bad("it ends early or holds an impossible time (at byte " + in.position() + ")");
    }
  }

  private static List<UnitState> read(ByteBuffer in, String digest, int stateSize, int flagCount) {
    int version = in.getInt();
    if (version != VERSION) {
      throw bad("its version is " + version + ", but this release reads " + VERSION);
    }
    String of = text(in);
    if (!of.equals(digest)) {
      throw bad("it belongs to model " + of + ", but this is model " + digest);
    }
    int state = in.getInt();
    int flags = in.getInt();
    if (state != stateSize || flags < 0 || flags > flagCount) {
      throw bad(
          "a unit has "
              + state
              + " numbers and "
              + flags
              + " flags, but "
              + stateSize
              + " and up to "
              + flagCount
              + " belong to this model");
    }
    int count = in.getInt();
    if (count < 0 || (long) count * (14 + 8L * state + 4L * flags) > in.remaining()) {
      throw bad("it claims " + count + " units, more than its bytes hold");
    }
    List<UnitState> units = new ArrayList<>(count);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < count; i++) {
      String name = text(in);
      if (name.isBlank() || !names.add(name)) {
        throw bad("unit " + i + " has no name, or that of another");
      }
      long second = in.getLong();
      int nano = in.getInt();
      if (nano < 0 || nano > 999_999_999) {
        throw bad("unit " + i + " was read at nanosecond " + nano);
      }
      Instant last = Instant.ofEpochSecond(second, nano);
      double[] values = new double[state];
      for (int k = 0; k < state; k++) {
        values[k] = in.getDouble();
      }
      // A later release may know more flags: those not kept then were never seen.
      int[] ages = new int[flagCount];
      Arrays.fill(ages, -1);
      for (int k = 0; k < flags; k++) {
        ages[k] = in.getInt();
        if (ages[k] < -1) {
          throw bad("a flag of unit " + i + " was seen " + ages[k] + " rows ago");
        }
      }
      units.add(new UnitState(name, last, values, ages));
    }
    if (in.hasRemaining()) {
      throw bad(in.remaining() + " bytes follow its last unit");
    }
    return units;
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[Math.min(Short.toUnsignedInt(in.getShort()), in.remaining() + 1)];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] sha256(byte[] bytes, int length) {
    return new Digest().add(ByteBuffer.wrap(bytes, 0, length)).bytes();
  }

  static MillwrightException bad(String why) {
    return new MillwrightException(
        ErrorCode.BAD_FILE,
        "this is no memory of a monitor of this model: "
            + why
            + "\nMaybe it was saved by another model or is damaged; an older snapshot may do, or"
            + " feed the readings in again");
  }
}
