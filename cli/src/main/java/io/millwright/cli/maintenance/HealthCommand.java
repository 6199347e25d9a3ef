package io.millwright.cli.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Predictor;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.TableOptions;
import io.millwright.cli.pages.HealthPage;
import io.millwright.maintenance.Health;
import io.millwright.maintenance.HealthCourse;
import io.millwright.maintenance.HealthMethod;
import io.millwright.maintenance.HealthModel;
import io.millwright.maintenance.HealthTrainer;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.SensorFinding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Watches the health of machines. */
@Command(
    name = "health",
    sortOptions = false,
    description = {
      "Watches the health of machines from readings of several sensors.",
      "Limits come from normal readings alone; says alarms, the columns behind them, and sensors",
      "that lie."
    },
    footer = {
      "",
      "Examples:",
      "  millwright maintenance health --normal normal.csv --save pump.mwb today.csv --html"
          + " day.html",
      "  millwright maintenance health --model pump.mwb today.csv --json",
      "  millwright maintenance health --train-rows 400 --truth anomaly valve1.csv valve2.csv",
      "  millwright maintenance health --normal d00_train.csv --onset 160 d01_test.csv d02_test.csv"
    })
final class HealthCommand extends DeskCommand {

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Readings to judge, in order.")
  List<Path> files = List.of();

  @Option(names = "--normal", paramLabel = "FILE", description = "Readings of normal operation.")
  @Nullable Path normal;

