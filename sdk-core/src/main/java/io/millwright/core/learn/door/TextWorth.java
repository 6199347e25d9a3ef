package io.millwright.core.learn.door;

import io.millwright.api.data.Table;
import io.millwright.api.learn.Preparation;
import io.millwright.runtime.prepare.FittedPreparation;
import io.millwright.runtime.prepare.FittedStep;
import io.millwright.runtime.prepare.LinearFit;
import io.millwright.runtime.prepare.Notes;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a text foretells the target of rows held out, beside all other inputs: by linear models
 * with and without it. Hundreds of numbers that say nothing would cost a network what it finds in
 * the numbers.
 */
final class TextWorth<L> {

  private static final double[] PENALTIES = {2, 20, 200};
  private static final int FOLDS = 5;
  private static final int FEW_GROUPS = 4;

  /** How many standard errors of the difference the text must gain. */
  private static final double GAIN = 1.5;

  private static final int MOST_ROWS = 4000;
  private static final int LEAST_ROWS = 40;

  /** Rows times features times classes that are fitted. */
  private static final double MOST_WORK = 5e6;

  private final Layout<L> layout;
  private final boolean classes;
  private final Preparation preparation;
  private final Runnable pulse;

  /**
   * @param preparation with the step that reads texts
   * @param pulse called again and again
   */
  TextWorth(Layout<L> layout, boolean classes, Preparation preparation, Runnable pulse) {
    this.layout = layout;
    this.classes = classes;
    this.preparation = preparation;
    this.pulse = pulse;
  }

  /**
   * What was found.
   *
   * @param useless the columns that gain nothing
   * @param remarks what is said of each column
   */
  record Verdict(Set<String> useless, List<String> remarks) {}

  /** Judges each column of text beside the inputs that are kept before it. */
  Verdict judge(List<String> texts) {
    Set<String> useless = new LinkedHashSet<>();
    List<String> remarks = new ArrayList<>();
    int[] rows = rows();
    if (rows.length < LEAST_ROWS) {
      texts.forEach(t -> remarks.add(t + " (text) is left out: too few rows to learn from it"));
      return new Verdict(Set.copyOf(texts), remarks);
    }
    Table table = layout.inputs().rows(rows);
    FittedPreparation fitted =
        FittedPreparation.fit(preparation, table.schema(), List.of(table)).preparation();
    Map<String, Set<String>> runs = new HashMap<>();
    for (FittedStep step : fitted.steps()) {
      if (step instanceof FittedStep.Text w) {
        w.columns().forEach(c -> runs.put(c.column(), new HashSet<>(c.features())));
      }
    }
    List<String> names = fitted.features();
    Set<String> all = new HashSet<>();
    runs.values().forEach(all::addAll);
    List<Integer> kept = new ArrayList<>();
    for (int f = 0; f < names.size(); f++) {
      if (!all.contains(names.get(f))) {
        kept.add(f);
      }
    }
    float[] targets = targets(rows);
    int outputs = outputs(targets);
    int most = (int) (MOST_WORK / Math.max(1, (double) names.size() * outputs));
    int[] used = thinned(rows.length, Math.max(LEAST_ROWS * FOLDS, Math.min(MOST_ROWS, most)));
    float[] x = fitted.rows(table, new Notes());
    int[] fold = folds(rows);
    double[] without = loss(x, names.size(), targets, outputs, used, fold, kept);
    for (String text : texts) {
      Set<String> own = runs.getOrDefault(text, Set.of());
      List<Integer> more = new ArrayList<>(kept);
      for (int f = 0; f < names.size(); f++) {
        if (own.contains(names.get(f))) {
          more.add(f);
        }
      }
      double[] with = loss(x, names.size(), targets, outputs, used, fold, more);
      boolean alone = kept.isEmpty() && texts.indexOf(text) == texts.size() - 1;
      boolean gains = alone || gain(without, with);
      remarks.add(remark(text, own.size(), mean(without), mean(with), gains));
      if (gains) {
        kept = more;
        without = with;
      } else {
        useless.add(text);
      }
    }
    return new Verdict(useless, remarks);
  }

  private String remark(String text, int runs, double without, double with, boolean gains) {
    String figure =
        String.format(
            Locale.ROOT,
            "%s of rows held out by a linear model: %.3f with it, %.3f without",
            classes ? "log loss" : "squared error, in variances of the target,",
            with,
            without);
    return gains
        ? text + " (text) is read as " + runs + " runs of letters (" + figure + ")"
        : text + " (text) is left out: it does not help (" + figure + ")";
  }

  /** The rows with a target. */
  private int[] rows() {
    return IntStream.range(0, layout.whole().rows())
        .filter(r -> layout.labels().get(r) != null)
        .toArray();
  }

