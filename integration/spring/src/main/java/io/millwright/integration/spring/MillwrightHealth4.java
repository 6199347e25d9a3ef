package io.millwright.integration.spring;

import io.millwright.api.Millwright;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** As {@link MillwrightHealth}, for Spring Boot 4. */
record MillwrightHealth4(Millwright millwright) implements HealthIndicator {

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    if (!PluginHealth.tell(millwright, health::withDetail)) {
      health.down();
    }
    return health.build();
  }
}
