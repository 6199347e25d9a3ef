package io.millwright.runtime.tables;

import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.ReadingReport.Notation;
import io.millwright.api.data.Unit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Decides by the evidence what each column holds, or refuses the file. For one file. */
final class Judge {

  private static final String STATED = "as stated";

  private final Rows source;
  private final CsvFormat format;
  private final TimeText times;
  private final List<Evidence> evidence;
  private final boolean skips;
  private final TimeJudge timeJudge;
  private final Marks marks;

  /**
   * @param wanted the type that is wanted of each column of the file; null where none is, which
   *     leaves the choice to the evidence
   * @param used which columns are read at all
   */
  Judge(
      Rows source,
      CsvFormat format,
      TimeText times,
      List<Evidence> evidence,
      List<@Nullable ColumnType> wanted,
      boolean[] used) {
    this.source = source;
    this.format = format;
    this.times = times;
    this.evidence = evidence;
    skips = format.onBadRow() == CsvFormat.BadRow.SKIP;
    timeJudge = new TimeJudge(source, format, times);
    List<Evidence> numeric = new ArrayList<>();
    for (int c = 0; c < evidence.size(); c++) {
      ColumnType type = wanted.get(c);
      Evidence e = evidence.get(c);
      Evidence bare = e.withoutUnits();
      boolean asked =
          type == null ? used[c] && (likelyNumbers(e) || bare != null) : type.isNumeric();
      if (asked) {
        numeric.add(bare == null ? e : bare);
      }
    }
    marks = Marks.of(source, format, numeric);
  }

  Marks marks() {
    return marks;
  }

  private static boolean likelyNumbers(Evidence e) {
    return e.numbers > 0 && 2 * e.numbers >= e.known && 2 * e.timeCells < e.known;
  }

  /** The plan of a column whose type is stated. */
  ColumnPlan stated(int place, Column column, String who) {
    Evidence e = evidence.get(place);
    String heading = source.headers().get(place).text();
    List<String> remarks = new ArrayList<>();
    boolean numeric = column.type().isNumeric();
    boolean plain = numeric || column.type() == ColumnType.TIME;
    Map<String, Long> missing = new TreeMap<>(plain ? e.missing : statedMissing(e));
    int order = 0;
    CellForm form = CellForm.PLAIN;
    List<Double> codes = List.of();
    if (numeric) {
      // Who asked for numbers without a unit may mean another one than the cells do.
      boolean unitless = column.unit().equals(Unit.NONE) && !e.mixesUnits();
      form = unitless ? CellForm.PLAIN : form(e, column.name(), column.unit(), remarks);
      numbers(form, e, column.name(), remarks);
    } else if (plain) {
      order = timeJudge.order(e, column.name(), remarks);
    }
    missing(e, missing, column, remarks);
    if (numeric && !who.equals(STATED)) {
      codes = codes(form, e, column.name(), missing, remarks);
    }
    return new ColumnPlan(
        place, heading, column, form, order, false, who, missing, codes, e, remarks);
  }

  /** The plans of all columns whose type is found out. */
  List<ColumnPlan> guessed() {
    Set<String> once = new HashSet<>();
    Set<String> twice = new HashSet<>();
    source.headers().forEach(h -> (once.add(h.name()) ? once : twice).add(h.name()));
    List<ColumnPlan> plans = new ArrayList<>();
    for (int c = 0; c < evidence.size(); c++) {
      Header header = source.headers().get(c);
      String name = twice.contains(header.name()) ? header.text() : header.name();
      ColumnType type = statedType(format, header);
      plans.add(
          type == null
              ? guess(c, header, name)
              : stated(
                  c,
                  new Column(
                      type.isNumeric() ? name : header.text(),
                      type,
                      type == ColumnType.NUMBER
                          ? unit(evidence.get(c), header)
                          : type == ColumnType.AGE ? Unit.CYCLE : Unit.NONE),
                  STATED));
    }
    return plans;
  }

  /** The type that is stated of a column, by its heading or its name; null when none is. */
  static @Nullable ColumnType statedType(CsvFormat format, Header header) {
    ColumnType type = format.types().get(header.text());
    type = type == null ? format.types().get(header.name()) : type;
    return type == null ? format.rest().orElse(null) : type;
  }

