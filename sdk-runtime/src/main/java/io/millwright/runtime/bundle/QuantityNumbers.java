package io.millwright.runtime.bundle;

import io.millwright.api.Uncertainty;
import io.millwright.api.data.PlainData;
import io.millwright.api.data.Unit;
import io.millwright.api.head.Answer;
import io.millwright.api.head.FittedHead;
import io.millwright.api.head.Heads;

/**
 * The head of a quantity as plain numbers: what an answer and its interval at one level are
 * computed from. Immutable and thread-safe.
 */
public final class QuantityNumbers {

  private final double offset;
  private final double scale;
  private final double low;
  private final double high;
  private final boolean measured;
  private final double down;
  private final double up;
  private final double[] knots;
  private final double[] sizes;
  private final double least;
  private final Local local;

  private QuantityNumbers(HeadData head, double level) {
    PlainData data = head.data();
    PlainData calibration = data.part("calibration");
    offset = data.number("offset");
    scale = data.number("scale");
    low = head.low();
    high = head.high();
    measured = !calibration.has("none");
    local = Local.of(calibration, level);
    if (measured) {
      Uncertainty.Interval errors = errors(calibration, level);
      down = errors.low();
      up = errors.high();
      knots = calibration.numbers("predictions");
      sizes = calibration.numbers("sizes");
      least = calibration.number("least");
    } else {
      down = Double.NEGATIVE_INFINITY;
      up = Double.POSITIVE_INFINITY;
      knots = new double[0];
      sizes = new double[0];
      least = 1;
    }
  }

  /**
   * The numbers of a head of kind {@code quantity}.
   *
   * @param head the head
   * @param level the level of intervals, between 0 and 1
   */
  public static QuantityNumbers of(HeadData head, double level) {
    return new QuantityNumbers(head, level);
  }

  /**
   * The errors at both ends, in sizes of errors: what the head says of 0 without limits.
   *
   * @param calibration the head's calibration
   * @param level the level of the interval
   */
  public static Uncertainty.Interval errors(PlainData calibration, double level) {
    PlainData.Builder plain = PlainData.builder();
    calibration.values().forEach(plain::put);
    FittedHead<?, ?> bare =
        Heads.quantity(Unit.NONE, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
            .read(
                PlainData.builder()
                    .put("unit", "")
                    .put("outputs", 1)
                    .put("offset", 0.0)
                    .put("scale", 1.0)
                    .put(
                        "calibration",
                        plain.put("predictions", new double[0]).put("sizes", new double[0]).build())
                    .build());
    Answer<?> zero = bare.answer(new double[1], new float[1]);
    return (Uncertainty.Interval) zero.uncertainty().at(level);
  }

  /**
   * Ends of intervals at one level that change along the answer: between answers on straight lines,
   * level beyond the outer ones.
   *
   * @param answers rising; empty where a calibration has no such ends
   * @param down how far the lower end is from each answer, negative infinity where it is open
   * @param up how far the upper end is
   */
  public record Local(double[] answers, double[] down, double[] up) {

    /**
     * Reads the ends.
     *
     * @param calibration the head's calibration
     * @param level the level of the interval
     */
    public static Local of(PlainData calibration, double level) {
      if (!calibration.has("local")) {
        return new Local(new double[0], new double[0], new double[0]);
      }
      PlainData data = calibration.part("local");
      double[] answers = data.numbers("predictions");
      double[] down = new double[answers.length];
      double[] up = new double[answers.length];
      for (int i = 0; i < answers.length; i++) {
        PlainData run =
            PlainData.builder().put("scores", data.part("run " + i)).put("least", 1.0).build();
        Uncertainty.Interval errors = errors(run, level);
        down[i] = errors.low();
        up[i] = errors.high();
      }
      return new Local(answers, down, up);
    }

    /** Whether there are such ends. */
    public boolean any() {
      return answers.length > 0;
    }
  }

  /** Whether intervals were measured; without, they are open. */
  public boolean measured() {
    return measured;
  }

  /** The answer without its limits, of the middle one of the averaged outputs. */
  public double unlimited(double said) {
    return offset + scale * said;
  }

  /** An answer between its limits. */
  public double limited(double unlimited) {
    return Math.max(low, Math.min(high, unlimited));
  }

  /** The lower end of the interval of an answer. */
  public double from(double value) {
    double end = local.any() ? along(value, local.down) : end(value, down);
    return end == Double.POSITIVE_INFINITY ? high : end;
  }

  /** Below this no truth lies. */
  public double lowest() {
    return low;
  }

  /** The upper end of the interval of an answer; infinite where it reaches the limit. */
  public double to(double value) {
    return local.any() ? along(value, local.up) : end(value, up);
  }

  /** Whether an answer reaches the limit above which truths cannot be told apart. */
  public boolean atLimit(double unlimited) {
    return unlimited >= high;
  }

  private double along(double value, double[] errors) {
    double error = curve(local.answers, errors, value);
    double end = Double.isInfinite(error) ? error : value + error;
    return end >= high ? Double.POSITIVE_INFINITY : Math.max(low, end);
  }

  private double end(double value, double error) {
    double end = Double.isInfinite(error) ? error : value + error * size(value);
    return end >= high ? Double.POSITIVE_INFINITY : Math.max(low, end);
  }

  private double size(double value) {
    if (knots.length == 0) {
      return 1;
    }
    return Math.max(least, curve(knots, sizes, value));
  }

  private static double curve(double[] knots, double[] sizes, double x) {
    if (x <= knots[0]) {
      return sizes[0];
    }
    for (int i = 1; i < knots.length; i++) {
      if (x <= knots[i]) {
        if (Double.isInfinite(sizes[i - 1]) || Double.isInfinite(sizes[i])) {
          return x < knots[i] && Double.isInfinite(sizes[i - 1]) ? sizes[i - 1] : sizes[i];
        }
        double t = (x - knots[i - 1]) / (knots[i] - knots[i - 1]);
        return sizes[i - 1] + t * (sizes[i] - sizes[i - 1]);
      }
    }
    return sizes[knots.length - 1];
  }
}
