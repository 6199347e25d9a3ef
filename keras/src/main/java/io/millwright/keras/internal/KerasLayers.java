package io.millwright.keras.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Layer;
import io.millwright.keras.internal.KerasWeights.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns layers of Keras, one after the other, into layers of this SDK with their weights in its
 * layout. The sources are the documented layer configurations and weight shapes of Keras. Not
 * thread-safe.
 */
final class KerasLayers {

  private static final Set<String> NOTHING =
      Set.of(
          "InputLayer",
          "Dropout",
          "SpatialDropout1D",
          "SpatialDropout2D",
          "GaussianNoise",
          "GaussianDropout",
          "AlphaDropout",
          "ActivityRegularization");

  /** A layer with its weights; the layer is changed where an activation follows. */
  static final class Step {
    Layer layer;
    final List<float[]> weights;

    Step(Layer layer, List<float[]> weights) {
      this.layer = layer;
      this.weights = weights;
    }
  }

  private final KerasWeights weights;
  final List<Step> steps = new ArrayList<>();
  private String last = "linear";

  KerasLayers(KerasWeights weights) {
    this.weights = weights;
  }

  /** The activation of the last layer, by its name in Keras. */
  String last() {
    return last;
  }

  static MillwrightException unsupported(String what, String remedy) {
    return new MillwrightException(ErrorCode.UNSUPPORTED, what + "\nMaybe " + remedy);
  }

  void add(String kind, JsonNode config) {
    String name = config.path("name").asText();
    if (NOTHING.contains(kind)) {
      return;
    }
    if (kind.equals("Lambda")) {
      throw unsupported(
          "the layer \"" + name + "\" is a Lambda: it holds code of Python, which is never run",
          "write what it does with layers, and save the model again");
    }
    switch (kind) {
      case "Activation", "ReLU", "Softmax" -> activation(kind, name, config);
      case "Dense" -> dense(kind, name, config);
      case "LSTM", "GRU" -> recurrent(kind, name, config);
      case "Conv1D" -> conv1d(kind, name, config);
      case "Conv2D" -> conv2d(kind, name, config);
      case "MaxPooling1D", "AveragePooling1D" -> pool1d(kind, name, config);
      case "MaxPooling2D", "AveragePooling2D" -> pool2d(kind, name, config);
      case "GlobalMaxPooling1D", "GlobalMaxPooling2D" ->
          plain(new Layer.GlobalPool(Layer.Pooling.MAX));
      case "GlobalAveragePooling1D", "GlobalAveragePooling2D" ->
          plain(new Layer.GlobalPool(Layer.Pooling.AVERAGE));
      case "Flatten" -> plain(new Layer.Flatten());
      default ->
          throw unsupported(
              "the layer \"" + name + "\" is a " + kind + ", which has no counterpart here",
              "export the model to ONNX and open it as a network of others");
    }
  }

  private void plain(Layer layer) {
    wanted("linear");
    steps.add(new Step(layer, List.of()));
  }

  /** What stands before another layer must have its activation within. */
  private void wanted(String found) {
    if (!last.equals(found)) {
      throw unsupported(
          "the activation " + last + " stands before another layer",
          "export the model to ONNX and open it as a network of others");
    }
  }

  private void require(String name, JsonNode config, String option, String value) {
    JsonNode found = config.path(option);
    if (!found.isMissingNode() && !found.isNull() && !found.asText().equals(value)) {
      throw unsupported(
          "the layer \"" + name + "\" has " + option + " " + found.asText() + ", not " + value,
          "export the model to ONNX and open it as a network of others");
    }
  }

  private @Nullable Activation known(String activation) {
    return switch (activation) {
      case "linear" -> Activation.LINEAR;
      case "relu" -> Activation.RELU;
      case "elu" -> Activation.ELU;
      case "silu", "swish" -> Activation.SILU;
      case "softplus" -> Activation.SOFTPLUS;
      case "sigmoid" -> Activation.SIGMOID;
      case "tanh" -> Activation.TANH;
      default -> null;
    };
  }

  private Activation inner(String name, JsonNode config, String option) {
    String text = text(config, option, "linear");
    Activation found = known(text);
    if (found == null) {
      throw unsupported(
          "the layer \"" + name + "\" has the activation " + text,
          "export the model to ONNX and open it as a network of others");
    }
    return found;
  }

  private static String text(JsonNode config, String option, String otherwise) {
    JsonNode found = config.path(option);
    return found.isTextual() ? found.asText() : otherwise;
  }

