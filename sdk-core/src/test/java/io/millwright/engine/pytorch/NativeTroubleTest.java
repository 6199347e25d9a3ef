package io.millwright.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What DJL throws becomes what a person can act on. */
class NativeTroubleTest {

  @Test
  void aLibraryThatDjlWouldHaveFetchedIsMissing() {
    Throwable thrown =
        new ExceptionInInitializerError(
            new IllegalStateException(
                "Failed to download PyTorch native library",
                new IOException("Offline mode is enabled.")));
    assertThat(NativeTrouble.explain(thrown))
        .contains("no native library", "class path")
        .doesNotContain("Offline");
  }

  @Test
  void aLibraryThatAnotherLoaderHasIsSaidToBeElsewhere() {
    Throwable thrown = new UnsatisfiedLinkError("libdjl.so already loaded in another classloader");
    assertThat(NativeTrouble.explain(thrown)).startsWith("NATIVE_ELSEWHERE").contains("Maybe");
  }
}
