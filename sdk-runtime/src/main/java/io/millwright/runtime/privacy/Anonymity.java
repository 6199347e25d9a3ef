package io.millwright.runtime.privacy;

import io.millwright.api.data.Column;
import io.millwright.api.data.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * k-anonymity (Sweeney 2002): in how small a group the columns by which a person could be known
 * leave each row.
 *
 * @param k the size of the smallest group; 0 for an empty table
 * @param groups how many groups there are
 * @param alone how many rows stand in a group smaller than asked for
 * @param smallest some of the smallest groups, as texts
 */
public record Anonymity(int k, int groups, int alone, List<String> smallest) {

  /** Copies. */
  public Anonymity {
    smallest = List.copyOf(smallest);
  }

  /**
   * Checks a table.
   *
   * @param table the table
   * @param columns the columns by which a person could be known (quasi-identifiers), such as shift,
   *     age and station
   * @param wanted how large each group should be, such as 5
   * @return the anonymity
   */
  public static Anonymity of(Table table, List<String> columns, int wanted) {
    Map<List<String>, Integer> groups = new LinkedHashMap<>();
    for (int row = 0; row < table.rows(); row++) {
      List<String> group = new ArrayList<>();
      for (String name : columns) {
        Column column = table.schema().column(name);
        int c = table.schema().indexOf(name);
        Object value =
            column.type().isNumeric() ? (Object) table.number(row, c) : table.label(row, c);
        group.add(name + " " + value);
      }
      groups.merge(group, 1, Integer::sum);
    }
    int k = groups.values().stream().mapToInt(Integer::intValue).min().orElse(0);
    int alone = groups.values().stream().mapToInt(Integer::intValue).filter(n -> n < wanted).sum();
    List<String> smallest = new ArrayList<>();
    groups.entrySet().stream()
        .filter(e -> e.getValue() < wanted)
        .sorted(Map.Entry.comparingByValue())
        .limit(10)
        .forEach(e -> smallest.add(String.join(", ", e.getKey()) + " (" + e.getValue() + ")"));
    return new Anonymity(k, groups.size(), alone, smallest);
  }
}
