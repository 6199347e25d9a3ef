package io.millwright.core.learn;

import io.millwright.api.learn.Target;
import io.millwright.runtime.bundle.TargetData;
import java.util.Optional;

/**
 * How labels become what the network is asked for: a quantity with two limits is brought to 0 and
 * 1, any other to mean 0 and variance 1 over the training samples; the index of a class stays as it
 * is.
 *
 * @param data the same as the bundle keeps it, for a class still without threshold
 */
record Scaling(TargetData data) {

  static Scaling of(Target<?> target, Encoded encoded, boolean[] seen) {
    if (!(target instanceof Target.Quantity<?> q)) {
      return new Scaling(new TargetData.Category(encoded.classes(), Optional.empty()));
    }
    if (Double.isFinite(q.low()) && Double.isFinite(q.high())) {
      return new Scaling(
          new TargetData.Quantity(q.unit(), q.low(), q.high(), q.low(), q.high() - q.low()));
    }
    double n = 0;
    double sum = 0;
    double squares = 0;
    for (int s = 0; s < encoded.originals(); s++) {
      for (double label : encoded.labels().get(s)) {
        if (seen[s] && !Double.isNaN(label)) {
          n++;
          double delta = label - sum;
          sum += delta / n; // the running mean (Welford 1962)
          squares += delta * (label - sum);
        }
      }
    }
    double deviation = n > 1 ? Math.sqrt(squares / n) : 0;
    return new Scaling(
        new TargetData.Quantity(
            q.unit(), q.low(), q.high(), n > 0 ? sum : 0, deviation > 0 ? deviation : 1));
  }

  double scale(double label) {
    return data instanceof TargetData.Quantity q ? (label - q.offset()) / q.scale() : label;
  }

  /** Back to a label, cut to the limits. */
  double unscale(double output) {
    return data instanceof TargetData.Quantity q
        ? Math.max(q.low(), Math.min(q.high(), q.offset() + q.scale() * output))
        : output;
  }
}
