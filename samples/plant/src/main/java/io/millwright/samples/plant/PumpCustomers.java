package io.millwright.samples.plant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Simulated customers of a maker of pumps: who has which pumps, and which spare parts they order
 * over the years. Each pump has parts that wear at their own pace, trades differ in what they need,
 * and a seal is often followed by its bearing. Same key, same customers. Immutable.
 *
 * @param histories for each customer the orders, the oldest first
 * @param itemAttributes words about each item
 * @param customerAttributes words about each customer
 */
public record PumpCustomers(
    Map<String, List<String>> histories,
    Map<String, Set<String>> itemAttributes,
    Map<String, Set<String>> customerAttributes) {

  private static final List<String> TRADES =
      List.of("brewery", "waterworks", "chemistry", "dairy", "mine");
  private static final List<String> PARTS =
      List.of("seal", "bearing", "impeller", "gasket", "coupling", "shaft");
  private static final double[] WEAR = {0.34, 0.24, 0.12, 0.2, 0.06, 0.04};
  private static final int PUMPS = 12;
  private static final int CUSTOMERS = 800;

  /** Copies. */
  public PumpCustomers {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    histories.forEach((c, items) -> copy.put(c, List.copyOf(items)));
    histories = Collections.unmodifiableMap(copy);
    itemAttributes = Collections.unmodifiableMap(new LinkedHashMap<>(itemAttributes));
    customerAttributes = Collections.unmodifiableMap(new LinkedHashMap<>(customerAttributes));
  }

  /**
   * Simulates 800 customers with 12 pumps and their parts.
   *
   * @param key the key of all randomness
   * @return the customers
   */
  public static PumpCustomers standard(long key) {
    SplittableRandom random = new SplittableRandom(key);
    Map<String, Set<String>> items = new LinkedHashMap<>();
    for (int p = 1; p <= PUMPS; p++) {
      String steel = p % 3 == 0 ? "material=stainless" : "material=cast iron";
      items.put("pump P-" + p, words("kind=pump", steel, "size=" + (1 + p % 4)));
      for (String part : PARTS) {
        items.put(part + " for P-" + p, words("kind=" + part, steel, "size=" + (1 + p % 4)));
      }
    }
    Map<String, List<String>> histories = new LinkedHashMap<>();
    Map<String, Set<String>> customers = new LinkedHashMap<>();
    for (int c = 1; c <= CUSTOMERS; c++) {
      int trade = random.nextInt(TRADES.size());
      String name = TRADES.get(trade) + "-" + c;
      customers.put(name, words("trade=" + TRADES.get(trade)));
      histories.put(name, history(trade, random));
    }
    return new PumpCustomers(histories, items, customers);
  }

  private static List<String> history(int trade, SplittableRandom random) {
    List<String> history = new ArrayList<>();
    List<Integer> pumps = new ArrayList<>();
    int orders = 3 + random.nextInt(14);
    String follow = "";
    while (history.size() < orders) {
      if (pumps.isEmpty() || random.nextDouble() < 0.15) {
        // A trade has its favourites, and what a customer has draws its like.
        int pump =
            pumps.isEmpty() || random.nextDouble() < 0.7
                ? 1 + (trade * 5 + (int) Math.min(4, -2 * Math.log(random.nextDouble()))) % PUMPS
                : 1 + random.nextInt(PUMPS);
        pumps.add(pump);
        history.add("pump P-" + pump);
      } else if (!follow.isEmpty() && random.nextDouble() < 0.5) {
        history.add(follow);
        follow = "";
      } else {
        int pump = pumps.get(random.nextInt(pumps.size()));
        double at = random.nextDouble();
        int part = 0;
        while (part < PARTS.size() - 1 && at > WEAR[part]) {
          at -= WEAR[part++];
        }
        history.add(PARTS.get(part) + " for P-" + pump);
        follow = part == 0 ? "bearing for P-" + pump : "";
      }
    }
    return history;
  }

  private static Set<String> words(String... words) {
    return Collections.unmodifiableSet(new TreeSet<>(List.of(words)));
  }
}
