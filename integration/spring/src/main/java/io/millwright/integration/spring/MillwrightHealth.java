package io.millwright.integration.spring;

import io.millwright.api.Millwright;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Up while every plug-in runs; what does not run is named with its reason. */
record MillwrightHealth(Millwright millwright) implements HealthIndicator {

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    if (!PluginHealth.tell(millwright, health::withDetail)) {
      health.down();
    }
    return health.build();
  }
}
