package io.millwright.runtime.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Numbers that stand for a missing value in a column of numbers (sentinel values): -999, 9999, -1.
 * They are looked for among the usual forms only, and must stand outside of all other values. What
 * has no other reading is taken for missing; what may be a value too is asked for. Gathers evidence
 * cell by cell; its size does not grow with the rows.
 */
final class MissingCodes {

  private static final int MOST_FORMS = 8;
  private static final int LONGEST = 14;

  /** Fewer other values say little about what is far from them. */
  private static final int FEW = 10;

  private static final int FEWEST = 4;

  /** So many times the range of the others, or of their middle nine tenths, is far. */
  private static final double FAR = 3;

  private static final double FAR_FROM_MOST = 5;

  /** So far is a single one that has no other reading either. */
  private static final double FAR_ALONE = 20;

  /** So far is reason enough to ask. */
  private static final double ASK = 1.5;

  /** Below zero, where all others are above so many times its size, asks too. */
  private static final double ABOVE = 10;

  /**
   * A fractional part is the same nine again, or nothing; 999.25 is the null value of well logs.
   */
  private static final Pattern NINES =
      Pattern.compile("[+-]?9{2,9}(?:[.,](?:0{1,4}|9{1,4}|250?))?");

  private static final Pattern LEAST =
      Pattern.compile(
          "-1(?:[.,]0{1,4})?|-?3276[78]|65535|-?214748364[78]|4294967295|-?1[eE]\\+?(?:20|30|35|37)"
              + "|-?3\\.40?28[\\d]*[eE]\\+?38|-?1\\.797[\\d]*[eE]\\+?308");

  /**
   * A code.
   *
   * @param cell how it is written first
   * @param value its value
   * @param count how often it stands
   * @param line where it stands first
   * @param sure whether there is no other reading
   * @param others what the others are
   */
  record Code(String cell, double value, long count, long line, boolean sure, String others) {

    /** What is said of it. */
    String remark(String column, String cells) {
      return "`"
          + column
          + "`: \""
          + cell
          + "\" in "
          + count
          + " of "
          + cells
          + ", first in line "
          + line
          + ", far from all others ("
          + others
          + "), is "
          + (sure
              ? "taken for missing; where it is a value, say that the column holds numbers (on the"
                  + " command line --type '"
                  + column
                  + "=number')"
              : "read as a number; if it means a missing value, say so (on the command line"
                  + " --missing="
                  + cell
                  + ")");
    }
  }

  /** Smallest, largest and some of all values in between. */
  private static final class Seen {
    private double[] sample = new double[16];
    private int kept;
    private long count;
    private long stride = 1;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private boolean parts;

    void see(double value) {
      low = Math.min(low, value);
      high = Math.max(high, value);
      parts |= value != Math.rint(value);
      if (count++ % stride != 0) {
        return;
      }
      if (kept == 256) {
        for (int i = 0; i < 128; i++) {
          sample[i] = sample[2 * i];
        }
        kept = 128;
        stride *= 2;
        return;
      }
      if (kept == sample.length) {
        sample = Arrays.copyOf(sample, 2 * kept);
      }
      sample[kept++] = value;
    }

    void add(Seen more) {
      long all = count + more.count;
      for (int i = 0; i < more.kept; i++) {
        see(more.sample[i]);
      }
      low = Math.min(low, more.low);
      high = Math.max(high, more.high);
      parts |= more.parts;
      count = all;
    }

    double[] sorted() {
      double[] sorted = Arrays.copyOf(sample, kept);
      Arrays.sort(sorted);
      return sorted;
    }
  }

  private final Map<String, Evidence.Example> forms = new LinkedHashMap<>();
  private final Seen plain = new Seen();
  private final Seen pointed = new Seen();
  private final Seen commaed = new Seen();

