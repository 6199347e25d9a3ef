package io.millwright.personalization;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What customers ordered so far (implicit feedback): for each customer the items, the oldest first,
 * with attributes of customers and items where there are any. Immutable.
 *
 * @param histories for each customer the items, the oldest first; an item may come more than once
 * @param ordered whether the order within a history means something; false for baskets and for
 *     installed bases without dates
 * @param itemAttributes for items words such as {@code material=steel}; also of items that nobody
 *     ordered yet
 * @param customerAttributes the same for customers; also of those without a history
 */
public record PurchaseLog(
    Map<String, List<String>> histories,
    boolean ordered,
    Map<String, Set<String>> itemAttributes,
    Map<String, Set<String>> customerAttributes) {

  /** Copies. */
  public PurchaseLog {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    histories.forEach((customer, items) -> copy.put(customer, List.copyOf(items)));
    histories = Collections.unmodifiableMap(copy);
    itemAttributes = words(itemAttributes);
    customerAttributes = words(customerAttributes);
  }

  private static Map<String, Set<String>> words(Map<String, Set<String>> of) {
    Map<String, Set<String>> copy = new LinkedHashMap<>();
    of.forEach((name, set) -> copy.put(name, Set.copyOf(set)));
    return Collections.unmodifiableMap(copy);
  }

  /**
   * From orders with times.
   *
   * @param purchases in any order; those of equal time stay in the order given
   * @return the log
   */
  public static PurchaseLog of(Collection<Purchase> purchases) {
    List<Purchase> sorted = new ArrayList<>(purchases);
    sorted.sort(Comparator.comparingLong(Purchase::at));
    Map<String, List<String>> histories = new LinkedHashMap<>();
    for (Purchase p : sorted) {
      histories.computeIfAbsent(p.customer(), c -> new ArrayList<>()).add(p.item());
    }
    return sequences(histories);
  }

  /**
   * From sequences: the order is known, the times are not.
   *
   * @param histories for each customer the items, the oldest first
   * @return the log
   */
  public static PurchaseLog sequences(Map<String, List<String>> histories) {
    return new PurchaseLog(histories, true, Map.of(), Map.of());
  }

  /**
   * From sets: baskets, or what a customer owns, without any order.
   *
   * @param histories for each customer the items
   * @return the log
   */
  public static PurchaseLog sets(Map<String, List<String>> histories) {
    return new PurchaseLog(histories, false, Map.of(), Map.of());
  }

  /**
   * The same with attributes of items.
   *
   * @param attributes for each item words such as {@code material=steel}
   * @return the new log
   */
  public PurchaseLog items(Map<String, Set<String>> attributes) {
    return new PurchaseLog(histories, ordered, attributes, customerAttributes);
  }

  /**
   * The same with attributes of customers.
   *
   * @param attributes for each customer words such as {@code trade=brewery}
   * @return the new log
   */
  public PurchaseLog customers(Map<String, Set<String>> attributes) {
    return new PurchaseLog(histories, ordered, itemAttributes, attributes);
  }

  /**
   * What was ordered last, held out of the log: leave-one-out for 1.
   *
   * @param last how many of each customer's last orders; customers who have no more keep them all
   * @return what is left to learn from, and what came next
   */
  public Split holdOut(int last) {
    if (last < 1) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "last is " + last + "\nMaybe hold out 1 order of each customer");
    }
    Map<String, List<String>> known = new LinkedHashMap<>();
    List<NextPurchases> next = new ArrayList<>();
    histories.forEach(
        (customer, items) -> {
          int cut = items.size() - last;
          if (cut < 1) {
            known.put(customer, items);
          } else {
            known.put(customer, items.subList(0, cut));
            next.add(
                new NextPurchases(
                    customer,
                    items.subList(0, cut),
                    Set.copyOf(new HashSet<>(items.subList(cut, items.size())))));
          }
        });
    return new Split(new PurchaseLog(known, ordered, itemAttributes, customerAttributes), next);
  }

  /**
   * Two parts of a log.
   *
   * @param known what may be learnt from
   * @param next what came after it
   */
  public record Split(PurchaseLog known, List<NextPurchases> next) {
    /** Copies. */
    public Split {
      next = List.copyOf(next);
    }
  }
}