  private ColumnPlan guess(int place, Header header, String name) {
    Evidence e = evidence.get(place);
    List<String> remarks = new ArrayList<>();
    boolean measured = !header.unit().equals(Unit.NONE);
    if (e.known == 0) {
      Column column = Column.number(name, header.unit());
      missing(e, e.missing, column, remarks);
      return new ColumnPlan(
          place,
          header.text(),
          column,
          CellForm.PLAIN,
          0,
          false,
          "no cell is known",
          e.missing,
          List.of(),
          e,
          remarks);
    }
    boolean brief = e.brief == e.timeCells;
    boolean unlike = e.noTime.count > 0 || Integer.bitCount(e.orders()) != 1;
    boolean digits = e.mayBeTimes() && format.dates().isEmpty() && TimeJudge.isTime(header);
    boolean times = 2 * e.timeCells >= e.known && e.timeCells > 0;
    // Words such as 12-05-11 are dates only where all are, in one order.
    if (times && brief && unlike && format.dates().isEmpty()) {
      return briefly(place, header, e, remarks);
    }
    if (times || digits) {
      Column column = Column.time(header.text());
      int order = timeJudge.order(e, header.text(), remarks);
      missing(e, e.missing, column, remarks);
      return new ColumnPlan(
          place,
          header.text(),
          column,
          CellForm.PLAIN,
          order,
          false,
          "\"" + (digits ? e.digits.cell : e.time.cell) + "\" is " + this.times.name(order),
          e.missing,
          List.of(),
          e,
          remarks);
    }
    boolean coded = e.codes > 0 && !measured && e.point.count + e.comma.count == 0;
    boolean meant = measured ? e.numbers > 0 : 2 * e.numbers >= e.known;
    boolean hours = !measured || header.unit().symbol().equals(CellForm.CLOCK.unit());
    boolean formed = e.withoutUnits() != null || e.mixesUnits() || (e.timesOfDay() && hours);
    if (formed || (meant && !coded)) {
      Column column = Column.number(name, unit(e, header));
      CellForm form = form(e, name, header.unit(), remarks);
      numbers(form, e, name, remarks);
      Map<String, Long> missing = new TreeMap<>(e.missing);
      List<Double> codes = codes(form, e, name, missing, remarks);
      missing(e, e.missing, column, remarks);
      TimeJudge.ask(e, name, remarks);
      return new ColumnPlan(
          place,
          header.text(),
          column,
          form,
          0,
          false,
          e.known
              + " of "
              + e.rows
              + " cells are "
              + switch (form.kind()) {
                case PLAIN -> "numbers";
                case WITH_UNIT -> "numbers in " + form.unit();
                case TIME_OF_DAY -> "times of day";
              },
          missing,
          codes,
          e,
          remarks);
    }
    return labels(place, header, e, coded && e.words == 0, remarks);
  }

  private ColumnPlan labels(
      int place, Header header, Evidence e, boolean coded, List<String> remarks) {
    Column column = e.textual() ? Column.text(header.text()) : Column.category(header.text());
    String why;
    if (coded) {
      why =
          "\""
              + e.code.cell
              + "\" (line "
              + e.code.line
              + ") begins with a zero or has more digits than a number holds";
      remarks.add("`" + column.name() + "` kept letter for letter: " + why);
    } else {
      why =
          e.words
              + " of "
              + e.known
              + " known cells are words such as \""
              + cut(e.word.cell)
              + "\"";
      if (e.numbers > 0) {
        remarks.add("`" + column.name() + "` read as labels: " + why);
      }
      if (2 * e.marked.count >= e.known) {
        remarks.add(
            "`"
                + column.name()
                + "` read as labels, though "
                + e.marked.count
                + " of "
                + e.known
                + " known cells are numbers with a mark or a unit, such as \""
                + e.marked.cell
                + "\"; write plain numbers, with the unit in the heading, to have readings");
      }
    }
    if (2 * e.clock.count >= e.known && e.clock.count > 0) {
      remarks.add(
          "`"
              + column.name()
              + "` read as labels, though "
              + e.clock.count
              + " of "
              + e.known
              + " known cells are times of day without a date, such as \""
              + e.clock.cell
              + "\"; write the date with them, or hours as a number");
    }
    boolean months = e.months == e.known;
    if (months) {
      remarks.add(
          "`"
              + column.name()
              + "`: \""
              + e.word.cell
              + "\" is the month "
              + TimeText.month(e.word.cell));
    }
    Map<String, Long> missing = statedMissing(e);
    missing(e, missing, column, remarks);
    e.missing.forEach(
        (word, count) -> {
          if (!missing.containsKey(word)) {
            remarks.add(
                "`"
                    + column.name()
                    + "`: \""
                    + word
                    + "\" ("
                    + cells(count)
                    + ") is kept as a label; state it as missing if it means that");
          }
        });
    return new ColumnPlan(
        place,
        header.text(),
        column,
        CellForm.PLAIN,
        0,
        months,
        why,
        missing,
        List.of(),
        e,
        remarks);
  }

  /** The unit of a column of numbers: that of its heading, else that of its cells. */
  private static Unit unit(Evidence e, Header header) {
    if (!header.unit().equals(Unit.NONE)) {
      return header.unit();
    }
    return e.withoutUnits() != null
        ? Unit.of(e.units.keySet().iterator().next())
        : e.timesOfDay() ? Unit.of(CellForm.CLOCK.unit()) : Unit.NONE;
  }

