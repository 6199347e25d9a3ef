package io.millwright.scheduling;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;

/** A goal that is one function. */
record SimpleGoal(String name, ToDoubleBiFunction<Shop, Schedule> function) implements PlanGoal {

  SimpleGoal {
    Objects.requireNonNull(name, "name");
  }

  @Override
  public double cost(Shop shop, Schedule plan) {
    return function.applyAsDouble(shop, plan);
  }

  /** When each machine has work; what a load of an oven does together counts once. */
  static Map<String, Set<Window>> taken(Schedule plan) {
    Map<String, Set<Window>> taken = new HashMap<>();
    for (Assignment a : plan.assignments()) {
      if (a.start() < a.end()) {
        taken
            .computeIfAbsent(a.machine(), m -> new HashSet<>())
            .add(new Window(a.start(), a.end()));
      }
    }
    return taken;
  }

  /** The ticks of a span in which the calendar is open, but its pattern alone is not. */
  static long beyond(Calendar calendar, long from, long to) {
    Calendar usual =
        calendar
            .pattern()
            .map(p -> Calendar.shifts(p.period(), p.open()))
            .orElse(Calendar.always());
    long open = 0;
    for (Window w : calendar.open(from, to)) {
      open += w.to() - w.from();
      for (Window u : usual.open(w.from(), w.to())) {
        open -= u.to() - u.from();
      }
    }
    return open;
  }
}
