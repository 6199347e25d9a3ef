package io.millwright.runtime.predict;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Task;
import io.millwright.api.data.Table;
import io.millwright.api.head.Head;
import io.millwright.api.learn.Binding;
import io.millwright.runtime.bundle.Model;
import java.util.Optional;
import java.util.function.Function;

/** How a model's data and a task's types come together. */
public final class Bindings {

  private Bindings() {}

  /**
   * A binding for tools that know no plug-in: tables in, the known head's own answers out.
   *
   * @throws MillwrightException with {@link ErrorCode#WRONG_BUNDLE} when a plug-in brought the head
   */
  public static Binding<Table, ?, Object> untyped(Model model) {
    return untyped(model, kind -> Optional.empty());
  }

  /** The same, also of heads that plug-ins brought, by their kinds. */
  static Binding<Table, ?, Object> untyped(
      Model model, Function<String, Optional<Head<?, ?>>> brought) {
    Head<?, ?> head =
        model
            .head()
            .known()
            .or(() -> brought.apply(model.head().kind()))
            .orElseThrow(
                () ->
                    new MillwrightException(
                        ErrorCode.WRONG_BUNDLE,
                        "the model answers with \""
                            + model.head().kind()
                            + "\", which only the plug-in of "
                            + model.task()
                            + " understands\nMaybe open it with the plug-in's task"));
    return untyped(model, head);
  }

  private static <L, V> Binding<Table, L, Object> untyped(Model model, Head<L, V> head) {
    Task<Table, Object> task =
        new Task<>(model.task(), model.taskVersion(), Table.class, Object.class);
    return new Binding<>(task, table -> table, head.answering(v -> (Object) v));
  }

  /**
   * Checks that a model answers a task.
   *
   * @throws MillwrightException with {@link ErrorCode#WRONG_BUNDLE}
   */
  public static void check(Task<?, ?> task, Model model) {
    if (!task.id().equals(model.task()) || task.version() != model.taskVersion()) {
      throw new MillwrightException(
          ErrorCode.WRONG_BUNDLE,
          "the model answers "
              + model.task()
              + " v"
              + model.taskVersion()
              + ", but "
              + task
              + " was asked for\nMaybe open it with the task and the plug-in version that trained"
              + " it");
    }
  }
}
