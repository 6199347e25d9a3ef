package io.millwright.integration.spring;

import io.millwright.api.HostReport.PluginStatus;
import io.millwright.api.Millwright;
import java.util.function.BiConsumer;

/** What the health says, in whatever type an edition of Spring Boot has for it. */
final class PluginHealth {

  private PluginHealth() {}

  /**
   * Tells a detail for each plug-in: that it runs, or why not. Starts no engine.
   *
   * @return whether all run
   */
  static boolean tell(Millwright millwright, BiConsumer<String, Object> detail) {
    boolean up = true;
    for (PluginStatus plugin : millwright.plugins()) {
      up &= plugin.running();
      detail.accept(plugin.name(), plugin.running() ? "runs" : plugin.detail());
    }
    return up;
  }
}
