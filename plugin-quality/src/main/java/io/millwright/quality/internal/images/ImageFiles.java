package io.millwright.quality.internal.images;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Which files are images. */
public final class ImageFiles {

  /** The endings that are looked at, in lower case. */
  public static final List<String> ENDINGS =
      List.of("png", "jpg", "jpeg", "bmp", "gif", "tif", "tiff");

  private ImageFiles() {}

  /** Whether a file lies there whose name ends like that of an image. */
  public static boolean isImage(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file) && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }
}
