package io.millwright.quality.internal.detection;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.Image;
import io.millwright.api.data.Table;
import io.millwright.api.spi.Problems;
import io.millwright.quality.Box;
import io.millwright.quality.Mark;
import io.millwright.quality.MarkedImage;
import io.millwright.quality.internal.images.ImageFiles;
import io.millwright.runtime.tables.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a folder of images with the boxes of a table or the masks of a folder of the same names.
 */
public final class MarkedFolder {

  private static final List<List<String>> EDGES =
      List.of(
          List.of("xmin", "left", "x1"),
          List.of("ymin", "top", "y1"),
          List.of("xmax", "right", "x2"),
          List.of("ymax", "bottom", "y2"));

  /** Regions of a mask smaller than this many pixels are specks. */
  private static final int LEAST_REGION = 4;

  private MarkedFolder() {}

  /**
   * Reads.
   *
   * @param folder holds the images, at any depth
   * @param truth a CSV file of boxes, or a folder of masks, or empty when nothing is known
   */
  public static List<MarkedImage> read(Path folder, Optional<Path> truth) {
    List<Path> files = images(folder);
    Problems problems = new Problems("the images in " + folder);
    Optional<Path> table = truth.filter(t -> !Files.isDirectory(t));
    Map<String, List<Mark>> marks = table.map(t -> boxes(t, problems)).orElse(Map.of());
    Map<String, Path> masks =
        truth.filter(Files::isDirectory).map(MarkedFolder::masks).orElse(Map.of());
    nearly(files.stream().map(f -> name(folder, f)).toList(), marks.keySet(), false, problems);
    nearly(files.stream().map(f -> name(folder, f)).toList(), masks.keySet(), true, problems);
    int matched = 0;
    List<MarkedImage> all = new ArrayList<>();
    for (Path file : files) {
      String name = name(folder, file);
      Path mask = masks.get(stem(name));
      List<Mark> own = marks.getOrDefault(name, List.of());
      matched += mask == null && own.isEmpty() ? 0 : 1;
      try {
        Image image = Image.read(file).named(name);
        all.add(
            mask == null
                ? MarkedImage.of(image, own)
                : masked(image, mask, folder.relativize(file)));
      } catch (MillwrightException | IllegalArgumentException e) {
        problems.add(
            ErrorCode.BAD_VALUE,
            file.toString(),
            String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
            "get it again, or leave it out.");
      }
    }
    if (matched == 0 && truth.isPresent()) {
      problems.add(
          ErrorCode.TOO_FEW_DATA,
          truth.get().toString(),
          "has nothing for any of the " + files.size() + " images, such as " + files.get(0),
          "name images as they lie below " + folder + ", or masks like their images.");
    }
    problems.throwIfAny();
    return List.copyOf(all);
  }

  /**
   * The truth may speak of images that lie elsewhere. But where it speaks of one of almost the name
   * of an image of which it says nothing, that would be learnt from as a good part.
   */
  private static void nearly(
      List<String> images, Set<String> truth, boolean stems, Problems problems) {
    Set<String> own = new HashSet<>();
    images.forEach(i -> own.add(stems ? stem(i) : i));
    Map<String, String> strays = new TreeMap<>();
    Map<String, String> ends = new TreeMap<>();
    for (String name : truth) {
      if (!own.contains(name)) {
        strays.put(plain(name), name);
        tails(plain(name)).forEach(t -> ends.putIfAbsent(t, name));
      }
    }
    for (String image : images) {
      if (!truth.contains(stems ? stem(image) : image)) {
        // Either may say more of the folders than the other.
        String near = ends.get(plain(image));
        for (String tail : tails(plain(image))) {
          near = near == null ? strays.get(tail) : near;
        }
        if (near != null) {
          problems.add(
              ErrorCode.BAD_VALUE,
              image,
              "has no defect by its name, but the truth has some of \"" + near + "\"",
              "name it in the truth as it lies below the folder.");
        }
      }
    }
  }

