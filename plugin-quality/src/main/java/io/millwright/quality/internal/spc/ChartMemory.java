package io.millwright.quality.internal.spc;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/**
 * The memory of a control chart as bytes. All numbers are big-endian:
 *
 * <pre>
 * 8 bytes   "MWCHARTS"
 * int       version, 2
 * short, n  length and ASCII of the chart's digest
 * int       signals
 * for each signal, in the order of names:
 *   short, n  length and UTF-8 of the name
 *   long, int time of the last reading: seconds since 1970-01-01T00:00Z and nanoseconds
 *   long      readings charted
 *   double x3 last value as read, in sigma, and as charted
 *   int       readings of the same value in a row
 *   long      zones of the last fifteen
 *   int x2    steps in one direction, changes of direction
 *   short, n  number of averages or sums, and each as a double
 * int       CRC-32 of everything before
 * </pre>
 */
final class ChartMemory {

  private static final byte[] MAGIC = "MWCHARTS".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 2;
  private static final int EACH = 2 + 12 + 8 + 24 + 4 + 8 + 8 + 2;

  private ChartMemory() {}

  static byte[] write(String digest, Map<String, ChartMonitor.Watched> units) {
    Map<String, ChartMonitor.Watched> sorted = new TreeMap<>(units);
    byte[] id = digest.getBytes(StandardCharsets.US_ASCII);
    long size = MAGIC.length + 4L + 2 + id.length + 4 + 4;
    for (Map.Entry<String, ChartMonitor.Watched> unit : sorted.entrySet()) {
      size += EACH + unit.getKey().getBytes(StandardCharsets.UTF_8).length;
      size += 8L * unit.getValue().memory.sums.length;
    }
    if (size > Integer.MAX_VALUE - 16) {
      throw new MillwrightException(
          ErrorCode.OUT_OF_RANGE,
          sorted.size() + " signals take " + size + " bytes\nMaybe share them among charts");
    }
    ByteBuffer out = ByteBuffer.allocate((int) size);
    out.put(MAGIC).putInt(VERSION).putShort((short) id.length).put(id).putInt(sorted.size());
    sorted.forEach(
        (name, unit) -> {
          byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
          out.putShort((short) bytes.length).put(bytes);
          synchronized (unit) {
            Memory m = unit.memory;
            out.putLong(unit.last.getEpochSecond()).putInt(unit.last.getNano());
            out.putLong(m.count).putDouble(m.last).putDouble(m.score).putDouble(m.shown);
            out.putInt(m.same).putLong(m.zones).putInt(m.trend).putInt(m.turns);
            out.putShort((short) m.sums.length);
            for (double sum : m.sums) {
              out.putDouble(sum);
            }
          }
        });
    out.putInt(crc(out.array(), out.position()));
    return out.array();
  }

  static ConcurrentHashMap<String, ChartMonitor.Watched> read(
      byte[] bytes, String digest, Kernel kernel) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      byte[] magic = new byte[MAGIC.length];
      in.get(magic);
      if (!java.util.Arrays.equals(magic, MAGIC)) {
        throw bad("it does not begin as one");
      }
      int end = bytes.length - 4;
      if (ByteBuffer.wrap(bytes, Math.max(0, end), 4).getInt() != crc(bytes, end)) {
        throw bad("its checksum does not fit: it was cut off or altered");
      }
      in.limit(end);
      int version = in.getInt();
      if (version != VERSION) {
        throw bad("its version is " + version + ", but this release reads " + VERSION);
      }
      String of = text(in);
      if (!of.equals(digest)) {
        throw bad("it belongs to a chart with other limits");
      }
      int count = in.getInt();
      if (count < 0 || (long) count * EACH > in.remaining()) {
        throw bad("it claims " + count + " signals");
      }
      ConcurrentHashMap<String, ChartMonitor.Watched> units = new ConcurrentHashMap<>();
      for (int i = 0; i < count; i++) {
        String name = text(in);
        Memory m = kernel.begin();
        ChartMonitor.Watched unit = new ChartMonitor.Watched(m);
        unit.last = Instant.ofEpochSecond(in.getLong(), in.getInt());
        m.count = in.getLong();
        m.last = in.getDouble();
        m.score = in.getDouble();
        m.shown = in.getDouble();
        m.same = in.getInt();
        m.zones = in.getLong();
        m.trend = in.getInt();
        m.turns = in.getInt();
        int sums = in.getShort();
        if (sums != m.sums.length) {
          throw bad("it holds " + sums + " sums of a signal instead of " + m.sums.length);
        }
        for (int k = 0; k < sums; k++) {
          m.sums[k] = in.getDouble();
        }
        units.put(name, unit);
      }
      if (in.hasRemaining()) {
        throw bad(in.remaining() + " bytes follow its last signal");
      }
      return units;
    } catch (BufferUnderflowException | DateTimeException | IndexOutOfBoundsException e) {
      throw bad("it ends early or holds an impossible time");
    }
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[Math.min(Short.toUnsignedInt(in.getShort()), in.remaining() + 1)];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static int crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static MillwrightException bad(String why) {
    return new MillwrightException(
        ErrorCode.BAD_FILE,
        "this is no memory of this control chart: "
            + why
            + "\nMaybe it was saved with other limits or is damaged; an older snapshot may do");
  }
}
