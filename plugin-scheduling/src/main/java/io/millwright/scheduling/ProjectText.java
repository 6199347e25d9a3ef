package io.millwright.scheduling;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
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

  private final String name;
  private final List<String> words = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();
  private int next;

  ProjectText(String name, String text) {
    this.name = name;
    int line = 0;
    for (String raw : text.lines().toList()) {
      line++;
      for (String word : raw.strip().split("\\s+", -1)) {
        if (!word.isEmpty()) {
          words.add(word);
          lines.add(line);
        }
      }
    }
  }

  private MillwrightException bad(String message) {
    int line = lines.isEmpty() ? 1 : lines.get(Math.max(0, Math.min(next, lines.size()) - 1));
    return new MillwrightException(
        ErrorCode.BAD_FILE,
        name + ", line " + line + ": " + message + "\nMaybe the file has another format");
  }

  private int number(String what, int least, int most) {
    if (next == words.size()) {
      throw bad("the file ends before " + what);
    }
    String word = words.get(next++);
    try {
      int value = Integer.parseInt(word);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw bad("\"" + word + "\" is not a whole number");
    }
    throw bad(what + " is " + word + ", but must lie between " + least + " and " + most);
  }

  Shop project() {
    int n = number("the number of activities", 1, MOST);
    int count = number("the number of resources", 0, MOST);
    List<Resource> resources = new ArrayList<>();
    int[] capacity = new int[count];
    for (int r = 0; r < count; r++) {
      capacity[r] = number("a capacity", 0, MOST);
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
      work.add(Alternative.of("m" + i, number("a duration", 0, Integer.MAX_VALUE)));
      List<Need> own = new ArrayList<>();
      for (int r = 0; r < count; r++) {
        int amount = number("a need", 0, capacity[r]);
        if (amount > 0) {
          own.add(new Need("r" + r, amount));
        }
      }
      needs.add(own);
      int successors = number("the number of successors", 0, n);
      for (int k = 0; k < successors; k++) {
        int behind = number("a successor", 1, n) - 1;
        after.computeIfAbsent(behind, b -> new ArrayList<>()).add("o" + i);
      }
    }
    if (next < words.size()) {
      throw bad("behind the last activity stands \"" + words.get(next) + "\"");
    }
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      operations.add(
          Operation.builder("o" + i, List.of(work.get(i)))
              .after(after.getOrDefault(i, List.of()))
              .needs(needs.get(i))
              .build());
    }
    return Shop.builder(name, machines, List.of(ShopJob.of("project", operations)))
        .resources(resources)
        .tick(Unit.of("tick"))
        .build();
  }
}
