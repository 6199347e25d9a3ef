package io.millwright.benchmarks.quality;

import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Step;
import io.millwright.core.shrink.Shrink;
import io.millwright.core.shrink.ShrinkSamples;
import io.millwright.core.shrink.Shrinking;
import io.millwright.quality.InspectionTrainer;
import io.millwright.quality.LabelledImage;
import io.millwright.quality.Quality;
import io.millwright.runtime.compress.Compression;
import io.millwright.runtime.compress.CompressionReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * What pruning and distillation cost and bring, as curves: a perceptron on a table, a recurrent
 * network on run-to-failure histories, a convolution network on images. Rows that judge were never
 * learnt from. Arguments: {@code mlp}, a CSV file, the column of numbers, columns left out; {@code
 * lstm} and a training file of C-MAPSS (the last fifth of the units judges); {@code cnn} and a
 * folder of class folders of images (the last third of each class judges), and for a first figure
 * on a small machine the pixels of a side, the images of a class and the epochs; {@code lstm}
 * likewise takes how many units and epochs. With {@code -Drounded=true} weights are rounded alone.
 */
public final class Shrunk {

  private static final int CAP = 125;

  private final Millwright millwright;
  private final Path folder;

  private Shrunk(Millwright millwright, Path folder) {
    this.millwright = millwright;
    this.folder = folder;
  }

  /** Learns, makes smaller and prints. */
  public static void main(String[] args) throws InterruptedException, IOException {
    try (Millwright millwright = Millwright.create()) {
      Shrunk shrunk = new Shrunk(millwright, Files.createTempDirectory("shrunk"));
      switch (args[0]) {
        case "mlp" -> shrunk.perceptron(args);
        case "lstm" -> shrunk.recurrent(args);
        case "cnn" -> shrunk.convolution(args);
        default -> throw new IllegalArgumentException(args[0] + " is none of mlp, lstm, cnn");
      }
    }
  }

  private void perceptron(String[] args) throws InterruptedException {
    Table table =
        millwright.tables().csv(Path.of(args[1])).without(Arrays.copyOfRange(args, 3, args.length));
    int cut = table.rows() * 4 / 5;
    Path model = folder.resolve("mlp.mwb");
    millwright
        .learning()
        .target(args[2])
        .network(Networks.mlp(256, 256))
        .learning(Learning.adam(1e-3).batch(64).epochs(40).earlyStopping(8))
        .train(table.slice(0, cut))
        .await()
        .saveTo(model);
    curve(
        model,
        ShrinkSamples.of(table.slice(0, cut), table.slice(cut, table.rows()), args[2]),
        List.of(Networks.mlp(128, 128), Networks.mlp(64, 64), Networks.mlp(32)));
  }

