package io.millwright.personalization.internal;

import io.millwright.api.spi.Plugin;
import io.millwright.personalization.Personalization;
import io.millwright.testkit.PluginContract;
import java.util.Set;

class PersonalizationPluginTest extends PluginContract {

  @Override
  protected Class<? extends Plugin> plugin() {
    return PersonalizationPlugin.class;
  }

  @Override
  protected Set<Class<?>> facades() {
    return Set.of(Personalization.class);
  }

  @Override
  protected Set<String> tasks() {
    return Set.of("personalization.recommendation v1");
  }
}
