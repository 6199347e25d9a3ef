package io.millwright.runtime.export;

import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rows around and far from those of training, with what real data hold: gaps, infinities. */
final class Hostile {

  private Hostile() {}

  static Table rows(Schema schema, int rows, long seed) {
    Random random = new Random(seed);
    TableBuilder builder = Table.builder(schema, rows);
    for (int r = 0; r < rows; r++) {
      List<Object> values = new ArrayList<>();
      for (int c = 0; c < schema.size(); c++) {
        Column column = schema.columns().get(c);
        values.add(column.type() == ColumnType.NUMBER ? number(c, random) : label(random));
      }
      if (r % 500 == 7) {
        values.replaceAll(v -> null);
      }
      builder.add(values);
    }
    return builder.build();
  }

  private static Object number(int column, Random random) {
    return switch (random.nextInt(60)) {
      case 0 -> null;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> Double.NEGATIVE_INFINITY;
      case 3 -> 1e6 * random.nextGaussian();
      default -> 10 * column + 3 * random.nextGaussian();
    };
  }

  private static Object label(Random random) {
    return switch (random.nextInt(20)) {
      case 0 -> null;
      case 1 -> "it's \"new\" \\ here";
      default -> "abc".substring(random.nextInt(3)).substring(0, 1);
    };
  }
}
