package io.millwright.runtime.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.runtime.support.HeldFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An audit log on a file system that refuses to touch a file that is open. */
class AuditHeldTest {

  @TempDir Path folder;

  @Test
  void anAuditLogGoesOnInTheNextFile() throws IOException {
    Path place = HeldFiles.in(folder.resolve("held"));
    for (int run = 0; run < 2; run++) {
      try (AuditLog audit = AuditLog.open(place, Clock.systemUTC(), 1_000)) {
        assertThatThrownBy(() -> AuditLog.open(place, Clock.systemUTC()))
            .hasMessageContaining("another log");
        for (int i = 0; i < 9; i++) {
          audit.add("ann", "NOTED", "press", "a line");
        }
        assertThat(AuditLog.verify(place).whole()).isTrue(); // while it is written
      }
    }
    AuditCheck check = AuditLog.verify(place);
    assertThat(check.whole()).isTrue();
    assertThat(check.lines()).isEqualTo(18);
    try (Stream<Path> files = Files.list(place)) {
      assertThat(files.filter(f -> f.toString().endsWith(".log"))).hasSizeGreaterThan(1);
    }
    // What a crash left of a line; and one that could not be verified any more.
    Path last;
    try (Stream<Path> files = Files.list(place)) {
      last = files.filter(f -> f.toString().endsWith(".log")).sorted().reduce((a, b) -> b).get();
    }
    Files.writeString(last, "{\"torn", StandardOpenOption.APPEND);
    try (AuditLog audit = AuditLog.open(place, Clock.systemUTC(), 1_000)) {
      audit.add("ann", "NOTED", "press", "");
      assertThatThrownBy(() -> audit.add("ann", "NOTED", "press", "a".repeat(1 << 20)))
          .hasMessageContaining("1 MiB")
          .hasMessageContaining("Maybe");
    }
    assertThat(AuditLog.verify(place).whole()).isTrue();
    assertThat(AuditLog.verify(place).lines()).isEqualTo(20);
  }
}
