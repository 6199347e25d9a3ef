package io.millwright.engine.tensorflow;

import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.GraphWriter;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Objective;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/** The started library. */
final class Flow {

  private final List<String> devices;

  private Flow(List<String> devices) {
    this.devices = devices;
  }

  /** Loads the library, or finds it loaded, and asks it for its devices. */
  static Flow start() {
    TensorFlow.version();
    // The first session of a process decides how many threads the kernels share.
    try (Graph graph = new Graph();
        Session session = new Session(graph, config("cpu"))) {
      Ops tf = Ops.create(graph);
      session.runner().fetch(tf.math.add(tf.constant(1f), tf.constant(1f))).run().close();
    }
    return new Flow(find());
  }

  private static List<String> find() {
    List<String> gpus = new ArrayList<>();
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_Graph graph = TF_Graph.newGraph();
      TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
      TF_Session session = TF_Session.newSession(graph, options, status);
      TF_DeviceList list = tensorflow.TF_SessionListDevices(session, status);
      status.throwExceptionIfNotOK();
      for (int i = 0; i < tensorflow.TF_DeviceListCount(list); i++) {
        if (tensorflow.TF_DeviceListType(list, i, status).getString().equals("GPU")) {
          gpus.add("gpu " + gpus.size());
        }
      }
      tensorflow.TF_DeleteDeviceList(list);
    }
    gpus.add("cpu");
    return List.copyOf(gpus);
  }

  /**
   * One thread within an operation, and operations on the caller's thread in the order of the
   * graph: the same sums on every run, and no hand-over between threads in networks whose
   * operations take microseconds. The graph runs as it is built.
   */
  static ConfigProto config(String device) {
    return config(device, RewriterConfig.newBuilder().setDisableMetaOptimizer(true));
  }

  /**
   * The same for a graph whose shapes are all known and that runs thousands of times. Most of an
   * unrolled LSTM's gradient works shapes out at run time; folding that spares a tenth of a step
   * and takes TensorFlow half a second once.
   */
  static ConfigProto rewritten(String device) {
    RewriterConfig.Builder rewrites =
        RewriterConfig.newBuilder()
            .setMetaOptimizerIterations(RewriterConfig.NumIterationsType.ONE)
            .setMinGraphNodes(-1);
    List.of("constfold", "remap", "dependency").forEach(rewrites::addOptimizers);
    return config(device, rewrites);
  }

  private static ConfigProto config(String device, RewriterConfig.Builder rewrites) {
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(1)
            .setInterOpParallelismThreads(-1)
            .setAllowSoftPlacement(true)
            .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(rewrites));
    if (device.equals("cpu")) {
      config.putDeviceCount("GPU", 0);
    }
    return config.build();
  }

  /** Where operations are added to a graph so that they run on a device. */
  static Ops ops(Graph graph, String device) {
    Ops tf = Ops.create(graph);
    if (!device.startsWith("gpu ")) {
      return tf;
    }
    int number = Integer.parseInt(device.substring(4).split(":", 2)[0].trim());
    return tf.withDevice(
        DeviceSpec.newBuilder().deviceType(DeviceSpec.DeviceType.GPU).deviceIndex(number).build());
  }

  /** The shape of a batch; -1 for a number of rows that is not fixed. */
  static Shape batch(io.millwright.runtime.network.Shape input, long count) {
    if (input.isImage()) {
      return Shape.of(count, input.height(), input.steps(), input.features());
    }
    return input.isSequence()
        ? Shape.of(count, input.steps(), input.features())
        : Shape.of(count, input.features());
  }

  /** The shape of an array of weights. */
  static Shape shape(List<Integer> sizes) {
    return Shape.of(sizes.stream().mapToLong(Integer::longValue).toArray());
  }

  String version() {
    return TensorFlow.version();
  }

  List<String> devices() {
    return devices;
  }

  ForwardPass open(NetworkPlan plan, Weights weights, String device) {
    return new FlowForward(plan, weights, device);
  }

  TrainingSession train(NetworkPlan plan, Objective objective, String device) {
    return new FlowSession(plan, objective, device);
  }

  ForwardPass openFile(
      Path file, io.millwright.runtime.network.Shape input, int outputs, String device) {
    return SavedModelForward.open(file, input, outputs, device);
  }

  void write(
      List<NetworkPlan> plans,
      List<Weights> members,
      double[] shares,
      GraphWriter.Reading reading,
      Path folder) {
    SavedModels.write(plans, members, shares, reading, folder);
  }
}
