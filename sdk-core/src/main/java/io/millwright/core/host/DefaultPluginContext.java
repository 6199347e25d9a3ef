package io.millwright.core.host;

import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.api.spi.PluginContext;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executor;

/** What one plug-in is lent. */
record DefaultPluginContext(
    LearningToolkit learning,
    Composer composer,
    Jobs jobs,
    Executor executor,
    Clock clock,
    Map<String, String> config)
    implements PluginContext {
  DefaultPluginContext {
    config = Map.copyOf(config);
  }
}
