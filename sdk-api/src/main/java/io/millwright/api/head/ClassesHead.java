package io.millwright.api.head;

import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import io.millwright.api.MillwrightException;
import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.PlainData;
import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Decision;
import io.millwright.api.learn.Loss;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One of several classes; which ones there are is learnt from the labels. */
record ClassesHead() implements Head<String, ClassScores> {

  private static final int MOST = 1 << 16;

  @Override
  public String kind() {
    return "classes";
  }

  @Override
  public boolean accepts(Loss loss) {
    return loss instanceof Loss.CrossEntropy || loss instanceof Loss.Focal;
  }

  @Override
  public boolean decides() {
    return true;
  }

  @Override
  public String toString() {
    return "classes";
  }

  @Override
  public Fitted fit(Labels<String> labels) {
    List<String> classes = List.copyOf(new TreeSet<>(labels.known()));
    if (classes.size() < 2) {
      throw MillwrightException.of(
          "the training data",
          List.of(
              new io.millwright.api.Finding(
                  ErrorCode.BAD_LABEL,
                  "samples",
                  "all labels are " + classes,
                  "check the target, which does not vary, or give samples of at least two"
                      + " classes.")));
    }
    double[] shares = new double[classes.size()];
    Map<String, Integer> places = Places.of(classes);
    labels.seen().forEach(l -> shares[places.getOrDefault(l, 0)]++);
    for (int k = 0; k < shares.length; k++) {
      shares[k] /= Math.max(1, labels.seen().size());
    }
    return new Fitted(
        classes,
        places,
        labels.loss().orElse(Loss.crossEntropy()),
        new Calibrated.None("the model was trained without calibration"),
        Optional.empty(),
        Map.of("shares of the training data", shares));
  }

  @Override
  public Fitted read(PlainData data) {
    List<String> classes = List.copyOf(data.texts("labels"));
    if (classes.isEmpty()
        || classes.size() > MOST
        || new HashSet<>(classes).size() < classes.size()) {
      throw new IllegalArgumentException(classes.size() + " labels, or not all different");
    }
    Optional<ClassScores.Threshold> threshold = Optional.empty();
    if (data.has("threshold")) {
      PlainData t = data.part("threshold");
      threshold =
          Optional.of(
              new ClassScores.Threshold(
                  t.text("negative"),
                  t.number("value"),
                  t.has("reviewFrom")
                      ? Optional.of(
                          new ClassScores.Band(t.number("reviewFrom"), t.number("reviewTo")))
                      : Optional.empty()));
      if (!classes.contains(threshold.get().negative())) {
        throw new IllegalArgumentException(
            "the negative class \"" + threshold.get().negative() + "\" is none of the labels");
      }
    }
    return new Fitted(
        classes,
        Places.of(classes),
        Loss.crossEntropy(),
        Calibrated.ofClasses(data.part("calibration")),
        threshold,
        Map.of());
  }

