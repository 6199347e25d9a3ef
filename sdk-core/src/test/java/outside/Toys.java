package outside;

import io.millwright.api.Task;
import io.millwright.api.data.Column;
import io.millwright.api.data.Image;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import io.millwright.api.head.Amount;
import io.millwright.api.head.AnomalyScore;
import io.millwright.api.head.FieldMap;
import io.millwright.api.head.FieldScores;
import io.millwright.api.head.Heads;
import io.millwright.api.head.QuantileCurve;
import io.millwright.api.head.Ranking;
import io.millwright.api.head.SurvivalCurve;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Six tasks of six areas, each with data made by a rule that a network can find. */
final class Toys {

  private static final int GRAMS = 48;
  static final int ITEMS = 1000;
  static final int SIDE = 8;

  private static final Schema TEXT_COLUMNS = columns("gram", GRAMS);
  private static final Schema NUMBERS = columns("x", 4);
  private static final Schema WEEK = columns("x", 5);
  private static final Schema PICTURE = Schema.of(Column.image("image"));

  static final Binding<String, String, ClassScores> TEXT =
      new Binding<>(
          new Task<>("outside.text", 1, String.class, ClassScores.class),
          Toys::grams,
          Heads.classes());

  static final Binding<Integer, Set<String>, Ranking> RANKING =
      new Binding<>(
          new Task<>("outside.next-part", 1, Integer.class, Ranking.class),
          last -> table(columns("bit", 10), bits(last)),
          Heads.ranking());

  static final Binding<Image, FieldMap, FieldScores> BOXES =
      new Binding<>(
          new Task<>("outside.boxes", 1, Image.class, FieldScores.class),
          image -> Row.of(PICTURE, image).toTable(),
          Heads.field(SIDE, SIDE));

  static final Binding<double[], Boolean, AnomalyScore> ANOMALY =
      new Binding<>(
          new Task<>("outside.anomaly", 1, double[].class, AnomalyScore.class),
          x -> table(NUMBERS, x),
          Heads.reconstruction());

  static final Binding<double[], Amount, SurvivalCurve> SURVIVAL =
      new Binding<>(
          new Task<>("outside.survival", 1, double[].class, SurvivalCurve.class),
          x -> table(NUMBERS, x),
          Heads.survival(Unit.of("h")));

  static final Binding<double[], List<Double>, QuantileCurve> FORECAST =
      new Binding<>(
          new Task<>("outside.forecast", 1, double[].class, QuantileCurve.class),
          x -> table(WEEK, x),
          Heads.quantileCurve(Unit.NONE, 3, 0.1, 0.5, 0.9));

  /** Two readings and which machine it was. */
  record Press(double force, double speed, int machine) {}

  /** What is known of it. */
  record State(Map<String, Double> quantities) {}

  static final int MACHINES = 12;

  private static final Schema PRESS =
      Schema.of(Column.number("force"), Column.number("speed"), Column.category("machine"));

  static final Binding<Press, Map<String, Double>, State> PRESSES =
      new Binding<>(
          new Task<>("outside.presses", 1, Press.class, State.class),
          p -> Row.of(PRESS, p.force, p.speed, "machine " + p.machine).toTable(),
          Heads.quantities(new TreeMap<>(Map.of("wear", Unit.NONE, "heat", Unit.NONE)))
              .answering(State::new));

  private Toys() {}

  private static Schema columns(String name, int count) {
    return new Schema(IntStream.range(0, count).mapToObj(i -> Column.number(name + i)).toList());
  }

  private static Table table(Schema schema, double[] row) {
    return Table.ofNumbers(schema, new double[][] {row});
  }

  /** Counts of hashed pairs of letters. */
  private static Table grams(String text) {
    double[] counts = new double[GRAMS];
    for (int i = 0; i + 1 < text.length(); i++) {
      counts[Math.floorMod(text.substring(i, i + 2).hashCode() * 31, GRAMS)]++;
    }
    return table(TEXT_COLUMNS, counts);
  }

