package io.millwright.runtime.export;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A function block of IEC 61131-3 (third edition, 2013): assignments only, standard functions. */
final class StructuredText extends Language {

  private static final String HUGE = "1.7976931348623157E308";

  private final Formula formula;
  private final Names names;

  /** The columns of which a label is beyond ASCII: they are WSTRING. */
  private final Set<Integer> wide = new HashSet<>();

  StructuredText(Formula formula) {
    this.formula = formula;
    names = Names.structuredText(formula.inputs());
    formula.stages().forEach(stage -> stage.forEach(this::text)); // finds them
  }

  String write(String name) {
    StringBuilder text = new StringBuilder();
    formula.about().forEach(line -> text.append("(* ").append(comment(line)).append(" *)\n"));
    for (int k = 0; k < formula.labels().size(); k++) {
      String label = formula.labels().get(k);
      text.append("(* Label ").append(k).append(": ").append(comment(label)).append(" *)\n");
    }
    text.append("FUNCTION_BLOCK ").append(name).append("\nVAR_INPUT\n");
    for (int i = 0; i < formula.inputs().size(); i++) {
      boolean number = PreparedTerms.isNumber(formula.inputs().get(i));
      String column = formula.inputs().get(i).name();
      text.append("  ").append(input(i)).append(" : ");
      text.append(number ? "LREAL;" : wide.contains(i) ? "WSTRING;" : "STRING;");
      text.append(" (* ").append(comment(column));
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

  private static String comment(String text) {
    return Names.plain(text).replace("*)", "* )").replace("(*", "( *");
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c <= '~');
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

  /** Beyond ASCII by numbers of UTF-16, so that the code does not hang on a file's charset. */
  @Override
  String label(int column, String label) {
    if (!isAscii(label)) {
      wide.add(column);
    }
    if (!wide.contains(column)) {
      return "(" + input(column) + " = '" + label.replace("$", "$$").replace("'", "$'") + "')";
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < label.length(); i++) {
      char c = label.charAt(i);
      if (c < ' ' || c > '~') {
        text.append(String.format("$%04X", (int) c));
      } else {
        text.append(c == '$' || c == '"' ? "$" : "").append(c);
      }
    }
    return "(" + input(column) + " = \"" + text + "\")";
  }

  @Override
  String noLabel(int column) {
    return "(" + input(column) + (wide.contains(column) ? " = \"\")" : " = '')");
  }
}
