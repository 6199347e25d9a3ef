package io.millwright.api.learn;

import java.util.List;
import java.util.Objects;

/**
 * A loss function: what training makes small. It gives the value and the gradient at the outputs of
 * a network, in Java, for a batch; any engine carries that gradient back to the weights. The known
 * losses are below; plug-ins may implement their own, hosts need not. Must be immutable, pure and
 * thread-safe, and its text must tell it from every other loss.
 *
 * <p>Quantities are measured on the scaled target. Outputs stand target after target, as many for
 * each: where several numbers are learnt at once, the loss of a sample is the mean over those that
 * are known, unless the loss says otherwise.
 */
public interface Loss {

  /**
   * The loss of a batch, the sum of weighted losses over the sum of weights, and its gradient.
   *
   * @param batch outputs and targets
   * @param gradient filled, {@code [count, width]}
   * @return the loss; 0 for a batch without weight
   */
  double gradient(LossBatch batch, float[] gradient);

  /**
   * Whether the loss of a batch is the mean of losses of its samples, each by itself. A batch of
   * such a loss may be divided where memory does not hold it.
   *
   * @return true by default; false where samples are compared with each other
   */
  default boolean isSeparable() {
    return true;
  }

  /** The squared error. */
  record SquaredError() implements Loss {
    @Override
    public double gradient(LossBatch batch, float[] gradient) {
      return Pointwise.mean(
          batch,
          gradient,
          (y, at, each, target, w, g) -> {
            double e = y[at] - target;
            g[at] = (float) (w * 2 * e);
            return e * e;
          });
    }
  }

  /** The absolute error. */
  record AbsoluteError() implements Loss {
    @Override
    public double gradient(LossBatch batch, float[] gradient) {
      return Pointwise.mean(
          batch,
          gradient,
          (y, at, each, target, w, g) -> {
            double e = y[at] - target;
            g[at] = (float) (w * Math.signum(e));
            return Math.abs(e);
          });
    }
  }

  /**
   * Half the squared error up to a distance, linear beyond (Huber 1964).
   *
   * @param delta the distance, in units of the scaled target
   */
  record Huber(double delta) implements Loss {
    /** Checks. */
    public Huber {
      Checks.positive("delta", delta);
    }

    @Override
    public double gradient(LossBatch batch, float[] gradient) {
      return Pointwise.mean(
          batch,
          gradient,
          (y, at, each, target, w, g) -> {
            double e = y[at] - target;
            double size = Math.abs(e);
            g[at] = (float) (w * Math.max(-delta, Math.min(delta, e)));
            return size <= delta ? e * e / 2 : delta * (size - delta / 2);
          });
    }
  }

  /**
   * The quantile (pinball) loss (Koenker and Bassett 1978), averaged over several quantiles; the
   * network has one output for each, one target's quantiles after the other's. The middle one is
   * the answer.
   *
   * @param probabilities rising values between 0 and 1, both excluded; an odd number
   */
  record Quantile(List<Double> probabilities) implements Loss {
    /** Checks and copies. */
    public Quantile {
      probabilities = List.copyOf(probabilities);
      if (probabilities.size() % 2 == 0) {
        throw new IllegalArgumentException(
            "probabilities are " + probabilities + ", but there must be an odd number of them");
      }
      Pointwise.rising(probabilities);
    }

    @Override
    public double gradient(LossBatch batch, float[] gradient) {
      return Pointwise.mean(
          batch,
          gradient,
          (y, at, each, target, w, g) -> {
            double sum = 0;
            for (int k = 0; k < each; k++) {
              double p = probabilities.get(k);
              double e = target - y[at + k];
              sum += e >= 0 ? p * e : (p - 1) * e;
              g[at + k] = (float) (w * (e >= 0 ? -p : 1 - p) / each);
            }
            return sum / each;
          });
    }
  }

  /**
   * The quantile (pinball) loss of a curve that cannot cross itself: of each target's outputs the
   * first is the lowest quantile, and each further one, through the softplus, the distance to the
   * next. {@link #curve} gives the quantiles of outputs.
   *
   * @param probabilities rising values between 0 and 1, both excluded
   */
  record QuantileCurve(List<Double> probabilities) implements Loss {
    /** Checks and copies. */
    public QuantileCurve {
      probabilities = List.copyOf(probabilities);
      Pointwise.rising(probabilities);
    }