  /** After labels. */
  record Fitted(
      List<String> classes,
      Map<String, Integer> places,
      Loss loss,
      Calibrated calibrated,
      Optional<ClassScores.Threshold> threshold,
      Map<String, double[]> baselines)
      implements FittedHead<String, ClassScores> {

    @Override
    public PlainData data() {
      PlainData.Builder data =
          PlainData.builder().put("labels", classes).put("calibration", calibrated.data());
      threshold.ifPresent(
          t -> {
            PlainData.Builder b =
                PlainData.builder().put("negative", t.negative()).put("value", t.value());
            t.review().ifPresent(r -> b.put("reviewFrom", r.low()).put("reviewTo", r.high()));
            data.put("threshold", b.build());
          });
      return data.build();
    }

    @Override
    public int outputs() {
      return classes.size();
    }

    @Override
    public int targets() {
      return 1;
    }

    @Override
    public void target(String label, float[] into, int at) {
      Integer place = places.get(label);
      if (place != null) {
        into[at] = place;
      }
    }

    @Override
    public void say(float[] outputs, int from, double[] said, int to, double share) {
      Places.softmax(outputs, from, said, to, classes.size(), share);
    }

    private double[] probabilities(double[] said) {
      return calibrated instanceof Calibrated.Classes c ? c.probabilities(said) : said;
    }

    @Override
    public double[] mean(List<double[]> said) {
      double[] mean = FittedHead.super.mean(said.stream().map(this::probabilities).toList());
      return calibrated instanceof Calibrated.Classes c ? c.unscaled(mean) : mean;
    }

    @Override
    public Answer<ClassScores> answer(double[] said, float[] input) {
      double[] probabilities = probabilities(said);
      ClassScores scores = new ClassScores(classes, Scores.boxed(probabilities), threshold);
      return new Answer<>(
          scores, uncertainties(probabilities), scores.review() ? Set.of(Flag.REVIEW) : Set.of());
    }

    private Uncertainties uncertainties(double[] probabilities) {
      return calibrated instanceof Calibrated.Classes c
          ? c.uncertainties(probabilities, classes)
          : Uncertainties.none(((Calibrated.None) calibrated).why());
    }

    @Override
    public Fitted calibrated(HeldOut heldOut, Calibration how) {
      return how instanceof Calibration.Conformal
          ? new Fitted(
              classes,
              places,
              loss,
              Calibrated.classes(heldOut.said(), truths(heldOut), heldOut.groups()),
              threshold,
              baselines)
          : this;
    }

    private static int[] truths(HeldOut heldOut) {
      int[] truths = new int[heldOut.size()];
      for (int i = 0; i < truths.length; i++) {
        truths[i] = (int) heldOut.targets()[i][0];
      }
      return truths;
    }

    private double[][] all(HeldOut heldOut) {
      double[][] all = new double[heldOut.size()][];
      for (int i = 0; i < all.length; i++) {
        all[i] = probabilities(heldOut.said()[i]);
      }
      return all;
    }

    @Override
    public boolean isCalibrated() {
      return calibrated instanceof Calibrated.Classes;
    }

    @Override
    public Map<String, Double> figures(HeldOut heldOut) {
      Map<String, Double> figures = Figures.classes(truths(heldOut), all(heldOut), classes);
      threshold.ifPresent(
          t -> {
            boolean[] positive = positive(heldOut, t.negative());
            Figures.decision(figures, positive, scores(heldOut, t.negative()), t, Optional.empty());
          });
      return figures;
    }

    @Override
    public Map<String, Double> uncertaintyFigures(HeldOut heldOut) {
      Map<String, Double> figures = new LinkedHashMap<>();
      if (calibrated instanceof Calibrated.Classes c) {
        int covered = 0;
        int size = 0;
        for (int i = 0; i < heldOut.size(); i++) {
          String truth = classes.get((int) heldOut.targets()[i][0]);
          double[] p = probabilities(heldOut.said()[i]);
          if (c.uncertainties(p, classes).at(Figures.LEVEL) instanceof Uncertainty.LabelSet set) {
            covered += set.labels().contains(truth) ? 1 : 0;
            size += set.labels().size();
          }
        }
        figures.put("coverage 90", (double) covered / heldOut.size());
        figures.put("set size 90", (double) size / heldOut.size());
      }
      return figures;
    }

    private boolean[] positive(HeldOut heldOut, String negative) {
      boolean[] positive = new boolean[heldOut.size()];
      for (int i = 0; i < positive.length; i++) {
        positive[i] = (int) heldOut.targets()[i][0] != places.getOrDefault(negative, -1);
      }
      return positive;
    }

    private double[] scores(HeldOut heldOut, String negative) {
      double[] scores = new double[heldOut.size()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = 1 - probabilities(heldOut.said()[i])[places.getOrDefault(negative, 0)];
      }
      return scores;
    }

    @Override
    public void check(Decision decision) {
      if (!classes.contains(decision.negative())) {
        throw MillwrightException.of(
            "the training data",
            List.of(
                new io.millwright.api.Finding(
                    ErrorCode.BAD_LABEL,
                    "decision",
                    "there is no sample of the negative class \""
                        + decision.negative()
                        + "\" among "
                        + classes,
                    "name one of these classes, or give samples of it.")));
      }
    }

    @Override
    public Decided<String, ClassScores> decided(HeldOut heldOut, Decision decision) {
      boolean[] positive = positive(heldOut, decision.negative());
      double[] score = scores(heldOut, decision.negative());
      double value = Figures.threshold(decision, positive, score);
      ClassScores.Threshold chosen =
          new ClassScores.Threshold(
              decision.negative(), value, Figures.review(decision, positive, score, value));
      Map<String, Double> figures = new LinkedHashMap<>();
      Figures.decision(figures, positive, score, chosen, Optional.of(decision));
      return new Decided<>(
          new Fitted(classes, places, loss, calibrated, Optional.of(chosen), baselines), figures);
    }

    @Override
    public int strata() {
      return classes.size();
    }

    @Override
    public int stratum(float[] targets, int at) {
      return Float.isNaN(targets[at]) ? -1 : (int) targets[at];
    }

    @Override
    public String description() {
      return "Answers with one of "
          + classes.size()
          + " classes: "
          + String.join(", ", classes)
          + "."
          + threshold
              .map(
                  t ->
                      " Decides against "
                          + t.negative()
                          + " from a probability of "
                          + Figures.number(t.value())
                          + " on.")
              .orElse("");
    }

    @Override
    public String uncertainty() {
      return calibrated instanceof Calibrated.Classes c
          ? "Probabilities and label sets measured on " + c.scores().groups() + " held-out groups."
          : "Not measured: " + ((Calibrated.None) calibrated).why() + ".";
    }

    @Override
    public double number(double[] said, int part) {
      return probabilities(said)[part];
    }

    @Override
    public int main(double[] said) {
      double[] p = probabilities(said);
      int best = 0;
      for (int i = 1; i < p.length; i++) {
        if (p[i] > p[best]) {
          best = i;
        }
      }
      return best;
    }
  }
}
