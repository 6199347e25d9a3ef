package io.millwright.quality.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Image;
import io.millwright.api.spi.Problems;
import io.millwright.quality.LabelledImage;
import io.millwright.quality.internal.images.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a folder of folders of images, each named after its class; or of images alone, which are of
 * one class with the folder's name.
 */
final class ImageFolder {

  private static final int MOST_PROBLEMS = 50;

  private ImageFolder() {}

  static List<LabelledImage> labelled(Path folder) {
    Problems problems = new Problems("the images in " + folder);
    List<LabelledImage> images = new ArrayList<>();
    List<Path> inner = list(folder).stream().filter(Files::isDirectory).toList();
    for (Path own : inner) {
      if (read(own, problems, images) == 0) {
        problems.add(
            ErrorCode.TOO_FEW_DATA,
            own.toString(),
            "holds no image with one of the endings " + ImageFiles.ENDINGS,
            "put images there, or remove the folder.");
      }
    }
    if (inner.isEmpty()) {
      read(folder, problems, images);
    }
    if (images.isEmpty() && problems.findings().isEmpty()) {
      problems.add(
          ErrorCode.TOO_FEW_DATA,
          folder.toString(),
          "holds neither images nor folders of images",
          "put the images of each class into a folder with its name.");
    }
    problems.throwIfAny();
    return List.copyOf(images);
  }

  /** Reads the images of one class; gives how many files there are. */
  private static int read(Path folder, Problems problems, List<LabelledImage> images) {
    String label = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    int found = 0;
    for (Path file : list(folder)) {
      if (!ImageFiles.isImage(file) || problems.findings().size() >= MOST_PROBLEMS) {
        continue;
      }
      found++;
      try {
        images.add(LabelledImage.of(Image.read(file), label));
      } catch (MillwrightException e) {
        problems.add(
            e.code(), file.toString(), first(e.getMessage()), "get it again, or leave it out.");
      }
    }
    return found;
  }

  private static String first(@org.jspecify.annotations.Nullable String message) {
    return String.valueOf(message).lines().findFirst().orElse("");
  }

  /** In the order of names, so that the same folder always gives the same training. */
  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, "cannot list " + folder + ": " + e + "\nMaybe correct the path", e);
    }
  }
}
