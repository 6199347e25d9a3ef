package io.millwright.runtime.arrays;

import io.millwright.runtime.arrays.NumpyFiles.Malformed;
import java.util.ArrayList;
import java.util.List;

/**
 * The header of a {@code .npy} file (NEP 1, "A Simple File Format for NumPy Arrays"): a literal of
 * Python with the keys descr, fortran_order and shape.
 *
 * @param fields the numbers of one element; one without name for a plain array
 * @param fortran whether the first dimension varies fastest
 * @param shape the size of each dimension
 */
record NpyHeader(List<Field> fields, boolean fortran, List<Integer> shape) {

  private static final int MOST_FIELDS = 10_000;
  private static final int MOST_DIMENSIONS = 32;

  /**
   * One number of an element.
   *
   * @param name of a structured array; empty for a plain one
   * @param big whether the byte of most weight comes first
   * @param kind f, i, u or b
   * @param bytes 1, 2, 4 or 8
   */
  record Field(String name, boolean big, char kind, int bytes) {}

  /** How many bytes one element has. */
  int bytes() {
    return fields.stream().mapToInt(Field::bytes).sum();
  }

  /** How many elements there are. */
  long count() {
    long count = 1;
    for (int n : shape) {
      count = Math.multiplyExact(count, (long) n);
    }
    return count;
  }

  static NpyHeader parse(String text) {
    return new Parser(text).header();
  }

  /** Reads the few kinds of Python literals that a header has. */
  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    private void blank() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }

    private boolean take(char c) {
      blank();
      if (at < text.length() && text.charAt(at) == c) {
        at++;
        return true;
      }
      return false;
    }

    private void expect(char c) {
      if (!take(c)) {
        throw new Malformed("its header has no '" + c + "' at character " + at);
      }
    }

    private String quoted() {
      blank();
      char quote = at < text.length() ? text.charAt(at) : ' ';
      if (quote != '\'' && quote != '"') {
        throw new Malformed("its header has no text at character " + at);
      }
      int end = text.indexOf(quote, at + 1);
      if (end < 0 || text.substring(at + 1, end).indexOf('\\') >= 0) {
        throw new Malformed("its header has a text that does not end or is escaped");
      }
      String read = text.substring(at + 1, end);
      at = end + 1;
      return read;
    }

    private int number() {
      blank();
      int from = at;
      while (at < text.length() && Character.isDigit(text.charAt(at)) && at - from < 11) {
        at++;
      }
      try {
        int read = Integer.parseInt(text.substring(from, at));
        if (at < text.length() && text.charAt(at) == 'L') {
          at++; // As Python 2 wrote them.
        }
        return read;
      } catch (NumberFormatException e) {
        throw new Malformed("its header has no size below 2^31 at character " + from);
      }
    }

    NpyHeader header() {
      List<Field> fields = List.of();
      boolean fortran = false;
      List<Integer> shape = null;
      expect('{');
      while (!take('}')) {
        String key = quoted();
        expect(':');
        switch (key) {
          case "descr" -> fields = fields();
          case "fortran_order" -> fortran = truth();
          case "shape" -> shape = shape();
          default -> throw new Malformed("its header has the unknown key \"" + key + "\"");
        }
        take(',');
      }
      if (fields.isEmpty() || shape == null) {
        throw new Malformed("its header lacks descr or shape");
      }
      return new NpyHeader(fields, fortran, shape);
    }

    private boolean truth() {
      blank();
      for (boolean value : new boolean[] {true, false}) {
        String word = value ? "True" : "False";
        if (text.startsWith(word, at)) {
          at += word.length();
          return value;
        }
      }
      throw new Malformed("its header has no True or False at character " + at);
    }

    private List<Integer> shape() {
      List<Integer> all = new ArrayList<>();
      expect('(');
      while (!take(')')) {
        all.add(number());
        take(',');
        if (all.size() > MOST_DIMENSIONS) {
          throw new Malformed("more than " + MOST_DIMENSIONS + " dimensions");
        }
      }
      return List.copyOf(all);
    }

    private List<Field> fields() {
      List<Field> all = new ArrayList<>();
      if (!take('[')) {
        all.add(field("", quoted()));
        return all;
      }
      while (!take(']')) {
        expect('(');
        String name = quoted();
        expect(',');
        all.add(field(name, quoted()));
        if (!take(')')) {
          throw new Malformed("its field \"" + name + "\" is an array itself, which is not read");
        }
        take(',');
        if (all.size() > MOST_FIELDS) {
          throw new Malformed("more than " + MOST_FIELDS + " fields");
        }
      }
      return all;
    }

    private static Field field(String name, String type) {
      String plain = type;
      boolean big = plain.startsWith(">");
      if (!plain.isEmpty() && "<>|=".indexOf(plain.charAt(0)) >= 0) {
        plain = plain.substring(1);
      }
      if (plain.startsWith("O")) {
        throw new Malformed("it holds pickled Python objects, which are never read");
      }
      if (!plain.matches("f[248]|[iu][1248]|b1|[?]")) {
        throw new Malformed("it holds elements of the type \"" + type + "\", which are no numbers");
      }
      return plain.equals("?")
          ? new Field(name, big, 'b', 1)
          : new Field(name, big, plain.charAt(0), plain.charAt(1) - '0');
    }
  }
}
