package io.millwright.runtime.prepare;

import io.millwright.api.ErrorCode;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.spi.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that are learnt from, as numbers.
 *
 * @param schema the columns
 * @param sequences the tables
 * @param chosen the rows of each that are learnt from
 * @param pulse called again and again
 */
record ReadRows(Schema schema, List<Table> sequences, List<int[]> chosen, Runnable pulse) {

  /** The runs of the columns of text; one that holds none often enough is a problem. */
  FittedStep.Text texts(int most, Problems problems) {
    List<FittedStep.TextColumn> columns = new ArrayList<>();
    for (Column column : schema.columns()) {
      if (column.type() == ColumnType.TEXT) {
        pulse.run();
        FittedStep.TextColumn own = GramBag.fit(column.name(), sequences, chosen, most);
        columns.add(own);
        if (own.runs().isEmpty()) {
          problems.add(
              ErrorCode.TOO_FEW_DATA,
              "column \"" + column.name() + "\"",
              "holds no run of letters that three rows of the training data hold",
              "leave the column out.");
        }
      }
    }
    return new FittedStep.Text(columns);
  }

  /**
   * Reads all cells, column by column.
   *
   * @param builder knows what counts texts
   * @param seen the labels of each column of categories
   */
  List<double[]> of(PlanBuilder builder, Map<String, List<String>> seen) {
    int width = builder.columns().size();
    List<double[]> data = new ArrayList<>();
    for (int[] rows : chosen) {
      data.add(new double[rows.length * width]);
    }
    Notes notes = new Notes();
    int c = 0;
    for (Column column : schema.columns()) {
      Map<String, Integer> codes = new HashMap<>();
      seen.getOrDefault(column.name(), List.of()).forEach(l -> codes.put(l, codes.size()));
      GramBag bag = builder.bag(column.name());
      for (int s = 0; s < sequences.size(); s++) {
        pulse.run();
        Table table = sequences.get(s);
        int at = table.schema().indexOf(column.name());
        int to = c;
        for (int r : chosen.get(s)) {
          if (bag != null) {
            bag.count(table.label(r, at), data.get(s), to, notes);
          } else if (column.type().isNumeric()) {
            data.get(s)[to] = table.number(r, at);
          } else if (column.type() == ColumnType.TIME) {
            data.get(s)[to] = PreparationPlan.millis(table.time(r, at));
          } else {
            String label = table.label(r, at);
            data.get(s)[to] = label == null ? Double.NaN : codes.getOrDefault(label, -1);
          }
          to += width;
        }
      }
      c += bag == null ? 1 : bag.size();
    }
    return data;
  }

  /** The cells of some columns, for comparison. */
  static List<@Nullable Object> values(Table table, int row, List<String> columns) {
    List<@Nullable Object> values = new ArrayList<>(columns.size());
    for (String name : columns) {
      int c = table.schema().indexOf(name);
      ColumnType type = table.schema().columns().get(c).type();
      values.add(
          type.isNumeric()
              ? (Object) table.number(row, c)
              : type == ColumnType.TIME ? (Object) table.time(row, c) : table.label(row, c));
    }
    return values;
  }
}
