package io.millwright.api.head;

import io.millwright.api.Uncertainties;
import io.millwright.api.data.PlainData;
import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.ClassMetrics;
import io.millwright.api.learn.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The input again (an autoencoder): what a network cannot repeat is unusual. Needs no labels; where
 * a label says that a sample is an anomaly, it is not learnt from and only judges. Calibrated by
 * the scores of held-out usual samples (conformal anomaly detection, Laxhammar and Falkman 2010).
 */
record ReconstructionHead() implements Head<Boolean, AnomalyScore> {

  private static final int MOST = 1 << 22;

  @Override
  public String kind() {
    return "reconstruction";
  }

  @Override
  public boolean reconstructs() {
    return true;
  }

  @Override
  public String toString() {
    return "a reconstruction";
  }

  @Override
  public FittedHead<Boolean, AnomalyScore> fit(Labels<Boolean> labels) {
    int n = Math.max(1, labels.inputs());
    return new Fitted(
        n,
        new Calibrated.None("the model was trained without calibration"),
        Map.of("the mean of the training data", new double[n]));
  }

  @Override
  public FittedHead<Boolean, AnomalyScore> read(PlainData data) {
    int n = data.whole("inputs");
    if (n < 1 || n > MOST) {
      throw new IllegalArgumentException(n + " inputs");
    }
    return new Fitted(n, Calibrated.ofQuantity(data.part("calibration")), Map.of());
  }

  private record Fitted(int inputs, Calibrated calibrated, Map<String, double[]> baselines)
      implements FittedHead<Boolean, AnomalyScore> {

    @Override
    public PlainData data() {
      return PlainData.builder()
          .put("inputs", inputs)
          .put("calibration", calibrated.data())
          .build();
    }

    @Override
    public int outputs() {
      return inputs;
    }

    /** The input, then 1 for an anomaly, 0 for none, NaN for unknown. */
    @Override
    public int targets() {
      return inputs + 1;
    }

    @Override
    public Loss loss() {
      return new Loss.Reconstruction();
    }

    @Override
    public void target(Boolean anomaly, float[] into, int at) {
      into[at + inputs] = anomaly ? 1 : 0;
    }

    @Override
    public boolean learns(Boolean anomaly) {
      return !anomaly;
    }

    private double score(double[] said, float[] input) {
      double sum = 0;
      for (int k = 0; k < inputs; k++) {
        sum += (said[k] - input[k]) * (said[k] - input[k]);
      }
      return sum / inputs;
    }

    @Override
    public Answer<AnomalyScore> answer(double[] said, float[] input) {
      List<Double> parts = new ArrayList<>(inputs);
      for (int k = 0; k < inputs; k++) {
        parts.add((said[k] - input[k]) * (said[k] - input[k]));
      }
      double score = score(said, input);
      double rarity =
          calibrated instanceof Calibrated.Quantity q ? q.scores().shareBelow(score) : Double.NaN;
      return new Answer<>(
          new AnomalyScore(score, rarity, parts),
          Uncertainties.none("an anomaly score has no truth; its rarity says how unusual it is"));
    }

    @Override
    public Fitted calibrated(HeldOut heldOut, Calibration how) {
      int[] usual =
          java.util.stream.IntStream.range(0, heldOut.size())
              .filter(i -> heldOut.targets()[i][inputs] != 1)
              .toArray();
      if (!(how instanceof Calibration.Conformal) || usual.length == 0) {
        return this;
      }
      HeldOut kept = heldOut.some(usual);
      double[] scores = new double[kept.size()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = score(kept.said()[i], kept.targets()[i]);
      }
      return new Fitted(
          inputs,
          new Calibrated.Quantity(
              Scores.of(scores, Groups.of(scores.length, kept.groups())), LocalScale.constant()),
          baselines);
    }

    @Override
    public boolean tellsUncertainty() {
      return false;
    }

    @Override
    public boolean isCalibrated() {
      return calibrated instanceof Calibrated.Quantity;
    }

    @Override
    public Map<String, Double> figures(HeldOut heldOut) {
      double[] scores = new double[heldOut.size()];
      boolean[] anomaly = new boolean[scores.length];
      double usual = 0;
      int anomalies = 0;
      for (int i = 0; i < scores.length; i++) {
        scores[i] = score(heldOut.said()[i], heldOut.targets()[i]);
        anomaly[i] = heldOut.targets()[i][inputs] == 1;
        anomalies += anomaly[i] ? 1 : 0;
        usual += anomaly[i] ? 0 : scores[i];
      }
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("reconstruction error", usual / Math.max(1, scores.length - anomalies));
      if (anomalies > 0 && anomalies < scores.length) {
        figures.put("roc auc", ClassMetrics.rocAuc(anomaly, scores));
        figures.put("pr auc", ClassMetrics.prAuc(anomaly, scores));
      }
      return figures;
    }

    @Override
    public Map<String, Double> uncertaintyFigures(HeldOut heldOut) {
      if (!(calibrated instanceof Calibrated.Quantity q)) {
        return Map.of();
      }
      double alarms = 0;
      double usual = 0;
      for (int i = 0; i < heldOut.size(); i++) {
        if (heldOut.targets()[i][inputs] != 1) {
          usual++;
          double score = score(heldOut.said()[i], heldOut.targets()[i]);
          alarms += q.scores().shareBelow(score) > 0.9 ? 1 : 0;
        }
      }
      return usual == 0 ? Map.of() : Map.of("false alarms at 0.1", alarms / usual);
    }

    @Override
    public double number(double[] said, int part) {
      return Arrays.stream(said).average().orElse(0);
    }

    @Override
    public String description() {
      return "Answers with how far an input lies from what is usual.";
    }

    @Override
    public String uncertainty() {
      return calibrated instanceof Calibrated.Quantity q
          ? "Rarity measured on " + q.scores().groups() + " held-out groups of usual samples."
          : "Not measured: " + ((Calibrated.None) calibrated).why() + ".";
    }
  }
}
