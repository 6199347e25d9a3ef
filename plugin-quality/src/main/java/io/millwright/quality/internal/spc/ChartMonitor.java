package io.millwright.quality.internal.spc;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import io.millwright.api.Provenance;
import io.millwright.api.Uncertainties;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.quality.ChartPoint;
import io.millwright.quality.ControlChart;
import io.millwright.quality.MultivariateChart;
import io.millwright.quality.Reading;
import io.millwright.runtime.support.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A control chart with a memory for each signal. Thread-safe: units lock each for itself. */
final class ChartMonitor implements Monitor<Reading, ChartPoint> {

  private static final int LONGEST_NAME = 1024;

  private final Kernel kernel;
  private final ModelInfo info;
  private final Uncertainties none;
  private volatile ConcurrentHashMap<String, Watched> units = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** What is known of one unit; guarded by itself. */
  static final class Watched {
    final Memory memory;
    Instant last = Instant.MIN;
    boolean gone;

    Watched(Memory memory) {
      this.memory = memory;
    }
  }

  private ChartMonitor(
      Kernel kernel, String text, Instant made, Schema schema, Map<String, Double> figures) {
    this.kernel = kernel;
    info = info(text, made, schema, figures);
    none = Uncertainties.none("a control chart predicts nothing: its limits say what is usual");
  }

  static ChartMonitor of(ControlChart chart) {
    return new ChartMonitor(
        new ChartKernel(chart),
        chart.toString(),
        chart.made(),
        Schema.of(Column.number("value")),
        Map.of("centre", chart.centre(), "sigma", chart.sigma()));
  }

  static ChartMonitor of(MultivariateChart chart) {
    return new ChartMonitor(
        new MultivariateKernel(chart),
        chart.toString(),
        chart.made(),
        Schema.of(Column.number("value")),
        Map.of("variables", (double) chart.mean().size()));
  }

  private static ModelInfo info(
      String text, Instant made, Schema schema, Map<String, Double> figures) {
    return ModelInfo.builder()
        .task("quality.control-chart")
        .taskVersion(1)
        .digest(Digest.of(text))
        .inputs(schema)
        .capabilities(Set.of(Capability.STREAM))
        .figures(figures)
        .provenance(
            Provenance.builder()
                .producer("millwright-quality")
                .created(made)
                .settings(new TreeMap<>(Map.of("chart", text)))
                .build())
        .build();
  }

  @Override
  public Outcome<ChartPoint> update(String unit, Reading reading, Instant at) {
    open();
    if (unit.isBlank() || unit.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "the name of a signal must have 1 to "
              + LONGEST_NAME
              + " bytes, but this one is \""
              + unit.substring(0, Math.min(40, unit.length()))
              + "\"");
    }
    String wrong = kernel.wrong(reading);
    while (true) {
      Watched known = units.computeIfAbsent(unit, k -> new Watched(kernel.begin()));
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
        if (!wrong.isEmpty()) {
          known.memory.gap();
          return abstention(wrong);
        }
        return new Outcome.Prediction<>(kernel.take(known.memory, reading), none, Set.of(), info);
      }
    }
  }

  private Outcome<ChartPoint> abstention(String wrong) {
    return new Outcome.Abstention<>(
        ErrorCode.BAD_VALUE,
        List.of(
            new Finding(
                ErrorCode.BAD_VALUE,
                "reading",
                wrong,
                "check the sensor; the chart goes on without this reading.")),
        info);
  }

  private void open() {
    if (closed) {
      throw new MillwrightException(
          ErrorCode.CLOSED, "the control chart was closed\nMaybe open it again");
    }
  }

  @Override
  public void forget(String unit) {
    open();
    Watched known = units.remove(unit);
    if (known != null) {
      synchronized (known) {
        known.gone = true;
      }
    }
  }

  @Override
  public byte[] snapshot() {
    open();
    return ChartMemory.write(info.digest(), units);
  }

  @Override
  public void restore(byte[] snapshot) {
    open();
    ConcurrentHashMap<String, Watched> read = ChartMemory.read(snapshot, info.digest(), kernel);
    ConcurrentHashMap<String, Watched> old = units;
    units = read;
    old.values()
        .forEach(
            u -> {
              synchronized (u) {
                u.gone = true;
              }
            });
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
