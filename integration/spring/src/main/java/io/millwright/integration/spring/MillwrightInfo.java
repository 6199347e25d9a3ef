package io.millwright.integration.spring;

import io.millwright.api.HostReport.PluginStatus;
import io.millwright.api.Millwright;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** The plug-ins that run, and the tasks whose models they open. Starts no engine. */
record MillwrightInfo(Millwright millwright) implements InfoContributor {

  @Override
  public void contribute(Info.Builder builder) {
    Map<String, Object> plugins = new TreeMap<>();
    for (PluginStatus plugin : millwright.plugins()) {
      plugins.put(plugin.name(), plugin.tasks());
    }
    builder.withDetail("millwright", Map.of("plugins", plugins));
  }
}
