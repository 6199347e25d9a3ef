package io.millwright.scheduling.internal;

import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.concurrent.Executor;

/** The facade without a host, for tests in which nothing is learnt. */
final class Unlearned {

  private Unlearned() {}

  static DefaultScheduling scheduling(Jobs jobs, Executor executor, Clock clock) {
    Composer none =
        (Composer)
            Proxy.newProxyInstance(
                Composer.class.getClassLoader(),
                new Class<?>[] {Composer.class},
                (proxy, method, arguments) -> {
                  throw new UnsupportedOperationException(method.getName());
                });
    return new DefaultScheduling(jobs, executor, clock, none);
  }
}
