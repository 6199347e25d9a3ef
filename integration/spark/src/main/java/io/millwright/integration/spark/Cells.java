package io.millwright.integration.spark;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Where a model's inputs stand among the columns of a DataFrame, by name and kind, and rows as
 * tables.
 *
 * @param places for each input its column; -1 for an age that is not there
 * @param numbers for each input whether it is a number
 */
record Cells(int[] places, boolean[] numbers) implements Serializable {

  private static final long serialVersionUID = 1;

  /**
   * Finds the columns.
   *
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE} for all that are missing or hold
   *     something else
   */
  static Cells of(Schema inputs, StructType columns) {
    List<String> names = Arrays.asList(columns.fieldNames());
    List<Finding> findings = new ArrayList<>();
    int[] places = new int[inputs.size()];
    boolean[] numbers = new boolean[inputs.size()];
    for (int i = 0; i < places.length; i++) {
      Column input = inputs.columns().get(i);
      places[i] = names.indexOf(input.name());
      numbers[i] = input.type().isNumeric();
      if (places[i] < 0) {
        if (input.type() != ColumnType.AGE) {
          findings.add(
              finding(input, "is not there", "name one of " + names + " so, or leave it null."));
        }
        continue;
      }
      DataType type = columns.fields()[places[i]].dataType();
      boolean fits =
          numbers[i]
              ? type instanceof NumericType || type instanceof BooleanType
              : input.type() == ColumnType.CATEGORY && type instanceof StringType;
      if (!fits) {
        findings.add(
            finding(
                input,
                "holds " + type.simpleString() + ", but the model needs " + input.type(),
                "cast it."));
      }
    }
    if (!findings.isEmpty()) {
      throw MillwrightException.of("the DataFrame", findings);
    }
    return new Cells(places, numbers);
  }

  private static Finding finding(Column input, String what, String remedy) {
    return new Finding(ErrorCode.WRONG_SHAPE, "column \"" + input.name() + "\"", what, remedy);
  }

  /** Rows as a table with the columns of the model that are there. */
  Table table(Schema inputs, List<Row> rows) {
    List<Column> there = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      if (places[i] >= 0) {
        there.add(inputs.columns().get(i));
      }
    }
    TableBuilder table = Table.builder(new Schema(there), rows.size());
    @Nullable Object[] cells = new Object[there.size()];
    for (Row row : rows) {
      int at = 0;
      for (int i = 0; i < places.length; i++) {
        if (places[i] >= 0) {
          Object cell = row.get(places[i]);
          cells[at++] = numbers[i] ? (Object) number(cell) : cell;
        }
      }
      table.add(cells);
    }
    return table.build();
  }

  static double number(@Nullable Object cell) {
    if (cell instanceof Number n) {
      return n.doubleValue();
    }
    return cell instanceof Boolean b ? (b ? 1 : 0) : Double.NaN;
  }
}
