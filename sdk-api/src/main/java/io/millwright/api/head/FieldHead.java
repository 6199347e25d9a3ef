package io.millwright.api.head;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.Uncertainties;
import io.millwright.api.data.PlainData;
import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One of several classes at each position of a field. Outputs stand position after position.
 * Calibrated by one temperature for all positions, each held-out field weighing the same.
 */
record FieldHead(int height, int width) implements Head<FieldMap, FieldScores> {

  private static final int MOST = 1 << 24;
  private static final int MOST_JUDGED = 50_000;

  FieldHead {
    if (height < 1 || width < 1 || (long) height * width > MOST) {
      throw new IllegalArgumentException("a field of " + height + " x " + width);
    }
  }

  @Override
  public String kind() {
    return "field";
  }

  @Override
  public Optional<String> fault(FieldMap label) {
    return label.height() != height || label.width() != width
        ? Optional.of(
            "the map is "
                + label.height()
                + " x "
                + label.width()
                + ", not "
                + height
                + " x "
                + width)
        : Optional.empty();
  }

  @Override
  public boolean accepts(Loss loss) {
    return loss instanceof Loss.CrossEntropy || loss instanceof Loss.Focal;
  }

  @Override
  public String toString() {
    return "a field of " + height + " x " + width;
  }

  @Override
  public FittedHead<FieldMap, FieldScores> fit(Labels<FieldMap> labels) {
    TreeSet<String> found = new TreeSet<>();
    labels.known().forEach(l -> found.addAll(l.labels()));
    found.remove("");
    if (found.size() < 2) {
      throw MillwrightException.of(
          "the training data",
          List.of(
              new Finding(
                  ErrorCode.BAD_LABEL,
                  "samples",
                  "all positions are " + found,
                  "give maps of at least two classes.")));
    }
    List<String> classes = List.copyOf(found);
    Map<String, Integer> places = Places.of(classes);
    double[] shares = new double[classes.size()];
    double total = 0;
    for (FieldMap map : labels.seen()) {
      for (String label : map.labels()) {
        if (!label.isEmpty()) {
          shares[places.getOrDefault(label, 0)]++;
          total++;
        }
      }
    }
    double[] constant = new double[height * width * shares.length];
    for (int i = 0; i < constant.length; i++) {
      constant[i] = shares[i % shares.length] / Math.max(1, total);
    }
    return new Fitted(
        this,
        classes,
        places,
        labels.loss().orElse(Loss.crossEntropy()),
        Optional.empty(),
        Map.of("shares of the training data", constant));
  }

  @Override
  public FittedHead<FieldMap, FieldScores> read(PlainData data) {
    List<String> classes = data.texts("classes");
    FieldHead own = new FieldHead(data.whole("height"), data.whole("width"));
    if (classes.isEmpty()
        || new TreeSet<>(classes).size() < classes.size()
        || (long) own.height * own.width * classes.size() > MOST) {
      throw new IllegalArgumentException(classes.size() + " classes");
    }
    Optional<Double> temperature = Optional.empty();
    if (data.has("temperature")) {
      temperature = Optional.of(data.number("temperature"));
      if (!(temperature.get() > 0) || Double.isInfinite(temperature.get())) {
        throw new IllegalArgumentException("temperature is " + temperature.get());
      }
    }
    return new Fitted(own, classes, Places.of(classes), Loss.crossEntropy(), temperature, Map.of());
  }

