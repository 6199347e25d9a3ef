package io.millwright.engine.tensorflow;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.network.GraphWriter.Reading;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Views;
import io.millwright.runtime.network.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Writes the members of a model as one SavedModel whose weights are constants. */
final class SavedModels {

  /** A graph is one message, which may not exceed 2 GiB; what is beside the weights fits here. */
  private static final long MOST_BYTES = (1L << 31) - (64L << 20);

  private static final int[] UP_DOWN = {1};
  private static final int[] LEFT_RIGHT = {2};
  private static final int[] HALF_TURN = {1, 2};

  private SavedModels() {}

  static void write(
      List<NetworkPlan> plans,
      List<Weights> members,
      double[] shares,
      Reading reading,
      Path folder) {
    long bytes = plans.stream().mapToLong(p -> p.size() * Float.BYTES).sum();
    if (bytes > MOST_BYTES) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          "the weights of the model take "
              + bytes
              + " bytes, but a SavedModel with constant weights holds at most "
              + MOST_BYTES
              + "\nMaybe export a model with fewer members");
    }
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> input = FlowForward.input(tf, plans.get(0));
      List<Operand<TFloat32>> answers = new ArrayList<>();
      Operand<TFloat32> seen = views(tf, reading.views(), input);
      for (int m = 0; m < members.size(); m++) {
        NetworkPlan plan = plans.get(m);
        Weights member = members.get(m);
        Operand<TFloat32> y =
            FlowRun.forward(
                tf, plan, seen, FlowForward.constants(tf, plan, member), FlowRun.NO_DROPOUT);
        y = mean(tf, reading.views(), y, plan.outputs());
        y = reading.classes() ? tf.nn.softmax(y) : y;
        answers.add(tf.math.mul(y, tf.constant((float) shares[m])));
      }
      Operand<TFloat32> mean = answers.size() == 1 ? answers.get(0) : tf.math.addN(answers);
      Operand<TFloat32> answer =
          tf.withName("answer")
              .math
              .add(
                  tf.math.mul(mean, tf.constant((float) reading.scale())),
                  tf.constant((float) reading.offset()));
      Signature signature =
          Signature.builder().input("input", input).output("answer", answer).build();
      try (Session session = new Session(graph, Flow.config("cpu"))) {
        SavedModelBundle.exporter(folder.toString())
            .withSession(session)
            .withSignature(signature)
            .export();
      }
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          folder + " cannot be written: " + e + "\nMaybe check the rights and the space there",
          e);
    }
  }

  /** All views of a batch of images as one batch: the first view of all images, then the second. */
  private static Operand<TFloat32> views(Ops tf, Views views, Operand<TFloat32> images) {
    if (views.all().size() == 1) {
      return images;
    }
    Operand<TInt32> transposed = tf.constant(new int[] {0, 2, 1, 3});
    List<Operand<TFloat32>> all = new ArrayList<>();
    for (Views.View view : views.all()) {
      Operand<TFloat32> turned =
          switch (view.turns()) {
            case 0 -> images;
            case 1 -> tf.linalg.transpose(tf.reverse(images, tf.constant(UP_DOWN)), transposed);
            case 2 -> tf.reverse(images, tf.constant(HALF_TURN));
            default -> tf.reverse(tf.linalg.transpose(images, transposed), tf.constant(UP_DOWN));
          };
      all.add(view.mirrored() ? tf.reverse(turned, tf.constant(LEFT_RIGHT)) : turned);
    }
    return tf.concat(all, tf.constant(0));
  }

  /** The mean over the views of what {@link #views} made. */
  private static Operand<TFloat32> mean(Ops tf, Views views, Operand<TFloat32> outputs, int width) {
    int count = views.all().size();
    return count == 1
        ? outputs
        : tf.math.mean(
            tf.reshape(outputs, tf.constant(new int[] {count, -1, width})), tf.constant(0));
  }
}
