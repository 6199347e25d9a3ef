package io.millwright.quality.internal.gauge;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.quality.GaugePlan;
import io.millwright.quality.GaugeStudy;
import io.millwright.quality.GaugeStudy.Component;
import io.millwright.quality.GaugeStudy.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hipparchus.distribution.continuous.FDistribution;

/** Gauge repeatability and reproducibility by analysis of variance. */
final class Repeated {

  private Repeated() {}

  static GaugeStudy crossed(Balanced data, GaugePlan plan) {
    int a = data.appraisers();
    int p = data.parts();
    int r = data.trials();
    double[] byPart = new double[p];
    double[] byAppraiser = new double[a];
    double[][] cell = new double[a][p];
    double grand = means(data, cell, byAppraiser, byPart);
    double ssPart = 0;
    double ssAppraiser = 0;
    double ssInteraction = 0;
    double ssError = 0;
    for (int j = 0; j < p; j++) {
      ssPart += a * r * square(byPart[j] - grand);
    }
    for (int i = 0; i < a; i++) {
      ssAppraiser += p * r * square(byAppraiser[i] - grand);
      for (int j = 0; j < p; j++) {
        ssInteraction += r * square(cell[i][j] - byAppraiser[i] - byPart[j] + grand);
        for (double v : data.values()[i][j]) {
          ssError += square(v - cell[i][j]);
        }
      }
    }
    int freeInteraction = (a - 1) * (p - 1);
    int freeError = a * p * (r - 1);
    double msInteraction = ssInteraction / freeInteraction;
    double msError = ssError / freeError;
    needs(ssPart + ssAppraiser + ssInteraction + ssError, grand);
    Line interaction = line("interaction", ssInteraction, freeInteraction, msError, freeError);
    boolean merged = interaction.p() > plan.mergeAbove();
    double msPool =
        merged ? (ssInteraction + ssError) / (freeInteraction + freeError) : msInteraction;
    int freePool = merged ? freeInteraction + freeError : freeInteraction;
    double msRepeat = merged ? msPool : msError;
    int freeRepeat = merged ? freePool : freeError;
    List<Line> lines = new ArrayList<>();
    lines.add(line("part", ssPart, p - 1, msPool, freePool));
    lines.add(line("appraiser", ssAppraiser, a - 1, msPool, freePool));
    lines.add(interaction);
    lines.add(new Line("repeatability", ssError, freeError, Double.NaN, Double.NaN));
    // Mean squares: part, appraiser, interaction (or pool), repeatability.
    double[] ms = {ssPart / (p - 1), ssAppraiser / (a - 1), msPool, msRepeat};
    int[] free = {p - 1, a - 1, freePool, freeRepeat};
    if (merged) {
      ms = new double[] {ms[0], ms[1], msPool};
      free = new int[] {free[0], free[1], freePool};
    }
    double ar = a * r;
    double pr = p * r;
    double[] repeat = merged ? new double[] {0, 0, 1} : new double[] {0, 0, 0, 1};
    double[] who =
        merged ? new double[] {0, 1 / pr, -1 / pr} : new double[] {0, 1 / pr, -1 / pr, 0};
    double[] both = merged ? new double[] {0, 0, 0} : new double[] {0, 0, 1.0 / r, -1.0 / r};
    double[] part =
        merged ? new double[] {1 / ar, 0, -1 / ar} : new double[] {1 / ar, 0, -1 / ar, 0};
    Combination c = new Combination(ms, free, plan.level());
    return study(
        p,
        a,
        r,
        lines,
        merged,
        c,
        List.of("repeatability", "appraiser", "interaction"),
        List.of(repeat, who, both),
        part,
        plan);
  }

  static GaugeStudy nested(Balanced data, GaugePlan plan) {
    int a = data.appraisers();
    int p = data.parts();
    int r = data.trials();
    double[] byAppraiser = new double[a];
    double[][] cell = new double[a][p];
    double grand = means(data, cell, byAppraiser, new double[p]);
    double ssAppraiser = 0;
    double ssPart = 0;
    double ssError = 0;
    for (int i = 0; i < a; i++) {
      ssAppraiser += p * r * square(byAppraiser[i] - grand);
      for (int j = 0; j < p; j++) {
        ssPart += r * square(cell[i][j] - byAppraiser[i]);
        for (double v : data.values()[i][j]) {
          ssError += square(v - cell[i][j]);
        }
      }
    }
    needs(ssPart + ssAppraiser + ssError, grand);
    int freePart = a * (p - 1);
    int freeError = a * p * (r - 1);
    double[] ms = {ssAppraiser / (a - 1), ssPart / freePart, ssError / freeError};
    int[] free = {a - 1, freePart, freeError};
    List<Line> lines = new ArrayList<>();
    lines.add(line("appraiser", ssAppraiser, a - 1, ms[1], freePart));
    lines.add(line("part", ssPart, freePart, ms[2], freeError));
    lines.add(new Line("repeatability", ssError, freeError, Double.NaN, Double.NaN));
    double pr = p * r;
    return study(
        p,
        a,
        r,
        lines,
        false,
        new Combination(ms, free, plan.level()),
        List.of("repeatability", "appraiser"),
        List.of(new double[] {0, 0, 1}, new double[] {1 / pr, -1 / pr, 0}),
        new double[] {0, 1.0 / r, -1.0 / r},
        plan);
  }

