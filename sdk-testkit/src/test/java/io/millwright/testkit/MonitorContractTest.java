package io.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainties;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract passes for a monitor that keeps it, and fails for each way to break it. */
class MonitorContractTest {

  /** A way to break the contract. */
  enum Fault {
    NONE,
    MIXES_UNITS,
    TAKES_OLD_READINGS,
    RESTORES_ANYTHING,
    FORGETS_NOTHING,
    ANSWERS_WHEN_CLOSED,
    GROWS
  }

  private record State(double sum, Instant last) {}

  /** Sums the readings of a unit. */
  private static final class Summing implements Monitor<Double, Double> {
    private final Fault fault;
    private final Map<String, State> units = new ConcurrentHashMap<>();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private volatile boolean closed;

    Summing(Fault fault) {
      this.fault = fault;
    }

    private void checkOpen() {
      if (closed && fault != Fault.ANSWERS_WHEN_CLOSED) {
        throw new MillwrightException(ErrorCode.CLOSED, "closed\nMaybe open another");
      }
    }

    @Override
    public Outcome<Double> update(String unit, Double reading, Instant at) {
      checkOpen();
      if (fault == Fault.GROWS) {
        log.write(1);
      }
      String key = fault == Fault.MIXES_UNITS ? "all" : unit;
      State state =
          units.compute(
              key,
              (k, before) -> {
                if (before == null) {
                  return new State(reading, at);
                }
                if (at.isBefore(before.last)
                    && fault != Fault.TAKES_OLD_READINGS
                    && fault != Fault.MIXES_UNITS) {
                  throw new MillwrightException(
                      ErrorCode.BAD_VALUE, "older\nMaybe sort the readings");
                }
                return new State(before.sum + reading, at);
              });
      return new Outcome.Prediction<>(state.sum, Uncertainties.none("fake"), Set.of(), info());
    }

    @Override
    public void forget(String unit) {
      if (fault != Fault.FORGETS_NOTHING) {
        units.remove(unit);
      }
    }

    @Override
    public byte[] snapshot() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (DataOutputStream out = new DataOutputStream(bytes)) {
        Map<String, State> sorted = new TreeMap<>(units);
        out.writeInt(sorted.size());
        for (Map.Entry<String, State> unit : sorted.entrySet()) {
          out.writeUTF(unit.getKey());
          out.writeDouble(unit.getValue().sum);
          out.writeLong(unit.getValue().last.toEpochMilli());
        }
        CRC32 crc = new CRC32();
        crc.update(bytes.toByteArray());
        out.writeLong(crc.getValue());
        out.write(log.toByteArray());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.toByteArray();
    }

    @Override
    public void restore(byte[] snapshot) {
      checkOpen();
      Map<String, State> read = new TreeMap<>();
      try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(snapshot))) {
        CRC32 crc = new CRC32();
        crc.update(snapshot, 0, Math.max(0, snapshot.length - 8));
        for (int i = in.readInt(); i > 0; i--) {
          read.put(in.readUTF(), new State(in.readDouble(), Instant.ofEpochMilli(in.readLong())));
        }
        if (in.readLong() != crc.getValue()) {
          throw new IOException("checksum");
        }
      } catch (IOException e) {
        if (fault != Fault.RESTORES_ANYTHING) {
          throw new MillwrightException(
              ErrorCode.BAD_FILE, "damaged\nMaybe take an older snapshot", e);
        }
      }
      units.clear();
      units.putAll(read);
    }

    @Override
    public ModelInfo info() {
      return Kit.info(Capability.STREAM);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** The contract on one fault. */
  abstract static class Case extends MonitorContract<Double, Double> {
    abstract Fault fault();

    @Override
    protected Monitor<Double, Double> open() {
      return new Summing(fault());
    }

    @Override
    protected List<Double> readings() {
      return List.of(1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0);
    }

    @Override
    protected Optional<Outcome<Double>> predicted(int count) {
      return Optional.of(
          new Outcome.Prediction<>(
              Math.pow(2, count) - 1,
              Uncertainties.none("fake"),
              Set.of(),
              Kit.info(Capability.STREAM)));
    }
  }

  static final class None extends Case {
    @Override
    Fault fault() {
      return Fault.NONE;
    }
  }

  static final class MixesUnits extends Case {
    @Override
    Fault fault() {
      return Fault.MIXES_UNITS;
    }
  }

  static final class TakesOldReadings extends Case {
    @Override
    Fault fault() {
      return Fault.TAKES_OLD_READINGS;
    }
  }

  static final class RestoresAnything extends Case {
    @Override
    Fault fault() {
      return Fault.RESTORES_ANYTHING;
    }
  }

  static final class ForgetsNothing extends Case {
    @Override
    Fault fault() {
      return Fault.FORGETS_NOTHING;
    }
  }

  static final class AnswersWhenClosed extends Case {
    @Override
    Fault fault() {
      return Fault.ANSWERS_WHEN_CLOSED;
    }
  }

  static final class Grows extends Case {
    @Override
    Fault fault() {
      return Fault.GROWS;
    }
  }

  @Test
  void aGoodMonitorPasses() {
    assertThat(Kit.failures(None.class)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "io.millwright.testkit.MonitorContractTest$MixesUnits, unitsOfManyThreadsDoNotDisturbEachOther",
    "io.millwright.testkit.MonitorContractTest$TakesOldReadings,"
        + " anOlderReadingIsRefusedAndNotTakenIn",
    "io.millwright.testkit.MonitorContractTest$RestoresAnything,"
        + " aDamagedMemoryIsRefusedAndTheOldOneKept",
    "io.millwright.testkit.MonitorContractTest$ForgetsNothing, aForgottenUnitStartsAnew",
    "io.millwright.testkit.MonitorContractTest$AnswersWhenClosed, aClosedMonitorSaysSo",
    "io.millwright.testkit.MonitorContractTest$Grows, theMemoryOfAUnitDoesNotGrow"
  })
  void aBadMonitorFails(Class<?> contract, String test) {
    assertThat(Kit.failures(contract)).contains(test);
  }
}
