package io.millwright.supplychain.internal.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.SupplyChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Parts that come in lots, learnt together with parts that come by the piece. */
class LotsTest {

  private static final int MONTHS = 16;
  private static final int LOT = 20;

  /** Twenty and more pieces every twenty months are one or two a month, whatever others need. */
  @Test
  void rareLotsAreNotDrawnToTheRateOfPieces() throws InterruptedException {
    Random random = new Random(1);
    List<Series> parts = new ArrayList<>();
    double demand = 0;
    for (int i = 0; i < 240; i++) {
      boolean lots = i % 4 == 0;
      double[] y = new double[MONTHS];
      for (int t = 0; t < MONTHS; t++) {
        y[t] =
            random.nextDouble() < (lots ? 0.05 : 0.6)
                ? (lots ? LOT : 1) * (i % 8 == 0 ? 1 + random.nextInt(3) : 1)
                : 0;
        demand += lots ? y[t] : 0;
      }
      parts.add(Series.of((lots ? "lot " : "piece ") + i, Frequency.MONTHLY, "2020-01-01", y));
    }
    double said = 0;
    try (Millwright millwright = Millwright.create();
        Predictor<Series, Forecast> predictor =
            millwright
                .plugin(SupplyChain.class)
                .forecasting()
                .horizon(6)
                .train(parts)
                .await()
                .open()) {
      for (Series part : parts) {
        if (part.id().startsWith("lot") && part.known() > 0) {
          said += predictor.predict(part).orElseThrow().value().periods().get(0).mean();
        }
      }
    }
    assertThat(said / (demand / MONTHS)).isBetween(0.75, 1.3);
  }
}
