package io.millwright.supplychain.internal.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.supplychain.ForecastMethod;
import io.millwright.supplychain.internal.classic.Fit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the errors at earlier origins may say about the shares of methods. */
class CombinationTest {

  private static final List<ForecastMethod> METHODS =
      List.of(ForecastMethod.SIMPLE, ForecastMethod.HOLT);

  /**
   * The share that Holt's method gets, by mean, where it was right at the two earlier origins.
   *
   * @param again whether it is right at the latest as well
   */
  private static double shareOfHolt(boolean again) {
    Random random = new Random(4);
    List<Past> pasts = new ArrayList<>();
    List<List<Origin>> origins = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      pasts.add(Past.of(new Series("s", Frequency.YEARLY, 1, Collections.nCopies(40, 10.0))));
      List<Origin> own = new ArrayList<>();
      for (int j = 0; j < 3; j++) {
        boolean holt = j > 0 || again;
        double[] truth = random.doubles(6, 9, 11).toArray();
        double[] near = Arrays.stream(truth).map(v -> v + 0.1 * random.nextGaussian()).toArray();
        double[] far = Arrays.stream(truth).map(v -> v + 0.6).toArray();
        Fit[] fits = {new Fit(holt ? far : near, 1), new Fit(holt ? near : far, 1)};
        Seen seen = new Seen(fits, new double[Seen.TRAITS], 1, 0.5);
        own.add(new Origin(34 - 3 * j, truth, seen, new double[0], 1));
      }
      origins.add(own);
    }
    Combination combination = new Combination(METHODS, pasts, origins);
    return combination.shares(combination.choose(Lanes.alone()))[1];
  }

  @Test
  void whatWonOnceForAllSeriesMustWinAtTheLatestOrigins() {
    double usual = Math.exp(-1.5) / (1 + Math.exp(-1.5));
    assertThat(shareOfHolt(false)).isLessThanOrEqualTo(usual + 1e-12);
    assertThat(shareOfHolt(true)).isGreaterThan(0.6);
  }
}
