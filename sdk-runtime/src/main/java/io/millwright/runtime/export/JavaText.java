package io.millwright.runtime.export;

import io.millwright.api.data.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A class for Java 8 and later that needs nothing else. */
final class JavaText extends Language {

  /** Numbers take two of the 255 places of a method's parameters. */
  private static final int MOST_INPUTS = 120;

  private final Formula formula;
  private final Names names;

  JavaText(Formula formula) {
    this.formula = formula;
    names = Names.java(formula.inputs());
  }

  String write(String className, String packageName) {
    if (formula.inputs().size() > MOST_INPUTS) {
      throw Refusal.of(
          "it has "
              + formula.inputs().size()
              + " inputs, and a method of Java takes "
              + MOST_INPUTS);
    }
    StringBuilder text = new StringBuilder();
    if (!packageName.isEmpty()) {
      text.append("package ").append(packageName).append(";\n\n");
    }
    text.append("/**\n * Generated; do not edit.\n *\n * <pre>\n");
    formula.about().forEach(line -> text.append(" * ").append(html(line)).append('\n'));
    text.append(" * </pre>\n */\npublic final class ").append(className).append(" {\n\n");
    text.append("  private ").append(className).append("() {}\n\n");
    answer(text);
    predict(text);
    computing(text);
    return text.append("}\n").toString();
  }

  private static String html(String line) {
    return line.replace("&", "&amp;").replace("<", "&lt;").replace("@", "&#64;");
  }

  private List<String> fields() {
    return formula.outputs().keySet().stream().filter(n -> !n.startsWith("probability_")).toList();
  }

  private static boolean isFlag(String name) {
    return !List.of("value", "low", "high", "choice").contains(name);
  }

  private static String camel(String name) {
    StringBuilder text = new StringBuilder();
    for (String part : name.split("_", -1)) {
      text.append(
          text.isEmpty()
              ? part
              : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
    }
    return text.toString();
  }

  private void answer(StringBuilder text) {
    text.append(
        "  /** An answer; where there is none, {@code answered} is false and numbers are NaN."
            + " */\n");
    text.append("  public static final class Answer {\n");
    List<String> sets = new ArrayList<>();
    for (String name : fields()) {
      int at = formula.inputs().size() + formula.output(name);
      if (name.equals("choice")) {
        text.append("    /** The most probable label; null without an answer. */\n");
        text.append("    public final String label;\n");
        sets.add("label = v[" + at + "] != v[" + at + "] ? null : LABELS[(int) v[" + at + "]]");
      } else if (isFlag(name)) {
        text.append("    public final boolean ").append(camel(name)).append(";\n");
        sets.add(camel(name) + " = v[" + at + "] > 0.5");
      } else {
        text.append("    public final double ").append(name).append(";\n");
        sets.add(name + " = v[" + at + "]");
      }
    }
    if (!formula.labels().isEmpty()) {
      text.append("    private final double[] probabilities;\n");
      List<String> all = new ArrayList<>();
      for (int k = 0; k < formula.labels().size(); k++) {
        all.add("v[" + (formula.inputs().size() + formula.output("probability_" + k)) + "]");
      }
      sets.add("probabilities = new double[] {" + String.join(", ", all) + "}");
    }
    text.append("\n    private Answer(double[] v) {\n");
    sets.forEach(set -> text.append("      ").append(set).append(";\n"));
    text.append("    }\n");
    if (!formula.labels().isEmpty()) {
      text.append("\n    /** The probability of each of {@link #labels()}. */\n");
      text.append(
          "    public double[] probabilities() {\n      return probabilities.clone();\n    }\n");
    }
    text.append("  }\n\n");
    if (!formula.labels().isEmpty()) {
      text.append("  private static final String[] LABELS = {");
      text.append(String.join(", ", formula.labels().stream().map(JavaText::quoted).toList()));
      text.append("};\n\n  /** The labels. */\n  public static String[] labels() {\n");
      text.append("    return LABELS.clone();\n  }\n\n");
    }
  }

  private void predict(StringBuilder text) {
    List<String> parameters = new ArrayList<>();
    List<String> numbers = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    text.append("  /**\n   * Answers; thread-safe.\n   *\n");
    for (int i = 0; i < formula.inputs().size(); i++) {
      Column column = formula.inputs().get(i);
      boolean number = PreparedTerms.isNumber(column);
      String name = names.of(i);
      parameters.add((number ? "double " : "String ") + name);
      numbers.add(number ? name : "0");
      labels.add(number ? "null" : name);
      String unit = column.unit().symbol().isEmpty() ? "" : " in " + column.unit().symbol();
      text.append("   * @param ").append(name).append(' ');
      text.append(html(Names.plain(column.name() + unit)));
      text.append(number ? "; NaN when missing\n" : "; null when missing\n");
    }
    text.append("   */\n  public static Answer predict(").append(String.join(", ", parameters));
    text.append(") {\n    double[] v = new double[");
    text.append(formula.inputs().size() + formula.variables()).append("];\n");
    text.append("    String[] s = {").append(String.join(", ", labels)).append("};\n");
    for (int i = 0; i < numbers.size(); i++) {
      text.append("    v[").append(i).append("] = ").append(numbers.get(i)).append(";\n");
    }
    for (int s = 0; s < formula.stages().size(); s++) {
      text.append("    stage").append(s).append("(v, s);\n");
    }
    text.append("    return new Answer(v);\n  }\n");
  }

  private void computing(StringBuilder text) {
    int at = 0;
    for (int s = 0; s < formula.stages().size(); s++) {
      StringBuilder calls = new StringBuilder();
      for (Term term : formula.stages().get(s)) {
        calls.append("    ").append(variable(at)).append(" = a").append(at).append("(v, s);\n");
        text.append("\n  private static double a")
            .append(at)
            .append("(double[] v, String[] s) {\n");
        text.append("    return ").append(text(term)).append(";\n  }\n");
        at++;
      }
      text.append("\n  private static void stage").append(s).append("(double[] v, String[] s) {\n");
      text.append(calls).append("  }\n");
    }
  }

  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    // Escapes are read before the text is: those of line ends would break it.
    return quoted.append('"').toString().replace("\\u000a", "\\n").replace("\\u000d", "\\r");
  }

