package io.millwright.runtime.tables;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.CsvFormat;
import io.millwright.runtime.support.IoReason;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * One text file while it is read, as often as needed: knows charset and separator, bounds every
 * length, and says in which line it went wrong. Not thread-safe.
 */
final class CsvFile implements Rows {

  /** No line of a table is longer; one that is, is not a table. */
  static final int MOST_CHARACTERS = 1 << 20;

  private final Path file;
  private final CsvFormat format;
  private final TextFile text;
  private final Separator separator;
  private final List<Header> headers = new ArrayList<>();
  private boolean trailing;

  private CsvFile(Path file, CsvFormat format, TextFile text, Separator separator) {
    this.file = file;
    this.format = format;
    this.text = text;
    this.separator = separator;
  }

  /** Looks at a file. */
  static CsvFile of(Path file, CsvFormat format) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          file + " is no regular file, and a table is read twice\nMaybe save its content first");
    }
    try {
      TextFile text = TextFile.of(file, format);
      Separator separator;
      if (format.separator().isPresent()) {
        separator = new Separator(format.separator().get(), "as stated");
      } else {
        try (Reader reader = text.reader()) {
          separator = Separator.of(reader);
        }
      }
      return new CsvFile(file, format, text, separator);
    } catch (IOException e) {
      throw failed(file, "", e);
    }
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public List<Header> headers() {
    return headers;
  }

  @Override
  public boolean semicolons() {
    return separator.mark() == ';';
  }

  @Override
  public String charset() {
    return text.charset() + ": " + text.why();
  }

  @Override
  public String separator() {
    return separator.word() + ": " + separator.why();
  }

  @Override
  public Optional<String> remark(CsvFormat stated) {
    return stated.charset().isPresent() || text.charset().equals(StandardCharsets.UTF_8)
        ? Optional.empty()
        : Optional.of("charset is " + charset());
  }

  /** Reads all rows. Empty lines are skipped, but between the rows of a single column. */
  @Override
  public void read(Sink sink) {
    long line = 1;
    try (Reader reader = text.reader();
        CloseableIterator<CsvRecord> records = records(reader)) {
      CsvRecord heading = null;
      while (heading == null && records.hasNext()) {
        CsvRecord next = records.next();
        heading = empty(next) || statesSeparator(next) ? null : next;
      }
      if (heading == null) {
        throw bad(1, "the file is empty", "the first line must name the columns");
      }
      line = heading.getStartingLineNumber();
      headers(line, heading.getFields());
      sink.start(headers);
      int width = headers.size();
      List<Long> gaps = new ArrayList<>();
      while (records.hasNext()) {
        CsvRecord next = records.next();
        line = next.getStartingLineNumber();
        if (empty(next)) {
          if (width == 1) {
            gaps.add(line);
          }
          continue;
        }
        for (long gap : gaps) {
          sink.row(gap, List.of(""));
        }
        gaps.clear();
        List<String> cells = trailing ? withoutLast(next, width) : next.getFields();
        if (cells.size() == width) {
          sink.row(line, cells);
        } else {
          ragged(sink, next, width);
        }
      }
    } catch (CsvParseException e) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          file
              + ", after line "
              + line
              + ": "
              + e.getMessage()
              + "\nMaybe a quote is not closed, or it is not a text table",
          e);
    } catch (UncheckedIOException e) {
      throw failed(file, ", after line " + line, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw failed(file, ", after line " + line, e);
    }
  }

  /** The cells of a row under a heading line that ends in a separator. */
  private List<String> withoutLast(CsvRecord row, int width) {
    List<String> cells = row.getFields();
    if (cells.size() != width + 1) {
      return cells;
    }
    if (!NumberText.plain(cells.get(width)).isEmpty()) {
      throw bad(
          row.getStartingLineNumber(),
          "\"" + Judge.cut(cells.get(width)) + "\" stands under an empty heading",
          "write the name of column " + (width + 1) + " into the first line");
    }
    return cells.subList(0, width);
  }

  private void ragged(Sink sink, CsvRecord row, int width) {
    String what = row.getFieldCount() + " cells under " + width + " headings";
    if (width == 1) {
      throw bad(
          row.getStartingLineNumber(),
          what,
          "the lines above are a title: delete them, the first line must name the columns; or the"
              + " cells of the only column belong into quotes");
    }
    if (format.onBadRow() == CsvFormat.BadRow.SKIP) {
      sink.skip(row.getStartingLineNumber(), what);
      return;
    }
    throw bad(
        row.getStartingLineNumber(),
        what,
        "a cell that holds the separator '"
            + separator.mark()
            + "' is not in quotes; or skip such rows");
  }

  private static boolean empty(CsvRecord row) {
    return row.getFieldCount() == 1 && row.getField(0).isEmpty();
  }

  /** Whether it is a line such as {@code sep=;}, which says how the file is written. */
  private static boolean statesSeparator(CsvRecord row) {
    String first = row.getField(0);
    return row.getStartingLineNumber() == 1
        && first.regionMatches(true, 0, "sep=", 0, 4)
        && (row.getFieldCount() == 1
            ? first.length() == 5
            : row.getFieldCount() == 2 && first.length() == 4 && row.getField(1).isEmpty());
  }

  private CloseableIterator<CsvRecord> records(Reader reader) {
    return CsvReader.builder()
        .fieldSeparator(separator.mark())
        .skipEmptyLines(false)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .maxBufferSize(MOST_CHARACTERS)
        .build(
            CsvRecordHandler.of(
                c ->
                    c.maxFields(2 * Math.max(32, format.mostColumns()))
                        .maxFieldSize(MOST_CHARACTERS)
                        .maxRecordSize(MOST_CHARACTERS)),
            reader)
        .iterator();
  }

  /** Says why a file cannot be read. */
  static MillwrightException failed(Path file, String place, IOException e) {
    if (e instanceof CharacterCodingException) {
      return new MillwrightException(
          ErrorCode.BAD_FILE,
          file
              + place
              + ": the bytes are not of the charset that the file seemed to have, or that was"
              + " stated\n"
              + "Maybe save it as \"CSV UTF-8\", or state another charset",
          e);
    }
    if (e instanceof ZipException || e instanceof java.io.EOFException) {
      return new MillwrightException(
          ErrorCode.BAD_FILE,
          file
              + " is a damaged gzip file: "
              + e.getMessage()
              + "\nMaybe it was cut off; copy it again",
          e);
    }
    return new MillwrightException(
        ErrorCode.IO_FAILED,
        "cannot read "
            + file
            + ": "
            + IoReason.of(e)
            + "\nMaybe check the path and the right to read it",
        e);
  }

  private void headers(long line, List<String> fields) {
    headers.clear();
    int last = fields.size() - 1;
    trailing = last > 0 && NumberText.plain(fields.get(last)).isEmpty();
    if (trailing) {
      headers.addAll(Header.all(this, line, fields.subList(0, last), format.mostColumns()));
      return;
    }
    headers.addAll(Header.all(this, line, fields, format.mostColumns()));
  }
}