  private void activation(String kind, String name, JsonNode config) {
    String text =
        kind.equals("ReLU")
            ? "relu"
            : kind.equals("Softmax") ? "softmax" : text(config, "activation", "");
    if (kind.equals("ReLU")) {
      for (String option : List.of("max_value", "negative_slope", "threshold")) {
        JsonNode found = config.path(option);
        if (found.isNumber() && found.asDouble() != 0) {
          throw unsupported("the layer \"" + name + "\" has " + option, "use a plain ReLU");
        }
      }
    }
    Step before = steps.isEmpty() ? null : steps.get(steps.size() - 1);
    if (before != null
        && last.equals("linear")
        && before.layer instanceof Layer.Dense dense
        && dense.activation() == Activation.LINEAR) {
      Activation found = known(text);
      if (found != null) {
        before.layer = new Layer.Dense(dense.units(), found, dense.initialisation());
      } else if (text.equals("softmax")) {
        last = text;
      } else {
        throw unsupported("the activation " + text + " of \"" + name + "\"", "use another one");
      }
      return;
    }
    Activation found = known(text);
    if (before != null
        && found != null
        && before.layer instanceof Layer.Conv1d c
        && c.activation() == Activation.LINEAR) {
      before.layer =
          new Layer.Conv1d(
              c.filters(),
              c.kernel(),
              c.stride(),
              c.dilation(),
              c.padding(),
              found,
              c.initialisation());
    } else if (before != null
        && found != null
        && before.layer instanceof Layer.Conv2d c
        && c.activation() == Activation.LINEAR) {
      before.layer =
          new Layer.Conv2d(
              c.filters(), c.kernel(), c.stride(), c.padding(), found, c.initialisation());
    } else {
      throw unsupported(
          "the activation \"" + name + "\" stands behind no linear layer with weights",
          "export the model to ONNX and open it as a network of others");
    }
  }

  private void dense(String kind, String name, JsonNode config) {
    wanted("linear");
    int units = config.path("units").asInt();
    List<Array> arrays = weights.next(kind, name, "");
    Array kernel = array(arrays, 0, name, -1, units);
    int features = kernel.shape().get(0);
    String activation = text(config, "activation", "linear");
    Activation found = known(activation);
    if (found == null && !activation.equals("softmax")) {
      inner(name, config, "activation");
    }
    steps.add(
        new Step(
            new Layer.Dense(
                units, found == null ? Activation.LINEAR : found, Initialisation.AUTOMATIC),
            List.of(
                turned(kernel.values(), features, units), bias(config, arrays, 1, units, name))));
    last = found == null ? activation : "linear";
  }

  private static float[] bias(JsonNode config, List<Array> arrays, int at, int units, String name) {
    if (config.path("use_bias").isBoolean() && !config.path("use_bias").asBoolean()) {
      return new float[units];
    }
    return array(arrays, at, name, units).values();
  }

