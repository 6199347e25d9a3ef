package io.millwright.sample.press;

import io.millwright.api.spi.Plugin;
import io.millwright.sample.press.internal.PressPlugin;
import io.millwright.testkit.PluginContract;
import java.util.Set;

class PressPluginTest extends PluginContract {

  @Override
  protected Class<? extends Plugin> plugin() {
    return PressPlugin.class;
  }

  @Override
  protected Set<Class<?>> facades() {
    return Set.of(Press.class);
  }

  @Override
  protected Set<String> tasks() {
    return Set.of("press.stroke-energy v1");
  }
}
