package io.millwright.runtime.tables;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.ReadingReport.SkippedRow;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Fills the columns with the rows of a file, in batches or all at once. For one reading. */
final class Filler implements Rows.Sink {

  private static final int MOST_SKIPPED = 20;

  private final Rows source;
  private final CsvFormat format;
  private final TimeText times;
  private final TimeText.Clock[] clocks;
  private final Marks marks;
  private final List<ColumnPlan> plans;
  private final Schema schema;
  private final int batch;
  private final @Nullable Consumer<? super Table> batches;

  /** The row that is read, and the one before, which is filled in once it is not the last. */
  private Cells cells;

  private Cells held;
  private long heldLine = -1;
  private final LastRow lastRow;
  private @Nullable String total;

  private TableBuilder builder;
  private int filled;
  private long rows;
  private long skipped;
  private final List<SkippedRow> firstSkipped = new ArrayList<>();
  private long[] breaks = new long[2];
  private int broken;
  private long lastLine = -1;

  /**
   * @param expected how many rows a table will have
   * @param batches takes tables of so many rows; null for one table of all
   */
  Filler(
      Rows source,
      CsvFormat format,
      TimeText times,
      Marks marks,
      List<ColumnPlan> plans,
      int expected,
      @Nullable Consumer<? super Table> batches) {
    this.source = source;
    this.format = format;
    this.times = times;
    this.marks = marks;
    this.plans = plans;
    this.batches = batches;
    batch = expected;
    schema = new Schema(plans.stream().map(ColumnPlan::column).toList());
    builder = Table.builder(schema, expected);
    int n = plans.size();
    cells = new Cells(n);
    held = new Cells(n);
    lastRow = new LastRow(n);
    clocks = new TimeText.Clock[n];
    for (int c = 0; c < n; c++) {
      clocks[c] = times.new Clock();
    }
  }

  /** One row: numbers with NaN where there is none, times, texts with null where there is none. */
  private static final class Cells {
    private final double[] numbers;
    private final long[] millis;
    private final @Nullable String[] texts;

    Cells(int columns) {
      numbers = new double[columns];
      millis = new long[columns];
      texts = new String[columns];
      Arrays.fill(numbers, Double.NaN);
    }
  }

  @Override
  public void start(List<Header> found) {}

  @Override
  public void row(long line, List<String> row) {
    for (int c = 0; c < plans.size(); c++) {
      String why = read(c, row.get(plans.get(c).place()));
      if (why != null) {
        String what = "column \"" + plans.get(c).column().name() + "\" holds " + why;
        if (format.onBadRow() == CsvFormat.BadRow.REFUSE) {
          throw source.bad(line, what, "correct the cell, or skip such rows");
        }
        skip(line, what);
        return;
      }
    }
    if (heldLine >= 0) {
      fill();
    }
    Cells read = cells;
    cells = held;
    held = read;
    heldLine = line;
  }

  /** Fills the last row in, unless it sums up the rows above. */
  void finish() {
    if (heldLine < 0) {
      return;
    }
    Optional<String> kind = lastRow.kind(held.numbers, Arrays.asList(held.texts));
    if (kind.isPresent()) {
      total = "line " + heldLine + " holds the " + kind.get() + " of the rows above: left out";
      skip(heldLine, "it holds the " + kind.get() + " of the rows above");
    } else {
      int named = -1;
      for (int c = 0; c < held.texts.length; c++) {
        String text = held.texts[c];
        named = text != null && OddLine.isTotal(text) ? c : named;
      }
      int labels = named < 0 ? 0 : builder.distinct(named);
      fill();
      if (named >= 0 && builder.distinct(named) > labels) {
        total =
            "line "
                + heldLine
                + ", the last, is read as a row like all others, though \""
                + held.texts[named]
                + "\" may mean a total; delete it if so";
      }
    }
    heldLine = -1;
  }

  /** What a person should know of the last row; null for nothing. */
  @Nullable String total() {
    return total;
  }

