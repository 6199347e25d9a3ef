package io.millwright.runtime.export;

import static io.millwright.runtime.export.Term.by;
import static io.millwright.runtime.export.Term.exp;
import static io.millwright.runtime.export.Term.flag;
import static io.millwright.runtime.export.Term.log;
import static io.millwright.runtime.export.Term.max;
import static io.millwright.runtime.export.Term.min;
import static io.millwright.runtime.export.Term.minus;
import static io.millwright.runtime.export.Term.num;
import static io.millwright.runtime.export.Term.plus;
import static io.millwright.runtime.export.Term.times;

import io.millwright.api.Uncertainty;
import io.millwright.api.data.PlainData;
import io.millwright.runtime.bundle.Bundles;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.bundle.QuantityNumbers;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Weights;
import java.util.ArrayList;
import java.util.List;

/** A model of independent rows as a formula: preparation, networks, head, interval. */
final class ModelFormula {

  /** The least probability of which a logarithm is taken, as the head takes it. */
  private static final double TINY = 1e-12;

  private final Model model;
  private final double level;
  private final Formula formula;

  private ModelFormula(Model model, double level) {
    this.model = model;
    this.level = level;
    formula = new Formula(model.preparation().inputs().columns(), model.head().classes());
  }

  /** Far more than any language takes: the formula of more would fill the memory first. */
  private static final long MOST = 1_000_000;

  static Formula of(Model model, double level) {
    long weights = 0;
    for (Weights member : model.members()) {
      for (int i = 0; i < member.count(); i++) {
        weights += member.get(i).length;
      }
    }
    if (weights > MOST) {
      throw Refusal.tooLarge(
          weights + " weights in " + model.members().size() + " members", "no language", MOST + "");
    }
    return new ModelFormula(model, level).build();
  }

  private Formula build() {
    String kind = model.head().kind();
    boolean quantity = kind.equals("quantity");
    if (!quantity && !kind.equals("classes")) {
      throw Refusal.of("it answers with \"" + kind + "\", which is neither a number nor a class");
    }
    formula.about("Model of " + model.task() + " v" + model.taskVersion());
    formula.about("Digest " + Bundles.digest(model));
    formula.about("Made by " + model.provenance().producer());
    PreparedTerms prepared = new PreparedTerms(formula, model.preparation());
    List<List<Term>> said = new ArrayList<>();
    List<NetworkPlan> plans = Bundles.plans(model);
    for (int m = 0; m < plans.size(); m++) {
      said.add(NetworkTerms.of(formula, plans.get(m), model.members().get(m), prepared.features()));
    }
    Term answered = formula.variable(prepared.answered());
    formula.output("answered", answered);
    Answered only = new Answered(formula, answered);
    if (quantity) {
      quantity(said, only, prepared.unknown());
    } else {
      classes(said, only);
    }
    formula.output("imputed", flag(prepared.imputed()));
    formula.output("outside_training_range", flag(prepared.outside()));
    formula.output("unknown_category", flag(prepared.unknown()));
    return formula;
  }

  /** Outputs that stand only where there is an answer. */
  private record Answered(Formula formula, Term answered) {
    void output(String name, Term term) {
      formula.output(
          name, new Term.If(new Term.Less(num(0.5), answered), term, new Term.Nothing()));
    }
  }

  private void quantity(List<List<Term>> said, Answered only, Term.Test unknown) {
    PlainData data = model.head().data();
    double low = model.head().low();
    double high = model.head().high();
    double[] shares = model.shares();
    List<Double> weights = new ArrayList<>();
    List<Term> middles = new ArrayList<>();
    for (int m = 0; m < said.size(); m++) {
      weights.add(data.number("scale") * shares[m]);
      middles.add(said.get(m).get(model.head().outputs() / 2));
    }
    Term unlimited = formula.variable(new Term.Sum(data.number("offset"), weights, middles));
    Term value = formula.variable(limited(unlimited, low, high));
    only.output("value", value);
    PlainData calibration = data.part("calibration");
    if (calibration.has("none")) {
      formula.about("No interval: " + calibration.text("none"));
    } else {
      interval(calibration, value, only, unknown);
    }
    only.output("at_limit", flag(new Term.AtMost(num(high), unlimited)));
  }

  private static Term limited(Term value, double low, double high) {
    Term cut = Double.isInfinite(high) ? value : min(num(high), value);
    return Double.isInfinite(low) ? cut : max(num(low), cut);
  }