  /** Sees a cell that is a number. */
  void see(long line, String cell, NumberText.Kind kind) {
    boolean formed =
        cell.length() <= LONGEST
            && (NINES.matcher(cell).matches() || LEAST.matcher(cell).matches())
            && (forms.containsKey(cell) || forms.size() < MOST_FORMS);
    if (formed) {
      forms.computeIfAbsent(cell, k -> new Evidence.Example()).see(line, cell);
      return;
    }
    double point = NumberText.value(cell, '.', NumberText.ANY);
    if (kind == NumberText.Kind.PLAIN) {
      finite(plain, point);
      return;
    }
    finite(pointed, point);
    finite(commaed, NumberText.value(cell, ',', NumberText.ANY));
  }

  private static void finite(Seen seen, double value) {
    if (Double.isFinite(value)) {
      seen.see(value);
    }
  }

  /**
   * The codes of a column of numbers.
   *
   * @param marks how its numbers are written
   */
  List<Code> of(Marks marks) {
    if (forms.isEmpty()) {
      return List.of();
    }
    Seen others = new Seen();
    others.add(plain);
    others.add(marks.decimal() == '.' ? pointed : commaed);
    // What is written in several ways, such as -999 and -999.0, is one code.
    Map<Double, List<Evidence.Example>> values = new LinkedHashMap<>();
    forms
        .values()
        .forEach(
            e -> {
              double value = NumberText.value(e.cell, marks.decimal(), marks.thousands());
              values.computeIfAbsent(value, v -> new ArrayList<>()).add(e);
            });
    values.remove(Double.NaN);
    List<Map.Entry<Double, List<Evidence.Example>>> nearest = new ArrayList<>(values.entrySet());
    nearest.sort(Comparator.comparingDouble(e -> gap(others, e.getKey())));
    long known = others.count + forms.values().stream().mapToLong(e -> e.count).sum();
    List<Code> codes = new ArrayList<>();
    for (Map.Entry<Double, List<Evidence.Example>> entry : nearest) {
      double value = entry.getKey();
      List<Evidence.Example> cells = entry.getValue();
      long count = cells.stream().mapToLong(e -> e.count).sum();
      Evidence.Example first = cells.get(0);
      boolean asked = asks(others, value, count);
      if (asked) {
        codes.add(
            new Code(
                first.cell,
                value,
                count,
                first.line,
                sure(others, value, count, known),
                text(others.low) + " to " + text(others.high)));
      } else {
        // It is one of the values, and the next must be far from it as well.
        others.see(value);
      }
    }
    return codes;
  }

  private static double gap(Seen others, double value) {
    return value < others.low
        ? others.low - value
        : value > others.high ? value - others.high : Double.NEGATIVE_INFINITY;
  }

  private static boolean asks(Seen others, double value, long count) {
    double gap = gap(others, value);
    boolean slip = count == 1 && !(value < -900 && others.low >= 0);
    if (!(gap > 0) || others.count < FEWEST || slip) {
      return false;
    }
    double range = others.high - others.low;
    return gap >= ASK * range
        || fromMost(others, value) >= FAR_FROM_MOST
        || (value < 0 && others.low >= -ABOVE * value)
        || (value < -900 && others.low >= 0);
  }

  /** Whether there is no other reading. */
  private static boolean sure(Seen others, double value, long count, long known) {
    double gap = gap(others, value);
    boolean far =
        gap >= FAR * (others.high - others.low) || fromMost(others, value) >= FAR_FROM_MOST;
    boolean large = value < -900 || value > 9000;
    // Whole numbers with a large one among them may be codes, whose largest means something.
    boolean only = value < 0 ? far || others.low >= 0 : far && others.parts;
    boolean often = count > 1 || (gap >= FAR_ALONE * (others.high - others.low) && others.low >= 0);
    return large && only && often && 2 * count <= known && others.count >= FEW;
  }

  /** How far from the middle nine tenths of the others, in their range. */
  private static double fromMost(Seen others, double value) {
    double[] sorted = others.sorted();
    if (sorted.length < 2 * FEW) {
      return 0;
    }
    double low = sorted[sorted.length / 20];
    double high = sorted[sorted.length - 1 - sorted.length / 20];
    double gap = Math.max(low - value, value - high);
    return high > low ? gap / (high - low) : 0;
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.5g", value);
  }
}
