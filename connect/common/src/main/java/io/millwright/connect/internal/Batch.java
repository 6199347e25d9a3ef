package io.millwright.connect.internal;

import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import java.util.function.Consumer;

/** Gives rows away in tables of one size. For one reading. */
public final class Batch {

  private final Schema schema;
  private final int rows;
  private final Consumer<? super Table> takes;
  private TableBuilder filling;
  private int filled;

  /**
   * Begins.
   *
   * @param schema the columns
   * @param rows how many rows a table has
   * @param takes each table
   */
  public Batch(Schema schema, int rows, Consumer<? super Table> takes) {
    this.schema = schema;
    this.rows = rows;
    this.takes = takes;
    filling = begun();
  }

  /** Room grows with the rows: nobody knows how many come. */
  private TableBuilder begun() {
    return Table.builder(schema, Math.min(rows, 1 << 12));
  }

  /** Takes the next row. */
  public TableBuilder row() {
    return filling;
  }

  /** Hears that the row is filled. */
  public void ended() {
    filling.endRow();
    if (++filled == rows) {
      give();
    }
  }

  /** Gives away what is left. */
  public void end() {
    if (filled > 0) {
      give();
    }
  }

  private void give() {
    takes.accept(filling.build());
    filling = begun();
    filled = 0;
  }
}
