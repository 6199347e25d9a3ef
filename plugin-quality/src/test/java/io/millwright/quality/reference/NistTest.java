package io.millwright.quality.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millwright.quality.Statistics;
import io.millwright.quality.internal.fit.DefaultStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Statistical Reference Datasets of NIST, to the digits that double precision can give. */
class NistTest {

  private static final Statistics STATISTICS = new DefaultStatistics();
  private static final double PI = Math.PI;

  private static List<String> lines(String name) throws IOException {
    String data = System.getenv("MILLWRIGHT_DATA");
    assumeTrue(data != null, "MILLWRIGHT_DATA is not set");
    Path file = Path.of(data, "nist-strd", name + ".dat");
    assumeTrue(Files.isRegularFile(file), file + " is not there");
    return Files.readAllLines(file);
  }

  /** The numbers of the data part. */
  private static List<double[]> data(List<String> lines) {
    int from = 0;
    for (String line : lines.subList(0, 15)) {
      Matcher m =
          Pattern.compile("Data\\s*:?\\s*\\(lines\\s+(\\d+)\\s+to\\s+(\\d+)\\)").matcher(line);
      if (m.find()) {
        from = Integer.parseInt(m.group(1));
      }
    }
    for (int i = 0; from == 0; i++) {
      from = lines.get(i).startsWith("-----") ? i + 2 : 0;
    }
    List<double[]> rows = new ArrayList<>();
    for (String line : lines.subList(from - 1, lines.size())) {
      if (!line.isBlank()) {
        rows.add(
            Arrays.stream(line.trim().split("\\s+")).mapToDouble(Double::parseDouble).toArray());
      }
    }
    return rows;
  }

  /** How many digits agree. */
  private static double digits(double value, double due) {
    if (value == due) {
      return 16;
    }
    return -Math.log10(Math.abs(value - due) / (due == 0 ? 1 : Math.abs(due)));
  }

  private static void agree(double value, double due, double digits, String what) {
    assertThat(digits(value, due))
        .as("%s: %s for %s", what, value, due)
        .isGreaterThanOrEqualTo(digits);
  }

