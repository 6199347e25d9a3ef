package io.millwright.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files written in the layouts that Keras documents; the truth is computed here a second time, in
 * double precision, by the equations of its documentation.
 */
class KerasNetworkTest {

  @TempDir Path folder;
  private final Random random = new Random(1);

  private float[][] matrix(int rows, int columns) {
    float[][] all = new float[rows][columns];
    for (float[] row : all) {
      for (int c = 0; c < columns; c++) {
        row[c] = (float) (0.5 * random.nextGaussian());
      }
    }
    return all;
  }

  private float[] vector(int size) {
    return matrix(1, size)[0];
  }

  private static final String PERCEPTRON =
      """
      {"module": "keras", "class_name": "Sequential", "config": {"name": "s", "layers": [
        {"class_name": "InputLayer", "config": {"batch_shape": [null, 3], "name": "in"}},
        {"class_name": "Dense", "config": {"name": "first", "units": 4, "activation": "relu"}},
        {"class_name": "Dropout", "config": {"name": "drop", "rate": 0.5}},
        {"class_name": "Dense", "config": {"name": "last", "units": 2, "activation": "softmax"}}
      ]}}\
      """;

  private Path legacy(String config, List<String> names, List<List<Object>> weights)
      throws IOException {
    Path file = folder.resolve("model.h5");
    Files.deleteIfExists(file);
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putAttribute("model_config", config);
      WritableGroup all = hdf.putGroup("model_weights");
      for (int l = 0; l < names.size(); l++) {
        WritableGroup layer = all.putGroup(names.get(l));
        WritableGroup inner = layer.putGroup(names.get(l));
        String[] paths = new String[weights.get(l).size()];
        String[] kinds = {"kernel", "bias"};
        for (int i = 0; i < paths.length; i++) {
          String name = (paths.length == 2 ? kinds[i] : "array " + i) + ":0";
          inner.putDataset(name, weights.get(l).get(i));
          paths[i] = names.get(l) + "/" + name;
        }
        layer.putAttribute("weight_names", paths);
      }
    }
    return file;
  }

  private Path keras(String config, List<String> paths, List<List<Object>> weights)
      throws IOException {
    Path inner = folder.resolve("weights.h5");
    Files.deleteIfExists(inner);
    try (WritableHdfFile hdf = HdfFile.write(inner)) {
      WritableGroup layers = hdf.putGroup("layers");
      for (int l = 0; l < paths.size(); l++) {
        WritableGroup at = layers;
        for (String part : paths.get(l).split("/", -1)) {
          at = at.putGroup(part);
        }
        WritableGroup vars = at.putGroup("vars");
        for (int i = 0; i < weights.get(l).size(); i++) {
          vars.putDataset(String.valueOf(i), weights.get(l).get(i));
        }
      }
    }
    Path file = folder.resolve("model.keras");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("config.json"));
      zip.write(config.getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("model.weights.h5"));
      zip.write(Files.readAllBytes(inner));
    }
    return file;
  }

  private static double[] dense(double[] x, float[][] kernel, float[] bias) {
    double[] y = new double[bias.length];
    for (int j = 0; j < y.length; j++) {
      y[j] = bias[j];
      for (int i = 0; i < x.length; i++) {
        y[j] += x[i] * kernel[i][j];
      }
    }
    return y;
  }

  private static double[] relu(double[] x) {
    return Arrays.stream(x).map(v -> Math.max(0, v)).toArray();
  }

  private static double[] softmax(double[] x) {
    double sum = Arrays.stream(x).map(Math::exp).sum();
    return Arrays.stream(x).map(v -> Math.exp(v) / sum).toArray();
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static void same(float[] found, double... truth) {
    assertThat(found).hasSize(truth.length);
    for (int i = 0; i < truth.length; i++) {
      assertThat((double) found[i]).isCloseTo(truth[i], within(1e-5));
    }
  }

  private static double[] wide(float[] x) {
    double[] all = new double[x.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = x[i];
    }
    return all;
  }

  @Test
  void aPerceptronOfEitherFormAnswersAsKeras() throws IOException {
    float[][] first = matrix(3, 4);
    float[] firstBias = vector(4);
    float[][] last = matrix(4, 2);
    float[] lastBias = vector(2);
    List<List<Object>> weights = List.of(List.of(first, firstBias), List.of(last, lastBias));
    for (Path file :
        List.of(
            legacy(PERCEPTRON, List.of("first", "last"), weights),
            keras(PERCEPTRON, List.of("dense", "dense_1"), weights))) {
      KerasNetwork network = KerasNetwork.read(file);
      assertThat(network.input()).containsExactly(3);
      assertThat(network.outputs()).isEqualTo(2);
      for (int i = 0; i < 5; i++) {
        float[] x = vector(3);
        double[] hidden = relu(dense(wide(x), first, firstBias));
        same(network.predict(x, 1), softmax(dense(hidden, last, lastBias)));
      }
    }
  }

  @Test
  void recurrentNetworksAnswerAsKeras() throws IOException {
    String config =
        """
        {"class_name": "Sequential", "config": {"layers": [
          {"class_name": "InputLayer", "config": {"batch_shape": [null, 5, 2], "name": "in"}},
          {"class_name": "LSTM", "config": {"name": "lstm", "units": 3, "return_sequences": true,
            "activation": "tanh", "recurrent_activation": "sigmoid", "use_bias": true}},
          {"class_name": "GRU", "config": {"name": "gru", "units": 4, "return_sequences": false,
            "activation": "tanh", "recurrent_activation": "sigmoid", "reset_after": true}},
          {"class_name": "Dense", "config": {"name": "last", "units": 1, "activation": "linear"}}
        ]}}\
        """;
    float[][] kernel = matrix(2, 12);
    float[][] own = matrix(3, 12);
    float[] bias = vector(12);
    float[][] gruKernel = matrix(3, 12);
    float[][] gruOwn = matrix(4, 12);
    float[][] gruBias = matrix(2, 12);
    float[][] last = matrix(4, 1);
    float[] lastBias = vector(1);
    KerasNetwork network =
        KerasNetwork.read(
            keras(
                config,
                List.of("lstm/cell", "gru/cell", "dense"),
                List.of(
                    List.of(kernel, own, bias),
                    List.of(gruKernel, gruOwn, gruBias),
                    List.of(last, lastBias))));
    float[] x = vector(10);
    double[] h = new double[3];
    double[] c = new double[3];
    double[] g = new double[4];
    for (int t = 0; t < 5; t++) {
      double[] in = {x[2 * t], x[2 * t + 1]};
      double[] z = dense(in, kernel, bias);
      double[] r = dense(h, own, new float[12]);
      for (int u = 0; u < 3; u++) {
        double i = sigmoid(z[u] + r[u]);
        double f = sigmoid(z[3 + u] + r[3 + u]);
        double o = sigmoid(z[9 + u] + r[9 + u]);
        c[u] = f * c[u] + i * Math.tanh(z[6 + u] + r[6 + u]);
        h[u] = o * Math.tanh(c[u]);
      }
      double[] a = dense(h, gruKernel, gruBias[0]);
      double[] b = dense(g, gruOwn, gruBias[1]);
      for (int u = 0; u < 4; u++) {
        double update = sigmoid(a[u] + b[u]);
        double reset = sigmoid(a[4 + u] + b[4 + u]);
        double candidate = Math.tanh(a[8 + u] + reset * b[8 + u]);
        g[u] = update * g[u] + (1 - update) * candidate;
      }
    }
    same(network.predict(x, 1), dense(g, last, lastBias));
  }

  @Test
  void convolutionsAnswerAsKeras() throws IOException {
    String config =
        """
        {"class_name": "Sequential", "config": {"layers": [
          {"class_name": "InputLayer", "config": {"batch_shape": [null, 6, 5, 2], "name": "in"}},
          {"class_name": "Conv2D", "config": {"name": "c", "filters": 3, "kernel_size": [3, 3],
            "strides": [1, 1], "padding": "same", "activation": "relu",
            "data_format": "channels_last"}},
          {"class_name": "MaxPooling2D", "config": {"name": "p", "pool_size": [2, 2],
            "strides": [2, 2], "padding": "valid"}},
          {"class_name": "Flatten", "config": {"name": "f"}},
          {"class_name": "Dense", "config": {"name": "d", "units": 1, "activation": "sigmoid"}}
        ]}}\
        """;
    float[][][][] kernel = new float[3][3][][];
    for (float[][][] line : kernel) {
      for (int i = 0; i < 3; i++) {
        line[i] = matrix(2, 3);
      }
    }
    float[] bias = vector(3);
    float[][] last = matrix(3 * 2 * 3, 1);
    float[] lastBias = vector(1);
    KerasNetwork network =
        KerasNetwork.read(
            keras(
                config,
                List.of("conv2d", "dense"),
                List.of(List.of(kernel, bias), List.of(last, lastBias))));
    float[] x = vector(60);
    double[][][] y = new double[6][5][3];
    for (int r = 0; r < 6; r++) {
      for (int c = 0; c < 5; c++) {
        for (int f = 0; f < 3; f++) {
          double sum = bias[f];
          for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
              int u = r + i - 1;
              int v = c + j - 1;
              for (int k = 0; k < 2 && u >= 0 && u < 6 && v >= 0 && v < 5; k++) {
                sum += x[(u * 5 + v) * 2 + k] * kernel[i][j][k][f];
              }
            }
          }
          y[r][c][f] = Math.max(0, sum);
        }
      }
    }
    double[] flat = new double[18];
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 2; c++) {
        for (int f = 0; f < 3; f++) {
          flat[(r * 2 + c) * 3 + f] =
              Math.max(
                  Math.max(y[2 * r][2 * c][f], y[2 * r + 1][2 * c][f]),
                  Math.max(y[2 * r][2 * c + 1][f], y[2 * r + 1][2 * c + 1][f]));
        }
      }
    }
    same(network.predict(x, 1), sigmoid(dense(flat, last, lastBias)[0]));
  }

  private static void refused(ErrorCode code, Path file) {
    assertThatThrownBy(() -> KerasNetwork.read(file))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("\nMaybe ")
        .satisfies(e -> assertThat(((MillwrightException) e).code()).isEqualTo(code));
  }

  @Test
  void codeAndUnknownLayersAreRefused() throws IOException {
    List<List<Object>> weights =
        List.of(List.of(matrix(3, 4), vector(4)), List.of(matrix(4, 2), vector(2)));
    List<String> paths = List.of("dense", "dense_1");
    for (String kind : List.of("Lambda", "TFOpLambda", "BatchNormalization", "MyOwn")) {
      refused(ErrorCode.UNSUPPORTED, keras(PERCEPTRON.replace("Dropout", kind), paths, weights));
    }
    refused(
        ErrorCode.UNSUPPORTED,
        keras(PERCEPTRON.replace("Sequential", "Functional"), paths, weights));
    refused(ErrorCode.UNSUPPORTED, keras(PERCEPTRON.replace("relu", "mish"), paths, weights));
    refused(
        ErrorCode.BAD_FILE, keras(PERCEPTRON.replace("[null, 3]", "[null, 5]"), paths, weights));
    refused(ErrorCode.BAD_FILE, keras(PERCEPTRON, List.of("dense", "other"), weights));
    refused(ErrorCode.IO_FAILED, folder.resolve("absent"));
  }

  @Test
  void damagedFilesAreErrors() throws IOException {
    List<List<Object>> weights =
        List.of(List.of(matrix(3, 4), vector(4)), List.of(matrix(4, 2), vector(2)));
    byte[] whole = Files.readAllBytes(legacy(PERCEPTRON, List.of("first", "last"), weights));
    Path file = folder.resolve("damaged");
    for (int length = 0; length < whole.length; length += whole.length / 12 + 1) {
      Files.write(file, Arrays.copyOf(whole, length));
      refused(ErrorCode.BAD_FILE, file);
    }
    mutate(200, 2);
  }

  @Test
  @Tag("thorough")
  void tenThousandMutatedFilesAnswerOrAreRefused() throws IOException {
    mutate(10_000, 3);
  }

  /** Of both forms in turn: every mutation is read and asked, or refused with a code. */
  private void mutate(int count, long seed) throws IOException {
    List<List<Object>> weights =
        List.of(List.of(matrix(3, 4), vector(4)), List.of(matrix(4, 2), vector(2)));
    List<byte[]> forms =
        List.of(
            Files.readAllBytes(legacy(PERCEPTRON, List.of("first", "last"), weights)),
            Files.readAllBytes(keras(PERCEPTRON, List.of("dense", "dense_1"), weights)));
    Path file = folder.resolve("mutated");
    Random mutations = new Random(seed);
    int read = 0;
    for (int i = 0; i < count; i++) {
      byte[] bytes = forms.get(i % 2).clone();
      for (int k = mutations.nextInt(3); k >= 0; k--) {
        bytes[mutations.nextInt(bytes.length)] = (byte) mutations.nextInt(256);
      }
      Files.write(file, bytes);
      try {
        KerasNetwork network = KerasNetwork.read(file);
        int inputs = network.input().stream().reduce(1, (a, b) -> a * b);
        assertThat(network.predict(new float[inputs], 1)).hasSize(network.outputs());
        read++;
      } catch (MillwrightException e) {
        assertThat(e.code()).isIn(ErrorCode.BAD_FILE, ErrorCode.UNSUPPORTED);
      }
    }
    assertThat(read).isBetween(1, count - 1);
  }
}
