package io.millwright.cli.personalization;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.TableOptions;
import io.millwright.cli.pages.UpliftReport;
import io.millwright.personalization.Marketing;
import io.millwright.personalization.Personalization;
import io.millwright.personalization.UpliftModel;
import io.millwright.personalization.UpliftQuestion;
import io.millwright.samples.plant.ServiceCampaign;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a campaign changed, and for whom. */
@Command(
    name = "uplift",
    sortOptions = false,
    description = {
      "Learns from a randomised test what a treatment changes and for whom.",
      "Says whether it makes a usable difference whom it reaches. Judges on customers left out.",
      "Without a file it looks at a simulated campaign of a maker of pumps."
    },
    footer = {
      "",
      "Examples:",
      "  millwright uplift --html uplift.html",
      "  millwright uplift mails.csv.gz --treatment segment --control 'No E-Mail' --outcome"
          + " visit,spend --ignore conversion --json"
    })
final class UpliftCommand extends DeskCommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "CSV",
      description = "The test, with a header, a row for each customer; may end in .gz.")
  @Nullable Path csv;

  @Option(
      names = "--treatment",
      paramLabel = "COLUMN",
      description = "The column of the arm. Default: treatment.")
  @Nullable String treatment;

  @Option(
      names = "--control",
      paramLabel = "LABEL",
      description = "The arm without treatment. Default: control.")
  @Nullable String control;

  @Option(
      names = "--treated",
      paramLabel = "LABEL",
      split = ",",
      description = "The arms with treatment. Default: all others.")
  @Nullable List<String> treated;

  @Option(
      names = "--outcome",
      paramLabel = "COLUMN",
      split = ",",
      description = "What came of it; several are asked one after the other. Default: outcome.")
  @Nullable List<String> outcomes;

  @Option(
      names = "--ignore",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns that came after the treatment, or mean nothing.")
  List<String> ignore = List.of();

  @Option(
      names = "--hold-out",
      paramLabel = "SHARE",
      defaultValue = "0.3333",
      description = "The share of customers left out to judge by. Default: ${DEFAULT-VALUE}.")
  double holdOut;

  @Option(
      names = "--judge-file",
      paramLabel = "CSV",
      description = "Judge on the customers of another file; nothing is left out then.")
  @Nullable Path judgeFile;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "The key of all randomness. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Mixin TableOptions tables = new TableOptions();

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page with Qini curves.")
  @Nullable Path html;

  UpliftCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    Table table = csv == null ? ServiceCampaign.table(0) : read(millwright, csv);
    Table other = judgeFile == null ? null : read(millwright, judgeFile);
    String arm = treatment != null ? treatment : csv == null ? "arm" : "treatment";
    String none = control != null ? control : csv == null ? "none" : "control";
    List<String> asked = outcomes != null ? outcomes : List.of(csv == null ? "ordered" : "outcome");
    Set<String> after = new LinkedHashSet<>(asked);
    after.addAll(ignore);
    after.add(arm);
    if (!table.schema().names().contains(arm)) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN,
          "there is no column \""
              + arm
              + "\" of the arm\nMaybe name it with --treatment: one of "
              + table.schema().names());
    }
    List<String> features =
        table.schema().names().stream().filter(n -> !after.contains(n)).toList();
    List<String> arms = treated != null ? treated : others(table, arm, none);
    Reply reply = new Reply(name());
    reply.line(
        "Data",
        String.format(
            Locale.ROOT,
            "%s, %,d rows; known before: %s",
            csv == null ? "a simulated campaign of a maker of pumps" : csv,
            table.rows(),
            String.join(", ", features)));
    reply.put("rows", table.rows()).put("features", features);
    Marketing marketing = millwright.plugin(Personalization.class).marketing();
    List<Map<String, @Nullable Object>> documents = new ArrayList<>();
    List<UpliftReport.Asked> pages = new ArrayList<>();
    for (String outcome : asked) {
      for (String label : arms) {
        UpliftModel model =
            await(
                marketing.uplift(
                    new UpliftQuestion(
                        table,
                        arm,
                        none,
                        label,
                        outcome,
                        features,
                        other == null ? holdOut : 0,
                        seed)));
        UpliftModel.Qini judged = other == null ? model.heldOut() : model.judge(other);
        say(reply, model, judged);
        documents.add(document(label, outcome, model, judged));
        pages.add(new UpliftReport.Asked(label, outcome, model.verdict(), model.usable(), judged));
      }
    }
    reply.put("questions", documents);
    if (html != null) {
      new UpliftReport(csv == null ? "a simulated campaign" : csv.toString(), pages).writeTo(html);
      reply.line("Report", html.toString()).put("report", html);
    }
    return reply;
  }

  private static List<String> others(Table table, String arm, String none) {
    Set<String> labels = new LinkedHashSet<>();
    for (int r = 0; r < table.rows(); r++) {
      labels.add(io.millwright.cli.kit.Texts.at(table, arm, r));
    }
    if (!labels.remove(none)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "no row of column "
              + arm
              + " is \""
              + none
              + "\"\nMaybe name the arm without treatment with --control: one of "
              + labels.stream().limit(12).toList());
    }
    if (labels.size() > 12) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "column "
              + arm
              + " has "
              + labels.size()
              + " other labels\nMaybe it is not the arm, or name some with --treated");
    }
    return List.copyOf(labels);
  }

  private Table read(Millwright millwright, Path file) {
    if (!String.valueOf(file.getFileName()).endsWith(".gz")) {
      return tables.read(millwright.tables(), file, this::say).table();
    }
    try {
      Path plain = Files.createTempFile("millwright-", ".csv");
      try {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
          Files.copy(in, plain, StandardCopyOption.REPLACE_EXISTING);
        }
        return tables.read(millwright.tables(), plain, this::say).table();
      } finally {
        Files.deleteIfExists(plain);
      }
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "cannot read "
              + file
              + ": "
              + e.getMessage()
              + "\nMaybe the path is wrong, or the file"
              + " is truncated",
          e);
    }
  }

  private static void say(Reply reply, UpliftModel model, UpliftModel.Qini q) {
    reply.line(
        model.usable() ? "Usable" : model.unlike().isEmpty() ? "Alike" : "No lot", model.verdict());
    reply.line(
        "Judged",
        String.format(
            Locale.ROOT,
            "Qini area %.4f (95 %% %.4f to %.4f; random %.4f), AUUC %.4f on %,d customers; mean"
                + " uplift %.4f predicted, %.4f ± %.4f measured; best 30 %%: %.4f",
            q.area(),
            q.low(),
            q.high(),
            q.random(),
            q.auuc(),
            q.customers(),
            q.predicted(),
            q.actual(),
            q.actualError(),
            q.best30()));
  }

  private static Map<String, @Nullable Object> document(
      String label, String outcome, UpliftModel model, UpliftModel.Qini q) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("treated", label);
    document.put("outcome", outcome);
    document.put("usable", model.usable());
    document.put("verdict", model.verdict());
    document.put("unlike", model.unlike());
    document.put("learners", model.learners());
    document.put("outOfFold", document(model.outOfFold()));
    document.put("judged", document(q));
    return document;
  }

  private static Map<String, @Nullable Object> document(UpliftModel.Qini q) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("qini", q.area());
    document.put("qiniOfRandom", q.random());
    document.put("qiniLow", q.low());
    document.put("qiniHigh", q.high());
    document.put("auuc", q.auuc());
    document.put("predictedMean", q.predicted());
    document.put("measuredMean", q.actual());
    document.put("measuredMeanError", q.actualError());
    document.put("best30", q.best30());
    document.put("customers", q.customers());
    document.put("curve", q.curve());
    return document;
  }
}
