package io.millwright.scheduling;

import io.millwright.api.data.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/** Draws shops for property tests; every feature can be switched on by its own. */
public final class RandomShops {

  private final Random random;
  private boolean flexible;
  private boolean setups;
  private boolean calendars;
  private boolean dates;
  private boolean assembly;
  private boolean resources;
  private boolean absences;
  private boolean energy;

  public RandomShops(long seed) {
    random = new Random(seed);
  }

  public RandomShops flexible() {
    flexible = true;
    return this;
  }

  public RandomShops setups() {
    setups = true;
    return this;
  }

  public RandomShops calendars() {
    calendars = true;
    return this;
  }

  public RandomShops dates() {
    dates = true;
    return this;
  }

  public RandomShops assembly() {
    assembly = true;
    return this;
  }

  public RandomShops resources() {
    resources = true;
    return this;
  }

  /** Resources that are away at times. */
  public RandomShops absences() {
    resources = true;
    absences = true;
    return this;
  }

  public RandomShops energy() {
    energy = true;
    return this;
  }

  /** A shop with every feature drawn at random. */
  public static Shop mixed(long seed, int jobs, int machines) {
    RandomShops shops = new RandomShops(seed);
    shops.flexible = shops.random.nextBoolean();
    shops.setups = shops.random.nextBoolean();
    shops.calendars = shops.random.nextBoolean();
    shops.dates = shops.random.nextBoolean();
    shops.assembly = shops.random.nextBoolean();
    shops.resources = shops.random.nextBoolean();
    shops.absences = shops.random.nextBoolean();
    shops.energy = shops.random.nextBoolean();
    return shops.shop(jobs, machines);
  }

  public Shop shop(int jobs, int machines) {
    List<Machine> all = new ArrayList<>();
    for (int m = 0; m < machines; m++) {
      all.add(machine("m" + m));
    }
    List<ShopJob> work = new ArrayList<>();
    for (int j = 0; j < jobs; j++) {
      work.add(job("j" + j, machines));
    }
    List<Resource> staff =
        resources ? List.of(Resource.of("crew", 2), Resource.of("crane", 1)) : List.of();
    if (resources && absences) {
      staff = staff.stream().map(r -> r.working(shifts(15))).toList();
    }
    Shop shop = Shop.builder("random", all, work).resources(staff).build();
    return energy ? shop.paying(tariff()) : shop;
  }

  /** Two shifts with breaks, the first of a random length. */
  private Calendar shifts(int pause) {
    int first = 20 + random.nextInt(60);
    return Calendar.shifts(100, List.of(new Window(0, first), new Window(first + pause, 100)));
  }

  private Tariff tariff() {
    List<Tariff.Step> steps = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      steps.add(
          new Tariff.Step(40 * k + (k == 0 ? 0 : random.nextInt(20)), random.nextInt(40) / 100.0));
    }
    return new Tariff(Unit.of("EUR"), 60, random.nextBoolean() ? 0 : 130, steps);
  }

  private Power power() {
    return new Power(
        5 + random.nextInt(20),
        1 + random.nextInt(5),
        random.nextInt(4),
        random.nextInt(3) / 2.0,
        random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(10 + random.nextInt(50)));
  }

  private Machine machine(String id) {
    Machine m = Machine.of(id);
    if (setups) {
      List<Setup> changes = new ArrayList<>();
      for (String from : List.of("a", "b", "c")) {
        for (String to : List.of("a", "b", "c")) {
          if (!from.equals(to)) {
            changes.add(new Setup(from, to, random.nextInt(30)));
          }
        }
      }
      m = m.changing(changes);
      m = random.nextBoolean() ? m.setFor("a") : m;
    }
    if (calendars) {
      m = m.working(shifts(10));
    }
    return energy && random.nextInt(5) > 0 ? m.drawing(power()) : m;
  }

  private ShopJob job(String id, int machines) {
    int count = 1 + random.nextInt(5);
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Operation o = Operation.of("o" + i, alternatives(machines));
      if (i > 0) {
        o =
            assembly && random.nextInt(3) == 0
                ? o.following("o" + random.nextInt(i))
                : o.following("o" + (i - 1));
      }
      if (setups && random.nextInt(5) > 0) {
        o = o.ofFamily(List.of("a", "b", "c").get(random.nextInt(3)));
      }
      if (resources && random.nextInt(3) == 0) {
        o =
            random.nextBoolean()
                ? o.needing(new Need("crew", 1 + random.nextInt(2)))
                : o.needing(new Need("crew", 1), new Need("crane", 1));
      }
      operations.add(o);
    }
    long release = dates ? random.nextInt(100) : 0;
    OptionalLong due =
        dates && random.nextInt(4) > 0
            ? OptionalLong.of(release + 20 + random.nextInt(200))
            : OptionalLong.empty();
    return ShopJob.builder(id, operations)
        .release(release)
        .due(due)
        .weight(1 + random.nextInt(5))
        .quantity(1 + random.nextInt(3))
        .build();
  }

  private Alternative[] alternatives(int machines) {
    int count = flexible ? 1 + random.nextInt(machines) : 1;
    int first = random.nextInt(machines);
    Alternative[] all = new Alternative[count];
    for (int a = 0; a < count; a++) {
      long duration = random.nextInt(12) == 0 ? 0 : random.nextInt(40);
      all[a] = new Alternative("m" + (first + a) % machines, duration, random.nextInt(4));
    }
    return all;
  }
}
