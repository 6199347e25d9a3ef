package io.millwright.runtime.predict;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Task;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Target;
import io.millwright.api.learn.TaskBinding;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.bundle.TargetData;

/** How a model's data and a task's types come together. */
final class Bindings {

  private Bindings() {}

  /** A binding for tools that know no plug-in: tables in, numbers or class scores out. */
  static TaskBinding<Table, Object> untyped(Model model) {
    Target<Object> target;
    if (model.target() instanceof TargetData.Quantity q) {
      target =
          new Target.Quantity<>(
              q.unit(),
              q.low(),
              q.high(),
              v -> ((Number) v).doubleValue(),
              (v, atLeast) -> (Object) v);
    } else {
      target = new Target.Category<>(String::valueOf, scores -> scores);
    }
    Task<Table, Object> task =
        new Task<>(model.task(), model.taskVersion(), Table.class, Object.class);
    return new TaskBinding<>(task, table -> table, target);
  }

  /**
   * Checks that a model answers a task.
   *
   * @throws MillwrightException with {@link ErrorCode#WRONG_BUNDLE}
   */
  static void check(Task<?, ?> task, Model model) {
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
