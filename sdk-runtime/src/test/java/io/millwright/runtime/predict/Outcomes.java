package io.millwright.runtime.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Outcome;
import io.millwright.api.Uncertainty;

/** Compares outcomes by all that they say; uncertainties by what they answer. */
final class Outcomes {

  private Outcomes() {}

  /** The same answer and flags, in an interval that holds the other. */
  static void sameButWider(Outcome<?> got, Outcome<?> wider) {
    Outcome.Prediction<?> g = got.orElseThrow();
    Outcome.Prediction<?> w = wider.orElseThrow();
    assertThat(g.value()).isEqualTo(w.value());
    assertThat(g.flags()).isEqualTo(w.flags());
    Uncertainty.Interval own = (Uncertainty.Interval) g.uncertainty().at(0.8);
    Uncertainty.Interval room = (Uncertainty.Interval) w.uncertainty().at(0.8);
    assertThat(room.low()).isLessThanOrEqualTo(own.low());
    assertThat(room.high()).isGreaterThanOrEqualTo(own.high());
  }

  static void same(Outcome<?> got, Outcome<?> expected) {
    if (expected instanceof Outcome.Prediction<?> e) {
      assertThat(got).isInstanceOf(Outcome.Prediction.class);
      Outcome.Prediction<?> g = (Outcome.Prediction<?>) got;
      assertThat(g.value()).isEqualTo(e.value());
      assertThat(g.flags()).isEqualTo(e.flags());
      assertThat(g.uncertainty().at(0.8)).isEqualTo(e.uncertainty().at(0.8));
      assertThat(g.uncertainty().quantiles(0.1, 0.5))
          .isEqualTo(e.uncertainty().quantiles(0.1, 0.5));
    } else {
      assertThat(got).isInstanceOf(Outcome.Abstention.class);
      assertThat(((Outcome.Abstention<?>) got).code())
          .isEqualTo(((Outcome.Abstention<?>) expected).code());
    }
  }
}
