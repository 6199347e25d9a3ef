package io.millwright.connect.parquet;

import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import java.util.function.Consumer;

/** Gives rows away in tables of one size. For one reading. */
final class Batch {

  private final Schema schema;
  private final int rows;
  private final Consumer<? super Table> takes;
  private TableBuilder filling;
  private int filled;

  /**
   * @param rows how many rows a table has
   * @param takes each table
   */
  Batch(Schema schema, int rows, Consumer<? super Table> takes) {
    this.schema = schema;
    this.rows = rows;
    this.takes = takes;
    filling = Table.builder(schema, Math.min(rows, 1 << 20));
  }

  /** Takes the next row. */
  TableBuilder row() {
    return filling;
  }

  /** Hears that the row is filled. */
  void ended() {
    filling.endRow();
    if (++filled == rows) {
      give();
    }
  }

  /** Gives away what is left. */
  void end() {
    if (filled > 0) {
      give();
    }
  }

  private void give() {
    takes.accept(filling.build());
    filling = Table.builder(schema, Math.min(rows, 1 << 20));
    filled = 0;
  }
}
