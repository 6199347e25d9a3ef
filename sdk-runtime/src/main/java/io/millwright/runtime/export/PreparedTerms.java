package io.millwright.runtime.export;

import static io.millwright.runtime.export.Term.by;
import static io.millwright.runtime.export.Term.max;
import static io.millwright.runtime.export.Term.min;
import static io.millwright.runtime.export.Term.minus;
import static io.millwright.runtime.export.Term.num;
import static io.millwright.runtime.export.Term.times;

import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.runtime.prepare.FittedPreparation;
import io.millwright.runtime.prepare.FittedStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The steps of a preparation, for one row that stands alone. */
final class PreparedTerms {

  private static final double MARGIN = 0.1;

  private final Formula formula;
  private final List<Column> inputs;

  /** The numbers by column, in the order of columns; a column of labels stands as nothing. */
  private Map<String, Term> columns = new LinkedHashMap<>();

  private final Map<String, List<String>> seen = new HashMap<>();
  private final Map<String, String> typical = new HashMap<>();
  private final List<Term.Test> given = new ArrayList<>();
  private final List<Term.Test> imputed = new ArrayList<>();
  private final List<Term.Test> outside = new ArrayList<>();
  private final List<Term.Test> unknown = new ArrayList<>();

  PreparedTerms(Formula formula, FittedPreparation preparation) {
    this.formula = formula;
    inputs = preparation.inputs().columns();
    for (int i = 0; i < inputs.size(); i++) {
      Column column = inputs.get(i);
      switch (column.type()) {
        case NUMBER -> {
          columns.put(column.name(), new Term.Input(i));
          given.add(new Term.All(List.of(new Term.Missing(new Term.Input(i)))));
        }
        case CATEGORY -> {
          columns.put(column.name(), new Term.Nothing());
          given.add(new Term.NoLabel(i));
        }
        default ->
            throw Refusal.of(
                "column \""
                    + column.name()
                    + "\" holds "
                    + column.type()
                    + ", not one row's value");
      }
    }
    preparation.steps().forEach(this::add);
    columns = staged(columns);
  }

  private void add(FittedStep step) {
    if (step instanceof FittedStep.Seen s) {
      seen(s);
    } else if (step instanceof FittedStep.Clean s) {
      clean(s);
    } else if (step instanceof FittedStep.MissingIndicators s) {
      Map<String, Term> more = new LinkedHashMap<>(columns);
      s.columns()
          .forEach(
              name ->
                  more.put(FittedStep.MissingIndicators.feature(name), Term.flag(absent(name))));
      columns = staged(more);
    } else if (step instanceof FittedStep.Encode s) {
      encode(s);
    } else if (step instanceof FittedStep.Scale s) {
      scale(s);
    } else if (step instanceof FittedStep.Keep s) {
      Map<String, Term> kept = new LinkedHashMap<>();
      s.columns().forEach(name -> kept.put(name, column(name)));
      columns = kept;
    } else if (step instanceof FittedStep.Interactions s) {
      interactions(s);
    } else if (!(step instanceof FittedStep.Augment)) {
      throw Refusal.of(
          "its preparation has the step "
              + step.getClass().getSimpleName()
              + ", which is not"
              + " arithmetic of one row");
    }
  }

  private Term column(String name) {
    Term term = columns.get(name);
    if (term == null) {
      throw Refusal.of("a step speaks of the column \"" + name + "\", which is not there");
    }
    return term;
  }

  private Map<String, Term> staged(Map<String, Term> now) {
    List<String> names = new ArrayList<>();
    List<Term> terms = new ArrayList<>();
    now.forEach(
        (name, term) -> {
          if (!(term instanceof Term.Nothing || term instanceof Term.Var)) {
            names.add(name);
            terms.add(term);
          }
        });
    List<Term> variables = formula.stage(terms);
    Map<String, Term> staged = new LinkedHashMap<>(now);
    for (int i = 0; i < names.size(); i++) {
      staged.put(names.get(i), variables.get(i));
    }
    return staged;
  }

  private void seen(FittedStep.Seen step) {
    for (FittedStep.SeenNumber number : step.numbers()) {
      Term x = column(number.column());
      double margin =
          MARGIN * (number.high() - number.low())
              + 1e-9 * Math.max(Math.abs(number.low()), Math.abs(number.high()));
      Term.Test finite = new Term.AtMost(new Term.Call(Term.Function.ABS, List.of(x)), HUGE);
      outside.add(new Term.All(List.of(finite, new Term.Less(x, num(number.low() - margin)))));
      outside.add(new Term.All(List.of(finite, new Term.Less(num(number.high() + margin), x))));
    }
    step.labels().forEach(labels -> seen.put(labels.column(), labels.labels()));
  }

