package io.millwright.scheduling.internal;

import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.internal.model.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Shops without features, in the manner of the classic generators. */
final class Shops {
  private Shops() {}

  static Shop jobShop(int jobs, int machines, long key) {
    return shop(jobs, machines, key, 1, true);
  }

  static Shop flexible(int jobs, int machines, long key) {
    return shop(jobs, machines, key, 3, true);
  }

  static Shop flowShop(int jobs, int machines, long key) {
    return shop(jobs, machines, key, 1, false).asPermutation();
  }

  private static Shop shop(int jobs, int machines, long key, int alternatives, boolean shuffle) {
    Draws draws = Draws.of(key, 0);
    List<ShopJob> all = new ArrayList<>();
    for (int j = 0; j < jobs; j++) {
      int[] route = IntStream.range(0, machines).toArray();
      for (int i = machines - 1; shuffle && i > 0; i--) {
        int k = draws.below(i + 1);
        int t = route[i];
        route[i] = route[k];
        route[k] = t;
      }
      Operation[] operations = new Operation[machines];
      for (int i = 0; i < machines; i++) {
        Alternative[] choice = new Alternative[alternatives];
        for (int a = 0; a < alternatives; a++) {
          choice[a] = Alternative.of("m" + (route[i] + a) % machines, 1 + draws.below(99));
        }
        operations[i] = Operation.of("o" + i, choice);
      }
      all.add(ShopJob.chain("j" + j, operations));
    }
    List<Machine> floor = IntStream.range(0, machines).mapToObj(m -> Machine.of("m" + m)).toList();
    return Shop.of("drawn", floor, all);
  }
}
