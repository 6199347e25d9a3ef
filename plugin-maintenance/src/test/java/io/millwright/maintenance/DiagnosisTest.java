package io.millwright.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Predictor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosisTest {

  private static final BearingGeometry BEARING = new BearingGeometry(8, 0.235, 1.245, 0);

  /** Impacts at a rate, each ringing at 3 kHz, in noise; no impacts for an order of 0. */
  private static Vibration bearing(String name, double order, double shaft, long seed) {
    Random random = new Random(seed);
    double sampling = 20_000;
    double[] samples = new double[32_768];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 0.5 * random.nextGaussian() + Math.sin(2 * Math.PI * shaft * i / sampling);
    }
    if (order > 0) {
      double every = sampling / (order * shaft);
      for (double at = random.nextDouble() * every; at < samples.length; at += every) {
        int from = (int) (at + 0.005 * every * random.nextGaussian());
        for (int k = 0; k < 200 && from + k < samples.length; k++) {
          if (from + k >= 0) {
            samples[from + k] +=
                3 * Math.exp(-k / 40.0) * Math.sin(2 * Math.PI * 3000 * k / sampling);
          }
        }
      }
    }
    return Vibration.of(name, samples, sampling, shaft);
  }

  /** A stroke every three turns of a shaft of 49 Hz. */
  private static Vibration strokes(int seed) {
    Random random = new Random(seed);
    double[] samples = new double[65_536];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = random.nextGaussian();
    }
    double every = 20_000 / (49 / 3.0);
    for (double at = random.nextDouble() * every; at < samples.length; at += every) {
      for (int k = 0; k < 200 && (int) at + k < samples.length; k++) {
        samples[(int) at + k] += 12 * Math.exp(-k / 20.0) * Math.sin(0.4 * Math.PI * k);
      }
    }
    return Vibration.of("press", samples, 20_000, 49);
  }

  @Test
  void geometryGivesThePublishedOrders() {
    assertThat(BEARING.orders().get("outer race")).isCloseTo(3.245, within(1e-3));
    assertThat(BEARING.orders().get("inner race")).isCloseTo(4.755, within(1e-3));
    assertThat(BEARING.orders().get("rolling element") / 2).isCloseTo(2.556, within(2e-3));
    assertThatThrownBy(() -> new BearingGeometry(8, 2, 1, 0)).hasMessageContaining("Maybe");
  }

  @Test
  void namesTheRaceFromGeometryAndNothingWithoutImpacts() {
    try (Millwright millwright = Millwright.create()) {
      Maintenance maintenance = millwright.plugin(Maintenance.class);
      int named = 0;
      for (int seed = 0; seed < 10; seed++) {
        assertThat(maintenance.diagnose(bearing("o", 3.245, 25 + seed, seed), BEARING).fault())
            .isEqualTo("outer race");
        assertThat(maintenance.diagnose(bearing("i", 4.755, 25 + seed, seed), BEARING).fault())
            .isEqualTo("inner race");
        named += maintenance.diagnose(bearing("n", 0, 25, seed), BEARING).fault().isEmpty() ? 0 : 1;
      }
      assertThat(named).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void strokesEveryFewTurnsAreNoBearingFault() {
    try (Millwright millwright = Millwright.create()) {
      Maintenance maintenance = millwright.plugin(Maintenance.class);
      // 14 strokes in three turns are within 1 % of the rate of its rolling elements.
      BearingGeometry near = new BearingGeometry(9, 7.94, 39.04, 0);
      for (int seed = 0; seed < 5; seed++) {
        Diagnosis press = maintenance.diagnose(strokes(seed), near);
        assertThat(press.fault()).as(press.evidence()).isEmpty();
        assertThat(maintenance.diagnose(bearing("b", 4.713, 49, seed), near).fault())
            .isEqualTo("rolling element");
      }
    }
  }

  @Test
  void learntFaultsHoldAtAnotherSpeedAndReopenToTheSameBits(@TempDir Path folder)
      throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      List<LabelledVibration> known = new ArrayList<>();
      List<Vibration> other = new ArrayList<>();
      double[] orders = {0, 3.245, 4.755};
      for (int f = 0; f < 3; f++) {
        for (int seed = 0; seed < 2; seed++) {
          known.add(new LabelledVibration(bearing("k", orders[f], 25, seed), "fault " + f, "size"));
          other.add(bearing("t" + f, orders[f], 26, 10 + seed));
        }
      }
      Maintenance maintenance = millwright.plugin(Maintenance.class);
      DiagnosisModel model = maintenance.diagnosis().train(known).await();
      Path bundle = folder.resolve("bearing.mwb");
      model.saveTo(bundle);
      VibrationSet machine = new VibrationSet(other);
      try (Predictor<VibrationSet, Diagnoses> fresh = model.open();
          Predictor<VibrationSet, Diagnoses> opened =
              millwright.open(Maintenance.DIAGNOSIS, bundle)) {
        Diagnoses answer = fresh.predict(machine).fold(p -> p.value(), a -> null);
        assertThat(answer.adapted()).isTrue();
        assertThat(answer.all())
            .allSatisfy(d -> assertThat(d.fault()).isEqualTo("fault " + d.name().charAt(1)));
        Diagnoses again = opened.predict(machine).fold(p -> p.value(), a -> null);
        assertThat(again).isEqualTo(answer);
      }
      assertThatThrownBy(() -> maintenance.diagnosis().train(known.subList(0, 2)))
          .isInstanceOf(MillwrightException.class)
          .hasMessageContaining("Maybe");
    }
  }

  @Test
  void refusesWhatIsNoRecording() {
    double[] constant = new double[4096];
    assertThatThrownBy(() -> Vibration.of("x", constant, 10_000, 25)).hasMessageContaining("Maybe");
    double[] broken = new double[4096];
    broken[7] = Double.NaN;
    assertThatThrownBy(() -> Vibration.of("x", broken, 10_000, 25)).hasMessageContaining("8");
    assertThatThrownBy(() -> Vibration.of("x", new double[5], 10_000, 25))
        .hasMessageContaining("2048");
    assertThatThrownBy(() -> Vibration.of("x", constant, 10_000, 1500))
        .hasMessageContaining("minute");
  }
}
