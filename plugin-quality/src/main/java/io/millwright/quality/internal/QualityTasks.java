package io.millwright.quality.internal;

import io.millwright.api.learn.Binding;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.TaskCatalog;
import io.millwright.quality.internal.anomaly.AnomalyTraining;
import io.millwright.quality.internal.backbone.BackboneTraining;
import io.millwright.quality.internal.comparison.ComparisonTraining;
import io.millwright.quality.internal.detection.DetectionTraining;
import java.util.List;

/** The tasks whose bundles this plug-in can open. */
public final class QualityTasks implements TaskCatalog {

  /** For {@link java.util.ServiceLoader}. */
  public QualityTasks() {}

  @Override
  public List<Binding<?, ?, ?>> tasks() {
    return List.of(InspectionBinding.BINDING);
  }

  @Override
  public List<ComposedTask<?, ?>> composedTasks() {
    return List.of(
        BackboneTraining.TASK,
        AnomalyTraining.TASK,
        DetectionTraining.TASK,
        ComparisonTraining.TASK);
  }
}
