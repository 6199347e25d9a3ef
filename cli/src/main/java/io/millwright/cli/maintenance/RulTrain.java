package io.millwright.cli.maintenance;

import io.millwright.api.Evaluation;
import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.UnitHistory;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Durations;
import io.millwright.cli.kit.HeldOut;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.NetworkChoice;
import io.millwright.cli.kit.ProgressView;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.pages.LifeReport;
import io.millwright.cli.pages.LifeReport.Course;
import io.millwright.cli.pages.LifeReport.Judged;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.Fleet;
import io.millwright.maintenance.KnownLife;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.RemainingLifeModel;
import io.millwright.maintenance.RemainingLifeTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains, judges, saves, reloads, predicts and reports: the main job. */
@Command(
    name = "train",
    sortOptions = false,
    description = {
      "Learns remaining life from the histories of a fleet.",
      "Judges the model on units it never saw, saves it, opens the saved file, predicts with it,"
          + " and writes a report. Without CSV and --data it simulates a press shop."
    },
    footer = {
      "",
      "Examples:",
      "  millwright maintenance life train",
      "  millwright maintenance life train readings.csv --unit-column press --time-column stroke",
      "  millwright maintenance life train --data c-mapss --subset FD001 --out engine.mwb",
      "  millwright maintenance life train --data c-mapss --network lstm --key 7",
      "  millwright maintenance life train --auto 5m --json"
    })
final class RulTrain extends DeskCommand {

  @Mixin RulSource source = new RulSource();

