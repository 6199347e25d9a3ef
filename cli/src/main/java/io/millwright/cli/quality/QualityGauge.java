package io.millwright.cli.quality;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.Headings;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.TableOptions;
import io.millwright.cli.kit.Texts;
import io.millwright.cli.pages.StudyPages;
import io.millwright.quality.Agreement;
import io.millwright.quality.GaugePlan;
import io.millwright.quality.GaugeStudies;
import io.millwright.quality.GaugeStudies.AverageRange;
import io.millwright.quality.GaugeStudies.Measurement;
import io.millwright.quality.GaugeStudies.Rating;
import io.millwright.quality.GaugeStudy;
import io.millwright.quality.Quality;
import io.millwright.quality.Spc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Studies a gauge, or the agreement of appraisers. */
@Command(
    name = "gauge",
    sortOptions = false,
    description = "How much of what is measured is the gauge: R&R, or agreement of appraisers.",
    footer = {
      "",
      "Examples:",
      "  millwright quality gauge study.csv --tolerance 0.5 --html gauge.html",
      "  millwright quality gauge ratings.csv --label verdict --truth right"
    })
final class QualityGauge extends DeskCommand {

  private static final List<String> PARTS =
      List.of("part", "part number", "sample", "Teil", "Teil-Nr", "Teilnummer", "零件", "样品");

  private static final List<String> APPRAISERS =
      List.of("appraiser", "operator", "inspector", "Prüfer", "Bediener", "测量员", "检验员", "操作员");

  private static final List<String> VALUES =
      List.of("value", "measurement", "measured", "reading", "Messwert", "Wert", "测量值");

  @Parameters(arity = "1", paramLabel = "CSV", description = "One row for each measurement.")
  Path file = Path.of("");

  @Option(
      names = "--part",
      paramLabel = "COL",
      description = "The part. Default: part, sample, Teil, 零件 and such.")
  @Nullable String part;

  @Option(
      names = "--appraiser",
      paramLabel = "COL",
      description = "The appraiser. Default: appraiser, operator, inspector, Prüfer, 测量员 and such.")
  @Nullable String appraiser;

  @Option(
      names = "--value",
      paramLabel = "COL",
      description = "What was measured. Default: value, measurement, Messwert, 测量值 and such.")
  @Nullable String value;

  @Option(
      names = "--label",
      paramLabel = "COL",
      description = "The class, for agreement instead of R&R.")
  @Nullable String label;

  @Option(names = "--truth", paramLabel = "COL", description = "The right class, if known.")
  @Nullable String truth;

  @Option(names = "--nested", description = "Every appraiser measured parts of their own.")
  boolean nested;

  @Option(names = "--tolerance", paramLabel = "X", description = "The width of the specification.")
  @Nullable Double tolerance;

  @Option(
      names = "--merge-above",
      paramLabel = "P",
      description = "Merge the interaction when its p is above this; 1 for never.",
      defaultValue = "0.25")
  double mergeAbove;

  @Option(
      names = "--level",
      paramLabel = "X",
      description = "The level of intervals.",
      defaultValue = "0.95")
  double level;

  @Mixin TableOptions tables = new TableOptions();

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page.")
  @Nullable Path html;

  QualityGauge(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    Quality quality = millwright.plugin(Quality.class);
    GaugeStudies gauge = quality.gauge();
    Table table = tables.read(millwright.tables(), file, this::say).table();
    return label == null ? study(gauge, quality.spc(), table) : agreement(gauge, table, label);
  }

  private Reply study(GaugeStudies gauge, Spc spc, Table table) {
    String of = Headings.column(table, part, "--part", PARTS);
    String by = Headings.column(table, appraiser, "--appraiser", APPRAISERS);
    double[] values = table.numbers(Headings.column(table, value, "--value", VALUES));
    List<Measurement> measurements = new ArrayList<>();
    for (int r = 0; r < table.rows(); r++) {
      measurements.add(new Measurement(Texts.at(table, of, r), Texts.at(table, by, r), values[r]));
    }
    GaugePlan plan =
        new GaugePlan(
            level,
            tolerance == null ? OptionalDouble.empty() : OptionalDouble.of(tolerance),
            mergeAbove);
    GaugeStudy study =
        nested ? gauge.nested(measurements, plan) : gauge.crossed(measurements, plan);
    Reply reply = new Reply(name());
    reply.line("Gauge", study.words());
    List<Map<String, Object>> components = new ArrayList<>();
    for (GaugeStudy.Component c : study.components()) {
      reply.line(
          String.format(
              Locale.ROOT,
              "%-14s variance %s (%s to %s), %.1f %% of variance, %.1f %% of deviation%s",
              c.name(),
              Figure.of(c.variance(), 6),
              Figure.of(c.low(), 6),
              Figure.of(c.high(), 6),
              c.contribution(),
              c.study(),
              tolerance == null
                  ? ""
                  : String.format(Locale.ROOT, ", %.1f %% of tolerance", c.tolerance())));
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", c.name());
      one.put("variance", c.variance());
      one.put("low", c.low());
      one.put("high", c.high());
      one.put("contribution", c.contribution());
      one.put("study", c.study());
      if (tolerance != null) {
        one.put("tolerance", c.tolerance());
      }
      components.add(one);
    }
    List<Map<String, Object>> anova = new ArrayList<>();
    for (GaugeStudy.Line line : study.anova()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", line.name());
      one.put("squares", line.squares());
      one.put("free", line.free());
      if (!Double.isNaN(line.f())) {
        one.put("f", line.f());
        one.put("p", line.p());
      }
      anova.add(one);
    }
    reply.line("Categories", String.format(Locale.ROOT, "%.2f", study.ndc()));
    reply.put("merged", study.merged()).put("anova", anova).put("components", components);
    reply.put("ndc", study.ndc());
    if (!nested) {
      AverageRange form = gauge.averageRange(measurements);
      reply.put(
          "averageRange",
          Map.of(
              "ev", form.ev(),
              "av", form.av(),
              "grr", form.grr(),
              "pv", form.pv(),
              "tv", form.tv(),
              "percentGrr", form.percentGrr(),
              "ndc", form.ndc()));
      reply.line(
          "Ranges",
          String.format(Locale.ROOT, "gauge %.1f %% by averages and ranges", form.percentGrr()));
    }
    strayed(spc, measurements, reply);
    if (html != null) {
      StudyPages.gauge(file.toString(), study).writeTo(html);
      reply.line("Page", html.toString()).put("page", html);
    }
    return reply;
  }

