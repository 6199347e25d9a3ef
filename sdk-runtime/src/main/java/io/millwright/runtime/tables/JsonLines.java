package io.millwright.runtime.tables;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.CsvFormat;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lines of JSON (JSON Lines, NDJSON): an object in each line. Every name of any line is a column,
 * in the order in which it is first seen; objects inside give names with a point between. Numbers
 * keep their digits.
 */
final class JsonLines implements RowSource {

  private static final int MOST_DEPTH = 8;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(2 * MOST_DEPTH)
                  .maxStringLength(CsvFile.MOST_CHARACTERS)
                  .maxNumberLength(1_000)
                  .build())
          .build();

  private final Path file;
  private final CsvFormat format;
  private @Nullable Map<String, Integer> places;

  JsonLines(Path file, CsvFormat format) {
    this.file = file;
    this.format = format;
  }

  /** Whether a file is one by its name. */
  static boolean is(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    name = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    return name.endsWith(".jsonl") || name.endsWith(".ndjson");
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public String kind() {
    return "lines of JSON";
  }

  @Override
  public void read(Sink sink) {
    Map<String, Integer> known = places();
    sink.headings(1, List.copyOf(known.keySet()));
    String[] row = new String[known.size()];
    Arrays.fill(row, "");
    char mark = sink.decimal();
    lines(
        (name, value, number) ->
            row[known.getOrDefault(name, 0)] = number ? value.replace('.', mark) : value,
        line -> {
          sink.row(line, List.of(row));
          Arrays.fill(row, "");
        });
  }

  /** The names of all lines, which a first pass finds. */
  private Map<String, Integer> places() {
    Map<String, Integer> found = places;
    if (found != null) {
      return found;
    }
    Map<String, Integer> all = new LinkedHashMap<>();
    long[] at = {1};
    lines(
        (name, value, number) -> {
          if (all.putIfAbsent(name, all.size()) == null && all.size() > format.mostColumns()) {
            throw bad(
                at[0],
                "more than " + format.mostColumns() + " different names",
                "names hold values: raise the bound, or write a name and a value for each");
          }
        },
        line -> at[0] = line + 1);
    if (all.isEmpty()) {
      throw bad(1, "no object with a name", "an object such as {\"temp\": 80.3} stands in a line");
    }
    places = all;
    return all;
  }

  /** Hears of a value, and whether it is a number. */
  private interface Member {
    void is(String name, String value, boolean number);
  }

  /** Hears that a line is over. */
  private interface Ended {
    void line(long line);
  }

  private void lines(Member cell, Ended ended) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          file + " is no regular file, and a table is read twice\nMaybe save its content first");
    }
    long line = 0;
    try (Reader text = TextFile.of(file, format).reader()) {
      StringBuilder buffer = new StringBuilder();
      for (boolean more = true; more; ) {
        buffer.setLength(0);
        line++;
        more = line(text, buffer, line);
        if (!buffer.toString().isBlank()) {
          object(buffer.toString(), line, cell);
          ended.line(line);
        }
      }
    } catch (IOException e) {
      throw CsvFile.failed(file, ", after line " + (line - 1), e);
    }
  }

  /** Reads a line; false at the end of the file. */
  private boolean line(Reader text, StringBuilder to, long line) throws IOException {
    for (int c = text.read(); c >= 0; c = text.read()) {
      if (c == '\n') {
        return true;
      }
      to.append((char) c);
      if (to.length() > CsvFile.MOST_CHARACTERS) {
        throw bad(
            line,
            "more than " + CsvFile.MOST_CHARACTERS + " characters",
            "it is one JSON document, not an object in each line");
      }
    }
    return false;
  }

  private void object(String text, long line, Member cell) {
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw bad(line, "no JSON object", "each line must hold one object: {...}");
      }
      Set<String> names = new HashSet<>();
      Member once =
          (name, value, number) -> {
            if (!names.add(name)) {
              throw bad(line, "two values of \"" + name + "\"", "rename one of them");
            }
            cell.is(name, value, number);
          };
      members(json, new ArrayList<>(), line, once);
      if (json.nextToken() != null) {
        throw bad(line, "something stands behind the object", "each line must hold one object");
      }
    } catch (IOException e) {
      // What the library says beyond its first words is of its own options and places.
      String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw bad(
          line,
          "no JSON object: " + said.split(": enable | \\(start marker| \\(for ", 2)[0],
          said.contains("Non-standard token")
              ? "write null where a value is missing: JSON knows no NaN and no Infinity"
              : "the line was cut off, or it is another format");
    }
  }

  private void members(JsonParser json, List<String> within, long line, Member cell)
      throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      within.add(json.currentName());
      String name = String.join(".", within);
      switch (json.nextToken()) {
        case VALUE_NULL -> cell.is(name, "", false);
        case START_OBJECT -> {
          if (within.size() >= MOST_DEPTH) {
            throw bad(line, "objects within each other, deeper than " + MOST_DEPTH, "flatten them");
          }
          members(json, within, line, cell);
        }
        case START_ARRAY ->
            throw bad(
                line,
                "\"" + name + "\" holds an array, which is no cell",
                "write each element as a name or a line of its own");
        default -> cell.is(name, json.getText(), json.currentToken().isNumeric());
      }
      within.remove(within.size() - 1);
    }
  }

  private MillwrightException bad(long line, String what, String maybe) {
    return new MillwrightException(
        ErrorCode.BAD_FILE, file + ", line " + line + ": " + what + "\nMaybe " + maybe);
  }
}
