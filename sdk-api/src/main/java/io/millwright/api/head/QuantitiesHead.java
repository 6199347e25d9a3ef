package io.millwright.api.head;

import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.PlainData;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.RegressionMetrics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Several numbers at once, any of which may be unknown of a sample. */
record QuantitiesHead(List<String> names, List<Unit> units)
    implements Head<Map<String, Double>, Map<String, Double>> {

  private static final int MOST = 1 << 12;

  QuantitiesHead {
    names = List.copyOf(names);
    units = List.copyOf(units);
    if (names.isEmpty()
        || names.size() != units.size()
        || names.size() > MOST
        || names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException(names + " are not quantities, each with a unit");
    }
  }

  @Override
  public String kind() {
    return "quantities";
  }

  @Override
  public Optional<String> fault(Map<String, Double> label) {
    for (Map.Entry<String, Double> e : label.entrySet()) {
      if (!names.contains(e.getKey()) || Double.isInfinite(e.getValue())) {
        return Optional.of("\"" + e.getKey() + "\" is " + e.getValue() + " among " + names);
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean accepts(Loss loss) {
    return loss instanceof Loss.SquaredError
        || loss instanceof Loss.AbsoluteError
        || loss instanceof Loss.Huber;
  }

  @Override
  public String toString() {
    return "the quantities " + names;
  }

  @Override
  public FittedHead<Map<String, Double>, Map<String, Double>> fit(
      Labels<Map<String, Double>> labels) {
    int n = names.size();
    double[] offset = new double[n];
    double[] scale = new double[n];
    for (int k = 0; k < n; k++) {
      String name = names.get(k);
      double[] known =
          labels.seen().stream()
              .mapToDouble(l -> l.getOrDefault(name, Double.NaN))
              .filter(Double::isFinite)
              .toArray();
      double mean = java.util.Arrays.stream(known).average().orElse(0);
      double squares = 0;
      for (double v : known) {
        squares += (v - mean) * (v - mean);
      }
      double deviation = known.length > 1 ? Math.sqrt(squares / known.length) : 0;
      offset[k] = mean;
      scale[k] = deviation > 0 ? deviation : 1;
    }
    return new Fitted(
        this,
        labels.loss().orElse(Loss.mse()),
        offset,
        scale,
        Collections.nCopies(n, new Calibrated.None("the model was trained without calibration")),
        Map.of("means of the training data", new double[n]));
  }

  @Override
  public FittedHead<Map<String, Double>, Map<String, Double>> read(PlainData data) {
    List<Unit> read = data.texts("units").stream().map(Unit::of).toList();
    QuantitiesHead own = new QuantitiesHead(data.texts("names"), read);
    double[] offset = data.numbers("offset");
    double[] scale = data.numbers("scale");
    List<Calibrated> calibrated = new ArrayList<>();
    data.parts("calibration").forEach(p -> calibrated.add(Calibrated.ofQuantity(p)));
    for (double s : scale) {
      if (!(s > 0) || Double.isInfinite(s)) {
        throw new IllegalArgumentException("a scale is " + s);
      }
    }
    int n = own.names.size();
    if (offset.length != n || scale.length != n || calibrated.size() != n) {
      throw new IllegalArgumentException(n + " names with other numbers of scales");
    }
    return new Fitted(own, Loss.mse(), offset, scale, calibrated, Map.of());
  }

  private record Fitted(
      QuantitiesHead head,
      Loss loss,
      double[] offset,
      double[] scale,
      List<Calibrated> calibrated,
      Map<String, double[]> baselines)
      implements FittedHead<Map<String, Double>, Map<String, Double>> {

    @Override
    public PlainData data() {
      return PlainData.builder()
          .put("names", head.names)
          .put("units", head.units.stream().map(Unit::symbol).toList())
          .put("offset", offset)
          .put("scale", scale)
          .put("calibration", calibrated.stream().map(Calibrated::data).toList())
          .build();
    }

    @Override
    public int outputs() {
      return head.names.size();
    }

    @Override
    public int targets() {
      return head.names.size();
    }

    @Override
    public void target(Map<String, Double> label, float[] into, int at) {
      for (int k = 0; k < offset.length; k++) {
        double value = label.getOrDefault(head.names.get(k), Double.NaN);
        into[at + k] = (float) ((value - offset[k]) / scale[k]);
      }
    }

    private double value(double output, int k) {
      return offset[k] + scale[k] * output;
    }

    @Override
    public Answer<Map<String, Double>> answer(double[] said, float[] input) {
      Map<String, Double> values = new LinkedHashMap<>();
      List<Uncertainties> sure = new ArrayList<>();
      for (int k = 0; k < said.length; k++) {
        values.put(head.names.get(k), value(said[k], k));
        sure.add(uncertainties(k, value(said[k], k)));
      }
      return new Answer<>(Collections.unmodifiableMap(values), Several.of(sure));
    }

    private Uncertainties uncertainties(int k, double value) {
      return calibrated.get(k) instanceof Calibrated.Quantity q
          ? q.uncertainties(
              value, head.units.get(k), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
          : Uncertainties.none(((Calibrated.None) calibrated.get(k)).why());
    }

    private static int[] known(HeldOut heldOut, int k) {
      return java.util.stream.IntStream.range(0, heldOut.size())
          .filter(i -> !Float.isNaN(heldOut.targets()[i][k]))
          .toArray();
    }

    private double[] truths(HeldOut known, int k) {
      double[] truths = new double[known.size()];
      for (int i = 0; i < truths.length; i++) {
        truths[i] = value(known.targets()[i][k], k);
      }
      return truths;
    }

    private double[] predicted(HeldOut known, int k) {
      double[] predicted = new double[known.size()];
      for (int i = 0; i < predicted.length; i++) {
        predicted[i] = value(known.said()[i][k], k);
      }
      return predicted;
    }

    @Override
    public Fitted calibrated(HeldOut heldOut, Calibration how) {
      if (!(how instanceof Calibration.Conformal conformal)) {
        return this;
      }
      List<Calibrated> all = new ArrayList<>();
      for (int k = 0; k < offset.length; k++) {
        HeldOut known = heldOut.some(known(heldOut, k));
        all.add(
            known.size() == 0
                ? new Calibrated.None(head.names.get(k) + " was known of no held-out sample")
                : Calibrated.quantity(
                    conformal.normalised(), predicted(known, k), truths(known, k), known.groups()));
      }
      return new Fitted(head, loss, offset, scale, all, baselines);
    }

    @Override
    public boolean isCalibrated() {
      return calibrated.stream().allMatch(c -> c instanceof Calibrated.Quantity);
    }

    @Override
    public Map<String, Double> figures(HeldOut heldOut) {
      Map<String, Double> figures = new LinkedHashMap<>();
      double relative = 0;
      for (int k = 0; k < offset.length; k++) {
        HeldOut known = heldOut.some(known(heldOut, k));
        if (known.size() > 0) {
          double rmse = RegressionMetrics.rmse(truths(known, k), predicted(known, k));
          figures.put("rmse " + head.names.get(k), rmse);
          relative += rmse / scale[k] / offset.length;
        }
      }
      figures.put("relative rmse", relative);
      return figures;
    }

    @Override
    public Map<String, Double> uncertaintyFigures(HeldOut heldOut) {
      Map<String, Double> figures = new LinkedHashMap<>();
      int covered = 0;
      int all = 0;
      for (int k = 0; k < offset.length; k++) {
        HeldOut known = heldOut.some(known(heldOut, k));
        double[] truths = truths(known, k);
        double[] predicted = predicted(known, k);
        for (int i = 0; i < truths.length; i++) {
          if (uncertainties(k, predicted[i]).at(Figures.LEVEL)
              instanceof Uncertainty.Interval interval) {
            all++;
            covered += interval.contains(truths[i]) ? 1 : 0;
          }
        }
      }
      if (all > 0) {
        figures.put("coverage 90", (double) covered / all);
      }
      return figures;
    }

    @Override
    public List<String> classes() {
      return head.names;
    }

    @Override
    public double number(double[] said, int part) {
      return value(said[part], part);
    }

    @Override
    public String description() {
      return "Answers with "
          + head.names.size()
          + " numbers: "
          + String.join(", ", head.names)
          + ".";
    }

    @Override
    public String uncertainty() {
      return isCalibrated()
          ? "Intervals measured for each number."
          : "Not measured for every number.";
    }
  }
}