  /** The index of the class, or the standardised number. */
  private float[] targets(int[] rows) {
    float[] targets = new float[rows.length];
    if (classes) {
      Map<L, Integer> places = new HashMap<>();
      for (int i = 0; i < rows.length; i++) {
        targets[i] = places.computeIfAbsent(label(rows[i]), l -> places.size());
      }
      return targets;
    }
    double[] values =
        Arrays.stream(rows).mapToDouble(r -> label(r) instanceof Double d ? d : 0).toArray();
    double mean = mean(values);
    double spread =
        Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0));
    for (int i = 0; i < rows.length; i++) {
      targets[i] = spread > 0 ? (float) ((values[i] - mean) / spread) : 0;
    }
    return targets;
  }

  private int outputs(float[] targets) {
    double last = 0;
    for (float t : targets) {
      last = Math.max(last, t);
    }
    return classes ? (int) last + 1 : 1;
  }

  private L label(int row) {
    @Nullable L label = layout.labels().get(row);
    if (label == null) {
      throw new IllegalStateException("row " + row + " has no label");
    }
    return label;
  }

  private static int[] thinned(int rows, int most) {
    if (rows <= most) {
      return IntStream.range(0, rows).toArray();
    }
    return IntStream.range(0, most).map(i -> (int) ((long) i * rows / most)).toArray();
  }

  /** By groups or at random; with a time, later rows judge. -1 for what only is learnt from. */
  private int[] folds(int[] rows) {
    int[] fold = new int[rows.length];
    List<String> groups = layout.groups();
    if (!groups.isEmpty() && new HashSet<>(groups).size() >= FEW_GROUPS) {
      List<String> names = groups.stream().distinct().toList();
      Map<String, Integer> of = new HashMap<>();
      int[] order = KeyedRandom.of(0, Purpose.OTHER, -5, 0).permutation(names.size());
      for (int i = 0; i < order.length; i++) {
        of.put(names.get(order[i]), i % FOLDS);
      }
      Arrays.setAll(fold, i -> of.getOrDefault(groups.get(rows[i]), 0));
      return fold;
    }
    if (layout.said().time().isPresent()) {
      Arrays.setAll(fold, i -> i < 0.8 * rows.length ? -1 : 0);
      return fold;
    }
    int[] order = KeyedRandom.of(0, Purpose.OTHER, -5, 1).permutation(rows.length);
    for (int i = 0; i < order.length; i++) {
      fold[order[i]] = i % FOLDS;
    }
    return fold;
  }

  /** The loss of each row held out, by the penalty that is best on average. */
  private double[] loss(
      float[] x,
      int width,
      float[] targets,
      int outputs,
      int[] used,
      int[] fold,
      List<Integer> columns) {
    double[][] losses = new double[PENALTIES.length][used.length];
    for (double[] l : losses) {
      Arrays.fill(l, Double.NaN);
    }
    for (int f = 0; f < FOLDS; f++) {
      int now = f;
      int[] judged = Arrays.stream(used).filter(i -> fold[i] == now).toArray();
      int[] learnt = Arrays.stream(used).filter(i -> fold[i] != now).toArray();
      if (judged.length == 0 || learnt.length == 0) {
        continue;
      }
      float[] y = new float[learnt.length];
      for (int i = 0; i < y.length; i++) {
        y[i] = targets[learnt[i]];
      }
      float[] own = some(x, width, learnt, columns);
      LinearFit fit = new LinearFit(own, y, columns.size(), outputs, classes, () -> false);
      double[] w = fit.constant();
      for (int p = PENALTIES.length - 1; p >= 0; p--) {
        pulse.run();
        w = columns.isEmpty() ? w : fit.fit(PENALTIES[p], w);
        int at = 0;
        for (int u = 0; u < used.length; u++) {
          if (fold[used[u]] == now) {
            losses[p][u] =
                loss(
                    w,
                    some(x, width, new int[] {judged[at]}, columns),
                    outputs,
                    targets[judged[at]]);
            at++;
          }
        }
      }
    }
    double[] best = losses[0];
    for (double[] l : losses) {
      best = mean(l) < mean(best) ? l : best;
    }
    return Arrays.stream(best).filter(v -> !Double.isNaN(v)).toArray();
  }

  private double loss(double[] w, float[] x, int outputs, float target) {
    double[] z = new double[outputs];
    LinearFit.outputs(w, x, 0, x.length, z);
    return classes
        ? -Math.log(Math.max(1e-12, LinearFit.softmax(z)[(int) target]))
        : (z[0] - target) * (z[0] - target);
  }

  private static float[] some(float[] x, int width, int[] rows, List<Integer> columns) {
    float[] some = new float[rows.length * columns.size()];
    int to = 0;
    for (int row : rows) {
      for (int c : columns) {
        some[to++] = x[row * width + c];
      }
    }
    return some;
  }

  private static boolean gain(double[] without, double[] with) {
    double[] gains = new double[with.length];
    Arrays.setAll(gains, i -> without[i] - with[i]);
    double mean = mean(gains);
    double squares = Arrays.stream(gains).map(g -> (g - mean) * (g - mean)).sum();
    double error = Math.sqrt(squares / Math.max(1, gains.length - 1) / gains.length);
    return mean > GAIN * error;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).average().orElse(0);
  }
}
