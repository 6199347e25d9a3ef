package io.millwright.core.host;

import java.util.Optional;

/** What stands in reports about this library and what it runs on. */
final class Versions {

  private Versions() {}

  /** The version in the jar's manifest; classes that were never packed have none. */
  static String own() {
    return Optional.ofNullable(Versions.class.getPackage().getImplementationVersion())
        .orElse("unpacked");
  }

  static String java() {
    return System.getProperty("java.version", "unknown")
        + " ("
        + System.getProperty("java.vendor", "unknown vendor")
        + ") on "
        + System.getProperty("os.name", "unknown system")
        + " "
        + System.getProperty("os.version", "")
        + " "
        + System.getProperty("os.arch", "");
  }
}
