package io.millwright.cli.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.TableOptions;
import io.millwright.cli.kit.Texts;
import io.millwright.cli.pages.StudyPages;
import io.millwright.maintenance.Life;
import io.millwright.maintenance.LifeFit;
import io.millwright.maintenance.LifeLaw;
import io.millwright.maintenance.LifePlan;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.Reliability;
import io.millwright.maintenance.ReplacementCosts;
import io.millwright.maintenance.ReplacementPolicies;
import io.millwright.maintenance.SurvivalPoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fits life data. */
@Command(
    name = "life-data",
    sortOptions = false,
    description = "Fits a law of life to failures and censored lives; what replacing costs.",
    footer = {
      "",
      "Examples:",
      "  millwright maintenance life-data fans.csv --time hours --status status --html life.html",
      "  millwright maintenance life-data fans.csv --time hours --status state --failed"
          + " broken,worn",
      "  millwright maintenance life-data wheels.csv --from last --to found --count wheels",
      "  millwright maintenance life-data pumps.csv --time days --planned 100 --failure 900"
    })
final class MaintenanceLifeData extends DeskCommand {

  @Parameters(arity = "1", paramLabel = "CSV", description = "One row for each life, or several.")
  Path file = Path.of("");

  @Option(names = "--time", paramLabel = "COL", description = "The age at failure or censoring.")
  @Nullable String time;

  @Option(
      names = "--status",
      paramLabel = "COL",
      description = "1 for failed, 0 for still running, or words. Default: all failed.")
  @Nullable String status;

  @Option(
      names = "--failed",
      paramLabel = "WORD",
      split = ",",
      description = "What the status says of failed lives, where that is not 1; all others run.")
  List<String> failed = List.of();

  @Option(names = "--from", paramLabel = "COL", description = "Failed after; empty for 0.")
  @Nullable String from;

  @Option(names = "--to", paramLabel = "COL", description = "Failed before; empty for running.")
  @Nullable String to;

  @Option(names = "--count", paramLabel = "COL", description = "How many lives are alike.")
  @Nullable String count;

  @Option(
      names = "--law",
      paramLabel = "LAW",
      description = "The law: exponential, weibull, weibull3, lognormal, normal or mixture.",
      defaultValue = "WEIBULL")
  LifeLaw law = LifeLaw.WEIBULL;

