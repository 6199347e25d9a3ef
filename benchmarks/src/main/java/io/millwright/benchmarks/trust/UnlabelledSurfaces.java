package io.millwright.benchmarks.trust;

import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Image;
import io.millwright.api.foreign.Backbone;
import io.millwright.quality.LabelledImage;
import io.millwright.quality.Quality;
import io.millwright.quality.Verdict;
import io.millwright.runtime.watch.UnlabelledAccuracy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The accuracy of an inspection model (NEU surfaces, some labels a class, a frozen backbone) before
 * the truth is known: of the images that are not learnt from one half is held out for the
 * estimator, windows are drawn from the other. Images are shifted by drawing (bright, dark, much
 * and little contrast) and, in the first draw, by altering them all.
 */
final class UnlabelledSurfaces {

  private static final int WINDOW = 1000;
  private static final int WINDOWS = 100;

  private UnlabelledSurfaces() {}

  /** Confidences of answers, and whether they were right. */
  private record Said(double[] confidence, double[] right) {
    Said rows(int... rows) {
      return new Said(UnlabelledWindows.at(confidence, rows), UnlabelledWindows.at(right, rows));
    }

    double accuracy() {
      return Arrays.stream(right).average().orElse(0);
    }
  }

  static void run(Millwright millwright, Path data, Path folder, int labels, int draws)
      throws InterruptedException, IOException {
    List<LabelledImage> all = new ArrayList<>();
    for (String line : Files.readAllLines(data.resolve("neu-surface-defects/labels.csv"))) {
      String[] cells = line.split(",", -1);
      if (!cells[0].equals("file")) {
        all.add(LabelledImage.of(Image.read(folder.resolve(cells[0])), cells[1]));
      }
    }
    Backbone backbone = Backbone.of(data.resolve("ocr-backbone/ch_PP-OCRv4_det_infer.onnx"));
    UnlabelledWindows windows = new UnlabelledWindows();
    for (int draw = 0; draw < draws; draw++) {
      List<LabelledImage> learnt = new ArrayList<>();
      List<LabelledImage> others = new ArrayList<>();
      Map<String, Integer> taken = new LinkedHashMap<>();
      for (int i : UnlabelledWindows.order(all.size(), 10 + draw)) {
        LabelledImage image = all.get(i);
        (taken.merge(image.label(), 1, Integer::sum) <= labels ? learnt : others).add(image);
      }
      List<LabelledImage> held = others.subList(0, others.size() / 2);
      List<LabelledImage> pool = others.subList(others.size() / 2, others.size());
      try (Predictor<Image, Verdict> predictor =
          millwright
              .plugin(Quality.class)
              .inspection()
              .backbone(backbone)
              .train(learnt)
              .await()
              .open()) {
        Said then = said(predictor, held);
        Said now = said(predictor, pool);
        System.out.printf(
            "draw %d: accuracy %.3f held out, %.3f of those to draw from%n",
            draw, then.accuracy(), now.accuracy());
        UnlabelledAccuracy estimator = UnlabelledAccuracy.of(then.confidence(), then.right());
        UnlabelledAccuracy knowing = UnlabelledAccuracy.of(now.confidence(), now.right());
        SplittableRandom random = new SplittableRandom(draw);
        double[] light = pool.stream().mapToDouble(i -> mean(i.image())).toArray();
        double[] contrast = pool.stream().mapToDouble(i -> spread(i.image())).toArray();
        Map<String, double[]> shifts = new LinkedHashMap<>();
        shifts.put("none", new double[pool.size()]);
        shifts.put("bright", UnlabelledWindows.weights(light, true));
        shifts.put("dark", UnlabelledWindows.weights(light, false));
        shifts.put("much contrast", UnlabelledWindows.weights(contrast, true));
        shifts.put("little contrast", UnlabelledWindows.weights(contrast, false));
        shifts.forEach((shift, w) -> drawn(windows, shift, estimator, knowing, now, w, random));
        if (draw == 0) {
          for (String change : List.of("light", "noise")) {
            Said altered = said(predictor, pool.stream().map(i -> altered(i, change)).toList());
            UnlabelledAccuracy better =
                UnlabelledAccuracy.of(altered.confidence(), altered.right());
            System.out.printf("all altered by %s: accuracy %.3f%n", change, altered.accuracy());
            drawn(
                windows,
                "all altered by " + change,
                estimator,
                better,
                altered,
                new double[pool.size()],
                random);
          }
        }
      }
    }
    windows.print();
  }

  private static void drawn(
      UnlabelledWindows windows,
      String shift,
      UnlabelledAccuracy estimator,
      UnlabelledAccuracy knowing,
      Said pool,
      double[] logWeight,
      SplittableRandom random) {
    for (int w = 0; w < WINDOWS; w++) {
      Said now = pool.rows(UnlabelledWindows.draw(random, logWeight, WINDOW));
      windows.add(
          "NEU, " + shift,
          estimator.estimate(now.confidence()),
          knowing.estimate(now.confidence()).value(),
          now.accuracy(),
          0.02);
    }
  }

  private static Said said(Predictor<Image, Verdict> predictor, List<LabelledImage> images) {
    double[] confidence = new double[images.size()];
    double[] right = new double[images.size()];
    int n = 0;
    for (LabelledImage image : images) {
      if (predictor.predict(image.image()) instanceof Outcome.Prediction<Verdict> p) {
        confidence[n] = Math.min(1, p.value().probability());
        right[n++] = p.value().label().equals(image.label()) ? 1 : 0;
      }
    }
    return new Said(Arrays.copyOf(confidence, n), Arrays.copyOf(right, n));
  }

  private static double mean(Image image) {
    float[] values = image.fractions();
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElse(0);
  }

  private static double spread(Image image) {
    double mean = mean(image);
    float[] values = image.fractions();
    return Math.sqrt(
        IntStream.range(0, values.length)
            .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
            .average()
            .orElse(0));
  }

  /** A third less light, or noise of 20 of 255. */
  private static LabelledImage altered(LabelledImage labelled, String change) {
    Image image = labelled.image();
    SplittableRandom random = new SplittableRandom(image.name().hashCode());
    byte[] values = new byte[image.width() * image.height()];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        double v = image.value(x, y, 0);
        v = change.equals("light") ? v * 2 / 3 : v + 20 * random.nextGaussian();
        values[y * image.width() + x] = (byte) Math.round(Math.max(0, Math.min(255, v)));
      }
    }
    return LabelledImage.of(
        Image.of8(image.name(), image.width(), image.height(), Image.Format.GREY8, values),
        labelled.label());
  }
}
