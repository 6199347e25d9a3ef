package io.millwright.connect.excel;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.tables.RowSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one sheet as texts; the only room that imports the Excel library. For one reading.
 */
final class SheetRows implements RowSource {

  private static final ReadingOptions WITH_FORMATS = new ReadingOptions(true, false);

  /** No workbook of a table unpacks into more than this many times its size. */
  private static final long MOST_TIMES = 200;

  private static final long SMALL = 64L << 20;

  private final Path file;
  private final Optional<String> name;
  private final int heading;

  /**
   * @param heading the row with the headings, counted from 1; 0 for the first that is not empty
   */
  SheetRows(Path file, Optional<String> name, int heading) {
    this.file = file;
    this.name = name;
    this.heading = heading;
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public String kind() {
    return name.map(n -> "sheet \"" + n + "\" of a workbook").orElse("first sheet of a workbook");
  }

  static List<String> names(Path file) {
    List<String> names = new ArrayList<>();
    opened(
        file,
        book -> {
          try (Stream<Sheet> sheets = book.getSheets()) {
            sheets.forEach(s -> names.add(s.getName()));
          }
        });
    return List.copyOf(names);
  }

  @Override
  public void read(Sink sink) {
    opened(
        file,
        book -> {
          Sheet sheet = sheet(book);
          try (Stream<Row> rows = sheet.openStream()) {
            rows(rows.iterator(), sink);
          }
        });
  }

  private Sheet sheet(ReadableWorkbook book) {
    if (name.isEmpty()) {
      // Lists behind drop-down cells stand on hidden sheets, often on the first.
      return book.getSheets()
          .filter(s -> s.getVisibility() == SheetVisibility.VISIBLE)
          .findFirst()
          .orElseGet(book::getFirstSheet);
    }
    return book.findSheet(name.get())
        .orElseThrow(
            () ->
                new MillwrightException(
                    ErrorCode.BAD_FILE,
                    file
                        + " has no sheet \""
                        + name.get()
                        + "\"\nMaybe one of "
                        + book.getSheets().map(Sheet::getName).toList()));
  }

  private void rows(Iterator<Row> rows, Sink sink) {
    int width = 0;
    int at = 0;
    @Nullable List<String> held = null; // the headings, until the row below is seen
    while (rows.hasNext()) {
      Row row = rows.next();
      List<String> cells = cells(row, sink.decimal());
      boolean headings = width == 0;
      if (cells.isEmpty() || (headings && row.getRowNum() < heading)) {
        continue;
      }
      if (headings) {
        if (heading > 0 && row.getRowNum() > heading) {
          break;
        }
        width = cells.size();
        at = row.getRowNum();
        held = cells;
        continue;
      }
      if (held != null) {
        headings(at, held, row.getRowNum(), cells.size(), sink);
        held = null;
      }
      while (cells.size() < width) {
        cells.add("");
      }
      sink.row(row.getRowNum(), cells);
    }
    if (width == 0) {
      throw bad(
          file,
          heading == 0 ? "the sheet is empty" : "row " + heading + " is empty",
          "another sheet or row holds the headings",
          null);
    }
    if (held != null) {
      sink.headings(at, held);
    }
  }

  /** A title above a table has one cell, the row below it more. */
  private void headings(int row, List<String> names, int below, int cells, Sink sink) {
    if (heading == 0 && names.size() == 1 && cells > 1) {
      throw bad(
          file,
          "row "
              + row
              + " holds \""
              + names.get(0)
              + "\" alone, row "
              + below
              + " holds "
              + cells
              + " cells: a title, no headings",
          "the headings stand in row " + below + ": ExcelSheet.headedBy(" + below + ")",
          null);
    }
    sink.headings(row, names);
  }

  /** The texts of a row up to its last cell that is not empty. */
  private List<String> cells(Row row, char mark) {
    List<String> cells = new ArrayList<>();
    int empty = 0;
    for (int c = 0; c < row.getCellCount(); c++) {
      Cell cell = row.getCell(c);
      String text = cell == null ? "" : CellText.of(cell, mark);
      if (text == null) {
        throw bad(
            file,
            "the formula in " + Objects.requireNonNull(cell).getAddress() + " was never computed",
            "a program wrote the workbook; open it in Excel and save it",
            null);
      }
      if (text.isBlank()) {
        empty++;
        continue;
      }
      for (; empty > 0; empty--) {
        cells.add("");
      }
      cells.add(text);
    }
    return cells;
  }

  /** What is done with an open workbook. */
  private interface Reading {
    void read(ReadableWorkbook book) throws IOException;
  }

  private static void opened(Path file, Reading reading) {
    try {
      unpackable(file);
      try (ReadableWorkbook book = new ReadableWorkbook(file.toFile(), WITH_FORMATS)) {
        reading.read(book);
      }
    } catch (MillwrightException e) {
      throw e;
    } catch (IOException | UncheckedIOException e) {
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw new MillwrightException(
            ErrorCode.IO_FAILED,
            "cannot read " + file + ": " + e + "\nMaybe check the path and the right to read it",
            e);
      }
      throw bad(
          file,
          "no readable workbook: " + said(e),
          "it is damaged, an .xls, or a \"Strict Open XML\" workbook; save it anew as .xlsx",
          e);
    } catch (ExcelReaderException | IllegalArgumentException | IllegalStateException e) {
      throw bad(
          file,
          "no readable workbook: " + said(e),
          "it is damaged, an .xls, or a \"Strict Open XML\" workbook; save it anew as .xlsx",
          e);
    } catch (RuntimeException e) {
      throw bad(
          file, "no readable workbook: " + said(e), "it is damaged; save it anew in Excel", e);
    }
  }

  /** The first line of what the library says, without the class of what it wraps. */
  private static String said(Exception e) {
    String all = String.valueOf(e.getMessage() == null ? e : e.getMessage());
    String line = all.lines().findFirst().orElse("");
    return line.replaceFirst("^[\\w.]+\\.(\\w+Exception: )", "$1");
  }

  /** Refuses an archive that would unpack into far more than it is, before anything is unpacked. */
  private static void unpackable(Path file) throws IOException {
    long packed = Files.size(file);
    long unpacked = 0;
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
        unpacked += Math.max(0, e.nextElement().getSize());
      }
    }
    if (unpacked > Math.max(SMALL, MOST_TIMES * packed)) {
      throw bad(
          file,
          "it unpacks into " + unpacked + " bytes from " + packed,
          "it was made to exhaust memory; save it anew in Excel",
          null);
    }
  }

  private static MillwrightException bad(
      Path file, String what, String maybe, @Nullable Throwable cause) {
    return new MillwrightException(
        ErrorCode.BAD_FILE, file + ": " + what + "\nMaybe " + maybe, cause);
  }
}
