package io.millwright.api.head;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.PlainData;
import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.Decision;
import io.millwright.api.learn.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Labels that may hold together, each known or not: one sigmoid for each. Calibrated by Platt's
 * logistic curve and by the threshold with the largest F1, for each label.
 */
record LabelsHead() implements Head<Map<String, Boolean>, LabelScores> {

  private static final int MOST = 1 << 14;

  @Override
  public String kind() {
    return "labels";
  }

  @Override
  public boolean accepts(Loss loss) {
    return loss instanceof Loss.BinaryCrossEntropy;
  }

  @Override
  public String toString() {
    return "labels";
  }

  @Override
  public FittedHead<Map<String, Boolean>, LabelScores> fit(Labels<Map<String, Boolean>> labels) {
    TreeSet<String> found = new TreeSet<>();
    labels.known().forEach(l -> found.addAll(l.keySet()));
    if (found.isEmpty()) {
      throw MillwrightException.of(
          "the training data",
          List.of(
              new Finding(
                  ErrorCode.BAD_LABEL,
                  "samples",
                  "no sample names a label",
                  "say of samples which labels hold and which do not.")));
    }
    List<String> names = List.copyOf(found);
    double[] shares = new double[names.size()];
    for (int k = 0; k < shares.length; k++) {
      String name = names.get(k);
      shares[k] =
          labels.seen().stream()
              .filter(l -> l.containsKey(name))
              .mapToDouble(l -> Boolean.TRUE.equals(l.get(name)) ? 1 : 0)
              .average()
              .orElse(0.5);
    }
    return new Fitted(
        names,
        labels.loss().orElse(Loss.binaryCrossEntropy()),
        Optional.empty(),
        Map.of("shares of the training data", shares));
  }

  @Override
  public FittedHead<Map<String, Boolean>, LabelScores> read(PlainData data) {
    List<String> names = data.texts("labels");
    Optional<Curves> curves = Optional.empty();
    if (data.has("curves")) {
      PlainData c = data.part("curves");
      curves =
          Optional.of(
              new Curves(
                  c.numbers("slope"),
                  c.numbers("shift"),
                  c.numbers("threshold"),
                  Scores.of(c.part("scores"))));
    }
    if (names.isEmpty()
        || names.size() > MOST
        || names.stream().distinct().count() < names.size()
        || curves
            .filter(
                c ->
                    c.slope.length != names.size()
                        || c.shift.length != names.size()
                        || c.threshold.length != names.size())
            .isPresent()) {
      throw new IllegalArgumentException(names.size() + " labels that do not fit their curves");
    }
    return new Fitted(names, Loss.binaryCrossEntropy(), curves, Map.of());
  }

  /** What calibration learnt: for each label a logistic curve and a threshold. */
  private record Curves(double[] slope, double[] shift, double[] threshold, Scores scores) {}

