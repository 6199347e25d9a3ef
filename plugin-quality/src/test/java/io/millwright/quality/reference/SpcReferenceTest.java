package io.millwright.quality.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millwright.api.Monitor;
import io.millwright.quality.Adjustment;
import io.millwright.quality.CapabilityPlan;
import io.millwright.quality.ChartConstants;
import io.millwright.quality.ChartPlan;
import io.millwright.quality.ChartPlan.Attribute;
import io.millwright.quality.ChartPoint;
import io.millwright.quality.ChartPoint.Track;
import io.millwright.quality.ControlChart;
import io.millwright.quality.GaugePlan;
import io.millwright.quality.GaugeStudies.Measurement;
import io.millwright.quality.GaugeStudy;
import io.millwright.quality.PhaseOne;
import io.millwright.quality.ProcessCapability;
import io.millwright.quality.Reading;
import io.millwright.quality.RunRules;
import io.millwright.quality.Spc;
import io.millwright.quality.internal.gauge.DefaultGaugeStudies;
import io.millwright.quality.internal.spc.DefaultSpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every limit, index and variance component of the reference cases. */
class SpcReferenceTest {

  private static final Spc SPC = new DefaultSpc(Clock.systemUTC());

  private static Path folder = Path.of("");
  private static Map<String, Object> expected = Map.of();