  private static GaugeStudy study(
      int parts,
      int appraisers,
      int trials,
      List<Line> lines,
      boolean merged,
      Combination c,
      List<String> names,
      List<double[]> sources,
      double[] part,
      GaugePlan plan) {
    double gauge = 0;
    double[] gaugeWeights = new double[part.length];
    List<double[]> found = new ArrayList<>();
    for (double[] source : sources) {
      double[] estimate = c.of(source);
      found.add(estimate);
      gauge += estimate[0];
      for (int i = 0; i < part.length; i++) {
        gaugeWeights[i] += source[i];
      }
    }
    double[] partEstimate = c.of(part);
    double total = gauge + partEstimate[0];
    double[] totalWeights = new double[part.length];
    for (int i = 0; i < part.length; i++) {
      totalWeights[i] = gaugeWeights[i] + part[i];
    }
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      components.add(component(names.get(i), found.get(i), found.get(i)[0], total, plan));
    }
    components.add(component("gauge", c.of(gaugeWeights), gauge, total, plan));
    components.add(component("part", partEstimate, partEstimate[0], total, plan));
    components.add(component("total", c.of(totalWeights), total, total, plan));
    double study = 100 * Math.sqrt(gauge / total);
    return new GaugeStudy(
        parts,
        appraisers,
        trials,
        lines,
        merged,
        components,
        1.41 * Math.sqrt(partEstimate[0] / gauge),
        words(study, ofTolerance(gauge, plan), merged));
  }

  /** Parts are judged by the tolerance, where there is one: the worse of both shares decides. */
  private static String words(double study, double tolerance, boolean merged) {
    double worse = Double.isNaN(tolerance) ? study : Math.max(study, tolerance);
    String rule =
        worse < 10
            ? "the gauge will do"
            : worse <= 30
                ? "the gauge may do, depending on its use and cost"
                : "the gauge needs to be better";
    return String.format(
        Locale.ROOT,
        "The gauge makes %.1f %% of the total standard deviation%s: %s (AIAG: below 10 good, above"
            + " 30 bad%s).%s",
        study,
        Double.isNaN(tolerance)
            ? ""
            : String.format(Locale.ROOT, " and %.1f %% of the tolerance", tolerance),
        rule,
        Double.isNaN(tolerance) ? "" : ", of either",
        merged ? " Appraisers and parts do not interact; that was merged into repeatability." : "");
  }

  private static Component component(
      String name, double[] estimate, double variance, double total, GaugePlan plan) {
    return new Component(
        name,
        variance,
        estimate[1],
        Math.max(variance, estimate[2]),
        100 * variance / total,
        100 * Math.sqrt(variance / total),
        ofTolerance(variance, plan));
  }

  private static double ofTolerance(double variance, GaugePlan plan) {
    return plan.tolerance().isPresent()
        ? 600 * Math.sqrt(variance) / plan.tolerance().getAsDouble()
        : Double.NaN;
  }

  private static double means(
      Balanced data, double[][] cell, double[] byAppraiser, double[] byPart) {
    int a = data.appraisers();
    int p = data.parts();
    double grand = 0;
    for (int i = 0; i < a; i++) {
      for (int j = 0; j < p; j++) {
        for (double v : data.values()[i][j]) {
          cell[i][j] += v / data.trials();
        }
        byAppraiser[i] += cell[i][j] / p;
        byPart[j] += cell[i][j] / a;
        grand += cell[i][j] / (a * p);
      }
    }
    return grand;
  }

  private static void needs(double squares, double grand) {
    if (!(squares > 1e-24 * Math.max(1e-300, grand * grand))) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "all measurements are "
              + (float) grand
              + ": nothing varies\nMaybe the gauge is stuck, or shows too few digits");
    }
  }

  private static Line line(String name, double squares, int free, double against, int of) {
    double f = squares / free / against;
    double p =
        Double.isNaN(f)
            ? Double.NaN
            : Double.isInfinite(f) ? 0 : 1 - new FDistribution(free, of).cumulativeProbability(f);
    return new Line(name, squares, free, f, p);
  }

  private static double square(double v) {
    return v * v;
  }
}
