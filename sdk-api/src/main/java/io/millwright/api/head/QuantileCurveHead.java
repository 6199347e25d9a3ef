package io.millwright.api.head;

import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.PlainData;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The quantile function of several steps, which cannot cross itself. Calibrated by what each
 * quantile must be shifted by so that it leaves as many held-out truths below as it says
 * (conformalised quantile regression, Romano, Patterson and Candes 2019), pooled over steps.
 */
record QuantileCurveHead(Unit unit, int steps, List<Double> probabilities)
    implements Head<List<Double>, QuantileCurve> {

  private static final int MOST = 1 << 14;

  QuantileCurveHead {
    probabilities = List.copyOf(probabilities);
    new Loss.QuantileCurve(probabilities); // checks that they rise
    if (steps < 1 || (long) steps * probabilities.size() > MOST) {
      throw new IllegalArgumentException(
          steps + " steps of " + probabilities.size() + " quantiles");
    }
  }

  @Override
  public String kind() {
    return "quantile-curve";
  }

  @Override
  public Optional<String> fault(List<Double> label) {
    return label.size() != steps || label.stream().anyMatch(v -> Double.isInfinite(v))
        ? Optional.of("the label is " + label + ", but " + steps + " numbers are needed")
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "quantiles of " + steps + " steps";
  }

  @Override
  public FittedHead<List<Double>, QuantileCurve> fit(Labels<List<Double>> labels) {
    double[] known =
        labels.seen().stream()
            .flatMap(List::stream)
            .mapToDouble(Double::doubleValue)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    double mean = Arrays.stream(known).average().orElse(0);
    double squares = 0;
    for (double v : known) {
      squares += (v - mean) * (v - mean);
    }
    double scale = known.length > 1 && squares > 0 ? Math.sqrt(squares / known.length) : 1;
    int each = probabilities.size();
    double[] constant = new double[steps * each];
    for (int i = 0; i < constant.length && known.length > 0; i++) {
      double at = probabilities.get(i % each) * (known.length - 1);
      constant[i] = (known[(int) Math.round(at)] - mean) / scale;
    }
    return new Fitted(
        this, mean, scale, new double[0], Map.of("quantiles of the training data", constant));
  }

  @Override
  public FittedHead<List<Double>, QuantileCurve> read(PlainData data) {
    double[] p = data.numbers("probabilities");
    QuantileCurveHead own =
        new QuantileCurveHead(Unit.of(data.text("unit")), data.whole("steps"), Scores.boxed(p));
    double scale = data.number("scale");
    double[] shifts = data.numbers("shifts");
    if (!(scale > 0)
        || !Double.isFinite(data.number("offset"))
        || (shifts.length != 0 && shifts.length != p.length)) {
      throw new IllegalArgumentException("scale " + scale + ", " + shifts.length + " shifts");
    }
    return new Fitted(own, data.number("offset"), scale, shifts, Map.of());
  }

  private record Fitted(
      QuantileCurveHead head,
      double offset,
      double scale,
      double[] shifts,
      Map<String, double[]> baselines)
      implements FittedHead<List<Double>, QuantileCurve> {

    @Override
    public PlainData data() {
      return PlainData.builder()
          .put("unit", head.unit.symbol())
          .put("steps", head.steps)
          .put("probabilities", head.probabilities)
          .put("offset", offset)
          .put("scale", scale)
          .put("shifts", shifts)
          .build();
    }

    @Override
    public int outputs() {
      return head.steps * each();
    }

    private int each() {
      return head.probabilities.size();
    }

    @Override
    public int targets() {
      return head.steps;
    }

    @Override
    public Loss loss() {
      return new Loss.QuantileCurve(head.probabilities);
    }

    @Override
    public void target(List<Double> label, float[] into, int at) {
      for (int s = 0; s < head.steps; s++) {
        into[at + s] = (float) ((label.get(s) - offset) / scale);
      }
    }

    @Override
    public void say(float[] outputs, int from, double[] said, int to, double share) {
      Loss.QuantileCurve curve = new Loss.QuantileCurve(head.probabilities);
      for (int s = 0; s < head.steps; s++) {
        double[] q = curve.curve(outputs, from + s * each());
        for (int k = 0; k < q.length; k++) {
          said[to + s * each() + k] += share * q[k];
        }
      }
    }

    /** The quantiles of a step: shifted, and put in order where the shifts changed it. */
    private double[] step(double[] said, int s) {
      double[] q = new double[each()];
      for (int k = 0; k < q.length; k++) {
        q[k] = offset + scale * (said[s * each() + k] + (shifts.length == 0 ? 0 : shifts[k]));
      }
      Arrays.sort(q);
      return q;
    }

    @Override
    public Answer<QuantileCurve> answer(double[] said, float[] input) {
      List<List<Double>> steps = new ArrayList<>();
      for (int s = 0; s < head.steps; s++) {
        steps.add(Scores.boxed(step(said, s)));
      }
      QuantileCurve curve = new QuantileCurve(head.probabilities, steps, head.unit);
      return new Answer<>(
          curve,
          isCalibrated()
              ? new OfCurve(curve)
              : Uncertainties.none("the model was trained without calibration"));
    }

    @Override
    public Fitted calibrated(HeldOut heldOut, Calibration how) {
      if (!(how instanceof Calibration.Conformal)) {
        return this;
      }
      double[] found = new double[each()];
      for (int k = 0; k < found.length; k++) {
        List<Double> off = new ArrayList<>();
        for (int i = 0; i < heldOut.size(); i++) {
          for (int s = 0; s < head.steps; s++) {
            float truth = heldOut.targets()[i][s];
            if (!Float.isNaN(truth)) {
              off.add(truth - heldOut.said()[i][s * each() + k]);
            }
          }
        }
        off.sort(null);
        if (!off.isEmpty()) {
          // One more truth is reckoned with, on the side where it hurts.
          double p = head.probabilities.get(k);
          double rank = p < 0.5 ? p * (off.size() + 1) - 1 : p * (off.size() + 1);
          int at = p < 0.5 ? (int) Math.floor(rank) : (int) Math.ceil(rank) - 1;
          found[k] = off.get(Math.max(0, Math.min(off.size() - 1, at)));
        }
      }
      return new Fitted(head, offset, scale, found, baselines);
    }

    @Override
    public boolean isCalibrated() {
      return shifts.length > 0;
    }

    @Override
    public Map<String, Double> figures(HeldOut heldOut) {
      double loss = 0;
      double error = 0;
      long n = 0;
      for (int i = 0; i < heldOut.size(); i++) {
        for (int s = 0; s < head.steps; s++) {
          if (Float.isNaN(heldOut.targets()[i][s])) {
            continue;
          }
          double truth = offset + scale * heldOut.targets()[i][s];
          double[] q = step(heldOut.said()[i], s);
          for (int k = 0; k < q.length; k++) {
            double p = head.probabilities.get(k);
            double e = truth - q[k];
            loss += (e >= 0 ? p * e : (p - 1) * e) / q.length;
          }
          error += Math.abs(truth - q[q.length / 2]);
          n++;
        }
      }
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("quantile loss", loss / n);
      figures.put("mae", error / n);
      return figures;
    }

    @Override
    public Map<String, Double> uncertaintyFigures(HeldOut heldOut) {
      double covered = 0;
      double width = 0;
      long n = 0;
      double level = head.probabilities.get(each() - 1) - head.probabilities.get(0);
      for (int i = 0; i < heldOut.size(); i++) {
        for (int s = 0; s < head.steps; s++) {
          if (!Float.isNaN(heldOut.targets()[i][s])) {
            double truth = offset + scale * heldOut.targets()[i][s];
            double[] q = step(heldOut.said()[i], s);
            covered += truth >= q[0] && truth <= q[q.length - 1] ? 1 : 0;
            width += q[q.length - 1] - q[0];
            n++;
          }
        }
      }
      String percent = Long.toString(Math.round(100 * level));
      Map<String, Double> figures = new LinkedHashMap<>();
      if (n > 0) {
        figures.put("coverage " + percent, covered / n);
        figures.put("width " + percent, width / n);
      }
      return figures;
    }

    @Override
    public double scaled(double answer) {
      return (answer - offset) / scale;
    }

    @Override
    public Unit unit() {
      return head.unit;
    }

    @Override
    public double number(double[] said, int part) {
      return step(said, 0)[each() / 2];
    }

    @Override
    public String description() {
      return "Answers with quantiles of "
          + head.steps
          + " steps in "
          + head.unit
          + ": "
          + head.probabilities
          + ".";
    }

    @Override
    public String uncertainty() {
      return isCalibrated()
          ? "Quantiles shifted to what held-out truths say."
          : "Not measured: the model was trained without calibration.";
    }
  }

  /** Bands between the quantiles of a curve. */
  private record OfCurve(QuantileCurve curve) implements Uncertainties {
    @Override
    public Uncertainty at(double level) {
      QuantityUncertainties.open("level", level);
      double tail = (1 - level) / 2;
      boolean open = tail < curve.probabilities().get(0) - 1e-9;
      List<Uncertainty.Interval> steps = new ArrayList<>();
      for (int s = 0; s < curve.steps().size(); s++) {
        steps.add(
            new Uncertainty.Interval(
                level,
                open ? Double.NEGATIVE_INFINITY : curve.quantile(s, tail),
                open ? Double.POSITIVE_INFINITY : curve.quantile(s, 1 - tail),
                curve.unit()));
      }
      return new Uncertainty.Band(level, steps);
    }

    @Override
    public double[] quantiles(double... probabilities) {
      double[] quantiles = new double[probabilities.length];
      for (int i = 0; i < quantiles.length; i++) {
        quantiles[i] = curve.steps().size() == 1 ? curve.quantile(0, probabilities[i]) : Double.NaN;
      }
      return quantiles;
    }

    @Override
    public String toString() {
      return curve.toString();
    }
  }
}
