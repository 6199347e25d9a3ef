package io.millwright.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.spi.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Who supplies what goes into which product (supply network with a bill of materials). All rates
 * are for one period, such as a week, and all times are periods. Immutable.
 *
 * @param suppliers who supplies
 * @param items what is bought, made and sold
 */
public record SupplyNetwork(List<Supplier> suppliers, List<Item> items) {

  /** So many names are told where one is meant. */
  private static final int MOST_NAMED = 20;

  /**
   * A supplier that fails now and then. Times between failures are exponential; times to recover
   * are exponential with a {@code variation} of 1, and otherwise lognormal.
   *
   * @param name its name
   * @param betweenFailures the mean time that it works until it fails (MTBF), above 0, infinite for
   *     never
   * @param toRecover the mean time to recover (TTR), above 0
   * @param variation the standard deviation of that time over its mean, 0 or more
   */
  public record Supplier(String name, double betweenFailures, double toRecover, double variation) {
    /** Checks. */
    public Supplier {
      Objects.requireNonNull(name, "name");
    }
  }

  /**
   * Where an item is bought.
   *
   * @param supplier the supplier
   * @param most the most that it delivers in a period, above 0
   */
  public record Source(String supplier, double most) {
    /** Checks. */
    public Source {
      Objects.requireNonNull(supplier, "supplier");
    }
  }

  /**
   * An item. One with sources is bought, one with needs is made of other items.
   *
   * @param name its name
   * @param stock its stock when all is well, 0 or more; it is filled up again after a failure
   * @param demand what customers take in a period, 0 or more
   * @param margin what a piece that cannot be sold loses, 0 or more
   * @param capacity for items that are made: the most in a period; infinite where nothing limits it
   * @param needs pieces of other items that one piece takes
   * @param sources who supplies it; all of them together at first
   */
  public record Item(
      String name,
      double stock,
      double demand,
      double margin,
      double capacity,
      Map<String, Double> needs,
      List<Source> sources) {
    /** Copies. */
    public Item {
      Objects.requireNonNull(name, "name");
      needs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(needs));
      sources = List.copyOf(sources);
    }

    /**
     * An item that is bought.
     *
     * @param name its name
     * @param stock its stock
     * @param sources who supplies it
     * @return the item
     */
    public static Item bought(String name, double stock, Source... sources) {
      return new Item(name, stock, 0, 0, Double.POSITIVE_INFINITY, Map.of(), List.of(sources));
    }

