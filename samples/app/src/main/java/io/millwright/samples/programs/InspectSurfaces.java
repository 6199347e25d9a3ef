package io.millwright.samples.programs;

import io.millwright.api.Flag;
import io.millwright.api.Millwright;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Image;
import io.millwright.quality.ChartPlan;
import io.millwright.quality.ChartPoint;
import io.millwright.quality.ControlChart;
import io.millwright.quality.HeatMap;
import io.millwright.quality.InspectionCosts;
import io.millwright.quality.InspectionModel;
import io.millwright.quality.LabelledImage;
import io.millwright.quality.Quality;
import io.millwright.quality.Reading;
import io.millwright.quality.RunRules;
import io.millwright.quality.Verdict;
import io.millwright.samples.plant.Surfaces;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A camera over a line: learns scratches and bubbles on brushed metal, decides by what mistakes
 * cost, shows where a defect is, and watches the share of rejects on a p chart.
 */
public final class InspectSurfaces {

  private static final int LOT = 20;

  private InspectSurfaces() {}

  /**
   * Learns from pictures of a simulated camera, saves the model, and inspects lots with it.
   *
   * @param args the model's file, {@code surfaces.mwb} when empty, and the number of training
   *     pictures of each class, 60 when left out
   * @throws InterruptedException when the thread is interrupted while it waits
   */
  public static void main(String[] args) throws InterruptedException {
    Path file = Path.of(args.length > 0 ? args[0] : "surfaces.mwb");
    int each = args.length > 1 ? Integer.parseInt(args[1]) : 60;
    try (Millwright millwright = Millwright.create()) {
      Quality quality = millwright.plugin(Quality.class);
      InspectionModel model =
          quality
              .inspection()
              .costs(
                  InspectionCosts.of(Surfaces.GOOD, 50, 1).review(0.5)) // an escape, a false reject
              .train(Surfaces.of(0).images(each))
              .await();
      model.saveTo(file);
      System.out.println("On pictures held out: " + model.evaluation().figures());
      try (Predictor<Image, Verdict> camera = millwright.open(Quality.INSPECTION, file)) {
        watch(quality, camera);
      }
    }
  }

  private static void watch(Quality quality, Predictor<Image, Verdict> camera) {
    ControlChart rejects =
        ControlChart.given(
            new ChartPlan.Attributes(ChartPlan.Attribute.P, false, RunRules.WESTERN_ELECTRIC),
            0.1,
            0.3,
            Instant.EPOCH);
    try (Monitor<Reading, ChartPoint> chart = quality.spc().monitor(rejects)) {
      for (int lot = 0; lot < 6; lot++) {
        // Lots 4 and 5 come from a roller with dirt on it.
        List<Image> pictures = lot(lot, lot < 4 ? 2 : 9);
        int defective = 0;
        int reviewed = 0;
        for (Outcome<Verdict> outcome : camera.predictAll(pictures)) {
          Outcome.Prediction<Verdict> p = outcome.orElseThrow();
          defective += p.value().decision() == Verdict.Decision.REJECT ? 1 : 0;
          reviewed += p.flags().contains(Flag.REVIEW) ? 1 : 0;
        }
        ChartPoint point =
            chart
                .update(
                    "line 1",
                    new Reading.Count(defective, LOT),
                    Instant.EPOCH.plusSeconds(60L * lot))
                .orElseThrow()
                .value();
        System.out.printf(
            Locale.ROOT,
            "lot %d: %d rejected, %d for a person to look at%s%n",
            lot,
            defective,
            reviewed,
            point.inControl() ? "" : "  OUT OF CONTROL " + point.signals());
      }
    }
    Image scratched = Surfaces.of(1).image("scratch", 3);
    HeatMap map = quality.heatMap(camera, scratched, Optional.empty(), 8);
    System.out.printf(
        Locale.ROOT, "%s: %s %.1f %%%n", scratched.name(), map.label(), 100 * map.probability());
    for (int r = 0; r < map.rows(); r++) {
      StringBuilder line = new StringBuilder("  ");
      for (int c = 0; c < map.columns(); c++) {
        double effect = map.effect(r, c);
        line.append(effect > 0.2 ? '#' : effect > 0.05 ? '+' : '.');
      }
      System.out.println(line);
    }
  }

  private static List<Image> lot(int number, int defects) {
    List<LabelledImage> all = Surfaces.of(100 + number).images(LOT);
    List<Image> lot = new ArrayList<>();
    for (LabelledImage image : all) {
      boolean good = image.label().equals(Surfaces.GOOD);
      if (lot.size() < LOT - defects ? good : !good && lot.size() < LOT) {
        lot.add(image.image());
      }
    }
    return lot;
  }
}
