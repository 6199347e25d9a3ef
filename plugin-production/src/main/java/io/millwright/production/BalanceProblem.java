package io.millwright.production;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Simple assembly line balancing (Scholl 1999): tasks with times and precedence are assigned to
 * stations in a row. With a cycle time the number of stations is minimised (SALBP-1); with a number
 * of stations the cycle time is (SALBP-2).
 *
 * @param tasks the tasks, at least one
 * @param before pairs of names: the first task must not stand at a later station than the second
 * @param cycleTime the time of a cycle, in the unit of the tasks' times; 0 for SALBP-2
 * @param stations how many stations; 0 for SALBP-1
 */
public record BalanceProblem(
    List<Task> tasks, List<Precedence> before, double cycleTime, int stations) {

  /**
   * A task.
   *
   * @param name its name
   * @param time how long it takes, 0 or more; kept to a millionth of the unit
   */
  public record Task(String name, double time) {}

  /**
   * An order of two tasks.
   *
   * @param first stands at the same station or an earlier one
   * @param second the other
   */
  public record Precedence(String first, String second) {}

  /** Checks everything at once. */
  public BalanceProblem {
    tasks = List.copyOf(tasks);
    before = List.copyOf(before);
    Problems problems = new Problems("line");
    if (tasks.isEmpty()) {
      problems.add(ErrorCode.TOO_FEW_DATA, "tasks", "there are none", "add at least one");
    }
    if ((cycleTime > 0) == (stations > 0) || cycleTime < 0 || stations < 0) {
      problems.add(
          ErrorCode.BAD_OPTION,
          "cycle time",
          "cycle time " + cycleTime + " and " + stations + " stations",
          "give one of the two");
    }
    if (cycleTime > 0 && !(cycleTime >= 1e-3 && cycleTime <= 1e12)) {
      problems.add(
          ErrorCode.OUT_OF_RANGE,
          "cycle time",
          "is " + cycleTime + ", but must lie between 0.001 and 1e12",
          "take another unit");
    }
    Map<String, Integer> places = new HashMap<>();
    for (Task t : tasks) {
      if (places.put(t.name, places.size()) != null) {
        problems.add(ErrorCode.BAD_VALUE, "task " + t.name, "stands twice", "rename one of them");
      }
      if (!(t.time >= 0) || Double.isInfinite(t.time) || t.time > 1e9) {
        problems.add(
            ErrorCode.OUT_OF_RANGE,
            "task " + t.name,
            "takes " + t.time,
            t.time > 1e9 ? "take a larger unit" : "give 0 or more");
      } else if (cycleTime > 0 && t.time > cycleTime) {
        problems.add(
            ErrorCode.OUT_OF_RANGE,
            "task " + t.name,
            "takes " + t.time + ", longer than the cycle of " + cycleTime,
            "divide it, or lengthen the cycle by " + (t.time - cycleTime));
      }
    }
    for (Precedence p : before) {
      if (!places.containsKey(p.first) || !places.containsKey(p.second)) {
        problems.add(
            ErrorCode.BAD_VALUE,
            p.first + " before " + p.second,
            "names no task",
            "use the names of the tasks");
      }
    }
    problems.throwIfAny();
    List<String> circle = circle(tasks, before, places);
    if (!circle.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "precedence goes round in a circle through " + circle + "\nMaybe one pair is reversed");
    }
  }

  private static List<String> circle(
      List<Task> tasks, List<Precedence> before, Map<String, Integer> places) {
    int n = tasks.size();
    int[] open = new int[n];
    List<List<Integer>> after = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      after.add(new ArrayList<>());
    }
    for (Precedence p : before) {
      after.get(places.getOrDefault(p.first, 0)).add(places.getOrDefault(p.second, 0));
      open[places.getOrDefault(p.second, 0)]++;
    }
    List<Integer> free = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (open[i] == 0) {
        free.add(i);
      }
    }
    for (int k = 0; k < free.size(); k++) {
      for (int j : after.get(free.get(k))) {
        if (--open[j] == 0) {
          free.add(j);
        }
      }
    }
    List<String> circle = new ArrayList<>();
    for (int i = 0; i < n && circle.size() < 10; i++) {
      if (open[i] > 0) {
        circle.add(tasks.get(i).name);
      }
    }
    return circle;
  }

  /**
   * Fewest stations for a cycle time (SALBP-1).
   *
   * @param tasks the tasks
   * @param before the precedence
   * @param cycleTime the cycle time
   * @return the problem
   */
  public static BalanceProblem forCycle(
      List<Task> tasks, List<Precedence> before, double cycleTime) {
    return new BalanceProblem(tasks, before, cycleTime, 0);
  }

  /**
   * Shortest cycle for a number of stations (SALBP-2).
   *
   * @param tasks the tasks
   * @param before the precedence
   * @param stations the number
   * @return the problem
   */
  public static BalanceProblem forStations(
      List<Task> tasks, List<Precedence> before, int stations) {
    return new BalanceProblem(tasks, before, 0, stations);
  }

  /**
   * Tasks and precedence of a text in one of the two usual forms: {@code .IN2} (number of tasks,
   * times, pairs, {@code -1,-1}) and {@code .alb} (sections in pointed brackets).
   *
   * @param text the text
   * @param cycleTime the cycle time; 0 for that of the text, if it has one, or for SALBP-2
   * @param stations the number of stations, 0 for SALBP-1
   * @return the problem
   * @throws MillwrightException with {@link ErrorCode#BAD_FILE}, naming the line
   */
  public static BalanceProblem parse(String text, double cycleTime, int stations) {
    return BalanceText.parse(text, cycleTime, stations);
  }
}
