package io.millwright.runtime.prepare;

import io.millwright.api.ErrorCode;
import io.millwright.api.data.ColumnType;
import io.millwright.api.learn.Step;
import io.millwright.api.spi.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Learns one step from the training data as they are before it. */
final class StepFitter {

  private static final double DAY = 86_400_000;
  private static final double LEAST_WEEKS = 2;
  private static final double LEAST_YEARS = 1.5;

  private static final double MAD_TO_DEVIATION = 1.4826;

  private final Map<String, List<String>> labels;
  private final Problems problems;

  private final double[] answers;
  private final int classes;
  private final Runnable pulse;

  /**
   * @param answers the answer of each row of a frame; empty when none is known
   * @param classes how many classes answers are indices of; 0 for a quantity
   */
  StepFitter(
      Map<String, List<String>> labels,
      Problems problems,
      double[] answers,
      int classes,
      Runnable pulse) {
    this.labels = labels;
    this.problems = problems;
    this.answers = answers;
    this.classes = classes;
    this.pulse = pulse;
  }

  FittedStep fit(Step step, Frame frame) {
    if (step instanceof Step.Clean clean) {
      return clean(clean, frame);
    }
    if (step instanceof Step.Encode) {
      return new FittedStep.Encode(categories(frame));
    }
    if (step instanceof Step.Calendar) {
      return calendar(frame);
    }
    if (step instanceof Step.MissingIndicators) {
      return new MissingFinder(frame, answers, classes).find();
    }
    if (step instanceof Step.Input input) {
      return new FittedStep.Input(input.name(), input.columns());
    }
    if (step instanceof Step.Base base) {
      return new FittedStep.Input(Step.Base.INPUT, List.of(base.column()));
    }
    if (step instanceof Step.Scale scale) {
      return new FittedStep.Scale(
          frame.numbers().stream().map(c -> line(frame, c, scale)).toList(), scale.clip());
    }
    if (step instanceof Step.Conditions conditions) {
      ConditionFinder finder = new ConditionFinder(frame, conditions.most(), pulse);
      return conditions.settings().isEmpty()
          ? finder.find()
          : finder.by(
              frame.numbers().stream()
                  .filter(c -> conditions.settings().contains(frame.name(c)))
                  .toList());
    }
    if (step instanceof Step.DropConstant) {
      return new FittedStep.Keep(varying(frame));
    }
    if (step instanceof Step.Drifting drifting) {
      return drifting(drifting, frame);
    }
    if (step instanceof Step.Trends trends) {
      return new FittedStep.Trends(trends);
    }
    if (step instanceof Step.Interactions interactions) {
      if (interactions.most() == 0) {
        return interactions(interactions, frame);
      }
      return answers.length == 0
          ? new FittedStep.Interactions(List.of(), List.of())
          : new InteractionFinder(frame, answers, classes, pulse)
              .find(interactions.quotients(), interactions.most());
    }
    if (step instanceof Step.Window window) {
      return new FittedStep.Window(window.length());
    }
    throw new IllegalStateException("no fitting of " + step);
  }

  private static List<String> categories(Frame frame) {
    return frame.columns().stream()
        .filter(c -> c.type() == ColumnType.CATEGORY)
        .map(c -> c.name())
        .toList();
  }

  private static FittedStep calendar(Frame frame) {
    List<FittedStep.CalendarColumn> columns = new ArrayList<>();
    for (int c = 0; c < frame.width(); c++) {
      if (frame.columns().get(c).type() != ColumnType.TIME) {
        continue;
      }
      double[] times = frame.finite(c);
      double low = Arrays.stream(times).min().orElse(0);
      double high = Arrays.stream(times).max().orElse(0);
      double span = (high - low) / DAY;
      double[] ofDay = Arrays.stream(times).map(t -> t - DAY * Math.floor(t / DAY)).toArray();
      columns.add(
          new FittedStep.CalendarColumn(
              frame.name(c),
              (long) low,
              (long) high,
              span > 1 && Statistics.varies(ofDay),
              span >= LEAST_WEEKS * 7,
              span >= LEAST_YEARS * 365));
    }
    return new FittedStep.Calendar(columns);
  }

