package io.millwright.api.head;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.PlainData;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.Loss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The time until an event as a survival curve, by discrete-time hazards (Singer and Willett 1993)
 * over intervals that hold about as many events each. A label that is at least so large is
 * right-censored. Calibrated by the distribution of held-out lives on their own curves, estimated
 * with censoring (Kaplan and Meier 1958): where as many die by a time as a curve says, it stays.
 */
record SurvivalHead(Unit unit) implements Head<Amount, SurvivalCurve> {

  private static final int MOST = 24;
  private static final int LARGEST = 1 << 12;

  @Override
  public String kind() {
    return "survival";
  }

  @Override
  public Optional<String> fault(Amount label) {
    return label.value() > 0 && Double.isFinite(label.value())
        ? Optional.empty()
        : Optional.of("the time is " + label.value() + ", but must be positive");
  }

  @Override
  public String toString() {
    return "a survival curve in " + unit;
  }

  @Override
  public FittedHead<Amount, SurvivalCurve> fit(Labels<Amount> labels) {
    double[] events =
        labels.seen().stream()
            .filter(a -> !a.atLeast())
            .mapToDouble(Amount::value)
            .sorted()
            .toArray();
    double last = labels.seen().stream().mapToDouble(Amount::value).max().orElse(1);
    if (events.length == 0) {
      throw MillwrightException.of(
          "the training data",
          List.of(
              new Finding(
                  ErrorCode.BAD_LABEL,
                  "samples",
                  "all " + labels.seen().size() + " times are censored",
                  "give samples whose event was seen.")));
    }
    int n = Math.max(1, Math.min(MOST, (int) Math.sqrt(events.length * 2.0)));
    List<Double> times = new ArrayList<>();
    for (int k = 1; k < n; k++) {
      double t = events[(int) ((long) events.length * k / n)];
      if (times.isEmpty() || t > times.get(times.size() - 1)) {
        times.add(t);
      }
    }
    if (times.isEmpty() || last > times.get(times.size() - 1)) {
      times.add(last);
    }
    double[] edges = times.stream().mapToDouble(Double::doubleValue).toArray();
    double[] died = new double[edges.length];
    double[] risk = new double[edges.length];
    for (Amount label : labels.seen()) {
      float[] target = new float[edges.length];
      lay(label, edges, target, 0);
      for (int k = 0; k < edges.length; k++) {
        if (!Float.isNaN(target[k])) {
          risk[k]++;
          died[k] += target[k];
        }
      }
    }
    double[] hazards = new double[edges.length];
    for (int k = 0; k < hazards.length; k++) {
      hazards[k] = risk[k] == 0 ? 0 : died[k] / risk[k];
    }
    return new Fitted(
        this,
        edges,
        new double[0],
        new double[0],
        Map.of("one curve for all of the training data", hazards));
  }

  /** 0 where it lived through an interval, 1 where the event was, NaN beyond what is known. */
  private static void lay(Amount label, double[] edges, float[] into, int at) {
    double from = 0;
    for (int k = 0; k < edges.length; k++) {
      boolean last = k == edges.length - 1;
      boolean within = label.value() <= edges[k] || (last && !label.atLeast());
      if (label.value() >= edges[k] && label.atLeast()) {
        into[at + k] = 0;
      } else if (label.value() > edges[k]) {
        into[at + k] = 0;
      } else if (within && label.value() > from && !label.atLeast()) {
        into[at + k] = 1;
      } else {
        into[at + k] = Float.NaN;
      }
      from = edges[k];
    }
  }

  @Override
  public FittedHead<Amount, SurvivalCurve> read(PlainData data) {
    double[] times = data.numbers("times");
    double last = 0;
    for (double t : times) {
      if (!(t > last) || Double.isInfinite(t)) {
        throw new IllegalArgumentException("times do not rise");
      }
      last = t;
    }
    double[] said = data.numbers("said");
    double[] true0 = data.numbers("true");
    if (times.length < 1 || times.length > LARGEST || said.length != true0.length) {
      throw new IllegalArgumentException(times.length + " times");
    }
    Unit own = Unit.of(data.text("unit"));
    if (!own.equals(unit)) {
      throw new MillwrightException(
          ErrorCode.WRONG_BUNDLE,
          "the model answers in "
              + own
              + ", but "
              + unit
              + " was asked for"
              + "\nMaybe open it with the task of the plug-in that trained it");
    }
    return new Fitted(this, times, said, true0, Map.of());
  }

