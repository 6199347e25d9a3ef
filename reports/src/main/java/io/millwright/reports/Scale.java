package io.millwright.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One axis of a chart: which values stand where, and which of them are written at its side.
 *
 * @param low the value at the axis's beginning
 * @param high the value at its end
 * @param logarithmic whether equal ratios take equal room
 * @param title what is measured, with its unit
 */
public record Scale(double low, double high, boolean logarithmic, String title) {

  /** Checks. */
  public Scale {
    if (!(low < high) || Double.isInfinite(high - low) || (logarithmic && low <= 0)) {
      throw new IllegalArgumentException(
          "axis \"" + title + "\" from " + low + " to " + high + (logarithmic ? ", log" : ""));
    }
  }

  /** An axis from 0 to a round number at or above the largest value. */
  public static Scale fromZero(double largest, String title) {
    double step = step(Math.max(largest, 1e-9));
    return new Scale(0, step * Math.ceil(largest / step - 1e-9), false, title);
  }

  /** An axis that holds all values with a little room, logarithmic when they span a wide range. */
  public static Scale around(double smallest, double largest, String title) {
    if (smallest > 0 && largest / smallest > 6) {
      return new Scale(smallest / 1.1, largest * 1.1, true, title);
    }
    double room = largest > smallest ? 0.06 * (largest - smallest) : Math.abs(largest) * 0.1 + 1e-9;
    return new Scale(smallest - room, largest + room, false, title);
  }

  /** Where a value stands, 0 at the beginning to 1 at the end; values outside stand at the ends. */
  public double at(double value) {
    double v = Math.min(Math.max(value, low), high);
    return logarithmic ? Math.log(v / low) / Math.log(high / low) : (v - low) / (high - low);
  }

  /** The values to write, at round numbers. */
  public List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (logarithmic) {
      boolean many = high / low > 200;
      for (double decade = Math.pow(10, Math.floor(Math.log10(low)));
          decade <= high;
          decade *= 10) {
        for (double m : many ? new double[] {1} : new double[] {1, 2, 5}) {
          if (decade * m >= low && decade * m <= high) {
            ticks.add(decade * m);
          }
        }
      }
      return ticks;
    }
    double step = step(high - low);
    for (double tick = Math.ceil(low / step - 1e-9) * step;
        tick <= high + step * 1e-9;
        tick += step) {
      ticks.add(Math.abs(tick) < step * 1e-9 ? 0 : tick);
    }
    return ticks;
  }

  /** A tick as it is written: with as many decimals as tell it from its neighbours. */
  public String label(double tick) {
    if (logarithmic || Math.abs(tick) >= 1e6) {
      return shortly(tick);
    }
    double step = step(high - low);
    int decimals = 0;
    while (decimals < 9 && Math.abs(step - Math.rint(step)) > 1e-6 * step) {
      step *= 10;
      decimals++;
    }
    return String.format(Locale.ROOT, "%." + decimals + "f", tick);
  }

  private static double step(double span) {
    double rough = span / 5;
    double decade = Math.pow(10, Math.floor(Math.log10(rough)));
    double m = rough / decade;
    return decade * (m <= 1 ? 1 : m <= 2 ? 2 : m <= 2.5 ? 2.5 : m <= 5 ? 5 : 10);
  }

  /** A number as short as it can be said. */
  public static String shortly(double value) {
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    if (size >= 1e15 || size < 1e-4) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    String text =
        String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 1 ? "%.2f" : "%.5f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}
