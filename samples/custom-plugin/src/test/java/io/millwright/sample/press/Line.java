package io.millwright.sample.press;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A simulated press line. A stroke's work is force times travel times a factor of the die; the
 * hydraulics lose a share that falls as the oil gets warmer and grows with the rate; each press has
 * an efficiency of its own; the meter is off by 2 percent.
 */
final class Line {

  private static final String[] DIES = {"door", "hood", "frame"};
  private static final double[] FACTORS = {0.45, 0.6, 0.8};

  private Line() {}

  static List<MeasuredStroke> strokes(int presses, int each, long seed) {
    Random random = new Random(seed);
    List<MeasuredStroke> all = new ArrayList<>();
    for (int p = 0; p < presses; p++) {
      double efficiency = 0.8 + 0.02 * random.nextGaussian();
      for (int i = 0; i < each; i++) {
        int die = random.nextInt(DIES.length);
        Stroke stroke =
            new Stroke(
                800 + 400 * random.nextDouble(),
                40 + 80 * random.nextDouble(),
                6 + 8 * random.nextDouble(),
                35 + 25 * random.nextDouble(),
                DIES[die]);
        double work = stroke.force() * stroke.travel() * 1e-3 * FACTORS[die];
        double loss = 0.1 + 0.004 * (60 - stroke.oil()) + 0.01 * stroke.rate();
        double energy = work * (1 + loss) / efficiency * (1 + 0.02 * random.nextGaussian());
        all.add(new MeasuredStroke("press " + p, stroke, new Energy(energy)));
      }
    }
    return all;
  }
}
