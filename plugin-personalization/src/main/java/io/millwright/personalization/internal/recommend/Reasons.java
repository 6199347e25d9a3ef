package io.millwright.personalization.internal.recommend;

import io.millwright.personalization.PurchaseLog;
import io.millwright.personalization.Recommendation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts why: shares of customers with one item, or one attribute, who have another. */
final class Reasons {

  private static final int MOST_REASONS = 3;
  private static final int LATEST = 20;
  private static final int[] NOBODY = {};

  private final PurchaseLog log;
  private final Coded coded;
  private final int[][] owners;
  private final Map<String, int[]> withAttribute = new HashMap<>();

  Reasons(PurchaseLog log, Coded coded) {
    this.log = log;
    this.coded = coded;
    int[] count = coded.log().owners();
    owners = new int[count.length][];
    for (int i = 0; i < count.length; i++) {
      owners[i] = new int[count[i]];
    }
    Arrays.fill(count, 0);
    int u = 0;
    for (String customer : log.histories().keySet()) {
      for (int i : Arrays.stream(coded.log().histories()[u]).distinct().toArray()) {
        owners[i][count[i]++] = u;
      }
      for (String word : log.customerAttributes().getOrDefault(customer, Set.of())) {
        int[] old = withAttribute.getOrDefault(word, new int[0]);
        int[] longer = Arrays.copyOf(old, old.length + 1);
        longer[old.length] = u;
        withAttribute.put(word, longer);
      }
      u++;
    }
  }

  /** The items of a history whose owners most often own the other. */
  List<Recommendation.Reason> of(int[] history, int item) {
    List<Recommendation.Reason> all = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (int t = history.length - 1; t >= Math.max(0, history.length - LATEST); t--) {
      int because = history[t];
      if (because != item && seen.add(because)) {
        int both = both(owners[because], owners[item]);
        if (both > 0) {
          all.add(
              new Recommendation.Reason(
                  coded.names().get(because),
                  (double) both / owners[because].length,
                  owners[because].length));
        }
      }
    }
    all.sort(Comparator.comparingDouble(r -> -r.share()));
    return all.subList(0, Math.min(MOST_REASONS, all.size()));
  }

  private static int both(int[] a, int[] b) {
    int count = 0;
    int k = 0;
    for (int u : a) {
      while (k < b.length && b[k] < u) {
        k++;
      }
      count += k < b.length && b[k] == u ? 1 : 0;
    }
    return count;
  }

  /** What customers with the same attributes have, or all. */
  List<Recommendation> withoutHistory(Set<String> attributes, boolean[] banned, int top) {
    int customers = coded.log().customers();
    double[] score = new double[banned.length];
    List<String> used = attributes.stream().filter(withAttribute::containsKey).sorted().toList();
    for (int i = 0; i < banned.length; i++) {
      double all = (double) owners[i].length / Math.max(1, customers);
      score[i] = all;
      if (!used.isEmpty() && owners[i].length > 0) {
        double sum = 0;
        for (String word : used) {
          int[] with = withAttribute.getOrDefault(word, NOBODY);
          // Ten customers' worth of what all do, against chance.
          sum += (both(with, owners[i]) + 10 * all) / (with.length + 10.0);
        }
        score[i] = sum / used.size();
      }
    }
    Integer[] order = new Integer[banned.length];
    Arrays.setAll(order, k -> k);
    Arrays.sort(order, Comparator.comparingDouble(k -> -score[k]));
    List<Recommendation> answer = new ArrayList<>();
    for (int i : order) {
      if (!banned[i] && score[i] > 0 && answer.size() < top) {
        List<Recommendation.Reason> why = new ArrayList<>();
        for (String word : used) {
          int[] with = withAttribute.getOrDefault(word, NOBODY);
          why.add(
              new Recommendation.Reason(
                  word, (double) both(with, owners[i]) / with.length, with.length));
        }
        if (why.isEmpty()) {
          why.add(
              new Recommendation.Reason(
                  "nothing known", (double) owners[i].length / Math.max(1, customers), customers));
        }
        answer.add(new Recommendation(coded.names().get(i), Double.NaN, why));
      }
    }
    return answer;
  }

  /** The log ratio of each attribute's share in a history to its share in all. */
  Map<String, Double> lifts(int[] history) {
    Map<String, Double> own = new HashMap<>();
    for (int i : history) {
      for (String word : words(i)) {
        own.merge(word, 1.0, Double::sum);
      }
    }
    double total = 0;
    Map<String, Double> all = new HashMap<>();
    for (int i = 0; i < owners.length; i++) {
      total += owners[i].length;
      for (String word : words(i)) {
        if (own.containsKey(word)) {
          all.merge(word, (double) owners[i].length, Double::sum);
        }
      }
    }
    Map<String, Double> lifts = new HashMap<>();
    for (Map.Entry<String, Double> e : own.entrySet()) {
      double base = Math.max(0.5, all.getOrDefault(e.getKey(), 0.5)) / Math.max(1, total);
      // Two orders' worth of what all do, against chance.
      double share = (e.getValue() + 2 * base) / (history.length + 2.0);
      lifts.put(e.getKey(), Math.log(share / base));
    }
    return lifts;
  }

  private Set<String> words(int item) {
    String name = coded.names().get(item);
    return log.itemAttributes().getOrDefault(name, Set.of(name));
  }
}
