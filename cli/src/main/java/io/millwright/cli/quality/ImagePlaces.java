package io.millwright.cli.quality;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Images, and folders that hold some. */
final class ImagePlaces {

  private static final List<String> ENDINGS =
      List.of("png", "jpg", "jpeg", "bmp", "gif", "tif", "tiff");

  private ImagePlaces() {}

  /** The files, those of a folder in the order of their names. */
  static List<Path> files(List<Path> places) {
    List<Path> files = new ArrayList<>();
    places.forEach(place -> files.addAll(images(place)));
    if (files.isEmpty() && !places.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "there is no image in " + places + "\nMaybe their endings are not among " + ENDINGS);
    }
    return files;
  }

  /** Those of one folder, or the file itself; none is no fault. */
  static List<Path> images(Path place) {
    try (Stream<Path> all = Files.walk(place)) {
      return all.filter(Files::isRegularFile)
          .filter(f -> place.equals(f) || isImage(f))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, "cannot read " + place + "\nMaybe correct the path", e);
    }
  }

  private static boolean isImage(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }
}