  /**
   * How the cells of a column of numbers are written; refuses several units, and another than the
   * column's.
   *
   * @param unit the unit that is known of the column
   */
  private CellForm form(Evidence e, String name, Unit unit, List<String> remarks) {
    if (e.mixesUnits()) {
      List<String> seen = new ArrayList<>();
      e.units.values().forEach(u -> seen.add("\"" + u.cell + "\" in line " + u.line));
      throw source.bad(
          e.units.values().iterator().next().line,
          "column \"" + name + "\" mixes units: " + String.join(", ", seen),
          "write all cells in one unit, since nothing is converted; or read the column as labels"
              + " (on the command line --type '"
              + name
              + "=category')");
    }
    if (e.withoutUnits() != null) {
      String symbol = e.units.keySet().iterator().next();
      Evidence.Example shown = e.units.values().iterator().next();
      if (!unit.equals(Unit.NONE) && !unit.equals(Unit.of(symbol))) {
        throw source.bad(
            shown.line,
            "column \"" + name + "\" holds \"" + shown.cell + "\", but is in " + unit,
            "convert the cells, or correct the unit of the column");
      }
      remarks.add(
          "`"
              + name
              + "`: the unit "
              + symbol
              + " stands in all "
              + e.known
              + " known cells, such as \""
              + shown.cell
              + "\", and is left out");
      return new CellForm(Notation.WITH_UNIT, symbol);
    }
    if (e.timesOfDay() && (unit.equals(Unit.NONE) || unit.symbol().equals(CellForm.CLOCK.unit()))) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "`%s` read as hours of the day: \"%s\" is %.4f h; read it as category where it is"
                  + " something else, such as minutes and seconds",
              name,
              e.clock.cell,
              CellForm.hours(e.clock.cell)));
      return CellForm.CLOCK;
    }
    return CellForm.PLAIN;
  }

  private Map<String, Long> statedMissing(Evidence e) {
    Map<String, Long> missing = new TreeMap<>(e.missing);
    missing.keySet().removeIf(w -> !Evidence.isStated(format.missing(), w));
    return missing;
  }

  /** Refuses what is no number. */
  private void numbers(CellForm form, Evidence all, String name, List<String> remarks) {
    Evidence bare = all.withoutUnits();
    if (form.kind() == Notation.TIME_OF_DAY) {
      return;
    }
    Evidence e = bare == null || form.kind() == Notation.PLAIN ? all : bare;
    Evidence.Example odd = marks.decimal() == '.' ? e.comma : e.point;
    if (!skips && e.word.count > 0) {
      throw OddLine.notANumber(source, name, e);
    }
    if (e.turned.count > 0) {
      remarks.add(
          "`"
              + name
              + "`: \""
              + e.turned.cell
              + "\" in line "
              + e.turned.line
              + (e.turned.count > 1 ? " and " + (e.turned.count - 1) + " like it are" : " is")
              + " read as below zero; if they are names, say so (on the command line --type '"
              + name
              + "=category')");
    }
    if (!skips && odd.count > 0) {
      throw source.bad(
          odd.line,
          "column \""
              + name
              + "\" holds \""
              + cut(odd.cell)
              + "\", which is not a number where the decimal mark is the "
              + (marks.decimal() == '.' ? "point" : "comma")
              + " ("
              + marks.why()
              + ")",
          "state the decimal mark, or that the column holds text");
    }
    if (e.infinite > 0) {
      remarks.add(
          "`"
              + name
              + "`: "
              + (e.infinite == 1 ? "1 reading is" : e.infinite + " readings are")
              + " infinite, first in line "
              + e.infiniteLine);
    }
  }

  /** Dates whose order of day, month and year is not told stay labels, and the way out is said. */
  private ColumnPlan briefly(int place, Header header, Evidence e, List<String> remarks) {
    if (e.noTime.count == 0 && e.orders() != 0) {
      remarks.add(
          "`"
              + header.text()
              + "` read as labels, though \""
              + e.time.cell
              + "\" and all others may be dates with a year of two digits; state how they are"
              + " written (on the command line --dates "
              + TimeText.patterns(e.orders(), e.time.cell)
              + ")");
    }
    return labels(place, header, e, false, remarks);
  }

  /**
   * The numbers that stand for missing values, which are added to those words; or are asked for.
   */
  private List<Double> codes(
      CellForm form, Evidence all, String name, Map<String, Long> missing, List<String> remarks) {
    Evidence bare = form.kind() == Notation.WITH_UNIT ? all.withoutUnits() : null;
    if (form.kind() == Notation.TIME_OF_DAY) {
      return List.of();
    }
    List<Double> codes = new ArrayList<>();
    for (MissingCodes.Code code : (bare == null ? all : bare).missingCodes.of(marks)) {
      if (code.sure()) {
        codes.add(code.value());
        missing.merge(code.cell(), code.count(), Long::sum);
      }
      remarks.add(code.remark(name, cells(all.rows)));
    }
    return codes;
  }

  private static void missing(
      Evidence e, Map<String, Long> missing, Column column, List<String> remarks) {
    missing.forEach(
        (word, count) ->
            remarks.add(
                "`"
                    + column.name()
                    + "` read as "
                    + (column.type().isNumeric()
                        ? "number"
                        : column.type() == ColumnType.TIME ? "time" : "text")
                    + ", "
                    + count
                    + " of "
                    + cells(e.rows)
                    + (count == 1 ? " is \"" : " are \"")
                    + word
                    + "\", taken for missing"));
  }

  private static String cells(long count) {
    return count + (count == 1 ? " cell" : " cells");
  }

  static String cut(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
