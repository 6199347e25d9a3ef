package io.millwright.cli.model;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The images in a folder and in the folders below it. */
final class ImageList {

  private static final Set<String> ENDINGS =
      Set.of("png", "jpg", "jpeg", "bmp", "gif", "tif", "tiff");

  private ImageList() {}

  /** All images, ordered by name; an image by itself alone. */
  static List<Path> of(Path folder) {
    List<Path> all;
    try (Stream<Path> walked = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      all = walked.filter(ImageList::isImage).sorted().toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, "cannot list " + folder + ": " + e + "\nMaybe correct the path", e);
    }
    if (all.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          folder
              + " holds no image with one of the endings "
              + ENDINGS
              + "\nMaybe correct the path");
    }
    return all;
  }

  private static boolean isImage(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file) && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  /** The folder in which an image lies, as its class; empty for an image of the folder itself. */
  static String label(Path folder, Path image) {
    Path inner = folder.relativize(image).getParent();
    return inner == null ? "" : inner.toString();
  }
}
