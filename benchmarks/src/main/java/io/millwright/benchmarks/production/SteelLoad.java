package io.millwright.benchmarks.production;

import io.millwright.api.Millwright;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.api.data.Table;
import io.millwright.production.LoadModel;
import io.millwright.production.LoadScore;
import io.millwright.production.LoadSeries;
import io.millwright.production.LoadTrainer;
import io.millwright.production.Production;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The electricity of a steel plant, predicted 15 minutes and a day ahead by rolling origins, from
 * the calendar and the tariff class alone beside its own history. Arguments: the CSV file; the
 * first period that is judged, such as 2018-07-01T00:15; how many networks of a kind (2); {@code
 * validate} judges the two months before it instead, learning from those before them.
 */
public final class SteelLoad {

  private static final int TWO_MONTHS = 61 * 96;

  private SteelLoad() {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws InterruptedException {
    int networks = args.length > 2 ? Integer.parseInt(args[2]) : 2;
    boolean validate = args.length > 3 && args[3].equals("validate");
    try (Millwright millwright = Millwright.create()) {
      Table table = millwright.tables().csv(Path.of(args[0]));
      Frequency quarter = Frequency.MINUTES.every(15, 0);
      List<String> times = labels(table, "time");
      double[] usage = table.numbers("usage_kwh");
      Series load = Series.of("usage", quarter, times.get(0).substring(0, 16), usage);
      List<LoadSeries.Known> known = new ArrayList<>();
      known.addAll(LoadSeries.Known.labels("load_type", labels(table, "load_type")));
      LoadSeries all = new LoadSeries(load, known);
      int from = (int) (quarter.number(args[1]) - load.start());
      if (validate) {
        all = all.first(from);
        from -= TWO_MONTHS;
      }
      LoadTrainer trainer = millwright.plugin(Production.class).load().steps(1, 96);
      LoadModel model = trainer.networks(networks).train(all.first(from)).await();
      System.out.println(model.choice());
      for (LoadScore s : model.judge(all, from)) {
        System.out.printf(
            Locale.ROOT,
            "%3d ahead, %-30s MAE %6.2f RMSE %6.2f (MAE of the mean %6.2f)%s%n",
            s.ahead(),
            s.method(),
            s.mae(),
            s.rmse(),
            s.maeOfMean(),
            Double.isNaN(s.cover80())
                ? ""
                : String.format(
                    Locale.ROOT,
                    ", 80 %% cover %.1f, 90 %% cover %.1f, width %.1f, %d periods",
                    100 * s.cover80(),
                    100 * s.cover90(),
                    s.width90(),
                    s.count()));
      }
    }
  }

  private static List<String> labels(Table table, String column) {
    List<String> labels = new ArrayList<>();
    for (int r = 0; r < table.rows(); r++) {
      labels.add(label(table, column, r));
    }
    return labels;
  }

  private static String label(Table table, String column, int row) {
    int at = table.schema().names().indexOf(column);
    if (table.schema().columns().get(at).type() == io.millwright.api.data.ColumnType.TIME) {
      return java.time.Instant.ofEpochMilli(table.time(row, at)).toString();
    }
    return String.valueOf(table.label(row, at));
  }
}
