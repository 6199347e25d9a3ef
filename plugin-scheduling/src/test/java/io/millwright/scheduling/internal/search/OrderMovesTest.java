package io.millwright.scheduling.internal.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderMovesTest {

  @Test
  void anOperationGoesBackToItsPlacePastJobsLeftOut() {
    Operation one = Operation.of("1", Alternative.of("m", 2));
    Shop shop =
        Shop.of(
            "left out",
            List.of(Machine.of("m")),
            List.of(
                ShopJob.builder("a", List.of(one)).rejection(3).build(),
                ShopJob.chain("b", one),
                ShopJob.chain("c", one)));
    Floor floor = new Floor(shop);
    Plan plan = new Plan(0, new int[] {0, 1, 2}, new int[] {~0, 1, 2}, "tried");
    OrderMoves moves = new OrderMoves(floor, new Draws(1), plan);
    moves.bring(2, 2, 0, new long[] {0, 0, 2});
    assertThat(moves.order).containsSubsequence(2, 1);
    assertThat(moves.alternative).containsExactly(~0, 1, 2);
  }
}