  private void recurrent(String[] args) throws InterruptedException, IOException {
    Path file = Path.of(args[1]);
    int units = args.length > 2 ? Integer.parseInt(args[2]) : Integer.MAX_VALUE;
    int epochs = args.length > 3 ? Integer.parseInt(args[3]) : 15;
    List<double[]> rows = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        rows.add(Arrays.stream(line.trim().split(" +")).mapToDouble(Double::parseDouble).toArray());
      }
    }
    rows.removeIf(r -> r[0] > units);
    Map<Double, Double> end = new HashMap<>();
    rows.forEach(r -> end.merge(r[0], r[1], Math::max));
    List<Column> columns = new ArrayList<>(List.of(Column.category("unit")));
    for (int s = 1; s <= 21; s++) {
      columns.add(Column.number("s" + s));
    }
    columns.add(Column.number("rul"));
    Schema schema = new Schema(columns);
    int judges = end.size() * 4 / 5;
    TableBuilder learnt = Table.builder(schema, rows.size());
    TableBuilder judged = Table.builder(schema, rows.size());
    for (double[] r : rows) {
      Object[] cells = new Object[columns.size()];
      cells[0] = "unit " + (int) r[0];
      for (int s = 0; s < 21; s++) {
        cells[s + 1] = r[5 + s];
      }
      cells[22] = Math.min(CAP, end.getOrDefault(r[0], 0.0) - r[1]);
      (r[0] <= judges ? learnt : judged).add(cells);
    }
    ShrinkSamples samples = ShrinkSamples.of(learnt.build(), judged.build(), "rul").group("unit");
    Path model = folder.resolve("lstm.mwb");
    millwright
        .learning()
        .number("rul")
        .group("unit")
        .window(30)
        .network(Networks.lstm(64, 32))
        .learning(Learning.adam(2e-3).batch(128).epochs(epochs).earlyStopping(5))
        .split(Split.holdOut(0.2).by(Split.By.GROUP))
        .train(samples.learnt())
        .await()
        .saveTo(model);
    curve(model, samples, List.of(Networks.lstm(32, 16), Networks.lstm(16)));
  }

  private void convolution(String[] args) throws InterruptedException {
    Schema schema = Schema.of(Column.image("image"), Column.category("label"));
    boolean small = args.length > 2;
    int side = small ? Integer.parseInt(args[2]) : 128;
    List<LabelledImage> all =
        new ArrayList<>(millwright.plugin(Quality.class).images(Path.of(args[1])));
    if (small) {
      Map<String, Integer> kept = new HashMap<>();
      all.removeIf(i -> kept.merge(i.label(), 1, Integer::sum) > Integer.parseInt(args[3]));
    }
    Map<String, Integer> seen = new HashMap<>();
    Map<String, Integer> count = new HashMap<>();
    all.forEach(i -> count.merge(i.label(), 1, Integer::sum));
    List<LabelledImage> learnt = new ArrayList<>();
    TableBuilder one = Table.builder(schema, all.size());
    TableBuilder other = Table.builder(schema, all.size());
    for (LabelledImage image : all) {
      boolean learns =
          seen.merge(image.label(), 1, Integer::sum)
              <= count.getOrDefault(image.label(), 0) * 2 / 3;
      (learns ? one : other).add(image.image(), image.label());
      if (learns) {
        learnt.add(image);
      }
    }
    Path file = folder.resolve("cnn.mwb");
    InspectionTrainer trainer =
        millwright.plugin(Quality.class).inspection().split(Split.holdOut(0.2).by(Split.By.ROW));
    if (small) {
      trainer =
          trainer
              .picture(new Step.Picture(side, side, false, Step.Picture.Exposure.BOTH))
              .learning(Learning.adam(2e-3).batch(32).epochs(Integer.parseInt(args[4])));
    }
    trainer.train(learnt).await().saveTo(file);
    curve(
        file,
        ShrinkSamples.of(one.build(), other.build(), "label"),
        List.of(filters(side, 8, 16, 32, 64), filters(side, 4, 8, 16)));
  }

  private static Network filters(int side, int... filters) {
    boolean halved = side >= 48;
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < filters.length; i++) {
      layers.add(
          new Layer.Conv2d(
              filters[i],
              halved && i == 0 ? 5 : 3,
              halved && i == 0 ? 2 : 1,
              Layer.Padding.SAME,
              Activation.LINEAR,
              Initialisation.HE));
      layers.add(new Layer.GroupNorm(4, Activation.RELU));
      layers.add(
          i < filters.length - 1
              ? new Layer.Pool2d(Layer.Pooling.MAX, 2)
              : new Layer.GlobalPool(Layer.Pooling.AVERAGE));
    }
    return new Network(layers);
  }

  private void curve(Path model, ShrinkSamples samples, List<Network> students)
      throws InterruptedException {
    rounded(model, samples);
    if (Boolean.getBoolean("rounded")) {
      return;
    }
    List<Shrink> all = new ArrayList<>();
    for (double share : new double[] {0.25, 0.5, 0.75}) {
      all.add(Shrink.units(share));
    }
    for (double share : new double[] {0.5, 0.8, 0.9}) {
      all.add(Shrink.weights(share));
    }
    students.forEach(s -> all.add(Shrink.student(s)));
    for (Shrink how : all) {
      long begun = System.nanoTime();
      String said;
      try {
        said =
            millwright
                .plugin(Shrinking.class)
                .shrink(model, how.budget(1000), samples, folder.resolve("small.mwb"))
                .await()
                .toString();
      } catch (MillwrightException e) {
        said = e.getMessage();
      }
      System.out.printf(
          "%s%s: %s; %d s%n",
          how,
          how.network().map(n -> " into " + n.layers().size() + " layers").orElse(""),
          said,
          (System.nanoTime() - begun) / 1_000_000_000);
    }
  }

  /** What rounded weights cost, and how long an answer takes with them and without. */
  private void rounded(Path model, ShrinkSamples samples) {
    for (Compression.Form form : Compression.Form.values()) {
      Path rounded = folder.resolve(form + ".mwb");
      try {
        CompressionReport report =
            Compression.to(millwright, form)
                .budget(1000)
                .compress(model, samples.judged(), samples.target(), rounded);
        System.out.printf(
            "%s: %s; %.1f us a row before, %.1f after%n",
            form, report, micros(model, samples), micros(rounded, samples));
      } catch (MillwrightException e) {
        System.out.println(form + ": " + e.getMessage());
      }
    }
  }

  /** Microseconds a row, the best of five rounds over all rows that judge. */
  private double micros(Path model, ShrinkSamples samples) {
    try (Predictor<Table, Object> predictor = millwright.open(ModelSource.file(model))) {
      double best = Double.POSITIVE_INFINITY;
      for (int round = 0; round < 5; round++) {
        long begun = System.nanoTime();
        predictor.predictRows(samples.judged());
        best = Math.min(best, (double) (System.nanoTime() - begun));
      }
      return best / 1e3 / samples.judged().rows();
    }
  }
}