  private record Fitted(
      FieldHead head,
      List<String> classes,
      Map<String, Integer> places,
      Loss loss,
      Optional<Double> temperature,
      Map<String, double[]> baselines)
      implements FittedHead<FieldMap, FieldScores> {

    @Override
    public PlainData data() {
      PlainData.Builder data =
          PlainData.builder()
              .put("height", head.height)
              .put("width", head.width)
              .put("classes", classes);
      temperature.ifPresent(t -> data.put("temperature", t));
      return data.build();
    }

    @Override
    public int outputs() {
      return targets() * classes.size();
    }

    @Override
    public int targets() {
      return head.height * head.width;
    }

    @Override
    public void target(FieldMap label, float[] into, int at) {
      for (int p = 0; p < targets(); p++) {
        Integer place = places.get(label.labels().get(p));
        into[at + p] = place == null ? Float.NaN : place;
      }
    }

    @Override
    public void say(float[] outputs, int from, double[] said, int to, double share) {
      int n = classes.size();
      for (int p = 0; p < targets(); p++) {
        Places.softmax(outputs, from + p * n, said, to + p * n, n, share);
      }
    }

    private double[] at(double[] said, int position) {
      int n = classes.size();
      double[] raw = Arrays.copyOfRange(said, position * n, (position + 1) * n);
      return temperature.map(t -> Temperature.apply(raw, 1 / t)).orElse(raw);
    }

    @Override
    public Answer<FieldScores> answer(double[] said, float[] input) {
      List<Double> all = new ArrayList<>(said.length);
      for (int p = 0; p < targets(); p++) {
        for (double v : at(said, p)) {
          all.add(v);
        }
      }
      return new Answer<>(
          new FieldScores(head.height, head.width, classes, all),
          Uncertainties.none("each position has probabilities; the field as a whole has none"));
    }

    @Override
    public Fitted calibrated(HeldOut heldOut, Calibration how) {
      if (!(how instanceof Calibration.Conformal)) {
        return this;
      }
      List<double[]> said = new ArrayList<>();
      List<Integer> truth = new ArrayList<>();
      long positions = (long) heldOut.size() * targets();
      int every = (int) Math.max(1, positions / MOST_JUDGED);
      Fitted plain = new Fitted(head, classes, places, loss, Optional.empty(), baselines);
      for (int i = 0; i < heldOut.size(); i++) {
        for (int p = i % every; p < targets(); p += every) {
          float label = heldOut.targets()[i][p];
          if (!Float.isNaN(label)) {
            said.add(plain.at(heldOut.said()[i], p));
            truth.add((int) label);
          }
        }
      }
      if (said.isEmpty()) {
        return this;
      }
      double[] weights = new double[said.size()];
      Arrays.fill(weights, 1.0 / weights.length);
      double inverse =
          Temperature.fit(
              said.toArray(new double[0][]),
              truth.stream().mapToInt(Integer::intValue).toArray(),
              weights);
      return new Fitted(head, classes, places, loss, Optional.of(1 / inverse), baselines);
    }

    @Override
    public boolean tellsUncertainty() {
      return false;
    }

    @Override
    public boolean isCalibrated() {
      return temperature.isPresent();
    }

    @Override
    public Map<String, Double> figures(HeldOut heldOut) {
      int n = classes.size();
      double[] hits = new double[n];
      double[] union = new double[n];
      double right = 0;
      double all = 0;
      double loss = 0;
      for (int i = 0; i < heldOut.size(); i++) {
        for (int p = 0; p < targets(); p++) {
          float label = heldOut.targets()[i][p];
          if (Float.isNaN(label)) {
            continue;
          }
          double[] probabilities = at(heldOut.said()[i], p);
          int truth = (int) label;
          int best = 0;
          for (int k = 1; k < n; k++) {
            best = probabilities[k] > probabilities[best] ? k : best;
          }
          all++;
          loss -= Math.log(Math.max(1e-12, probabilities[truth]));
          union[truth]++;
          if (best == truth) {
            right++;
            hits[truth]++;
          } else {
            union[best]++;
          }
        }
      }
      double iou = 0;
      int present = 0;
      for (int k = 0; k < n; k++) {
        if (union[k] > 0) {
          iou += hits[k] / union[k];
          present++;
        }
      }
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("accuracy", right / all);
      figures.put("mean iou", iou / present);
      figures.put("log loss", loss / all);
      return figures;
    }

    /** What is explained is the mean probability of a class over the field. */
    @Override
    public double number(double[] said, int part) {
      double sum = 0;
      for (int p = 0; p < targets(); p++) {
        sum += at(said, p)[part];
      }
      return sum / targets();
    }

    @Override
    public List<String> classes() {
      return classes;
    }

    @Override
    public String description() {
      return "Answers with one of "
          + classes.size()
          + " classes at each of "
          + head.height
          + " x "
          + head.width
          + " positions: "
          + String.join(", ", classes)
          + ".";
    }

    @Override
    public String uncertainty() {
      return isCalibrated()
          ? "Probabilities measured on held-out fields."
          : "Not measured: the model was trained without calibration.";
    }
  }
}
