package io.millwright.runtime.predict;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.head.FittedHead;
import io.millwright.runtime.bundle.Bundles;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Views;
import io.millwright.runtime.plain.JavaForward;
import java.util.ArrayList;
import java.util.List;

/**
 * The members of a model, averaged by their shares: the mean of what the head makes of their
 * outputs. The outputs of a member are the mean over the views that the preparation asks for. The
 * one place where members meet, so that training, calibration, golden samples and predictions
 * agree. Thread-safe.
 */
public final class Ensemble implements AutoCloseable {

  private final FittedHead<?, ?> head;
  private final int outputs;
  private final Views views;
  private final double[] shares;
  private final List<ForwardPass> members;

  private Ensemble(
      FittedHead<?, ?> head, Views views, double[] shares, List<? extends ForwardPass> members) {
    this.shares = shares;
    this.head = head;
    this.outputs = head.outputs();
    this.views = views;
    this.members = List.copyOf(members);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("an ensemble needs a member");
    }
  }

  /**
   * The members of a model on some runtime.
   *
   * @param model decides of which views outputs are taken
   * @param head what outputs mean
   * @param members one pass for each member, which knows nothing of views; closed with the ensemble
   */
  public static Ensemble of(
      Model model, FittedHead<?, ?> head, List<? extends ForwardPass> members) {
    if (members.size() != model.members().size()) {
      throw new IllegalArgumentException(
          members.size() + " passes for " + model.members().size() + " members");
    }
    return new Ensemble(head, model.preparation().views(), model.shares(), members);
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

  /** How many outputs there are for each input. */
  public int outputs() {
    return outputs;
  }

  /**
   * Asks all members for all views.
   *
   * @param inputs {@code [count, input size]}
   * @param count the number of inputs, at least 1
   * @return {@code [count, outputs]}: what the head makes of outputs, averaged
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
      for (int r = 0; r < count; r++) {
        head.say(y, r * outputs, mean, r * outputs, share);
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

  /** Closes the members. */
  @Override
  public void close() {
    members.forEach(ForwardPass::close);
  }
}
