package io.millwright.api.head;

import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import io.millwright.api.MillwrightException;
import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.PlainData;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.NamedLoss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A number. With two limits it is brought to 0 and 1 for the network, otherwise to mean 0 and
 * variance 1 over the labels that the training may see.
 */
record QuantityHead(Unit unit, double low, double high) implements Head<Amount, Amount> {

  QuantityHead {
    Objects.requireNonNull(unit, "unit");
    if (!(low < high)) {
      throw new IllegalArgumentException("low is " + low + " and high is " + high);
    }
  }

  @Override
  public String kind() {
    return "quantity";
  }

  @Override
  public Optional<String> fault(Amount label) {
    return Double.isFinite(label.value())
        ? Optional.empty()
        : Optional.of("the label is " + label.value());
  }

  @Override
  public boolean accepts(Loss loss) {
    return loss instanceof Loss.SquaredError
        || loss instanceof Loss.AbsoluteError
        || loss instanceof Loss.Huber
        || loss instanceof Loss.Quantile
        || loss instanceof NamedLoss;
  }

  @Override
  public String toString() {
    return "a quantity in " + unit;
  }

  private double limited(double value) {
    return Math.max(low, Math.min(high, value));
  }

  @Override
  public Fitted fit(Labels<Amount> labels) {
    Loss base = labels.loss().orElse(Loss.mse());
    boolean censored = labels.known().stream().anyMatch(a -> a.atLeast() && a.value() < high);
    double n = 0;
    double mean = 0;
    double squares = 0;
    for (Amount label : labels.seen()) {
      n++;
      double value = limited(label.value());
      double delta = value - mean;
      mean += delta / n; // the running mean (Welford 1962)
      squares += delta * (value - mean);
    }
    double deviation = n > 1 ? Math.sqrt(squares / n) : 0;
    boolean limits = Double.isFinite(low) && Double.isFinite(high);
    double offset = limits ? low : mean;
    double scale = limits ? high - low : deviation > 0 ? deviation : 1;
    int outputs = base instanceof Loss.Quantile q ? q.probabilities().size() : 1;
    double[] constant = new double[outputs];
    java.util.Arrays.fill(constant, (mean - offset) / scale);
    return new Fitted(
        this,
        base,
        outputs,
        censored,
        offset,
        scale,
        new Calibrated.None("the model was trained without calibration"),
        Map.of("mean of the training data", constant));
  }

  @Override
  public Fitted read(PlainData data) {
    QuantityHead own =
        new QuantityHead(
            Unit.of(data.text("unit")),
            data.has("low") ? data.number("low") : Double.NEGATIVE_INFINITY,
            data.has("high") ? data.number("high") : Double.POSITIVE_INFINITY);
    if (!own.unit.equals(unit)) {
      throw new MillwrightException(
          ErrorCode.WRONG_BUNDLE,
          "the model answers in "
              + own.unit
              + ", but "
              + unit
              + " was asked for\nMaybe open it with the task of the plug-in that trained it");
    }
    int outputs = data.whole("outputs");
    double offset = data.number("offset");
    double scale = data.number("scale");
    if (outputs < 1
        || outputs > 999
        || outputs % 2 == 0
        || !Double.isFinite(offset)
        || !(scale > 0)
        || Double.isInfinite(scale)) {
      throw new IllegalArgumentException(
          outputs + " outputs, offset " + offset + ", scale " + scale);
    }
    return new Fitted(
        own,
        Loss.mse(),
        outputs,
        data.has("censored") && data.flag("censored"),
        offset,
        scale,
        Calibrated.ofQuantity(data.part("calibration")),
        Map.of());
  }

