package io.millwright.samples.plant;

import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.data.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole life of one simulated press, from new to failure: what really happened inside it, and
 * what its instruments showed. The equations are in {@code docs/simulated-plant.md}; the numbers in
 * brackets below are those of its equations. Immutable.
 */
final class PressLife {

  /** What ended a press. */
  enum Fault {
    /** A fatigue crack in a tie rod reached its critical length. */
    CRACK,
    /** The slide guides wore beyond their limit. */
    WEAR
  }

  /** What the press makes: an operating condition. */
  private record Programme(double force, double rate) {
    /** Strokes of a shift, against those of the reference programme. */
    double strokes() {
      return rate / REFERENCE.rate;
    }

    double load() {
      return force / REFERENCE.force;
    }
  }

  private static final Programme REFERENCE = new Programme(5000, 18);
  private static final List<Programme> PROGRAMMES =
      List.of(
          new Programme(7400, 12),
          new Programme(5600, 16),
          new Programme(4300, 22),
          new Programme(3000, 28));

  static final Schema INSTRUMENTS =
      Schema.of(
          Column.number("force setting", Unit.of("kN")),
          Column.number("rate setting", Unit.of("/min")),
          Column.number("tie rod strain", Unit.of("um/m")),
          Column.number("acoustic emission", Unit.of("dB")),
          Column.number("frame vibration", Unit.of("mm/s")),
          Column.number("slide scatter", Unit.of("um")),
          Column.number("guide temperature", Unit.of("Cel")),
          Column.number("lubricant flow", Unit.of("l/min")),
          Column.number("lubricant pressure", Unit.of("bar")),
          Column.number("motor power", Unit.of("kW")),
          Column.number("hall temperature", Unit.of("Cel")),
          Column.number("mains frequency", Unit.of("Hz")),
          Column.number("viscosity class"));

  private static final double PARIS_EXPONENT = 3;
  private static final int LONGEST = 2_000;

  private final Fault fault;
  private final List<Double> cracks = new ArrayList<>();
  private final List<Double> wears = new ArrayList<>();
  private final Table readings;

  private PressLife(Dice dice) {
    Sensors sensors = new Sensors(dice);
    // Each press has one weak point; the other fault grows too, but slowly.
    boolean cracksFirst = dice.uniform() < 0.5;
    double crackRate = dice.around(cracksFirst ? 0.0077 : 0.0024, 0.30);
    double wearRate = dice.around(cracksFirst ? 0.0008 : 0.0027, 0.30);
    double crack = dice.around(1.0, 0.06);
    double wear = dice.around(0.05, 0.20);
    double criticalCrack = dice.around(25, 0.08);
    double wearLimit = dice.around(1.0, 0.06);

    TableBuilder table = Table.builder(INSTRUMENTS, 300);
    int programme = dice.below(PROGRAMMES.size());
    while (crack < criticalCrack && wear < wearLimit && cracks.size() < LONGEST) {
      if (dice.uniform() < 0.6) {
        programme = dice.below(PROGRAMMES.size());
      }
      Programme p = PROGRAMMES.get(programme);
      double growth = // (1)
          crackRate
              * p.strokes()
              * StrictMath.pow(p.load(), PARIS_EXPONENT)
              * StrictMath.pow(crack, PARIS_EXPONENT / 2)
              * dice.around(1, 0.2);
      double abrasion = // (2)
          wearRate * p.strokes() * p.load() * (1 + 2 * wear) * dice.around(1, 0.2);
      crack += growth;
      wear += abrasion;
      cracks.add(crack);
      wears.add(wear);
      table.add(sensors.read(p, crack, growth, wear));
    }
    fault = crack >= criticalCrack ? Fault.CRACK : Fault.WEAR;
    readings = table.build();
  }

  /** The press with a number in the plant that a key stands for. */
  static PressLife of(long key, int number) {
    return new PressLife(new Dice(key, number));
  }

  Fault fault() {
    return fault;
  }

  /** The crack's length after each shift, in mm. */
  List<Double> cracks() {
    return List.copyOf(cracks);
  }

  /** The guides' wear after each shift, in mm. */
  List<Double> wears() {
    return List.copyOf(wears);
  }

  /** One row for each shift; the last is the shift of the failure. */
  Table readings() {
    return readings;
  }

  int length() {
    return readings.rows();
  }

  /** The instruments of one press, each with its own error of gain, and the weather in the hall. */
  private static final class Sensors {
    private final Dice dice;
    private final double[] gains = new double[INSTRUMENTS.size()];
    private final double season;
    private double weather;
    private int shift;

    Sensors(Dice dice) {
      this.dice = dice;
      for (int i = 0; i < gains.length; i++) {
        gains[i] = 1 + 0.008 * dice.normal();
      }
      season = dice.uniform(0, 2 * StrictMath.PI);
    }

    /** Equations (3) to (11): the state of the press as its instruments show it. */
    List<Double> read(Programme p, double crack, double growth, double wear) {
      weather = 0.9 * weather + 0.6 * dice.normal();
      double hall =
          21 + 4 * StrictMath.sin(season + 2 * StrictMath.PI * shift++ / (3 * 365.25)) + weather;
      double force = p.force * (1 + 0.004 * dice.normal());
      double rate = p.rate + 0.1 * dice.normal();
      double relative = crack / 30;
      double clearance = 0.35 + wear;
      return List.of(
          force,
          rate,
          shown(2, 0.075 * force * (1 + 0.10 * relative * relative), 3.0),
          shown(3, 40 + 9 * StrictMath.log10(1 + 300 * growth), 1.2),
          shown(4, 0.8 + 0.09 * rate + 0.045 * rate * wear + 0.02 * crack, 0.12),
          shown(5, 12 + 0.001 * force + 34 * wear, 2.0),
          shown(6, hall + 0.00022 * force * rate * (1 + 0.5 * wear), 0.8),
          shown(7, 2.2 + 0.9 * clearance * clearance * clearance, 0.08),
          shown(8, 82 - 4 * clearance - 0.05 * rate, 0.5),
          shown(9, 0.0011 * force * rate * (1 + 0.05 * wear), 1.5),
          shown(10, hall, 0.2),
          50 + 0.012 * dice.normal(),
          100.0);
    }

    private double shown(int instrument, double truth, double noise) {
      return gains[instrument] * truth + noise * dice.normal();
    }
  }
}
