package io.millwright.engine.common;

import java.util.Locale;

/** The name of this platform as the artifacts with natives carry it. */
public final class Platforms {

  private Platforms() {}

  /** Such as {@code linux-x86_64}. */
  public static String name() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String cpu = arch.contains("aarch64") || arch.contains("arm64") ? "aarch64" : "x86_64";
    return (os.contains("mac") ? "osx-" : os.contains("win") ? "win-" : "linux-") + cpu;
  }
}
