package io.millwright.runtime.comply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompliancePolicyTest {

  @TempDir Path folder;

  @Test
  void filesOfEditorsOfWindowsAreRead() throws IOException {
    Path policy =
        Files.writeString(folder.resolve("policy"), "\uFEFFsigned\r\nage <= 365 days\r\n");
    assertThat(CompliancePolicy.read(policy)).isNotNull();
    Path facts = Files.writeString(folder.resolve("facts"), "\uFEFFprovider = Press & Co\r\n");
    assertThat(Facts.read(facts).of("provider")).contains("Press & Co");
  }
}
