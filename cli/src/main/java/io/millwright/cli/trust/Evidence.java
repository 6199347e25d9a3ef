package io.millwright.cli.trust;

import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.runtime.comply.Facts;
import io.millwright.runtime.comply.LogEvidence;
import io.millwright.runtime.verify.TrustedKeys;
import java.nio.file.Path;
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
      description = "Folders of the journal and of the audit log, which must name the model.")
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

  /** Whether predictions and changes of a model are recorded. */
  LogEvidence logs(ModelInfo model) {
    return LogEvidence.of(log, model.digest());
  }
}