  /** After labels. */
  record Fitted(
      QuantityHead head,
      Loss base,
      int outputs,
      boolean censored,
      double offset,
      double scale,
      Calibrated calibrated,
      Map<String, double[]> baselines)
      implements FittedHead<Amount, Amount> {

    @Override
    public PlainData data() {
      return PlainData.builder()
          .put("unit", head.unit.symbol())
          .put("low", head.low)
          .put("high", head.high)
          .put("outputs", outputs)
          .put("censored", censored)
          .put("offset", offset)
          .put("scale", scale)
          .put("calibration", calibrated.data())
          .build();
    }

    @Override
    public int targets() {
      return censored ? 2 : 1;
    }

    @Override
    public Loss loss() {
      return censored ? new Loss.Censored(base) : base;
    }

    @Override
    public void target(Amount label, float[] into, int at) {
      into[at] = (float) ((head.limited(label.value()) - offset) / scale);
      if (censored) {
        into[at + 1] = label.atLeast() ? 1 : 0;
      }
    }

    private double unlimited(double[] said) {
      return offset + scale * said[outputs / 2];
    }

    private double truth(float[] target) {
      return head.limited(offset + scale * target[0]);
    }

    @Override
    public Answer<Amount> answer(double[] said, float[] input) {
      double unlimited = unlimited(said);
      double value = head.limited(unlimited);
      boolean atLeast = unlimited >= head.high;
      return new Answer<>(
          new Amount(value, atLeast),
          uncertainties(value),
          atLeast ? Set.of(Flag.AT_LIMIT) : Set.of());
    }

    private Uncertainties uncertainties(double value) {
      return calibrated instanceof Calibrated.Quantity q
          ? q.uncertainties(value, head.unit, head.low, head.high)
          : Uncertainties.none(((Calibrated.None) calibrated).why());
    }

    @Override
    public Fitted calibrated(HeldOut heldOut, Calibration how) {
      if (!(how instanceof Calibration.Conformal conformal)) {
        return this;
      }
      HeldOut known = heldOut.some(known(heldOut));
      return new Fitted(
          head,
          base,
          outputs,
          censored,
          offset,
          scale,
          calibrated(conformal.normalised(), known),
          baselines);
    }

    private Calibrated.Quantity calibrated(boolean normalised, HeldOut known) {
      double[] predicted = predicted(known);
      double[] truths = truths(known);
      return normalised && Double.isFinite(head.low) && Double.isFinite(head.high)
          ? Calibrated.limitedQuantity(predicted, truths, known.groups(), head.high)
          : Calibrated.quantity(normalised, predicted, truths, known.groups());
    }

    /** The samples whose truth is known: of a censored one no error is known. */
    private int[] known(HeldOut heldOut) {
      return java.util.stream.IntStream.range(0, heldOut.size())
          .filter(i -> !censored || heldOut.targets()[i][1] == 0)
          .toArray();
    }

    private double[] predicted(HeldOut heldOut) {
      double[] predicted = new double[heldOut.size()];
      for (int i = 0; i < predicted.length; i++) {
        predicted[i] = head.limited(unlimited(heldOut.said()[i]));
      }
      return predicted;
    }

    private double[] truths(HeldOut heldOut) {
      double[] truths = new double[heldOut.size()];
      for (int i = 0; i < truths.length; i++) {
        truths[i] = truth(heldOut.targets()[i]);
      }
      return truths;
    }

    @Override
    public boolean isCalibrated() {
      return calibrated instanceof Calibrated.Quantity;
    }

    @Override
    public Map<String, Double> figures(HeldOut heldOut) {
      HeldOut known = heldOut.some(known(heldOut));
      Map<String, Double> figures = Figures.quantity(truths(known), predicted(known));
      if (censored) {
        boolean[] event = new boolean[heldOut.size()];
        for (int i = 0; i < event.length; i++) {
          event[i] = heldOut.targets()[i][1] == 0;
        }
        double[] later = predicted(heldOut);
        figures.put("concordance", Survival.concordance(truths(heldOut), event, later));
        figures.put("censored", (double) (heldOut.size() - known.size()));
      }
      return figures;
    }

    @Override
    public Map<String, Double> uncertaintyFigures(HeldOut heldOut) {
      Map<String, Double> figures = new LinkedHashMap<>();
      if (calibrated instanceof Calibrated.Quantity) {
        HeldOut known = heldOut.some(known(heldOut));
        List<Uncertainty> given = new ArrayList<>();
        for (double value : predicted(known)) {
          given.add(uncertainties(value).at(Figures.LEVEL));
        }
        Figures.intervals(figures, truths(known), given, head.low, head.high);
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
    public double low() {
      return head.low;
    }

    @Override
    public double high() {
      return head.high;
    }

    @Override
    public String description() {
      return "Answers with a number in "
          + head.unit
          + ", from "
          + Figures.number(head.low)
          + " to "
          + Figures.number(head.high)
          + ".";
    }

    @Override
    public String uncertainty() {
      return calibrated instanceof Calibrated.Quantity q
          ? "Intervals measured on " + q.scores().groups() + " held-out groups."
          : "Not measured: " + ((Calibrated.None) calibrated).why() + ".";
    }

    @Override
    public double number(double[] said, int part) {
      return head.limited(unlimited(said));
    }
  }
}
