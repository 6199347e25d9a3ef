package io.millwright.maintenance.internal.wear;

import io.millwright.api.Evaluation;
import io.millwright.api.data.Unit;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.learn.RegressionMetrics;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.Composer;
import io.millwright.maintenance.Fleet;
import io.millwright.maintenance.Maintenance;
import io.millwright.runtime.support.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Learns the path of wear, and judges it by every unit that it was not learnt from. */
final class WearTraining {

  /** The shares of a record at which a unit is judged. */
  private static final double[] AGES = {0.4, 0.6, 0.8};

  private static final double LEVEL = 0.9;

  private WearTraining() {}

  static ComposedModel learn(Composer composer, Fleet fleet) {
    List<UnitHistory> units = fleet.units();
    Wears wears = WearSignal.of(units);
    List<String> columns = wears.readings().stream().map(Wear::column).toList();
    int failed = WearSignal.failed(units).size();
    SortedMap<String, String> texts = new TreeMap<>();
    SortedMap<String, List<Double>> numbers = new TreeMap<>();
    wears.write(texts, numbers);
    Digest sha = new Digest();
    units.forEach(u -> columns.forEach(c -> sha.add(u.readings().numbers(c))));
    Map<String, String> settings =
        Map.of(
            "way",
            "path of wear of " + failed + (failed == 1 ? " unit" : " units") + " that failed",
            "wear",
            wears.readings().stream()
                .map(w -> w.column() + (w.falling() ? ", falling" : ", rising"))
                .collect(Collectors.joining("; ")));
    return ComposedModel.builder()
        .task(Maintenance.REMAINING_LIFE)
        .inputs(units.get(0).readings().select(columns).schema())
        .unit(Unit.CYCLE)
        .texts(texts)
        .numbers(numbers)
        .evaluation(judged(wears, units))
        .capabilities(Set.of())
        .provenance(composer.provenance(sha.hex(), 0, settings, false))
        .build();
  }

  /**
   * Units that failed are judged by the others that did; of units still running it is asked when
   * they would be as worn as they are at the end of their record.
   */
  private static Evaluation judged(Wears wears, List<UnitHistory> units) {
    List<double[]> told = new ArrayList<>(); // truth, predicted, low, high
    for (UnitHistory unit : units) {
      List<UnitHistory> others =
          WearSignal.failed(units).stream().filter(f -> !f.unit().equals(unit.unit())).toList();
      if (others.isEmpty()) {
        continue;
      }
      List<Wear> own =
          wears.readings().stream()
              .flatMap(w -> WearSignal.wear(w.column(), w.falling(), others).stream())
              .toList();
      if (own.isEmpty()) {
        continue;
      }
      for (double age : AGES) {
        int rows = (int) Math.round(age * unit.length());
        Optional<WearLife> life =
            unit.end() == UnitHistory.End.FAILED
                ? new Wears(own).life(unit.readings().slice(0, rows))
                : new Wears(own).untilItsEnd(unit.readings(), rows);
        life.ifPresent(
            l -> {
              double[] ends = l.quantiles((1 - LEVEL) / 2, (1 + LEVEL) / 2);
              told.add(new double[] {unit.length() - rows, l.median(), ends[0], ends[1]});
            });
      }
    }
    if (told.isEmpty()) {
      return Evaluation.builder()
          .protocol("nothing to judge by: one unit failed, and no other has worn since")
          .samples(0)
          .figures(Map.of())
          .build();
    }
    double[] truth = told.stream().mapToDouble(t -> t[0]).toArray();
    double[] said = told.stream().mapToDouble(t -> t[1]).toArray();
    double[] low = told.stream().mapToDouble(t -> t[2]).toArray();
    double[] high = told.stream().mapToDouble(t -> t[3]).toArray();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("rmse", RegressionMetrics.rmse(truth, said));
    figures.put("mae", RegressionMetrics.mae(truth, said));
    figures.put("bias", RegressionMetrics.bias(truth, said));
    figures.put("coverage 90", RegressionMetrics.coverage(truth, low, high));
    figures.put("width 90", told.stream().mapToDouble(t -> t[3] - t[2]).average().orElseThrow());
    return Evaluation.builder()
        .protocol(
            "units judged by the others that failed, at 40, 60 and 80 % of their record; of those"
                + " still running, until they are as worn as at its end")
        .samples(told.size())
        .figures(figures)
        .build();
  }
}