  /** A name without its ending, in lower case, with one kind of stroke. */
  private static String plain(String name) {
    return stem(name.replace('\\', '/').replaceFirst("^(\\./)+", "")).toLowerCase(Locale.ROOT);
  }

  /** A path, and what is left of it without its first folders. */
  private static List<String> tails(String name) {
    List<String> all = new ArrayList<>();
    all.add(name);
    for (int at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) {
      all.add(name.substring(at + 1));
    }
    return all;
  }

  private static List<Path> images(Path folder) {
    try (Stream<Path> walked = Files.walk(folder)) {
      List<Path> files = walked.filter(ImageFiles::isImage).sorted().toList();
      if (files.isEmpty()) {
        throw new MillwrightException(
            ErrorCode.TOO_FEW_DATA,
            folder
                + " holds no image with one of the endings "
                + ImageFiles.ENDINGS
                + "\nMaybe correct it");
      }
      return files;
    } catch (IOException | UncheckedIOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, "cannot list " + folder + ": " + e + "\nMaybe correct the path", e);
    }
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') ? name.substring(0, dot) : name;
  }

  private static Map<String, Path> masks(Path folder) {
    Map<String, Path> masks = new HashMap<>();
    images(folder).forEach(f -> masks.put(stem(name(folder, f)), f));
    return masks;
  }

  /** The class of a region is the name of the folder that its image lies in. */
  private static MarkedImage masked(Image image, Path file, Path relative) {
    Path inner = relative.getParent();
    String label = inner == null ? "defect" : String.valueOf(inner.getFileName());
    Image mask = Image.read(file);
    List<Mark> marks =
        Box.ofMask(mask, LEAST_REGION).stream().map(b -> new Mark(label, b)).toList();
    return new MarkedImage(image, marks, Optional.of(mask), "");
  }

  private static Map<String, List<Mark>> boxes(Path file, Problems problems) {
    Table table =
        Tables.reader().read(file, CsvFormat.builder().rest(ColumnType.TEXT).build()).table();
    List<@Nullable String> files = table.labels("file");
    List<@Nullable String> classes = table.labels("class");
    List<List<@Nullable String>> edges = new ArrayList<>();
    for (List<String> names : EDGES) {
      edges.add(
          names.stream()
              .flatMap(n -> Stream.of(n, n + "_px"))
              .filter(n -> table.schema().columns().stream().anyMatch(c -> c.name().equals(n)))
              .findFirst()
              .map(table::labels)
              .orElseThrow(
                  () ->
                      new MillwrightException(
                          ErrorCode.MISSING_COLUMN,
                          file
                              + " has none of the columns "
                              + names
                              + "\nMaybe name its columns file, class, xmin, ymin, xmax, ymax")));
    }
    Map<String, List<Mark>> marks = new HashMap<>();
    double largest = 0;
    for (int i = 0; i < files.size(); i++) {
      String image = files.get(i);
      String label = classes.get(i);
      if (image == null || label == null) {
        problems.add(
            ErrorCode.MISSING_VALUE,
            file + ", row " + (i + 1),
            image == null ? "has no file" : "has no class",
            "name the image and the class of its defect; an image without defects has no row.");
        continue;
      }
      try {
        double[] box = new double[4];
        for (int e = 0; e < 4; e++) {
          box[e] = Double.parseDouble(String.valueOf(edges.get(e).get(i)));
          largest = Math.max(largest, box[e]);
        }
        marks
            .computeIfAbsent(image, f -> new ArrayList<>())
            .add(new Mark(label, new Box(box[0], box[1], box[2], box[3])));
      } catch (IllegalArgumentException e) {
        problems.add(
            ErrorCode.BAD_VALUE,
            file + ", row " + (i + 1),
            String.valueOf(e.getMessage()),
            "give numbers of pixels, with the right edge beyond the left one.");
      }
    }
    if (!marks.isEmpty() && largest <= 1) {
      problems.add(
          ErrorCode.BAD_VALUE,
          file.toString(),
          "has no edge beyond 1, as if they were shares of the image",
          "multiply them by its width and height: edges are in pixels.");
    }
    return marks;
  }
}
