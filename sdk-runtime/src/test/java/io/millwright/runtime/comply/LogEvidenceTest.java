package io.millwright.runtime.comply;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.runtime.verify.AuditLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogEvidenceTest {

  private static final String MODEL = "ab".repeat(32);

  @TempDir Path folder;

  private LogEvidence of(Path... folders) {
    return LogEvidence.of(List.of(folders), MODEL);
  }

  @Test
  void onlyAWholeLogThatNamesTheModelCounts() throws IOException {
    Path log = folder.resolve("log");
    try (AuditLog audit = AuditLog.open(log, Clock.systemUTC())) {
      audit.add("ann", "STORED", "press", "version 1, model " + "cd".repeat(32));
      assertThat(of(log).kept()).isFalse();
      assertThat(of(log).found()).contains("no line names the model");
      audit.add("ann", "STORED", "press", "version 2, model " + MODEL);
    }
    assertThat(of(log)).isEqualTo(new LogEvidence(true, "kept in " + log));

    Path file = log.resolve("audit-000001.log");
    Files.writeString(file, Files.readString(file).replaceFirst("version 1", "version 7"));
    assertThat(of(log).kept()).isFalse();
    assertThat(of(log).found()).contains("is broken", "line 1");
  }

  @Test
  void anyFolderIsNoLog() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(of(empty).found()).contains("holds no audit log and no journal");
    assertThat(of(folder.resolve("nope")).kept()).isFalse();
    assertThat(of().found()).isEqualTo("no log was named");
  }
}
