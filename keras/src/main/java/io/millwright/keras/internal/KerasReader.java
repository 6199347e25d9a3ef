package io.millwright.keras.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Network;
import io.millwright.keras.KerasNetwork;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.WeightSpec;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.predict.PlainNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads the two forms of files that Keras writes. */
public final class KerasReader {

  private static final int MOST_CONFIG = 1 << 24;
  private static final int MOST_WEIGHTS = 1 << 30;
  private static final int MOST_LAYERS = 1000;

  private KerasReader() {}

  /** Reads a file. */
  public static KerasNetwork read(Path file) {
    try {
      return zipped(file) ? keras(file) : legacy(file);
    } catch (MillwrightException e) {
      throw e;
    } catch (java.nio.file.NoSuchFileException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, file + " cannot be read: " + e + "\nMaybe check the path", e);
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      // A damaged file makes the reader of HDF5 throw what it likes.
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          file
              + " is no sequential model of Keras that can be read: "
              + e.getMessage()
              + "\nMaybe save it whole with model.save(\"name.keras\")",
          e);
    }
  }

  private static boolean zipped(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(2);
      return start.length == 2 && start[0] == 'P' && start[1] == 'K';
    }
  }

  private static KerasNetwork keras(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      byte[] config = entry(zip, "config.json", MOST_CONFIG);
      byte[] weights = entry(zip, "model.weights.h5", MOST_WEIGHTS);
      try (HdfFile hdf = HdfFile.fromBytes(weights)) {
        return sequential(json(config), new KerasWeights(hdf, false));
      }
    }
  }

  private static byte[] entry(ZipFile zip, String name, int most) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("it has no " + name);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(most);
      if (bytes.length == most) {
        throw new IOException(name + " has " + most + " bytes or more");
      }
      return bytes;
    }
  }

  private static KerasNetwork legacy(Path file) throws IOException {
    ByteBuffer bytes;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() > MOST_WEIGHTS) {
        throw new IOException(channel.size() + " bytes, but at most " + MOST_WEIGHTS);
      }
      bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }
    try (HdfFile hdf = HdfFile.fromByteBuffer(bytes)) {
      Attribute config = hdf.getAttribute("model_config");
      if (config == null || !(config.getData() instanceof String text)) {
        throw new IOException("it has no model_config, so it holds weights alone");
      }
      return sequential(
          json(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
          new KerasWeights(hdf, true));
    }
  }

  private static JsonNode json(byte[] text) throws IOException {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).build())
            .build();
    return new ObjectMapper(factory).readTree(text);
  }

  private static KerasNetwork sequential(JsonNode model, KerasWeights weights) {
    String kind = model.path("class_name").asText();
    if (!kind.equals("Sequential")) {
      throw KerasLayers.unsupported(
          "the model is a " + kind + ", not Sequential",
          "export it to ONNX and open it as a network of others");
    }
    JsonNode config = model.path("config");
    JsonNode layers = config.isArray() ? config : config.path("layers");
    if (layers.isEmpty() || layers.size() > MOST_LAYERS) {
      throw new IllegalArgumentException(layers.size() + " layers");
    }
    KerasLayers built = new KerasLayers(weights);
    List<Integer> input = new ArrayList<>();
    for (JsonNode layer : layers) {
      JsonNode own = layer.path("config");
      if (input.isEmpty()) {
        shape(own, input);
      }
      built.add(layer.path("class_name").asText(), own);
    }
    if (input.isEmpty()) {
      shape(config.path("build_input_shape"), input);
      shape(model.path("build_config"), input);
    }
    return network(built, input);
  }

  private static void shape(JsonNode from, List<Integer> into) {
    for (String name : List.of("batch_shape", "batch_input_shape", "input_shape", "")) {
      JsonNode found = name.isEmpty() ? from : from.path(name);
      if (found.isArray() && into.isEmpty()) {
        for (int i = 1; i < found.size(); i++) {
          into.add(found.get(i).asInt(0));
        }
      }
    }
  }

  private static KerasNetwork network(KerasLayers built, List<Integer> input) {
    if (input.isEmpty() || input.size() > 3 || input.stream().anyMatch(n -> n < 1)) {
      throw KerasLayers.unsupported(
          "the model takes " + input + ", which is no fixed shape of one to three dimensions",
          "give its Input layer a fixed shape");
    }
    Shape shape =
        switch (input.size()) {
          case 1 -> new Shape(0, input.get(0));
          case 2 -> new Shape(input.get(0), input.get(1));
          default -> new Shape(input.get(0), input.get(1), input.get(2));
        };
    int end = built.steps.size() - 1;
    if (end < 0 || !(built.steps.get(end).layer instanceof Layer.Dense output)) {
      throw KerasLayers.unsupported(
          "the last layer with weights is not Dense",
          "end the model with Dense, or export it to ONNX");
    }
    List<Layer> layers = new ArrayList<>();
    List<float[]> values = new ArrayList<>();
    for (int i = 0; i < end; i++) {
      layers.add(built.steps.get(i).layer);
      values.addAll(built.steps.get(i).weights);
    }
    values.addAll(built.steps.get(end).weights);
    Network network = new Network(layers);
    NetworkPlan plan = NetworkPlan.of(network, shape, output.units(), Initialisation.AUTOMATIC);
    List<WeightSpec> specs = plan.weights();
    if (specs.size() != values.size()) {
      throw new IllegalArgumentException(values.size() + " arrays for " + specs.size());
    }
    for (int i = 0; i < specs.size(); i++) {
      int wanted = specs.get(i).size();
      int found = values.get(i).length;
      if (wanted > found && found > 0 && wanted % found == 0 && input.size() > 1) {
        throw KerasLayers.unsupported(
            "a Dense layer answers each of "
                + wanted / found
                + " steps or places; here it takes all of them together",
            "put Flatten or pooling before it, or export the model to ONNX");
      }
      if (wanted != found) {
        throw new IllegalArgumentException(
            values.get(i).length
                + " weights for "
                + specs.get(i).name()
                + " of "
                + specs.get(i).shape());
      }
    }
    return new Read(
        PlainNetwork.of(network, plan, Weights.of(values)),
        List.copyOf(input),
        output.activation(),
        built.last().equals("softmax"));
  }

  /** A network that was read. */
  private record Read(
      PlainNetwork plain, List<Integer> input, Activation activation, boolean softmax)
      implements KerasNetwork {

    @Override
    public Network network() {
      return plain.network();
    }

    @Override
    public int outputs() {
      return plain.outputs();
    }

    @Override
    public float[] predict(float[] inputs, int count) {
      if (count < 1 || inputs.length != Math.multiplyExact(count, plain.inputs())) {
        throw new MillwrightException(
            ErrorCode.WRONG_SHAPE,
            inputs.length
                + " numbers for "
                + count
                + " inputs of "
                + input
                + "\nMaybe lay them out row by row");
      }
      float[] y = plain.outputs(inputs, count);
      for (int r = 0; r < count; r++) {
        Outputs.apply(y, r * outputs(), outputs(), activation, softmax);
      }
      return y;
    }
  }
}
