package io.millwright.quality.internal.gauge;

import io.millwright.quality.Agreement;
import io.millwright.quality.GaugePlan;
import io.millwright.quality.GaugeStudies;
import io.millwright.quality.GaugeStudy;
import java.util.List;
import java.util.Map;

/** Gauge studies. */
public final class DefaultGaugeStudies implements GaugeStudies {

  /** Has no settings. */
  public DefaultGaugeStudies() {}

  @Override
  public GaugeStudy crossed(List<Measurement> measurements, GaugePlan plan) {
    return Repeated.crossed(Balanced.crossed(measurements), plan);
  }

  @Override
  public GaugeStudy nested(List<Measurement> measurements, GaugePlan plan) {
    return Repeated.nested(Balanced.nested(measurements), plan);
  }

  @Override
  public AverageRange averageRange(List<Measurement> measurements) {
    return Form.of(Balanced.crossed(measurements));
  }

  @Override
  public Agreement agreement(List<Rating> ratings, Map<String, String> truth, double level) {
    return Kappas.of(ratings, truth, level);
  }
}