    /**
     * The quantiles of one target's outputs.
     *
     * @param outputs holds the outputs
     * @param at the first of them
     * @return one quantile for each probability, rising
     */
    public double[] curve(float[] outputs, int at) {
      double[] q = new double[probabilities.size()];
      q[0] = outputs[at];
      for (int k = 1; k < q.length; k++) {
        q[k] = q[k - 1] + Pointwise.softplus(outputs[at + k]);
      }
      return q;
    }

    @Override
    public double gradient(LossBatch batch, float[] gradient) {
      return Pointwise.mean(
          batch,
          gradient,
          (y, at, each, target, w, g) -> {
            double[] q = curve(y, at);
            double sum = 0;
            double above = 0; // the slope of all quantiles from k on, which output k moves together
            for (int k = each - 1; k >= 0; k--) {
              double p = probabilities.get(k);
              double e = target - q[k];
              sum += e >= 0 ? p * e : (p - 1) * e;
              above += e >= 0 ? -p : 1 - p;
              double moves = k == 0 ? 1 : Pointwise.sigmoid(y[at + k]);
              g[at + k] = (float) (w * above * moves / each);
            }
            return sum / each;
          });
    }
  }

  /**
   * Another loss where a target is known, and where it is only known to be at least so large
   * (right-censored), that loss for outputs below and none above. Targets are pairs: the number,
   * and 1 where it is censored, otherwise 0.
   *
   * @param known the loss of numbers that are known, of one output for each target
   */
  record Censored(Loss known) implements Loss {
    /** Checks. */
    public Censored {
      Objects.requireNonNull(known, "known");
    }

    @Override
    public double gradient(LossBatch batch, float[] gradient) {
      int n = batch.targetWidth() / 2;
      int each = batch.width() / n;
      float[] targets = new float[batch.count() * n];
      for (int i = 0; i < targets.length; i++) {
        float number = batch.targets()[2 * i];
        boolean reached =
            batch.targets()[2 * i + 1] == 1 && batch.outputs()[i * each + each / 2] >= number;
        // An output beyond a censored number is as right as can be known.
        targets[i] = reached ? batch.outputs()[i * each + each / 2] : number;
      }
      return known.gradient(
          new LossBatch(batch.outputs(), batch.width(), targets, n, batch.weights(), batch.count()),
          gradient);
    }
  }

  /** The cross entropy of classes, from the softmax of one output for each class. */
  record CrossEntropy() implements Loss {
    @Override
    public double gradient(LossBatch batch, float[] gradient) {
      return Pointwise.mean(batch, gradient, Pointwise::crossEntropy);
    }
  }

  /**
   * The focal loss of classes (Lin et al. 2017): the cross entropy, less for what is already told
   * right.
   *
   * @param focus the exponent, positive; 2 in the paper
   */
  record Focal(double focus) implements Loss {
    /** Checks. */
    public Focal {
      Checks.positive("focus", focus);
    }

    @Override
    public double gradient(LossBatch batch, float[] gradient) {
      return Pointwise.mean(
          batch,
          gradient,
          (y, at, each, target, w, g) -> {
            double log = -Pointwise.crossEntropy(y, at, each, target, 1, g);
            double p = Math.exp(log);
            double rest = Math.pow(1 - p, focus);
            // d/dy of -(1-p)^f log p, over that of -log p, which stands in the gradient.
            double factor = rest - (p >= 1 ? 0 : focus * rest / (1 - p) * p * log);
            for (int k = 0; k < each; k++) {
              g[at + k] = (float) (w * factor * g[at + k]);
            }
            return -rest * log;
          });
    }
  }

  /**
   * The binary cross entropy, from the sigmoid of one output for each target of 0 or 1.
   *
   * @param positive how much a target of 1 counts, where 0 counts 1
   */
  record BinaryCrossEntropy(double positive) implements Loss {
    /** Checks. */
    public BinaryCrossEntropy {
      Checks.positive("positive", positive);
    }

    @Override
    public double gradient(LossBatch batch, float[] gradient) {
      return Pointwise.mean(
          batch,
          gradient,
          (y, at, each, target, w, g) -> {
            double weight = 1 + target * (positive - 1);
            g[at] = (float) (w * weight * (Pointwise.sigmoid(y[at]) - target));
            return weight * (Pointwise.softplus(y[at]) - target * y[at]);
          });
    }
  }

