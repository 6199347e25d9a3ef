package io.millwright.supplychain.internal.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Shares of methods, and what fits them. */
class GateTest {

  private static final double NONE = Double.POSITIVE_INFINITY;

  /** Two methods: the first is right where the first trait is 1, the second elsewhere. */
  private static List<GateFit.Sample> samples(boolean ownErrors) {
    Random random = new Random(3);
    List<GateFit.Sample> samples = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      boolean first = i % 2 == 0;
      double[] truth = new double[6];
      double[][] fits = new double[2][6];
      for (int h = 0; h < 6; h++) {
        truth[h] = 10 + random.nextGaussian();
        fits[first ? 0 : 1][h] = truth[h] + 0.1 * random.nextGaussian();
        fits[first ? 1 : 0][h] = truth[h] + 2 * random.nextGaussian();
      }
      double[] weights = new double[6];
      Arrays.fill(weights, 1.0 / 6);
      double[] traits = new double[Seen.TRAITS];
      traits[0] = ownErrors ? 0 : first ? 1 : -1;
      double[] apart = ownErrors ? new double[] {first ? 0 : 1, first ? 1 : 0} : new double[0];
      samples.add(new GateFit.Sample(fits, truth, weights, apart, traits));
    }
    return samples;
  }

  @Test
  void sharesAddUpAndFollowTheirBiases() {
    Gate gate = new Gate(new double[] {0, Math.log(3)}, 0, new double[2 * Seen.TRAITS]);
    assertThat(gate.weights(new double[0], new double[Seen.TRAITS]))
        .containsExactly(new double[] {0.25, 0.75}, within(1e-12));
    assertThat(Gate.only(3, 1).weights(new double[0], new double[0])[1]).isEqualTo(1);
  }

  @Test
  void ownErrorsMoveSharesByTheirRatio() {
    Gate gate = new Gate(new double[2], 1, new double[2 * Seen.TRAITS]);
    assertThat(gate.weights(new double[] {1, 3}, new double[Seen.TRAITS]))
        .containsExactly(new double[] {0.75, 0.25}, within(1e-12));
    assertThat(gate.weights(new double[] {0, 3}, new double[Seen.TRAITS]))
        .as("an error of 0 has no ratio")
        .containsExactly(new double[] {0.5, 0.5}, within(1e-12));
  }

  @Test
  void theKindOfASeriesAndItsOwnErrorsAreLearnt() {
    for (boolean own : new boolean[] {false, true}) {
      List<GateFit.Sample> samples = samples(own);
      Gate gate = GateFit.of(samples, new double[2], new GateFit.Pull(1, 1));
      for (int i = 0; i < 2; i++) {
        GateFit.Sample s = samples.get(i);
        double[] errors = Arrays.stream(s.apart()).map(Math::exp).toArray();
        assertThat(gate.weights(errors, s.traits())[i]).isGreaterThan(0.8);
      }
    }
  }

  @Test
  void anInfinitePullKeepsTheUsualShares() {
    List<GateFit.Sample> samples = samples(false);
    double[] usual = {0, -1};
    assertThat(GateFit.of(samples, usual, new GateFit.Pull(NONE, NONE)).biases()).isEqualTo(usual);
    Gate shares = GateFit.of(samples, usual, new GateFit.Pull(1, NONE));
    assertThat(shares.isOwn()).isFalse();
    assertThat(shares.biases()).isNotEqualTo(usual);
  }
}
