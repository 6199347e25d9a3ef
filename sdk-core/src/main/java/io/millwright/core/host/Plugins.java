package io.millwright.core.host;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.HostReport;
import io.millwright.api.MillwrightEvent;
import io.millwright.api.MillwrightException;
import io.millwright.api.Task;
import io.millwright.api.data.TableReader;
import io.millwright.api.head.Head;
import io.millwright.api.learn.Binding;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.LossKind;
import io.millwright.api.spi.Parts;
import io.millwright.api.spi.PluginCommand;
import io.millwright.api.spi.PluginContext;
import io.millwright.api.spi.TableFormat;
import io.millwright.runtime.events.Listeners;
import io.millwright.runtime.predict.TableTasks;
import io.millwright.runtime.text.TextTasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plug-ins of one instance: starts each in isolation, answers for facades and tasks, ends them
 * in reverse order. Unchanging after {@link #start}, so thread-safe.
 */
final class Plugins {

  private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

  /** What a plug-in offers of one kind, and who offers it. */
  private record Offer<T>(PluginEntry entry, T what) {}

  private final List<PluginEntry> entries = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  private Plugins() {}

  /**
   * Starts plug-ins.
   *
   * @param found what was found
   * @param context lends to the plug-in of a name
   * @param limit how long each may take
   * @param listeners those of plug-ins are added, and told who does not run
   */
  static Plugins start(
      List<Discovery.Found> found,
      Function<String, PluginContext> context,
      Duration limit,
      Listeners listeners) {
    Plugins plugins = new Plugins();
    for (Discovery.Found candidate : found) {
      PluginEntry entry =
          PluginStarter.start(candidate, List.copyOf(plugins.entries), context, limit);
      plugins.entries.add(entry);
      entry.listeners().forEach(listeners::add);
    }
    for (PluginEntry entry : plugins.entries) {
      if (entry.error() != null) {
        LOG.warn(
            "Plug-in {} of {} does not run: {}",
            entry.name(),
            entry.source(),
            firstLine(entry.error()));
        LOG.debug("Plug-in {} does not run", entry.name(), entry.error());
        Finding finding = finding(entry, entry.error());
        plugins.findings.add(finding);
        listeners.tell(
            () -> new MillwrightEvent.PluginFailed(entry.name(), entry.source(), finding));
      }
    }
    plugins.findConflicts();
    return plugins;
  }

  private static String firstLine(Throwable error) {
    return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
  }

  private static Finding finding(PluginEntry entry, MillwrightException error) {
    String text = Objects.requireNonNull(error.getMessage());
    String message = text.startsWith("[") ? text.substring(text.indexOf(']') + 2) : text;
    int maybe = message.lastIndexOf("\nMaybe ");
    return new Finding(
        error.code(),
        "plug-in " + entry.name() + " of " + entry.source(),
        maybe < 0 ? message : message.substring(0, maybe),
        maybe < 0 ? "" : message.substring(maybe + 7));
  }

  private void findConflicts() {
    Map<Class<?>, List<String>> facades = new LinkedHashMap<>();
    Map<String, List<String>> tasks = new LinkedHashMap<>();
    Map<String, List<String>> endings = new LinkedHashMap<>();
    for (PluginEntry entry : entries) {
      String who = entry.name() + " of " + entry.source();
      entry.facades().forEach(f -> facades.computeIfAbsent(f, k -> new ArrayList<>()).add(who));
      entry
          .offered()
          .forEach(t -> tasks.computeIfAbsent(t.toString(), k -> new ArrayList<>()).add(who));
    }
    for (PluginEntry entry : entries) {
      for (TableFormat format : entry.readers()) {
        format
            .endings()
            .forEach(e -> endings.computeIfAbsent(e, k -> new ArrayList<>()).add(entry.name()));
      }
    }
    endings.forEach((ending, who) -> conflict("files that end in " + ending, who));
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

  /** What the running plug-ins add to the command line. */
  List<PluginCommand> commands() {
    return entries.stream().flatMap(entry -> entry.commands().stream()).toList();
  }

  /** The heads and losses that the running plug-ins bring. */
  void bring(BiConsumer<List<Head<?, ?>>, List<LossKind>> learning) {
    entries.forEach(entry -> learning.accept(entry.heads(), entry.losses()));
  }

  /** A reader of tables that knows the formats of the running plug-ins too. */
  TableReader reader(TableReader own) {
    List<TableFormat> formats =
        entries.stream().flatMap(entry -> entry.readers().stream()).toList();
    return formats.isEmpty() ? own : new PluginTables(own, formats);
  }

  <F> F facade(Class<F> type) {
    List<Offer<F>> offers = new ArrayList<>();
    for (PluginEntry entry : entries) {
      if (entry.parts() != null && entry.facades().contains(type)) {
        entry.parts().facade(type).ifPresent(f -> offers.add(new Offer<>(entry, f)));
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

  private static MillwrightException severalOffer(String what, List<PluginEntry> who) {
    return new MillwrightException(
        ErrorCode.PLUGIN_CONFLICT,
        what
            + " is offered by several plug-ins: "
            + who.stream()
                .map(e -> e.name() + " of " + e.source())
                .collect(Collectors.joining(", "))
            + "\nMaybe keep one of them");
  }

  private MillwrightException noFacade(Class<?> type) {
    for (PluginEntry entry : entries) {
      for (Class<?> other : entry.facades()) {
        if (other.getName().equals(type.getName())) {
          return new MillwrightException(
              ErrorCode.PLUGIN_CONFLICT,
              "the facade "
                  + type.getName()
                  + " was loaded twice: the caller's is "
                  + Sources.describe(type)
                  + ", that of plug-in "
                  + entry.name()
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
    for (PluginEntry entry : entries) {
      if (entry.error() != null && (entry.label() + ".").startsWith(type.getPackageName() + ".")) {
        // The cause is kept as it is, so that its code and its whole text can be read.
        return new MillwrightException(
            entry.error().code(),
            "the facade "
                + type.getName()
                + " is not there, because its plug-in "
                + entry.name()
                + " of "
                + entry.source()
                + " does not run: "
                + withoutCode(entry.error()),
            entry.error().getCause() == null ? entry.error() : entry.error().getCause());
      }
    }
    return new MillwrightException(
        ErrorCode.NO_PLUGIN,
        "no running plug-in has the facade "
            + type.getName()
            + "; running: "
            + names(e -> e.parts() != null)
            + "; not running: "
            + names(e -> e.error() != null)
            + "\nMaybe "
            + artifact(type)
                .map(a -> "add the dependency " + a)
                .orElse("add the plug-in that implements it, or ask for its public interface"));
  }

  private static String withoutCode(MillwrightException error) {
    String text = Objects.requireNonNull(error.getMessage());
    return text.substring(text.indexOf(']') + 2);
  }

  private List<String> names(java.util.function.Predicate<PluginEntry> which) {
    return entries.stream().filter(which).map(PluginEntry::name).toList();
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
    for (PluginEntry entry : entries) {
      for (Binding<?, ?, ?> binding : entry.tasks()) {
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
    Optional<Binding<?, ?, ?>> found =
        exact.stream().<Binding<?, ?, ?>>map(Offer::what).findFirst().or(() -> own(task));
    // Equal tasks have equal classes of input and answer.
    @SuppressWarnings("unchecked")
    Binding<I, ?, V> binding = (Binding<I, ?, V>) found.orElseThrow(() -> noBinding(task, sameId));
    return binding;
  }

  /** Whether a task's models are offered as data that the host understands. */
  boolean binds(Task<?, ?> task) {
    return entries.stream().flatMap(e -> e.tasks().stream()).anyMatch(b -> b.task().equals(task));
  }

  /** The host's own tasks. */
  private static Optional<Binding<?, ?, ?>> own(Task<?, ?> task) {
    return new TableTasks().tasks().stream().filter(b -> b.task().equals(task)).findFirst();
  }

  /** A task whose models a plug-in composes by itself, when one with these types is offered. */
  <I, V> Optional<ComposedTask<I, V>> composed(Task<I, V> task) {
    List<Offer<ComposedTask<?, ?>>> exact = new ArrayList<>();
    for (PluginEntry entry : entries) {
      for (ComposedTask<?, ?> composed : entry.composed()) {
        if (composed.task().equals(task)) {
          exact.add(new Offer<>(entry, composed));
        }
      }
    }
    if (exact.size() > 1) {
      throw severalOffer("the task " + task, exact.stream().map(Offer::entry).toList());
    }
    Stream<ComposedTask<?, ?>> own =
        new TextTasks().composedTasks().stream().filter(c -> c.task().equals(task));
    // Equal tasks have equal classes of input and answer.
    @SuppressWarnings("unchecked")
    Optional<ComposedTask<I, V>> found =
        Stream.concat(exact.stream().map(o -> o.what), own)
            .map(c -> (ComposedTask<I, V>) c)
            .findFirst();
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
                + offer.entry.name()
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
            + names(e -> e.error() != null)
            + "\nMaybe add the plug-in of this task, or open the bundle without a task");
  }

  List<HostReport.PluginStatus> status() {
    return entries.stream()
        .map(
            e ->
                HostReport.PluginStatus.builder()
                    .name(e.name())
                    .source(e.source())
                    .running(e.parts() != null)
                    .tasks(e.offered().stream().map(Task::toString).toList())
                    .detail(e.error() == null ? "" : Objects.requireNonNull(e.error().getMessage()))
                    .build())
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
      Parts parts = entries.get(i).parts();
      if (parts != null) {
        PluginStarter.close(entries.get(i).name(), parts);
      }
    }
  }
}
