package io.millwright.core.guice;

import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import io.millwright.api.learn.Binding;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.Parts;
import io.millwright.api.spi.PluginCommand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** The parts of a plug-in, taken out of its injector once, so that a facade is always the same. */
final class InjectedParts implements Parts {

  private final Map<Class<?>, Object> facades;
  private final List<Binding<?, ?, ?>> tasks;
  private final List<ComposedTask<?, ?>> composed;
  private final List<PluginCommand> commands;
  private final List<AutoCloseable> closing;
  private final AtomicBoolean closed = new AtomicBoolean();

  private InjectedParts(
      Map<Class<?>, Object> facades,
      List<Binding<?, ?, ?>> tasks,
      List<ComposedTask<?, ?>> composed,
      List<PluginCommand> commands,
      List<AutoCloseable> closing) {
    this.facades = Collections.unmodifiableMap(facades);
    this.tasks = List.copyOf(tasks);
    this.composed = List.copyOf(composed);
    this.commands = List.copyOf(commands);
    this.closing = closing;
  }

  static InjectedParts of(Injector injector) {
    Map<Class<?>, Object> facades = new LinkedHashMap<>();
    Set<Class<?>> offered =
        injector.getInstance(Key.get(new TypeLiteral<Set<Class<?>>>() {}, Offered.class));
    offered.forEach(type -> facades.put(type, injector.getInstance(type)));
    Set<Binding<?, ?, ?>> tasks =
        injector.getInstance(Key.get(new TypeLiteral<Set<Binding<?, ?, ?>>>() {}, Offered.class));
    Set<ComposedTask<?, ?>> composed =
        injector.getInstance(Key.get(new TypeLiteral<Set<ComposedTask<?, ?>>>() {}, Offered.class));
    Set<PluginCommand> commands =
        injector.getInstance(Key.get(new TypeLiteral<Set<PluginCommand>>() {}, Offered.class));
    Set<AutoCloseable> closing =
        injector.getInstance(Key.get(new TypeLiteral<Set<AutoCloseable>>() {}, Offered.class));
    List<AutoCloseable> last = new ArrayList<>(closing);
    Collections.reverse(last);
    return new InjectedParts(
        facades, List.copyOf(tasks), List.copyOf(composed), List.copyOf(commands), last);
  }

  @Override
  public <F> Optional<F> facade(Class<F> type) {
    return Optional.ofNullable(facades.get(type)).map(type::cast);
  }

  @Override
  public List<Class<?>> facades() {
    return List.copyOf(facades.keySet());
  }

  @Override
  public List<Binding<?, ?, ?>> tasks() {
    return tasks;
  }

  @Override
  public List<ComposedTask<?, ?>> composedTasks() {
    return composed;
  }

  @Override
  public List<PluginCommand> commands() {
    return commands;
  }

  /** Closes everything that asked for it, whatever one of them throws. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    IllegalStateException failure = null;
    for (AutoCloseable one : closing) {
      try {
        one.close();
      } catch (Exception e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        if (failure == null) {
          failure = new IllegalStateException("a part of the plug-in could not be closed: " + e, e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