  /** Open where a label is unknown: what it does would have to be asked of the whole model. */
  private void interval(PlainData calibration, Term value, Answered only, Term.Test unknown) {
    double low = model.head().low();
    double high = model.head().high();
    formula.about("The interval holds the truth in a share of " + level + " of cases");
    Uncertainty.Interval errors = QuantityNumbers.errors(calibration, level);
    double[] knots = calibration.numbers("predictions");
    double[] sizes = calibration.numbers("sizes");
    Term size = num(1);
    if (knots.length > 0 && !calibration.has("local")) {
      size = formula.variable(max(num(calibration.number("least")), curve(knots, sizes, value)));
    }
    QuantityNumbers.Local local = QuantityNumbers.Local.of(calibration, level);
    Term from = local.any() ? along(local, local.down(), value) : end(value, errors.low(), size);
    Term to =
        formula.variable(
            local.any() ? along(local, local.up(), value) : end(value, errors.high(), size));
    formula.about("The interval is open where a category was not seen in training");
    only.output("low", new Term.If(unknown, num(low), limited(from, low, high)));
    only.output(
        "high",
        new Term.If(
            unknown,
            num(Double.POSITIVE_INFINITY),
            Double.isInfinite(high)
                ? limitedBelow(to, low)
                : new Term.If(
                    new Term.AtMost(num(high), to),
                    num(Double.POSITIVE_INFINITY),
                    limitedBelow(to, low))));
  }

  private static Term limitedBelow(Term value, double low) {
    return Double.isInfinite(low) ? value : max(num(low), value);
  }

  /** Open everywhere where it is open for one answer. */
  private static Term along(QuantityNumbers.Local local, double[] errors, Term value) {
    for (double error : errors) {
      if (Double.isInfinite(error)) {
        return num(error);
      }
    }
    return plus(value, curve(local.answers(), errors, value));
  }

  private static Term end(Term value, double error, Term size) {
    return Double.isInfinite(error) ? num(error) : plus(value, times(num(error), size));
  }

  /** Straight lines between knots, level beyond the ends. */
  private static Term curve(double[] knots, double[] values, Term x) {
    Term term = num(values[values.length - 1]);
    for (int i = knots.length - 1; i > 0; i--) {
      if (knots[i] > knots[i - 1]) {
        Term line =
            plus(
                num(values[i - 1]),
                times(
                    by(minus(x, num(knots[i - 1])), num(knots[i] - knots[i - 1])),
                    num(values[i] - values[i - 1])));
        term = new Term.If(new Term.AtMost(x, num(knots[i])), line, term);
      }
    }
    return new Term.If(new Term.AtMost(x, num(knots[0])), num(values[0]), term);
  }

  private void classes(List<List<Term>> said, Answered only) {
    int n = model.head().classes().size();
    double[] shares = model.shares();
    List<List<Term>> softmax = new ArrayList<>();
    for (List<Term> logits : said) {
      softmax.add(softmax(logits));
    }
    List<Term> means = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      List<Double> weights = new ArrayList<>();
      List<Term> of = new ArrayList<>();
      for (int m = 0; m < said.size(); m++) {
        weights.add(shares[m]);
        of.add(softmax.get(m).get(k));
      }
      means.add(new Term.Sum(0, weights, of));
    }
    List<Term> p = formula.stage(means);
    PlainData calibration = model.head().data().part("calibration");
    if (!calibration.has("none")) {
      double inverse = 1 / calibration.number("temperature");
      p =
          softmax(
              formula.stage(
                  p.stream().map(t -> times(num(inverse), log(max(num(TINY), t)))).toList()));
    }
    formula.about("Label sets stay in the bundle");
    only.output("choice", largest(p));
    for (int k = 0; k < n; k++) {
      only.output("probability_" + k, p.get(k));
    }
    threshold(p, only);
  }

  private List<Term> softmax(List<Term> logits) {
    Term most = logits.get(0);
    for (Term logit : logits.subList(1, logits.size())) {
      most = max(most, logit);
    }
    Term top = formula.variable(most);
    List<Term> powers =
        formula.stage(logits.stream().map(logit -> exp(minus(logit, top))).toList());
    List<Double> ones = powers.stream().map(power -> 1.0).toList();
    Term sum = formula.variable(new Term.Sum(0, ones, powers));
    return formula.stage(powers.stream().map(power -> by(power, sum)).toList());
  }

  /** The first of the largest. */
  static Term largest(List<Term> p) {
    Term choice = num(p.size() - 1.0);
    for (int k = p.size() - 2; k >= 0; k--) {
      List<Term.Test> others = new ArrayList<>();
      for (int j = k + 1; j < p.size(); j++) {
        others.add(new Term.AtMost(p.get(j), p.get(k)));
      }
      choice = new Term.If(new Term.All(others), num(k), choice);
    }
    return choice;
  }

  private void threshold(List<Term> p, Answered only) {
    PlainData data = model.head().data();
    if (!data.has("threshold")) {
      return;
    }
    PlainData threshold = data.part("threshold");
    Term risk =
        formula.variable(
            minus(num(1), p.get(model.head().classes().indexOf(threshold.text("negative")))));
    only.output("alarm", flag(new Term.AtMost(num(threshold.number("value")), risk)));
    if (threshold.has("reviewFrom")) {
      only.output(
          "review",
          flag(
              new Term.All(
                  List.of(
                      new Term.AtMost(num(threshold.number("reviewFrom")), risk),
                      new Term.Less(risk, num(threshold.number("reviewTo")))))));
    }
  }
}
