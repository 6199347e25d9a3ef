package io.millwright.api.assist;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightEvent;
import io.millwright.api.MillwrightException;
import io.millwright.api.MillwrightListener;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tools of an assistant behind one gate: arguments are checked, tools that change something are
 * tried only unless changes are switched on, the host's predicate refuses what it will, and the
 * listener hears of every call and refusal. Immutable and thread-safe as far as its tools are.
 */
public final class Toolbox {

  private static final int LONGEST_TEXT = 1 << 16;

  private final Map<String, Tool> tools;
  private final boolean changes;
  private final Predicate<Turn.Call> allowed;
  private final MillwrightListener listener;

  private Toolbox(
      Map<String, Tool> tools,
      boolean changes,
      Predicate<Turn.Call> allowed,
      MillwrightListener listener) {
    this.tools = tools;
    this.changes = changes;
    this.allowed = allowed;
    this.listener = listener;
  }

  /**
   * Some tools, read-only, nothing else refused.
   *
   * @param tools the tools, with different names
   * @return the toolbox
   */
  public static Toolbox of(Collection<? extends Tool> tools) {
    Map<String, Tool> byName = new LinkedHashMap<>();
    for (Tool tool : tools) {
      if (byName.put(tool.spec().name(), tool) != null) {
        throw new IllegalArgumentException("two tools are called " + tool.spec().name());
      }
    }
    return new Toolbox(byName, false, call -> true, event -> {});
  }

  /**
   * Switches changes on.
   *
   * @return the new toolbox
   */
  public Toolbox withChanges() {
    return new Toolbox(tools, true, allowed, listener);
  }

  /**
   * Refuses calls.
   *
   * @param predicate false for a call that is forbidden; asked on the thread of the call
   * @return the new toolbox
   */
  public Toolbox allowing(Predicate<Turn.Call> predicate) {
    Objects.requireNonNull(predicate, "predicate");
    return new Toolbox(tools, changes, allowed.and(predicate), listener);
  }

  /**
   * Tells a listener of {@link MillwrightEvent.ToolCalled} and {@link MillwrightEvent.ToolRefused}.
   *
   * @param other the listener
   * @return the new toolbox
   */
  public Toolbox listener(MillwrightListener other) {
    Objects.requireNonNull(other, "listener");
    return new Toolbox(tools, changes, allowed, other);
  }

  /**
   * What can be called.
   *
   * @return the descriptions, in order
   */
  public List<ToolSpec> specs() {
    return tools.values().stream().map(Tool::spec).toList();
  }

  /**
   * Calls a tool.
   *
   * @param call which, and with what
   * @return its result; of a tool that changes something, while changes are not switched on, what
   *     it would do
   * @throws MillwrightException with {@link ErrorCode#REFUSED} when it is unknown or forbidden,
   *     with {@link ErrorCode#BAD_OPTION} when arguments are wrong, or as the tool throws
   * @throws InterruptedException when the process is asked to end
   */
  public Map<String, @Nullable Object> call(Turn.Call call) throws InterruptedException {
    return call(call, false);
  }

  /** The same, without changes even where they are switched on. */
  Map<String, @Nullable Object> call(Turn.Call call, boolean cautious) throws InterruptedException {
    Tool tool = tools.get(call.tool());
    if (tool == null) {
      throw refused(call, "there is no such tool", "call one of " + tools.keySet());
    }
    boolean pass;
    try {
      pass = allowed.test(call);
    } catch (RuntimeException e) {
      throw refused(call, "the host could not decide: " + e.getMessage(), "ask the host");
    }
    if (!pass) {
      throw refused(call, "the host forbids it", "ask somebody who may");
    }
    Map<String, @Nullable Object> arguments = checked(tool.spec(), call.arguments());
    boolean change = tool.spec().role() == ToolSpec.Role.CHANGE;
    boolean dryRun = change && (cautious || !changes);
    Map<String, @Nullable Object> result = tool.call(arguments, dryRun);
    listener.on(new MillwrightEvent.ToolCalled(call.tool(), arguments.toString(), dryRun));
    if (!dryRun) {
      return result;
    }
    Map<String, @Nullable Object> marked = new LinkedHashMap<>(result);
    marked.put("dryRun", true);
    return marked;
  }

  private MillwrightException refused(Turn.Call call, String why, String wayOut) {
    listener.on(new MillwrightEvent.ToolRefused(call.tool(), call.arguments().toString(), why));
    return new MillwrightException(
        ErrorCode.REFUSED, "the tool " + call.tool() + " is refused: " + why + "\nMaybe " + wayOut);
  }

  private static Map<String, @Nullable Object> checked(
      ToolSpec spec, Map<String, @Nullable Object> given) {
    Map<String, @Nullable Object> checked = new LinkedHashMap<>();
    for (String name : given.keySet()) {
      Optional<ToolSpec.Parameter> known =
          spec.parameters().stream().filter(p -> p.name().equals(name)).findFirst();
      if (known.isEmpty()) {
        throw bad(
            spec,
            name,
            "is not known",
            "use " + spec.parameters().stream().map(ToolSpec.Parameter::name).toList());
      }
    }
    for (ToolSpec.Parameter parameter : spec.parameters()) {
      Object value = given.get(parameter.name());
      if (value == null) {
        if (parameter.required()) {
          throw bad(spec, parameter.name(), "is missing", "give it: " + parameter.description());
        }
        continue;
      }
      checked.put(parameter.name(), of(spec, parameter, value));
    }
    return checked;
  }

  private static Object of(ToolSpec spec, ToolSpec.Parameter parameter, Object value) {
    switch (parameter.kind()) {
      case NUMBER -> {
        if (value instanceof Number n && Double.isFinite(n.doubleValue())) {
          return n.doubleValue();
        }
      }
      case FLAG -> {
        if (value instanceof Boolean) {
          return value;
        }
      }
      case TEXT, FILE -> {
        if (value instanceof String s && s.length() <= LONGEST_TEXT && s.indexOf('\0') < 0) {
          return value;
        }
      }
    }
    String shown = String.valueOf(value);
    throw bad(
        spec,
        parameter.name(),
        "is " + (shown.length() > 100 ? shown.substring(0, 100) + "..." : shown),
        "give a " + parameter.kind().name().toLowerCase(java.util.Locale.ROOT));
  }

  private static MillwrightException bad(ToolSpec spec, String name, String what, String wayOut) {
    return new MillwrightException(
        ErrorCode.BAD_OPTION,
        "the argument \"" + name + "\" of " + spec.name() + " " + what + "\nMaybe " + wayOut);
  }
}
