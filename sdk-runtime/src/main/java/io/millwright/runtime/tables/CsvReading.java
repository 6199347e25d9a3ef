package io.millwright.runtime.tables;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.ReadingReport;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import io.millwright.api.spi.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one source of rows: a first pass gathers evidence, which is judged, and a second fills the
 * columns. For one reading.
 */
final class CsvReading {

  /** So much of the heap may become a table. */
  private static final double SHARE_OF_HEAP = 0.8;

  private final CsvFormat format;
  private final TimeText times;
  private final Rows source;
  private final List<Evidence> evidence = new ArrayList<>();
  private long rows;

  CsvReading(Rows source, CsvFormat format) {
    this.format = format;
    this.source = source;
    times = new TimeText(format);
  }

  /** All columns, or those of a schema. */
  ReadTable table(@Nullable Schema schema) {
    Judge judge = gather(schema);
    List<ColumnPlan> plans = plans(judge, schema);
    bound(plans);
    Filler filler = new Filler(source, format, times, judge.marks(), plans, (int) rows, null);
    source.read(filler);
    filler.finish();
    return new ReadTable(filler.table(), report(judge, plans, filler));
  }

  ReadingReport batches(int size, Consumer<? super Table> batches) {
    Judge judge = gather(null);
    List<ColumnPlan> plans = plans(judge, null);
    Filler filler = new Filler(source, format, times, judge.marks(), plans, size, batches);
    source.read(filler);
    filler.finish();
    if (filler.filled() > 0) {
      batches.accept(filler.table());
    }
    return report(judge, plans, filler);
  }

  private Judge gather(@Nullable Schema schema) {
    source.read(
        new Rows.Sink() {
          @Override
          public void start(List<Header> found) {
            found.forEach(h -> evidence.add(new Evidence(times, format.missing())));
            if (schema != null) {
              places(schema);
            }
          }

          @Override
          public void row(long line, List<String> cells) {
            rows++;
            for (int c = 0; c < cells.size(); c++) {
              evidence.get(c).see(line, cells.get(c));
            }
          }

          @Override
          public void skip(long line, String why) {}
        });
    int width = source.headers().size();
    List<@Nullable ColumnType> wanted = new ArrayList<>(Collections.nCopies(width, null));
    boolean[] used = new boolean[width];
    if (schema != null) {
      int[] places = places(schema);
      for (int c = 0; c < places.length; c++) {
        wanted.set(places[c], schema.columns().get(c).type());
        used[places[c]] = true;
      }
    } else {
      checkStated();
      for (int c = 0; c < width; c++) {
        wanted.set(c, Judge.statedType(format, source.headers().get(c)));
        used[c] = true;
      }
    }
    return new Judge(source, format, times, evidence, wanted, used);
  }

  /** A column whose type is stated must be there: its name may be misspelt. */
  private void checkStated() {
    Problems problems = new Problems(source.file().toString());
    List<Header> headers = source.headers();
    for (String name : format.types().keySet()) {
      if (headers.stream().noneMatch(h -> h.text().equals(name) || h.name().equals(name))) {
        problems.add(
            ErrorCode.MISSING_COLUMN,
            "column \"" + name + "\"",
            "is missing; there are " + headers.stream().map(Header::text).limit(50).toList(),
            "write its name as in the heading.");
      }
    }
    problems.throwIfAny();
  }

  private List<ColumnPlan> plans(Judge judge, @Nullable Schema schema) {
    if (schema == null) {
      return judge.guessed();
    }
    int[] places = places(schema);
    List<ColumnPlan> plans = new ArrayList<>();
    for (int c = 0; c < places.length; c++) {
      plans.add(judge.stated(places[c], schema.columns().get(c), "the schema says so"));
    }
    return plans;
  }

