package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Finding;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Mix;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Oven;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Impossible;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What counting rules out, on shops so small that every plan can be tried. */
class ImpossibleTest {

  @Test
  void moreWithAnOptionThanAnyOrderLetsThrough() {
    int told =
        agrees(
            random -> {
              List<ShopJob> jobs = new ArrayList<>();
              for (int j = 0; j < 4; j++) {
                List<Alternative> where = new ArrayList<>(List.of(Alternative.of("line", 1)));
                if (random.nextInt(4) == 0) {
                  where.add(Alternative.of("hand", 2));
                }
                jobs.add(
                    ShopJob.of(
                        "j" + j,
                        List.of(
                            Operation.builder("1", where)
                                .options(random.nextBoolean() ? List.of("roof") : List.of())
                                .build())));
              }
              Mix mix = new Mix("roof", 1, 2 + random.nextInt(2));
              return Shop.builder(
                      "mix",
                      List.of(Machine.builder("line").mixes(mix).build(), Machine.of("hand")),
                      jobs)
                  .build();
            });
    assertThat(told).isGreaterThan(3);
  }

  @Test
  void fewerPiecesThanTheLeastLoad() {
    int told =
        agrees(
            random -> {
              List<ShopJob> jobs = new ArrayList<>();
              for (int j = 0; j < 4; j++) {
                Operation bake =
                    Operation.of("1", Alternative.of("oven", 1 + random.nextInt(2)))
                        .ofFamily(random.nextBoolean() ? "x" : "y");
                jobs.add(ShopJob.chain("j" + j, bake).pieces(1 + random.nextInt(2)));
              }
              Machine oven = Machine.builder("oven").oven(new Oven(3, 4)).build();
              return Shop.builder("loads", List.of(oven), jobs).build();
            });
    assertThat(told).isGreaterThan(5);
  }

  /** How many of forty drawn shops are told to be impossible, of which none has a plan. */
  private static int agrees(Function<Random, Shop> draw) {
    int told = 0;
    for (int key = 0; key < 40; key++) {
      Shop shop = draw.apply(new Random(key));
      List<Finding> found = Impossible.of(new Floor(shop));
      if (!found.isEmpty()) {
        told++;
        assertThat(found.get(0).place()).containsAnyOf("machine line", "job j");
        assertThat(found.get(0).message()).containsAnyOf("option roof", "at least 3 pieces");
        assertThat(Tried.best(shop, Objectives.makespan(), 8)).as("key %d", key).isInfinite();
      }
    }
    return told;
  }
}