  /**
   * The negative log-likelihood of discrete-time hazards (Singer and Willett 1993), from the
   * sigmoid of one output for each interval of time. A target is 0 for an interval that was
   * survived, 1 for that of the event, and NaN after it, and from where the sample was censored.
   */
  record Hazard() implements Loss {
    @Override
    public double gradient(LossBatch batch, float[] gradient) {
      return Pointwise.sum(
          batch,
          gradient,
          (y, at, each, target, w, g) -> {
            g[at] = (float) (w * (Pointwise.sigmoid(y[at]) - target));
            return Pointwise.softplus(y[at]) - target * y[at];
          });
    }
  }

  /**
   * The listwise softmax of a ranking (ListNet, Cao et al. 2007): the cross entropy of the softmax
   * over all items with the relevant ones, which share 1. Targets are places of relevant items; NaN
   * fills them up.
   */
  record Listwise() implements Loss {
    @Override
    public double gradient(LossBatch batch, float[] gradient) {
      return Ranks.listwise(batch, gradient);
    }
  }

  /**
   * The pairwise logistic loss of a ranking (RankNet, Burges et al. 2005; with implicit feedback
   * BPR, Rendle et al. 2009), the mean over all pairs of a relevant item and another. Targets as of
   * {@link Listwise}.
   */
  record Pairwise() implements Loss {
    @Override
    public double gradient(LossBatch batch, float[] gradient) {
      return Ranks.pairwise(batch, gradient);
    }
  }

  /**
   * The supervised contrastive loss (Khosla et al. 2020): outputs, brought to length 1, should be
   * more alike for samples of a batch with the same target than for others.
   *
   * @param temperature what likenesses are divided by; 0.1 in the paper
   */
  record Contrastive(double temperature) implements Loss {
    /** Checks. */
    public Contrastive {
      Checks.positive("temperature", temperature);
    }

    @Override
    public double gradient(LossBatch batch, float[] gradient) {
      return Likeness.contrastive(batch, temperature, gradient);
    }

    @Override
    public boolean isSeparable() {
      return false;
    }
  }

  /**
   * The squared error of outputs that should repeat the input, the mean over its values. Targets
   * are the input, then numbers that do not count.
   */
  record Reconstruction() implements Loss {
    @Override
    public double gradient(LossBatch batch, float[] gradient) {
      double unit = Pointwise.unit(batch);
      double sum = 0;
      int n = batch.width();
      for (int i = 0; i < batch.count(); i++) {
        double w = batch.weights()[i] * unit / n;
        for (int k = 0; k < n; k++) {
          double e =
              (double) batch.outputs()[i * n + k] - batch.targets()[i * batch.targetWidth() + k];
          gradient[i * n + k] = (float) (w * 2 * e);
          sum += w * e * e;
        }
      }
      return sum;
    }
  }

  /**
   * The squared error.
   *
   * @return the loss
   */
  static Loss mse() {
    return new SquaredError();
  }

  /**
   * The absolute error.
   *
   * @return the loss
   */
  static Loss mae() {
    return new AbsoluteError();
  }

  /**
   * The Huber loss.
   *
   * @param delta the distance where it turns linear, in units of the scaled target
   * @return the loss
   */
  static Loss huber(double delta) {
    return new Huber(delta);
  }

  /**
   * The quantile loss.
   *
   * @param probabilities rising values between 0 and 1; an odd number
   * @return the loss
   */
  static Loss quantile(Double... probabilities) {
    return new Quantile(List.of(probabilities));
  }

  /**
   * The cross entropy.
   *
   * @return the loss
   */
  static Loss crossEntropy() {
    return new CrossEntropy();
  }

  /**
   * The focal loss.
   *
   * @param focus the exponent; 2 in the paper
   * @return the loss
   */
  static Loss focal(double focus) {
    return new Focal(focus);
  }

  /**
   * The binary cross entropy.
   *
   * @return the loss
   */
  static Loss binaryCrossEntropy() {
    return new BinaryCrossEntropy(1);
  }

  /**
   * The listwise loss of rankings.
   *
   * @return the loss
   */
  static Loss listwise() {
    return new Listwise();
  }

  /**
   * The pairwise loss of rankings.
   *
   * @return the loss
   */
  static Loss pairwise() {
    return new Pairwise();
  }

  /**
   * The supervised contrastive loss.
   *
   * @param temperature what likenesses are divided by
   * @return the loss
   */
  static Loss contrastive(double temperature) {
    return new Contrastive(temperature);
  }
}
