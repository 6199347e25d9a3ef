package io.millwright.quality.internal;

import io.millwright.api.Predictor;
import io.millwright.api.data.Image;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.quality.HeatMap;
import io.millwright.quality.InspectionTrainer;
import io.millwright.quality.LabelledImage;
import io.millwright.quality.Quality;
import io.millwright.quality.Verdict;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The facade. */
final class DefaultQuality implements Quality {

  private final LearningToolkit learning;
  private final Jobs jobs;

  @Inject
  DefaultQuality(LearningToolkit learning, Jobs jobs) {
    this.learning = learning;
    this.jobs = jobs;
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
}
