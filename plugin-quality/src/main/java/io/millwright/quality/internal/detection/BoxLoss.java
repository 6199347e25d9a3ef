package io.millwright.quality.internal.detection;

import io.millwright.api.learn.Loss;
import io.millwright.api.learn.LossBatch;

/**
 * What the network makes small. Of each cell it sees, one after the other: a logit for each class,
 * the logarithms of the distances of a box's left, upper, right and lower edge, and a logit for how
 * much of the cell is covered. A class that is there should have the overlap of the box said with
 * the true one as its probability; others weigh by the square of their own probability (Lin et al.
 * 2017). The overlap itself is made large (Yu et al. 2016). The sum is divided by the number of
 * cells that have a box.
 *
 * @param cells how many cells an image has
 * @param classes how many classes there are
 */
record BoxLoss(int cells, int classes) implements Loss {

  private static final double NEGATIVE = 0.75;
  private static final double BOX = 2;
  private static final double COVERED = 0.5;

  @Override
  public double gradient(LossBatch batch, float[] gradient) {
    double total = 0;
    for (int i = 0; i < batch.count(); i++) {
      total += batch.weights()[i];
    }
    double sum = 0;
    int each = classes + 5;
    for (int i = 0; i < batch.count(); i++) {
      int from = i * batch.width();
      int boxes = 0;
      for (int p = 0; p < cells; p++) {
        boxes += Float.isNaN(batch.targets()[from + p * each + classes]) ? 0 : 1;
      }
      double w = total > 0 ? batch.weights()[i] / total / Math.max(1, boxes) : 0;
      double spread = (double) Math.max(1, boxes) / cells;
      for (int p = 0; p < cells; p++) {
        sum += w * cell(batch.outputs(), batch.targets(), from + p * each, w, spread, gradient);
      }
    }
    return sum;
  }

  private double cell(float[] y, float[] t, int at, double w, double spread, float[] g) {
    int box = at + classes;
    double loss = 0;
    double overlap = 0;
    if (Float.isNaN(t[box])) {
      java.util.Arrays.fill(g, box, box + 4, 0);
    } else {
      overlap = overlap(y, t, box, BOX * w, g);
      loss += BOX * (1 - overlap);
    }
    for (int k = at; k < box; k++) {
      double p = Grid.sigmoid(y[k] - Grid.RARE);
      if (Float.isNaN(t[k])) {
        g[k] = 0;
      } else if (t[k] > 0) {
        g[k] = (float) (w * (p - overlap));
        loss -=
            overlap * Math.log(Math.max(1e-9, p)) + (1 - overlap) * Math.log(Math.max(1e-9, 1 - p));
      } else {
        double log = -Math.log(Math.max(1e-9, 1 - p));
        g[k] = (float) (w * NEGATIVE * (2 * p * p * (1 - p) * log + p * p * p));
        loss += NEGATIVE * p * p * log;
      }
    }
    int cover = box + 4;
    double p = Grid.sigmoid(y[cover] - Grid.RARE);
    double scale = COVERED * spread; // a mean over all cells
    g[cover] = (float) (w * scale * (p - t[cover]));
    loss -=
        scale
            * (t[cover] * Math.log(Math.max(1e-9, p))
                + (1 - t[cover]) * Math.log(Math.max(1e-9, 1 - p)));
    return loss;
  }

  /** The overlap of the box said with the true one; lays down the slope of one minus it. */
  private static double overlap(float[] y, float[] t, int at, double w, float[] g) {
    double[] said = new double[4];
    double[] both = new double[4];
    for (int e = 0; e < 4; e++) {
      said[e] = Grid.distance(y[at + e]);
      both[e] = Math.min(said[e], t[at + e]);
    }
    double wide = both[0] + both[2];
    double high = both[1] + both[3];
    double common = wide * high;
    double own = (said[0] + said[2]) * (said[1] + said[3]);
    double truth = (double) (t[at] + t[at + 2]) * (t[at + 1] + t[at + 3]);
    double union = own + truth - common;
    for (int e = 0; e < 4; e++) {
      boolean across = e % 2 == 0;
      double inner = said[e] < t[at + e] ? (across ? high : wide) : 0;
      double area = across ? said[1] + said[3] : said[0] + said[2];
      double slope = (inner * union - common * (area - inner)) / (union * union);
      g[at + e] = (float) (-w * slope * Grid.distanceSlope(y[at + e]));
    }
    return common / union;
  }
}
