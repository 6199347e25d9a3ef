package io.millwright.core.host;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.ApiRange;
import io.millwright.api.spi.Parts;
import io.millwright.api.spi.Plugin;
import io.millwright.api.spi.PluginContext;
import io.millwright.api.spi.TableFormat;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and ends one plug-in at a time, and answers for whatever it throws. */
final class PluginStarter {

  private static final Logger LOG = LoggerFactory.getLogger(PluginStarter.class);
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  /** Files that the host reads itself. */
  private static final Set<String> OWN_ENDINGS =
      Set.of("csv", "tsv", "txt", "gz", "jsonl", "ndjson");

  private PluginStarter() {}

  /**
   * Starts one on a thread of its own: what it throws, be it the end of the stack or of the memory,
   * and a start that does not end are this plug-in's trouble and nobody else's.
   */
  static PluginEntry start(
      Discovery.Found found,
      List<PluginEntry> others,
      Function<String, PluginContext> context,
      Duration limit) {
    Callable<Plugin> maker = found.maker();
    if (maker == null) {
      return failed(found.label(), found, failure(found.label(), found.error()));
    }
    AtomicReference<String> name = new AtomicReference<>(found.label());
    Bounded.Result<PluginEntry> result =
        Bounded.call(
            "millwright-start-" + found.label(),
            limit,
            () -> begin(found, maker, others, context, name),
            late -> {
              if (late.parts() != null) {
                close(late.name(), late.parts());
              }
            });
    if (result.value().isPresent()) {
      return result.value().get();
    }
    return failed(
        Objects.requireNonNull(name.get()),
        found,
        result
            .thrown()
            .map(e -> failure(Objects.requireNonNull(name.get()), e))
            .orElseGet(
                () ->
                    new MillwrightException(
                        ErrorCode.PLUGIN_FAILED,
                        "plug-in "
                            + Objects.requireNonNull(name.get())
                            + " did not start within "
                            + limit.toMillis()
                            + " ms and was left behind"
                            + "\nMaybe it waits for something that is not there: see its own"
                            + " documentation, or give it longer with pluginStart")));
  }

  private static PluginEntry begin(
      Discovery.Found found,
      Callable<Plugin> maker,
      List<PluginEntry> others,
      Function<String, PluginContext> context,
      AtomicReference<String> named)
      throws Exception {
    Parts parts = null;
    try {
      Plugin plugin = maker.call();
      String name = plugin.name();
      if (name == null) {
        throw new NullPointerException("Plugin.name() returned null");
      }
      named.set(name);
      MillwrightException refusal = refusal(name, plugin, found, others);
      if (refusal != null) {
        return failed(name, found, refusal);
      }
      parts = Objects.requireNonNull(plugin.create(context.apply(name)), "create returned null");
      PluginEntry entry =
          new PluginEntry(
              name,
              found.label(),
              found.source(),
              parts,
              List.copyOf(parts.facades()),
              List.copyOf(parts.tasks()),
              List.copyOf(parts.composedTasks()),
              List.copyOf(parts.listeners()),
              List.copyOf(parts.commands()),
              List.copyOf(parts.heads()),
              List.copyOf(parts.losses()),
              List.copyOf(parts.readers()),
              null);
      entry.heads().forEach(h -> checkNamed(name, "head", h.kind()));
      entry.losses().forEach(l -> checkNamed(name, "loss", l.name()));
      entry.readers().forEach(PluginStarter::checkEndings);
      for (Class<?> facade : entry.facades()) {
        if (parts.facade(facade).isEmpty()) {
          throw new IllegalStateException(
              "it lists the facade " + facade.getName() + ", but has none");
        }
      }
      LOG.debug("Plug-in {} of {} runs with facades {}", name, found.source(), entry.facades());
      return entry;
    } catch (Throwable e) {
      if (parts != null) {
        close(Objects.requireNonNull(named.get()), parts);
      }
      throw e;
    }
  }

  private static void checkNamed(String plugin, String what, String name) {
    if (!name.matches("[a-z][a-z0-9-]{0,63}") || !name.startsWith(plugin + "-")) {
      throw new IllegalStateException(
          "its " + what + " is called \"" + name + "\", but must begin with \"" + plugin + "-\"");
    }
  }

  private static void checkEndings(TableFormat format) {
    for (String ending : format.endings()) {
      if (!ending.matches("[a-z0-9]{1,32}") || OWN_ENDINGS.contains(ending)) {
        throw new IllegalStateException(
            "its format " + format.name() + " cannot claim files that end in \"" + ending + "\"");
      }
    }
  }

  private static @Nullable MillwrightException refusal(
      String name, Plugin plugin, Discovery.Found found, List<PluginEntry> others) {
    if (!NAME.matcher(name).matches()) {
      return new MillwrightException(
          ErrorCode.PLUGIN_FAILED,
          "the name \""
              + name
              + "\" does not match "
              + NAME.pattern()
              + "\nMaybe return a name such as press-line from Plugin.name()");
    }
    for (PluginEntry other : others) {
      if (other.name().equals(name) && other.parts() != null) {
        return new MillwrightException(
            ErrorCode.PLUGIN_CONFLICT,
            "a plug-in of the name "
                + name
                + " already runs, from "
                + other.source()
                + "; the one from "
                + found.source()
                + " was not started"
                + "\nMaybe remove the older of the two jars");
      }
    }
    ApiRange range = plugin.requires();
    if (!range.includes(ApiRange.CURRENT)) {
      return new MillwrightException(
          ErrorCode.PLUGIN_INCOMPATIBLE,
          "it was made for version "
              + (range.from() == range.to()
                  ? "" + range.from()
                  : range.from() + " to " + range.to())
              + " of the plug-in interface, but this Millwright has version "
              + ApiRange.CURRENT
              + "\nMaybe take "
              + (range.to() < ApiRange.CURRENT
                  ? "a later build of the plug-in"
                  : "a later Millwright"));
    }
    return null;
  }

  private static PluginEntry failed(String name, Discovery.Found found, MillwrightException error) {
    return new PluginEntry(
        name,
        found.label(),
        found.source(),
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        error);
  }

  private static MillwrightException failure(String name, @Nullable Throwable cause) {
    String remedy =
        cause instanceof LinkageError
            ? "it misses a library, or was compiled against another version of one: put what it"
                + " needs beside it"
            : cause instanceof VirtualMachineError
                ? "its code is at fault and not the host's: tell its vendor, and take its jar away"
                    + " until then"
                : "see the cause, and the plug-in's own documentation";
    return new MillwrightException(
        ErrorCode.PLUGIN_FAILED,
        "plug-in " + name + " did not start: " + cause + "\nMaybe " + remedy,
        cause);
  }

  static void close(String name, Parts parts) {
    try {
      parts.close();
    } catch (Throwable e) {
      LOG.error("Plug-in {} threw when it was closed: {}", name, e.toString());
      LOG.debug("Plug-in {} threw when it was closed", name, e);
    }
  }
}
