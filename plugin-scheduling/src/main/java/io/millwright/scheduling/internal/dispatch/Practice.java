package io.millwright.scheduling.internal.dispatch;

import io.millwright.runtime.simulation.CommonRandom;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import io.millwright.scheduling.DispatchGoal;
import io.millwright.scheduling.StochasticShop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a goal is practised on. Immutable. */
record Practice(DispatchGoal goal) {

  /** The shops that a policy is judged by are drawn by a key of their own. */
  private static final long JUDGED = 0x7E57;

  /** What candidates are told apart by. */
  Traits traits() {
    return goal == DispatchGoal.MAKESPAN ? new MakespanTraits() : new TardinessTraits();
  }

  /** Draws something to practise on. */
  Episode draw(KeyedRandom random) {
    return goal == DispatchGoal.MAKESPAN ? plain(random) : live(random);
  }

  /** Job shops as Taillard draws them, from 6 jobs by 6 machines to 20 by 15. */
  private static Episode plain(KeyedRandom random) {
    int machines = 6 + random.nextInt(10);
    int jobs = machines + random.nextInt(Math.min(20, 2 * machines) - machines + 1);
    ActiveRun run = new ActiveRun(PlainShop.drawn(jobs, machines, random));
    return chooser -> run.run(chooser, new int[0]);
  }

  /** Short stretches of floors of many kinds, loose and tight, with and without failures. */
  private static Episode live(KeyedRandom random) {
    int machines = 5 + random.nextInt(8);
    int least = 2 + random.nextInt(machines - 2);
    double tight = 1.2 + 2 * random.nextDouble();
    LiveRun run =
        new LiveRun(
            StochasticShop.builder()
                .machines(machines)
                .utilisation(0.75 + 0.25 * random.nextDouble())
                .steps(least, least + random.nextInt(machines - least + 1))
                .allowance(tight, tight + 4 * random.nextDouble())
                .failures(500 + 3000 * random.nextDouble(), 30 + 170 * random.nextDouble())
                .spread(0.3 * random.nextDouble())
                .jobs(60, 0)
                .backlog(random.nextInt(2 * machines))
                .build(),
            new CommonRandom(random.nextLong(), 0));
    return chooser -> run.run(chooser).tardiness();
  }

  /** A rule to begin from, where one is known that is hard to find by trying. */
  Optional<Chooser> teacher() {
    return goal == DispatchGoal.TARDINESS ? Optional.of(LiveRules.atc(5, 2)) : Optional.empty();
  }

  /** The rules beside which a policy is judged, by their names. */
  List<LiveRules.Named> rules() {
    return goal == DispatchGoal.MAKESPAN ? LiveRules.forMakespan() : LiveRules.forTardiness();
  }

  /** What policies of this goal are judged on, never practised on. */
  List<Episode> judged() {
    List<Episode> judged = new ArrayList<>();
    if (goal == DispatchGoal.MAKESPAN) {
      int[][] sizes = {{10, 10}, {15, 15}, {20, 15}, {20, 20}, {30, 15}};
      for (int i = 0; i < 40; i++) {
        int[] size = sizes[i % sizes.length];
        PlainShop shop =
            PlainShop.drawn(size[0], size[1], KeyedRandom.of(JUDGED, Purpose.OTHER, i));
        ActiveRun run = new ActiveRun(shop);
        double bound = shop.bound();
        judged.add(chooser -> run.run(chooser, new int[0]) / bound);
      }
    } else {
      for (int i = 0; i < 6; i++) {
        LiveRun run = new LiveRun(StochasticShop.builder().build(), new CommonRandom(JUDGED, i));
        judged.add(chooser -> run.run(chooser).tardiness());
      }
    }
    return judged;
  }
}