  @BeforeAll
  static void open() throws IOException {
    String data = System.getenv("MILLWRIGHT_DATA");
    assumeTrue(data != null, "MILLWRIGHT_DATA is not set");
    folder = Path.of(data, "spc-msa-reference");
    assumeTrue(Files.isDirectory(folder), folder + " is not there");
    expected = Json.object(Files.readString(folder.resolve("expected.json")));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> of(Object map, String key) {
    return (Map<String, Object>) ((Map<String, Object>) map).get(key);
  }

  private static void close(double value, Map<String, Object> of, String key) {
    close(value, (Double) of.get(key), key);
  }

  private static void close(double value, double due, String what) {
    assertThat(value).as(what).isCloseTo(due, within(1e-6 * Math.max(1e-3, Math.abs(due))));
  }

  private static List<String[]> rows(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file)).stream()
        .skip(1)
        .map(line -> line.split(","))
        .toList();
  }

  private static List<ChartPoint> run(ControlChart chart, List<Reading> readings) {
    List<ChartPoint> points = new ArrayList<>();
    try (Monitor<Reading, ChartPoint> monitor = SPC.monitor(chart)) {
      for (int i = 0; i < readings.size(); i++) {
        points.add(
            monitor
                .update("a", readings.get(i), Instant.EPOCH.plusSeconds(i))
                .orElseThrow()
                .value());
      }
    }
    return points;
  }

  private static List<Double> out(List<ChartPoint> points, String track) {
    List<Double> out = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      if (points.get(i).signals().stream().anyMatch(s -> s.track().equals(track))) {
        out.add(i + 1.0);
      }
    }
    return out;
  }

  @Test
  void pistonRings() throws IOException {
    Map<String, Object> due = of(expected, "pistonrings");
    List<Reading> readings = new ArrayList<>();
    List<Double> group = new ArrayList<>();
    for (String[] row : rows("pistonrings.csv")) {
      group.add(Double.valueOf(row[0]));
      if (group.size() == 5) {
        readings.add(new Reading.Values(group));
        group = new ArrayList<>();
      }
    }
    List<Reading> first = readings.subList(0, 25);
    for (ChartPlan.Spread spread : ChartPlan.Spread.values()) {
      boolean range = spread == ChartPlan.Spread.RANGE;
      String by = range ? "R" : "S";
      ControlChart chart = SPC.chart(new ChartPlan.Means(5, spread, RunRules.NONE), first);
      close(chart.centre(), due, "grand_mean");
      close(chart.sigma(), due, "sigma_by_" + by);
      List<ChartPoint> points = run(chart, readings);
      Track mean = points.get(0).tracks().get(0);
      Track spreads = points.get(0).tracks().get(1);
      close(mean.high(), due, "xbar_ucl_by_" + by);
      close(mean.low(), due, "xbar_lcl_by_" + by);
      close(spreads.centre(), due, range ? "rbar" : "sbar");
      close(spreads.high(), due, range ? "r_ucl" : "s_ucl");
      assertThat(spreads.low()).isZero();
      assertThat(out(points.subList(0, 25), "mean")).isEqualTo(due.get("phase1_out"));
      assertThat(out(points, "mean")).isEqualTo(due.get("phase2_out"));
      if (range) {
        close(0.1 / (6 * chart.sigma()), due, "cp_spec_73_95_74_05");
      }
    }
  }

  private static void counts(
      String name, Attribute attribute, List<Reading> readings, String centre) {
    Map<String, Object> due = of(expected, name);
    ChartPlan plan = new ChartPlan.Attributes(attribute, false, RunRules.NONE);
    PhaseOne<ControlChart> all = SPC.phaseOne(plan, new Adjustment.AsIs(), readings, 0);
    Track track = all.points().get(0).tracks().get(0);
    close(track.high(), due, "ucl");
    close(track.low(), due, "lcl");
    List<Double> out = out(all.points(), track.name());
    assertThat(out).isEqualTo(due.get("out"));
    if (due.containsKey("revised_ucl")) {
      PhaseOne<ControlChart> once = SPC.phaseOne(plan, new Adjustment.AsIs(), readings, 1);
      assertThat(once.removed()).hasSize(out.size());
      Track revised = once.points().get(0).tracks().get(0);
      close(revised.centre(), due, "revised_" + centre);
      close(revised.high(), due, "revised_ucl");
      close(revised.low(), due, "revised_lcl");
    }
    close(track.centre(), due, centre);
  }

  private static List<Reading> counts(String file, int found, int size, int phase)
      throws IOException {
    List<Reading> readings = new ArrayList<>();
    for (String[] row : rows(file)) {
      if (phase < 0 || row[phase].equals("1")) {
        readings.add(new Reading.Count(Long.parseLong(row[found]), Double.parseDouble(row[size])));
      }
    }
    return readings;
  }

  @Test
  void attributes() throws IOException {
    counts("orangejuice_p", Attribute.P, counts("orangejuice.csv", 1, 2, 3), "pbar");
    counts("circuit_c", Attribute.C, counts("circuit.csv", 0, 1, 2), "cbar");
    counts("pcmanufact_u", Attribute.U, counts("pcmanufact.csv", 0, 1, -1), "ubar");
  }

  @Test
  @SuppressWarnings("unchecked")
  void cusumAndEwma() throws IOException {
    Map<String, Object> due = of(expected, "cusum_ewma_montgomery");
    List<Reading> readings = new ArrayList<>();
    for (String[] row : rows("cusum_montgomery.csv")) {
      readings.add(Reading.of(Double.parseDouble(row[0])));
    }
    List<ChartPoint> cusum =
        run(ControlChart.given(new ChartPlan.Cusum(1, 0.5, 5, 0), 10, 1, Instant.EPOCH), readings);
    List<ChartPoint> ewma =
        run(
            ControlChart.given(new ChartPlan.Ewma(1, 0.1, 2.7, false), 10, 1, Instant.EPOCH),
            readings);
    for (int i = 0; i < readings.size(); i++) {
      close(cusum.get(i).tracks().get(0).value(), ((List<Double>) due.get("c_plus")).get(i), "C+");
      close(
          -cusum.get(i).tracks().get(1).value(), ((List<Double>) due.get("c_minus")).get(i), "C-");
      close(ewma.get(i).tracks().get(0).value(), ((List<Double>) due.get("ewma")).get(i), "z");
    }
    assertThat(out(cusum, "high").get(0)).isEqualTo(due.get("first_signal"));
    assertThat(out(ewma, "average").get(0)).isEqualTo(due.get("ewma_first_signal"));
    List<Double> limits = (List<Double>) due.get("ewma_limit_steady");
    // Given to five decimals, and to four.
    assertThat(ewma.get(29).tracks().get(0).low()).isCloseTo(limits.get(0), within(5e-6));
    assertThat(ewma.get(29).tracks().get(0).high()).isCloseTo(limits.get(1), within(5e-5));
    // The reference takes 2.66 from the book.
    ControlChart single =
        SPC.chart(
            new ChartPlan.Individuals(RunRules.NONE, ChartConstants.Digits.PRINTED), readings);
    List<ChartPoint> points = run(single, readings);
    close(points.get(1).tracks().get(1).centre(), due, "individuals_mr_bar");
    close(points.get(1).tracks().get(0).high(), due, "individuals_ucl");
  }

  @Test
  @SuppressWarnings("unchecked")
  void gauge() throws IOException {
    Map<String, Object> due = of(expected, "gauge_aiag");
    List<Measurement> measurements = new ArrayList<>();
    for (String[] row : rows("gauge_aiag.csv")) {
      measurements.add(new Measurement(row[0], row[1], Double.parseDouble(row[3])));
    }
    DefaultGaugeStudies gauge = new DefaultGaugeStudies();
    for (double above : new double[] {1, 0.25}) {
      GaugeStudy study =
          gauge.crossed(measurements, new GaugePlan(0.95, OptionalDouble.empty(), above));
      assertThat(study.merged()).isEqualTo(above < 1);
      List<Double> free = (List<Double>) due.get("df");
      double total = 0;
      List<String> names = List.of("part", "appraiser", "interaction", "error");
      for (int i = 0; i < 4; i++) {
        close(study.anova().get(i).squares(), of(due, "ss"), names.get(i));
        assertThat((double) study.anova().get(i).free()).isEqualTo(free.get(i));
        total += study.anova().get(i).squares();
      }
      close(total, of(due, "ss"), "total");
      close(study.anova().get(2).f(), due, "f_interaction");
      close(study.anova().get(2).p(), due, "p_interaction");
      Map<String, Object> part = of(due, above < 1 ? "pooled" : "with_interaction");
      for (GaugeStudy.Component c : study.components()) {
        close(c.variance(), part, c.name());
        assertThat(c.low()).isLessThanOrEqualTo(c.variance());
        assertThat(c.high()).isGreaterThanOrEqualTo(c.variance());
      }
      close(study.component("gauge").study(), part, "pct_study_gauge");
      close(study.component("gauge").contribution(), part, "pct_contribution_gauge");
      close(study.ndc(), part, "ndc");
    }
    var form = gauge.averageRange(measurements);
    Map<String, Object> ranges = of(due, "average_range");
    close(form.meanRange(), ranges, "rbarbar");
    close(form.appraiserDifference(), ranges, "xdiff");
    close(form.partRange(), ranges, "rp");
    // Given to five or six digits.
    assertThat(form.ev()).isCloseTo((Double) ranges.get("EV"), within(5e-7));
    assertThat(form.av()).isCloseTo((Double) ranges.get("AV"), within(5e-7));
    assertThat(form.grr()).isCloseTo((Double) ranges.get("GRR"), within(5e-7));
    assertThat(form.pv()).isCloseTo((Double) ranges.get("PV"), within(5e-5));
    assertThat(form.tv()).isCloseTo((Double) ranges.get("TV"), within(5e-6));
    assertThat(form.percentGrr()).isCloseTo((Double) ranges.get("pct_grr"), within(1e-4));
    assertThat(form.ndc()).isCloseTo((Double) ranges.get("ndc"), within(5e-5));
  }

  @Test
  @SuppressWarnings("unchecked")
  void bottles() throws IOException {
    Map<String, Object> due = of(expected, "capability_bottles");
    List<Double> values =
        rows("capability_bottles.csv").stream().map(r -> Double.valueOf(r[0])).toList();
    ProcessCapability c =
        SPC.capability(
            values, CapabilityPlan.between(740, 760).digits(ChartConstants.Digits.PRINTED));
    close(c.mean(), due, "mean");
    close(c.deviation(), due, "sd");
    close(c.within(), due, "sigma_mr");
    close(c.cp().orElseThrow().value(), due, "cp");
    close(c.cpk().orElseThrow().value(), due, "cpk");
    close(c.pp().orElseThrow().value(), due, "pp");
    close(c.ppk().value(), due, "ppk");
    List<Double> pp = (List<Double>) due.get("pp_ci95");
    List<Double> ppk = (List<Double>) due.get("ppk_ci95_bissell");
    // Printed to four or five decimals.
    assertThat(c.pp().orElseThrow().low()).isCloseTo(pp.get(0), within(5e-5));
    assertThat(c.pp().orElseThrow().high()).isCloseTo(pp.get(1), within(5e-6));
    assertThat(c.ppk().low()).isCloseTo(ppk.get(0), within(5e-6));
    assertThat(c.ppk().high()).isCloseTo(ppk.get(1), within(5e-6));
    assertThat(c.beyond()).isCloseTo((Double) due.get("ppm_normal"), within(5e-6));
  }
}
