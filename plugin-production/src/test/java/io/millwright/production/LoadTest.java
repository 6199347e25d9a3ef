package io.millwright.production;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.runtime.support.KeyedRandom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Without networks, so that no engine is needed; a known plan drives the load. */
@ExtendWith(Direct.class)
class LoadTest {

  private static final int N = 24 * 7 * 14;

  private static LoadSeries drawn(long key) {
    KeyedRandom random = KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, 31);
    List<Double> plan = new ArrayList<>();
    List<Double> load = new ArrayList<>();
    double error = 0;
    double on = 0;
    for (int t = 0; t < N + 24; t++) {
      if (t % 24 == 0) {
        on = random.nextInt(2);
      }
      boolean day = t % 24 >= 6 && t % 24 < 22;
      plan.add(day ? on : 0);
      error = 0.7 * error + random.nextGaussian();
      if (t < N) {
        load.add(
            Math.max(
                0,
                20 + 5 * Math.sin(2 * Math.PI * (t % 24) / 24.0) + 30 * plan.get(t) + 2 * error));
      }
    }
    return new LoadSeries(
        new Series("line", Frequency.HOURLY, 0, load), List.of(new LoadSeries.Known("plan", plan)));
  }

  @Test
  void aKnownPlanAndTheLastHourAreUsed(Production production, @TempDir Path folder)
      throws InterruptedException {
    LoadSeries all = drawn(1);
    int from = N - 24 * 14;
    LoadModel model = production.load().networks(0).steps(1, 24).train(all.first(from)).await();
    List<LoadScore> scores = model.judge(all, from);
    LoadScore one = scores.get(0);
    LoadScore day = scores.get(5);
    assertThat(one.ahead()).isEqualTo(1);
    assertThat(day.ahead()).isEqualTo(24);
    // The error that nobody can predict: 2 at one hour, 2 / sqrt(1 - 0.49) at a day.
    assertThat(one.rmse()).isBetween(1.6, 2.7);
    assertThat(day.rmse()).isBetween(2.2, 4.2);
    for (LoadScore s : scores) {
      if (!s.method().equals("model")) {
        assertThat(s.mae()).isGreaterThan((s.ahead() == 1 ? one : day).mae());
      } else {
        assertThat(s.cover80()).isCloseTo(0.8, within(0.09));
        assertThat(s.cover90()).isCloseTo(0.9, within(0.07));
      }
    }
    Path bundle = folder.resolve("load.mwb");
    model.saveTo(bundle);
    try (Predictor<LoadSeries, LoadForecast> fresh = model.open();
        Millwright host = Millwright.create();
        Predictor<LoadSeries, LoadForecast> read = host.open(Production.LOAD, bundle)) {
      Outcome.Prediction<LoadForecast> said = fresh.predict(all).orElseThrow();
      assertThat(read.predict(all).orElseThrow().value()).isEqualTo(said.value());
      assertThat(said.value().periods()).hasSize(24);
      for (LoadForecast.Period p : said.value().periods()) {
        assertThat(p.quantiles()).isSorted();
      }
    }
  }

  @Test
  void aForecastSeesNothingThatCameLater(Production production) throws InterruptedException {
    LoadSeries all = drawn(2);
    LoadModel model = production.load().networks(0).steps(24).train(all.first(N - 200)).await();
    List<Double> spoilt = new ArrayList<>(all.load().values());
    for (int t = N - 100; t < N; t++) {
      spoilt.set(t, 1e6);
    }
    LoadSeries other = new LoadSeries(new Series("line", Frequency.HOURLY, 0, spoilt), all.known());
    try (Predictor<LoadSeries, LoadForecast> predictor = model.open()) {
      assertThat(predictor.predict(other.first(N - 100)).orElseThrow().value())
          .isEqualTo(predictor.predict(all.first(N - 100)).orElseThrow().value());
    }
  }

  @Test
  void dirtyInputIsAnswered(Production production) throws InterruptedException {
    LoadSeries all = drawn(3);
    List<Double> gaps = new ArrayList<>(all.load().values());
    Collections.fill(gaps.subList(500, 560), Double.NaN);
    LoadSeries holes = new LoadSeries(new Series("line", Frequency.HOURLY, 0, gaps), all.known());
    LoadModel model = production.load().networks(0).steps(1).train(holes).await();
    try (Predictor<LoadSeries, LoadForecast> predictor = model.open()) {
      assertThat(predictor.predict(holes)).isInstanceOf(Outcome.Prediction.class);
      assertThat(predictor.predict(holes.first(20))).isInstanceOf(Outcome.Abstention.class);
      LoadSeries blind =
          new LoadSeries(
              all.load(),
              List.of(new LoadSeries.Known("plan", all.known().get(0).values().subList(0, N))));
      assertThat(predictor.predict(blind)).isInstanceOf(Outcome.Abstention.class);
      assertThatThrownBy(() -> predictor.predict(LoadSeries.of(all.load())))
          .hasMessageContaining("MISSING_COLUMN");
    }
    assertThatThrownBy(() -> production.load().train(all.first(300)))
        .hasMessageContaining("TOO_FEW_DATA");
    assertThatThrownBy(() -> production.load().steps(3, 2)).hasMessageContaining("BAD_OPTION");
    assertThatThrownBy(() -> new LoadSeries.Known("x", List.of(Double.NaN)))
        .hasMessageContaining("BAD_VALUE");
  }
}
