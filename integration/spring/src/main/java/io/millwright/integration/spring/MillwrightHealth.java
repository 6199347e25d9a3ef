package io.millwright.integration.spring;

import io.millwright.api.HostReport.PluginStatus;
import io.millwright.api.Millwright;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Up while every plug-in runs; what does not run is named with its reason. Starts no engine. */
record MillwrightHealth(Millwright millwright) implements HealthIndicator {

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    for (PluginStatus plugin : millwright.plugins()) {
      if (!plugin.running()) {
        health.down();
      }
      health.withDetail(plugin.name(), plugin.running() ? "runs" : plugin.detail());
    }
    return health.build();
  }
}