  @Option(
      names = "--level",
      paramLabel = "X",
      description = "The level of bounds, below 1. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0.95")
  double level;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      description = "Samples for the goodness of fit, such as 199. Default: none.",
      defaultValue = "0")
  int resamples;

  @Option(names = "--planned", paramLabel = "X", description = "The cost of a planned replacement.")
  @Nullable Double planned;

  @Option(names = "--failure", paramLabel = "X", description = "The cost of one after a failure.")
  @Nullable Double failure;

  @Mixin TableOptions tables = new TableOptions();

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page.")
  @Nullable Path html;

  MaintenanceLifeData(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    Reliability reliability = millwright.plugin(Maintenance.class).reliability();
    List<Life> lives = lives(tables.readNumbers(millwright.tables(), file, this::say).table());
    LifeFit fit = reliability.fit(lives, new LifePlan(law, level, resamples));
    List<SurvivalPoint> survival = reliability.survival(lives, level);
    Reply reply = new Reply(name());
    reply.line("Fit", fit.words());
    List<Map<String, Object>> parameters = new ArrayList<>();
    for (LifeFit.Estimate e : fit.parameters()) {
      reply.line(e.name(), between(e.value(), e.low(), e.high()));
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", e.name());
      one.put("value", e.value());
      one.put("error", e.error());
      one.put("low", e.low());
      one.put("high", e.high());
      parameters.add(one);
    }
    List<Map<String, Double>> quantiles = new ArrayList<>();
    for (LifeFit.Quantile q : fit.quantiles()) {
      reply.line(
          String.format(Locale.ROOT, "B%.0f", 100 * q.share()),
          between(q.value(), q.low(), q.high()));
      quantiles.add(
          Map.of("share", q.share(), "value", q.value(), "low", q.low(), "high", q.high()));
    }
    reply.put("law", law.name()).put("parameters", parameters).put("quantiles", quantiles);
    reply.put("logLikelihood", fit.logLikelihood()).put("aic", fit.aic());
    reply.put("mean", fit.distribution().mean()).put("distance", fit.distance());
    reply.put("goodness", fit.goodness().isPresent() ? fit.goodness().getAsDouble() : null);
    reply.put(
        "survival",
        survival.stream().map(p -> Map.of("time", p.time(), "survival", p.survival())).toList());
    policies(reliability, fit, reply);
    if (html != null) {
      StudyPages.survival(file.toString(), fit, survival).writeTo(html);
      reply.line("Page", html.toString()).put("page", html);
    }
    return reply;
  }

  private void policies(Reliability reliability, LifeFit fit, Reply reply) {
    if (planned == null && failure == null) {
      return;
    }
    if (planned == null || failure == null) {
      throw misused("--planned and --failure belong together");
    }
    ReplacementPolicies p =
        reliability.policies(fit.distribution(), new ReplacementCosts(planned, failure, failure));
    Map<String, ReplacementPolicies.Policy> all = new LinkedHashMap<>();
    all.put("runToFailure", p.runToFailure());
    all.put("age", p.age());
    all.put("block", p.block());
    Map<String, Object> document = new LinkedHashMap<>();
    all.forEach(
        (name, policy) -> {
          boolean never = Double.isInfinite(policy.interval());
          reply.line(
              name,
              String.format(
                  Locale.ROOT,
                  "%s, cost %s a unit of time",
                  never
                      ? "never replaced before a failure"
                      : "at " + Figure.of(policy.interval(), 6),
                  Figure.of(policy.cost(), 6)));
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("cost", policy.cost());
          if (!never) {
            one.put("interval", policy.interval());
          }
          document.put(name, one);
        });
    reply.put("policies", document);
  }

  private List<Life> lives(Table table) {
    List<Life> lives = new ArrayList<>();
    double[] many = count == null ? null : table.numbers(count);
    double[] at = time == null ? null : table.numbers(time);
    boolean[] ended = ended(table);
    double[] after = from == null ? null : table.numbers(from);
    double[] before = to == null ? null : table.numbers(to);
    if ((at == null) == (before == null)
        || (at != null && after != null)
        || (at == null && status != null)) {
      throw misused("give --time, with --status where lives still run, or --from and --to");
    }
    for (int r = 0; r < table.rows(); r++) {
      double number = many == null ? 1 : many[r];
      if (!(number >= 0) || Double.isInfinite(number)) {
        throw bad(
            r,
            count + (Double.isNaN(number) ? " is missing" : " is " + Figure.of(number)),
            "write how many lives are alike, or 0 to leave the row out");
      }
      if (number == 0) {
        continue;
      }
      Life life =
          at != null
              ? ended[r] ? Life.failed(age(r, time, at[r])) : Life.running(age(r, time, at[r]))
              : between(r, after == null ? 0 : after[r], before == null ? 0 : before[r]);
      lives.add(life.times(number));
    }
    return lives;
  }

  private double age(int row, @Nullable String column, double age) {
    if (Double.isNaN(age)) {
      throw bad(row, column + " is missing", "leave the row out: it says nothing of a life");
    }
    if (age == 0) {
      throw bad(
          row,
          column + " is 0, which has no likelihood under a law of life",
          "write the time of its first use, or, with --from and --to, that it was found dead before"
              + " that ended");
    }
    if (age < 0 || Double.isInfinite(age)) {
      throw bad(
          row,
          column + " is " + Figure.of(age) + ", but an age is above 0 and finite",
          "it stands for a missing value: then leave the row out");
    }
    return age;
  }

  private Life between(int row, double after, double before) {
    double low = Double.isNaN(after) ? 0 : after;
    if (low == 0 && Double.isNaN(before)) {
      throw bad(
          row,
          "neither " + from + " nor " + to + " is known",
          "leave the row out: it says nothing of a life");
    }
    if (low < 0 || Double.isInfinite(low)) {
      throw bad(
          row,
          from + " is " + Figure.of(low) + ", but an age is 0 or more and finite",
          "leave it empty where nobody looked before");
    }
    if (Double.isNaN(before)) {
      return Life.running(low);
    }
    if (!(before >= low)) {
      throw bad(
          row,
          to + " is " + Figure.of(before) + ", before " + from + ", which is " + Figure.of(low),
          "the columns are exchanged, or a number stands for a missing one: leave it empty");
    }
    return low == before
        ? Life.failed(age(row, to, before))
        : new Life(low, before, 1, "", List.of());
  }

  private MillwrightException bad(int row, String what, String maybe) {
    return new MillwrightException(
        ErrorCode.BAD_VALUE, "row " + (row + 1) + " of " + file + ": " + what + "\nMaybe " + maybe);
  }

  /** Which lives have ended, by their status. */
  private boolean[] ended(Table table) {
    boolean[] ended = new boolean[table.rows()];
    Arrays.fill(ended, status == null);
    if (status == null) {
      if (!failed.isEmpty()) {
        throw misused("--failed needs --status");
      }
      return ended;
    }
    Set<String> words = new TreeSet<>();
    for (int r = 0; r < ended.length; r++) {
      String said = Texts.at(table, status, r);
      words.add(said);
      ended[r] = failed.isEmpty() ? said.equals("1") : failed.contains(said);
      if (failed.isEmpty() && !ended[r] && !said.equals("0")) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            file
                + ", row "
                + (r + 1)
                + ": the status is \""
                + said
                + "\", neither 1 for failed nor 0 for running\nMaybe name what it says of failed"
                + " lives with --failed");
      }
    }
    for (String word : failed) {
      if (!words.contains(word)) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "no life has the status \""
                + word
                + "\"\nMaybe one of "
                + words.stream().limit(12).toList());
      }
    }
    return ended;
  }

  private static String between(double value, double low, double high) {
    return Figure.of(value, 6) + " (" + Figure.of(low, 6) + " to " + Figure.of(high, 6) + ")";
  }
}
