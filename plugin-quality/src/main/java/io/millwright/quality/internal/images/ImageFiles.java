package io.millwright.quality.internal.images;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Which files are images. */
public final class ImageFiles {

  /** The endings that are looked at, in lower case. */
  public static final Set<String> ENDINGS =
      Set.of("png", "jpg", "jpeg", "bmp", "gif", "tif", "tiff");

  private ImageFiles() {}

  /** Whether a file lies there whose name ends like that of an image. */
  public static boolean isImage(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file) && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }
}
