package io.millwright.quality;

import io.millwright.api.data.Image;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small noisy surfaces: good ones, and ones with a bright bubble or a dark scratch. */
final class Simulated {

  static final int SIDE = 32;

  private Simulated() {}

  /** A bubble stands in the upper left quarter of every image that has one. */
  static Image image(String label, long seed) {
    Random random = new Random(seed);
    byte[] values = new byte[SIDE * SIDE];
    double light = 90 + 40 * random.nextDouble();
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) Math.max(0, Math.min(255, light + 12 * random.nextGaussian()));
    }
    int x = 5 + random.nextInt(7);
    int y = 5 + random.nextInt(7);
    for (int k = 0; k < SIDE * SIDE; k++) {
      int dx = k % SIDE - x;
      int dy = k / SIDE - y;
      if (label.equals("bubble") && dx * dx + dy * dy < 16) {
        values[k] = (byte) Math.min(255, light + 80);
      }
      if (label.equals("scratch") && k / SIDE > 4 && Math.abs(k % SIDE - x - 6) < 2) {
        values[k] = (byte) Math.max(0, light - 60);
      }
    }
    return Image.of8(label + "-" + seed + ".png", SIDE, SIDE, Image.Format.GREY8, values);
  }

  static List<LabelledImage> images(int each, long seed) {
    List<LabelledImage> images = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      for (String label : List.of("good", "bubble", "scratch")) {
        images.add(LabelledImage.of(image(label, seed * 1000 + i), label));
      }
    }
    return images;
  }

  static InspectionTrainer small(Quality quality) {
    return quality
        .inspection()
        .picture(new Step.Picture(16, 16, false, Step.Picture.Exposure.BOTH))
        .network(Networks.image(4, 8, 16))
        .learning(Learning.adam(1e-2).batch(16).epochs(12).key(3))
        .split(Split.folds(2).by(Split.By.ROW));
  }
}
