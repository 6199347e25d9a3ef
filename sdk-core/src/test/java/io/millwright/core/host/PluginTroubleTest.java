package io.millwright.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.HostReport;
import io.millwright.api.MillwrightEvent;
import io.millwright.api.learn.Binding;
import io.millwright.api.spi.ApiRange;
import io.millwright.api.spi.Parts;
import io.millwright.api.spi.Plugin;
import io.millwright.api.spi.PluginContext;
import io.millwright.runtime.events.Listeners;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Plug-ins that break as code can break; the others run. */
class PluginTroubleTest {

  private record Fake(String name, Function<PluginContext, Parts> maker) implements Plugin {
    @Override
    public ApiRange requires() {
      return new ApiRange(ApiRange.CURRENT, ApiRange.CURRENT);
    }

    @Override
    public Parts create(PluginContext context) {
      return maker.apply(context);
    }
  }

  private static final class Nothing implements Parts {
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public <F> Optional<F> facade(Class<F> type) {
      return Optional.empty();
    }

    @Override
    public List<Class<?>> facades() {
      return List.of();
    }

    @Override
    public List<Binding<?, ?, ?>> tasks() {
      return List.of();
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private static Discovery.Found found(String name, Function<PluginContext, Parts> maker) {
    return new Discovery.Found(() -> new Fake(name, maker), "label " + name, "test", null);
  }

  private static Parts recurse(PluginContext context) {
    return context == null ? recurse(null) : new Nothing();
  }

  private static Parts exhaust(PluginContext context) {
    List<long[]> all = new ArrayList<>();
    while (all.size() < Integer.MAX_VALUE) {
      all.add(new long[Integer.MAX_VALUE - 8]); // More than any heap of a test has.
    }
    throw new AssertionError(all.size());
  }

  private static Plugins start(Duration limit, Listeners listeners, Discovery.Found... found) {
    return Plugins.start(List.of(found), name -> null, limit, listeners);
  }

  @Test
  void theEndOfTheStackOrTheMemoryOfOneIsNotTheEndOfTheOthers() {
    List<MillwrightEvent> heard = new ArrayList<>();
    Listeners listeners = new Listeners();
    listeners.add(heard::add);
    Plugins plugins =
        start(
            Duration.ofMinutes(10),
            listeners,
            found("recursing", PluginTroubleTest::recurse),
            found("greedy", PluginTroubleTest::exhaust),
            found("good", context -> new Nothing()),
            found(null, context -> new Nothing()),
            found("good", context -> new Nothing()));
    assertThat(plugins.status())
        .extracting(HostReport.PluginStatus::running)
        .containsExactly(false, false, true, false, false);
    assertThat(plugins.status())
        .extracting(HostReport.PluginStatus::detail)
        .satisfiesExactly(
            d -> assertThat(d).contains("StackOverflowError").contains("\nMaybe "),
            d -> assertThat(d).contains("OutOfMemoryError"),
            d -> assertThat(d).isEmpty(),
            d -> assertThat(d).contains("Plugin.name() returned null"),
            d -> assertThat(d).contains("a plug-in of the name good already runs"));
    assertThat(heard).hasSize(4).allMatch(MillwrightEvent.PluginFailed.class::isInstance);
    plugins.close();
  }

  @Test
  void aStartThatDoesNotEndIsReportedAndClosedWhenItEndsAfterAll() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Nothing late = new Nothing();
    Plugins plugins =
        start(
            Duration.ofMillis(50),
            new Listeners(),
            found(
                "waiting",
                context -> {
                  while (go.getCount() > 0) {
                    Thread.onSpinWait(); // Deaf to interrupts.
                  }
                  return late;
                }),
            found("good", context -> new Nothing()));
    assertThat(plugins.status().get(0).running()).isFalse();
    assertThat(plugins.status().get(0).detail()).contains("did not start within 50 ms");
    go.countDown();
    late.closed.await();
    plugins.close();
  }
}
