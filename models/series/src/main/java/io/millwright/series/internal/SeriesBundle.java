package io.millwright.series.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.api.Provenance;
import io.millwright.api.Task;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Series;
import io.millwright.api.data.Unit;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.runtime.predict.ComposedModels;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The series model as a bundle: one network, its card and its provenance. */
public final class SeriesBundle {

  /** The quantiles that the network says. */
  public static final List<Double> PROBABILITIES = List.of(0.1, 0.25, 0.5, 0.75, 0.9);

  private static final String NETWORK = "patches";
  private static final Task<Series, double[][]> TASK =
      new Task<>("series.quantiles", 1, Series.class, double[][].class);
  private static final Schema INPUTS =
      Schema.of(
          new Column("period", ColumnType.CATEGORY, Unit.NONE),
          new Column("value", ColumnType.NUMBER, Unit.NONE));

  private SeriesBundle() {}

  /** Writes a trained network. */
  public static void write(
      Composer composer,
      FittedNetwork network,
      Evaluation evaluation,
      Provenance provenance,
      Path bundle) {
    composer.write(
        ComposedModel.builder()
            .task(TASK)
            .inputs(INPUTS)
            .texts(new TreeMap<>(Map.of("layout", layout())))
            .networks(new TreeMap<>(Map.of(NETWORK, network)))
            .evaluation(evaluation)
            .capabilities(Set.of())
            .provenance(provenance)
            .build(),
        bundle);
  }

  /** What an input means; a network of another layout is refused. */
  private static String layout() {
    return Window.PAST + " + " + Window.AHEAD + " patches of " + Window.PATCH + ", 1";
  }

  /** Reads, and refuses a network of another layout. */
  static ComposedModel read(ModelSource bundle) {
    ComposedModel model = ComposedModels.read(TASK, bundle);
    FittedNetwork network = model.networks().get(NETWORK);
    if (network == null
        || network.inputs() != Window.INPUTS
        || network.outputs() != Window.STEPS * PROBABILITIES.size()
        || !layout().equals(model.texts().get("layout"))) {
      throw new MillwrightException(
          ErrorCode.BAD_BUNDLE,
          bundle
              + " does not hold a network of the layout "
              + layout()
              + "\nMaybe it was trained by another version");
    }
    return model;
  }

  /** The network of a model that was read. */
  static FittedNetwork network(ComposedModel model) {
    return java.util.Objects.requireNonNull(model.networks().get(NETWORK));
  }
}
