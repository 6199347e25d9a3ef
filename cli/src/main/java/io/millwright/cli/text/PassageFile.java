package io.millwright.cli.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import io.millwright.api.text.Passage;
import io.millwright.cli.kit.Cells;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads passages and questions from files. */
final class PassageFile {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_LINE = 16 << 20;
  private static final Set<String> OWN = Set.of("id", "title", "text", "source", "page");

  private PassageFile() {}

  /** Whether a file holds JSON documents, one a line. */
  static boolean isJson(Path file) {
    return file.toString().matches(".*\\.(jsonl|ndjson)(\\.gz)?");
  }

  /** The documents of a file, one a line. */
  static List<JsonNode> documents(Path file) {
    List<JsonNode> all = new ArrayList<>();
    int line = 0;
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        line++;
        if (line == 1 && text.startsWith("\uFEFF")) {
          text = text.substring(1); // the byte order mark of editors on Windows
        }
        if (text.length() > LONGEST_LINE) {
          throw bad(file, line, "is longer than " + LONGEST_LINE + " characters", null);
        }
        if (!text.isBlank()) {
          JsonNode document = JSON.readTree(text);
          if (document == null || !document.isObject()) {
            throw bad(file, line, "is no JSON object", null);
          }
          all.add(document);
        }
      }
    } catch (JsonProcessingException e) {
      throw bad(file, line, "is no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          file + " cannot be read: " + e.getMessage() + "\nMaybe the path is another one",
          e);
    }
    return all;
  }

  private static MillwrightException bad(
      Path file, int line, String what, @Nullable Exception cause) {
    String text =
        file
            + ", line "
            + line
            + " "
            + what
            + "\nMaybe write one document a line, with id, title and text";
    return cause == null
        ? new MillwrightException(ErrorCode.BAD_FILE, text)
        : new MillwrightException(ErrorCode.BAD_FILE, text, cause);
  }

  /** Passages of JSON documents. */
  static List<Passage> passages(Path file) {
    List<Passage> all = new ArrayList<>();
    List<JsonNode> documents = documents(file);
    for (int i = 0; i < documents.size(); i++) {
      JsonNode d = documents.get(i);
      if (!d.path("text").isTextual()) {
        throw bad(file, i + 1, "has no text", null);
      }
      Map<String, String> fields = new TreeMap<>();
      d.properties()
          .forEach(
              f -> {
                if (!OWN.contains(f.getKey()) && f.getValue().isValueNode()) {
                  fields.put(f.getKey(), f.getValue().asText());
                }
              });
      all.add(
          new Passage(
              d.path("id").asText(Integer.toString(i + 1)),
              d.path("title").asText(""),
              d.path("text").asText(),
              d.path("source").asText(file.getFileName().toString()),
              Math.max(0, d.path("page").asInt(0)),
              fields));
    }
    return all;
  }

  /** Passages of the rows of a table; columns of words become fields. */
  static List<Passage> passages(
      Table table, Path file, String text, @Nullable String title, @Nullable String id) {
    List<@Nullable String> texts = Cells.of(table, text);
    List<@Nullable String> titles = title == null ? List.of() : Cells.of(table, title);
    List<@Nullable String> ids = id == null ? List.of() : Cells.of(table, id);
    Map<String, List<@Nullable String>> others = new TreeMap<>();
    for (String name : table.schema().names()) {
      if (!name.equals(text)
          && !table.schema().column(name).type().equals(io.millwright.api.data.ColumnType.IMAGE)) {
        others.put(name, Cells.of(table, name));
      }
    }
    List<Passage> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int r = 0; r < table.rows(); r++) {
      String own = texts.get(r);
      if (own == null || own.isBlank()) {
        continue;
      }
      Map<String, String> fields = new TreeMap<>();
      int row = r;
      others.forEach(
          (name, cells) -> {
            String cell = cells.get(row);
            if (cell != null) {
              fields.put(name, cell);
            }
          });
      String name =
          id == null ? "row " + (r + 2) : Objects.requireNonNullElse(ids.get(r), "row " + (r + 2));
      all.add(
          new Passage(
              seen.add(name) ? name : name + " (row " + (r + 2) + ")",
              title == null ? "" : Objects.requireNonNullElse(titles.get(r), ""),
              own,
              file.getFileName().toString(),
              0,
              fields));
    }
    return all;
  }
}
