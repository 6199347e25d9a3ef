package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.internal.model.Island;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Stop;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs islands in rounds. The calling thread works too and takes over what no helper has begun, so
 * a busy or small executor slows the search but never blocks it. Between rounds each island hears
 * of its neighbour's best plan. Which thread runs an island has no influence on what it finds.
 */
public final class Archipelago {

  private final List<? extends Island> islands;
  private final Executor executor;
  private final long round;

  /**
   * A group of islands.
   *
   * @param round iterations of each island between two exchanges
   */
  Archipelago(List<? extends Island> islands, Executor executor, long round) {
    this.islands = List.copyOf(islands);
    this.executor = executor;
    this.round = round;
  }

  /**
   * Searches.
   *
   * @param iterations of all islands together
   * @param enough ends when the best cost is at most this
   * @param onBetter hears of every better plan between rounds, on the calling thread
   * @param visitor gives the best plan of a searcher outside, or null
   * @return the iterations done by all islands together
   */
  long run(
      long iterations,
      double enough,
      Stop stop,
      Consumer<Plan> onBetter,
      Supplier<@Nullable Plan> visitor) {
    long left = Math.max(1, iterations / islands.size());
    double best = Double.POSITIVE_INFINITY;
    long done = 0;
    while (left > 0 && !stop.now()) {
      long quota = Math.min(round, left);
      done += everyIsland(quota, stop);
      left -= quota;
      Plan better = null;
      for (Island island : islands) {
        Plan plan = island.best();
        if (plan.cost() < best) {
          best = plan.cost();
          better = plan;
        }
      }
      Plan other = visitor.get();
      if (other != null && other.cost() < best) {
        best = other.cost();
        better = other;
        islands.forEach(island -> island.receive(other));
      }
      if (better != null) {
        onBetter.accept(better);
      }
      if (best <= enough) {
        break;
      }
      if (islands.size() > 1) {
        exchange();
      }
    }
    return done;
  }

  private void exchange() {
    List<Plan> bests = islands.stream().map(Island::best).toList();
    for (int i = 0; i < islands.size(); i++) {
      islands.get(i).receive(bests.get((i + 1) % islands.size()));
    }
  }

  private long everyIsland(long quota, Stop stop) {
    if (islands.size() == 1) {
      return islands.get(0).advance(quota, stop);
    }
    Round work = new Round(quota, stop);
    for (int i = 1; i < islands.size(); i++) {
      try {
        executor.execute(work);
      } catch (RejectedExecutionException e) {
        // The calling thread does the work of the helper that it did not get.
        break;
      }
    }
    return work.finish();
  }

  private final class Round implements Runnable {
    private final long quota;
    private final Stop stop;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch open = new CountDownLatch(islands.size());
    private final long[] done = new long[islands.size()];
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

    Round(long quota, Stop stop) {
      this.quota = quota;
      this.stop = stop;
    }

    @Override
    public void run() {
      for (int i = next.getAndIncrement(); i < islands.size(); i = next.getAndIncrement()) {
        try {
          done[i] = islands.get(i).advance(quota, stop);
        } catch (RuntimeException e) {
          failure.compareAndSet(null, e);
        } finally {
          open.countDown();
        }
      }
    }

    long finish() {
      run();
      boolean interrupted = false;
      while (true) {
        try {
          open.await();
          break;
        } catch (InterruptedException e) {
          // Islands end by the stop flag; an interrupt is handed on, not obeyed.
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      RuntimeException e = failure.get();
      if (e != null) {
        throw e;
      }
      long sum = 0;
      for (long d : done) {
        sum += d;
      }
      return sum;
    }
  }
}