    /**
     * A product that is made and sold.
     *
     * @param name its name
     * @param stock its stock
     * @param demand what customers take in a period
     * @param margin what a piece that cannot be sold loses
     * @param needs pieces of other items that one piece takes
     * @return the item
     */
    public static Item product(
        String name, double stock, double demand, double margin, Map<String, Double> needs) {
      return new Item(name, stock, demand, margin, Double.POSITIVE_INFINITY, needs, List.of());
    }
  }

  /**
   * Checks all of it and copies.
   *
   * @throws io.millwright.api.MillwrightException with all faults: names that stand twice or
   *     nowhere, numbers out of range, circles in the bill of materials, items that come from
   *     nowhere
   */
  public SupplyNetwork {
    suppliers = List.copyOf(suppliers);
    items = List.copyOf(items);
    check(suppliers, items);
  }

  private static void check(List<Supplier> suppliers, List<Item> items) {
    Problems problems = new Problems("the supply network");
    Set<String> names = new HashSet<>();
    for (Supplier s : suppliers) {
      String place = "supplier " + s.name;
      if (!names.add(s.name)) {
        problems.add(ErrorCode.BAD_VALUE, place, "it stands twice", "give each its own name");
      }
      if (!(s.betweenFailures > 0)) {
        problems.add(
            ErrorCode.BAD_VALUE,
            place,
            "its time between failures is " + s.betweenFailures + ", but must be above 0",
            "give the mean time in periods, or leave it out for one that never fails");
      }
      if (!(s.toRecover > 0) || Double.isInfinite(s.toRecover)) {
        problems.add(
            ErrorCode.BAD_VALUE,
            place,
            "its time to recover is " + s.toRecover + ", but must be above 0 and finite",
            "give the mean time in periods");
      }
      if (!(s.variation >= 0) || Double.isInfinite(s.variation)) {
        problems.add(
            ErrorCode.BAD_VALUE,
            place,
            "the variation of its time to recover is " + s.variation + ", but must be 0 or more",
            "give the standard deviation over the mean, 1 where it is not known");
      }
    }
    Map<String, Item> byName = new HashMap<>();
    for (Item item : items) {
      if (byName.put(item.name, item) != null) {
        problems.add(
            ErrorCode.BAD_VALUE, "item " + item.name, "it stands twice", "give each its own name");
      }
    }
    for (Item item : items) {
      checkItem(problems, item, names, byName);
    }
    for (Item item : items) {
      if (isInCircle(item, item.name, byName, new HashSet<>())) {
        problems.add(
            ErrorCode.BAD_VALUE,
            "item " + item.name,
            "it needs itself, by way of other items",
            "break the circle in the bill of materials");
        break;
      }
    }
    if (items.stream().noneMatch(i -> i.demand > 0)) {
      problems.add(
          ErrorCode.TOO_FEW_DATA, "items", "none of them has demand", "give a product its demand");
    }
    problems.throwIfAny();
  }

  private static void checkItem(
      Problems problems, Item item, Set<String> suppliers, Map<String, Item> items) {
    String place = "item " + item.name;
    boolean sound =
        item.stock >= 0
            && Double.isFinite(item.stock)
            && item.demand >= 0
            && Double.isFinite(item.demand)
            && item.margin >= 0
            && Double.isFinite(item.margin)
            && item.capacity > 0;
    if (!sound) {
      problems.add(
          ErrorCode.BAD_VALUE,
          place,
          "stock "
              + item.stock
              + ", demand "
              + item.demand
              + ", margin "
              + item.margin
              + ", capacity "
              + item.capacity,
          "give numbers of 0 or more");
    }
    if (item.needs.isEmpty() == item.sources.isEmpty()) {
      problems.add(
          ErrorCode.BAD_VALUE,
          place,
          item.needs.isEmpty() ? "it has neither sources nor needs" : "it has sources and needs",
          "an item is bought or made: name its suppliers, or what it is made of");
    }
    for (Source source : item.sources) {
      if (!suppliers.contains(source.supplier)) {
        problems.add(
            ErrorCode.BAD_VALUE,
            place,
            "its source " + source.supplier + " is no supplier",
            "name one of " + suppliers.stream().sorted().limit(MOST_NAMED).toList());
      }
      if (!(source.most > 0)) {
        problems.add(
            ErrorCode.BAD_VALUE,
            place,
            "its source " + source.supplier + " delivers at most " + source.most + " in a period",
            "give a number above 0, or take the source out");
      }
    }
    item.needs.forEach(
        (need, quantity) -> {
          if (!items.containsKey(need) || !(quantity > 0) || Double.isInfinite(quantity)) {
            problems.add(
                ErrorCode.BAD_VALUE,
                place,
                "it needs " + quantity + " of " + need,
                "name one of the items, and a number above 0");
          }
        });
  }

  private static boolean isInCircle(
      Item item, String target, Map<String, Item> items, Set<String> seen) {
    for (String need : item.needs.keySet()) {
      Item next = items.get(need);
      if (need.equals(target)
          || (next != null && seen.add(need) && isInCircle(next, target, items, seen))) {
        return true;
      }
    }
    return false;
  }

  /**
   * The network with another stock of an item, to ask what if.
   *
   * @param item the item
   * @param stock its new stock
   * @return the new network
   * @throws IllegalArgumentException when there is no such item
   */
  public SupplyNetwork stock(String item, double stock) {
    Item old = item(item);
    return replaced(
        new Item(item, stock, old.demand, old.margin, old.capacity, old.needs, old.sources));
  }

  /**
   * The network with one more source of an item, to ask what a second source is worth.
   *
   * @param item the item, one that is bought
   * @param supplier who supplies it too; a supplier of the network
   * @param most the most that it delivers in a period
   * @return the new network
   * @throws IllegalArgumentException when there is no such item
   */
  public SupplyNetwork source(String item, String supplier, double most) {
    Item old = item(item);
    List<Source> sources = new ArrayList<>(old.sources);
    sources.add(new Source(supplier, most));
    return replaced(
        new Item(item, old.stock, old.demand, old.margin, old.capacity, old.needs, sources));
  }

  /**
   * The network with a supplier, in place of one of the same name if there is one.
   *
   * @param supplier the supplier
   * @return the new network
   */
  public SupplyNetwork supplier(Supplier supplier) {
    List<Supplier> all =
        new ArrayList<>(suppliers.stream().filter(s -> !s.name.equals(supplier.name)).toList());
    all.add(supplier);
    return new SupplyNetwork(all, items);
  }

  private SupplyNetwork replaced(Item item) {
    return new SupplyNetwork(
        suppliers, items.stream().map(i -> i.name.equals(item.name) ? item : i).toList());
  }

  /**
   * An item by its name.
   *
   * @param name the name
   * @return the item
   * @throws IllegalArgumentException when there is none
   */
  public Item item(String name) {
    return items.stream()
        .filter(i -> i.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no item " + name));
  }
}