  @Option(
      names = "--train-rows",
      paramLabel = "N",
      description = "The first rows of each file are normal: a model for each file.")
  @Nullable Integer trainRows;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "A saved model of normal operation.")
  @Nullable Path model;

  @Option(names = "--save", paramLabel = "FILE", description = "Save what was learnt.")
  @Nullable Path save;

  @Option(
      names = "--truth",
      paramLabel = "COL",
      description = "A column with 1 where something was wrong: counts misses and false alarms.")
  @Nullable String truth;

  @Option(
      names = "--onset",
      paramLabel = "N",
      description = "So many rows of each file are normal, the others faulty.")
  @Nullable Integer onset;

  @Option(
      names = "--leave-out",
      paramLabel = "COL",
      split = ",",
      description = "Columns that say nothing about health.")
  List<String> leaveOut = List.of();

  @Option(
      names = "--false-alarms",
      paramLabel = "X",
      defaultValue = "0.01",
      description = "The share of normal readings beyond the limit. Default: ${DEFAULT-VALUE}.")
  double falseAlarms;

  @Option(
      names = "--smoothing",
      paramLabel = "W",
      defaultValue = "0.1",
      description = "The weight of the newest reading; 1 for none. Default: ${DEFAULT-VALUE}.")
  double smoothing;

  @Option(
      names = "--lags",
      paramLabel = "N",
      defaultValue = "0",
      description = "Earlier readings beside each reading. Default: ${DEFAULT-VALUE}.")
  int lags;

  @Option(
      names = "--method",
      paramLabel = "M",
      split = ",",
      description =
          "What to choose among: ${COMPLETION-CANDIDATES}; one is taken as it is. Default: all.")
  List<HealthMethod> methods = List.of();

  @Option(
      names = "--key",
      paramLabel = "N",
      defaultValue = "0",
      description = "The key of all randomness. Default: ${DEFAULT-VALUE}.")
  long key;

  @Mixin TableOptions tables = new TableOptions();

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page.")
  @Nullable Path html;

  private static final int MOST_SENSORS = 3;

  HealthCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  /** Counts of readings, where the truth is known. */
  private static final class Counts {
    long hit;
    long missed;
    long falseAlarm;
    long quiet;

    void add(boolean unusual, boolean wrong) {
      if (wrong) {
        hit += unusual ? 1 : 0;
        missed += unusual ? 0 : 1;
      } else {
        falseAlarm += unusual ? 1 : 0;
        quiet += unusual ? 0 : 1;
      }
    }

    void add(Counts other) {
      hit += other.hit;
      missed += other.missed;
      falseAlarm += other.falseAlarm;
      quiet += other.quiet;
    }

    Map<String, Object> figures() {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("f1", 2.0 * hit / Math.max(1, 2 * hit + missed + falseAlarm));
      figures.put("falseAlarms", falseAlarm / Math.max(1.0, (double) (falseAlarm + quiet)));
      figures.put("missed", missed / Math.max(1.0, (double) (hit + missed)));
      return figures;
    }

    String words() {
      return String.format(
          Locale.ROOT,
          "missed %.1f %%, false alarms %.2f %%, F1 %.3f",
          100.0 * missed / Math.max(1, hit + missed),
          100.0 * falseAlarm / Math.max(1, falseAlarm + quiet),
          2.0 * hit / Math.max(1, 2 * hit + missed + falseAlarm));
    }
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    int sources = (normal != null ? 1 : 0) + (trainRows != null ? 1 : 0) + (model != null ? 1 : 0);
    if (sources != 1) {
      throw misused("give one of --normal, --train-rows and --model");
    }
    if (save != null && normal == null) {
      throw misused("--save belongs to --normal");
    }
    if (model != null && !leaveOut.isEmpty()) {
      throw misused("--leave-out belongs to --normal or --train-rows: a model has its columns");
    }
    if (truth != null && onset != null) {
      throw misused("give --truth or --onset, not both");
    }
    Maintenance maintenance = millwright.plugin(Maintenance.class);
    List<String> others = new ArrayList<>(leaveOut);
    if (truth != null) {
      others.add(truth);
    }
    HealthTrainer trainer =
        maintenance.health().falseAlarms(falseAlarms).smoothing(smoothing).lags(lags).key(key);
    if (!methods.isEmpty()) {
      trainer = trainer.methods(methods);
    }
    Reply reply = new Reply(name());
    Predictor<Table, HealthCourse> shared = null;
    if (model != null) {
      shared = millwright.open(Maintenance.HEALTH, model);
    } else if (normal != null) {
      Table readings = tables.read(millwright.tables(), normal, this::say).table();
      // The truth need not stand among normal readings; what was named to be left out must.
      List<String> known =
          others.stream()
              .filter(c -> !c.equals(truth) || readings.schema().indexOf(c) >= 0)
              .toList();
      HealthModel learnt = await(trainer.leaveOut(known).train(readings));
      describe(reply, learnt);
      if (save != null) {
        learnt.saveTo(save);
        reply.line("Saved", save.toString()).put("saved", save);
      }
      shared = learnt.open();
    }
    Counts all = new Counts();
    double missedMean = 0;
    Map<String, Integer> chosen = new TreeMap<>();
    List<Map<String, Object>> documents = new ArrayList<>();
    HealthPage page = new HealthPage();
    for (Path file : files) {
      Table table = tables.read(millwright.tables(), file, this::say).table();
      int from = 0;
      String choice = "";
      HealthCourse course;
      if (shared != null) {
        course = judge(shared, table, file);
      } else {
        int rows = trainRows == null ? 0 : trainRows;
        if (rows >= table.rows() || rows < 1) {
          throw new MillwrightException(
              ErrorCode.TOO_FEW_DATA,
              file
                  + " has "
                  + table.rows()
                  + " rows, and the first "
                  + rows
                  + " are for training\nMaybe use a smaller --train-rows");
        }
        HealthModel learnt = await(trainer.leaveOut(others).train(table.slice(0, rows)));
        chosen.merge(learnt.method().words(), 1, Integer::sum);
        choice = learnt.choice();
        from = rows;
        try (Predictor<Table, HealthCourse> own = learnt.open()) {
          course = judge(own, table, file);
        }
      }
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("file", file);
      if (trainRows != null) {
        document.put("choice", choice);
      }
      Counts counts = counts(course, table, from, file);
      String words = words(course, from, document);
      if (counts != null) {
        all.add(counts);
        missedMean += counts.missed / Math.max(1.0, (double) (counts.hit + counts.missed));
        document.putAll(counts.figures());
        words = counts.words() + "; " + words;
      }
      reply.line(file.getFileName() + ": " + words);
      documents.add(document);
      page.add(String.valueOf(file.getFileName()), course, from, words);
    }
    reply.put("files", documents);
    if (!chosen.isEmpty()) {
      reply.line(
          "Methods chosen",
          chosen.entrySet().stream()
              .map(e -> e.getKey() + " for " + e.getValue())
              .reduce((a, b) -> a + ", " + b)
              .orElse(""));
    }
    if (all.hit + all.missed + all.falseAlarm + all.quiet > 0) {
      reply.line("Together", all.words());
      reply.line(
          "Mean missed over files", String.format(Locale.ROOT, "%.3f", missedMean / files.size()));
      reply.put("together", all.figures()).put("meanMissed", missedMean / files.size());
    }
    if (html != null) {
      page.writeTo(html);
      reply.line("Page", html.toString()).put("page", html);
    }
    if (shared != null) {
      shared.close();
    }
    return reply;
  }

  private static void describe(Reply reply, HealthModel learnt) {
    reply.line(
        "Learnt",
        learnt.monitored().size()
            + " of "
            + learnt.info().inputs().size()
            + " columns monitored, "
            + learnt.components()
            + " components in T²; "
            + learnt.evaluation().figures().entrySet().stream()
                .map(e -> e.getKey() + " on held-out readings " + Figure.of(e.getValue()))
                .reduce((a, b) -> a + ", " + b)
                .orElse("none held out"));
    reply.put("monitored", learnt.monitored()).put("components", learnt.components());
    reply.line("Method", learnt.choice());
    reply.put("method", learnt.method().words()).put("choice", learnt.choice());
    reply.put("heldOut", learnt.evaluation().figures());
    reply.put("otherMethods", learnt.evaluation().baselines());
  }

  private static HealthCourse judge(
      Predictor<Table, HealthCourse> predictor, Table table, Path file) {
    return predictor
        .predict(table)
        .fold(
            p -> p.value(),
            a -> {
              throw new MillwrightException(
                  a.code(), file + " has no readings to judge\nMaybe only the header was exported");
            });
  }

  /** 1 where something was wrong. */
  private static double[] wrong(Table table, String truth, Path file) {
    double[] wrong = new double[table.rows()];
    int column = table.schema().indexOf(truth);
    boolean numbers = table.schema().column(truth).type() == ColumnType.NUMBER;
    for (int r = 0; r < wrong.length; r++) {
      String said = numbers ? Figure.of(table.number(r, column)) : table.label(r, column);
      if (!"0".equals(said) && !"1".equals(said)) {
        throw new MillwrightException(
            ErrorCode.BAD_LABEL,
            file
                + ", row "
                + (r + 1)
                + ": \""
                + truth
                + "\" is "
                + (said == null || said.equals("NaN") ? "missing" : "\"" + said + "\"")
                + "\nMaybe write 1 where something was wrong, and 0 elsewhere");
      }
      wrong[r] = "1".equals(said) ? 1 : 0;
    }
    return wrong;
  }

  private @Nullable Counts counts(HealthCourse course, Table table, int from, Path file) {
    if (truth == null && onset == null) {
      return null;
    }
    if (onset != null && (onset < 0 || onset > table.rows())) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          file
              + " has "
              + table.rows()
              + " rows, but --onset says that "
              + onset
              + " are normal\nMaybe count the rows without the heading");
    }
    Counts counts = new Counts();
    double[] wrong = truth == null ? null : wrong(table, truth, file);
    for (int r = from; r < course.readings().size(); r++) {
      boolean faulty = wrong != null ? wrong[r] > 0 : onset != null && r >= onset;
      counts.add(course.readings().get(r).unusual(), faulty);
    }
    return counts;
  }

  private static String words(HealthCourse course, int from, Map<String, Object> document) {
    List<Health> judged = course.readings().subList(from, course.readings().size());
    int first = -1;
    Map<String, Double> causes = new TreeMap<>();
    Map<String, Integer> sensors = new TreeMap<>();
    for (int r = 0; r < judged.size(); r++) {
      Health h = judged.get(r);
      if (h.alarm() && first < 0) {
        first = from + r + 1;
      }
      h.causes().forEach((c, share) -> causes.merge(c, share, Double::sum));
      for (SensorFinding f : h.sensors()) {
        sensors.merge(
            f.sensor() + " " + f.fault().name().toLowerCase(Locale.ROOT), 1, Integer::sum);
      }
    }
    List<String> top =
        causes.entrySet().stream()
            .sorted(Comparator.comparingDouble(e -> -e.getValue()))
            .limit(3)
            .map(Map.Entry::getKey)
            .toList();
    double least = judged.stream().mapToDouble(Health::index).min().orElse(1);
    document.put("rows", judged.size());
    document.put("unusual", judged.stream().filter(Health::unusual).count());
    document.put("firstAlarm", first);
    document.put("leastHealth", least);
    document.put("causes", top);
    document.put("sensors", sensors);
    document.put("changes", course.changes());
    document.put("health", judged.stream().map(Health::index).toList());
    String text =
        first < 0
            ? "no alarm, least health " + Figure.of(least, 2)
            : "alarm at row "
                + first
                + ", least health "
                + Figure.of(least, 2)
                + ", by "
                + String.join(", ", top);
    List<String> worst =
        sensors.entrySet().stream()
            .filter(e -> e.getValue() >= Math.max(5, judged.size() / 50))
            .sorted(Comparator.comparingInt(e -> -e.getValue()))
            .map(e -> e.getKey() + " in " + e.getValue() + " rows")
            .toList();
    if (worst.isEmpty()) {
      return text;
    }
    return text
        + "; sensors: "
        + String.join(", ", worst.subList(0, Math.min(MOST_SENSORS, worst.size())))
        + (worst.size() > MOST_SENSORS ? " and " + (worst.size() - MOST_SENSORS) + " more" : "");
  }
}
