package io.millwright.benchmarks.inspection;

import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Image;
import io.millwright.api.foreign.Backbone;
import io.millwright.quality.InspectionModel;
import io.millwright.quality.InspectionTrainer;
import io.millwright.quality.LabelledImage;
import io.millwright.quality.Quality;
import io.millwright.quality.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Magnetic tiles as six classes: balanced accuracy by folds of tile groups modulo five. Arguments:
 * the unpacked folder of images, {@code labels.csv}, a backbone (ONNX), a folder for its features,
 * and whether classes are balanced ({@code true} or {@code false}).
 */
public final class Tiles {

  private static final int FOLDS = 5;
  private static final long CACHE = 8L << 30;

  private Tiles() {}

  /** Trains five models and prints the recall of each class. */
  public static void main(String[] args) throws InterruptedException, IOException {
    List<LabelledImage> all = new ArrayList<>();
    List<String> lines = Files.readAllLines(Path.of(args[1]));
    List<String> head = List.of(lines.get(0).split(",", -1));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      all.add(
          new LabelledImage(
              Image.read(Path.of(args[0], cells[head.indexOf("file")])),
              cells[head.indexOf("class")],
              cells[head.indexOf("tile_group")]));
    }
    Backbone backbone =
        new Backbone(
            Path.of(args[2]),
            Optional.empty(),
            List.of(),
            256,
            256,
            List.of(0.485, 0.456, 0.406),
            List.of(0.229, 0.224, 0.225));
    Map<String, int[]> counts = new TreeMap<>();
    try (Millwright millwright = Millwright.create()) {
      Quality quality = millwright.plugin(Quality.class);
      InspectionTrainer trainer =
          quality
              .inspection()
              .balanced(Boolean.parseBoolean(args[4]))
              .backbone(backbone)
              .cache(Path.of(args[3]), CACHE);
      for (int f = 0; f < FOLDS; f++) {
        int fold = f;
        InspectionModel model =
            trainer
                .train(
                    all.stream().filter(i -> Integer.parseInt(i.group()) % FOLDS != fold).toList())
                .await();
        System.out.println("fold " + f + ", held out " + model.evaluation().figures());
        try (Predictor<Image, Verdict> predictor = model.open()) {
          for (LabelledImage image : all) {
            if (Integer.parseInt(image.group()) % FOLDS == fold) {
              int[] own = counts.computeIfAbsent(image.label(), l -> new int[2]);
              own[0]++;
              own[1] +=
                  predictor.predict(image.image()) instanceof Outcome.Prediction<Verdict> p
                          && p.value().label().equals(image.label())
                      ? 1
                      : 0;
            }
          }
        }
      }
    }
    counts.forEach((label, c) -> System.out.println(label + ": " + c[1] + " of " + c[0]));
    System.out.println(
        "balanced accuracy "
            + counts.values().stream().mapToDouble(c -> (double) c[1] / c[0]).average().orElse(0)
            + ", accuracy "
            + (double) counts.values().stream().mapToInt(c -> c[1]).sum() / all.size());
  }
}
