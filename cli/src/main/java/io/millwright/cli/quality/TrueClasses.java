package io.millwright.cli.quality;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.Table;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * True classes of images, from a table with the columns {@code file} and {@code class}. An image
 * has the class of the row whose path its own ends with, the longest first; where there is none,
 * that of the rows with its name in whatever folder, if they agree.
 */
final class TrueClasses {

  private final Map<String, String> byPath = new HashMap<>();
  private final Map<String, String> byName = new HashMap<>();

  private TrueClasses() {}

  /** Reads the table; a file that it names twice with different classes is refused. */
  static TrueClasses read(Millwright millwright, Path csv) {
    CsvFormat texts = CsvFormat.builder().rest(ColumnType.TEXT).build();
    Table table = millwright.tables().read(csv, texts).table();
    List<@Nullable String> files = table.labels("file");
    List<@Nullable String> classes = table.labels("class");
    TrueClasses known = new TrueClasses();
    for (int i = 0; i < files.size(); i++) {
      String file = files.get(i);
      String label = classes.get(i);
      if (file == null || label == null) {
        continue;
      }
      String path = slashes(Path.of(file).normalize());
      String before = known.byPath.putIfAbsent(path, label);
      if (before != null && !before.equals(label)) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            csv
                + ", row "
                + (i + 1)
                + ": "
                + file
                + " is of class "
                + label
                + ", but of class "
                + before
                + " in an earlier row\nMaybe write files with the folders that they lie in");
      }
      String name = name(path);
      known.byName.merge(name, label, (a, b) -> a.equals(b) ? a : "");
    }
    return known;
  }

  /** The class of an image, or null where the table does not say it. */
  @Nullable String of(Path image) {
    String path = slashes(image.toAbsolutePath().normalize());
    for (int from = 0; from >= 0; from = next(path, from)) {
      String label = byPath.get(path.substring(from));
      if (label != null) {
        return label;
      }
    }
    String label = byName.getOrDefault(name(path), "");
    return label.isEmpty() ? null : label;
  }

  private static int next(String path, int from) {
    int slash = path.indexOf('/', from);
    return slash < 0 ? -1 : slash + 1;
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String slashes(Path path) {
    return path.toString().replace('\\', '/');
  }
}
