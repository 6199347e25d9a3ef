package io.millwright.supplychain.internal.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every piece is done once, whatever the executor does. */
@Timeout(300)
class LanesTest {

  private static void everyPieceOnce(Executor executor) {
    AtomicIntegerArray done = new AtomicIntegerArray(1000);
    new Lanes(executor).each(done.length(), done::incrementAndGet);
    for (int i = 0; i < done.length(); i++) {
      assertThat(done.get(i)).isOne();
    }
  }

  @Test
  void everyPieceIsDoneOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      everyPieceOnce(pool);
      everyPieceOnce(Runnable::run);
      everyPieceOnce(Lanes.alone().executor());
      // The only thread waits for lanes that it would have to run itself.
      ExecutorService single = Executors.newSingleThreadExecutor();
      try {
        single.submit(() -> everyPieceOnce(single)).get();
      } finally {
        single.shutdownNow();
      }
      new Lanes(pool).each(0, i -> assertThat(i).isNegative());
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void whatAPieceThrowsIsThrownOnceAllHaveEnded() {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      for (Executor executor : List.of(pool, Lanes.alone().executor())) {
        assertThatThrownBy(
                () ->
                    new Lanes(executor)
                        .each(
                            100,
                            i -> {
                              if (i == 37) {
                                throw new IllegalStateException("piece 37");
                              }
                            }))
            .hasMessage("piece 37");
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
