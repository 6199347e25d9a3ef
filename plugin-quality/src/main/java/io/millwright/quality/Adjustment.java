package io.millwright.quality;

import java.util.Map;
import java.util.TreeMap;

/**
 * What is done to a measured value before it is charted, so that a chart for independent normal
 * readings may be used (pre-treatment of autocorrelated or skewed readings). The limits then stand
 * on the adjusted scale.
 */
public sealed interface Adjustment {

  /** Nothing. */
  record AsIs() implements Adjustment {}

  /**
   * The power transform of Box and Cox (1964): ((x + shift)^lambda - 1) / lambda, the logarithm for
   * lambda 0.
   *
   * @param lambda the power
   * @param shift what is added first; x + shift must be above 0
   */
  record Power(double lambda, double shift) implements Adjustment {
    /** Checks. */
    public Power {
      finite(lambda, shift);
    }
  }

  /**
   * The one-step residual of a first-order autoregression (Alwan and Roberts 1988): x - mean - phi
   * (last x - mean). The first reading, and the first after a gap, is brought to the same variance:
   * (x - mean) sqrt(1 - phi^2).
   *
   * @param mean the process mean
   * @param phi the autoregression's coefficient, between -1 and 1
   */
  record Residual(double mean, double phi) implements Adjustment {
    /** Checks. */
    public Residual {
      finite(mean, phi);
      if (Math.abs(phi) >= 1) {
        throw new IllegalArgumentException(
            "phi is " + phi + ", but must lie between -1 and 1: else the process has no mean");
      }
    }
  }

  /**
   * Short runs of several products on one chart: (x - nominal) / sigma of the product that a {@link
   * Reading.Values} names.
   *
   * @param products nominal value and standard deviation of single readings, by product
   */
  record Products(Map<String, Target> products) implements Adjustment {
    /** Copies. */
    public Products {
      products = java.util.Collections.unmodifiableMap(new TreeMap<>(products));
      if (products.isEmpty()) {
        throw new IllegalArgumentException("there is no product");
      }
    }
  }

  /**
   * What a product should be.
   *
   * @param nominal its nominal value
   * @param sigma its standard deviation, above 0; 1 to chart the plain difference from nominal
   */
  record Target(double nominal, double sigma) {
    /** Checks. */
    public Target {
      finite(nominal, sigma);
      if (!(sigma > 0)) {
        throw new IllegalArgumentException("sigma is " + sigma + ", but must be above 0");
      }
    }
  }

  private static void finite(double a, double b) {
    if (!Double.isFinite(a) || !Double.isFinite(b)) {
      throw new IllegalArgumentException(a + " and " + b + " must be finite");
    }
  }
}
