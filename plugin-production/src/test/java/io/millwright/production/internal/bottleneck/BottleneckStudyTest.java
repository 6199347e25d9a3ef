package io.millwright.production.internal.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.production.BottleneckReport;
import io.millwright.production.LineStudy;
import io.millwright.production.internal.flow.Flow;
import io.millwright.runtime.simulation.CommonRandom;
import io.millwright.runtime.simulation.Replications;
import io.millwright.runtime.simulation.Sample;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Twenty simulated lines and several keys: naming, worth and prediction. */
@Tag("thorough")
class BottleneckStudyTest {

  @Test
  void namesPricesAndPredicts() {
    int named = 0;
    int byActive = 0;
    int byPeriod = 0;
    int byShifting = 0;
    int bySole = 0;
    int all = 0;
    int covered = 0;
    int worths = 0;
    double brier = 0;
    double persistence = 0;
    int better = 0;
    int judged = 0;
    for (int line = 0; line < 20; line++) {
      SimulatedLines.Line it = SimulatedLines.line(line);
      String truth = String.format("S%02d", it.slowest());
      for (int key = 0; key < 3; key++) {
        var log = SimulatedLines.log(it.model(), 100L * line + key, 2500);
        BottleneckReport report = DefaultBottlenecks.of(new NoJobs()).analyse(log);
        all++;
        named += report.named().equals(truth) ? 1 : 0;
        byActive += best(report, 0).equals(truth) ? 1 : 0;
        byPeriod += best(report, 1).equals(truth) ? 1 : 0;
        byShifting += best(report, 2).equals(truth) ? 1 : 0;
        bySole += best(report, 3).equals(truth) ? 1 : 0;
        if (!Double.isNaN(report.brier())) {
          brier += report.brier();
          persistence += report.brierPersistence();
          better += report.brier() <= report.brierPersistence() ? 1 : 0;
          judged++;
        }
        if (key == 0) {
          LineStudy study =
              new Studies(new LineFit(Flow.usable(log)), 1, Map.of(), () -> false, d -> {}).run();
          for (LineStudy.Worth w : study.worths()) {
            int s = Integer.parseInt(w.station().substring(1));
            double gain = gain(it.model(), s);
            worths++;
            boolean in = gain >= w.low() && gain <= w.high();
            covered += in ? 1 : 0;
            if (!in) {
              System.err.println(line + " " + w + " truth " + gain);
            }
          }
          System.err.println(
              line
                  + " logged "
                  + study.logged()
                  + " simulated "
                  + study.simulated()
                  + " "
                  + study.worths().get(0)
                  + " truth "
                  + truth);
        }
      }
    }
    System.err.printf(
        "named %d active %d period %d shifting %d sole %d of %d; worth %d of %d; brier %.3f"
            + " persistence %.3f better %d of %d%n",
        named,
        byActive,
        byPeriod,
        byShifting,
        bySole,
        all,
        covered,
        worths,
        brier / judged,
        persistence / judged,
        better,
        judged);
    assertThat(named).isGreaterThanOrEqualTo((int) Math.ceil(0.95 * all));
    assertThat(covered).isGreaterThanOrEqualTo((int) Math.ceil(0.95 * worths));
    assertThat(brier).isLessThan(persistence);
  }

  private static String best(BottleneckReport report, int by) {
    String best = "";
    double most = -1;
    for (BottleneckReport.Load l : report.resources()) {
      double v =
          switch (by) {
            case 0 -> l.active();
            case 1 -> l.averagePeriod();
            case 2 -> l.momentary();
            default -> l.sole();
          };
      if (v > most) {
        most = v;
        best = l.resource();
      }
    }
    return best;
  }

  private static double gain(LineModel model, int station) {
    LineModel.Station s = model.stations().get(station);
    LineModel faster =
        model.with(
            station,
            new LineModel.Station(
                s.times(), s.failures(), s.repairs(), s.buffer(), s.machines(), 1.1));
    Sample gain =
        Replications.run(
                (CommonRandom r) ->
                    new double[] {faster.throughput(r, 8000, 500) - model.throughput(r, 8000, 500)},
                9,
                6,
                () -> false)
            .get(0);
    return gain.mean();
  }
}
