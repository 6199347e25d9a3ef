package io.millwright.quality.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.quality.Statistics;
import io.millwright.quality.internal.fit.DefaultStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Those of the Statistical Reference Datasets of NIST (https://www.itl.nist.gov/div898/strd) that
 * are short or drawn by a formula, with their certified values, so that they hold without any data
 * folder.
 */
class CertifiedTest {

  private static final Statistics STATISTICS = new DefaultStatistics();

  private static void agree(double value, double due, double digits, String what) {
    double found = value == due ? 16 : -Math.log10(Math.abs(value - due) / Math.abs(due));
    assertThat(found).as("%s: %s for %s", what, value, due).isGreaterThanOrEqualTo(digits);
  }

  @ParameterizedTest
  @CsvSource({
    "NumAcc1, 10000002, 1, -0.5, 13",
    "NumAcc2, 1.2, 0.1, -0.999, 12",
    "NumAcc3, 1000000.2, 0.1, -0.999, 8",
    "NumAcc4, 10000000.2, 0.1, -0.999, 8"
  })
  void summaries(String name, double mean, double deviation, double lag, double digits) {
    List<Double> values = new ArrayList<>();
    if (name.equals("NumAcc1")) {
      values.addAll(List.of(10000001.0, 10000003.0, 10000002.0));
    } else {
      values.add(mean);
      for (int i = 0; i < 500; i++) {
        // As printed in the file: 1000000.1, 1000000.3, ...
        values.add(Math.round(10 * mean - 1) / 10.0);
        values.add(Math.round(10 * mean + 1) / 10.0);
      }
    }
    Statistics.Summary s = STATISTICS.summary(values);
    agree(s.mean(), mean, 13, "mean");
    agree(s.deviation(), deviation, digits, "deviation");
    agree(s.autocorrelation(), lag, 8, "autocorrelation");
  }

  private static void fit(
      Statistics.Fit fit, double[] due, double[] errors, double digits, double errorDigits) {
    assertThat(fit.coefficients()).hasSameSizeAs(Arrays.asList(box(due)));
    for (int j = 0; j < due.length; j++) {
      agree(fit.coefficients().get(j), due[j], digits, "b" + j);
      if (errors.length > 0) {
        agree(fit.errors().get(j), errors[j], errorDigits, "error of b" + j);
      }
    }
  }

  private static Double[] box(double[] values) {
    return Arrays.stream(values).boxed().toArray(Double[]::new);
  }

  @Test
  void aLineWithoutIntercept() {
    List<List<Double>> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int i = 0; i <= 10; i++) {
      x.add(List.of(60.0 + i));
      y.add(130.0 + i);
    }
    fit(
        STATISTICS.regression(x, y),
        new double[] {2.07438016528926},
        new double[] {0.165289256198347e-01},
        11,
        11);
  }

  @Test
  void aPolynomialOfDegreeFive() {
    List<List<Double>> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int i = 0; i <= 20; i++) {
      List<Double> powers = new ArrayList<>();
      double sum = 0;
      for (int d = 0; d <= 5; d++) {
        powers.add(Math.pow(i, d));
        sum += Math.pow(i, d);
      }
      x.add(powers);
      y.add(sum);
    }
    fit(STATISTICS.regression(x, y), new double[] {1, 1, 1, 1, 1, 1}, new double[0], 7, 0);
  }

  /** Longley (1967): employment, nearly collinear. */
  private static final double[][] LONGLEY = {
    {60323, 83.0, 234289, 2356, 1590, 107608, 1947},
    {61122, 88.5, 259426, 2325, 1456, 108632, 1948},
    {60171, 88.2, 258054, 3682, 1616, 109773, 1949},
    {61187, 89.5, 284599, 3351, 1650, 110929, 1950},
    {63221, 96.2, 328975, 2099, 3099, 112075, 1951},
    {63639, 98.1, 346999, 1932, 3594, 113270, 1952},
    {64989, 99.0, 365385, 1870, 3547, 115094, 1953},
    {63761, 100.0, 363112, 3578, 3350, 116219, 1954},
    {66019, 101.2, 397469, 2904, 3048, 117388, 1955},
    {67857, 104.6, 419180, 2822, 2857, 118734, 1956},
    {68169, 108.4, 442769, 2936, 2798, 120445, 1957},
    {66513, 110.8, 444546, 4681, 2637, 121950, 1958},
    {68655, 112.6, 482704, 3813, 2552, 123366, 1959},
    {69564, 114.2, 502601, 3931, 2514, 125368, 1960},
    {69331, 115.7, 518173, 4806, 2572, 127852, 1961},
    {70551, 116.9, 554894, 4007, 2827, 130081, 1962}
  };

  @Test
  void nearlyCollinearInputs() {
    List<List<Double>> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (double[] row : LONGLEY) {
      List<Double> inputs = new ArrayList<>(List.of(1.0));
      Arrays.stream(row).skip(1).forEach(inputs::add);
      x.add(inputs);
      y.add(row[0]);
    }
    fit(
        STATISTICS.regression(x, y),
        new double[] {
          -3482258.63459582,
          15.0618722713733,
          -0.358191792925910e-01,
          -2.02022980381683,
          -1.03322686717359,
          -0.511041056535807e-01,
          1829.15146461355
        },
        new double[] {
          890420.383607373,
          84.9149257747669,
          0.334910077722432e-01,
          0.488399681651699,
          0.214274163161675,
          0.226073200069370,
          455.478499142212
        },
        9,
        9);
  }

  @ParameterizedTest
  @CsvSource({"1, 9", "1000001, 9", "1000000000001, 2"}) // SmLs01, SmLs04, SmLs07
  void analysesOfVariance(double base, double digits) {
    double[] of = {0, -0.1, 0.1, -0.1, 0.1, -0.1, 0.1, -0.1, 0.1};
    List<List<Double>> groups = new ArrayList<>();
    for (double effect : of) {
      List<Double> group = new ArrayList<>();
      for (int i = 0; i < 21; i++) {
        double noise = i == 0 ? 0 : i % 2 == 1 ? -0.1 : 0.1;
        group.add((Math.rint(10 * (base + 0.4 + effect + noise))) / 10);
      }
      groups.add(group);
    }
    Statistics.Anova a = STATISTICS.anova(groups);
    assertThat(a.betweenFree()).isEqualTo(8);
    assertThat(a.withinFree()).isEqualTo(180);
    agree(a.betweenSquares(), 1.68, digits, "between");
    agree(a.withinSquares(), 1.8, digits, "within");
    agree(a.f(), 21, digits, "F");
    agree(a.rSquared(), 0.482758620689655, digits, "R2");
  }

  /** Daniel and Wood (1980): radiated energy of a carbon filament. */
  @Test
  void aPowerCurve() {
    double[] x = {1.309, 1.471, 1.490, 1.565, 1.611, 1.680};
    Statistics.Fit fit =
        STATISTICS.curve(
            (b, row) -> b.get(0) * Math.pow(row.get(0), b.get(1)),
            Arrays.stream(x).mapToObj(List::of).toList(),
            List.of(2.138, 3.421, 3.597, 4.340, 4.882, 5.660),
            List.of(1.0, 5.0));
    fit(
        fit,
        new double[] {7.6886226176e-01, 3.8604055871},
        new double[] {1.8281973860e-02, 5.1726610913e-02},
        6,
        4);
  }
}
