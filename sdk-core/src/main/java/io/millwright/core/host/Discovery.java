package io.millwright.core.host;

import io.millwright.api.PluginSource;
import io.millwright.api.spi.Plugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds plug-ins on class paths and in folders. What cannot even be read or linked is a candidate
 * too, with the error, so that it can be reported by name.
 */
final class Discovery {

  // A services file may be wrong in many lines, but an iterator that never gets further must end.
  private static final int MOST_ERRORS = 1000;

  /**
   * A plug-in that was found.
   *
   * @param maker makes the plug-in, which runs its code; null when there is nothing to make
   * @param label its class, or the jar, for a plug-in without a name
   * @param source the jar or folder it came from
   * @param error why it could not be made, or null
   */
  record Found(
      @Nullable Callable<Plugin> maker, String label, String source, @Nullable Throwable error) {}

  /**
   * All that was found.
   *
   * @param plugins in the order of the sources, folders by name
   * @param loaders the loaders that were made, to be closed with the host
   */
  record Result(List<Found> plugins, List<PluginClassLoader> loaders) {
    Result {
      plugins = List.copyOf(plugins);
      loaders = List.copyOf(loaders);
    }
  }

  private final List<Found> plugins = new ArrayList<>();
  private final List<PluginClassLoader> loaders = new ArrayList<>();
  private final Set<Class<?>> seen = new HashSet<>();

  private Discovery() {}

  /**
   * Looks into the sources.
   *
   * @param sources where to look
   * @param own sees the plug-ins that need no source, and is asked by those from folders when no
   *     source names another loader
   */
  static Result find(List<PluginSource> sources, ClassLoader own) {
    Discovery discovery = new Discovery();
    ClassLoader host =
        sources.stream()
            .filter(PluginSource.ClassPath.class::isInstance)
            .map(s -> ((PluginSource.ClassPath) s).loader())
            .findFirst()
            .orElse(own);
    for (PluginSource source : sources) {
      if (source instanceof PluginSource.ClassPath path) {
        discovery.services(path.loader(), Optional.empty());
      } else if (source instanceof PluginSource.Folder folder) {
        discovery.folder(folder.path(), host);
      }
    }
    return new Result(discovery.plugins, discovery.loaders);
  }

  private void folder(Path folder, ClassLoader host) {
    List<Path> entries;
    try (Stream<Path> list = Files.list(folder)) {
      entries = list.sorted().toList();
    } catch (IOException e) {
      plugins.add(new Found(null, folder.toString(), folder.toString(), e));
      return;
    }
    for (Path entry : entries) {
      try {
        List<Path> jars =
            Files.isDirectory(entry) ? jars(entry) : isJar(entry) ? List.of(entry) : List.of();
        if (!jars.isEmpty()) {
          PluginClassLoader loader =
              new PluginClassLoader(String.valueOf(entry.getFileName()), jars, host);
          loaders.add(loader);
          services(loader, Optional.of(entry));
        }
      } catch (IOException | RuntimeException e) {
        plugins.add(new Found(null, String.valueOf(entry.getFileName()), entry.toString(), e));
      }
    }
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(Discovery::isJar).sorted().toList();
    }
  }

  private static boolean isJar(Path file) {
    return file.toString().endsWith(".jar") && Files.isRegularFile(file);
  }

  private void services(ClassLoader loader, Optional<Path> entry) {
    int before = plugins.size();
    Iterator<ServiceLoader.Provider<Plugin>> providers =
        ServiceLoader.load(Plugin.class, loader).stream().iterator();
    String place = entry.map(Path::toString).orElseGet(() -> Sources.of(loader));
    for (int errors = 0; errors < MOST_ERRORS; ) {
      ServiceLoader.Provider<Plugin> provider;
      try {
        if (!providers.hasNext()) {
          break;
        }
        provider = providers.next();
      } catch (ServiceConfigurationError | LinkageError e) {
        errors++;
        plugins.add(new Found(null, label(e), place, e));
        continue;
      }
      Class<? extends Plugin> type = provider.type();
      // One class is found again through every loader that has its own loader as ancestor.
      if ((entry.isEmpty() || type.getClassLoader() == loader) && seen.add(type)) {
        plugins.add(make(provider, entry.map(Path::toString).orElseGet(() -> Sources.of(type))));
      }
    }
    if (entry.isPresent() && plugins.size() == before) {
      String name = String.valueOf(entry.get().getFileName());
      plugins.add(
          new Found(
              null,
              name,
              place,
              new IOException(
                  "no META-INF/services/"
                      + Plugin.class.getName()
                      + " in "
                      + name
                      + " names a plug-in of its own")));
    }
  }

  private static Found make(ServiceLoader.Provider<Plugin> provider, String source) {
    String label = provider.type().getName();
    return new Found(
        () -> {
          try {
            return provider.get();
          } catch (ServiceConfigurationError e) {
            if (e.getCause() instanceof Exception cause) {
              throw cause;
            }
            throw e.getCause() instanceof Error cause ? cause : e;
          }
        },
        label,
        source,
        null);
  }

  /** The class that a message of ServiceLoader speaks of: "SERVICE: Provider CLASS ...". */
  private static String label(Throwable error) {
    String message = String.valueOf(error.getMessage());
    int at = message.indexOf(": Provider ");
    return at < 0 ? "unknown" : message.substring(at + 11).split(" ", 2)[0];
  }
}
