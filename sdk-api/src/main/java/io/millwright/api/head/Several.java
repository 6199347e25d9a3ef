package io.millwright.api.head;

import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How sure several numbers are, each by itself: a band over them. */
record Several(List<Uncertainties> each) implements Uncertainties {
  Several {
    each = List.copyOf(each);
  }

  static Uncertainties of(List<Uncertainties> each) {
    return new Several(each);
  }

  @Override
  public Uncertainty at(double level) {
    List<Uncertainty.Interval> steps = new ArrayList<>();
    for (Uncertainties one : each) {
      Uncertainty here = one.at(level);
      if (!(here instanceof Uncertainty.Interval interval)) {
        return here;
      }
      steps.add(interval);
    }
    return new Uncertainty.Band(level, steps);
  }

  @Override
  public double[] quantiles(double... probabilities) {
    double[] unknown = new double[probabilities.length];
    Arrays.fill(unknown, Double.NaN);
    return each.size() == 1 ? each.get(0).quantiles(probabilities) : unknown;
  }

  @Override
  public String toString() {
    return "90 %: " + at(0.9);
  }
}
