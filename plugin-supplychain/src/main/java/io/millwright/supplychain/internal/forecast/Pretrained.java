package io.millwright.supplychain.internal.forecast;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.series.SeriesModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A pre-trained series model, which learns nothing here.
 *
 * @param model the model
 */
record Pretrained(SeriesModel model) implements Voice {

  @Override
  public Optional<double[]> forecast(Past past, int horizon) {
    List<Integer> seasons = Arrays.stream(past.lengths()).boxed().toList();
    int middle = model.probabilities().indexOf(0.5);
    double[] medians =
        Arrays.stream(model.quantiles(past.y(), seasons, horizon))
            .mapToDouble(q -> q[middle])
            .toArray();
    return Arrays.stream(medians).allMatch(Double::isFinite)
        ? Optional.of(past.bounded(medians))
        : Optional.empty();
  }

  @Override
  public String name() {
    return "the series model " + model.id().replaceAll("@.*", "");
  }

  /** The model of a bundle, among those on the class path. */
  static Pretrained find(String id) {
    for (SeriesModel model :
        ServiceLoader.load(SeriesModel.class, Pretrained.class.getClassLoader())) {
      if (model.id().equals(id)) {
        return new Pretrained(model);
      }
    }
    throw new MillwrightException(
        ErrorCode.NO_ENGINE,
        "the forecaster was chosen with the series model "
            + id
            + ", which is not on the class path\nMaybe add its artifact, or train without it");
  }
}