  private void fill() {
    long line = heldLine;
    lastRow.see(held.numbers);
    for (int c = 0; c < plans.size(); c++) {
      switch (plans.get(c).column().type()) {
        case NUMBER, AGE -> builder.number(c, held.numbers[c]);
        case TIME -> builder.time(c, held.millis[c]);
        default -> text(c);
      }
    }
    builder.endRow();
    filled++;
    if (line != lastLine + 1 || rows == 0) {
      note(rows, line);
    }
    lastLine = line;
    rows++;
    Consumer<? super Table> takes = batches;
    if (takes != null && filled == batch) {
      takes.accept(table());
    }
  }

  private void text(int c) {
    builder.text(c, held.texts[c]);
    if (plans.get(c).column().type() == ColumnType.CATEGORY
        && builder.distinct(c) > format.mostCategories()) {
      throw new MillwrightException(
          ErrorCode.OUT_OF_RANGE,
          source.file()
              + ": column \""
              + plans.get(c).column().name()
              + "\" has more than "
              + format.mostCategories()
              + " different labels\n"
              + "Maybe it names single things: read it as text, or raise the bound");
    }
  }

  private void note(long row, long line) {
    if (broken == breaks.length) {
      breaks = Arrays.copyOf(breaks, 2 * broken);
    }
    breaks[broken++] = row;
    breaks[broken++] = line;
  }

  /** Reads one cell; says why it cannot. */
  private @Nullable String read(int c, String raw) {
    ColumnPlan plan = plans.get(c);
    ColumnType type = plan.column().type();
    if (type.isText()) {
      String cell = raw.strip();
      String month = plan.months() ? TimeText.month(NumberText.plain(cell)) : null;
      cells.texts[c] =
          cell.isEmpty() || Evidence.isStated(format.missing(), NumberText.plain(cell))
              ? null
              : month == null ? cell : month;
      return null;
    }
    String cell = NumberText.plain(raw);
    boolean missing = cell.isEmpty() || Evidence.isStatedNumber(format.missing(), cell);
    if (type == ColumnType.TIME) {
      return time(c, plan, cell, missing);
    }
    if (missing) {
      cells.numbers[c] = Double.NaN;
      return null;
    }
    double value = plan.form().value(cell, marks);
    if (Double.isNaN(value) && !Evidence.isMissing(cell)) {
      return "\"" + Judge.cut(cell) + "\", which is not " + plan.form().name();
    }
    cells.numbers[c] = !plan.codes().isEmpty() && plan.codes().contains(value) ? Double.NaN : value;
    return null;
  }

  private @Nullable String time(int c, ColumnPlan plan, String cell, boolean missing) {
    cells.millis[c] = Table.NO_TIME;
    if (missing || Evidence.isMissing(cell) || Evidence.isNoDate(cell)) {
      return null;
    }
    TimeText.Written written = times.written(cell, plan.order());
    if (written == null) {
      return "\"" + Judge.cut(cell) + "\", which is no date or time";
    }
    try {
      cells.millis[c] = clocks[c].millis(written);
      return null;
    } catch (DateTimeException e) {
      return "\"" + Judge.cut(cell) + "\": " + e.getMessage() + "; write times with their offset";
    }
  }

  @Override
  public void skip(long line, String why) {
    skipped++;
    if (firstSkipped.size() < MOST_SKIPPED) {
      firstSkipped.add(new SkippedRow(line, why));
    }
  }

  /** The rows since the last table. */
  Table table() {
    Table table = builder.build();
    if (batches != null) {
      builder = Table.builder(schema, batch);
      filled = 0;
    }
    return table;
  }

  int filled() {
    return filled;
  }

  long rows() {
    return rows;
  }

  long skipped() {
    return skipped;
  }

  List<SkippedRow> firstSkipped() {
    return firstSkipped;
  }

  long[] breaks() {
    return Arrays.copyOf(breaks, broken);
  }
}