  private static double[] bits(int number) {
    double[] bits = new double[10];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = number >> i & 1;
    }
    return bits;
  }

  static Samples<String, String> texts() {
    String[][] words = {
      {"bearing", "noise", "grinding", "shaft", "vibration"},
      {"leak", "hose", "oil", "seal", "drip"}
    };
    Random random = new Random(1);
    List<Sample<String, String>> all = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      int kind = i % 2;
      String text = words[kind][random.nextInt(5)] + " " + words[kind][random.nextInt(5)];
      all.add(Sample.of("note " + i, text, kind == 0 ? "bearing" : "hydraulics"));
    }
    return new Samples<>(all);
  }

  /** Who bought part n next buys one of three parts near 7 n. */
  static Samples<Integer, Set<String>> baskets() {
    Random random = new Random(2);
    List<Sample<Integer, Set<String>>> all = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      int next = (i / 100) * 100 + random.nextInt(3);
      all.add(Sample.of("customer " + i, i, new TreeSet<>(List.of("part " + next, "part " + i))));
    }
    return new Samples<>(all);
  }

  /** A bright box on dark ground. */
  static Samples<Image, FieldMap> boxes() {
    Random random = new Random(3);
    List<Sample<Image, FieldMap>> all = new ArrayList<>();
    for (int i = 0; i < 160; i++) {
      int left = random.nextInt(5);
      int top = random.nextInt(5);
      byte[] grey = new byte[SIDE * SIDE];
      List<String> labels = new ArrayList<>();
      for (int p = 0; p < grey.length; p++) {
        boolean inside =
            p % SIDE >= left && p % SIDE < left + 3 && p / SIDE >= top && p / SIDE < top + 3;
        grey[p] = (byte) ((inside ? 190 : 60) + random.nextInt(20));
        labels.add(inside ? "box" : "ground");
      }
      Image image = Image.ofBytes("i" + i, SIDE, SIDE, Image.Format.GREY8, grey);
      all.add(Sample.of("plate " + i, image, new FieldMap(SIDE, SIDE, labels)));
    }
    return new Samples<>(all);
  }

  /** Four readings that two causes make; of the last ones a reading is off, which labels say. */
  static Samples<double[], Boolean> readings() {
    Random random = new Random(4);
    List<Sample<double[], Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 260; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      double[] x = {a, b, a + b, a - b};
      boolean fault = i % 13 == 12;
      x[3] += fault ? 4 : 0;
      all.add(
          fault
              ? Sample.of("shift " + i, x, true)
              : Sample.<double[], Boolean>unlabelled("shift " + i, x));
    }
    return new Samples<>(all);
  }

  /** Exponential lives whose rate grows with the first reading; a third is taken out early. */
  static Samples<double[], Amount> lives() {
    Random random = new Random(5);
    List<Sample<double[], Amount>> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      double[] x = {
        random.nextGaussian(), random.nextGaussian(), random.nextGaussian(), random.nextGaussian()
      };
      double life = -100 * Math.exp(-x[0]) * Math.log(1 - random.nextDouble()) + 0.01;
      double out = i % 3 == 0 ? 20 + 150 * random.nextDouble() : 1e6;
      all.add(Sample.of("unit " + i, x, life > out ? Amount.atLeast(out) : Amount.of(life)));
    }
    return new Samples<>(all);
  }

  /**
   * Level, price and promotion known ahead, a covariate that says nothing, and a planner's formula
   * that is half right about the price.
   */
  static Samples<double[], List<Double>> weeks() {
    Random random = new Random(6);
    List<Sample<double[], List<Double>>> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      double level = 10 + random.nextGaussian();
      double price = random.nextGaussian();
      double promotion = random.nextInt(2);
      List<Double> next = new ArrayList<>();
      for (int s = 0; s < 3; s++) {
        double noise = (1 + promotion) * random.nextGaussian();
        next.add(i % 17 == s ? Double.NaN : level - 2 * price + 5 * promotion + noise);
      }
      all.add(
          Sample.of(
              "week " + i,
              new double[] {level, price, promotion, random.nextDouble(), level - price},
              next));
    }
    return new Samples<>(all);
  }

  /** Every machine wears in its own way, of which its number says nothing; heat does not care. */
  static Samples<Press, Map<String, Double>> presses() {
    Random random = new Random(7);
    double[] own = random.doubles(MACHINES, -4, 4).toArray();
    List<Sample<Press, Map<String, Double>>> all = new ArrayList<>();
    for (int i = 0; i < 360; i++) {
      Press press = new Press(random.nextGaussian(), random.nextGaussian(), i % MACHINES);
      double wear = own[press.machine] + press.force + 0.1 * random.nextGaussian();
      double heat = press.speed - press.force + 0.1 * random.nextGaussian();
      Map<String, Double> truth = new TreeMap<>(Map.of("wear", wear));
      if (i % 4 > 0) {
        truth.put("heat", heat);
      }
      all.add(Sample.of("piece " + i, press, truth));
    }
    return new Samples<>(all);
  }
}
