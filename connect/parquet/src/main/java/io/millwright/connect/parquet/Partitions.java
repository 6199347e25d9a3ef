package io.millwright.connect.parquet;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Unit;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of a folder and what the names of their folders say. */
final class Partitions {

  /** How Hive writes a missing value into the name of a folder. */
  private static final String MISSING = "__HIVE_DEFAULT_PARTITION__";

  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,14})(\\.\\d+)?");

  private Partitions() {}

  /** A file, or those of a folder in the order of their names. */
  static List<OneFile> files(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(OneFile.open(path, Map.of()));
    }
    List<OneFile> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(path)) {
      for (Path file : all.filter(Partitions::isData).sorted().toList()) {
        files.add(OneFile.open(file, keys(path, file)));
      }
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "cannot list " + path + ": " + e + "\nMaybe check the right to read it",
          e);
    }
    if (files.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          path + " holds no file that ends in .parquet\nMaybe another folder is meant");
    }
    return files;
  }

  /** What writers leave beside data begins with a mark. */
  private static boolean isData(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".parquet")
        && !name.startsWith("_")
        && !name.startsWith(".")
        && Files.isRegularFile(file);
  }

  private static Map<String, @Nullable String> keys(Path root, Path file) {
    Map<String, @Nullable String> keys = new LinkedHashMap<>();
    for (Path part : root.relativize(file)) {
      int equals = part.toString().indexOf('=');
      if (equals > 0 && !part.equals(file.getFileName())) {
        String value = part.toString().substring(equals + 1);
        keys.put(
            decoded(part.toString().substring(0, equals)),
            value.equals(MISSING) ? null : decoded(value));
      }
    }
    return keys;
  }

  private static String decoded(String name) {
    try {
      // A plus is a plus in the name of a folder.
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }

  /** The columns that keys become: numbers or dates where all values are, else categories. */
  static List<Column> columns(List<OneFile> files) {
    List<Column> columns = new ArrayList<>();
    for (String key : files.get(0).keys().keySet()) {
      ColumnType type =
          all(files, key, v -> NUMBER.matcher(v).matches())
              ? ColumnType.NUMBER
              : all(files, key, Partitions::isDate) ? ColumnType.TIME : ColumnType.CATEGORY;
      columns.add(new Column(key, type, Unit.NONE));
    }
    return columns;
  }

  private static boolean all(List<OneFile> files, String key, Predicate<String> rule) {
    return files.stream().map(f -> f.keys().get(key)).allMatch(v -> v == null || rule.test(v));
  }

  private static boolean isDate(String value) {
    try {
      return LocalDate.parse(value).getYear() <= 9999;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
