package io.millwright.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.List;

/** Demand of one period, or per unit of time, that is the same in all and independent. */
public sealed interface Demand {

  /**
   * The expected demand.
   *
   * @return the mean
   */
  double mean();

  /**
   * Normal.
   *
   * @param mean the mean, positive
   * @param deviation the standard deviation, positive
   */
  record Normal(double mean, double deviation) implements Demand {
    /** Checks. */
    public Normal {
      positive("mean", mean);
      positive("deviation", deviation);
    }
  }

  /**
   * Poisson.
   *
   * @param mean the mean, positive
   */
  record Poisson(double mean) implements Demand {
    /** Checks. */
    public Poisson {
      positive("mean", mean);
    }
  }

  /**
   * Uniform between two bounds.
   *
   * @param low the least, 0 or more
   * @param high the most, above it
   */
  record Uniform(double low, double high) implements Demand {
    /** Checks. */
    public Uniform {
      positive("width", high - low);
      positive("upper bound", high);
    }

    @Override
    public double mean() {
      return (low + high) / 2;
    }
  }

  /**
   * Lognormal, by its own mean and standard deviation.
   *
   * @param mean the mean, positive
   * @param deviation the standard deviation, positive
   */
  record Lognormal(double mean, double deviation) implements Demand {
    /** Checks. */
    public Lognormal {
      positive("mean", mean);
      positive("deviation", deviation);
    }
  }

  /**
   * Any values with their probabilities, such as those of a history.
   *
   * @param values rising, none negative
   * @param probabilities one for each, adding up to 1
   */
  record Discrete(List<Double> values, List<Double> probabilities) implements Demand {
    /** Checks and copies. */
    public Discrete {
      values = List.copyOf(values);
      probabilities = List.copyOf(probabilities);
      double sum = probabilities.stream().mapToDouble(p -> p).sum();
      boolean sound =
          !values.isEmpty()
              && values.size() == probabilities.size()
              && values.get(0) >= 0
              && Math.abs(sum - 1) < 1e-6
              && probabilities.stream().allMatch(p -> p >= 0);
      for (int i = 1; sound && i < values.size(); i++) {
        sound = values.get(i) > values.get(i - 1) && Double.isFinite(values.get(i));
      }
      if (!sound) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "the demand has the values "
                + values
                + " with the probabilities "
                + probabilities
                + "\nMaybe let values rise from 0 and probabilities add up to 1");
      }
    }

    @Override
    public double mean() {
      double mean = 0;
      for (int i = 0; i < values.size(); i++) {
        mean += values.get(i) * probabilities.get(i);
      }
      return mean;
    }
  }

  private static void positive(String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the demand's "
              + name
              + " is "
              + value
              + ", but must be positive and finite\n"
              + "Maybe leave what nobody asks for out of the model");
    }
  }
}
