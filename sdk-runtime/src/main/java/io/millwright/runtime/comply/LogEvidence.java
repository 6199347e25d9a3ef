package io.millwright.runtime.comply;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.journal.PredictionJournal;
import io.millwright.runtime.support.IoReason;
import io.millwright.runtime.verify.AuditCheck;
import io.millwright.runtime.verify.AuditLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Evidence of record-keeping (Regulation (EU) 2024/1689, article 12): whether audit logs and
 * prediction journals are there, whole, and speak of a model. Immutable.
 *
 * @param kept whether every folder is a whole log and at least one speaks of the model
 * @param found what was found, or why it is not enough
 */
public record LogEvidence(boolean kept, String found) {

  /** Checks. */
  public LogEvidence {
    Objects.requireNonNull(found, "found");
  }

  /**
   * Looks into folders. Audit logs are verified line by line.
   *
   * @param folders of audit logs and journals
   * @param digest the model's digest, which a line of a log or an answer of a journal must name
   * @return what they show; not kept when a folder is missing, empty, no log or broken
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} when a folder cannot be read
   */
  public static LogEvidence of(List<Path> folders, String digest) {
    Objects.requireNonNull(digest, "digest");
    if (folders.isEmpty()) {
      return new LogEvidence(false, "no log was named");
    }
    List<String> wrong = new ArrayList<>();
    List<String> speaking = new ArrayList<>();
    for (Path folder : folders) {
      boolean audit = holds(folder, "audit-[0-9]{6}\\.log");
      boolean journal = holds(folder, "predictions-[0-9]{6,9}\\.jsonl");
      boolean[] named = new boolean[1];
      if (audit) {
        AuditCheck check =
            AuditLog.read(
                folder, l -> named[0] |= l.about().contains(digest) || l.detail().contains(digest));
        check
            .broken()
            .ifPresent(
                b ->
                    wrong.add(
                        "the audit log in "
                            + folder
                            + " is broken: "
                            + b.file()
                            + ", line "
                            + b.line()
                            + ": "
                            + b.why()));
      }
      if (journal) {
        named[0] |= PredictionJournal.read(folder).stream().anyMatch(e -> e.model().equals(digest));
      }
      if (!audit && !journal) {
        wrong.add(folder + " holds no audit log and no journal");
      } else if (named[0]) {
        speaking.add(folder.toString());
      }
    }
    if (!wrong.isEmpty()) {
      return new LogEvidence(false, String.join("; ", wrong));
    }
    return speaking.isEmpty()
        ? new LogEvidence(false, "no line names the model " + digest)
        : new LogEvidence(true, "kept in " + String.join(", ", speaking));
  }

  private static boolean holds(Path folder, String pattern) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(f -> f.getFileName().toString().matches(pattern));
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "cannot list "
              + folder
              + ": "
              + IoReason.of(e)
              + "\nMaybe the user has no right to the folder",
          e);
    }
  }
}
