package io.millwright.cli.trust;

import io.millwright.api.MillwrightException;
import io.millwright.runtime.comply.Facts;
import io.millwright.runtime.verify.TrustedKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a report on a model leans on besides its file. Filled by picocli; not thread-safe. */
public final class Evidence {

  @Option(
      names = "--facts",
      paramLabel = "FILE",
      description = "What the provider knows: lines of name = text.")
  @Nullable Path facts;

  @Option(
      names = "--trusted",
      split = ",",
      paramLabel = "PEM",
      description = "Public keys that are trusted.")
  List<Path> trusted = List.of();

  @Option(
      names = "--log",
      split = ",",
      paramLabel = "DIR",
      description = "Folders of the journal and of the audit log.")
  List<Path> log = List.of();

  /** The facts, none without a file. */
  Facts read() {
    return facts == null ? Facts.none() : Facts.read(facts);
  }

  /** Who signed a file, when a trusted key did. */
  Optional<String> signature(Path file) {
    if (trusted.isEmpty()) {
      return Optional.empty();
    }
    try {
      var signature = TrustedKeys.files(trusted).check(file);
      return Optional.of(signature.signer() + " at " + signature.at());
    } catch (MillwrightException e) {
      if (e.code().equals(TrustedKeys.BAD_SIGNATURE)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Where predictions and changes are recorded: only folders that are there count. */
  Optional<String> logs() {
    List<String> there = new ArrayList<>();
    for (Path folder : log) {
      if (Files.isDirectory(folder)) {
        there.add(folder.toString());
      }
    }
    return there.isEmpty() ? Optional.empty() : Optional.of("kept in " + String.join(", ", there));
  }
}
