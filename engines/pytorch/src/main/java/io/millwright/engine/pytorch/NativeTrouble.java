package io.millwright.engine.pytorch;

import io.millwright.engine.common.Platforms;

/** Turns what is thrown when an engine does not start into what a person can do about it. */
final class NativeTrouble {

  private NativeTrouble() {}

  static String explain(Throwable thrown) {
    StringBuilder said = new StringBuilder();
    for (Throwable t = thrown; t != null && said.length() < 4000; t = t.getCause()) {
      said.append(t).append("; ");
    }
    String text = said.toString();
    if (text.contains("already loaded in another classloader")) {
      return "NATIVE_ELSEWHERE: its native library is already loaded by another class loader of"
          + " this process, and a process can load it only once\n"
          + "Maybe put millwright-core, DJL and the native jars on the loader that both"
          + " share, see docs/engines.md, \"Application servers\"";
    }
    if (text.contains("Offline mode")) {
      // DJL wanted to download one. Whoever lists the engines says what to add.
      return "no native library that fits this computer is on the class path";
    }
    if (thrown instanceof NoClassDefFoundError && text.contains("ai/djl")) {
      return "DJL is not on the class path\n"
          + "Maybe add ai.djl:api and ai.djl.pytorch:pytorch-engine, which millwright-core"
          + " brings along";
    }
    String platform = Platforms.name();
    if (text.contains("offline")
        || text.contains("native")
        || text.contains("UnsatisfiedLink")
        || text.contains("No deep learning engine")
        || text.contains("engine not found")) {
      return "its native library is missing or does not load: "
          + first(thrown)
          + "\nMaybe add the dependency io.millwright:millwright-pytorch-"
          + platform
          + ", or set PYTORCH_LIBRARY_PATH to an installed libtorch";
    }
    return "it did not start: " + first(thrown) + "\nMaybe see docs/engines.md";
  }

  private static String first(Throwable thrown) {
    Throwable deepest = thrown;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.toString();
  }
}
