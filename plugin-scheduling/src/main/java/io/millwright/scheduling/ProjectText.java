package io.millwright.scheduling;

import io.millwright.api.data.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Parses a project in Patterson's format (PSPLIB {@code .rcp}) as one job: every activity is an
 * operation with a machine of its own, so that only precedence and resources bind. Line breaks say
 * nothing in this format; complaints name the line they are met in.
 */
final class ProjectText {

  private static final int MOST = 100_000;

  private final Words words;

  ProjectText(String name, String text) {
    words = new Words(name, text, "");
  }

  Shop project() {
    int n = words.number("the number of activities", 1, MOST);
    int count = words.number("the number of resources", 0, MOST);
    List<Resource> resources = new ArrayList<>();
    int[] capacity = new int[count];
    for (int r = 0; r < count; r++) {
      capacity[r] = words.number("a capacity", 0, MOST);
      if (capacity[r] > 0) {
        resources.add(Resource.of("r" + r, capacity[r]));
      }
    }
    List<Machine> machines = new ArrayList<>();
    List<Alternative> work = new ArrayList<>();
    List<List<Need>> needs = new ArrayList<>();
    Map<Integer, List<String>> after = new TreeMap<>();
    for (int i = 0; i < n; i++) {
      machines.add(Machine.of("m" + i));
      work.add(Alternative.of("m" + i, words.number("a duration", 0, Integer.MAX_VALUE)));
      List<Need> own = new ArrayList<>();
      for (int r = 0; r < count; r++) {
        int amount = words.number("a need", 0, capacity[r]);
        if (amount > 0) {
          own.add(new Need("r" + r, amount));
        }
      }
      needs.add(own);
      int successors = words.number("the number of successors", 0, n);
      for (int k = 0; k < successors; k++) {
        int behind = words.number("a successor", 1, n) - 1;
        after.computeIfAbsent(behind, b -> new ArrayList<>()).add("o" + i);
      }
    }
    words.end("the last activity");
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      operations.add(
          Operation.builder("o" + i, List.of(work.get(i)))
              .after(after.getOrDefault(i, List.of()))
              .needs(needs.get(i))
              .build());
    }
    return Shop.builder(words.name(), machines, List.of(ShopJob.of("project", operations)))
        .resources(resources)
        .tick(Unit.of("tick"))
        .build();
  }
}
