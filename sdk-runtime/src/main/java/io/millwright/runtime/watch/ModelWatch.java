package io.millwright.runtime.watch;

import io.millwright.api.Finding;
import io.millwright.api.MillwrightEvent;
import io.millwright.api.MillwrightListener;
import io.millwright.api.ModelInfo;
import io.millwright.api.data.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one model: drift and quality of its inputs by windows, and whether its intervals hold, by
 * machine or lot. An alarm is told once when it is raised and once when it ends, to a listener and
 * to SLF4J. An alarm of a column is raised by two windows in a row and ends after two good ones
 * (hysteresis). Thread-safe.
 */
public final class ModelWatch {

  private static final Logger LOG = LoggerFactory.getLogger(ModelWatch.class);
  private static final int PATIENCE = 2;

  /** How a place stands. */
  private static final class Place {
    private int bad;
    private int good;
    private boolean alarm;
  }

  private final String model;
  private final DriftWatch drift;
  private final QualityWatch quality;
  private final FigureWatch coverage;
  private final MillwrightListener listener;
  private final Map<String, Place> places = new HashMap<>();

  private ModelWatch(ModelInfo info, Table reference, MillwrightListener listener) {
    model = info.digest();
    Table inputs = reference.select(info.inputs().names());
    drift = DriftWatch.of(inputs);
    quality = QualityWatch.of(inputs);
    coverage =
        FigureWatch.atLeast(Math.min(0.9, info.figures().getOrDefault("coverage 90", 0.9)), 200);
    this.listener = Objects.requireNonNull(listener, "listener");
  }

  /**
   * A watch.
   *
   * @param model the model; its card promises the coverage of 90 % intervals
   * @param reference rows as they should be, with the model's inputs
   * @param listener is told of {@link WatchAlarm}s, of each window ({@link DriftJudged}) and of
   *     each truth ({@link CoverageRead}), on the thread that calls the watch
   * @return the watch
   */
  public static ModelWatch of(ModelInfo model, Table reference, MillwrightListener listener) {
    return new ModelWatch(model, reference, listener);
  }

  /**
   * Judges a window of inputs.
   *
   * @param inputs rows, in the order of time
   * @return how far they are from the reference
   */
  public DriftReport window(Table inputs) {
    DriftReport report = drift.judge(inputs);
    tell(new DriftJudged(model, report));
    for (DriftReport.ColumnDrift c : report.columns()) {
      stands(
          "column " + c.column(),
          c.drifted(),
          String.format(
              Locale.ROOT,
              "corrected p %.2g, distance %.2f from the reference",
              c.adjusted(),
              c.distance()));
    }
    stands(
        "all columns together",
        report.together() < report.level(),
        String.format(Locale.ROOT, "corrected p %.2g", report.together()));
    List<Finding> found = quality.judge(inputs);
    String first = found.isEmpty() ? "" : found.get(0).toString();
    stands("quality of data", !found.isEmpty(), found.size() + " findings: " + first);
    return report;
  }

  /**
   * Takes whether an interval held its truth.
   *
   * @param group the machine or lot; empty for none
   * @param held whether it did
   * @return where the group stands now
   */
  public FigureWatch.Reading truth(String group, boolean held) {
    FigureWatch.Reading reading;
    CoverageRead read;
    synchronized (coverage) {
      reading = coverage.add(group, held ? 1 : 0);
      read = new CoverageRead(model, coverage.overall(), reading);
    }
    tell(read);
    told("coverage", read.overall());
    if (!group.isEmpty()) {
      told("coverage of " + group, reading);
    }
    return reading;
  }

  private void told(String where, FigureWatch.Reading reading) {
    tell(
        where,
        reading.state() == FigureWatch.State.ALARM,
        String.format(
            Locale.ROOT,
            "%.1f %% of %d intervals held, promised %.1f %%",
            100 * reading.mean(),
            reading.count(),
            100 * reading.promised()));
  }

  private void stands(String where, boolean bad, String message) {
    boolean alarm;
    synchronized (places) {
      Place place = places.computeIfAbsent(where, w -> new Place());
      place.bad = bad ? place.bad + 1 : 0;
      place.good = bad ? 0 : place.good + 1;
      alarm = place.bad >= PATIENCE || (place.alarm && place.good < PATIENCE);
    }
    tell(where, alarm, message);
  }

  private void tell(String where, boolean alarm, String message) {
    synchronized (places) {
      Place place = places.computeIfAbsent(where, w -> new Place());
      if (place.alarm == alarm) {
        return;
      }
      place.alarm = alarm;
    }
    if (alarm) {
      LOG.warn("Alarm: {} of model {}: {}", where, model, message);
    } else {
      LOG.info("Alarm ended: {} of model {}: {}", where, model, message);
    }
    tell(new WatchAlarm(model, where, alarm, message));
  }

  private void tell(MillwrightEvent event) {
    try {
      listener.on(event);
    } catch (RuntimeException e) {
      LOG.warn("Listener {} threw", listener, e);
    }
  }
}