  /**
   * After labels.
   *
   * @param said knots: probabilities of death that curves give
   * @param real knots: the shares that had died where curves gave these
   */
  private record Fitted(
      SurvivalHead head,
      double[] times,
      double[] said,
      double[] real,
      Map<String, double[]> baselines)
      implements FittedHead<Amount, SurvivalCurve> {

    @Override
    public PlainData data() {
      return PlainData.builder()
          .put("unit", head.unit.symbol())
          .put("times", times)
          .put("said", said)
          .put("true", real)
          .build();
    }

    @Override
    public int outputs() {
      return times.length;
    }

    /** The intervals, then the time and 1 for an event, by which curves are judged. */
    @Override
    public int targets() {
      return times.length + 2;
    }

    @Override
    public Loss loss() {
      return new FirstTargets(new Loss.Hazard(), times.length);
    }

    @Override
    public void target(Amount label, float[] into, int at) {
      lay(label, times, into, at);
      into[at + times.length] = (float) label.value();
      into[at + times.length + 1] = label.atLeast() ? 0 : 1;
    }

    @Override
    public void say(float[] outputs, int from, double[] saying, int to, double share) {
      for (int k = 0; k < times.length; k++) {
        saying[to + k] += share * Places.sigmoid(outputs[from + k]);
      }
    }

    private double[] survival(double[] hazards) {
      double[] survival = new double[times.length];
      double s = 1;
      for (int k = 0; k < survival.length; k++) {
        s *= 1 - Math.max(0, Math.min(1, hazards[k]));
        survival[k] = 1 - real(1 - s);
      }
      return survival;
    }

    /** The share that really dies where curves say a probability. */
    private double real(double p) {
      double fromSaid = 0;
      double fromReal = 0;
      for (int k = 0; k < said.length; k++) {
        if (p <= said[k]) {
          double t = said[k] <= fromSaid ? 1 : (p - fromSaid) / (said[k] - fromSaid);
          return fromReal + t * (real[k] - fromReal);
        }
        fromSaid = said[k];
        fromReal = real[k];
      }
      return said.length == 0
          ? p
          : fromReal + (p - fromSaid) * (1 - fromReal) / Math.max(1e-12, 1 - fromSaid);
    }

    private SurvivalCurve curve(double[] hazards) {
      return new SurvivalCurve(Scores.boxed(times), Scores.boxed(survival(hazards)), head.unit);
    }

    @Override
    public Answer<SurvivalCurve> answer(double[] hazards, float[] input) {
      SurvivalCurve curve = curve(hazards);
      return new Answer<>(
          curve,
          isCalibrated()
              ? new OfLife(curve)
              : Uncertainties.none("the model was trained without calibration"));
    }

    @Override
    public Fitted calibrated(HeldOut heldOut, Calibration how) {
      if (!(how instanceof Calibration.Conformal)) {
        return this;
      }
      Fitted plain = new Fitted(head, times, new double[0], new double[0], baselines);
      double[] death = new double[heldOut.size()];
      boolean[] event = new boolean[heldOut.size()];
      for (int i = 0; i < death.length; i++) {
        death[i] = 1 - plain.curve(heldOut.said()[i]).at(heldOut.targets()[i][times.length]);
        event[i] = heldOut.targets()[i][times.length + 1] == 1;
      }
      double[][] knots = Survival.distribution(death, event);
      return new Fitted(head, times, knots[0], knots[1], baselines);
    }

    @Override
    public boolean isCalibrated() {
      return said.length > 0;
    }

    @Override
    public Map<String, Double> figures(HeldOut heldOut) {
      int n = heldOut.size();
      double[] time = new double[n];
      boolean[] event = new boolean[n];
      double[] later = new double[n];
      List<SurvivalCurve> curves = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        time[i] = heldOut.targets()[i][times.length];
        event[i] = heldOut.targets()[i][times.length + 1] == 1;
        curves.add(curve(heldOut.said()[i]));
        later[i] = curves.get(i).mean();
      }
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("concordance", Survival.concordance(time, event, later));
      figures.put("brier", Survival.brier(time, event, curves, times));
      return figures;
    }

    @Override
    public Map<String, Double> uncertaintyFigures(HeldOut heldOut) {
      double covered = 0;
      double events = 0;
      for (int i = 0; i < heldOut.size(); i++) {
        if (heldOut.targets()[i][times.length + 1] == 1) {
          double p = 1 - curve(heldOut.said()[i]).at(heldOut.targets()[i][times.length]);
          events++;
          covered += p >= 0.05 && p <= 0.95 ? 1 : 0;
        }
      }
      return events == 0 ? Map.of() : Map.of("coverage 90 of events", covered / events);
    }

    @Override
    public Unit unit() {
      return head.unit;
    }

    @Override
    public double number(double[] hazards, int part) {
      return curve(hazards).mean();
    }

    @Override
    public String description() {
      return "Answers with a survival curve over " + times.length + " times in " + head.unit + ".";
    }

    @Override
    public String uncertainty() {
      return isCalibrated()
          ? "Probabilities measured on held-out lives, censored ones included."
          : "Not measured: the model was trained without calibration.";
    }
  }

  private record OfLife(SurvivalCurve curve) implements Uncertainties {
    @Override
    public Uncertainty at(double level) {
      QuantityUncertainties.open("level", level);
      double tail = (1 - level) / 2;
      double low = curve.quantile(tail);
      return new Uncertainty.Interval(
          level,
          Double.isInfinite(low) ? curve.times().get(curve.times().size() - 1) : low,
          curve.quantile(1 - tail),
          curve.unit());
    }

    @Override
    public double[] quantiles(double... probabilities) {
      double[] quantiles = new double[probabilities.length];
      for (int i = 0; i < quantiles.length; i++) {
        quantiles[i] = curve.quantile(probabilities[i]);
      }
      return quantiles;
    }

    @Override
    public String toString() {
      return "90 % interval " + at(0.9);
    }
  }
}