  @Override
  String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
    }
    String digits =
        Double.compare((float) value, value) == 0 && Math.abs(value) > Float.MIN_NORMAL
            ? (float) value + "f"
            : Double.toString(value);
    return value < 0 ? "(" + digits + ")" : digits;
  }

  /**
   * The sum in single precision, in the order in which the runtime adds: four products at a time,
   * or four sums side by side in a layer of few outputs.
   */
  @Override
  String dense(Term.Dense dense) {
    List<List<String>> products = new ArrayList<>(List.of(new ArrayList<>()));
    for (int i = 0; i < dense.of().size(); i++) {
      products
          .get(products.size() - 1)
          .add(single(dense.of().get(i)) + " * " + digits(dense.weights().get(i)));
      if (i % 4 == 3) {
        products.add(new ArrayList<>());
      }
    }
    return dense.few() ? sideBySide(dense, products) : oneByOne(dense, products);
  }

  private static String oneByOne(Term.Dense dense, List<List<String>> products) {
    StringBuilder text = new StringBuilder(digits(dense.bias()));
    for (List<String> four : products) {
      if (four.size() == 4) {
        text.append("\n        + ((%s + %s) + (%s + %s))".formatted(four.toArray()));
      } else {
        four.forEach(one -> text.append("\n        + ").append(one));
      }
    }
    return "(" + text + ")";
  }

  private static String sideBySide(Term.Dense dense, List<List<String>> products) {
    List<StringBuilder> sums = new ArrayList<>();
    for (int k = 0; k < 4; k++) {
      sums.add(new StringBuilder("0f"));
    }
    for (List<String> four : products) {
      for (int k = 0; k < four.size(); k++) {
        sums.get(four.size() == 4 ? k : 0).append("\n        + ").append(four.get(k));
      }
    }
    return "(%s\n        + (((%s) + (%s)) + ((%s) + (%s))))"
        .formatted(digits(dense.bias()), sums.get(0), sums.get(1), sums.get(2), sums.get(3));
  }

  @Override
  String compared(String of) {
    return "(float) (" + of + ")";
  }

  @Override
  String single(Term.Single single) {
    return single.stepwise() ? single(single.of()) : "(float) (" + text(single.of()) + ")";
  }

  /** A term whose every step is in single precision. */
  private String single(Term term) {
    if (term instanceof Term.Num n) {
      return digits(n.value());
    } else if (term instanceof Term.Two t) {
      return "(" + single(t.left()) + " " + t.operator() + " " + single(t.right()) + ")";
    } else if (term instanceof Term.Call c) {
      return function(c.function())
          + c.of().stream().map(this::single).collect(Collectors.joining(", ", "(", ")"));
    }
    return "(float) " + text(term);
  }

  private static String digits(double value) {
    return value < 0 ? "(" + (float) value + "f)" : (float) value + "f";
  }

  @Override
  String input(int column) {
    return "v[" + column + "]";
  }

  @Override
  String variable(int number) {
    return "v[" + (formula.inputs().size() + number) + "]";
  }

  @Override
  String function(Term.Function function) {
    return "Math." + function.name().toLowerCase(Locale.ROOT);
  }

  @Override
  String choice(String test, String then, String otherwise) {
    return "(" + test + " ? " + then + " : " + otherwise + ")";
  }

  @Override
  String nothing() {
    return "Double.NaN";
  }

  @Override
  String missing(String of) {
    return "Double.isNaN(" + of + ")";
  }

  @Override
  String notFinite(String of) {
    return "!(Math.abs(" + of + ") <= Double.MAX_VALUE)";
  }

  @Override
  String label(int column, String label) {
    return quoted(label) + ".equals(s[" + column + "])";
  }

  @Override
  String noLabel(int column) {
    return "s[" + column + "] == null";
  }

  @Override
  String and() {
    return "&&";
  }

  @Override
  String or() {
    return "||";
  }

  @Override
  String not() {
    return "!";
  }

  @Override
  String constant(boolean value) {
    return Boolean.toString(value);
  }

  @Override
  String line() {
    return "\n        ";
  }
}
