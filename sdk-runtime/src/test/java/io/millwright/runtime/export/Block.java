package io.millwright.runtime.export;

import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small interpreter of structured text: assignments of expressions, standard functions, comments.
 * Reads the grammar of IEC 61131-3, table 71 (operators by precedence), and refuses all else.
 */
final class Block {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:\\(\\*.*?\\*\\)|([0-9]+(?:\\.[0-9]+)?(?:E-?[0-9]+)?)"
              + "|('(?:[^'$]|\\$.)*'|\"(?:[^\"$]|\\$.)*\")|([A-Za-z_][A-Za-z0-9_]*)|(:=|<=|<>|\\.\\.|[-+*/<>=(),;:\\[\\]]))",
          Pattern.DOTALL);

  private final List<String> tokens = new ArrayList<>();
  private final List<Runnable> assignments = new ArrayList<>();
  private final List<String> inputs = new ArrayList<>();
  private final Map<String, Object> memory = new HashMap<>();

  /** Text of one byte a letter, or of two. */
  private record Text(boolean wide, String text) {}

  private final Map<String, String> types = new HashMap<>();
  private double[] array = new double[0];
  private int at;

  private Block(String text) {
    Matcher matcher = TOKEN.matcher(text.strip());
    int end = 0;
    while (matcher.lookingAt()) {
      for (int g = 1; g <= 4; g++) {
        if (matcher.group(g) != null) {
          tokens.add(matcher.group(g));
        }
      }
      end = matcher.end();
      matcher.region(end, matcher.regionEnd());
    }
    if (end != text.strip().length()) {
      throw new IllegalArgumentException("unreadable at " + end);
    }
    block();
  }

  static Block of(String text) {
    return new Block(text);
  }

  void run(Table table, int row) {
    for (int c = 0; c < inputs.size(); c++) {
      memory.put(
          inputs.get(c),
          table.schema().columns().get(c).type() == ColumnType.NUMBER
              ? (Object) table.number(row, c)
              : new Text(
                  "WSTRING".equals(types.get(inputs.get(c))),
                  Objects.requireNonNullElse(table.label(row, c), "")));
    }
    assignments.forEach(Runnable::run);
  }

  double number(String name) {
    return (double) memory.get(name);
  }

  boolean flag(String name) {
    return (boolean) memory.get(name);
  }

  private String next() {
    return tokens.get(at++);
  }

  private boolean take(String token) {
    if (at < tokens.size() && tokens.get(at).equals(token)) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(String token) {
    if (!take(token)) {
      throw new IllegalArgumentException(token + " expected at " + tokens.subList(at, at + 3));
    }
  }

  private void block() {
    expect("FUNCTION_BLOCK");
    next();
    expect("VAR_INPUT");
    while (!take("END_VAR")) {
      String name = next();
      inputs.add(name);
      expect(":");
      types.put(name, next());
      expect(";");
    }
    expect("VAR_OUTPUT");
    while (!take("END_VAR")) {
      memory.put(next(), 0.0);
      expect(":");
      next();
      expect(";");
    }
    expect("VAR");
    for (String token : List.of("v", ":", "ARRAY", "[", "0", "..")) {
      expect(token);
    }
    array = new double[Integer.parseInt(next()) + 1];
    for (String token : List.of("]", "OF", "LREAL", ";", "END_VAR")) {
      expect(token);
    }
    while (!take("END_FUNCTION_BLOCK")) {
      assignment();
    }
  }

  private void assignment() {
    String name = next();
    if (take("[")) {
      int index = Integer.parseInt(next());
      expect("]");
      expect(":=");
      Supplier<Object> value = or();
      assignments.add(() -> array[index] = (double) value.get());
    } else {
      if (!memory.containsKey(name)) {
        throw new IllegalArgumentException(name + " is not declared");
      }
      expect(":=");
      Supplier<Object> value = or();
      assignments.add(() -> memory.put(name, value.get()));
    }
    expect(";");
  }

  private Supplier<Object> or() {
    Supplier<Object> left = and();
    while (take("OR")) {
      Supplier<Object> a = left;
      Supplier<Object> b = and();
      left = () -> (boolean) a.get() || (boolean) b.get();
    }
    return left;
  }

  private Supplier<Object> and() {
    Supplier<Object> left = comparison();
    while (take("AND")) {
      Supplier<Object> a = left;
      Supplier<Object> b = comparison();
      left = () -> (boolean) a.get() && (boolean) b.get();
    }
    return left;
  }

  private Supplier<Object> comparison() {
    Supplier<Object> a = sum();
    for (String operator : List.of("<=", "<>", "<", "=", ">")) {
      if (take(operator)) {
        Supplier<Object> b = sum();
        return () -> compare(operator, a.get(), b.get());
      }
    }
    return a;
  }

  private static boolean compare(String operator, Object a, Object b) {
    if (a instanceof Text left) {
      if (left.wide() != ((Text) b).wide()) {
        throw new IllegalArgumentException("STRING beside WSTRING");
      }
      return operator.equals("=") == a.equals(b);
    }
    double x = (double) a;
    double y = (double) b;
    return switch (operator) {
      case "<=" -> x <= y;
      case "<" -> x < y;
      case ">" -> x > y;
      case "=" -> x == y;
      default -> x != y;
    };
  }

  private Supplier<Object> sum() {
    Supplier<Object> left = product();
    while (true) {
      Supplier<Object> a = left;
      if (take("+")) {
        Supplier<Object> b = product();
        left = () -> (double) a.get() + (double) b.get();
      } else if (take("-")) {
        Supplier<Object> b = product();
        left = () -> (double) a.get() - (double) b.get();
      } else {
        return left;
      }
    }
  }

  private Supplier<Object> product() {
    Supplier<Object> left = unary();
    while (true) {
      Supplier<Object> a = left;
      if (take("*")) {
        Supplier<Object> b = unary();
        left = () -> (double) a.get() * (double) b.get();
      } else if (take("/")) {
        Supplier<Object> b = unary();
        left = () -> (double) a.get() / (double) b.get();
      } else {
        return left;
      }
    }
  }

  private Supplier<Object> unary() {
    if (take("-")) {
      Supplier<Object> a = unary();
      return () -> -(double) a.get();
    }
    if (take("NOT")) {
      Supplier<Object> a = unary();
      return () -> !(boolean) a.get();
    }
    return primary();
  }

  private Supplier<Object> primary() {
    String token = next();
    char first = token.charAt(0);
    if (token.equals("(")) {
      Supplier<Object> inner = or();
      expect(")");
      return inner;
    } else if (Character.isDigit(first)) {
      double value = Double.parseDouble(token);
      return () -> value;
    } else if (first == '\'') {
      Text text =
          new Text(false, token.substring(1, token.length() - 1).replaceAll("\\$(.)", "$1"));
      return () -> text;
    } else if (first == '"') {
      String text =
          Pattern.compile("\\$([0-9A-F]{4})|\\$(.)")
              .matcher(token.substring(1, token.length() - 1))
              .replaceAll(
                  m ->
                      Matcher.quoteReplacement(
                          m.group(1) == null
                              ? m.group(2)
                              : "" + (char) Integer.parseInt(m.group(1), 16)));
      return () -> new Text(true, text);
    } else if (token.equals("TRUE") || token.equals("FALSE")) {
      return () -> token.equals("TRUE");
    } else if (take("(")) {
      List<Supplier<Object>> arguments = new ArrayList<>();
      do {
        arguments.add(or());
      } while (take(","));
      expect(")");
      return call(token, arguments);
    } else if (take("[")) {
      int index = Integer.parseInt(next());
      expect("]");
      return () -> array[index];
    }
    if (!inputs.contains(token)) {
      throw new IllegalArgumentException(token + " is not declared");
    }
    return () -> memory.get(token);
  }

  private static Supplier<Object> call(String name, List<Supplier<Object>> of) {
    Supplier<Object> a = of.get(0);
    return switch (name + of.size()) {
      case "LREAL_TO_REAL1" -> () -> (double) (float) (double) a.get();
      case "REAL_TO_LREAL1" -> a;
      case "ABS1" -> () -> Math.abs((double) a.get());
      case "EXP1" -> () -> Math.exp((double) a.get());
      case "LN1" -> () -> Math.log((double) a.get());
      case "MIN2" -> () -> Math.min((double) a.get(), (double) of.get(1).get());
      case "MAX2" -> () -> Math.max((double) a.get(), (double) of.get(1).get());
      case "SEL3" -> () -> (boolean) a.get() ? of.get(2).get() : of.get(1).get();
      default -> throw new IllegalArgumentException("no function " + name);
    };
  }
}
