package io.millwright.runtime.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A query in the words that DuckDB, H2 and PostgreSQL have in common. */
final class SqlText extends Language {

  private final Formula formula;

  SqlText(Formula formula) {
    this.formula = formula;
  }

  String write(String from, List<String> keep) {
    List<String> base = new ArrayList<>();
    for (int i = 0; i < keep.size(); i++) {
      base.add(name(keep.get(i)) + " AS mw_keep" + i);
    }
    for (int i = 0; i < formula.inputs().size(); i++) {
      String type = PreparedTerms.isNumber(formula.inputs().get(i)) ? "::float8" : "::varchar";
      base.add(name(formula.inputs().get(i).name()) + type + " AS " + input(i));
    }
    // One named query a stage: databases prepare nested ones again and again.
    StringBuilder stages = new StringBuilder("WITH mw_stage0 AS (\nSELECT ");
    stages.append(String.join(", ", base)).append("\nFROM ").append(from).append("\nOFFSET 0)");
    int at = 0;
    int count = 0;
    for (List<Term> stage : formula.stages()) {
      List<String> own = new ArrayList<>(List.of("mw.*"));
      for (Term term : stage) {
        own.add(text(term) + " AS " + variable(at++));
      }
      // The offset keeps a planner from writing one stage into the next, term for term.
      stages.append(",\nmw_stage").append(count + 1).append(" AS (\nSELECT ");
      stages.append(String.join(",\n", own));
      stages.append("\nFROM mw_stage").append(count++).append(" mw\nOFFSET 0)");
    }
    List<String> last = new ArrayList<>();
    for (int i = 0; i < keep.size(); i++) {
      last.add("mw_keep" + i + " AS " + name(keep.get(i)));
    }
    formula.outputs().forEach((name, number) -> last.addAll(output(name, variable(number))));
    StringBuilder text = new StringBuilder();
    formula.about().forEach(line -> text.append("-- ").append(line).append('\n'));
    for (int k = 0; k < formula.labels().size(); k++) {
      text.append("-- probability_").append(k).append(" is that of ");
      text.append(Names.plain(formula.labels().get(k))).append('\n');
    }
    return text.append(stages)
        .append("\nSELECT ")
        .append(String.join(",\n", last))
        .append("\nFROM mw_stage")
        .append(count)
        .append(" mw\n")
        .toString();
  }

  private List<String> output(String name, String from) {
    if (name.equals("choice")) {
      StringBuilder label = new StringBuilder("CASE");
      for (int k = 0; k < formula.labels().size(); k++) {
        label.append(" WHEN ").append(from).append(" = ").append(k).append(" THEN ");
        label.append(quoted(formula.labels().get(k)));
      }
      return List.of(label + " END AS label");
    }
    boolean number =
        name.startsWith("probability_") || List.of("value", "low", "high").contains(name);
    return List.of((number ? from : "(" + from + " > 0.5)") + " AS " + name(name));
  }

  private static String name(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  @Override
  String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "'Infinity'::float8" : "'-Infinity'::float8";
    }
    return value < 0 ? "(" + value + ")::float8" : value + "::float8";
  }

  @Override
  String input(int column) {
    return "mw_in" + column;
  }

  @Override
  String variable(int number) {
    return "mw_" + number;
  }

  @Override
  String function(Term.Function function) {
    return switch (function) {
      case MIN -> "LEAST";
      case MAX -> "GREATEST";
      case LOG -> "LN";
      case EXP, ABS -> function.name().toUpperCase(Locale.ROOT);
    };
  }

  @Override
  String choice(String test, String then, String otherwise) {
    return "CASE WHEN " + test + " THEN " + then + " ELSE " + otherwise + " END";
  }

  @Override
  String nothing() {
    return "NULL";
  }

  @Override
  String compared(String of) {
    // PostgreSQL refuses to round what single precision cannot hold.
    String held = "GREATEST((-3.4E38)::float8, LEAST(3.4E38::float8, " + of + "))";
    String rounded = "CAST(CAST(" + held + " AS REAL) AS DOUBLE PRECISION)";
    return "CASE WHEN ABS(" + of + ") < 1.2E-38::float8 THEN 0.0::float8 ELSE " + rounded + " END";
  }

  @Override
  String missing(String of) {
    return "(" + of + " IS NULL OR " + of + " = 'NaN'::float8)";
  }

  @Override
  String notFinite(String of) {
    return "(" + of + " IS NULL OR NOT ABS(" + of + ") <= 1.7976931348623157E308::float8)";
  }

  @Override
  String label(int column, String label) {
    return "(" + input(column) + " IS NOT NULL AND " + input(column) + " = " + quoted(label) + ")";
  }

  @Override
  String noLabel(int column) {
    return input(column) + " IS NULL";
  }
}
