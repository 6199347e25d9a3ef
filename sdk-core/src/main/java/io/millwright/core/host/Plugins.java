package io.millwright.core.host;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.HostReport;
import io.millwright.api.MillwrightException;
import io.millwright.api.Task;
import io.millwright.api.learn.Binding;
import io.millwright.api.spi.ApiRange;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.Parts;
import io.millwright.api.spi.Plugin;
import io.millwright.api.spi.PluginContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plug-ins of one instance: starts each in isolation, answers for facades and tasks, ends them
 * in reverse order. Unchanging after {@link #start}, so thread-safe.
 */
final class Plugins {

  private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  /** One plug-in, running or not. */
  private record Entry(
      String name,
      String label,
      String source,
      @Nullable Parts parts,
      List<Class<?>> facades,
      List<Binding<?, ?, ?>> tasks,
      List<ComposedTask<?, ?>> composed,
      @Nullable MillwrightException error) {

    /** Both kinds of tasks that it offers. */
    List<Task<?, ?>> offered() {
      List<Task<?, ?>> all = new ArrayList<>();
      tasks.forEach(t -> all.add(t.task()));
      composed.forEach(t -> all.add(t.task()));
      return all;
    }
  }

  /** What a plug-in offers of one kind, and who offers it. */
  private record Offer<T>(Entry entry, T what) {}

  private final List<Entry> entries = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  private Plugins() {}

  /**
   * Starts plug-ins.
   *
   * @param found what was found
   * @param context lends to the plug-in of a name
   */
  static Plugins start(List<Discovery.Found> found, Function<String, PluginContext> context) {
    Plugins plugins = new Plugins();
    for (Discovery.Found candidate : found) {
      plugins.entries.add(plugins.start(candidate, context));
    }
    for (Entry entry : plugins.entries) {
      if (entry.error != null) {
        LOG.warn("Plug-in {} of {} does not run", entry.name, entry.source, entry.error);
        plugins.findings.add(finding(entry, entry.error));
      }
    }
    plugins.findConflicts();
    return plugins;
  }

  private static Finding finding(Entry entry, MillwrightException error) {
    String text = Objects.requireNonNull(error.getMessage());
    String message = text.startsWith("[") ? text.substring(text.indexOf(']') + 2) : text;
    int maybe = message.lastIndexOf("\nMaybe ");
    return new Finding(
        error.code(),
        "plug-in " + entry.name + " of " + entry.source,
        maybe < 0 ? message : message.substring(0, maybe),
        maybe < 0 ? "" : message.substring(maybe + 7));
  }

  private Entry start(Discovery.Found found, Function<String, PluginContext> context) {
    Plugin plugin = found.plugin();
    if (plugin == null) {
      return failed(found.label(), found, failure(found.label(), found.error()));
    }
    String name = found.label();
    Parts parts = null;
    try {
      name = String.valueOf(plugin.name());
      MillwrightException refusal = refusal(name, plugin, found);
      if (refusal != null) {
        return failed(name, found, refusal);
      }
      parts = Objects.requireNonNull(plugin.create(context.apply(name)), "create returned null");
      Entry entry =
          new Entry(
              name,
              found.label(),
              found.source(),
              parts,
              List.copyOf(parts.facades()),
              List.copyOf(parts.tasks()),
              List.copyOf(parts.composedTasks()),
              null);
      for (Class<?> facade : entry.facades) {
        if (parts.facade(facade).isEmpty()) {
          throw new IllegalStateException(
              "it lists the facade " + facade.getName() + ", but has none");
        }
      }
      LOG.debug("Plug-in {} of {} runs with facades {}", name, found.source(), entry.facades);
      return entry;
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      if (parts != null) {
        close(name, parts);
      }
      return failed(name, found, failure(name, e));
    }
  }

  private @Nullable MillwrightException refusal(String name, Plugin plugin, Discovery.Found found) {
    if (!NAME.matcher(name).matches()) {
      return new MillwrightException(
          ErrorCode.PLUGIN_FAILED,
          "the name \""
              + name
              + "\" does not match "
              + NAME.pattern()
              + "\nMaybe return a name such as press-line from Plugin.name()");
    }
    for (Entry other : entries) {
      if (other.name.equals(name) && other.parts != null) {
        return new MillwrightException(
            ErrorCode.PLUGIN_CONFLICT,
            "a plug-in of the name "
                + name
                + " already runs, from "
                + other.source
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

  private static Entry failed(String name, Discovery.Found found, MillwrightException error) {
    return new Entry(
        name, found.label(), found.source(), null, List.of(), List.of(), List.of(), error);
  }

  private static MillwrightException failure(String name, @Nullable Throwable cause) {
    String remedy =
        cause instanceof LinkageError
            ? "it misses a library, or was compiled against another version of one: put what it"
                + " needs beside it"
            : "see the cause, and the plug-in's own documentation";
    return new MillwrightException(
        ErrorCode.PLUGIN_FAILED,
        "plug-in " + name + " did not start: " + cause + "\nMaybe " + remedy,
        cause);
  }

  private void findConflicts() {
    Map<Class<?>, List<String>> facades = new LinkedHashMap<>();
    Map<String, List<String>> tasks = new LinkedHashMap<>();
    for (Entry entry : entries) {
      String who = entry.name + " of " + entry.source;
      entry.facades.forEach(f -> facades.computeIfAbsent(f, k -> new ArrayList<>()).add(who));
      entry
          .offered()
          .forEach(t -> tasks.computeIfAbsent(t.toString(), k -> new ArrayList<>()).add(who));
    }
    facades.forEach((facade, who) -> conflict("facade " + facade.getName(), who));
    tasks.forEach((task, who) -> conflict("task " + task, who));
  }

  private void conflict(String what, List<String> who) {
    if (who.size() > 1) {
      findings.add(
          new Finding(
              ErrorCode.PLUGIN_CONFLICT,
              what,
              "offered by several plug-ins: " + who,
              "keep one of them"));
    }
  }

  <F> F facade(Class<F> type) {
    List<Offer<F>> offers = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.parts != null && entry.facades.contains(type)) {
        entry.parts.facade(type).ifPresent(f -> offers.add(new Offer<>(entry, f)));
      }
    }
    if (offers.size() == 1) {
      return offers.get(0).what;
    }
    if (offers.size() > 1) {
      throw severalOffer(
          "the facade " + type.getName(), offers.stream().map(Offer::entry).toList());
    }
    throw noFacade(type);
  }

  private static MillwrightException severalOffer(String what, List<Entry> who) {
    return new MillwrightException(
        ErrorCode.PLUGIN_CONFLICT,
        what
            + " is offered by several plug-ins: "
            + who.stream().map(e -> e.name + " of " + e.source).collect(Collectors.joining(", "))
            + "\nMaybe keep one of them");
  }

  private MillwrightException noFacade(Class<?> type) {
    for (Entry entry : entries) {
      for (Class<?> other : entry.facades) {
        if (other.getName().equals(type.getName())) {
          return new MillwrightException(
              ErrorCode.PLUGIN_CONFLICT,
              "the facade "
                  + type.getName()
                  + " was loaded twice: the caller's is "
                  + Sources.describe(type)
                  + ", that of plug-in "
                  + entry.name
                  + " is "
                  + Sources.describe(other)
                  + "\n"
                  + "Maybe keep the facade's jar on the host's class path only, or list its package"
                  + " under "
                  + PluginClassLoader.FACADES
                  + " in the manifest of the plug-in's jar");
        }
      }
    }
    for (Entry entry : entries) {
      if (entry.error != null && (entry.label + ".").startsWith(type.getPackageName() + ".")) {
        // The cause is kept as it is, so that its code and its whole text can be read.
        return new MillwrightException(
            entry.error.code(),
            "the facade "
                + type.getName()
                + " is not there, because its plug-in "
                + entry.name
                + " of "
                + entry.source
                + " does not run: "
                + withoutCode(entry.error),
            entry.error.getCause() == null ? entry.error : entry.error.getCause());
      }
    }
    return new MillwrightException(
        ErrorCode.NO_PLUGIN,
        "no running plug-in has the facade "
            + type.getName()
            + "; running: "
            + names(e -> e.parts != null)
            + "; not running: "
            + names(e -> e.error != null)
            + "\nMaybe "
            + artifact(type)
                .map(a -> "add the dependency " + a)
                .orElse("add the plug-in that implements it, or ask for its public interface"));
  }

  private static String withoutCode(MillwrightException error) {
    String text = Objects.requireNonNull(error.getMessage());
    return text.substring(text.indexOf(']') + 2);
  }

  private List<String> names(java.util.function.Predicate<Entry> which) {
    return entries.stream().filter(which).map(Entry::name).toList();
  }

  /** By convention the facade package {@code io.millwright.AREA} is in {@code millwright-AREA}. */
  private static Optional<String> artifact(Class<?> facade) {
    String[] parts = facade.getPackageName().split("\\.", -1);
    return parts.length == 3 && parts[0].equals("io") && parts[1].equals("millwright")
        ? Optional.of("io.millwright:millwright-" + parts[2])
        : Optional.empty();
  }

  /** The binding of a task, with the types its caller uses. */
  <I, V> Binding<I, ?, V> binding(Task<I, V> task) {
    List<Offer<Binding<?, ?, ?>>> sameId = new ArrayList<>();
    for (Entry entry : entries) {
      for (Binding<?, ?, ?> binding : entry.tasks) {
        if (binding.task().id().equals(task.id())) {
          sameId.add(new Offer<>(entry, binding));
        }
      }
    }
    List<Offer<Binding<?, ?, ?>>> exact =
        sameId.stream().filter(o -> o.what.task().equals(task)).toList();
    if (exact.size() > 1) {
      throw severalOffer("the task " + task, exact.stream().map(Offer::entry).toList());
    }
    if (exact.isEmpty()) {
      throw noBinding(task, sameId);
    }
    // Equal tasks have equal classes of input and answer.
    @SuppressWarnings("unchecked")
    Binding<I, ?, V> binding = (Binding<I, ?, V>) exact.get(0).what;
    return binding;
  }

  /** A task whose models a plug-in composes by itself, when one with these types is offered. */
  <I, V> Optional<ComposedTask<I, V>> composed(Task<I, V> task) {
    List<Offer<ComposedTask<?, ?>>> exact = new ArrayList<>();
    for (Entry entry : entries) {
      for (ComposedTask<?, ?> composed : entry.composed) {
        if (composed.task().equals(task)) {
          exact.add(new Offer<>(entry, composed));
        }
      }
    }
    if (exact.size() > 1) {
      throw severalOffer("the task " + task, exact.stream().map(Offer::entry).toList());
    }
    // Equal tasks have equal classes of input and answer.
    @SuppressWarnings("unchecked")
    Optional<ComposedTask<I, V>> found =
        exact.stream().map(o -> (ComposedTask<I, V>) o.what).findFirst();
    return found;
  }

  private MillwrightException noBinding(Task<?, ?> task, List<Offer<Binding<?, ?, ?>>> sameId) {
    for (Offer<Binding<?, ?, ?>> offer : sameId) {
      if (offer.what.task().version() == task.version()) {
        return new MillwrightException(
            ErrorCode.PLUGIN_CONFLICT,
            "the task "
                + task
                + " of plug-in "
                + offer.entry.name
                + " has other types: asked for "
                + Sources.describe(task.input())
                + " and "
                + Sources.describe(task.value())
                + ", offered are "
                + Sources.describe(offer.what.task().input())
                + " and "
                + Sources.describe(offer.what.task().value())
                + "\n"
                + "Maybe use the constant of the plug-in's facade, and keep the facade's jar in one"
                + " class loader");
      }
    }
    List<String> offered =
        entries.stream().flatMap(e -> e.offered().stream()).map(Task::toString).toList();
    return new MillwrightException(
        ErrorCode.NO_PLUGIN,
        "no running plug-in answers the task "
            + task
            + "; offered are "
            + offered
            + "; not running: "
            + names(e -> e.error != null)
            + "\nMaybe add the plug-in of this task, or open the bundle without a task");
  }

  List<HostReport.PluginStatus> status() {
    return entries.stream()
        .map(
            e ->
                new HostReport.PluginStatus(
                    e.name,
                    e.source,
                    e.parts != null,
                    e.offered().stream().map(Task::toString).toList(),
                    e.error == null ? "" : Objects.requireNonNull(e.error.getMessage())))
        .toList();
  }

  /** What is wrong: plug-ins that do not run, and what several of them offer. */
  List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** The names of all plug-ins that were found. */
  List<String> names() {
    return names(e -> true);
  }

  /** Ends the plug-ins, the last one first; what one throws is logged and the next is ended. */
  void close() {
    for (int i = entries.size() - 1; i >= 0; i--) {
      Parts parts = entries.get(i).parts;
      if (parts != null) {
        close(entries.get(i).name, parts);
      }
    }
  }

  private static void close(String name, Parts parts) {
    try {
      parts.close();
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      LOG.error("Plug-in {} threw when it was closed", name, e);
    }
  }
}
