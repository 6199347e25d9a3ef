package io.millwright.runtime.export;

import java.util.List;

/** A function block of IEC 61131-3 (third edition, 2013): assignments only, standard functions. */
final class StructuredText extends Language {

  private static final String HUGE = "1.7976931348623157E308";

  private final Formula formula;
  private final Names names;

  StructuredText(Formula formula) {
    this.formula = formula;
    names = Names.structuredText(formula.inputs());
  }

  String write(String name) {
    StringBuilder text = new StringBuilder();
    formula.about().forEach(line -> text.append("(* ").append(ascii(line, line)).append(" *)\n"));
    for (int k = 0; k < formula.labels().size(); k++) {
      String label = formula.labels().get(k);
      text.append("(* Label ").append(k).append(": ").append(ascii(label, label)).append(" *)\n");
    }
    text.append("FUNCTION_BLOCK ").append(name).append("\nVAR_INPUT\n");
    for (int i = 0; i < formula.inputs().size(); i++) {
      boolean number = PreparedTerms.isNumber(formula.inputs().get(i));
      String column = formula.inputs().get(i).name();
      text.append("  ").append(input(i)).append(number ? " : LREAL;" : " : STRING;");
      text.append(" (* ").append(ascii(column, column).replace("*)", "* )"));
      text.append(number ? "; NaN when missing *)\n" : "; empty when missing *)\n");
    }
    text.append("END_VAR\nVAR_OUTPUT\n");
    formula.outputs().keySet().forEach(output -> text.append(declared(output)));
    text.append("END_VAR\nVAR\n  v : ARRAY [0..").append(formula.variables() - 1);
    text.append("] OF LREAL;\nEND_VAR\n");
    int at = 0;
    for (List<Term> stage : formula.stages()) {
      for (Term term : stage) {
        text.append(variable(at++)).append(" := ").append(text(term)).append(";\n");
      }
    }
    formula
        .outputs()
        .forEach(
            (output, number) ->
                text.append("out_")
                    .append(output)
                    .append(" := ")
                    .append(
                        isNumber(output) ? variable(number) : "(" + variable(number) + " > 0.5)")
                    .append(";\n"));
    return text.append("END_FUNCTION_BLOCK\n").toString();
  }

  private static boolean isNumber(String output) {
    return output.startsWith("probability_")
        || List.of("value", "low", "high", "choice").contains(output);
  }

  private static String declared(String output) {
    return "  out_" + output + (isNumber(output) ? " : LREAL;\n" : " : BOOL;\n");
  }

  private static String ascii(String text, String what) {
    if (!text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw Refusal.of(
          "\"" + Names.plain(what) + "\" has letters that a STRING of IEC 61131-3 may not hold");
    }
    return text.replace("*)", "* )");
  }

  @Override
  String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? HUGE : "(-" + HUGE + ")";
    }
    return value < 0 ? "(" + value + ")" : Double.toString(value);
  }

  @Override
  String input(int column) {
    return names.of(column);
  }

  @Override
  String variable(int number) {
    return "v[" + number + "]";
  }

  @Override
  String function(Term.Function function) {
    return function == Term.Function.LOG ? "LN" : function.name();
  }

  @Override
  String choice(String test, String then, String otherwise) {
    return "SEL(" + test + ", " + otherwise + ", " + then + ")";
  }

  @Override
  String nothing() {
    return "0.0";
  }

  @Override
  String compared(String of) {
    return "REAL_TO_LREAL(LREAL_TO_REAL(" + of + "))";
  }

  @Override
  String missing(String of) {
    return "(" + of + " <> " + of + ")";
  }

  @Override
  String notFinite(String of) {
    return "(NOT (ABS(" + of + ") <= " + HUGE + "))";
  }

  @Override
  String label(int column, String label) {
    return "("
        + input(column)
        + " = '"
        + ascii(label, label).replace("$", "$$").replace("'", "$'")
        + "')";
  }

  @Override
  String noLabel(int column) {
    return "(" + input(column) + " = '')";
  }
}
