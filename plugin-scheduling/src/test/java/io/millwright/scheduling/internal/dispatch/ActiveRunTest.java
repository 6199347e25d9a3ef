package io.millwright.scheduling.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActiveRunTest {

  private static PlainShop drawn(int jobs, int machines, long key) {
    return PlainShop.drawn(jobs, machines, KeyedRandom.of(key, Purpose.OTHER));
  }

  private static Chooser random(long key) {
    KeyedRandom draws = KeyedRandom.of(key, Purpose.OTHER, 1);
    return (state, machine, now, slots, count) -> draws.nextInt(count);
  }

  /** Times by another way: every step as early as job and machine allow, in the order taken. */
  private static double end(PlainShop shop, int[] order) {
    double[] job = new double[shop.jobs()];
    double[] machine = new double[shop.machines()];
    int[] next = new int[shop.jobs()];
    double end = 0;
    for (int j : order) {
      int k = next[j]++;
      int m = shop.route()[j][k];
      double done = Math.max(job[j], machine[m]) + shop.work()[j][k];
      job[j] = done;
      machine[m] = done;
      end = Math.max(end, done);
    }
    return end;
  }

  @Test
  void everyStepIsTakenOnceAndTheEndIsThatOfTheOrder() {
    for (int key = 0; key < 20; key++) {
      PlainShop shop = drawn(3 + key % 7, 2 + key % 5, key);
      int[] order = new int[shop.jobs() * shop.machines()];
      double end = new ActiveRun(shop).run(random(key), order);
      assertThat(end).isEqualTo(end(shop, order)).isGreaterThanOrEqualTo(shop.bound());
    }
  }

  /** All active schedules of a small shop hold an optimal one (Giffler and Thompson 1960). */
  @Test
  void someChoicesGiveTheOptimum() {
    PlainShop shop = drawn(3, 3, 4);
    double least = Double.POSITIVE_INFINITY;
    ActiveRun run = new ActiveRun(shop);
    for (int key = 0; key < 500; key++) {
      least = Math.min(least, run.run(random(key), new int[0]));
    }
    assertThat(least).isEqualTo(optimum(shop, new int[9], new int[3], 0));
  }

  private static double optimum(PlainShop shop, int[] order, int[] next, int at) {
    if (at == order.length) {
      return end(shop, order);
    }
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < shop.jobs(); j++) {
      if (next[j] < shop.machines()) {
        next[j]++;
        order[at] = j;
        least = Math.min(least, optimum(shop, order, next, at + 1));
        next[j]--;
      }
    }
    return least;
  }

  @Test
  void candidatesStandOnOneMachineAndAreDifferentJobs() {
    PlainShop shop = drawn(12, 4, 8);
    new ActiveRun(shop)
        .run(
            (state, machine, now, slots, count) -> {
              Set<Integer> seen = new HashSet<>();
              for (int i = 0; i < count; i++) {
                assertThat(state.route[slots[i]][state.next[slots[i]]]).isEqualTo(machine);
                seen.add(slots[i]);
              }
              assertThat(seen).hasSize(count);
              return 0;
            },
            new int[0]);
  }

  /** What candidates are told apart by does not depend on the unit of time. */
  @Test
  void traitsDoNotKnowTheUnitOfTime() {
    PlainShop shop = drawn(8, 5, 2);
    double[][] longer = new double[shop.jobs()][];
    for (int j = 0; j < shop.jobs(); j++) {
      longer[j] = shop.work()[j].clone();
      for (int k = 0; k < longer[j].length; k++) {
        longer[j][k] *= 1024;
      }
    }
    MakespanTraits traits = new MakespanTraits();
    float[][] seen = new float[2][];
    for (int unit = 0; unit < 2; unit++) {
      int at = unit;
      float[] into = new float[64 * traits.size()];
      int[] asked = {0};
      new ActiveRun(unit == 0 ? shop : new PlainShop(5, shop.route(), longer))
          .run(
              (state, machine, now, slots, count) -> {
                if (asked[0]++ == 10) {
                  traits.fill(state, machine, now, slots, count, into);
                  seen[at] = java.util.Arrays.copyOf(into, count * traits.size());
                }
                return 0;
              },
              new int[0]);
    }
    assertThat(seen[1]).hasSameSizeAs(seen[0]);
    for (int i = 0; i < seen[0].length; i++) {
      assertThat(seen[1][i]).isCloseTo(seen[0][i], org.assertj.core.api.Assertions.within(1e-4f));
    }
  }
}
