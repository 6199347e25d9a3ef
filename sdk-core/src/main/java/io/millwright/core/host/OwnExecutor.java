package io.millwright.core.host;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads of an instance of its own: daemons, one for each processor, named. */
final class OwnExecutor {

  private OwnExecutor() {}

  static ThreadPoolExecutor create(String name) {
    int threads = Runtime.getRuntime().availableProcessors();
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread =
                  new Thread(task, "millwright-" + name + "-" + count.incrementAndGet());
              thread.setDaemon(true);
              // Not the loader of whoever came first: an app server could not unload that one.
              thread.setContextClassLoader(OwnExecutor.class.getClassLoader());
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