  private record Fitted(
      List<String> names, Loss loss, Optional<Curves> curves, Map<String, double[]> baselines)
      implements FittedHead<Map<String, Boolean>, LabelScores> {

    @Override
    public PlainData data() {
      PlainData.Builder data = PlainData.builder().put("labels", names);
      curves.ifPresent(
          c ->
              data.put(
                  "curves",
                  PlainData.builder()
                      .put("slope", c.slope)
                      .put("shift", c.shift)
                      .put("threshold", c.threshold)
                      .put("scores", c.scores.data())
                      .build()));
      return data.build();
    }

    @Override
    public int outputs() {
      return names.size();
    }

    @Override
    public int targets() {
      return names.size();
    }

    @Override
    public void target(Map<String, Boolean> label, float[] into, int at) {
      for (int k = 0; k < names.size(); k++) {
        Boolean known = label.get(names.get(k));
        if (known != null) {
          into[at + k] = known ? 1 : 0;
        }
      }
    }

    @Override
    public void say(float[] outputs, int from, double[] said, int to, double share) {
      for (int k = 0; k < names.size(); k++) {
        said[to + k] += share * Places.sigmoid(outputs[from + k]);
      }
    }

    private double probability(double[] said, int k) {
      return curves
          .map(c -> Places.sigmoid(c.slope[k] * Places.logit(said[k]) + c.shift[k]))
          .orElse(said[k]);
    }

    private double threshold(int k) {
      return curves.map(c -> c.threshold[k]).orElse(0.5);
    }

    @Override
    public Answer<LabelScores> answer(double[] said, float[] input) {
      Map<String, Double> probabilities = new LinkedHashMap<>();
      Map<String, Double> thresholds = new LinkedHashMap<>();
      for (int k = 0; k < names.size(); k++) {
        probabilities.put(names.get(k), probability(said, k));
        thresholds.put(names.get(k), threshold(k));
      }
      return new Answer<>(
          new LabelScores(probabilities, thresholds),
          curves
              .<Uncertainties>map(c -> new Sets(c.scores, probabilities))
              .orElse(Uncertainties.none("the model was trained without calibration")));
    }

    @Override
    public Fitted calibrated(HeldOut heldOut, Calibration how) {
      if (!(how instanceof Calibration.Conformal)) {
        return this;
      }
      int n = names.size();
      double[] slope = new double[n];
      double[] shift = new double[n];
      double[] threshold = new double[n];
      for (int k = 0; k < n; k++) {
        int label = k;
        int[] known =
            java.util.stream.IntStream.range(0, heldOut.size())
                .filter(i -> !Float.isNaN(heldOut.targets()[i][label]))
                .toArray();
        double[] logit = new double[known.length];
        boolean[] truth = new boolean[known.length];
        for (int i = 0; i < known.length; i++) {
          logit[i] = Places.logit(heldOut.said()[known[i]][k]);
          truth[i] = heldOut.targets()[known[i]][k] == 1;
        }
        double[] line = Platt.fit(logit, truth);
        slope[k] = line[0];
        shift[k] = line[1];
        double[] p = new double[known.length];
        boolean both = false;
        for (int i = 0; i < p.length; i++) {
          p[i] = Places.sigmoid(line[0] * logit[i] + line[1]);
          both |= truth[i];
        }
        threshold[k] = both ? Figures.threshold(new Decision.ByF1(""), truth, p) : 0.5;
      }
      Fitted halfway =
          new Fitted(
              names,
              loss,
              Optional.of(
                  new Curves(
                      slope,
                      shift,
                      threshold,
                      new Scores(List.of(0.0), List.of(0.0), List.of(1.0), 1))),
              baselines);
      double[] scores = new double[heldOut.size()];
      for (int i = 0; i < scores.length; i++) {
        for (int k = 0; k < n; k++) {
          if (heldOut.targets()[i][k] == 1) {
            scores[i] = Math.max(scores[i], 1 - halfway.probability(heldOut.said()[i], k));
          }
        }
      }
      return new Fitted(
          names,
          loss,
          Optional.of(
              new Curves(
                  slope,
                  shift,
                  threshold,
                  Scores.of(scores, Groups.of(scores.length, heldOut.groups())))),
          baselines);
    }

    @Override
    public boolean isCalibrated() {
      return curves.isPresent();
    }

    @Override
    public Map<String, Double> figures(HeldOut heldOut) {
      double hits = 0;
      double wrong = 0;
      double missed = 0;
      double loss = 0;
      double known = 0;
      double macro = 0;
      for (int k = 0; k < names.size(); k++) {
        double own = 0;
        double ownWrong = 0;
        double ownMissed = 0;
        for (int i = 0; i < heldOut.size(); i++) {
          float truth = heldOut.targets()[i][k];
          if (Float.isNaN(truth)) {
            continue;
          }
          double p = probability(heldOut.said()[i], k);
          boolean yes = p >= threshold(k);
          known++;
          own += yes && truth == 1 ? 1 : 0;
          ownWrong += yes && truth == 0 ? 1 : 0;
          ownMissed += !yes && truth == 1 ? 1 : 0;
          loss -= Math.log(Math.max(1e-12, truth == 1 ? p : 1 - p));
        }
        hits += own;
        wrong += ownWrong;
        missed += ownMissed;
        macro += (own == 0 ? 0 : 2 * own / (2 * own + ownWrong + ownMissed)) / names.size();
      }
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("f1 micro", hits == 0 ? 0 : 2 * hits / (2 * hits + wrong + missed));
      figures.put("f1 macro", macro);
      figures.put("hamming loss", (wrong + missed) / known);
      figures.put("log loss", loss / known);
      return figures;
    }

    @Override
    public Map<String, Double> uncertaintyFigures(HeldOut heldOut) {
      Map<String, Double> figures = new LinkedHashMap<>();
      if (curves.isPresent()) {
        double covered = 0;
        for (int i = 0; i < heldOut.size(); i++) {
          Answer<LabelScores> answer = answer(heldOut.said()[i], new float[0]);
          if (answer.uncertainty().at(Figures.LEVEL) instanceof Uncertainty.LabelSet set) {
            boolean all = true;
            for (int k = 0; k < names.size(); k++) {
              all &= heldOut.targets()[i][k] != 1 || set.labels().contains(names.get(k));
            }
            covered += all ? 1 : 0;
          }
        }
        figures.put("coverage 90", covered / heldOut.size());
      }
      return figures;
    }

    @Override
    public List<String> classes() {
      return names;
    }

    @Override
    public double number(double[] said, int part) {
      return probability(said, part);
    }

    @Override
    public int main(double[] said) {
      int best = 0;
      for (int k = 1; k < said.length; k++) {
        best = probability(said, k) > probability(said, best) ? k : best;
      }
      return best;
    }

    @Override
    public String description() {
      return "Answers with "
          + names.size()
          + " labels that may hold together: "
          + String.join(", ", names)
          + ".";
    }

    @Override
    public String uncertainty() {
      return curves
          .map(
              c ->
                  "Probabilities, thresholds and label sets measured on "
                      + c.scores.groups()
                      + " held-out groups.")
          .orElse("Not measured: the model was trained without calibration.");
    }
  }

  /**
   * Sets that hold all labels that are true: those of a probability that as few true ones fall
   * below as the level says (split conformal prediction on the least probable true label).
   */
  private record Sets(Scores scores, Map<String, Double> probabilities) implements Uncertainties {
    @Override
    public Uncertainty at(double level) {
      QuantityUncertainties.open("level", level);
      double most = scores.upper(level);
      List<String> ordered = new ArrayList<>(probabilities.keySet());
      ordered.sort(
          Comparator.comparingDouble((String l) -> -probabilities.getOrDefault(l, 0.0))
              .thenComparing(Comparator.naturalOrder()));
      List<String> set = new ArrayList<>(ordered.subList(0, 1));
      for (String l : ordered.subList(1, ordered.size())) {
        if (1 - probabilities.getOrDefault(l, 0.0) <= most) {
          set.add(l);
        }
      }
      return new Uncertainty.LabelSet(level, set);
    }

    @Override
    public double[] quantiles(double... levels) {
      double[] none = new double[levels.length];
      Arrays.fill(none, Double.NaN);
      return none;
    }

    @Override
    public String toString() {
      return "90 %: " + at(0.9);
    }
  }
}
