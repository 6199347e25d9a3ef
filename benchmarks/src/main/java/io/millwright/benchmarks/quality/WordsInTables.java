package io.millwright.benchmarks.quality;

import io.millwright.api.Millwright;
import io.millwright.api.ModelSource;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.TableLearning;
import io.millwright.api.Trained;
import io.millwright.api.data.Column;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.learn.ClassScores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Notes beside numbers as inputs of {@code learning()}: drawn tables whose truth is known, with
 * notes that tell of the target and with notes that do not, and work orders of excavators joined as
 * a table, three machines learnt and two others judged. Argument: the folder of the public sets.
 */
public final class WordsInTables {

  private static final Set<String> SYSTEMS =
      Set.of(
          "Bucket",
          "Engine",
          "Final Drive",
          "Hydraulic Cylinders",
          "Hydraulic System",
          "Induction and Exhaust",
          "Radiator",
          "Superstructure",
          "Turbochargers");

  private static final String[] FILLING = {
    "checked", "shift", "ok", "belt", "line", "operator", "cleaned", "station", "again", "before",
    "after", "valve", "pump", "left", "right", "sensor", "door", "cable", "replaced", "adjusted"
  };

  private WordsInTables() {}

  /** Prints the figures. */
  public static void main(String[] args) throws Exception {
    try (Millwright millwright = Millwright.create()) {
      for (int rows : args.length > 1 ? new int[0] : new int[] {200, 1000, 4000}) {
        drawn(millwright, rows, true);
        drawn(millwright, rows, false);
      }
      Path file = Path.of(args[0], "excavator-work-orders", "excavators-cleaned.csv");
      excavators(
          millwright,
          millwright
              .tables()
              .read(file, CsvFormat.builder().missing("NA").onBadRow(CsvFormat.BadRow.SKIP).build())
              .table());
    }
  }

  /** A target of two numbers and, where notes tell, of "leak" and "no oil" in them. */
  private static void drawn(Millwright millwright, int rows, boolean telling) throws Exception {
    Table train = note(rows, 1, telling);
    Table test = note(2000, 2, telling);
    double with = rmse(millwright, train, test);
    double without = rmse(millwright, train.without("note"), test.without("note"));
    System.out.printf(
        Locale.ROOT,
        "%d drawn rows, notes that %s: RMSE %.2f with the notes, %.2f without (noise 1)%n",
        rows,
        telling ? "tell" : "do not tell",
        with,
        without);
  }

  private static Table note(int rows, long seed, boolean telling) {
    Schema schema =
        Schema.of(
            Column.number("heat"),
            Column.number("seconds"),
            Column.text("note"),
            Column.number("wear"));
    Random random = new Random(seed);
    TableBuilder table = Table.builder(schema, rows);
    for (int r = 0; r < rows; r++) {
      double heat = random.nextDouble();
      double seconds = random.nextDouble();
      List<String> words = new ArrayList<>();
      for (int k = 0; k < 3 + random.nextInt(8); k++) {
        words.add(FILLING[random.nextInt(FILLING.length)]);
      }
      boolean leak = random.nextInt(8) == 0;
      int oil = random.nextInt(6);
      if (leak) {
        words.set(random.nextInt(words.size()), "Leak");
      }
      if (oil < 2) {
        words.add(random.nextInt(words.size()), oil == 0 ? "no oil" : "oil");
      }
      double said = (leak ? 6 : 0) + (oil == 0 ? 4 : 0);
      double wear = 10 * heat * seconds + (telling ? said : 0) + random.nextGaussian();
      table.add(heat, seconds, String.join(" ", words), wear);
    }
    return table.build();
  }

  private static double rmse(Millwright millwright, Table train, Table test) throws Exception {
    Trained<Table, Double> model = millwright.learning().number("wear").train(train).await();
    double sum = 0;
    try (Predictor<Table, Double> predictor = reopened(millwright, TableLearning.NUMBER, model)) {
      List<Outcome<Double>> answers = predictor.predictRows(test);
      double[] truth = test.numbers("wear");
      for (int r = 0; r < truth.length; r++) {
        double error = answers.get(r).orElseThrow().value() - truth[r];
        sum += error * error;
      }
      return Math.sqrt(sum / truth.length);
    }
  }

  private static <V> Predictor<Table, V> reopened(
      Millwright millwright, io.millwright.api.Task<Table, V> task, Trained<Table, V> model)
      throws Exception {
    Path file = Files.createTempFile("words", ".mwb");
    try {
      model.saveTo(file);
      return millwright.open(task, ModelSource.file(file));
    } finally {
      Files.delete(file);
    }
  }

  private static void excavators(Millwright millwright, Table whole) throws Exception {
    List<String> systems = whole.labels("MajorSystem");
    List<String> assets = whole.labels("Asset");
    int[] known =
        IntStream.range(0, whole.rows())
            .filter(r -> systems.get(r) != null && SYSTEMS.contains(systems.get(r)))
            .toArray();
    int[] learnt = Arrays.stream(known).filter(r -> "ABC".contains(asset(assets, r))).toArray();
    int[] judged = Arrays.stream(known).filter(r -> "DE".contains(asset(assets, r))).toArray();
    Table some =
        whole.select(List.of("BscStartDate", "OriginalShorttext", "PMType", "Cost", "MajorSystem"));
    System.out.println(learnt.length + " work orders learnt, " + judged.length + " judged");
    for (boolean text : new boolean[] {true, false}) {
      Table table = text ? some : some.without("OriginalShorttext");
      long begin = System.nanoTime();
      Trained<Table, ClassScores> model =
          millwright.learning().classes("MajorSystem").train(table.rows(learnt)).await();
      double seconds = (System.nanoTime() - begin) / 1e9;
      model.dataReport().remarks().stream().limit(2).forEach(System.out::println);
      System.out.println(model.evaluation().protocol());
      try (Predictor<Table, ClassScores> predictor =
          reopened(millwright, TableLearning.CLASSES, model)) {
        print(text, predictor.predictRows(table.rows(judged)), systems, judged, seconds);
      }
    }
  }

  private static String asset(List<String> assets, int row) {
    String asset = assets.get(row);
    return asset == null ? "-" : asset;
  }

  private static void print(
      boolean text,
      List<Outcome<ClassScores>> answers,
      List<String> truth,
      int[] rows,
      double seconds) {
    Map<String, int[]> counts = new HashMap<>();
    int right = 0;
    for (int i = 0; i < rows.length; i++) {
      String is = truth.get(rows[i]);
      String said = answers.get(i).fold(p -> p.value().best(), a -> "-");
      right += said.equals(is) ? 1 : 0;
      counts.computeIfAbsent(is, k -> new int[3])[said.equals(is) ? 0 : 1]++;
      if (!said.equals(is)) {
        counts.computeIfAbsent(said, k -> new int[3])[2]++;
      }
    }
    double f1 =
        SYSTEMS.stream()
            .mapToDouble(
                s -> {
                  int[] c = counts.getOrDefault(s, new int[3]);
                  return 2.0 * c[0] / Math.max(1, 2 * c[0] + c[1] + c[2]);
                })
            .average()
            .orElse(0);
    System.out.printf(
        Locale.ROOT,
        "work orders %s their text: accuracy %.3f, macro F1 %.3f, learnt in %.0f s%n",
        text ? "with" : "without",
        (double) right / rows.length,
        f1,
        seconds);
  }
}
