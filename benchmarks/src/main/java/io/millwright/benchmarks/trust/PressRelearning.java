package io.millwright.benchmarks.trust;

import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.ModelSource;
import io.millwright.api.ModelStore;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.data.Column;
import io.millwright.api.data.Table;
import io.millwright.api.learn.ModelKind;
import io.millwright.core.relearn.Gate;
import io.millwright.core.relearn.LoopState;
import io.millwright.core.relearn.RelearnLoop;
import io.millwright.core.relearn.RelearnPlan;
import io.millwright.runtime.verify.AuditCheck;
import io.millwright.runtime.verify.AuditLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The relearning loop on the simulated press fleet, with bundles, a store and an audit log in a
 * folder. A model of remaining shifts is in production; from row 1,500 on the gauge of the slide's
 * scatter shows 15 µm too much.
 *
 * <ul>
 *   <li>{@code drift}: the loop trains, judges and promotes a challenger
 *   <li>{@code bad}: the trainer is planted to learn from truths of other presses; refused
 *   <li>{@code turns}: the gauge is put right once the second challenger is promoted, which learnt
 *       from the drifted gauge alone; rolled back
 *   <li>{@code kills FOLDER N MILLIS}: a process with the loop killed N times, at most so long
 *       after its first step (3,000; on a busy machine more, or it dies before it has looked); see
 *       {@link PressKills}
 * </ul>
 */
public final class PressRelearning {

  /** What the drifted gauge shows too much, in µm; a new press shows about 24. */
  static final double DRIFT = 15;

  /** How many rows there are at the beginning. */
  static final int BEGIN = 1000;

  /** How many rows come between two steps of the loop. */
  private static final int ROWS_A_STEP = 25;

  static final String MODEL = "press";
  static final String ALIAS = "production";

  private static final int CHANGE = 1500;
  private static final int END = 5000;

  private PressRelearning() {}

  /** Runs one of them. */
  public static void main(String[] args) throws InterruptedException, IOException {
    switch (args.length == 0 ? "" : args[0]) {
      case "drift" -> run(false, false);
      case "bad" -> run(true, false);
      case "turns" -> run(false, true);
      case "kills" ->
          PressKills.kill(
              Path.of(args[1]),
              Integer.parseInt(args[2]),
              args.length > 3 ? Integer.parseInt(args[3]) : 3000);
      case "child" -> PressKills.child(Path.of(args[1]));
      default -> throw new IllegalArgumentException("drift, bad, turns or kills FOLDER N");
    }
  }

  private static void run(boolean bad, boolean turns) throws InterruptedException, IOException {
    Path folder = Files.createTempDirectory("press");
    long[] until = {Long.MAX_VALUE};
    PressRows rows = new PressRows(5, n -> n >= CHANGE && n < until[0] ? DRIFT : 0);
    rows.known(BEGIN);
    try (Millwright millwright = Millwright.create();
        AuditLog audit = AuditLog.open(folder.resolve("audit"), Clock.systemUTC())) {
      ModelStore store = store(millwright, folder, rows);
      Function<Table, Job<? extends Trained<Table, ?>>> trainer = trainer(millwright, bad);
      RelearnLoop loop = RelearnLoop.of(millwright, store, plan(), rows, trainer, audit, folder);
      double[] error = new double[END];
      int promotions = 0;
      while (rows.size() + ROWS_A_STEP <= END) {
        long from = rows.size();
        rows.known(from + ROWS_A_STEP);
        answered(millwright, store, rows.rows(from, rows.size()), error, (int) from);
        LoopState.Phase before = loop.state().phase();
        LoopState.Phase phase = loop.step();
        promotions += phase == LoopState.Phase.PROBATION && before != phase ? 1 : 0;
        if (turns && promotions == 2 && until[0] == Long.MAX_VALUE) {
          until[0] = rows.size();
        }
      }
      for (int from = BEGIN; from < END; from += 500) {
        System.out.printf(
            Locale.ROOT,
            "rows %4d to %4d: mean absolute error in production %.1f shifts%n",
            from,
            from + 500,
            Arrays.stream(error, from, from + 500).average().orElse(0));
      }
    }
    told(folder);
  }

  /** The absolute errors of what is in production, row by row. */
  private static void answered(
      Millwright millwright, ModelStore store, Table rows, double[] error, int from) {
    double[] truth = rows.numbers(PressRows.TARGET);
    List<Table> single =
        IntStream.range(0, rows.rows()).mapToObj(r -> rows.slice(r, r + 1)).toList();
    try (Predictor<Table, Object> predictor =
        millwright.open(ModelSource.stored(store, MODEL + ":" + ALIAS))) {
      List<Outcome<Object>> answers = predictor.predictAll(single);
      for (int i = 0; i < truth.length; i++) {
        Number said = (Number) answers.get(i).orElseThrow().value();
        error[from + i] = Math.abs(said.doubleValue() - truth[i]);
      }
    }
  }

  /** Prints the audit log and whether it is whole. */
  static void told(Path folder) {
    AuditCheck check =
        AuditLog.read(
            folder.resolve("audit"),
            line ->
                System.out.println(
                    "  " + line.number() + " " + line.what() + ": " + line.detail()));
    System.out.println(
        "audit log of " + check.lines() + " lines " + (check.whole() ? "is whole" : "is BROKEN"));
  }

  /** How the loop works here. */
  static RelearnPlan plan() {
    return RelearnPlan.of(MODEL, ALIAS, PressRows.TARGET)
        .window(600)
        .holdout(200)
        .look(100)
        .shadow(150)
        .probation(150)
        .gate(Gate.standard())
        .build();
  }

  /** The store with a first version in production, learnt from the rows of the beginning. */
  static ModelStore store(Millwright millwright, Path folder, PressRows rows)
      throws InterruptedException {
    ModelStore store = millwright.store(folder.resolve("store"));
    if (store.find(MODEL + ":" + ALIAS).isEmpty()) {
      Path bundle = folder.resolve("first.mwb");
      trainer(millwright, false).apply(rows.rows(0, BEGIN)).await().saveTo(bundle);
      ModelStore.Version first = store.put(MODEL, bundle);
      ModelStore.Version unused = store.promote(ALIAS, MODEL + ":" + first.number());
    }
    return store;
  }

  /** Regression on all readings; a bad one is given each press the truth of another. */
  static Function<Table, Job<? extends Trained<Table, ?>>> trainer(
      Millwright millwright, boolean bad) {
    return rows -> {
      Table given = rows;
      if (bad) {
        double[] truth = rows.numbers(PressRows.TARGET);
        double[] turned = new double[truth.length];
        Arrays.setAll(turned, i -> truth[truth.length - 1 - i]);
        Column target = rows.schema().column(PressRows.TARGET);
        given = rows.without(PressRows.TARGET).with(target, turned);
      }
      return millwright
          .learning()
          .number(PressRows.TARGET)
          .among(ModelKind.LINEAR, ModelKind.ADDITIVE)
          .key(1)
          .train(given);
    };
  }
}
