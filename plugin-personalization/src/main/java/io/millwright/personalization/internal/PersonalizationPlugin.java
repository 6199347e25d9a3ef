package io.millwright.personalization.internal;

import com.google.inject.Module;
import io.millwright.api.spi.ApiRange;
import io.millwright.core.guice.GuicePlugin;
import io.millwright.core.guice.PluginModule;
import io.millwright.personalization.Personalization;
import java.util.List;

/** The entry of the plug-in. */
public final class PersonalizationPlugin extends GuicePlugin {

  /** For {@link java.util.ServiceLoader}. */
  public PersonalizationPlugin() {
    super("personalization", new ApiRange(ApiRange.CURRENT, ApiRange.CURRENT));
  }

  @Override
  protected List<Module> modules() {
    return List.of(new PersonalizationModule());
  }

  private static final class PersonalizationModule extends PluginModule {
    @Override
    protected void configure() {
      facade(Personalization.class).to(DefaultPersonalization.class);
      bind(DefaultPersonalization.class);
      tasks(new PersonalizationTasks());
    }
  }
}
