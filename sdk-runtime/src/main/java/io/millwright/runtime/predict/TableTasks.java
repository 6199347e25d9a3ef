package io.millwright.runtime.predict;

import io.millwright.api.TableLearning;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import io.millwright.api.head.Heads;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.spi.TaskCatalog;
import java.util.List;

/** The host's own tasks: numbers and classes of tables. */
public final class TableTasks implements TaskCatalog {

  /** Models of one number. */
  public static final Binding<Table, Double, Double> NUMBER =
      new Binding<>(TableLearning.NUMBER, table -> table, Heads.number(Unit.NONE));

  /** Models of classes. */
  public static final Binding<Table, String, ClassScores> CLASSES =
      new Binding<>(TableLearning.CLASSES, table -> table, Heads.classes());

  /** For {@link java.util.ServiceLoader}. */
  public TableTasks() {}

  /** Whether a task is one of these, by its id. */
  static boolean answers(String task) {
    return task.equals(TableLearning.NUMBER.id()) || task.equals(TableLearning.CLASSES.id());
  }

  @Override
  public List<Binding<?, ?, ?>> tasks() {
    return List.of(NUMBER, CLASSES);
  }
}
