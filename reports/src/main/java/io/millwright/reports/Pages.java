package io.millwright.reports;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** What pages of different reports do alike (report kit). */
public final class Pages {

  /** What stands at the end of our own pages. */
  public static final String FOOTER =
      "Written by Millwright. The page holds everything it shows and asks nothing of any other"
          + " place.";

  private Pages() {}

  /** Writes a page, making its folder. */
  public static void write(Path file, String html) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, html);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "cannot write the report " + file + "\nMaybe name another place with --html",
          e);
    }
  }

  /** For a table in which no cell is set off. */
  public static List<Integer> none(int rows) {
    return Collections.nCopies(rows, -1);
  }
}
