package io.millwright.quality.internal.comparison;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Image;
import io.millwright.api.spi.Problems;
import io.millwright.quality.Box;
import io.millwright.quality.ImagePair;
import io.millwright.quality.Mark;
import io.millwright.quality.MarkedPair;
import io.millwright.quality.internal.images.ImageFiles;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads pairs of images from a folder: {@code NAME_temp} or {@code NAME_template} beside {@code
 * NAME_test}, and a list {@code NAME.txt} anywhere below the folder with a line {@code x1 y1 x2 y2
 * type} for each defect. An empty list is one of a good part; without a list a pair is not
 * labelled.
 */
public final class PairFolder {

  private static final List<String> TEMPLATES = List.of("_temp", "_template");
  private static final String TEST = "_test";
  private static final String LIST = ".txt";

  private PairFolder() {}

  /** Reads all pairs, in the order of their names. */
  public static List<MarkedPair> read(Path folder) {
    Map<String, Path> images = new TreeMap<>();
    Map<String, List<Path>> lists = new HashMap<>();
    try (Stream<Path> walked = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) walked.sorted()::iterator) {
        String name = String.valueOf(file.getFileName());
        if (ImageFiles.isImage(file)) {
          images.put(stem(folder.relativize(file).toString()), file);
        } else if (name.endsWith(LIST) && Files.isRegularFile(file)) {
          lists.computeIfAbsent(stem(name), n -> new ArrayList<>()).add(file);
        }
      }
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, "cannot list " + folder + ": " + e + "\nMaybe correct the path", e);
    }
    Problems problems = new Problems("the pairs in " + folder);
    List<MarkedPair> pairs = new ArrayList<>();
    images.forEach(
        (name, file) -> {
          if (name.endsWith(TEST)) {
            String own = name.substring(0, name.length() - TEST.length());
            pair(own, file, images, lists, problems, pairs);
          }
        });
    if (pairs.isEmpty() && problems.findings().isEmpty()) {
      problems.add(
          ErrorCode.TOO_FEW_DATA,
          folder.toString(),
          "holds no pair of images",
          "name them NAME_temp.png and NAME_test.png, and their list of defects NAME.txt.");
    }
    problems.throwIfAny();
    return List.copyOf(pairs);
  }

  private static void pair(
      String name,
      Path test,
      Map<String, Path> images,
      Map<String, List<Path>> lists,
      Problems problems,
      List<MarkedPair> pairs) {
    Path template =
        TEMPLATES.stream()
            .map(t -> images.get(name + t))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    if (template == null) {
      problems.add(
          ErrorCode.TOO_FEW_DATA,
          test.toString(),
          "has no image " + name + TEMPLATES + " beside it",
          "add the template, or leave the image out.");
      return;
    }
    List<Path> all = lists.getOrDefault(String.valueOf(Path.of(name).getFileName()), List.of());
    // A list beside the images is theirs; elsewhere there must be one alone.
    List<Path> beside =
        all.stream().filter(l -> Objects.equals(l.getParent(), test.getParent())).toList();
    List<Path> own = beside.isEmpty() ? all : beside;
    if (own.size() > 1) {
      problems.add(
          ErrorCode.BAD_VALUE,
          test.toString(),
          "has more than one list of defects: " + own,
          "put the right one beside the image.");
      return;
    }
    try {
      ImagePair both = new ImagePair(Image.read(template), Image.read(test).named(name));
      pairs.add(
          own.isEmpty()
              ? MarkedPair.unlabelled(both)
              : new MarkedPair(both, marks(own.get(0), both), ""));
    } catch (MillwrightException | IllegalArgumentException | IOException e) {
      problems.add(
          ErrorCode.BAD_VALUE,
          test.toString(),
          String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          "correct it, or leave the pair out.");
    }
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return (dot < 0 ? name : name.substring(0, dot)).replace('\\', '/');
  }

  private static List<String> lines(Path list) throws IOException {
    try {
      return Files.readAllLines(list);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          list + " is not in UTF-8: write types in UTF-8 or by numbers", e);
    }
  }

  private static List<Mark> marks(Path list, ImagePair pair) throws IOException {
    List<Mark> marks = new ArrayList<>();
    int number = 0;
    for (String line : lines(list)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      String[] words = line.trim().split("[\\s,;]+", 5);
      if (words.length < 5) {
        throw new IllegalArgumentException(
            list + ", line " + number + ": \"" + line + "\" is not \"x1 y1 x2 y2 type\"");
      }
      double[] edges = new double[4];
      for (int e = 0; e < 4; e++) {
        try {
          edges[e] = Double.parseDouble(words[e]);
        } catch (NumberFormatException wrong) {
          throw new IllegalArgumentException(
              list + ", line " + number + ": \"" + words[e] + "\" is no number", wrong);
        }
      }
      Box box = new Box(edges[0], edges[1], edges[2], edges[3]);
      if (box.left() >= pair.test().width() || box.top() >= pair.test().height()) {
        throw new IllegalArgumentException(
            list + ", line " + number + ": " + box + " lies outside " + pair.test());
      }
      marks.add(new Mark(words[4].trim(), box));
    }
    return marks;
  }
}
