package io.millwright.core.host;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;

/**
 * Names where a class and a class loader come from, so that messages can say which jar to look at.
 */
final class Sources {

  private Sources() {}

  static String of(Class<?> type) {
    CodeSource code = type.getProtectionDomain().getCodeSource();
    URL url = code == null ? null : code.getLocation();
    if (url == null) {
      return "the Java runtime";
    }
    try {
      return Path.of(url.toURI()).toString();
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return url.toString();
    }
  }

  static String of(ClassLoader loader) {
    String name = loader.getName();
    String text = loader.toString();
    return name == null || text.contains(name) ? text : "'" + name + "' (" + text + ")";
  }

  /** A class by its name, its loader and its jar. */
  static String describe(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return type.getName()
        + " of class loader "
        + (loader == null ? "bootstrap" : of(loader))
        + " from "
        + of(type);
  }
}
