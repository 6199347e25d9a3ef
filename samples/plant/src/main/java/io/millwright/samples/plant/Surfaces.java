package io.millwright.samples.plant;

import io.millwright.api.data.Image;
import io.millwright.quality.LabelledImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures of brushed metal, some with a planted scratch or bubbles: a line's camera, built in. The
 * same key gives the same pictures everywhere. Immutable and thread-safe.
 *
 * <p>The ground is a grain of streaks under uneven light with sensor noise. A scratch is a thin
 * line of any direction, darker on one side and brighter on the other; a bubble a small disc with a
 * dark rim and a bright spot. Both vary in size and strength, the faintest barely above the grain.
 */
public final class Surfaces {

  /** The class without defect. */
  public static final String GOOD = "good";

  /** The classes. */
  public static final List<String> CLASSES = List.of(GOOD, "scratch", "bubble");

  /** The side of a picture in pixels. */
  public static final int SIDE = 64;

  private final long key;

  private Surfaces(long key) {
    this.key = key;
  }

  /**
   * The pictures of a key.
   *
   * @param key the key
   * @return the source
   */
  public static Surfaces of(long key) {
    return new Surfaces(key);
  }

  /**
   * Pictures of every class.
   *
   * @param each how many of each
   * @return the pictures, classes in turn
   */
  public List<LabelledImage> images(int each) {
    List<LabelledImage> images = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      for (String label : CLASSES) {
        images.add(LabelledImage.of(image(label, i), label));
      }
    }
    return images;
  }

  /**
   * One picture.
   *
   * @param label its class
   * @param number which one
   * @return the picture, named after both
   */
  public Image image(String label, int number) {
    Dice dice = new Dice(key, 10L * number + CLASSES.indexOf(label));
    double[] ground = ground(dice);
    if (label.equals("scratch")) {
      scratch(ground, dice);
    } else if (label.equals("bubble")) {
      int bubbles = 1 + dice.below(3);
      for (int i = 0; i < bubbles; i++) {
        bubble(ground, dice);
      }
    }
    byte[] values = new byte[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) Math.max(0, Math.min(255, Math.round(ground[i] + 4 * dice.normal())));
    }
    return Image.of8(label + "-" + number + ".png", SIDE, SIDE, Image.Format.GREY8, values);
  }

  private static double[] ground(Dice dice) {
    double light = dice.uniform(90, 150);
    double slopeX = dice.uniform(-0.4, 0.4);
    double slopeY = dice.uniform(-0.4, 0.4);
    double[] grain = new double[SIDE];
    double last = 0;
    double[] ground = new double[SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      last = 0.5 * last + dice.normal();
      grain[y] = 6 * last;
      double streak = 0;
      for (int x = 0; x < SIDE; x++) {
        streak = 0.9 * streak + dice.normal();
        ground[y * SIDE + x] =
            light + slopeX * (x - SIDE / 2.0) + slopeY * (y - SIDE / 2.0) + grain[y] + 2.5 * streak;
      }
    }
    return ground;
  }

  private static void scratch(double[] ground, Dice dice) {
    double angle = dice.uniform(0, Math.PI);
    double middleX = dice.uniform(16, 48);
    double middleY = dice.uniform(16, 48);
    double half = dice.uniform(10, 30);
    double depth = dice.uniform(28, 60);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double along = (x - middleX) * cos + (y - middleY) * sin;
        double across = -(x - middleX) * sin + (y - middleY) * cos;
        if (Math.abs(along) < half) {
          double dark = StrictMath.exp(-across * across / 1.2);
          double bright = StrictMath.exp(-(across - 2) * (across - 2) / 1.2);
          ground[y * SIDE + x] += depth * (0.5 * bright - dark);
        }
      }
    }
  }

  private static void bubble(double[] ground, Dice dice) {
    double middleX = dice.uniform(8, 56);
    double middleY = dice.uniform(8, 56);
    double radius = dice.uniform(3, 7);
    double depth = dice.uniform(28, 60);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double distance = StrictMath.hypot(x - middleX, y - middleY);
        double rim = (distance - radius) / 1.2;
        double spot = StrictMath.hypot(x - middleX + radius / 3, y - middleY + radius / 3);
        ground[y * SIDE + x] +=
            depth
                * (StrictMath.exp(-spot * spot / (radius * radius / 5))
                    - StrictMath.exp(-rim * rim));
      }
    }
  }
}
