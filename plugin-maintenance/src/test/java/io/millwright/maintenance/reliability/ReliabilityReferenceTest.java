package io.millwright.maintenance.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millwright.maintenance.CompetingModes;
import io.millwright.maintenance.Life;
import io.millwright.maintenance.LifeFit;
import io.millwright.maintenance.LifeFit.Estimate;
import io.millwright.maintenance.LifeLaw;
import io.millwright.maintenance.LifePlan;
import io.millwright.maintenance.LifeRegression;
import io.millwright.maintenance.Reliability;
import io.millwright.maintenance.RepairHistory;
import io.millwright.maintenance.RepairableFit;
import io.millwright.maintenance.internal.reliability.DefaultReliability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every estimate and log-likelihood of the reference cases. */
class ReliabilityReferenceTest {

  private static final Reliability RELIABILITY = new DefaultReliability();

  private static Path folder = Path.of("");
  private static Map<String, Object> expected = Map.of();

  @BeforeAll
  static void open() throws IOException {
    String data = System.getenv("MILLWRIGHT_DATA");
    assumeTrue(data != null, "MILLWRIGHT_DATA is not set");
    folder = Path.of(data, "reliability-life-data");
    assumeTrue(Files.isDirectory(folder), folder + " is not there");
    expected = Json.object(Files.readString(folder.resolve("expected.json")));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> of(String key) {
    return (Map<String, Object>) expected.get(key);
  }

  private static void close(double value, Map<String, Object> of, String key) {
    double due = (Double) of.get(key);
    assertThat(value).as(key).isCloseTo(due, within(1e-4 * Math.abs(due)));
  }

  /** Within 1e-6, or to the last of nine printed digits where that is coarser. */
  private static void likely(double value, Map<String, Object> of) {
    double due = (Double) of.get("loglik");
    assertThat(value).as("loglik").isCloseTo(due, within(1e-6 * Math.abs(due)));
  }

  private static List<String[]> rows(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file)).stream()
        .skip(1)
        .map(line -> line.replace("\"", "").split(","))
        .toList();
  }

  private static List<Life> lives(String file, int time, int status) throws IOException {
    List<Life> lives = new ArrayList<>();
    for (String[] row : rows(file)) {
      double t = Double.parseDouble(row[time]);
      lives.add(status < 0 || row[status].equals("1") ? Life.failed(t) : Life.running(t));
    }
    return lives;
  }

  private static LifeFit fit(List<Life> lives, LifeLaw law) {
    LifeFit fit = RELIABILITY.fit(lives, LifePlan.of(law));
    for (Estimate e : fit.parameters()) {
      assertThat(e.low()).isLessThan(e.value());
      assertThat(e.high()).isGreaterThan(e.value());
    }
    return fit;
  }

  private static void weibull(LifeFit fit, Map<String, Object> due) {
    close(fit.parameter("beta").value(), due, "beta");
    close(fit.parameter("eta").value(), due, "eta");
    likely(fit.logLikelihood(), due);
  }

  @Test
  @SuppressWarnings("unchecked")
  void shockAbsorbers() throws IOException {
    Map<String, Object> due = of("shock_all");
    List<Life> lives = lives("shock.csv", 0, 2);
    LifeFit fit = fit(lives, LifeLaw.WEIBULL);
    weibull(fit, due);
    Estimate beta = fit.parameter("beta");
    Estimate eta = fit.parameter("eta");
    close(beta.error() / beta.value(), due, "se_log_beta");
    close(eta.error() / eta.value(), due, "se_log_eta");
    LifeFit log = fit(lives, LifeLaw.LOGNORMAL);
    Map<String, Object> lognormal = (Map<String, Object>) due.get("lognormal");
    close(log.parameter("mu").value(), lognormal, "mu");
    close(log.parameter("sigma").value(), lognormal, "sigma");
    likely(log.logLikelihood(), lognormal);
    List<Life> modes = new ArrayList<>();
    for (String[] row : rows("shock.csv")) {
      double t = Double.parseDouble(row[0]);
      modes.add(row[2].equals("1") ? Life.failed(t).by(row[1]) : Life.running(t));
    }
    CompetingModes both = RELIABILITY.competing(modes, LifePlan.of(LifeLaw.WEIBULL));
    weibull(both.modes().get("mode_1"), of("shock_mode1_other_censored"));
    weibull(both.modes().get("mode_2"), of("shock_mode2_other_censored"));
    assertThat(both.distribution().survival(20_000))
        .isCloseTo(
            both.modes().get("mode_1").distribution().survival(20_000)
                * both.modes().get("mode_2").distribution().survival(20_000),
            within(1e-12));
  }

  @Test
  void turbineWheels() throws IOException {
    List<Life> lives = new ArrayList<>();
    for (String[] row : rows("turbine.csv")) {
      double t = Double.parseDouble(row[0]);
      double failed = Double.parseDouble(row[2]);
      double running = Double.parseDouble(row[1]) - failed;
      if (failed > 0) {
        lives.add(Life.failedBefore(t).times(failed));
      }
      lives.add(Life.running(t).times(running));
    }
    Map<String, Object> due = of("turbine_probit_free_weibull_interval");
    LifeFit fit = fit(lives, LifeLaw.WEIBULL);
    close(fit.parameter("beta").value(), due, "beta");
    close(fit.parameter("eta").value(), due, "eta_hundred_hours");
  }

  @Test
  @SuppressWarnings("unchecked")
  void fansAndCars() throws IOException {
    List<Life> fans = lives("genfan.csv", 0, 1);
    weibull(fit(fans, LifeLaw.WEIBULL), of("genfan"));
    close(
        fit(fans, LifeLaw.EXPONENTIAL).parameter("mean").value(), of("genfan"), "exponential_mean");
    weibull(fit(lives("automotive.csv", 0, 1), LifeLaw.WEIBULL), of("automotive_weibull"));
    List<Life> mileage = lives("mileage.csv", 0, 1);
    weibull(fit(mileage, LifeLaw.WEIBULL), (Map<String, Object>) of("mileage").get("weibull"));
    LifeFit normal = fit(mileage, LifeLaw.NORMAL);
    close(normal.parameter("mean").value(), of("mileage"), "normal_mean");
    close(normal.parameter("sigma").value(), of("mileage"), "normal_sd_ml");
  }

  @Test
  void insulatingFluid() throws IOException {
    List<Life> lives = new ArrayList<>();
    for (String[] row : rows("ifluid.csv")) {
      lives.add(
          Life.failed(Double.parseDouble(row[0])).under(Math.log(Double.parseDouble(row[1]))));
    }
    Map<String, Object> due = of("ifluid_inverse_power_weibull");
    LifeRegression r = RELIABILITY.accelerated(lives, LifeLaw.WEIBULL, 0.95);
    close(r.coefficients().get(0).value(), due, "b0");
    close(r.coefficients().get(1).value(), due, "b1");
    close(r.coefficients().get(2).value(), due, "sigma");
    // Printed to seven digits.
    assertThat(r.logLikelihood()).isCloseTo((Double) due.get("loglik"), within(5e-5));
    for (Estimate e : r.coefficients()) {
      assertThat(e.low()).isLessThan(e.value());
      assertThat(e.high()).isGreaterThan(e.value());
    }
    // Weibull's accelerated life has proportional hazards too: -b / sigma, roughly.
    LifeRegression cox = RELIABILITY.proportionalHazards(lives, 0.95);
    assertThat(cox.coefficients().get(0).low()).isLessThan(17.87 / 1.199);
    assertThat(cox.coefficients().get(0).high()).isGreaterThan(17.87 / 1.199);
  }

  @Test
  void valveSeats() throws IOException {
    Map<String, List<Double>> repairs = new LinkedHashMap<>();
    List<RepairHistory> histories = new ArrayList<>();
    for (String[] row : rows("valveSeat.csv")) {
      double t = Double.parseDouble(row[1]);
      List<Double> own = repairs.computeIfAbsent(row[0], k -> new ArrayList<>());
      if (row[2].equals("1")) {
        own.add(t);
      } else {
        histories.add(new RepairHistory(row[0], own, t));
      }
    }
    RepairableFit fit = RELIABILITY.repairable(histories, 0.95);
    Map<String, Object> due = of("valveSeat_mcf");
    assertThat((double) histories.size()).isEqualTo(due.get("units"));
    assertThat(fit.meanCumulative().stream().mapToDouble(p -> p.repairs()).sum())
        .isEqualTo(due.get("events"));
    for (int age : new int[] {640, 646, 653}) {
      double mean =
          fit.meanCumulative().stream()
              .filter(p -> p.age() <= age)
              .mapToDouble(p -> p.mean())
              .max()
              .orElse(0);
      assertThat(mean).isCloseTo((Double) due.get("mcf_at_" + age), within(1e-6));
    }
    assertThat(fit.beta().low()).isLessThan(fit.beta().value());
  }
}