  /** An array whose shape must be given; -1 for any size. */
  private static Array array(List<Array> arrays, int at, String name, int... shape) {
    if (at >= arrays.size()) {
      throw new IllegalArgumentException(
          "the layer \"" + name + "\" has " + arrays.size() + " arrays of weights");
    }
    Array array = arrays.get(at);
    boolean fits = array.shape().size() == shape.length;
    for (int i = 0; fits && i < shape.length; i++) {
      fits = shape[i] < 0 || shape[i] == array.shape().get(i);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "the layer \""
              + name
              + "\" has weights of shape "
              + array.shape()
              + ", not "
              + java.util.Arrays.toString(shape));
    }
    return array;
  }

  private static float[] turned(float[] values, int rows, int columns) {
    float[] turned = new float[values.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        turned[c * rows + r] = values[r * columns + c];
      }
    }
    return turned;
  }

  private void recurrent(String kind, String name, JsonNode config) {
    wanted("linear");
    boolean lstm = kind.equals("LSTM");
    require(name, config, "recurrent_activation", "sigmoid");
    require(name, config, "go_backwards", "false");
    require(name, config, "stateful", "false");
    int gates = lstm ? 4 : 3;
    int units = config.path("units").asInt();
    boolean sequences = config.path("return_sequences").asBoolean();
    Activation cell =
        config.path("activation").isTextual() ? inner(name, config, "activation") : Activation.TANH;
    List<Array> arrays = weights.next(kind, name, "cell");
    Array kernel = array(arrays, 0, name, -1, gates * units);
    Array own = array(arrays, 1, name, units, gates * units);
    float[] input = turned(kernel.values(), kernel.shape().get(0), gates * units);
    float[] recurrent = turned(own.values(), units, gates * units);
    if (lstm) {
      float[] bias = bias(config, arrays, 2, gates * units, name);
      steps.add(
          new Step(
              new Layer.Lstm(units, sequences, cell, Initialisation.AUTOMATIC),
              List.of(input, recurrent, bias)));
      return;
    }
    require(name, config, "reset_after", "true");
    float[] first = new float[gates * units];
    float[] second = new float[gates * units];
    if (!config.path("use_bias").isBoolean() || config.path("use_bias").asBoolean()) {
      float[] both = array(arrays, 2, name, 2, gates * units).values();
      System.arraycopy(both, 0, first, 0, first.length);
      System.arraycopy(both, first.length, second, 0, second.length);
    }
    // Keras has update, reset, candidate; here reset comes first.
    swap(input, units * kernel.shape().get(0));
    swap(recurrent, units * units);
    swap(first, units);
    swap(second, units);
    steps.add(
        new Step(
            new Layer.Gru(units, sequences, cell, Initialisation.AUTOMATIC),
            List.of(input, recurrent, first, second)));
  }

  private static void swap(float[] values, int size) {
    for (int i = 0; i < size; i++) {
      float kept = values[i];
      values[i] = values[size + i];
      values[size + i] = kept;
    }
  }

  /** The first of equal numbers, or a number alone. */
  private int same(String name, JsonNode config, String option, int otherwise) {
    JsonNode found = config.path(option);
    if (found.isNumber()) {
      return found.asInt();
    }
    if (!found.isArray() || found.isEmpty()) {
      return otherwise;
    }
    for (JsonNode one : found) {
      if (one.asInt() != found.get(0).asInt()) {
        throw unsupported(
            "the layer \"" + name + "\" has " + option + " " + found + ", which are not equal",
            "export the model to ONNX and open it as a network of others");
      }
    }
    return found.get(0).asInt();
  }

  private Layer.Padding padding(String name, JsonNode config, int kernel, int stride) {
    String text = text(config, "padding", "valid");
    return switch (text) {
      case "valid" -> Layer.Padding.VALID;
      case "causal" -> Layer.Padding.CAUSAL;
      case "same" -> {
        if (stride != 1 || kernel % 2 == 0) {
          throw unsupported(
              "the layer \""
                  + name
                  + "\" has padding same with stride "
                  + stride
                  + " and kernel "
                  + kernel
                  + "; here it is centred for odd kernels with stride 1",
              "export the model to ONNX and open it as a network of others");
        }
        yield Layer.Padding.SAME;
      }
      default -> throw unsupported("the padding " + text + " of \"" + name + "\"", "use same");
    };
  }

  private void conv1d(String kind, String name, JsonNode config) {
    wanted("linear");
    require(name, config, "data_format", "channels_last");
    require(name, config, "groups", "1");
    int filters = config.path("filters").asInt();
    int kernel = same(name, config, "kernel_size", 1);
    int stride = same(name, config, "strides", 1);
    int dilation = same(name, config, "dilation_rate", 1);
    List<Array> arrays = weights.next(kind, name, "");
    Array from = array(arrays, 0, name, kernel, -1, filters);
    int in = from.shape().get(1);
    float[] values = new float[from.values().length];
    for (int k = 0; k < kernel; k++) {
      for (int c = 0; c < in; c++) {
        for (int f = 0; f < filters; f++) {
          values[(f * in + c) * kernel + k] = from.values()[(k * in + c) * filters + f];
        }
      }
    }
    steps.add(
        new Step(
            new Layer.Conv1d(
                filters,
                kernel,
                stride,
                dilation,
                padding(name, config, kernel, stride),
                inner(name, config, "activation"),
                Initialisation.AUTOMATIC),
            List.of(values, bias(config, arrays, 1, filters, name))));
  }

  private void conv2d(String kind, String name, JsonNode config) {
    wanted("linear");
    require(name, config, "data_format", "channels_last");
    require(name, config, "groups", "1");
    int filters = config.path("filters").asInt();
    int kernel = same(name, config, "kernel_size", 1);
    int stride = same(name, config, "strides", 1);
    if (same(name, config, "dilation_rate", 1) != 1) {
      throw unsupported("the layer \"" + name + "\" is dilated", "leave the dilation out");
    }
    List<Array> arrays = weights.next(kind, name, "");
    Array from = array(arrays, 0, name, kernel, kernel, -1, filters);
    int in = from.shape().get(2);
    int places = kernel * kernel;
    float[] values = new float[from.values().length];
    for (int p = 0; p < places; p++) {
      for (int c = 0; c < in; c++) {
        for (int f = 0; f < filters; f++) {
          values[(f * in + c) * places + p] = from.values()[(p * in + c) * filters + f];
        }
      }
    }
    steps.add(
        new Step(
            new Layer.Conv2d(
                filters,
                kernel,
                stride,
                padding(name, config, kernel, stride),
                inner(name, config, "activation"),
                Initialisation.AUTOMATIC),
            List.of(values, bias(config, arrays, 1, filters, name))));
  }

  private int pool(String name, JsonNode config) {
    wanted("linear");
    require(name, config, "padding", "valid");
    require(name, config, "data_format", "channels_last");
    int size = same(name, config, "pool_size", 2);
    if (same(name, config, "strides", size) != size) {
      throw unsupported(
          "the layer \"" + name + "\" has strides other than its pool_size", "make them equal");
    }
    return size;
  }

  private static Layer.Pooling pooling(String kind) {
    return kind.startsWith("Max") ? Layer.Pooling.MAX : Layer.Pooling.AVERAGE;
  }

  private void pool1d(String kind, String name, JsonNode config) {
    plain(new Layer.Pool1d(pooling(kind), pool(name, config)));
  }

  private void pool2d(String kind, String name, JsonNode config) {
    plain(new Layer.Pool2d(pooling(kind), pool(name, config)));
  }
}
