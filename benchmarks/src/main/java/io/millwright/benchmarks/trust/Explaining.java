package io.millwright.benchmarks.trust;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.TableTrainer;
import io.millwright.api.Trained;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.Table;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.ModelKind;
import io.millwright.api.learn.Networks;
import io.millwright.runtime.explain.AdditiveCurves;
import io.millwright.runtime.explain.Counterfactual;
import io.millwright.runtime.explain.Dependence;
import io.millwright.runtime.explain.ShapleyValues;
import io.millwright.runtime.explain.TableExplainer;
import io.millwright.runtime.explain.Wish;
import io.millwright.runtime.journal.InputPolicy;
import io.millwright.runtime.journal.PredictionJournal;
import io.millwright.runtime.serve.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Interpretable models beside the default one, explanations and counterfactuals, what journals and
 * receipts cost. Arguments: the data folder; {@code ai4i} or {@code steel}; and models to train out
 * of {@code linear,sum,tree,boosted,additive,default}: regression, a sum of splines, one tree,
 * boosted ones, the additive network, and what the trainer chooses.
 */
public final class Explaining {

  private Explaining() {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws InterruptedException, IOException {
    boolean ai4i = args[1].equals("ai4i");
    try (Millwright millwright = Millwright.create()) {
      Path data = Path.of(args[0]);
      Table all =
          millwright
              .tables()
              .read(
                  data.resolve(
                      ai4i
                          ? "ai4i-2020/ai4i2020.csv"
                          : "steel-plates-faults/steel_plates_faults.csv"),
                  CsvFormat.builder().build())
              .table();
      if (ai4i) {
        all = all.without("UDI", "Product ID", "TWF", "HDF", "PWF", "OSF", "RNF");
      }
      String target = ai4i ? "Machine failure" : "Fault";
      int n = all.rows();
      // UDI begins with 1, so that UDI mod 5 = 0 is row 4, 9, …
      int[] learn = IntStream.range(0, n).filter(i -> i % 5 != 4).toArray();
      int[] test = IntStream.range(0, n).filter(i -> i % 5 == 4).toArray();
      Table learnt = all.rows(learn);
      Table held = all.rows(test);
      for (String name : List.of(args[2].split(",", -1))) {
        TableTrainer<ClassScores> trainer = millwright.learning().classes(target);
        switch (name) {
          case "linear" -> trainer = trainer.among(ModelKind.LINEAR);
          case "sum" -> trainer = trainer.among(ModelKind.ADDITIVE);
          case "tree" -> trainer = trainer.among(ModelKind.DECISION_TREE);
          case "boosted" -> trainer = trainer.among(ModelKind.BOOSTED_TREES);
          case "additive" -> trainer = trainer.network(Networks.additive());
          default -> {} // what the trainer chooses
        }
        long begin = System.nanoTime();
        Trained<Table, ClassScores> model = trainer.train(learnt).await();
        double seconds = (System.nanoTime() - begin) / 1e9;
        try (Predictor<Table, ClassScores> predictor = model.open()) {
          List<ClassScores> answers = new ArrayList<>();
          for (Outcome<ClassScores> o : predictor.predictAll(single(held))) {
            answers.add(o.orElseThrow().value());
          }
          judged(name, answers, held, target);
          System.out.printf(Locale.ROOT, "%-9s trained in %.0f s%n", name, seconds);
          explained(name, predictor, learnt, held, ai4i);
          if (name.equals("additive")) {
            curves(predictor, learnt, ai4i);
          }
          if (args[2].endsWith(name)) {
            recorded(predictor, held);
          }
        }
      }
    }
  }

  private static List<Table> single(Table rows) {
    return IntStream.range(0, rows.rows()).mapToObj(r -> rows.slice(r, r + 1)).toList();
  }

  private static String label(Table rows, int row, String target) {
    int c = rows.schema().indexOf(target);
    return rows.schema().column(target).type().isText()
        ? String.valueOf(rows.label(row, c))
        : Long.toString((long) rows.number(row, c));
  }

  private static void judged(String name, List<ClassScores> answers, Table held, String target) {
    int right = 0;
    double loss = 0;
    int hits = 0;
    int alarms = 0;
    int failures = 0;
    for (int r = 0; r < answers.size(); r++) {
      String truth = label(held, r, target);
      ClassScores a = answers.get(r);
      right += a.best().equals(truth) ? 1 : 0;
      loss -= Math.log(Math.max(1e-12, a.of(truth))) / answers.size();
      boolean alarm = a.alarm().orElse(a.best().equals("1"));
      alarms += alarm ? 1 : 0;
      failures += truth.equals("1") ? 1 : 0;
      hits += alarm && truth.equals("1") ? 1 : 0;
    }
    System.out.printf(
        Locale.ROOT,
        "%-9s accuracy %.2f %%, log loss %.4f%s%n",
        name,
        100.0 * right / answers.size(),
        loss,
        failures == 0
            ? ""
            : String.format(
                Locale.ROOT, ", F1 of failures %.3f", 2.0 * hits / (alarms + failures)));
  }

  private static void explained(
      String name,
      Predictor<Table, ClassScores> predictor,
      Table learnt,
      Table held,
      boolean ai4i) {
    TableExplainer<ClassScores> explainer = TableExplainer.of(predictor, learnt);
    List<Table> rows = single(held.select(predictor.info().inputs().names()));
    for (long budget : new long[] {2_000, 20_000}) {
      long begin = System.nanoTime();
      double worst = 0;
      double most = 0;
      int explained = 5;
      boolean exact = true;
      for (int i = 0; i < explained; i++) {
        ShapleyValues v =
            explainer.shapley(rows.get(i * rows.size() / explained), Budget.iterations(budget));
        exact &= v.exact();
        worst += v.parts().stream().mapToDouble(p -> v.margin(p, 0.95)).max().orElse(0) / explained;
        most =
            Math.max(
                most, v.parts().stream().mapToDouble(p -> Math.abs(p.effect())).max().orElse(0));
      }
      System.out.printf(
          Locale.ROOT,
          "%-9s Shapley of %d features, %d answers: %.3f s an explanation, %s, largest 95 %% margin"
              + " %.4f (largest effect %.3f)%n",
          name,
          predictor.info().inputs().size(),
          budget,
          (System.nanoTime() - begin) / 1e9 / explained,
          exact ? "exact" : "sampled",
          worst,
          most);
    }
    if (ai4i) {
      counterfactuals(name, predictor, learnt, rows);
    }
  }

  private static void counterfactuals(
      String name, Predictor<Table, ClassScores> predictor, Table learnt, List<Table> rows) {
    TableExplainer<ClassScores> explainer = TableExplainer.of(predictor, learnt).label("1");
    Wish wish = Wish.atMost(0.2).freezing("Type");
    int asked = 0;
    int flipped = 0;
    List<Integer> moved = new ArrayList<>();
    long begin = System.nanoTime();
    List<Outcome<ClassScores>> answers = predictor.predictAll(rows);
    for (int i = 0; i < rows.size() && asked < 40; i++) {
      if (answers.get(i).orElseThrow().value().of("1") > 0.5) {
        asked++;
        Optional<Counterfactual> c = explainer.counterfactual(rows.get(i), wish);
        flipped += c.isPresent() && wish.metBy(c.get().after()) ? 1 : 0;
        c.ifPresent(found -> moved.add(found.changes().size()));
      }
    }
    moved.sort(Integer::compare);
    System.out.printf(
        Locale.ROOT,
        "%-9s counterfactuals: %d of %d flip, median %d features moved, %.2f s each%n",
        name,
        flipped,
        asked,
        moved.isEmpty() ? 0 : moved.get(moved.size() / 2),
        (System.nanoTime() - begin) / 1e9 / Math.max(1, asked));
  }

  private static void curves(Predictor<Table, ClassScores> predictor, Table learnt, boolean ai4i) {
    TableExplainer<ClassScores> explainer = TableExplainer.of(predictor, learnt);
    AdditiveCurves curves = (ai4i ? explainer.label("1") : explainer).curves(12);
    System.out.printf(
        Locale.ROOT, "curves explain %.1f %% of the log-odds%n", 100 * curves.explained());
    for (Dependence curve : curves.curves().subList(0, Math.min(4, curves.curves().size()))) {
      StringBuilder line = new StringBuilder("curve of " + curve.column() + ":");
      for (Dependence.Point p : curve.points()) {
        line.append(String.format(Locale.ROOT, "  %s %+.2f", p.value(), p.mean()));
      }
      System.out.println(line);
    }
  }

  private static void recorded(Predictor<Table, ClassScores> predictor, Table held)
      throws IOException {
    List<Table> rows = single(held.select(predictor.info().inputs().names()));
    List<Outcome<ClassScores>> answers = predictor.predictAll(rows);
    Path folder = Files.createTempDirectory("journal");
    int n = 20_000;
    for (int round = 0; round < 3; round++) {
      try (PredictionJournal journal =
          PredictionJournal.open(
              folder.resolve("" + round),
              InputPolicy.WHOLE,
              PredictionJournal.WhenFull.DROP,
              50_000,
              Clock.systemUTC())) {
        long begin = System.nanoTime();
        for (int i = 0; i < n; i++) {
          boolean unused =
              journal.record("id" + i, rows.get(i % rows.size()), answers.get(i % rows.size()));
        }
        double micros = (System.nanoTime() - begin) / 1e3 / n;
        journal.flush();
        double whole = (System.nanoTime() - begin) / 1e3 / n;
        System.out.printf(
            Locale.ROOT,
            "journal: %.2f µs on the calling thread, %.1f µs a record until written, %d dropped%n",
            micros,
            whole,
            journal.dropped());
      }
    }
    long begin = System.nanoTime();
    int most = 0;
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      int at = i % rows.size();
      Receipt receipt = Receipt.of(rows.get(at), answers.get(at), Instant.EPOCH);
      most = Math.max(most, receipt.json().length);
      receipts.add(receipt);
    }
    double micros = (System.nanoTime() - begin) / 1e3 / 10_000;
    int equal = 0;
    int bound = 0;
    for (int i = 0; i < 10_000; i++) {
      Receipt.Sameness same =
          receipts.get(i).replay(predictor, rows.get(i % rows.size())).sameness();
      equal += same == Receipt.Sameness.EQUAL ? 1 : 0;
      bound += same == Receipt.Sameness.WITHIN_BOUND ? 1 : 0;
    }
    System.out.printf(
        Locale.ROOT,
        "receipts: %.1f µs and at most %d bytes each; of 10,000 replayed %d equal, %d within the"
            + " bound%n",
        micros,
        most,
        equal,
        bound);
  }
}
