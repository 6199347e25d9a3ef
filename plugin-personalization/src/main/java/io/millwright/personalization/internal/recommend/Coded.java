package io.millwright.personalization.internal.recommend;

import io.millwright.personalization.PurchaseLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A log in numbers, and the names of the numbers.
 *
 * @param log the histories
 * @param names the items' names by number
 * @param numbers their numbers by name
 */
record Coded(Log log, List<String> names, Map<String, Integer> numbers) {

  static Coded of(PurchaseLog purchases) {
    List<String> names = new ArrayList<>();
    Map<String, Integer> numbers = new HashMap<>();
    int[][] histories = new int[purchases.histories().size()][];
    int u = 0;
    for (List<String> items : purchases.histories().values()) {
      int[] history = new int[items.size()];
      for (int t = 0; t < history.length; t++) {
        history[t] = number(items.get(t), names, numbers);
      }
      histories[u++] = history;
    }
    for (String item : purchases.itemAttributes().keySet()) {
      number(item, names, numbers);
    }
    return new Coded(new Log(names.size(), histories, purchases.ordered()), names, numbers);
  }

  private static int number(String item, List<String> names, Map<String, Integer> numbers) {
    Integer known = numbers.get(item);
    if (known != null) {
      return known;
    }
    numbers.put(item, names.size());
    names.add(item);
    return names.size() - 1;
  }
}
