package io.millwright.sample.press.internal;

import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.sample.press.Energy;
import io.millwright.sample.press.EnergyTrainer;
import io.millwright.sample.press.MeasuredStroke;
import io.millwright.sample.press.Press;
import io.millwright.sample.press.Stroke;
import io.millwright.sample.press.Verdict;
import jakarta.inject.Inject;

/** The facade's implementation. */
final class DefaultPress implements Press {

  private final LearningToolkit toolkit;

  @Inject
  DefaultPress(LearningToolkit toolkit) {
    this.toolkit = toolkit;
  }

  @Override
  public EnergyTrainer energy() {
    return DefaultEnergyTrainer.of(toolkit);
  }

  @Override
  public Verdict check(Predictor<Stroke, Energy> model, MeasuredStroke measured, double level) {
    Outcome<Energy> expected = model.predict(measured.stroke());
    return expected.fold(
        p -> compare(p.uncertainty().at(level), measured.energy()), a -> Verdict.UNKNOWN);
  }

  private static Verdict compare(Uncertainty expected, Energy measured) {
    if (expected instanceof Uncertainty.Interval interval) {
      if (measured.kilojoules() > interval.high()) {
        return Verdict.TOO_MUCH;
      }
      return measured.kilojoules() < interval.low() ? Verdict.TOO_LITTLE : Verdict.AS_EXPECTED;
    }
    return Verdict.UNKNOWN;
  }
}