  /** Trials that lie wider apart than ranges of so many do: a slip of the pen spoils a gauge. */
  private void strayed(Spc spc, List<Measurement> measurements, Reply reply) {
    Map<List<String>, List<Double>> cells = new LinkedHashMap<>();
    for (Measurement m : measurements) {
      cells
          .computeIfAbsent(List.of(m.part(), m.appraiser()), k -> new ArrayList<>())
          .add(m.value());
    }
    int trials = cells.values().iterator().next().size();
    // The median of ranges, which a few of them do not move, is near their mean; half as much again
    // as the limit of a chart of ranges, since the larger of many reach that by chance.
    double[] ranges = cells.values().stream().mapToDouble(QualityGauge::range).sorted().toArray();
    double limit = 1.5 * spc.constants(trials).highRange() * ranges[ranges.length / 2];
    List<Map<String, Object>> all = new ArrayList<>();
    cells.forEach(
        (cell, values) -> {
          if (limit > 0 && range(values) > limit) {
            reply.line(
                "Beware",
                "the trials of part "
                    + cell.get(0)
                    + " by "
                    + cell.get(1)
                    + " lie "
                    + Figure.of(range(values))
                    + " apart, where "
                    + Figure.of(limit)
                    + " is much: was one misread?");
            all.add(Map.of("part", cell.get(0), "appraiser", cell.get(1), "range", range(values)));
          }
        });
    reply.put("strayed", all);
  }

  private static double range(List<Double> values) {
    return Collections.max(values) - Collections.min(values);
  }

  private Reply agreement(GaugeStudies gauge, Table table, String column) {
    List<Rating> ratings = new ArrayList<>();
    Map<String, String> right = new LinkedHashMap<>();
    String parts = Headings.column(table, part, "--part", PARTS);
    String by = Headings.column(table, appraiser, "--appraiser", APPRAISERS);
    for (int r = 0; r < table.rows(); r++) {
      String of = Texts.at(table, parts, r);
      ratings.add(new Rating(of, Texts.at(table, by, r), Texts.at(table, column, r)));
      if (truth != null) {
        String now = Texts.at(table, truth, r);
        String before = right.putIfAbsent(of, now);
        if (before != null && !before.equals(now)) {
          throw new MillwrightException(
              ErrorCode.BAD_LABEL,
              "part "
                  + of
                  + " is "
                  + before
                  + " in one row and "
                  + now
                  + " in row "
                  + (r + 1)
                  + " by column \""
                  + truth
                  + "\"\nMaybe correct one of them");
        }
      }
    }
    Agreement agreement = gauge.agreement(ratings, right, level);
    Reply reply = new Reply(name());
    List<Map<String, Object>> all = new ArrayList<>();
    for (int i = 0; i < agreement.shares().size(); i++) {
      Agreement.Share s = agreement.shares().get(i);
      Agreement.Kappa k = agreement.kappas().get(i);
      reply.line(
          String.format(
              Locale.ROOT,
              "%-24s %d of %d parts (%.1f to %.1f %%), %s",
              s.name(),
              s.agreed(),
              s.of(),
              100 * s.low(),
              100 * s.high(),
              Double.isNaN(k.value())
                  ? "no kappa: all labels are the same"
                  : String.format(
                      Locale.ROOT, "kappa %.3f (%.3f to %.3f)", k.value(), k.low(), k.high())));
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", s.name());
      one.put("agreed", s.agreed());
      one.put("of", s.of());
      if (!Double.isNaN(k.value())) {
        one.put("kappa", k.value());
        one.put("error", k.error());
      }
      all.add(one);
    }
    reply.put("agreement", all);
    if (html != null) {
      StudyPages.agreement(file.toString(), agreement).writeTo(html);
      reply.line("Page", html.toString()).put("page", html);
    }
    return reply;
  }
}
