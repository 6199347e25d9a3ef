package io.millwright.runtime.privacy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.support.IoReason;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/**
 * Finds every file below some folders that holds a person: bundles (their golden samples hold rows
 * of training), journals, logs, tables. Looks at the bytes of whole files, in which the entries of
 * bundles stand uncompressed, and into gzip and zip archives (workbooks too), for the name composed
 * and decomposed, escaped as in JSON, in UTF-8 and UTF-16; letter for letter, capitals too. Links
 * are followed. What is hashed is not found: look for the pseudonym too.
 */
public final class PersonSearch {

  private PersonSearch() {}

  /**
   * A file that holds the person, or may do so.
   *
   * @param file the file
   * @param times how often; 0 for a file that cannot be looked into: sealed, Parquet, Arrow, PDF,
   *     packed in other ways or damaged
   * @param remedy what to do about it
   */
  public record Found(Path file, int times, String remedy) {
    /** Checks. */
    public Found {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(remedy, "remedy");
    }
  }

  /**
   * Searches.
   *
   * @param folders where models, journals and logs lie
   * @param name how the person is called in the data: at least 3 characters
   * @return the files, in the order of their paths
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} for a shorter name, {@link
   *     ErrorCode#IO_FAILED}
   */
  public static List<Found> in(List<Path> folders, String name) {
    if (name.length() < 3) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the name \"" + name + "\" is short and would be found everywhere\nMaybe the full name");
    }
    NameForms forms = new NameForms(name);
    List<Found> found = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
        for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
          int times = times(forms, file);
          if (times > 0) {
            found.add(new Found(file, times, remedy(file.getFileName().toString())));
          } else if (times < 0 || NameForms.shut(file)) {
            found.add(new Found(file, 0, "read it with what wrote it: it cannot be looked into"));
          }
        }
      } catch (UncheckedIOException e) {
        throw failed(folder, Objects.requireNonNull(e.getCause()));
      } catch (IOException e) {
        throw failed(folder, e);
      }
    }
    return found;
  }

  private static MillwrightException failed(Path folder, IOException e) {
    return new MillwrightException(
        ErrorCode.IO_FAILED,
        "cannot search "
            + folder
            + ": "
            + IoReason.of(e)
            + "\nMaybe the user has no right to read it, or a link leads in a circle",
        e);
  }

  private static String remedy(String file) {
    if (file.endsWith(".mwb")) {
      return "train the model anew without the person, promote it and delete this version";
    }
    if (file.endsWith(".jsonl")) {
      return "erase the predictions: millwright serve-log DIR --erase NAME";
    }
    if (file.startsWith("audit-")) {
      return "an audit log is kept as long as the law asks for: note the request in it";
    }
    return "erase the person from this file";
  }

  /** How often; -1 where an archive is damaged. */
  private static int times(NameForms forms, Path file) throws IOException {
    try {
      return forms.times(file);
    } catch (ZipException | EOFException e) {
      return -1;
    }
  }
}
