package io.millwright.benchmarks.planner;

import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Setup;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws loaded shops with every feature: alternatives, family set-ups, shifts, releases, due dates,
 * weights, and operators who are absent at night. A minute is a tick.
 */
final class DrawnShops {
  private DrawnShops() {}

  private static final int DAY = 1440;

  /** A shop whose machines are busy for most of the time until the last due date. */
  static Shop draw(long key, int jobs, int steps, int machines) {
    Random random = new Random(key);
    List<Machine> floor = new ArrayList<>();
    for (int m = 0; m < machines; m++) {
      List<Setup> setups = new ArrayList<>();
      for (String from : List.of("a", "b", "c")) {
        for (String to : List.of("a", "b", "c")) {
          if (!from.equals(to)) {
            setups.add(new Setup(from, to, 10 + random.nextInt(20)));
          }
        }
      }
      Calendar shifts =
          random.nextBoolean()
              ? Calendar.shifts(DAY, List.of(new Window(6 * 60, 22 * 60)))
              : Calendar.always();
      floor.add(Machine.of("m" + m).working(shifts).changing(setups));
    }
    double work = 40.0 * jobs * steps / machines;
    List<ShopJob> orders = new ArrayList<>();
    for (int j = 0; j < jobs; j++) {
      List<Operation> route = new ArrayList<>();
      for (int i = 0; i < steps; i++) {
        int first = random.nextInt(machines);
        Alternative[] choice = new Alternative[1 + random.nextInt(3)];
        for (int a = 0; a < choice.length; a++) {
          choice[a] = Alternative.of("m" + (first + a) % machines, 10 + random.nextInt(60));
        }
        Operation o = Operation.of("o" + i, choice).ofFamily("" + "abc".charAt(random.nextInt(3)));
        o = i == 0 ? o : o.following("o" + (i - 1));
        route.add(random.nextInt(4) == 0 ? o.needing(new Need("crew", 1)) : o);
      }
      long release = (long) (random.nextDouble() * work * 0.6);
      long due = release + (long) (work * (0.2 + 0.8 * random.nextDouble()));
      orders.add(
          ShopJob.builder("j" + j, route)
              .release(release)
              .due(due)
              .weight(1 + random.nextInt(5))
              .build());
    }
    Calendar day = Calendar.shifts(DAY, List.of(new Window(5 * 60, 23 * 60)));
    Resource crew = Resource.of("crew", Math.max(2, machines / 2)).working(day);
    return Shop.builder("drawn " + key, floor, orders).resources(List.of(crew)).build().checked();
  }
}