  private static double last(List<String> lines, String name) {
    for (String line : lines) {
      if (line.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT))) {
        Matcher m =
            Pattern.compile("([-+]?\\d[\\d.]*(?:[eE][-+]?\\d+)?)\\s*(\\(exact\\))?\\s*$")
                .matcher(line);
        if (m.find()) {
          return Double.parseDouble(m.group(1));
        }
      }
    }
    throw new AssertionError("no line with " + name);
  }

  @ParameterizedTest
  @CsvSource({
    "Lew, 13, 13", "Lottery, 13, 13", "Mavro, 13, 12.5", "Michelso, 13, 13",
    "NumAcc1, 13, 13", "NumAcc2, 13, 13", "NumAcc3, 13, 8", "NumAcc4, 13, 8"
  })
  void summaries(String name, double meanDigits, double otherDigits) throws IOException {
    List<String> lines = lines(name);
    Statistics.Summary s =
        STATISTICS.summary(data(lines).stream().map(row -> row[row.length - 1]).toList());
    agree(s.mean(), last(lines, "Sample Mean"), meanDigits, "mean");
    agree(s.deviation(), last(lines, "Standard Deviation"), otherDigits, "deviation");
    agree(s.autocorrelation(), last(lines, "Autocorrelation"), Math.min(8, otherDigits), "lag 1");
  }

  private record Certified(List<double[]> parameters, double residual) {}

  private static Certified certified(List<String> lines) {
    List<double[]> parameters = new ArrayList<>();
    double residual = Double.NaN;
    Pattern line = Pattern.compile("^\\s*[bB]\\(?\\d+\\)?\\s*=?\\s+([-+\\d.eE\\s]+)$");
    for (String text : lines.subList(0, Math.min(60, lines.size()))) {
      Matcher m = line.matcher(text);
      if (m.find()) {
        parameters.add(
            Arrays.stream(m.group(1).trim().split("\\s+"))
                .mapToDouble(Double::parseDouble)
                .toArray());
      }
      if (text.toLowerCase(Locale.ROOT).contains("standard deviation") && Double.isNaN(residual)) {
        Matcher n = Pattern.compile("(\\d[\\d.]*(?:[eE][-+]?\\d+)?)\\s*$").matcher(text);
        if (n.find()) {
          residual = Double.parseDouble(n.group(1));
        }
      }
    }
    return new Certified(parameters, residual);
  }

  @ParameterizedTest
  @CsvSource({
    "Norris, 1, 11, 11",
    "Pontius, 2, 11, 10",
    "NoInt1, 0, 11, 11",
    "Longley, -1, 9, 9",
    "Wampler1, 5, 7, 9",
    "Wampler3, 5, 7, 9"
  })
  void regressions(String name, int degree, double digits, double errorDigits) throws IOException {
    List<String> lines = lines(name);
    Certified due = certified(lines);
    List<List<Double>> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (double[] row : data(lines)) {
      List<Double> inputs = new ArrayList<>();
      if (degree == 0) {
        inputs.add(row[1]);
      } else if (degree < 0) {
        inputs.add(1.0);
        Arrays.stream(row).skip(1).forEach(inputs::add);
      } else {
        for (int d = 0; d <= degree; d++) {
          inputs.add(Math.pow(row[1], d));
        }
      }
      x.add(inputs);
      y.add(row[0]);
    }
    Statistics.Fit fit = STATISTICS.regression(x, y);
    assertThat(due.parameters()).hasSize(fit.coefficients().size());
    for (int j = 0; j < fit.coefficients().size(); j++) {
      double[] p = due.parameters().get(j);
      agree(fit.coefficients().get(j), p[0], digits, "b" + j);
      if (p.length > 1 && p[1] > 0) {
        agree(fit.errors().get(j), p[1], errorDigits, "error of b" + j);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"SiRstvt, 9", "SmLs01t, 9", "SmLs02t, 9", "SmLs04t, 9", "SmLs05t, 9", "SmLs07t, 2"})
  void analyses(String name, double digits) throws IOException {
    List<String> lines = lines(name);
    Map<Integer, List<Double>> groups = new LinkedHashMap<>();
    List<double[]> rows = data(lines);
    for (double[] row : rows) {
      for (int k = 0; k < row.length; k++) {
        groups.computeIfAbsent(k, g -> new ArrayList<>()).add(row[k]);
      }
    }
    Statistics.Anova a = STATISTICS.anova(List.copyOf(groups.values()));
    double[] between = table(lines, "Between");
    double[] within = table(lines, "Within");
    assertThat((double) a.betweenFree()).isEqualTo(between[0]);
    assertThat((double) a.withinFree()).isEqualTo(within[0]);
    agree(a.betweenSquares(), between[1], digits, "between");
    agree(a.withinSquares(), within[1], digits, "within");
    agree(a.f(), between[3], digits, "F");
    agree(a.rSquared(), last(lines, "Certified R-Squared"), digits, "R2");
  }

  private static double[] table(List<String> lines, String name) {
    for (String line : lines) {
      if (line.trim().startsWith(name)) {
        double[] found =
            Arrays.stream(line.trim().split("\\s+"))
                .filter(word -> word.matches("[-+]?\\d[\\d.]*([eE][-+]?\\d+)?"))
                .mapToDouble(Double::parseDouble)
                .toArray();
        if (found.length >= 3) {
          return found;
        }
      }
    }
    throw new AssertionError("no table line " + name);
  }

  private static final Map<String, ToDoubleBiFunction<List<Double>, List<Double>>> CURVES =
      Map.ofEntries(
          Map.entry("Bennett5", (b, x) -> b.get(0) * Math.pow(b.get(1) + x.get(0), -1 / b.get(2))),
          Map.entry(
              "Chwirut2",
              (b, x) -> Math.exp(-b.get(0) * x.get(0)) / (b.get(1) + b.get(2) * x.get(0))),
          Map.entry("DanWood", (b, x) -> b.get(0) * Math.pow(x.get(0), b.get(1))),
          Map.entry("ENSO", (b, x) -> enso(b, x.get(0))),
          Map.entry("Gauss1", (b, x) -> gauss(b, x.get(0))),
          Map.entry("Gauss2", (b, x) -> gauss(b, x.get(0))),
          Map.entry("Hahn1", (b, x) -> ratio(b, 4, x.get(0))),
          Map.entry("Kirby2", (b, x) -> ratio(b, 3, x.get(0))),
          Map.entry(
              "Lanczos3",
              (b, x) ->
                  b.get(0) * Math.exp(-b.get(1) * x.get(0))
                      + b.get(2) * Math.exp(-b.get(3) * x.get(0))
                      + b.get(4) * Math.exp(-b.get(5) * x.get(0))),
          Map.entry(
              "MGH09",
              (b, x) ->
                  b.get(0)
                      * (x.get(0) * x.get(0) + x.get(0) * b.get(1))
                      / (x.get(0) * x.get(0) + x.get(0) * b.get(2) + b.get(3))),
          Map.entry(
              "MGH17",
              (b, x) ->
                  b.get(0)
                      + b.get(1) * Math.exp(-x.get(0) * b.get(3))
                      + b.get(2) * Math.exp(-x.get(0) * b.get(4))),
          Map.entry("Misra1a", (b, x) -> b.get(0) * (1 - Math.exp(-b.get(1) * x.get(0)))),
          Map.entry(
              "Misra1c", (b, x) -> b.get(0) * (1 - 1 / Math.sqrt(1 + 2 * b.get(1) * x.get(0)))),
          Map.entry("Rat42", (b, x) -> b.get(0) / (1 + Math.exp(b.get(1) - b.get(2) * x.get(0)))),
          Map.entry("Thurber", (b, x) -> ratio(b, 4, x.get(0))));

  private static double enso(List<Double> b, double x) {
    double y =
        b.get(0) + b.get(1) * Math.cos(2 * PI * x / 12) + b.get(2) * Math.sin(2 * PI * x / 12);
    for (int k = 3; k < 9; k += 3) {
      y += b.get(k + 1) * Math.cos(2 * PI * x / b.get(k));
      y += b.get(k + 2) * Math.sin(2 * PI * x / b.get(k));
    }
    return y;
  }

  private static double gauss(List<Double> b, double x) {
    double y = b.get(0) * Math.exp(-b.get(1) * x);
    for (int k = 2; k < 8; k += 3) {
      double z = (x - b.get(k + 1)) / b.get(k + 2);
      y += b.get(k) * Math.exp(-z * z);
    }
    return y;
  }

  private static double ratio(List<Double> b, int above, double x) {
    double up = 0;
    double down = 1;
    for (int k = 0; k < above; k++) {
      up += b.get(k) * Math.pow(x, k);
    }
    for (int k = above; k < b.size(); k++) {
      down += b.get(k) * Math.pow(x, k - above + 1);
    }
    return up / down;
  }

  @ParameterizedTest
  @CsvSource({
    "Bennett5, 4", "Chwirut2, 6", "DanWood, 6", "ENSO, 4", "Gauss1, 6", "Gauss2, 6", "Hahn1, 6",
    "Kirby2, 6", "Lanczos3, 4", "MGH09, 4", "MGH17, 4", "Misra1a, 6", "Misra1c, 6", "Rat42, 6",
    "Thurber, 4"
  })
  void curves(String name, double digits) throws IOException {
    List<String> lines = lines(name);
    Certified due = certified(lines);
    List<List<Double>> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (double[] row : data(lines)) {
      x.add(List.of(row[1]));
      y.add(row[0]);
    }
    Statistics.Fit fit =
        STATISTICS.curve(
            java.util.Objects.requireNonNull(CURVES.get(name)),
            x,
            y,
            due.parameters().stream().map(p -> p[1]).toList());
    for (int j = 0; j < fit.coefficients().size(); j++) {
      agree(fit.coefficients().get(j), due.parameters().get(j)[2], digits, "b" + (j + 1));
      agree(fit.errors().get(j), due.parameters().get(j)[3], digits - 2, "error of b" + (j + 1));
    }
  }
}
