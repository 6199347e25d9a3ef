package io.millwright.benchmarks.shops;

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
import java.util.SplittableRandom;

/**
 * Draws shops with all that real ones have: one to three machines an operation, releases, due dates
 * and weights; with set-ups between families, and with shifts and a maintenance window, where asked
 * for. Ticks are minutes. The same numbers give the same shop.
 *
 * @param jobs how many
 * @param operations of each job
 * @param machines how many
 * @param setups whether machines change over between families
 * @param calendars whether machines rest
 * @param staff what operations need beside their machine: {@code none}; {@code crew}, an operator
 *     of one crew for six of ten machines; {@code people}, an operator of a day and a night crew or
 *     a person with two skills, a fifth of them a tool as well; {@code idle}, an operator of a crew
 *     that all machines together cannot use up
 */
record FullShops(
    int jobs, int operations, int machines, boolean setups, boolean calendars, String staff) {

  FullShops(int jobs, int operations, int machines, boolean setups, boolean calendars) {
    this(jobs, operations, machines, setups, calendars, "none");
  }

  /** The same sizes with staff. */
  FullShops with(String other) {
    return new FullShops(jobs, operations, machines, setups, calendars, other);
  }

  private static final List<String> FAMILIES = List.of("a", "b", "c", "d", "e");

  /** The sizes of the table: 10x4 to 20,000x5, some with and without set-ups and calendars. */
  static List<FullShops> sizes() {
    return List.of(
        new FullShops(10, 4, 5, true, true),
        new FullShops(25, 5, 6, true, true),
        new FullShops(50, 5, 8, false, false),
        new FullShops(50, 5, 8, true, true),
        new FullShops(100, 5, 10, true, true),
        new FullShops(200, 5, 10, false, false),
        new FullShops(200, 5, 10, true, true),
        new FullShops(2000, 5, 40, true, true),
        new FullShops(20_000, 5, 100, true, true));
  }

  String label() {
    return jobs
        + "x"
        + operations
        + (setups ? " set-ups" : "")
        + (calendars ? " calendars" : "")
        + (staff.equals("none") ? "" : " " + staff);
  }

  /** One shop of this size. */
  Shop draw(long key) {
    SplittableRandom random = new SplittableRandom(key * 1_000_003 + jobs * 31L + operations);
    // With all machines busy, half of the work is released late enough to wait for.
    double span = 55.0 * jobs * operations / machines * (calendars ? 1.5 : 1);
    List<Machine> floor = new ArrayList<>();
    for (int m = 0; m < machines; m++) {
      floor.add(machine("m" + m, span, random));
    }
    List<ShopJob> work = new ArrayList<>();
    for (int j = 0; j < jobs; j++) {
      work.add(job("j" + j, span, random));
    }
    return Shop.builder(label() + " key " + key, floor, work).resources(resources()).build();
  }

  private List<Resource> resources() {
    int some = Math.max(1, (6 * machines + 5) / 10);
    Calendar day = Calendar.shifts(1440, List.of(new Window(0, 480)));
    Calendar late = Calendar.shifts(1440, List.of(new Window(480, 960)));
    return switch (staff) {
      case "crew" -> List.of(Resource.of("operator", some));
      case "idle" -> List.of(Resource.of("operator", machines));
      case "people" -> {
        List<Resource> all = new ArrayList<>();
        all.add(Resource.of("day", some).working(day).skilled("operator"));
        all.add(Resource.of("late", some).working(late).skilled("operator"));
        all.add(Resource.person("eve", Calendar.always(), "operator", "tool"));
        all.add(Resource.of("gauge", Math.max(1, machines / 5)).skilled("tool"));
        yield all;
      }
      default -> List.of();
    };
  }

  private Operation staffed(Operation step, SplittableRandom random) {
    if (staff.equals("none")) {
      return step;
    }
    return staff.equals("people") && random.nextInt(5) == 0
        ? step.needing(new Need("operator", 1), new Need("tool", 1))
        : step.needing(new Need("operator", 1));
  }

  private Machine machine(String id, double span, SplittableRandom random) {
    Machine machine = Machine.of(id);
    if (setups) {
      List<Setup> changes = new ArrayList<>();
      for (String from : FAMILIES) {
        for (String to : FAMILIES) {
          if (!from.equals(to)) {
            changes.add(new Setup(from, to, 5 + random.nextInt(36)));
          }
        }
      }
      machine = machine.changing(changes).setFor(FAMILIES.get(random.nextInt(FAMILIES.size())));
    }
    if (calendars) {
      long repair = (long) (random.nextDouble() * span);
      machine =
          machine.working(
              Calendar.shifts(1440, List.of(new Window(0, 960)))
                  .without(new Window(repair, repair + 120)));
    }
    return machine;
  }

  private ShopJob job(String id, double span, SplittableRandom random) {
    // The same shop with and without staff.
    SplittableRandom needs = new SplittableRandom(id.hashCode());
    List<Operation> steps = new ArrayList<>();
    double work = 0;
    for (int i = 0; i < operations; i++) {
      int usual = 10 + random.nextInt(90);
      work += usual;
      int count = Math.min(machines, 1 + random.nextInt(3));
      int first = random.nextInt(machines);
      Alternative[] choice = new Alternative[count];
      for (int a = 0; a < count; a++) {
        long takes = Math.max(1, Math.round(usual * (0.8 + 0.5 * random.nextDouble())));
        choice[a] = Alternative.of("m" + (first + a) % machines, takes);
      }
      Operation step = Operation.of("o" + i, choice);
      step = setups ? step.ofFamily(FAMILIES.get(random.nextInt(FAMILIES.size()))) : step;
      steps.add(staffed(step, needs));
    }
    long release = (long) (0.5 * span * random.nextDouble());
    long due = release + (long) (work * (1 + 2 * random.nextDouble()) * (calendars ? 1.5 : 1));
    ShopJob job = ShopJob.chain(id, steps.toArray(Operation[]::new));
    return job.releasedAt(release).dueAt(due).weighing(1 + random.nextInt(9));
  }
}