  private void bound(List<ColumnPlan> plans) {
    long cells = rows * plans.size();
    if (rows > format.mostRows() || cells > format.mostCells()) {
      throw new MillwrightException(
          ErrorCode.OUT_OF_RANGE,
          source.file()
              + " has "
              + rows
              + " rows of "
              + plans.size()
              + " columns, but at most "
              + format.mostRows()
              + " rows and "
              + format.mostCells()
              + " cells are read into one table\nMaybe read it in batches, or raise the bound");
    }
    long bytes = 0;
    for (ColumnPlan plan : plans) {
      ColumnType type = plan.column().type();
      long text = plan.evidence().textual() ? 100 : 4;
      bytes += rows * (type.isText() ? text : 8);
    }
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > SHARE_OF_HEAP * heap) {
      throw new MillwrightException(
          ErrorCode.OUT_OF_RANGE,
          source.file()
              + " needs about "
              + (bytes >> 20)
              + " MiB as a table, but the heap has "
              + (heap >> 20)
              + " MiB\n"
              + "Maybe read it in batches, read fewer columns, or give Java more memory (-Xmx)");
    }
  }

  private ReadingReport report(Judge judge, List<ColumnPlan> plans, Filler filler) {
    List<String> remarks = new ArrayList<>();
    source.remark(format).ifPresent(remarks::add);
    remarks.addAll(judge.marks().remarks());
    String total = filler.total();
    if (total != null) {
      remarks.add(total);
    }
    List<ReadingReport.ColumnReading> columns = new ArrayList<>();
    for (ColumnPlan plan : plans) {
      Evidence e = plan.evidence();
      columns.add(
          ReadingReport.ColumnReading.builder()
              .heading(plan.heading())
              .column(plan.column())
              .why(plan.why())
              .notation(plan.form().kind())
              .rows(e.rows)
              .empty(e.empty)
              .missing(plan.missing())
              .infinite(e.infinite)
              .remarks(plan.remarks())
              .build());
    }
    return new ReadingReport(
        source.file(),
        List.of(
            source.charset(),
            source.separator(),
            judge.marks().decimal() + " : " + judge.marks().why()),
        remarks,
        columns,
        filler.rows(),
        filler.skipped(),
        filler.firstSkipped(),
        filler.breaks());
  }

  private int[] places(Schema schema) {
    List<Header> headers = source.headers();
    Problems problems = new Problems(source.file().toString());
    int[] places = new int[schema.size()];
    for (int c = 0; c < places.length; c++) {
      Column column = schema.columns().get(c);
      String place = "column \"" + column.name() + "\"";
      places[c] = place(headers, column);
      if (column.type() == ColumnType.IMAGE) {
        problems.add(
            ErrorCode.WRONG_TYPE,
            place,
            "holds images, which a text file does not",
            "read the files with Image.read and put them into a table.");
      }
      if (places[c] < 0) {
        problems.add(
            ErrorCode.MISSING_COLUMN,
            place,
            "is missing; there are " + headers.stream().map(Header::text).limit(50).toList(),
            "rename a heading, or read another file.");
        continue;
      }
      Header header = headers.get(places[c]);
      boolean hasUnit = !header.text().equals(column.name()) && !header.unit().equals(Unit.NONE);
      if (hasUnit && !header.unit().equals(column.unit())) {
        problems.add(
            ErrorCode.WRONG_UNIT,
            place,
            "is in " + header.unit() + ", but " + column.unit() + " is needed",
            "convert the values, or declare the unit of the file.");
      }
    }
    problems.throwIfAny();
    return places;
  }

  private static int place(List<Header> headers, Column column) {
    for (int i = 0; i < headers.size(); i++) {
      if (headers.get(i).text().equals(column.name())) {
        return i;
      }
    }
    int found = -1;
    for (int i = 0; i < headers.size(); i++) {
      // Of columns that differ by unit alone the one in the wanted unit is meant.
      if (headers.get(i).name().equals(column.name())
          && (found < 0 || headers.get(i).unit().equals(column.unit()))) {
        found = i;
      }
    }
    return found;
  }
}
