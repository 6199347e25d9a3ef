package io.millwright.core.learn;

import io.millwright.api.spi.Jobs;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Works through members on several threads: the calling thread and helpers, one for each further
 * processor, take members until none is left. Helpers are jobs of the host's executor; one that
 * gets no thread in time finds nothing to do, and the caller waits only for those that began. So a
 * training ends on an executor of any size.
 */
final class Crew {

  private Crew() {}

  /**
   * @param members what there is to do
   * @param each called once for each member, by any of the threads; what it throws ends the work
   *     and is thrown here
   */
  static <M> void work(Jobs jobs, List<M> members, Consumer<M> each) {
    AtomicInteger next = new AtomicInteger();
    Busy busy = new Busy();
    Runnable share =
        () -> {
          try {
            for (int i = next.getAndIncrement(); i < members.size(); i = next.getAndIncrement()) {
              each.accept(members.get(i));
            }
          } catch (RuntimeException | Error e) {
            next.set(members.size());
            busy.failed(e);
          }
        };
    int helpers = Math.min(members.size(), Runtime.getRuntime().availableProcessors()) - 1;
    for (int h = 0; h < helpers; h++) {
      jobs.background()
          .<Boolean>start(
              "help with a training",
              Optional.empty(),
              control -> {
                boolean inTime = busy.enter();
                if (inTime) {
                  try {
                    share.run();
                  } finally {
                    busy.leave();
                  }
                }
                return inTime;
              });
    }
    try {
      share.run();
    } finally {
      busy.close();
    }
    busy.rethrow();
  }
}
