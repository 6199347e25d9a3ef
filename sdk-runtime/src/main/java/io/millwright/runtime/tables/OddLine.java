package io.millwright.runtime.tables;

import io.millwright.api.MillwrightException;
import io.millwright.api.data.Unit;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lines of a table that are no row of it, as reports and spreadsheets have them. */
final class OddLine {

  /** What the line of sums below a table is called. */
  private static final Set<String> TOTALS =
      Set.of(
          "total",
          "totals",
          "grand total",
          "subtotal",
          "sum",
          "sums",
          "summe",
          "gesamt",
          "gesamtsumme",
          "insgesamt",
          "gesamtergebnis",
          "\u5408\u8A08",
          "\u7E3D\u8A08",
          "\u7DCF\u8A08",
          "\u2211",
          "\u03A3",
          "\u5408\u8BA1",
          "\u603B\u8BA1",
          "\u5C0F\u8BA1",
          "\u603B\u548C",
          "\u7D2F\u8BA1",
          "\u5171\u8BA1");

  private static final Set<String> MEANS =
      Set.of(
          "mean",
          "average",
          "avg",
          "mittel",
          "mittelwert",
          "durchschnitt",
          "\u5E73\u5747",
          "\u5E73\u5747\u503C",
          "\u5747\u503C");

  private static final Pattern LIMIT = Pattern.compile("[<>\u2264\u2265]=?\\s*[+-]?[\\d.,]+.{0,8}");

  private OddLine() {}

  /** Whether a cell says that its row is a sum. */
  static boolean isTotal(String cell) {
    return TOTALS.contains(word(cell));
  }

  /** Whether a cell says that its row is a mean. */
  static boolean isMean(String cell) {
    return MEANS.contains(word(cell));
  }

  private static String word(String cell) {
    if (cell.length() > 16) {
      return "";
    }
    String word = NumberText.plain(cell).toLowerCase(Locale.ROOT);
    return word.endsWith(":") ? word.substring(0, word.length() - 1).strip() : word;
  }

  /** Refuses a word among numbers. */
  static MillwrightException notANumber(Rows source, String name, Evidence e) {
    String wayOut =
        source.headers().stream()
            .filter(h -> h.name().equals(name) || h.text().equals(name))
            .findFirst()
            .map(h -> wayOut(h, e))
            .orElse(null);
    return source.bad(
        e.word.line,
        "column \""
            + name
            + "\" holds \""
            + Judge.cut(e.word.cell)
            + "\", which is not a number, while "
            + e.numbers
            + " of "
            + e.known
            + " known cells are numbers"
            + (e.word.count > 1 ? " and " + (e.word.count - 1) + " more are not" : ""),
        wayOut != null
            ? wayOut
            : "it stands for a missing value, then say so (on the command line --missing '"
                + Judge.cut(e.word.cell)
                + "') or leave the cell empty; or the column holds labels, then read it as such"
                + " (--type '"
                + name
                + "=category')");
  }

  /** What may be wrong with the line of a word among numbers; null where nothing is known. */
  private static @Nullable String wayOut(Header header, Evidence e) {
    Evidence.Example word = e.word;
    if (word.cell.equals(header.text()) || word.cell.equals(header.name())) {
      return "line " + word.line + " repeats the headings: delete it";
    }
    String bare = word.cell.replaceFirst("^[\\[(]\\s*(.*?)\\s*[\\])]$", "$1");
    String unit = Header.spelled(bare);
    boolean known = CellForm.isUsual(unit) || !bare.equals(word.cell);
    if (word.count == 1 && word.line == e.firstLine && known) {
      return "line "
          + word.line
          + " holds the units: delete it, and write them into the headings, such as \""
          + (header.unit().equals(Unit.NONE) ? header.text() + " [" + bare + "]" : header.text())
          + "\"";
    }
    boolean last = word.count == 1 && word.line == e.lastLine;
    if (last && (isTotal(word.cell) || isMean(word.cell))) {
      return "line " + word.line + " sums up the rows above: delete it";
    }
    if (LIMIT.matcher(word.cell).matches()) {
      return "the reading is beyond what can be measured: write the limit itself, or leave the cell"
          + " empty";
    }
    return null;
  }
}
