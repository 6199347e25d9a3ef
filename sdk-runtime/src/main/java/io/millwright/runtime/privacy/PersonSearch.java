package io.millwright.runtime.privacy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.support.IoReason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Finds every file below some folders that holds a person: bundles (their golden samples hold rows
 * of training), journals, logs, tables. Looks at the bytes of whole files, in which the entries of
 * bundles stand uncompressed. What is sealed or hashed is not found; look for the pseudonym too.
 */
public final class PersonSearch {

  private PersonSearch() {}

  /**
   * A file that holds the person.
   *
   * @param file the file
   * @param times how often
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
    byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    if (name.length() < 3) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the name \"" + name + "\" is short and would be found everywhere\nMaybe the full name");
    }
    List<Found> found = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
          int times = times(file, wanted);
          if (times > 0) {
            found.add(new Found(file, times, remedy(file.getFileName().toString())));
          }
        }
      } catch (IOException e) {
        throw new MillwrightException(
            ErrorCode.IO_FAILED,
            "cannot search "
                + folder
                + ": "
                + IoReason.of(e)
                + "\nMaybe the user has no right to read it",
            e);
      }
    }
    return found;
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

  /** Counts a text in a file of any size (Knuth, Morris and Pratt). */
  private static int times(Path file, byte[] wanted) throws IOException {
    int[] back = new int[wanted.length];
    for (int i = 1, k = 0; i < wanted.length; i++) {
      while (k > 0 && wanted[i] != wanted[k]) {
        k = back[k - 1];
      }
      k += wanted[i] == wanted[k] ? 1 : 0;
      back[i] = k;
    }
    int times = 0;
    int k = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      for (int b = in.read(); b >= 0; b = in.read()) {
        while (k > 0 && (byte) b != wanted[k]) {
          k = back[k - 1];
        }
        k += (byte) b == wanted[k] ? 1 : 0;
        if (k == wanted.length) {
          times++;
          k = back[k - 1];
        }
      }
    }
    return times;
  }
}
