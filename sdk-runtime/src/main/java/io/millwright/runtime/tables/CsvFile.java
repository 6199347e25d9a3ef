package io.millwright.runtime.tables;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * One text file while it is read: finds out packing and separator, bounds every length, and says in
 * which line it went wrong.
 */
final class CsvFile {

  /** No line of a table is longer; one that is, is not a table. */
  static final int MOST_CHARACTERS = 1 << 20;

  private static final int MOST_FIELDS = 10_000;
  private static final int HEAD = 1 << 16;

  private final Path file;

  CsvFile(Path file) {
    this.file = file;
  }

  /** A line that can be spoken of. */
  record Line(long number, List<String> fields) {}

  /** Reads the header, then hands over every other line; empty lines are skipped. */
  interface Sink {
    /** Takes the headings and gives what takes the lines. */
    Consumer<Line> start(List<Header> headers);
  }

  void read(Sink sink) {
    try (InputStream bytes = open()) {
      char separator = separator(bytes);
      CsvReader<CsvRecord> reader =
          CsvReader.builder()
              .fieldSeparator(separator)
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .maxBufferSize(MOST_CHARACTERS)
              .build(
                  CsvRecordHandler.of(
                      c ->
                          c.maxFields(MOST_FIELDS)
                              .maxFieldSize(MOST_CHARACTERS)
                              .maxRecordSize(MOST_CHARACTERS)),
                  new InputStreamReader(
                      bytes,
                      StandardCharsets.UTF_8
                          .newDecoder()
                          .onMalformedInput(CodingErrorAction.REPORT)
                          .onUnmappableCharacter(CodingErrorAction.REPORT)));
      long line = 1;
      try (CloseableIterator<CsvRecord> records = reader.iterator()) {
        if (!records.hasNext()) {
          throw bad(1, "the file is empty", "the first line must name the columns");
        }
        List<Header> headers = headers(records.next().getFields());
        Consumer<Line> lines = sink.start(headers);
        while (records.hasNext()) {
          CsvRecord next = records.next();
          line = next.getStartingLineNumber();
          if (next.getFieldCount() != headers.size()) {
            throw bad(
                line,
                next.getFieldCount() + " cells under " + headers.size() + " headings",
                "a cell that holds the separator '" + separator + "' is not in quotes");
          }
          lines.accept(new Line(line, next.getFields()));
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
      }
    } catch (UncheckedIOException e) {
      throw failed(Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  MillwrightException bad(long line, String what, String maybe) {
    return new MillwrightException(
        ErrorCode.BAD_FILE, file + ", line " + line + ": " + what + "\nMaybe " + maybe);
  }

  private MillwrightException failed(IOException e) {
    if (e instanceof CharacterCodingException) {
      return new MillwrightException(
          ErrorCode.BAD_FILE, file + " is not UTF-8 text\nMaybe save it as \"CSV UTF-8\"", e);
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
        "cannot read " + file + ": " + e + "\nMaybe check the path and the right to read it",
        e);
  }

  private InputStream open() throws IOException {
    BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file), HEAD);
    try {
      raw.mark(2);
      boolean packed = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      InputStream plain = packed ? new BufferedInputStream(new GZIPInputStream(raw), HEAD) : raw;
      // The mark that some editors put before UTF-8 text belongs to no heading.
      plain.mark(3);
      if (!(plain.read() == 0xEF && plain.read() == 0xBB && plain.read() == 0xBF)) {
        plain.reset();
      }
      return plain;
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /** The most frequent of the separators in the first line, quoted text left out. */
  private static char separator(InputStream bytes) throws IOException {
    bytes.mark(HEAD);
    int commas = 0;
    int semicolons = 0;
    int tabs = 0;
    boolean quoted = false;
    for (int i = 0; i < HEAD; i++) {
      int c = bytes.read();
      if (c < 0 || (!quoted && (c == '\n' || c == '\r'))) {
        break;
      }
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted) {
        commas += c == ',' ? 1 : 0;
        semicolons += c == ';' ? 1 : 0;
        tabs += c == '\t' ? 1 : 0;
      }
    }
    bytes.reset();
    if (tabs > commas && tabs > semicolons) {
      return '\t';
    }
    return semicolons > commas ? ';' : ',';
  }

  private List<Header> headers(List<String> fields) {
    List<Header> headers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String field : fields) {
      Header header = Header.of(field);
      if (header.text().isEmpty()) {
        throw bad(
            1,
            "heading " + (headers.size() + 1) + " is empty",
            "the line ends in a separator, or a column has no name");
      }
      if (!names.add(header.text())) {
        throw bad(1, "two headings are \"" + header.text() + "\"", "rename one of them");
      }
      headers.add(header);
    }
    return headers;
  }
}
