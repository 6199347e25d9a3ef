package io.millwright.benchmarks.inspection;

import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Image;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Schedule;
import io.millwright.quality.DetectionFigures;
import io.millwright.quality.DetectionModel;
import io.millwright.quality.DetectionTrainer;
import io.millwright.quality.Detections;
import io.millwright.quality.MarkedImage;
import io.millwright.quality.Quality;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Labelled defects: mean average precision of a fold of images that took no part in the training.
 * Arguments: the folder of images, their boxes (CSV) or masks (folder), the number of the fold of
 * five, and for trials the rate, the epochs, a share of the images, the size, the batch and a
 * checkpoint to go on from.
 */
public final class Boxes {

  private static final int FOLDS = 5;

  private Boxes() {}

  /** Trains and judges. */
  public static void main(String[] args) throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      Quality quality = millwright.plugin(Quality.class);
      List<MarkedImage> all = new ArrayList<>(quality.marked(Path.of(args[0]), Path.of(args[1])));
      Collections.shuffle(all, new Random(7));
      int fold = Integer.parseInt(args[2]);
      List<MarkedImage> own = new ArrayList<>();
      List<MarkedImage> judged = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        (i % FOLDS == fold ? judged : own).add(all.get(i));
      }
      DetectionTrainer trainer = quality.detection();
      if (args.length > 3) {
        trainer =
            trainer.learning(
                Learning.adamW(Double.parseDouble(args[3]), 0.05)
                    .batch(args.length > 7 ? Integer.parseInt(args[7]) : 16)
                    .epochs(Integer.parseInt(args[4]))
                    .schedule(new Schedule.WarmUpCosine(0.05))
                    .clipNorm(5)
                    .averaging(0.99));
      }
      if (args.length > 5) {
        own = own.subList(0, (int) (own.size() * Double.parseDouble(args[5])));
      }
      if (args.length > 6) {
        trainer = trainer.size(Integer.parseInt(args[6]), Integer.parseInt(args[6]));
      }
      long begun = System.nanoTime();
      Job<DetectionModel> job =
          args.length > 8 ? trainer.resume(Path.of(args[8]), own) : trainer.train(own);
      DetectionModel model;
      try (Job.Subscription told = job.onProgress(p -> System.out.println(p.figures()))) {
        model = job.await();
      }
      System.out.printf(
          "%d images, %.0f s, held out %s%n",
          own.size(), (System.nanoTime() - begun) / 1e9, model.evaluation().figures());
      List<Detections> said = new ArrayList<>();
      begun = System.nanoTime();
      try (Predictor<Image, Detections> predictor = model.open()) {
        judged.forEach(i -> said.add(predictor.predict(i.image()).orElseThrow().value()));
      }
      System.out.printf(
          "fold %d: %d images, %.0f ms each, %s%n",
          fold,
          judged.size(),
          (System.nanoTime() - begun) / 1e6 / judged.size(),
          DetectionFigures.of(said, judged));
    }
  }
}