  @Mixin HistoryOptions histories = new HistoryOptions();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = {
        "The model's file. Default: press-shop.mwb, turbofan-SUBSET.mwb, or CSV.mwb.",
        "With several subsets, each one's name is put before the ending."
      })
  @Nullable Path out;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "One of ${COMPLETION-CANDIDATES}. Default: the trainer's own choice.",
      defaultValue = "DEFAULT")
  NetworkChoice network = NetworkChoice.DEFAULT;

  @Option(
      names = "--key",
      paramLabel = "N",
      description = "The key of all randomness in training. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0")
  long key;

  @Option(
      names = "--early-life",
      paramLabel = "CYCLES",
      description = "The longest remaining life that is told apart. Default: the trainer's own.")
  @Nullable Double earlyLife;

  @Option(
      names = "--settings",
      paramLabel = "COL",
      split = ",",
      description =
          "The columns that set the operating condition, such as load. Default: found by"
              + " themselves.")
  List<String> settings = List.of();

  @Option(
      names = "--auto",
      paramLabel = "TIME",
      converter = Durations.class,
      description =
          "Let Millwright choose preparation, network and settings within a time such as 5m.")
  @Nullable Duration auto;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "The report. Default: millwright-report.html.")
  Path report = Path.of("millwright-report.html");

  RulTrain(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    if (auto != null && network != NetworkChoice.DEFAULT) {
      throw misused("--auto chooses the network itself: leave out --network");
    }
    if (histories.csv != null && !source.simulated()) {
      throw misused("give either a CSV file or --data, not both");
    }
    if (source.simulated() && !source.subsets.isEmpty()) {
      throw misused("--subset goes with --data");
    }
    Reply reply = new Reply(name());
    List<Map<String, @Nullable Object>> models = new ArrayList<>();
    List<RulSource.Part> parts = source.parts(histories, millwright.tables(), this::say);
    for (RulSource.Part part : parts) {
      models.add(train(millwright, part, parts.size() > 1, reply));
    }
    return reply.put("models", models);
  }

  private Map<String, @Nullable Object> train(
      Millwright millwright, RulSource.Part part, boolean several, Reply reply)
      throws InterruptedException {
    long start = System.nanoTime();
    Maintenance maintenance = millwright.plugin(Maintenance.class);
    Fleet fleet = part.train().get();
    List<KnownLife> truths = part.hasTest() ? part.test().get() : List.of();
    String data = described(part, fleet, truths);
    reply.line("Data", data);
    say("Training on " + data);
    RemainingLifeModel model = await(trainer(maintenance).train(fleet));
    reply.line("Held out", Lives.figures(model.evaluation().figures()));
    model
        .evaluation()
        .baselines()
        .forEach((name, figures) -> reply.line("", Lives.figures(figures) + "  baseline: " + name));

    HeldOut.chosen(reply, model.evaluation());
    String conditions =
        model.info().provenance().settings().getOrDefault("conditions", "not asked for");
    reply.line("Conditions", conditions);
    Path file = out == null ? Path.of(part.stem() + ".mwb") : several ? infix(out, part) : out;
    model.saveTo(file);
    String size = size(file);
    reply.line("Saved", file + ", " + size);

    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("data", data);
    document.put("conditions", conditions);
    document.put("file", file);
    document.put("digest", model.info().digest());
    document.put("heldOut", HeldOut.document(model.evaluation()));

    Optional<Evaluation> test = Optional.empty();
    List<Judged> judged = List.of();
    Optional<Course> course = Optional.empty();
    // All that follows asks the saved file, not the model in memory.
    try (Predictor<UnitHistory, Cycles> life = millwright.open(Maintenance.REMAINING_LIFE, file)) {
      if (!truths.isEmpty()) {
        Evaluation evaluation = maintenance.evaluate(life, truths);
        test = Optional.of(evaluation);
        reply.line("Test", Lives.figures(evaluation.figures()));
        document.put("test", HeldOut.document(evaluation));
        judged = Lives.judged(life, truths);
        course = Lives.nearestToItsEnd(truths).map(unit -> Lives.course(life, unit));
      }
      KnownLife shown = truths.isEmpty() ? lastOf(fleet) : truths.get(0);
      Outcome<Cycles> outcome = life.predict(shown.history());
      reply.line(
          "Predicted",
          shown.history().unit()
              + " after "
              + shown.history().length()
              + " cycles: "
              + Lives.text(outcome)
              + "; it lived "
              + Math.round(shown.remaining())
              + " more");
      Map<String, @Nullable Object> one = Lives.document(shown.history(), outcome);
      one.put("lived", shown.remaining());
      document.put("prediction", one);
    }
    Path page = several ? infix(report, part) : report;
    Map<String, String> files = new LinkedHashMap<>();
    files.put("model file", file + ", " + size);
    new LifeReport(
            "Remaining life of " + part.title(),
            sentence(data),
            model.info(),
            model.evaluation(),
            test,
            judged,
            course,
            files)
        .writeTo(page);
    reply.line("Report", page.toString());
    document.put("report", page);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    reply.line("Took", ProgressView.time(took));
    document.put("seconds", took.toMillis() / 1000.0);
    return document;
  }

  private RemainingLifeTrainer trainer(Maintenance maintenance) {
    RemainingLifeTrainer trainer = maintenance.remainingLife().key(key);
    if (earlyLife != null) {
      trainer = trainer.earlyLife(earlyLife);
    }
    if (network.network().isPresent()) {
      trainer = trainer.network(network.network().get());
    }
    if (!settings.isEmpty()) {
      trainer = trainer.settings(settings);
    }
    return auto == null ? trainer : trainer.auto(auto);
  }

  /** Without test units one of those it learnt from must do, cut off before its end. */
  private static KnownLife lastOf(Fleet fleet) {
    UnitHistory last = fleet.units().get(fleet.units().size() - 1);
    return RulSource.atTwoThirds(last);
  }

  private static String described(RulSource.Part part, Fleet fleet, List<KnownLife> truths) {
    long running = fleet.units().stream().filter(u -> u.end() == UnitHistory.End.RUNNING).count();
    return part.title()
        + ": "
        + fleet.units().size()
        + " units to learn from"
        + (running == 0 ? "" : " (" + running + " of them still running)")
        + ", "
        + truths.size()
        + " to judge by";
  }

  private static String sentence(String data) {
    boolean file = data.substring(0, Math.max(0, data.indexOf(':'))).contains(".");
    return (file ? data : Character.toUpperCase(data.charAt(0)) + data.substring(1)) + ".";
  }

  /** {@code model.mwb} becomes {@code model-turbofan-FD001.mwb}. */
  private static Path infix(Path file, RulSource.Part part) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    int at = dot < 0 ? name.length() : dot;
    return file.resolveSibling(name.substring(0, at) + "-" + part.stem() + name.substring(at));
  }

  private static String size(Path file) {
    try {
      return Math.max(1, Files.size(file) / 1024) + " KiB";
    } catch (IOException e) {
      return "size unknown";
    }
  }
}
