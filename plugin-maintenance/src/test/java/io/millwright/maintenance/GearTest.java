package io.millwright.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GearTest {

  /** What is wrong with a drawn gearbox. */
  private enum Truth {
    SOUND,
    DRIVER,
    DRIVEN,
    ECCENTRIC,
    MEETING
  }

  private static final double SAMPLING = 10_000;

  /** One gearbox of two stages, drawn: its teeth, its ramp, its vibration. */
  private static final class Drawn {

    private final Random random;
    private final GearTrain train;
    private final double first;
    private final double last;
    private final double seconds;
    private final double wobble;

    Drawn(long key, boolean ramp) {
      random = new Random(key);
      int a = 17 + random.nextInt(12);
      int b = a + 7 + random.nextInt(20);
      GearMesh second = new GearMesh(19 + random.nextInt(9), 41);
      train = new GearTrain(List.of(new GearMesh(a, b), second), 1);
      first = 14 + 6 * random.nextDouble();
      last = ramp ? first * (1.5 + random.nextDouble()) : first;
      seconds = 6;
      wobble = ramp ? 0 : 0.02;
    }

    /** At one speed that wavers a little. */
    Drawn(long key, GearTrain train) {
      random = new Random(key);
      this.train = train;
      first = 16;
      last = first;
      seconds = 6;
      wobble = 0.02;
    }

    /** Turns of the input shaft. */
    private double turns(double t) {
      return first * t
          + (last - first) * t * t / 2 / seconds
          + wobble * Math.sin(2 * Math.PI * 0.3 * t);
    }

    private double[] samples(Truth truth, double noise) {
      int n = (int) (seconds * SAMPLING);
      double[] samples = new double[n];
      double[][] teeth = new double[2 * train.meshes().size()][];
      for (int g = 0; g < teeth.length; g++) {
        GearMesh mesh = train.meshes().get(g / 2);
        teeth[g] =
            random
                .doubles(g % 2 == 0 ? mesh.driver() : mesh.driven())
                .map(u -> 0.16 * (u - 0.5))
                .toArray();
      }
      for (int i = 0; i < n; i++) {
        double turn = turns(i / SAMPLING);
        samples[i] = noise * random.nextGaussian() + 0.4 * Math.sin(2 * Math.PI * turn);
        for (int m = 1; m <= train.meshes().size(); m++) {
          double meet = turn * train.mesh(m);
          double driver = turn * train.shaft(m);
          double driven = turn * train.shaft(m + 1);
          double size =
              (1 + tooth(teeth[2 * m - 2], meet) + tooth(teeth[2 * m - 1], meet))
                  * (1 + 0.1 * wave(driver))
                  * (1 + (truth == Truth.ECCENTRIC && m == 1 ? 0.8 : 0.08) * wave(driven));
          for (int h = 1; h <= 3; h++) {
            samples[i] += size / (h * m) * Math.cos(2 * Math.PI * h * meet + h * m);
          }
        }
      }
      if (truth == Truth.DRIVER || truth == Truth.DRIVEN || truth == Truth.MEETING) {
        double order =
            truth == Truth.DRIVER
                ? train.shaft(1)
                : truth == Truth.DRIVEN ? train.shaft(2) : train.hunting(1);
        impacts(samples, order);
      }
      return samples;
    }

    private static double wave(double turn) {
      return Math.cos(2 * Math.PI * turn + 1);
    }

    private static double tooth(double[] teeth, double meet) {
      return teeth[(int) Math.floorMod((long) Math.floor(meet), (long) teeth.length)];
    }

    /** A resonance rings each time the damaged tooth meets. */
    private void impacts(double[] samples, double order) {
      double offset = random.nextDouble();
      long before = Long.MIN_VALUE;
      for (int i = 0; i < samples.length; i++) {
        long now = (long) Math.floor(turns(i / SAMPLING) * order + offset);
        if (before != Long.MIN_VALUE && now > before) {
          for (int k = 0; k < 60 && i + k < samples.length; k++) {
            samples[i + k] +=
                2.5 * Math.exp(-k / 12.0) * Math.sin(2 * Math.PI * 3100 * k / SAMPLING);
          }
        }
        before = now;
      }
    }

    /** One pulse a turn, timed to 20 microseconds. */
    private ShaftSpeed pulses() {
      double[] times = new double[(int) turns(seconds) + 1];
      int p = 0;
      for (int i = 1; i < seconds * 50_000 && p < times.length; i++) {
        double t = i / 50_000.0;
        if (turns(t) >= p) {
          times[p++] = t;
        }
      }
      return ShaftSpeed.pulses(java.util.Arrays.copyOf(times, p), 1);
    }

    private ShaftSpeed course() {
      double[] times = {0, seconds / 3, 2 * seconds / 3, seconds};
      double[] hz = new double[4];
      for (int i = 0; i < 4; i++) {
        hz[i] = (first + (last - first) * times[i] / seconds) * 1.003;
      }
      return ShaftSpeed.course(times, hz);
    }
  }

  private static String expected(Truth truth, GearTrain train) {
    int a = train.meshes().get(0).driver();
    int b = train.meshes().get(0).driven();
    return switch (truth) {
      case SOUND -> "";
      case DRIVER -> "tooth, driver of mesh 1 (" + a + " teeth)";
      case DRIVEN ->
          "tooth, driven of mesh 1 ("
              + b
              + " teeth) or driver of mesh 2 ("
              + train.meshes().get(1).driver()
              + " teeth)";
      case ECCENTRIC -> "eccentric, driven of mesh 1 (" + b + " teeth)";
      case MEETING -> "hunting tooth of mesh 1";
    };
  }

  @Test
  void namesTheGearOnARampByPulsesAndByACourseThatIsWrong() {
    try (Millwright millwright = Millwright.create()) {
      Maintenance maintenance = millwright.plugin(Maintenance.class);
      for (int key = 100; key < 104; key++) {
        for (Truth truth : List.of(Truth.SOUND, Truth.DRIVER, Truth.DRIVEN, Truth.ECCENTRIC)) {
          Drawn drawn = new Drawn(key, true);
          double[] samples = drawn.samples(truth, 0.5);
          ShaftSpeed speed = key % 2 == 0 ? drawn.pulses() : drawn.course();
          Diagnosis d =
              maintenance.diagnose(Vibration.of("ramp", samples, SAMPLING, speed), drawn.train);
          assertThat(d.fault()).as(d.evidence()).isEqualTo(expected(truth, drawn.train));
        }
      }
    }
  }

  @Test
  void correctsAStatedSpeedByTheMeshAndTellsTeethThatMeet() {
    try (Millwright millwright = Millwright.create()) {
      Maintenance maintenance = millwright.plugin(Maintenance.class);
      for (Truth truth : List.of(Truth.SOUND, Truth.DRIVER, Truth.MEETING)) {
        Drawn drawn = new Drawn(7, new GearTrain(List.of(new GearMesh(18, 24)), 1));
        double[] samples = drawn.samples(truth, 0.5);
        Vibration stated = Vibration.of("stated", samples, SAMPLING, drawn.first * 1.004);
        Diagnosis d = maintenance.diagnose(stated, drawn.train);
        assertThat(d.fault()).as(d.evidence()).isEqualTo(expected(truth, drawn.train));
        assertThat(d.evidence()).contains("times as fast as stated");
        assertThat(d.spectrum()).isNotEmpty();
      }
    }
  }

  @Test
  void withoutTheTrueSpeedNothingIsNamed() {
    try (Millwright millwright = Millwright.create()) {
      Maintenance maintenance = millwright.plugin(Maintenance.class);
      Drawn drawn = new Drawn(100, true);
      Vibration wrong =
          Vibration.of("ramp", drawn.samples(Truth.DRIVER, 0.5), SAMPLING, drawn.first);
      assertThat(maintenance.diagnose(wrong, drawn.train).fault()).isEmpty();
    }
  }

  @Test
  void bearingsAreHeardOnARampToo() {
    BearingGeometry bearing = new BearingGeometry(8, 0.235, 1.245, 0);
    try (Millwright millwright = Millwright.create()) {
      Maintenance maintenance = millwright.plugin(Maintenance.class);
      for (int key = 0; key < 3; key++) {
        Drawn drawn = new Drawn(key, true);
        for (String part : List.of("outer race", "inner race")) {
          double[] samples = drawn.random.doubles(60_000).map(u -> u - 0.5).toArray();
          drawn.impacts(samples, bearing.orders().getOrDefault(part, 0.0));
          Vibration v = Vibration.of("ramp", samples, SAMPLING, drawn.pulses());
          assertThat(maintenance.diagnose(v, bearing).fault()).isEqualTo(part);
          double mean = drawn.turns(drawn.seconds) / drawn.seconds;
          Vibration blind = Vibration.of("ramp", samples, SAMPLING, mean);
          assertThat(maintenance.diagnose(blind, bearing).fault()).isNotEqualTo(part);
        }
      }
    }
  }

  @Test
  void gearsGiveTheirOrders() {
    GearTrain train = new GearTrain(List.of(new GearMesh(20, 40), new GearMesh(24, 36)), 2);
    assertThat(train.shaft(1)).isCloseTo(2, within(1e-12));
    assertThat(train.shaft(3)).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(train.mesh(1)).isCloseTo(40, within(1e-12));
    assertThat(train.mesh(2)).isCloseTo(24, within(1e-12));
    assertThat(new GearMesh(24, 36).pairs()).isEqualTo(72);
    assertThat(train.hunting(2)).isCloseTo(24 / 72.0, within(1e-12));
  }

  @Test
  void aSpeedGoesThroughItsPoints() {
    ShaftSpeed ramp = ShaftSpeed.course(new double[] {0, 2}, new double[] {10, 20});
    assertThat(ramp.turns(1)).isCloseTo(12.5, within(1e-12));
    assertThat(ramp.turns(-1)).isCloseTo(-10, within(1e-12));
    assertThat(ramp.mean(2, 3)).isCloseTo(20, within(1e-12));
    ShaftSpeed pulses = ShaftSpeed.pulses(new double[] {0, 0.1, 0.2, 0.3}, 2);
    assertThat(pulses.turns(0.25)).isCloseTo(1.25, within(1e-12));
  }

  @Test
  void refusesWhatIsNoGearAndNoSpeed() {
    assertThatThrownBy(() -> new GearMesh(3, 40))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("23/69");
    assertThatThrownBy(() -> new GearTrain(List.of(new GearMesh(20, 40)), 3))
        .hasMessageContaining("Maybe");
    assertThatThrownBy(() -> ShaftSpeed.course(new double[] {0, 0}, new double[] {1, 1}))
        .hasMessageContaining("rising");
    assertThatThrownBy(() -> ShaftSpeed.course(new double[] {0, 1}, new double[] {1, 0}))
        .hasMessageContaining("standstill");
    assertThatThrownBy(() -> ShaftSpeed.pulses(new double[] {0, 1}, 1))
        .hasMessageContaining("three");
  }
}
