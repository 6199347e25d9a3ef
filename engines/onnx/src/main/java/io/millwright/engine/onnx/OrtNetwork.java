package io.millwright.engine.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.foreign.ForeignFile;
import io.millwright.api.foreign.ForeignNetwork;
import io.millwright.api.foreign.Port;
import io.millwright.api.foreign.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A session as a network. Calls run side by side, and closing waits for them. Thread-safe. */
final class OrtNetwork implements ForeignNetwork {

  private final Sessions sessions;
  private final Sessions.Held held;
  private final ForeignFile file;
  private final List<Port> inputs;
  private final Map<String, OnnxJavaType> types;
  private final List<Port> outputs;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private OrtNetwork(
      Sessions sessions,
      Sessions.Held held,
      ForeignFile file,
      List<Port> inputs,
      Map<String, OnnxJavaType> types,
      List<Port> outputs) {
    this.sessions = sessions;
    this.held = held;
    this.file = file;
    this.inputs = inputs;
    this.types = types;
    this.outputs = outputs;
  }

  static OrtNetwork of(Sessions sessions, Sessions.Held held, ForeignFile file) {
    try {
      Map<String, OnnxJavaType> types = new LinkedHashMap<>();
      List<Port> inputs = ports(held.session.getInputInfo(), types, file);
      List<Port> outputs = ports(held.session.getOutputInfo(), new LinkedHashMap<>(), file);
      return new OrtNetwork(sessions, held, file, inputs, types, outputs);
    } catch (OrtException e) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          file.file() + " has inputs or outputs that cannot be read: " + Sessions.said(e),
          e);
    }
  }

  private static List<Port> ports(
      Map<String, NodeInfo> nodes, Map<String, OnnxJavaType> types, ForeignFile file) {
    List<Port> ports = new ArrayList<>();
    for (Map.Entry<String, NodeInfo> node : nodes.entrySet()) {
      if (!(node.getValue().getInfo() instanceof TensorInfo info)) {
        throw new MillwrightException(
            ErrorCode.UNSUPPORTED,
            file.file()
                + " has an input or output \""
                + node.getKey()
                + "\" that is no tensor"
                + "\nMaybe export it without sequences and maps (for classifiers: zipmap off)");
      }
      types.put(node.getKey(), info.type);
      ports.add(
          new Port(
              node.getKey(), name(info.type), Arrays.stream(info.getShape()).boxed().toList()));
    }
    return List.copyOf(ports);
  }

  private static String name(OnnxJavaType type) {
    return switch (type) {
      case FLOAT -> "float32";
      case DOUBLE -> "float64";
      case INT8 -> "int8";
      case INT16 -> "int16";
      case INT32 -> "int32";
      case INT64 -> "int64";
      case BOOL -> "bool";
      case STRING -> "string";
      case UINT8 -> "uint8";
      case FLOAT16 -> "float16";
      case BFLOAT16 -> "bfloat16";
      default -> "unknown";
    };
  }

  @Override
  public ForeignFile file() {
    return file;
  }

  @Override
  public List<Port> inputs() {
    return inputs;
  }

  @Override
  public List<Port> outputs() {
    return outputs;
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> given, List<String> wanted) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new MillwrightException(
            ErrorCode.CLOSED, "the network of " + file.file() + " is closed\nMaybe open it again");
      }
      check(given, wanted);
      return computed(given, wanted);
    } finally {
      lock.readLock().unlock();
    }
  }

  private void check(Map<String, Tensor> given, List<String> wanted) {
    for (Port port : inputs) {
      Tensor tensor = given.get(port.name());
      boolean fits = tensor != null && fits(port.shape(), tensor.shape());
      if (!fits) {
        throw wrong("takes " + inputs + ", but got " + given);
      }
    }
    if (given.size() != inputs.size()) {
      throw wrong("takes " + inputs + ", but got " + given);
    }
    List<String> known = outputs.stream().map(Port::name).toList();
    if (wanted.isEmpty() || !known.containsAll(wanted)) {
      throw wrong("gives " + known + ", but was asked for " + wanted);
    }
  }

  private static boolean fits(List<Long> wanted, List<Long> shape) {
    boolean fits = wanted.size() == shape.size();
    for (int i = 0; fits && i < shape.size(); i++) {
      long size = wanted.get(i);
      fits = size < 0 || size == shape.get(i);
    }
    return fits;
  }

  private MillwrightException wrong(String what) {
    return new MillwrightException(
        ErrorCode.WRONG_SHAPE,
        file.file() + " " + what + "\nMaybe see `millwright model open " + file.file() + "`");
  }

  private Map<String, Tensor> computed(Map<String, Tensor> given, List<String> wanted) {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    try {
      for (Port port : inputs) {
        Tensor tensor = given.get(port.name());
        if (tensor != null) {
          tensors.put(port.name(), tensor(tensor, types.get(port.name())));
        }
      }
      try (OrtSession.Result result = held.session.run(tensors, new LinkedHashSet<>(wanted))) {
        Map<String, Tensor> answers = new LinkedHashMap<>();
        for (String name : wanted) {
          OnnxValue value = result.get(name).orElse(null);
          answers.put(name, value(name, value));
        }
        return answers;
      }
    } catch (OrtException e) {
      throw new MillwrightException(
          ErrorCode.ENGINE_FAILED,
          file.file()
              + " cannot be computed for "
              + given
              + ": "
              + Sessions.said(e)
              + "\nMaybe other sizes of the input are needed",
          e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(Tensor tensor, @org.jspecify.annotations.Nullable OnnxJavaType type)
      throws OrtException {
    long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Math.multiplyExact(tensor.size(), 8))
            .order(ByteOrder.nativeOrder());
    if (type == OnnxJavaType.FLOAT) {
      FloatBuffer values = bytes.asFloatBuffer().put(tensor.floats()).flip();
      return OnnxTensor.createTensor(held.environment, values, shape);
    }
    if (type == OnnxJavaType.INT64 && tensor.isWhole()) {
      LongBuffer values = bytes.asLongBuffer().put(tensor.longs()).flip();
      return OnnxTensor.createTensor(held.environment, values, shape);
    }
    if (type == OnnxJavaType.INT32 && tensor.isWhole()) {
      IntBuffer values = bytes.asIntBuffer();
      for (long v : tensor.longs()) {
        values.put(Math.toIntExact(v));
      }
      return OnnxTensor.createTensor(held.environment, values.flip(), shape);
    }
    if (type == OnnxJavaType.DOUBLE) {
      java.nio.DoubleBuffer values = bytes.asDoubleBuffer();
      for (float v : tensor.floats()) {
        values.put(v);
      }
      return OnnxTensor.createTensor(held.environment, values.flip(), shape);
    }
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        file.file()
            + " takes an input of "
            + (type == null ? "no known type" : name(type))
            + ", but "
            + tensor
            + " was given\nMaybe export it with inputs of float32, float64, int32 or int64");
  }

  private Tensor value(String name, @org.jspecify.annotations.Nullable OnnxValue value) {
    if (!(value instanceof OnnxTensor tensor)) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED, file.file() + " gives \"" + name + "\", which is no tensor");
    }
    TensorInfo info = tensor.getInfo();
    long[] shape = info.getShape();
    return switch (info.type) {
      case FLOAT, FLOAT16, BFLOAT16 -> {
        FloatBuffer from = tensor.getFloatBuffer();
        float[] all = new float[from.remaining()];
        from.get(all);
        yield Tensor.of(all, shape);
      }
      case DOUBLE -> {
        java.nio.DoubleBuffer from = tensor.getDoubleBuffer();
        float[] all = new float[from.remaining()];
        for (int i = 0; i < all.length; i++) {
          all[i] = (float) from.get(i);
        }
        yield Tensor.of(all, shape);
      }
      case INT64 -> {
        LongBuffer from = tensor.getLongBuffer();
        long[] all = new long[from.remaining()];
        from.get(all);
        yield Tensor.of(all, shape);
      }
      case INT32 -> {
        IntBuffer from = tensor.getIntBuffer();
        long[] all = new long[from.remaining()];
        for (int i = 0; i < all.length; i++) {
          all[i] = from.get(i);
        }
        yield Tensor.of(all, shape);
      }
      case UINT8, INT8, BOOL -> {
        ByteBuffer from = tensor.getByteBuffer();
        long[] all = new long[from.remaining()];
        for (int i = 0; i < all.length; i++) {
          all[i] = info.type == OnnxJavaType.UINT8 ? from.get(i) & 0xff : from.get(i);
        }
        yield Tensor.of(all, shape);
      }
      default ->
          throw new MillwrightException(
              ErrorCode.UNSUPPORTED,
              file.file() + " gives \"" + name + "\" of the type " + name(info.type));
    };
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        sessions.giveBack(held);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
