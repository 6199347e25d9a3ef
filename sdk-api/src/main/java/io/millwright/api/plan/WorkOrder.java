package io.millwright.api.plan;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * An order of work (ISA-95 work order): what must be done, in which order, and what it takes. What
 * configuration and planning hand to scheduling and production. Times are whole ticks from wherever
 * the user counts. Immutable and thread-safe.
 *
 * @param id the order's name
 * @param product what is made, for people
 * @param quantity how many, above 0
 * @param steps the operations; each names those before it
 * @param materials what must be there
 * @param release the first tick at which work may begin, 0 or more
 * @param due the tick by which it should be done; {@link Long#MAX_VALUE} where nothing is asked
 */
public record WorkOrder(
    String id,
    String product,
    double quantity,
    List<Step> steps,
    List<Material> materials,
    long release,
    long due) {

  /**
   * An operation (ISA-95 operations segment).
   *
   * @param name the name, unique in the order
   * @param resource the machine or work centre that does it
   * @param duration the expected working time in ticks for the whole order, at least 1
   * @param after the names of the steps that must be done before
   */
  public record Step(String name, String resource, long duration, List<String> after) {
    /** Copies. */
    public Step {
      Objects.requireNonNull(resource, "resource");
      after = List.copyOf(after);
    }
  }

  /**
   * A material (ISA-95 material requirement).
   *
   * @param item the item's name
   * @param quantity how much for the whole order, not negative
   * @param step the step that uses it
   */
  public record Material(String item, double quantity, String step) {}

  /**
   * Checks and copies.
   *
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} when a step is named twice, takes
   *     no time, comes after one that is not there, or steps wait for each other in a ring, which
   *     is named
   */
  public WorkOrder {
    Objects.requireNonNull(product, "product");
    steps = List.copyOf(steps);
    materials = List.copyOf(materials);
    String place = "order \"" + id + "\"";
    if (!(quantity > 0) || Double.isInfinite(quantity) || release < 0) {
      throw bad(
          place + " is of " + quantity + " pieces, released at " + release, "use more than none");
    }
    Map<String, Step> named = new HashMap<>();
    for (Step s : steps) {
      if (named.put(s.name, s) != null || s.duration < 1) {
        throw bad(
            place + ": step " + s.name + " stands twice, or takes " + s.duration + " ticks",
            "give it a name of its own and at least 1 tick");
      }
    }
    for (Step s : steps) {
      for (String before : s.after) {
        if (!named.containsKey(before)) {
          throw bad(
              place + ": step " + s.name + " comes after \"" + before + "\", which is no step",
              "one of " + named.keySet() + " is meant");
        }
      }
    }
    for (Material m : materials) {
      if (!named.containsKey(m.step) || !(m.quantity >= 0) || Double.isInfinite(m.quantity)) {
        throw bad(
            place + ": material " + m.item + " of " + m.quantity + " for step " + m.step,
            "name a step, and a finite quantity");
      }
    }
    Set<String> done = new HashSet<>();
    boolean going = true;
    while (going) {
      going = false;
      for (Step s : steps) {
        if (!done.contains(s.name) && done.containsAll(s.after)) {
          done.add(s.name);
          going = true;
        }
      }
    }
    if (done.size() < steps.size()) {
      throw bad(
          place
              + ": the steps "
              + steps.stream().map(Step::name).filter(n -> !done.contains(n)).toList()
              + " wait for each other in a ring",
          "let one of them begin first");
    }
  }

  private static MillwrightException bad(String what, String remedy) {
    return new MillwrightException(ErrorCode.BAD_OPTION, what + "\nMaybe " + remedy);
  }
}