  private FittedStep clean(Step.Clean clean, Frame frame) {
    List<FittedStep.CleanNumber> numbers = new ArrayList<>();
    for (int c : frame.numbers()) {
      double low = Double.NEGATIVE_INFINITY;
      double high = Double.POSITIVE_INFINITY;
      for (Step.Range range : clean.ranges()) {
        if (range.column().equals(frame.name(c))) {
          low = Math.max(low, range.low());
          high = Math.min(high, range.high());
        }
      }
      double least = low;
      double largest = high;
      double[] possible =
          Arrays.stream(frame.finite(c)).filter(v -> v >= least && v <= largest).toArray();
      if (possible.length == 0) {
        problems.add(
            ErrorCode.TOO_FEW_DATA,
            "column \"" + frame.name(c) + "\"",
            "holds no usable number in the training data",
            "leave the column out, or check its range.");
      }
      double median = possible.length == 0 ? 0 : Statistics.quantile(possible, 0.5);
      double reach = Double.POSITIVE_INFINITY;
      if (clean.outlier() > 0 && possible.length > 0) {
        double mad =
            Statistics.quantile(
                Arrays.stream(possible).map(v -> Math.abs(v - median)).toArray(), 0.5);
        // Where more than half of the values are equal, the deviation is 0 and says nothing.
        reach = mad > 0 ? clean.outlier() * MAD_TO_DEVIATION * mad : reach;
      }
      int stuck = clean.stuck() > 0 && moves(frame, c) ? clean.stuck() : 0;
      numbers.add(
          new FittedStep.CleanNumber(
              frame.name(c), low, high, median - reach, median + reach, stuck, median));
    }
    List<FittedStep.CleanLabel> typical = new ArrayList<>();
    for (int c = 0; c < frame.width(); c++) {
      if (frame.columns().get(c).type() == ColumnType.CATEGORY) {
        typical.add(new FittedStep.CleanLabel(frame.name(c), mostFrequent(frame, c)));
      }
    }
    return new FittedStep.Clean(
        clean.missing() == Step.Missing.LAST,
        numbers,
        typical,
        clean.missing() == Step.Missing.LIKELY
            ? LikelyFinder.find(frame, labels, numbers)
            : Optional.empty());
  }

  /** Whether a reading moves from most rows to the next, so that standing still means something. */
  private static boolean moves(Frame frame, int c) {
    long moved = 0;
    long pairs = 0;
    for (int s = 0; s < frame.sequences().size(); s++) {
      for (int r = 1; r < frame.rows(s); r++) {
        double d = frame.value(s, r, c) - frame.value(s, r - 1, c);
        if (!Double.isNaN(d)) {
          pairs++;
          moved += d != 0 ? 1 : 0;
        }
      }
    }
    return pairs > 0 && 2 * moved >= pairs;
  }

  private String mostFrequent(Frame frame, int c) {
    List<String> known = labels.getOrDefault(frame.name(c), List.of());
    int[] counts = new int[known.size()];
    for (double code : frame.finite(c)) {
      if (code >= 0 && code < counts.length) {
        counts[(int) code]++;
      }
    }
    int best = 0;
    for (int k = 1; k < counts.length; k++) {
      best = counts[k] > counts[best] ? k : best;
    }
    return known.isEmpty() ? "" : known.get(best);
  }

  private static FittedStep.Line line(Frame frame, int c, Step.Scale scale) {
    double[] finite = frame.finite(c);
    // What is clipped to a few deviations must not say how large one is.
    double[] values = scale.clip() > 0 ? Statistics.undominated(finite) : finite;
    if (values.length == 0 || !Statistics.varies(values)) {
      return new FittedStep.Line(frame.name(c), values.length == 0 ? 0 : values[0], 0);
    }
    double mean = Statistics.mean(values);
    double deviation = Statistics.deviation(values, mean);
    return switch (scale.method()) {
      case STANDARD -> new FittedStep.Line(frame.name(c), mean, 1 / deviation);
      case MIN_MAX -> {
        double low = Arrays.stream(values).min().orElseThrow();
        double high = Arrays.stream(values).max().orElseThrow();
        yield new FittedStep.Line(frame.name(c), low, 1 / (high - low));
      }
      case ROBUST -> {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double middle =
            Statistics.quantileOfSorted(sorted, 0.75) - Statistics.quantileOfSorted(sorted, 0.25);
        // More than half of the values may be equal in a column that varies: then the deviation has
        // to do.
        yield new FittedStep.Line(
            frame.name(c),
            Statistics.quantileOfSorted(sorted, 0.5),
            1 / (middle > 0 ? middle : deviation));
      }
    };
  }

