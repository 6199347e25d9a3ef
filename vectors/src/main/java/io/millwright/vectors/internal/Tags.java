package io.millwright.vectors.internal;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which positions carry a tag. Immutable; thread-safe. */
final class Tags {

  private final Map<Map.Entry<String, String>, int[]> positions = new HashMap<>();

  Tags(List<Entries.Entry> entries, int[] order) {
    Map<Map.Entry<String, String>, Integer> counts = new HashMap<>();
    entries.forEach(
        e -> e.tags().forEach((k, v) -> counts.merge(Map.entry(k, v), 1, Integer::sum)));
    counts.forEach((tag, n) -> positions.put(tag, new int[n]));
    for (int at = order.length - 1; at >= 0; at--) {
      for (Map.Entry<String, String> tag : entries.get(order[at]).tags().entrySet()) {
        Map.Entry<String, String> key = Map.entry(tag.getKey(), tag.getValue());
        int left = counts.merge(key, -1, Integer::sum);
        positions.getOrDefault(key, new int[0])[left] = at;
      }
    }
  }

  /** The positions that carry all of some tags; null when none are asked for. */
  @Nullable BitSet carriers(Map<String, String> tags) {
    BitSet all = null;
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      BitSet carriers = new BitSet();
      for (int at : positions.getOrDefault(Map.entry(tag.getKey(), tag.getValue()), new int[0])) {
        carriers.set(at);
      }
      if (all == null) {
        all = carriers;
      } else {
        all.and(carriers);
      }
    }
    return all;
  }
}
