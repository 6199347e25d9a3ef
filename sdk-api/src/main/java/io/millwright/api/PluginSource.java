package io.millwright.api;

import java.nio.file.Path;
import java.util.Objects;

/** Where plug-ins are looked for (plug-in discovery). */
public sealed interface PluginSource {

  /**
   * The class path, as a class loader sees it.
   *
   * @param loader the loader
   */
  record ClassPath(ClassLoader loader) implements PluginSource {
    /** Checks. */
    public ClassPath {
      Objects.requireNonNull(loader, "loader");
    }
  }

  /**
   * A folder. Every jar in it is a plug-in of its own, and every folder in it that holds jars is
   * one plug-in made of them. Each has its own class loader, which asks the host first for the
   * types that plug-in and host share.
   *
   * @param path the folder
   */
  record Folder(Path path) implements PluginSource {
    /** Checks. */
    public Folder {
      Objects.requireNonNull(path, "path");
    }
  }

  /** No plug-ins beyond those named by other sources. */
  record Nowhere() implements PluginSource {}

  /**
   * The class path of a loader.
   *
   * @param loader the loader
   * @return the source
   */
  static PluginSource classPath(ClassLoader loader) {
    return new ClassPath(loader);
  }

  /**
   * A folder of jars.
   *
   * @param path the folder
   * @return the source
   */
  static PluginSource folder(Path path) {
    return new Folder(path);
  }
}
