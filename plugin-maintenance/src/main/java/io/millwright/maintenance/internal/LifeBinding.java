package io.millwright.maintenance.internal;

import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.data.Unit;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.head.Amount;
import io.millwright.api.head.Heads;
import io.millwright.api.learn.Binding;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.Maintenance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How histories and lives become rows and numbers. */
final class LifeBinding {

  static final double EARLY_LIFE = 125;

  private static final String AGE = "unit age";

  private LifeBinding() {}

  /**
   * The binding of models with an early life. For opening a bundle the early life does not matter:
   * the bundle has its own.
   */
  static Binding<UnitHistory, Cycles, Cycles> of(double earlyLife) {
    return new Binding<>(
        Maintenance.REMAINING_LIFE,
        LifeBinding::rows,
        Heads.quantity(Unit.CYCLE, 0, earlyLife)
            .<Cycles>labelled(c -> Amount.of(c.count()))
            .answering(a -> new Cycles(Math.max(0, a.value()), a.atLeast())));
  }

  /**
   * The readings with the unit's age beside them; a record that carries an age of its own keeps it.
   */
  static Table rows(UnitHistory history) {
    Table readings = history.readings();
    if (readings.schema().columns().stream().anyMatch(c -> c.type() == ColumnType.AGE)) {
      return readings;
    }
    List<Column> columns = new ArrayList<>(readings.schema().columns());
    columns.add(Column.age(AGE));
    TableBuilder builder = Table.builder(new Schema(columns), readings.rows());
    List<@Nullable Object> values = new ArrayList<>();
    for (int r = 0; r < readings.rows(); r++) {
      values.clear();
      for (int c = 0; c < readings.schema().size(); c++) {
        values.add(
            readings.schema().columns().get(c).type() == ColumnType.CATEGORY
                ? readings.label(r, c)
                : (Object) readings.number(r, c));
      }
      values.add(history.startAge() + r);
      builder.add(values);
    }
    return builder.build();
  }
}
