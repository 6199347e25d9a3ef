package io.millwright.quality.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Monitor;
import io.millwright.api.Predictor;
import io.millwright.api.data.Image;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.quality.ChartConstants;
import io.millwright.quality.ChartPlan;
import io.millwright.quality.ChartPoint;
import io.millwright.quality.ControlChart;
import io.millwright.quality.HeatMap;
import io.millwright.quality.InspectionTrainer;
import io.millwright.quality.LabelledImage;
import io.millwright.quality.ProcessCapability;
import io.millwright.quality.Quality;
import io.millwright.quality.Reading;
import io.millwright.quality.Verdict;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The facade. */
final class DefaultQuality implements Quality {

  private final LearningToolkit learning;
  private final Jobs jobs;
  private final Clock clock;

  @Inject
  DefaultQuality(LearningToolkit learning, Jobs jobs, Clock clock) {
    this.learning = learning;
    this.jobs = jobs;
    this.clock = clock;
  }

  @Override
  public InspectionTrainer inspection() {
    return new DefaultInspectionTrainer(
        learning, jobs, InspectionRecipe.standard(), Optional.empty());
  }

  @Override
  public List<LabelledImage> images(Path folder) {
    return ImageFolder.labelled(folder);
  }

  @Override
  public HeatMap heatMap(
      Predictor<Image, Verdict> predictor, Image image, Optional<String> label, int cells) {
    return Covering.map(predictor, image, label, cells);
  }

  @Override
  public ControlChart chart(ChartPlan plan, List<Reading> baseline) {
    return Estimates.chart(plan, baseline, clock.instant());
  }

  @Override
  public Monitor<Reading, ChartPoint> monitor(ControlChart chart) {
    return new ChartMonitor(chart);
  }

  @Override
  public ProcessCapability capability(
      List<Double> values, double lower, double upper, double level) {
    return Capabilities.of(values, lower, upper, level);
  }

  @Override
  public ChartConstants constants(int size) {
    if (size < 2 || size > ChartPlan.LARGEST_SIZE) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "size is " + size + ", but must lie between 2 and " + ChartPlan.LARGEST_SIZE);
    }
    return Constants.of(size);
  }
}
