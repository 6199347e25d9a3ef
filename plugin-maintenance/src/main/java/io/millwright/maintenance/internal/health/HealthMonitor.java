package io.millwright.maintenance.internal.health;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import io.millwright.api.data.Row;
import io.millwright.maintenance.Health;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/**
 * Many machines under watch. Thread-safe: machines lock each for itself. A snapshot is, all numbers
 * big-endian: "MWHEALTH", int version 1, the model's digest and the number of machines; for each
 * machine, in the order of names, its name, the seconds and nanoseconds of its last reading, and
 * the numbers of its memory; then CRC-32 of all before. Texts are UTF-8 behind their length as an
 * int.
 */
final class HealthMonitor implements Monitor<Row, Health> {

  private static final long MAGIC = 0x4D574845414C5448L;
  private static final int VERSION = 1;
  private static final int LONGEST_NAME = 1024;

  private final Normal normal;
  private final ModelInfo info;
  private final int size;
  private volatile ConcurrentHashMap<String, Unit> units = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** One machine; guarded by itself. */
  private static final class Unit {
    final Normal.Watched watch;
    Instant last = Instant.MIN;
    boolean gone;

    Unit(Normal.Watched watch) {
      this.watch = watch;
    }
  }

  HealthMonitor(Normal normal, ModelInfo info) {
    this.normal = normal;
    this.info = info;
    size = normal.begin().memory().length;
  }

  private void open() {
    if (closed) {
      throw new MillwrightException(
          ErrorCode.CLOSED, "the monitor was closed\nMaybe open it again, or close it later");
    }
  }

  @Override
  public Outcome<Health> update(String unit, Row reading, Instant at) {
    open();
    if (unit.isBlank() || unit.length() > LONGEST_NAME) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "the name of a machine has "
              + unit.length()
              + " characters\nMaybe use 1 to "
              + LONGEST_NAME
              + ", not all of them blank");
    }
    double[] row = new double[normal.columns().size()];
    boolean any = false;
    for (int c = 0; c < row.length; c++) {
      int place = reading.schema().indexOf(normal.columns().get(c));
      if (place < 0) {
        throw new MillwrightException(
            ErrorCode.MISSING_COLUMN,
            "the reading of "
                + unit
                + " has no column "
                + normal.columns().get(c)
                + "\nMaybe write NaN where a sensor is silent");
      }
      row[c] = reading.number(place);
      any |= Double.isFinite(row[c]);
    }
    while (true) {
      Unit known = units.computeIfAbsent(unit, k -> new Unit(normal.begin()));
      synchronized (known) {
        if (known.gone) {
          continue;
        }
        if (at.isBefore(known.last)) {
          throw new MillwrightException(
              ErrorCode.BAD_VALUE,
              "the reading of "
                  + unit
                  + " is of "
                  + at
                  + ", but its last one was of "
                  + known.last
                  + "; it was not taken in\nMaybe sort the readings by time");
        }
        known.last = at;
        if (!any) {
          Finding finding =
              new Finding(
                  ErrorCode.MISSING_VALUE,
                  "reading of " + unit,
                  "all its values are missing",
                  "check the connection.");
          return new Outcome.Abstention<>(finding.code(), List.of(finding), info);
        }
        Health health = known.watch.take(row);
        return new Outcome.Prediction<>(health, HealthPredictor.NONE, Set.of(), info);
      }
    }
  }

  @Override
  public void forget(String unit) {
    open();
    Unit known = units.remove(unit);
    if (known != null) {
      synchronized (known) {
        known.gone = true;
      }
    }
  }

  @Override
  public byte[] snapshot() {
    open();
    Map<String, Unit> sorted = new TreeMap<>(units);
    byte[] digest = info.digest().getBytes(StandardCharsets.UTF_8);
    long length = 8L + 4 + 4 + digest.length + 4 + 4;
    for (String name : sorted.keySet()) {
      length += 4 + name.getBytes(StandardCharsets.UTF_8).length + 12 + 8L * size;
    }
    if (length > Integer.MAX_VALUE - 16) {
      throw new MillwrightException(
          ErrorCode.OUT_OF_RANGE,
          sorted.size() + " machines take " + length + " bytes\nMaybe share them among monitors");
    }
    ByteBuffer out = ByteBuffer.allocate((int) length);
    out.putLong(MAGIC).putInt(VERSION).putInt(digest.length).put(digest).putInt(sorted.size());
    sorted.forEach(
        (name, unit) -> {
          byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
          out.putInt(bytes.length).put(bytes);
          synchronized (unit) {
            out.putLong(unit.last.getEpochSecond()).putInt(unit.last.getNano());
            for (double v : unit.watch.memory()) {
              out.putDouble(v);
            }
          }
        });
    return out.putInt(crc(out.array(), out.position())).array();
  }

  @Override
  public void restore(byte[] snapshot) {
    open();
    ConcurrentHashMap<String, Unit> read = new ConcurrentHashMap<>();
    try {
      ByteBuffer in = ByteBuffer.wrap(snapshot);
      int end = snapshot.length - 4;
      if (in.getLong() != MAGIC || in.getInt() != VERSION) {
        throw bad("it does not begin as one of this release");
      }
      if (ByteBuffer.wrap(snapshot, end, 4).getInt() != crc(snapshot, end)) {
        throw bad("its checksum does not fit: it was cut off or altered");
      }
      in.limit(end);
      if (!text(in).equals(info.digest())) {
        throw bad("it belongs to another model");
      }
      int count = in.getInt();
      for (int i = 0; i < count; i++) {
        Unit unit = new Unit(normal.begin());
        String name = text(in);
        unit.last = Instant.ofEpochSecond(in.getLong(), in.getInt());
        double[] memory = new double[size];
        for (int k = 0; k < size; k++) {
          memory[k] = in.getDouble();
        }
        unit.watch.restore(memory);
        read.put(name, unit);
      }
      if (count < 0 || in.hasRemaining()) {
        throw bad(in.remaining() + " bytes follow its last machine");
      }
    } catch (BufferUnderflowException | DateTimeException | IndexOutOfBoundsException e) {
      throw bad("it ends early or holds an impossible time");
    }
    ConcurrentHashMap<String, Unit> old = units;
    units = read;
    old.values()
        .forEach(
            u -> {
              synchronized (u) {
                u.gone = true;
              }
            });
  }

  private static String text(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw bad("a text has " + length + " bytes");
    }
    byte[] bytes = new byte[length];
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
        "this is no memory of this monitor: " + why + "\nMaybe an older snapshot is whole");
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public void close() {
    closed = true;
  }
}
