package io.millwright.core.tensorflow;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.core.network.GraphWriter.Reading;
import io.millwright.core.network.NetworkPlan;
import io.millwright.core.network.Weights;
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

/** Writes the members of a model as one SavedModel whose weights are constants. */
final class SavedModels {

  /** A graph is one message, which may not exceed 2 GiB; what is beside the weights fits here. */
  private static final long MOST_BYTES = (1L << 31) - (64L << 20);

  private SavedModels() {}

  static void write(NetworkPlan plan, List<Weights> members, Reading reading, Path folder) {
    long bytes = plan.size() * Float.BYTES * members.size();
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
      Placeholder<TFloat32> input = FlowForward.input(tf, plan);
      List<Operand<TFloat32>> answers = new ArrayList<>();
      for (Weights member : members) {
        Operand<TFloat32> y =
            new FlowLayers(tf, FlowForward.constants(tf, plan, member), FlowLayers.NO_DROPOUT)
                .forward(plan, input);
        answers.add(reading.classes() ? tf.nn.softmax(y) : y);
      }
      Operand<TFloat32> mean =
          answers.size() == 1
              ? answers.get(0)
              : tf.math.mul(tf.math.addN(answers), tf.constant(1f / answers.size()));
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
}
