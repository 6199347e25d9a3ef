package io.millwright.sample.press.internal;

import io.millwright.core.guice.PluginModule;
import io.millwright.sample.press.Press;

/** What the plug-in offers, and how it is made. */
final class PressModule extends PluginModule {
  @Override
  protected void configure() {
    facade(Press.class).to(DefaultPress.class);
    tasks(new PressTasks());
    command(EnergyCommand.class);
  }
}
