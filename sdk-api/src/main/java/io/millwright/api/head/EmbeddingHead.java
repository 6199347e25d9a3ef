package io.millwright.api.head;

import io.millwright.api.Uncertainties;
import io.millwright.api.data.PlainData;
import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.ClassMetrics;
import io.millwright.api.learn.Loss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A vector of length 1, near that of inputs that are the same thing (metric learning). One network
 * only: the vectors of several have nothing to do with each other. Held-out samples say from which
 * likeness on two inputs are the same.
 */
record EmbeddingHead(int dimensions) implements Head<String, Embedding> {

  private static final int MOST = 1 << 14;

  EmbeddingHead {
    if (dimensions < 1 || dimensions > MOST) {
      throw new IllegalArgumentException("dimensions is " + dimensions);
    }
  }

  @Override
  public String kind() {
    return "embedding";
  }

  @Override
  public boolean averages() {
    return false;
  }

  @Override
  public boolean accepts(Loss loss) {
    return loss instanceof Loss.Contrastive;
  }

  @Override
  public String toString() {
    return "an embedding";
  }

  @Override
  public FittedHead<String, Embedding> fit(Labels<String> labels) {
    return new Fitted(
        dimensions,
        Places.of(List.copyOf(new TreeSet<>(labels.known()))),
        labels.loss().orElse(Loss.contrastive(0.1)),
        Optional.empty());
  }

  @Override
  public FittedHead<String, Embedding> read(PlainData data) {
    int n = data.whole("dimensions");
    if (n < 1 || n > MOST) {
      throw new IllegalArgumentException(n + " dimensions");
    }
    List<String> things = data.texts("things");
    return new Fitted(
        n,
        Places.of(things),
        Loss.contrastive(0.1),
        data.has("same") ? Optional.of(data.number("same")) : Optional.empty());
  }

  private record Fitted(
      int dimensions, Map<String, Integer> places, Loss loss, Optional<Double> same)
      implements FittedHead<String, Embedding> {

    @Override
    public PlainData data() {
      PlainData.Builder data =
          PlainData.builder()
              .put("dimensions", dimensions)
              .put(
                  "things",
                  places.entrySet().stream()
                      .sorted(Map.Entry.comparingByValue())
                      .map(Map.Entry::getKey)
                      .toList());
      same.ifPresent(s -> data.put("same", s));
      return data.build();
    }

    @Override
    public int outputs() {
      return dimensions;
    }

    @Override
    public int targets() {
      return 1;
    }

    @Override
    public void target(String label, float[] into, int at) {
      into[at] = places.getOrDefault(label, places.size());
    }

    private static double[] unit(double[] said) {
      double length = 0;
      for (double v : said) {
        length += v * v;
      }
      length = Math.sqrt(length) + 1e-12;
      double[] unit = said.clone();
      for (int k = 0; k < unit.length; k++) {
        unit[k] /= length;
      }
      return unit;
    }

    @Override
    public Answer<Embedding> answer(double[] said, float[] input) {
      return new Answer<>(
          new Embedding(Scores.boxed(unit(said)), same),
          Uncertainties.none("a vector has no truth; likenesses are compared with a threshold"));
    }

    /** The likenesses of all pairs, at most of some hundred samples, and which are the same. */
    private static List<double[]> pairs(HeldOut heldOut) {
      int n = Math.min(600, heldOut.size());
      double[][] z = new double[n][];
      int[] at = new int[n];
      for (int i = 0; i < n; i++) {
        at[i] = (int) ((long) i * heldOut.size() / n);
        z[i] = unit(heldOut.said()[at[i]]);
      }
      List<double[]> pairs = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
          double likeness = 0;
          for (int k = 0; k < z[i].length; k++) {
            likeness += z[i][k] * z[j][k];
          }
          boolean one = heldOut.targets()[at[i]][0] == heldOut.targets()[at[j]][0];
          pairs.add(new double[] {likeness, one ? 1 : 0});
        }
      }
      return pairs;
    }

    @Override
    public Fitted calibrated(HeldOut heldOut, Calibration how) {
      List<double[]> pairs = pairs(heldOut);
      boolean[] one = new boolean[pairs.size()];
      double[] score = new double[pairs.size()];
      boolean any = false;
      for (int i = 0; i < one.length; i++) {
        one[i] = pairs.get(i)[1] == 1;
        any |= one[i];
        score[i] = (pairs.get(i)[0] + 1) / 2;
      }
      if (!(how instanceof Calibration.Conformal) || !any) {
        return this;
      }
      double threshold =
          Figures.threshold(new io.millwright.api.learn.Decision.ByF1(""), one, score);
      return new Fitted(dimensions, places, loss, Optional.of(2 * threshold - 1));
    }

    @Override
    public boolean isCalibrated() {
      return same.isPresent();
    }

    @Override
    public Map<String, Double> figures(HeldOut heldOut) {
      List<double[]> pairs = pairs(heldOut);
      boolean[] one = new boolean[pairs.size()];
      double[] score = new double[pairs.size()];
      int all = 0;
      for (int i = 0; i < one.length; i++) {
        one[i] = pairs.get(i)[1] == 1;
        all += one[i] ? 1 : 0;
        score[i] = pairs.get(i)[0];
      }
      Map<String, Double> figures = new LinkedHashMap<>();
      if (all > 0 && all < one.length) {
        figures.put("roc auc of pairs", ClassMetrics.rocAuc(one, score));
      }
      figures.put("nearest is the same", nearest(heldOut));
      return figures;
    }

    private static double nearest(HeldOut heldOut) {
      double right = 0;
      int n = Math.min(600, heldOut.size());
      for (int i = 0; i < n; i++) {
        double[] z = unit(heldOut.said()[i]);
        double best = Double.NEGATIVE_INFINITY;
        boolean same = false;
        for (int j = 0; j < heldOut.size(); j++) {
          if (j != i) {
            double[] other = unit(heldOut.said()[j]);
            double likeness = 0;
            for (int k = 0; k < z.length; k++) {
              likeness += z[k] * other[k];
            }
            if (likeness > best) {
              best = likeness;
              same = heldOut.targets()[i][0] == heldOut.targets()[j][0];
            }
          }
        }
        right += same ? 1 : 0;
      }
      return right / n;
    }

    @Override
    public String description() {
      return "Answers with a vector of " + dimensions + " numbers and length 1.";
    }

    @Override
    public String uncertainty() {
      return same.map(
              s -> "Inputs of a likeness from " + Figures.number(s) + " on count as the same.")
          .orElse("Not measured: the model was trained without calibration.");
    }
  }
}