  private static final Term HUGE = num(Double.MAX_VALUE);

  private void clean(FittedStep.Clean step) {
    Map<String, Term> cleaned = new LinkedHashMap<>(columns);
    for (FittedStep.CleanNumber number : step.numbers()) {
      Term x = column(number.column());
      List<Term.Test> bad = new ArrayList<>(List.of(new Term.NotFinite(x)));
      double low = Math.max(number.low(), number.outlierLow());
      double high = Math.min(number.high(), number.outlierHigh());
      if (low > Double.NEGATIVE_INFINITY) {
        bad.add(new Term.Less(x, num(low)));
      }
      if (high < Double.POSITIVE_INFINITY) {
        bad.add(new Term.Less(num(high), x));
      }
      Term.Test any = new Term.Any(bad);
      imputed.add(any);
      cleaned.put(number.column(), new Term.If(any, num(number.typical()), x));
    }
    for (FittedStep.CleanLabel label : step.labels()) {
      imputed.add(new Term.NoLabel(index(label.column())));
      typical.put(label.column(), label.typical());
    }
    columns = staged(cleaned);
  }

  private Term.Test absent(String column) {
    return column(column) instanceof Term.Nothing
        ? new Term.NoLabel(index(column))
        : new Term.NotFinite(column(column));
  }

  private int index(String column) {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).name().equals(column)) {
        return i;
      }
    }
    throw Refusal.of("a step speaks of the column \"" + column + "\", which is no input");
  }

  private void encode(FittedStep.Encode step) {
    Map<String, Term> encoded = new LinkedHashMap<>();
    columns.forEach(
        (name, term) -> {
          if (!step.columns().contains(name)) {
            encoded.put(name, term);
            return;
          }
          int column = index(name);
          String instead = typical.get(name);
          List<Term.Test> known = new ArrayList<>();
          for (String label : seen.getOrDefault(name, List.of())) {
            Term.Test is = new Term.Label(column, label);
            if (label.equals(instead)) {
              is = new Term.Any(List.of(is, new Term.NoLabel(column)));
            }
            known.add(is);
            encoded.put(name + "=" + label, Term.flag(is));
          }
          Term any = formula.variable(Term.flag(new Term.Any(known)));
          unknown.add(new Term.Less(any, num(0.5)));
        });
    columns = staged(encoded);
  }

  private void scale(FittedStep.Scale step) {
    Map<String, Term> scaled = new LinkedHashMap<>(columns);
    for (FittedStep.Line line : step.columns()) {
      Term v = times(minus(column(line.column()), num(line.offset())), num(line.factor()));
      scaled.put(
          line.column(), step.clip() > 0 ? max(num(-step.clip()), min(num(step.clip()), v)) : v);
    }
    columns = staged(scaled);
  }

  private void interactions(FittedStep.Interactions step) {
    Map<String, Term> more = new LinkedHashMap<>(columns);
    for (FittedStep.Pair pair : step.products()) {
      more.put(
          pair.left() + " * " + pair.right(), times(column(pair.left()), column(pair.right())));
    }
    for (FittedStep.Pair pair : step.quotients()) {
      Term right = column(pair.right());
      Term away = pair.least() > 0 ? max(right, num(pair.least())) : min(right, num(pair.least()));
      more.put(pair.left() + " / " + pair.right(), by(column(pair.left()), away));
    }
    columns = staged(more);
  }

  /** What the network gets. */
  List<Term> features() {
    if (columns.values().stream().anyMatch(Term.Nothing.class::isInstance)) {
      throw Refusal.of("a column of labels reaches the network");
    }
    return List.copyOf(columns.values());
  }

  /** 1 where something is known of the row and every feature is a number, 0 otherwise. */
  Term answered() {
    List<Term.Test> not = new ArrayList<>();
    not.add(new Term.All(given));
    features().forEach(feature -> not.add(new Term.NotFinite(feature)));
    return new Term.If(new Term.Any(not), num(0), num(1));
  }

  Term.Test imputed() {
    return new Term.Any(imputed);
  }

  Term.Test outside() {
    return new Term.Any(outside);
  }

  Term.Test unknown() {
    return new Term.Any(unknown);
  }

  static boolean isNumber(Column column) {
    return column.type() == ColumnType.NUMBER;
  }
}