  private static List<String> varying(Frame frame) {
    List<String> kept = new ArrayList<>();
    for (int c = 0; c < frame.width(); c++) {
      ColumnType type = frame.columns().get(c).type();
      if (type == ColumnType.AGE
          || type == PlanBuilder.ASIDE
          || Statistics.varies(frame.finite(c))) {
        kept.add(frame.name(c));
      }
    }
    return kept;
  }

  private FittedStep drifting(Step.Drifting step, Frame frame) {
    List<Integer> numbers = frame.numbers();
    double[] strength = new double[frame.width()];
    boolean any = false;
    for (int c : numbers) {
      double sum = 0;
      int n = 0;
      for (int s = 0; s < frame.sequences().size(); s++) {
        int rows = Math.min(step.rows(), frame.rows(s) / 2);
        if (rows > 0) {
          double d =
              frame.mean(s, c, frame.rows(s) - rows, frame.rows(s)) - frame.mean(s, c, 0, rows);
          if (!Double.isNaN(d)) {
            sum += d * d;
            n++;
          }
          any = true;
        }
      }
      double drift = n == 0 ? 0 : Math.sqrt(sum / n);
      double noise = frame.noise(c);
      strength[c] = drift == 0 ? 0 : drift / noise;
    }
    if (!any) {
      problems.add(
          ErrorCode.TOO_FEW_DATA,
          "step Drifting",
          "needs sequences of two rows or more, but all have one",
          "use it for histories only; for independent records take DropConstant.");
    }
    List<Integer> passed =
        new ArrayList<>(numbers.stream().filter(c -> strength[c] > step.ratio()).toList());
    if (passed.isEmpty()) {
      List<Integer> strongest = new ArrayList<>(numbers);
      strongest.sort(
          Comparator.comparingDouble((Integer c) -> strength[c])
              .reversed()
              .thenComparing(Comparator.naturalOrder()));
      passed.addAll(strongest.subList(0, Math.min(5, strongest.size())));
    }
    List<String> kept = new ArrayList<>();
    for (int c = 0; c < frame.width(); c++) {
      if (!numbers.contains(c) || passed.contains(c)) {
        kept.add(frame.name(c));
      }
    }
    return new FittedStep.Keep(kept);
  }

  private static FittedStep interactions(Step.Interactions step, Frame frame) {
    List<FittedStep.Pair> products = new ArrayList<>();
    List<FittedStep.Pair> quotients = new ArrayList<>();
    List<Integer> numbers = frame.numbers();
    double[] least = new double[frame.width()];
    for (int c : numbers) {
      least[c] = step.quotients() ? leastDivisor(frame.finite(c)) : 0;
    }
    for (int i = 0; i < numbers.size(); i++) {
      for (int j = i + 1; j < numbers.size(); j++) {
        int a = numbers.get(i);
        int b = numbers.get(j);
        products.add(new FittedStep.Pair(frame.name(a), frame.name(b), 0));
        if (least[b] != 0) {
          quotients.add(new FittedStep.Pair(frame.name(a), frame.name(b), least[b]));
        }
        if (least[a] != 0) {
          quotients.add(new FittedStep.Pair(frame.name(b), frame.name(a), least[a]));
        }
      }
    }
    return new FittedStep.Interactions(products, quotients);
  }

  /**
   * Half of the smallest divisor of training, with its sign; 0 when divisors come near 0 or change
   * sign.
   */
  static double leastDivisor(double[] values) {
    if (values.length == 0) {
      return 0;
    }
    double low = Arrays.stream(values).min().orElseThrow();
    double high = Arrays.stream(values).max().orElseThrow();
    double small = low > 0 ? low : high < 0 ? high : 0;
    return Math.abs(small) > 1e-3 * Math.max(Math.abs(low), Math.abs(high)) ? small / 2 : 0;
  }
}
