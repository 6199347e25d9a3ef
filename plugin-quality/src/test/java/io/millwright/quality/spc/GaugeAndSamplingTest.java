package io.millwright.quality.spc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.MillwrightException;
import io.millwright.quality.AcceptancePlan;
import io.millwright.quality.Agreement;
import io.millwright.quality.GaugePlan;
import io.millwright.quality.GaugeStudies.Measurement;
import io.millwright.quality.GaugeStudies.Rating;
import io.millwright.quality.GaugeStudy;
import io.millwright.quality.SamplingPlans;
import io.millwright.quality.SamplingPlans.Level;
import io.millwright.quality.SamplingPlans.OcPoint;
import io.millwright.quality.SamplingPlans.Risks;
import io.millwright.quality.internal.gauge.DefaultGaugeStudies;
import io.millwright.quality.internal.sampling.DefaultSamplingPlans;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaugeAndSamplingTest {

  private static final DefaultGaugeStudies GAUGE = new DefaultGaugeStudies();
  private static final SamplingPlans SAMPLING = new DefaultSamplingPlans();

  /** AIAG, Measurement Systems Analysis, 4th edition, table III-B.6: by appraiser and trial. */
  private static final double[][] AIAG = {
    {0.29, -0.56, 1.34, 0.47, -0.80, 0.02, 0.59, -0.31, 2.26, -1.36},
    {0.41, -0.68, 1.17, 0.50, -0.92, -0.11, 0.75, -0.20, 1.99, -1.25},
    {0.64, -0.58, 1.27, 0.64, -0.84, -0.21, 0.66, -0.17, 2.01, -1.31},
    {0.08, -0.47, 1.19, 0.01, -0.56, -0.20, 0.47, -0.63, 1.80, -1.68},
    {0.25, -1.22, 0.94, 1.03, -1.20, 0.22, 0.55, 0.08, 2.12, -1.62},
    {0.07, -0.68, 1.34, 0.20, -1.28, 0.06, 0.83, -0.34, 2.19, -1.50},
    {0.04, -1.38, 0.88, 0.14, -1.46, -0.29, 0.02, -0.46, 1.77, -1.49},
    {-0.11, -1.13, 1.09, 0.20, -1.07, -0.67, 0.01, -0.56, 1.45, -1.77},
    {-0.15, -0.96, 0.67, 0.11, -1.45, -0.49, 0.21, -0.49, 1.87, -2.16}
  };

  private static List<Measurement> aiag() {
    List<Measurement> all = new ArrayList<>();
    for (int row = 0; row < 9; row++) {
      for (int part = 0; part < 10; part++) {
        all.add(new Measurement("p" + part, "a" + row / 3, AIAG[row][part]));
      }
    }
    return all;
  }

  @Test
  void theStudyOfTheManual() {
    GaugeStudy study = GAUGE.crossed(aiag(), GaugePlan.standard());
    assertThat(study.merged()).isTrue();
    // Printed in the manual: sums of squares 88.3619, 3.1673, 0.3590, 2.7589; gauge 27.9 %.
    double[] squares = {88.3619, 3.1673, 0.3590, 2.7589};
    for (int i = 0; i < 4; i++) {
      assertThat(study.anova().get(i).squares()).isCloseTo(squares[i], within(5e-5));
    }
    assertThat(study.anova().get(2).f()).isCloseTo(0.434, within(5e-4));
    assertThat(study.component("repeatability").variance()).isCloseTo(0.03997, within(5e-6));
    assertThat(study.component("appraiser").variance()).isCloseTo(0.05146, within(5e-6));
    assertThat(study.component("part").variance()).isCloseTo(1.08645, within(5e-6));
    assertThat(study.component("gauge").study()).isCloseTo(27.86, within(5e-3));
    assertThat((int) study.ndc()).isEqualTo(4);
    var form = GAUGE.averageRange(aiag());
    assertThat(form.ev()).isCloseTo(0.2019, within(5e-5));
    assertThat(form.av()).isCloseTo(0.2297, within(5e-5));
    assertThat(form.grr()).isCloseTo(0.3058, within(5e-5));
    assertThat(form.percentGrr()).isCloseTo(26.7, within(0.05));
  }

  @Test
  void theWorseOfStudyAndToleranceJudgesTheGauge() {
    // The gauge of the manual has a deviation of 0.302: 27.9 % of the study.
    assertThat(GAUGE.crossed(aiag(), GaugePlan.standard()).words()).contains("may do");
    GaugePlan narrow = new GaugePlan(0.95, OptionalDouble.of(3), 0.25);
    assertThat(GAUGE.crossed(aiag(), narrow).words())
        .contains("60.5 % of the tolerance")
        .contains("needs to be better");
    GaugePlan wide = new GaugePlan(0.95, OptionalDouble.of(100), 0.25);
    assertThat(GAUGE.crossed(aiag(), wide).words())
        .contains("1.8 % of the tolerance")
        .contains("may do");
  }

  @Test
  void intervalsOfComponentsCoverTheTruth() {
    Random random = new Random(2);
    Map<String, Integer> covered = new HashMap<>();
    int runs = 400;
    for (int r = 0; r < runs; r++) {
      List<Measurement> crossed = new ArrayList<>();
      List<Measurement> nested = new ArrayList<>();
      double[] part = random.doubles(10).map(u -> 2 * random.nextGaussian()).toArray();
      for (int a = 0; a < 6; a++) {
        double who = 0.7 * random.nextGaussian();
        for (int p = 0; p < 10; p++) {
          double both = 0.5 * random.nextGaussian();
          double own = 2 * random.nextGaussian();
          for (int k = 0; k < 3; k++) {
            crossed.add(
                new Measurement("p" + p, "a" + a, part[p] + who + both + random.nextGaussian()));
            nested.add(new Measurement(a + "p" + p, "a" + a, own + who + random.nextGaussian()));
          }
        }
      }
      GaugeStudy c = GAUGE.crossed(crossed, new GaugePlan(0.9, OptionalDouble.empty(), 1));
      count(covered, c, "repeatability", 1);
      count(covered, c, "part", 4);
      count(covered, c, "gauge", 0.49 + 0.25 + 1);
      GaugeStudy n = GAUGE.nested(nested, new GaugePlan(0.9, OptionalDouble.empty(), 1));
      GaugeStudy.Component p = n.component("part");
      covered.merge("nested part", p.low() <= 4 && 4 <= p.high() ? 1 : 0, Integer::sum);
    }
    covered.forEach((k, v) -> assertThat((double) v / runs).as(k).isBetween(0.85, 0.95));
  }

  private static void count(
      Map<String, Integer> covered, GaugeStudy study, String name, double truth) {
    GaugeStudy.Component c = study.component(name);
    covered.merge(name, c.low() <= truth && truth <= c.high() ? 1 : 0, Integer::sum);
  }

  @Test
  void unbalancedAndMissingStudiesAreRefused() {
    List<Measurement> same = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      same.add(new Measurement("p" + i % 5, "a" + i / 5 % 3, 6.9));
    }
    assertThatThrownBy(() -> GAUGE.crossed(same, GaugePlan.standard()))
        .hasMessageContaining("all measurements are 6.9:");
    List<Measurement> less = new ArrayList<>(aiag());
    less.remove(17);
    assertThatThrownBy(() -> GAUGE.crossed(less, GaugePlan.standard()))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("part p7");
    List<Measurement> odd = new ArrayList<>(aiag());
    odd.set(3, new Measurement("p3", "a0", Double.NaN));
    assertThatThrownBy(() -> GAUGE.crossed(odd, GaugePlan.standard()))
        .hasMessageContaining("measurement 4");
    assertThatThrownBy(() -> GAUGE.crossed(aiag().subList(0, 20), GaugePlan.standard()))
        .isInstanceOf(MillwrightException.class);
  }

  /** Fleiss (1971), as widely reprinted: ten subjects, fourteen raters, five classes: 0.210. */
  @Test
  void kappaOfTheTextbook() {
    int[][] counts = {
      {0, 0, 0, 0, 14}, {0, 2, 6, 4, 2}, {0, 0, 3, 5, 6}, {0, 3, 9, 2, 0}, {2, 2, 8, 1, 1},
      {7, 7, 0, 0, 0}, {3, 2, 6, 3, 0}, {2, 5, 3, 2, 2}, {6, 5, 2, 1, 0}, {0, 2, 2, 3, 7}
    };
    List<Rating> ratings = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int rater = 0;
      for (int c = 0; c < 5; c++) {
        for (int k = 0; k < counts[i][c]; k++) {
          ratings.add(new Rating("s" + i, "r" + rater++, "c" + c));
        }
      }
    }
    Agreement agreement = GAUGE.agreement(ratings, Map.of(), 0.95);
    assertThat(agreement.kappas().get(0).value()).isCloseTo(0.210, within(5e-4));
    // Cohen's example: 20, 5, 10, 15 of 50 has kappa 0.4.
    List<Rating> two = new ArrayList<>();
    Map<String, String> truth = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      two.add(new Rating("s" + i, "a", i < 25 ? "yes" : "no"));
      truth.put("s" + i, i < 20 || (i >= 25 && i < 35) ? "yes" : "no");
    }
    Agreement cohen = GAUGE.agreement(two, truth, 0.95);
    assertThat(cohen.kappas().get(0).value()).isCloseTo(0.4, within(1e-12));
    assertThat(cohen.shares().get(0).agreed()).isEqualTo(35);
    assertThat(cohen.shares().get(0).low()).isCloseTo(0.5539, within(5e-4));
    assertThat(cohen.shares().get(0).high()).isCloseTo(0.8214, within(5e-4));
  }

  /** Rows of ISO 2859-1, tables 1, 2-A and 2-B, as widely reprinted. */
  @ParameterizedTest
  @CsvSource({
    "2000, II, 0.65, false, 125, 2",
    "2000, II, 0.65, true, 125, 1",
    "1000, II, 1.0, false, 80, 2",
    "1000, II, 1.0, true, 80, 1",
    "1000, II, 0.10, false, 125, 0",
    "1000, II, 0.25, false, 50, 0",
    "1000, II, 0.40, false, 125, 1",
    "1000, II, 2.5, false, 80, 5",
    "1000, II, 2.5, true, 80, 3",
    "1000, II, 4.0, false, 80, 7",
    "1000, II, 6.5, false, 80, 10",
    "1000, II, 10, false, 80, 14",
    "1000, II, 10, true, 80, 12",
    "1000, II, 15, false, 80, 21",
    "1000, II, 25, false, 50, 21",
    "500, I, 1.5, false, 32, 1",
    "100, III, 4.0, false, 32, 3",
    "5000, S3, 1.0, false, 13, 0",
    "20, II, 6.5, false, 8, 1",
    "40000, II, 1.0, false, 500, 10"
  })
  void iso2859(long lot, Level level, double aql, boolean tightened, int n, int c) {
    AcceptancePlan.Attributes plan = SAMPLING.iso2859(lot, level, aql, tightened);
    assertThat(plan.sample()).isEqualTo(n);
    assertThat(plan.accept()).isEqualTo(c);
  }

  @Test
  void aPlanThatCountsDefectsIsNoneOfDefectiveParts() {
    // ISO 2859-1, table 2-A: five parts with up to 44 defects.
    assertThatThrownBy(() -> SAMPLING.iso2859(2000, Level.II, 650, false))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContainingAll("5 parts with up to 44 defects", "defects per 100 parts");
  }

  @Test
  void ofAnUnbalancedStudyThoseAreNamedThatDiffer() {
    List<Measurement> once = new ArrayList<>(aiag());
    once.add(once.get(0));
    assertThatThrownBy(() -> GAUGE.crossed(once, GaugePlan.standard()))
        .hasMessageContaining("was measured 4 times, but others 3")
        .hasMessageNotContainingAny("problems");
  }

  @Test
  void plansByRiskKeepThem() {
    Risks risks = new Risks(0.01, 0.05, 0.06, 0.10);
    // The nomograph of Montgomery (2013), section 15.2, gives n = 89 and c = 2, which accepts 93.97
    // instead of 95 %; to keep both risks takes one defective more.
    AcceptancePlan.Attributes a = SAMPLING.attributes(risks);
    assertThat(a.accept()).isEqualTo(3);
    List<OcPoint> kept = SAMPLING.curve(a, 0, List.of(0.01, 0.06));
    assertThat(kept.get(0).accepted()).isGreaterThanOrEqualTo(0.95);
    assertThat(kept.get(1).accepted()).isLessThanOrEqualTo(0.10);
    AcceptancePlan fewer = new AcceptancePlan.Attributes(a.sample() - 1, 3);
    assertThat(SAMPLING.curve(fewer, 0, List.of(0.06)).get(0).accepted()).isGreaterThan(0.10);
    for (boolean known : new boolean[] {true, false}) {
      AcceptancePlan.Variables v = SAMPLING.variables(risks, known);
      List<OcPoint> oc = SAMPLING.curve(v, 0, List.of(0.01, 0.06));
      assertThat(oc.get(0).accepted()).isGreaterThanOrEqualTo(0.95 - 1e-6);
      assertThat(oc.get(1).accepted()).isLessThanOrEqualTo(0.10 + 1e-6);
      assertThat(v.sample()).isLessThan(a.sample());
      AcceptancePlan less = new AcceptancePlan.Variables(v.sample() - 1, v.k(), known);
      List<OcPoint> worse = SAMPLING.curve(less, 0, List.of(0.01, 0.06));
      assertThat(worse.get(0).accepted() < 0.95 || worse.get(1).accepted() > 0.10).isTrue();
    }
    AcceptancePlan.Variables iso = SAMPLING.iso3951(1000, Level.II, 1.0, false, false);
    // ISO 3951-1 code J, AQL 1.0, s method: n about 35, k about 1.89.
    assertThat(iso.sample()).isBetween(25, 45);
    assertThat(iso.k()).isCloseTo(1.89, within(0.08));
  }

  /** Montgomery (2013), table 15.3 and example: n = 89, c = 2, N = 10,000. */
  @Test
  void operatingCharacteristicsOfTheTextbook() {
    AcceptancePlan plan = new AcceptancePlan.Attributes(89, 2);
    double[] shares = {0.005, 0.01, 0.02, 0.03, 0.05};
    double[] accepted = {0.9897, 0.9397, 0.7366, 0.4985, 0.1721};
    List<OcPoint> oc = SAMPLING.curve(plan, 0, List.of(0.005, 0.01, 0.02, 0.03, 0.05));
    for (int i = 0; i < shares.length; i++) {
      assertThat(oc.get(i).accepted()).isCloseTo(accepted[i], within(1e-4));
    }
    OcPoint lot = SAMPLING.curve(plan, 10_000, List.of(0.01)).get(0);
    assertThat(lot.inspected()).isCloseTo(687, within(10.0));
    assertThatThrownBy(() -> SAMPLING.curve(plan, 50, List.of(0.01)))
        .isInstanceOf(MillwrightException.class);
    assertThatThrownBy(() -> SAMPLING.iso2859(1000, Level.II, 0.7, false))
        .hasMessageContaining("0.7");
  }

  @Test
  void variablesPlansAcceptAsSimulated() {
    Random random = new Random(4);
    int accepted = 0;
    int runs = 20_000;
    for (int r = 0; r < runs; r++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < 15; i++) {
        double x = random.nextGaussian();
        sum += x;
        squares += x * x;
      }
      double s = Math.sqrt((squares - sum * sum / 15) / 14);
      // Upper limit at the quantile of 2 % beyond: 2.05375.
      accepted += 2.05375 - sum / 15 >= 1.7 * s ? 1 : 0;
    }
    double oc =
        SAMPLING
            .curve(new AcceptancePlan.Variables(15, 1.7, false), 0, List.of(0.02))
            .get(0)
            .accepted();
    assertThat(oc).isCloseTo((double) accepted / runs, within(0.012));
  }
}
