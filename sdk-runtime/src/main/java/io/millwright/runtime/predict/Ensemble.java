package io.millwright.runtime.predict;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Loss;
import io.millwright.runtime.bundle.Bundles;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.bundle.TargetData;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.Views;
import io.millwright.runtime.plain.Functions;
import io.millwright.runtime.plain.JavaForward;
import java.util.ArrayList;
import java.util.List;

/**
 * The members of a model, averaged by their shares: the mean of their outputs, for classes of their
 * probabilities. The outputs of a member are the mean over the views that the preparation asks for.
 * The one place where members meet, so that training, calibration, golden samples and predictions
 * agree. Thread-safe.
 */
public final class Ensemble implements AutoCloseable {

  private final boolean classes;
  private final int outputs;
  private final int middle;
  private final Views views;
  private final double[] shares;
  private final List<ForwardPass> members;

  private Ensemble(
      boolean classes,
      int outputs,
      Views views,
      double[] shares,
      List<? extends ForwardPass> members) {
    this.shares = shares;
    this.classes = classes;
    this.outputs = outputs;
    // Of quantiles the middle one is the answer; a single output is its own middle.
    this.middle = classes ? 0 : outputs / 2;
    this.views = views;
    this.members = List.copyOf(members);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("an ensemble needs a member");
    }
  }

  /**
   * The members of a model on some runtime.
   *
   * @param model decides how many outputs there are, how they are read, and of which views
   * @param members one pass for each member, which knows nothing of views; closed with the ensemble
   * @throws MillwrightException with {@link ErrorCode#BAD_BUNDLE} when loss and target contradict
   *     each other
   */
  public static Ensemble of(Model model, List<? extends ForwardPass> members) {
    return new Ensemble(
        model.loss() instanceof Loss.CrossEntropy,
        outputs(model.loss(), model.target()),
        model.preparation().views(),
        model.shares(),
        members);
  }

  /** The members of a model in plain Java. */
  public static Ensemble java(Model model) {
    return of(model, javaMembers(model));
  }

  /** A pass in plain Java for each member of a model. */
  public static List<ForwardPass> javaMembers(Model model) {
    List<NetworkPlan> plans = Bundles.plans(model);
    List<ForwardPass> passes = new ArrayList<>();
    for (int m = 0; m < plans.size(); m++) {
      passes.add(new JavaForward(plans.get(m), model.members().get(m)));
    }
    return passes;
  }

  /** The plan of a model's network, for any engine. */
  public static NetworkPlan plan(Model model) {
    Shape shape = model.preparation().shape();
    return NetworkPlan.of(
        model.network(), shape, outputs(model.loss(), model.target()), Initialisation.AUTOMATIC);
  }

  /**
   * How many outputs a network needs.
   *
   * @throws MillwrightException with {@link ErrorCode#BAD_BUNDLE} when loss and target contradict
   *     each other
   */
  public static int outputs(Loss loss, TargetData target) {
    if (loss instanceof Loss.CrossEntropy != target instanceof TargetData.Category) {
      throw new MillwrightException(
          ErrorCode.BAD_BUNDLE,
          "the loss "
              + loss
              + " does not belong to the target "
              + target
              + "\nMaybe take cross entropy for classes, and any other loss for a quantity");
    }
    if (target instanceof TargetData.Category c) {
      return c.labels().size();
    }
    return loss instanceof Loss.Quantile q ? q.probabilities().size() : 1;
  }

  /** How many outputs there are for each input. */
  public int outputs() {
    return outputs;
  }

  /** Which output is the answer to a quantity. */
  public int middle() {
    return middle;
  }

  /**
   * Asks all members for all views.
   *
   * @param inputs {@code [count, input size]}
   * @param count the number of inputs, at least 1
   * @return {@code [count, outputs]}: mean outputs, or mean probabilities of classes
   * @throws MillwrightException with {@link ErrorCode#ENGINE_FAILED}
   */
  public double[] run(float[] inputs, int count) {
    return run(inputs, count, views);
  }

  /** Asks all members for the inputs as they are, whatever views the model averages over. */
  double[] glance(float[] inputs, int count) {
    return run(inputs, count, Views.ONE);
  }

  private double[] run(float[] inputs, int count, Views asked) {
    double[] mean = new double[count * outputs];
    for (int m = 0; m < members.size(); m++) {
      double share = shares[m];
      float[] y = compute(members.get(m), inputs, count, asked);
      if (classes) {
        for (int r = 0; r < count; r++) {
          addProbabilities(y, r * outputs, mean, share);
        }
      } else {
        for (int i = 0; i < mean.length; i++) {
          mean[i] += share * y[i];
        }
      }
    }
    return mean;
  }

  private static float[] compute(ForwardPass member, float[] inputs, int count, Views asked) {
    try {
      return asked.mean(member::run, inputs, count);
    } catch (MillwrightException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new MillwrightException(
          ErrorCode.ENGINE_FAILED,
          "the engine failed on a batch of " + count + ": " + e + "\nMaybe smaller batches help",
          e);
    }
  }

  private void addProbabilities(float[] logits, int from, double[] mean, double share) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < outputs; i++) {
      largest = Math.max(largest, logits[from + i]);
    }
    double sum = 0;
    for (int i = 0; i < outputs; i++) {
      sum += Functions.exp(logits[from + i] - largest);
    }
    for (int i = 0; i < outputs; i++) {
      mean[from + i] += share * Functions.exp(logits[from + i] - largest) / sum;
    }
  }

  /** Closes the members. */
  @Override
  public void close() {
    members.forEach(ForwardPass::close);
  }
}
