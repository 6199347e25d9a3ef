package io.millwright.benchmarks.quality;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import io.millwright.maintenance.FailureData;
import io.millwright.maintenance.FailureModel;
import io.millwright.maintenance.FailureRisk;
import io.millwright.maintenance.Maintenance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Is the default of failure prediction ever worse than what anyone would try first? Tables of known
 * truths; the shipped answer and the baselines are judged on 10,000 fresh rows each. A cell is lost
 * when the answer is worse than the best baseline by more than two standard errors of the paired
 * difference. Arguments: the number of keys, or the first and the last with a dash between; a part
 * of the names of kinds, or several between commas, each with a colon and a number of rows when
 * only such tables are meant ({@code NOISE:3000,MISSING}; all when left out); and {@code quick} for
 * the small tables alone.
 */
public final class GeneratedTruths {

  private static final int FRESH = 10_000;

  private GeneratedTruths() {}

  /**
   * One table to learn from.
   *
   * @param kind the truth
   * @param rows how many rows are learnt from
   * @param columns how many columns there are
   * @param share how many of them fail
   */
  record Cell(Truth.Kind kind, int rows, int columns, double share) {}

  /** Runs the cells and prints a table. */
  public static void main(String[] args) throws InterruptedException {
    String[] range = args[0].split("-", -1);
    int begin = range.length > 1 ? Integer.parseInt(range[0]) : 0;
    int end = range.length > 1 ? Integer.parseInt(range[1]) : Integer.parseInt(range[0]) - 1;
    String part = args.length > 1 ? args[1] : "";
    boolean quick = args.length > 2 && args[2].equals("quick");
    int cells = 0;
    int[] lost = new int[4];
    System.out.printf(
        "%-12s %6s %4s %6s %4s | %7s %7s %7s %6s | %7s %7s %7s %7s %6s | %6s  %s%n",
        "kind", "rows", "cols", "share", "key", "auc", "logist", "trees", "z", "loss", "const",
        "logist", "trees", "z", "s", "chosen");
    try (Millwright millwright = Millwright.create()) {
      Maintenance maintenance = millwright.plugin(Maintenance.class);
      for (Cell cell : cells()) {
        if (!isMeant(cell, part.toUpperCase(Locale.ROOT)) || (quick && cell.rows > 1000)) {
          continue;
        }
        for (int key = begin; key <= end; key++) {
          int[] here = one(maintenance, cell, key);
          for (int i = 0; i < lost.length; i++) {
            lost[i] += here[i];
          }
          cells++;
        }
      }
    }
    System.out.printf(
        "%d cells; lost to constant and logistic regression: %d by AUC, %d by log loss; to boosted"
            + " trees too: %d, %d%n",
        cells, lost[0], lost[1], lost[2], lost[3]);
  }

  private static boolean isMeant(Cell cell, String parts) {
    for (String part : parts.split(",", -1)) {
      String[] kindAndRows = part.split(":", -1);
      boolean rows = kindAndRows.length < 2 || cell.rows == Integer.parseInt(kindAndRows[1]);
      if (rows && cell.kind.name().contains(kindAndRows[0])) {
        return true;
      }
    }
    return false;
  }

  /** Sizes of every kind, rare and common failures. */
  static List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (Truth.Kind kind : Truth.Kind.values()) {
      cells.add(new Cell(kind, 150, 5, 0.3));
      cells.add(new Cell(kind, 400, 15, 0.3));
      cells.add(new Cell(kind, 1000, 6, 0.1));
      cells.add(new Cell(kind, 1000, 10, 0.03));
      cells.add(new Cell(kind, 3000, 6, 0.3));
      cells.add(new Cell(kind, 3000, 12, 0.03));
    }
    cells.add(new Cell(Truth.Kind.INTERACTION, 400, 74, 0.3));
    cells.add(new Cell(Truth.Kind.LINEAR, 10_000, 8, 0.05));
    cells.add(new Cell(Truth.Kind.THRESHOLD, 10_000, 8, 0.05));
    return cells;
  }

  private static int[] one(Maintenance maintenance, Cell cell, int key)
      throws InterruptedException {
    Truth truth = new Truth(cell.kind, cell.columns, cell.share, key);
    Truth.Drawn learnt = truth.draw(cell.rows, 2L * key);
    Truth.Drawn fresh = truth.draw(FRESH, 2L * key + 1);
    long begin = System.nanoTime();
    FailureModel model =
        maintenance
            .failure()
            .key(key)
            .train(FailureData.of(learnt.table(), outcomes(learnt.failed())))
            .await();
    double seconds = (System.nanoTime() - begin) / 1e9;
    double share =
        (double) IntStream.range(0, cell.rows).filter(i -> learnt.failed()[i]).count() / cell.rows;
    double[] said = said(model, fresh.table(), share);
    double[] constant = new double[FRESH];
    Arrays.fill(constant, share);
    Baselines baselines = new Baselines(learnt.values(), learnt.failed());
    double[] logistic = all(fresh.values(), baselines.logistic());
    double[] trees = all(fresh.values(), baselines.trees());
    boolean[] failed = fresh.failed();
    double[] simple = {0, 0};
    double[] with = {0, 0};
    simple[0] = Math.max(Paired.auc(failed, said, logistic), Paired.auc(failed, said, constant));
    simple[1] = Math.max(Paired.loss(failed, said, logistic), Paired.loss(failed, said, constant));
    with[0] = Math.max(simple[0], Paired.auc(failed, said, trees));
    with[1] = Math.max(simple[1], Paired.loss(failed, said, trees));
    System.out.printf(
        Locale.ROOT,
        "%-12s %6d %4d %6.2f %4d | %7.4f %7.4f %7.4f %6.1f | %7.4f %7.4f %7.4f %7.4f %6.1f | %6.1f "
            + " %s%n",
        cell.kind,
        cell.rows,
        cell.columns,
        cell.share,
        key,
        Paired.auc(failed, said),
        Paired.auc(failed, logistic),
        Paired.auc(failed, trees),
        with[0],
        Paired.loss(failed, said),
        Paired.loss(failed, constant),
        Paired.loss(failed, logistic),
        Paired.loss(failed, trees),
        with[1],
        seconds,
        model.evaluation().protocol().replaceFirst(".*chosen: ", ""));
    return new int[] {
      simple[0] > 2 ? 1 : 0, simple[1] > 2 ? 1 : 0, with[0] > 2 ? 1 : 0, with[1] > 2 ? 1 : 0
    };
  }

  private static List<String> outcomes(boolean[] failed) {
    List<String> outcomes = new ArrayList<>();
    for (boolean f : failed) {
      outcomes.add(f ? "failure" : FailureData.NONE);
    }
    return outcomes;
  }

  /** A row without any reading has no answer; its risk is the share of failures. */
  private static double[] said(FailureModel model, Table table, double share) {
    try (Predictor<Row, FailureRisk> predictor = model.open()) {
      List<Row> rows = IntStream.range(0, table.rows()).mapToObj(table::row).toList();
      return predictor.predictAll(rows).stream()
          .mapToDouble(o -> o.<Double>fold(p -> p.value().probability(), a -> share))
          .toArray();
    }
  }

  private static double[] all(double[][] rows, ToDoubleFunction<double[]> model) {
    return Arrays.stream(rows).mapToDouble(model).toArray();
  }
}
