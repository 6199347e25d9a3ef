package io.millwright.core.host;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of one plug-in from a folder. It looks into the plug-in's own jars first, so
 * that plug-ins may bring libraries in versions of their own; only what plug-in and host talk
 * through comes from the host, even when the plug-in carries a copy: the API, the room for Guice,
 * Guice, SLF4J, JSpecify, and facades. A facade is a type in a package below {@code io.millwright}
 * without {@code internal} in it, or in a package that the jar's manifest lists under {@link
 * #FACADES}.
 */
final class PluginClassLoader extends URLClassLoader {

  /** Manifest attribute: packages, separated by blanks, that the host may bring instead. */
  static final String FACADES = "Millwright-Facades";

  private static final List<String> SHARED =
      List.of(
          "io.millwright.api.",
          "io.millwright.core.guice.",
          "com.google.inject.",
          "jakarta.inject.",
          "org.slf4j.",
          "org.jspecify.");

  private static final String PLATFORM_SERVICES = "META-INF/services/io.millwright.";

  static {
    registerAsParallelCapable();
  }

  private final String plugin;
  private final Set<String> facades;

  /**
   * A loader over some jars.
   *
   * @param plugin the name of the jar or folder, for messages
   * @param jars the plug-in's jars
   * @param host sees the API and the facades of the host
   */
  PluginClassLoader(String plugin, List<Path> jars, ClassLoader host) throws IOException {
    super("millwright-plugin-" + plugin, urls(jars), host);
    this.plugin = plugin;
    this.facades = facades(jars);
  }

  private static URL[] urls(List<Path> jars) throws IOException {
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = jars.get(i).toUri().toURL();
    }
    return urls;
  }

  private static Set<String> facades(List<Path> jars) throws IOException {
    Set<String> packages = new HashSet<>();
    for (Path jar : jars) {
      try (JarFile file = new JarFile(jar.toFile())) {
        Manifest manifest = file.getManifest();
        String value =
            manifest == null
                ? null
                : manifest.getMainAttributes().getValue(new Attributes.Name(FACADES));
        if (value != null) {
          Collections.addAll(packages, value.strip().split("\\s+", -1));
        }
      } catch (IOException e) {
        throw new IOException("cannot read " + jar + ": " + e.getMessage(), e);
      }
    }
    return packages;
  }

  /** Whether a type comes from the host when the host has it. */
  boolean isShared(String type) {
    for (String prefix : SHARED) {
      if (type.startsWith(prefix)) {
        return true;
      }
    }
    int end = type.lastIndexOf('.');
    String room = end < 0 ? "" : type.substring(0, end);
    return facades.contains(room)
        || (room.startsWith("io.millwright.")
            && !room.startsWith("io.millwright.core")
            && !room.startsWith("io.millwright.testkit")
            && !(room + ".").contains(".internal."));
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> type = findLoadedClass(name);
      if (type == null) {
        type = find(name);
      }
      if (resolve) {
        resolveClass(type);
      }
      return type;
    }
  }

  private Class<?> find(String name) throws ClassNotFoundException {
    // The Java runtime answers for its own types; a jar could not define them anyway.
    try {
      return getPlatformClassLoader().loadClass(name);
    } catch (ClassNotFoundException e) {
      // Not of the Java runtime.
    }
    if (isShared(name)) {
      try {
        return getParent().loadClass(name);
      } catch (ClassNotFoundException e) {
        return findClass(name);
      }
    }
    try {
      return findClass(name);
    } catch (ClassNotFoundException e) {
      return getParent().loadClass(name);
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    return own != null || isPluginServices(name) ? own : getParent().getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
    if (!isPluginServices(name)) {
      all.addAll(Collections.list(getParent().getResources(name)));
    }
    return Collections.enumeration(all);
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    URL url = getResource(name);
    if (url == null) {
      return null;
    }
    try {
      // Without the cache of jar connections, which would keep the jar open after close().
      var connection = url.openConnection();
      connection.setUseCaches(false);
      return connection.getInputStream();
    } catch (IOException e) {
      return null;
    }
  }

  /** The host's own plug-ins are not this plug-in's. */
  private static boolean isPluginServices(String name) {
    return name.startsWith(PLATFORM_SERVICES);
  }

  @Override
  public String toString() {
    return "millwright-plugin-" + plugin;
  }
}
