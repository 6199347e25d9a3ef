package io.millwright.benchmarks.trust;

import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.UnitHistory;
import io.millwright.cli.maintenance.TurbofanFiles;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.Fleet;
import io.millwright.maintenance.KnownLife;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.RemainingLifeModel;
import io.millwright.runtime.watch.UnlabelledError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The mean absolute error of remaining life before the truth is known: learnt from a part of the
 * training engines, the estimator from the others, windows from the engines of the official test
 * part. Each engine is cut at ten moments.
 */
final class UnlabelledLives {

  private static final int CUTS = 10;
  private static final int SHORTEST = 20;
  private static final double MOST = 125;
  private static final int WINDOW = 1000;
  private static final int WINDOWS = 300;

  private UnlabelledLives() {}

  /** What a model says of lives: widths of intervals, absolute errors, engines. */
  private record Said(double[] width, double[] error, List<String> units) {}

  static void run(Millwright millwright, Path folder, String subset) throws InterruptedException {
    TurbofanFiles files = new TurbofanFiles(folder);
    List<UnitHistory> units = new ArrayList<>(files.train(subset).units());
    int[] order = UnlabelledWindows.order(units.size(), 3);
    List<UnitHistory> dealt = Arrays.stream(order).mapToObj(units::get).toList();
    int learnt = (int) Math.round(0.4 * units.size());
    RemainingLifeModel model =
        millwright
            .plugin(Maintenance.class)
            .remainingLife()
            .key(1)
            .train(new Fleet(dealt.subList(0, learnt)))
            .await();
    SplittableRandom random = new SplittableRandom(4);
    List<KnownLife> held = new ArrayList<>();
    for (UnitHistory unit : dealt.subList(learnt, dealt.size())) {
      cut(held, unit, unit.length(), 0, random);
    }
    List<KnownLife> pool = new ArrayList<>();
    for (KnownLife life : files.test(subset)) {
      cut(pool, life.history(), life.history().length(), life.remaining(), random);
    }
    try (Predictor<UnitHistory, Cycles> predictor = model.open()) {
      Said then = said(predictor, held);
      Said now = said(predictor, pool);
      UnlabelledError estimator = UnlabelledError.of(then.width(), then.error(), then.units());
      UnlabelledError knowing = UnlabelledError.of(now.width(), now.error(), now.units());
      Map<String, double[]> shifts = new LinkedHashMap<>();
      double[] length = pool.stream().mapToDouble(l -> l.history().length()).toArray();
      shifts.put("none", new double[length.length]);
      shifts.put("older engines", UnlabelledWindows.weights(length, true));
      shifts.put("younger engines", UnlabelledWindows.weights(length, false));
      for (String column : List.of("T30", "altitude")) {
        double[] last =
            pool.stream()
                .mapToDouble(
                    l -> {
                      double[] values = l.history().readings().numbers(column);
                      return values[values.length - 1];
                    })
                .toArray();
        shifts.put("high " + column + " at the end", UnlabelledWindows.weights(last, true));
      }
      System.out.printf(
          "%s: %d engines learnt, %d held out (error %.2f), %d to draw from (error %.2f)%n",
          subset,
          learnt,
          units.size() - learnt,
          Arrays.stream(then.error()).average().orElse(0),
          files.test(subset).size(),
          Arrays.stream(now.error()).average().orElse(0));
      UnlabelledWindows windows = new UnlabelledWindows();
      SplittableRandom drawing = new SplittableRandom(5);
      shifts.forEach(
          (shift, logWeight) -> {
            for (int w = 0; w < WINDOWS; w++) {
              int[] rows = UnlabelledWindows.draw(drawing, logWeight, WINDOW);
              double[] width = UnlabelledWindows.at(now.width(), rows);
              List<String> engines = Arrays.stream(rows).mapToObj(now.units()::get).toList();
              double truth =
                  Arrays.stream(UnlabelledWindows.at(now.error(), rows)).average().orElse(0);
              windows.add(
                  subset + ", " + shift,
                  estimator.estimate(width, engines),
                  knowing.estimate(width, engines).value(),
                  truth,
                  0.1 * truth);
            }
            windows.print();
          });
    }
  }

  private static void cut(
      List<KnownLife> cuts, UnitHistory unit, int length, double after, SplittableRandom random) {
    for (int i = 0; i < CUTS && length > SHORTEST; i++) {
      int at = random.nextInt(SHORTEST, length + 1);
      cuts.add(new KnownLife(unit.first(at), length - at + after));
    }
  }

  private static Said said(Predictor<UnitHistory, Cycles> predictor, List<KnownLife> lives) {
    double[] width = new double[lives.size()];
    double[] error = new double[lives.size()];
    List<Outcome<Cycles>> said =
        predictor.predictAll(lives.stream().map(KnownLife::history).toList());
    for (int i = 0; i < width.length; i++) {
      Outcome.Prediction<Cycles> p = said.get(i).orElseThrow();
      Uncertainty.Interval at = (Uncertainty.Interval) p.uncertainty().at(0.9);
      width[i] = Math.max(1e-3, Math.min(MOST, at.high()) - at.low());
      error[i] = Math.abs(p.value().count() - Math.min(MOST, lives.get(i).remaining()));
    }
    return new Said(width, error, lives.stream().map(l -> l.history().unit()).toList());
  }
}
