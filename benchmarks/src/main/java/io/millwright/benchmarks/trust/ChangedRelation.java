package io.millwright.benchmarks.trust;

import io.millwright.runtime.watch.TestMartingale;
import io.millwright.runtime.watch.UnlabelledAccuracy;
import io.millwright.runtime.watch.UnlabelledEstimate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Accuracy before the truth is known when the relation between inputs and truth changes while
 * inputs come as they used to, and alarms where nothing changes: windows of 100 answers of a
 * classifier on generated rows, whose law has a product that the classifier does not know. Every
 * stream has its own 1,000 held-out answers. Arguments: how many windows for each kind (default
 * 10,000).
 */
public final class ChangedRelation {

  private static final int WINDOW = 100;
  private static final int WINDOWS = 100;
  private static final int HELD_OUT = 1000;

  private ChangedRelation() {}

  /** How the relation is after the change: factors of the law's terms, and labels turned by lot. */
  private record Relation(String name, double first, double turned) {}

  private static final Relation BEFORE = new Relation("nothing changed", 1, 0);

  /** Answers with their truths. */
  private record Answers(double[] probability, double[] confidence, double[] right, double[] off) {}

  /** Prints a line for each kind. */
  public static void main(String[] args) {
    int streams = Math.max(1, (args.length > 0 ? Integer.parseInt(args[0]) : 10_000) / WINDOWS);
    for (Relation relation :
        List.of(
            BEFORE,
            new Relation("a fifth of the labels turned", 1, 0.2),
            new Relation("the main effect halved", 0.5, 0),
            new Relation("the main effect gone", 0, 0),
            new Relation("the main effect turned round", -1, 0))) {
      judge(relation, streams);
    }
  }

  private static void judge(Relation relation, int streams) {
    int windows = streams * WINDOWS;
    int warned = 0;
    int unknown = 0;
    int held = 0;
    double expected = 0;
    double found = 0;
    int blind = 0;
    int[] labels = new int[streams];
    Arrays.fill(labels, Integer.MAX_VALUE);
    for (int s = 0; s < streams; s++) {
      Random random = new Random(31L * relation.name().hashCode() + s);
      Answers then = answers(random, BEFORE, HELD_OUT);
      UnlabelledAccuracy accuracy = UnlabelledAccuracy.of(then.confidence(), then.right());
      TestMartingale inputs = TestMartingale.of(1e-4, s, then.probability());
      TestMartingale errors = TestMartingale.of(1e-4, s, then.off());
      for (int w = 0; w < WINDOWS; w++) {
        Answers now = answers(random, relation, WINDOW);
        UnlabelledEstimate e = accuracy.estimate(now.confidence());
        double truth = Arrays.stream(now.right()).average().orElse(0);
        unknown += e.known() ? 0 : 1;
        warned += !e.known() || e.why().contains("a changed relation") ? 1 : 0;
        held += truth >= e.low() && truth <= e.high() ? 1 : 0;
        expected += e.value() / windows;
        found += truth / windows;
        for (int i = 0; i < WINDOW; i++) {
          boolean before = inputs.alarm();
          blind += inputs.add(now.probability()[i]) && !before ? 1 : 0;
          if (errors.add(now.off()[i]) && labels[s] == Integer.MAX_VALUE) {
            labels[s] = w * WINDOW + i + 1;
          }
        }
      }
    }
    Arrays.sort(labels);
    long alarmed = Arrays.stream(labels).filter(l -> l < Integer.MAX_VALUE).count();
    System.out.printf(
        Locale.ROOT,
        "%-30s accuracy %.3f, expected without labels %.3f (95 %% interval held %.1f %%); says that"
            + " it cannot see a changed relation, or waits for truths, in %d of %d windows (waits"
            + " in %d); alarms without labels in %d of %d streams, with labels in %d",
        relation.name(),
        found,
        expected,
        100.0 * held / windows,
        warned,
        windows,
        unknown,
        blind,
        streams,
        alarmed);
    System.out.println(
        alarmed == 0
            ? ""
            : ", after "
                + labels[(int) (alarmed / 2)]
                + " labels (median), "
                + labels[(int) alarmed - 1]
                + " at most");
  }

  private static Answers answers(Random random, Relation relation, int n) {
    Answers a = new Answers(new double[n], new double[n], new double[n], new double[n]);
    for (int i = 0; i < n; i++) {
      double first = random.nextGaussian();
      double second = random.nextGaussian();
      double third = random.nextGaussian();
      double p = sigmoid(2 * first + second - 0.5 * third);
      double law =
          sigmoid(relation.first() * 2 * first + second - 0.5 * third + 0.5 * first * second);
      double yes = random.nextDouble() < law ? 1 : 0;
      yes = random.nextDouble() < relation.turned() ? 1 - yes : yes;
      a.probability()[i] = p;
      a.confidence()[i] = Math.max(p, 1 - p);
      a.right()[i] = p > 0.5 == (yes == 1) ? 1 : 0;
      a.off()[i] = Math.abs(yes - p);
    }
    return a;
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }
}
