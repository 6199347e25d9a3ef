package io.millwright.quality.internal;

import io.millwright.api.Predictor;
import io.millwright.api.data.Image;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.quality.Advisor;
import io.millwright.quality.AnomalyTrainer;
import io.millwright.quality.Causes;
import io.millwright.quality.ComparisonTrainer;
import io.millwright.quality.DetectionTrainer;
import io.millwright.quality.FrameSource;
import io.millwright.quality.GaugeStudies;
import io.millwright.quality.HeatMap;
import io.millwright.quality.Inspected;
import io.millwright.quality.InspectionCosts;
import io.millwright.quality.InspectionTrainer;
import io.millwright.quality.LabelledImage;
import io.millwright.quality.LineWatch;
import io.millwright.quality.MarkedImage;
import io.millwright.quality.MarkedPair;
import io.millwright.quality.PaidCosts;
import io.millwright.quality.Quality;
import io.millwright.quality.QualityTexts;
import io.millwright.quality.SamplingPlans;
import io.millwright.quality.Spc;
import io.millwright.quality.Statistics;
import io.millwright.quality.Verdict;
import io.millwright.quality.internal.advice.DefaultAdvisor;
import io.millwright.quality.internal.anomaly.AnomalyTraining;
import io.millwright.quality.internal.backbone.Paying;
import io.millwright.quality.internal.causes.DefaultCauses;
import io.millwright.quality.internal.comparison.ComparisonTraining;
import io.millwright.quality.internal.comparison.PairFolder;
import io.millwright.quality.internal.detection.DetectionTraining;
import io.millwright.quality.internal.detection.MarkedFolder;
import io.millwright.quality.internal.fit.DefaultStatistics;
import io.millwright.quality.internal.gauge.DefaultGaugeStudies;
import io.millwright.quality.internal.line.DeadlineWatch;
import io.millwright.quality.internal.line.FolderFrames;
import io.millwright.quality.internal.sampling.DefaultSamplingPlans;
import io.millwright.quality.internal.spc.DefaultSpc;
import io.millwright.quality.internal.texts.DefaultQualityTexts;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The facade. */
final class DefaultQuality implements Quality {

  private final LearningToolkit learning;
  private final BackboneInspectionTrainer.Parts parts;
  private final Clock clock;

  @Inject
  DefaultQuality(LearningToolkit learning, Composer composer, Jobs jobs, Clock clock) {
    this.learning = learning;
    this.parts = new BackboneInspectionTrainer.Parts(composer, jobs, clock);
    this.clock = clock;
  }

  @Override
  public InspectionTrainer inspection() {
    return new DefaultInspectionTrainer(
        learning, parts, InspectionRecipe.standard(), false, Optional.empty());
  }

  @Override
  public AnomalyTrainer anomaly() {
    return AnomalyTraining.standard(
        new AnomalyTraining.Parts(parts.composer(), parts.jobs(), parts.clock()));
  }

  @Override
  public ComparisonTrainer comparison() {
    return ComparisonTraining.standard(parts.composer(), parts.jobs());
  }

  @Override
  public List<MarkedPair> pairs(Path folder) {
    return PairFolder.read(folder);
  }

  @Override
  public DetectionTrainer detection() {
    return DetectionTraining.standard(parts.composer(), parts.jobs());
  }

  @Override
  public List<LabelledImage> images(Path folder) {
    return ImageFolder.labelled(folder);
  }

  @Override
  public List<MarkedImage> marked(Path folder, Path truth) {
    return MarkedFolder.read(folder, Optional.of(truth));
  }

  @Override
  public List<MarkedImage> marked(Path folder) {
    return MarkedFolder.read(folder, Optional.empty());
  }

  @Override
  public HeatMap heatMap(
      Predictor<Image, Verdict> predictor, Image image, Optional<String> label, int cells) {
    return Covering.map(predictor, image, label, cells);
  }

  @Override
  public PaidCosts paid(
      InspectionCosts costs, List<Verdict> verdicts, List<String> truths, double level) {
    return Paying.of(costs, verdicts, truths, level);
  }

  @Override
  public <V> LineWatch line(
      Predictor<Image, V> predictor,
      Duration deadline,
      int waiting,
      Consumer<? super Inspected<V>> answers) {
    return new DeadlineWatch<>(predictor, deadline, waiting, answers, System::nanoTime);
  }

  @Override
  public FrameSource frames(Path folder, boolean existing) {
    return new FolderFrames(folder, existing);
  }

  @Override
  public Spc spc() {
    return new DefaultSpc(clock);
  }

  @Override
  public GaugeStudies gauge() {
    return new DefaultGaugeStudies();
  }

  @Override
  public SamplingPlans sampling() {
    return new DefaultSamplingPlans();
  }

  @Override
  public Statistics statistics() {
    return new DefaultStatistics();
  }

  @Override
  public Advisor advice() {
    return new DefaultAdvisor(parts.composer(), parts.jobs());
  }

  @Override
  public Causes causes() {
    return new DefaultCauses();
  }

  @Override
  public QualityTexts texts() {
    return new DefaultQualityTexts();
  }
}
