package io.millwright.production.internal;

import com.google.inject.Module;
import io.millwright.api.spi.ApiRange;
import io.millwright.core.guice.GuicePlugin;
import io.millwright.core.guice.PluginModule;
import io.millwright.production.Production;
import java.util.List;

/** The entry of the plug-in. */
public final class ProductionPlugin extends GuicePlugin {

  /** For {@link java.util.ServiceLoader}. */
  public ProductionPlugin() {
    super("production", new ApiRange(ApiRange.CURRENT, ApiRange.CURRENT));
  }

  @Override
  protected List<Module> modules() {
    return List.of(new ProductionModule());
  }

  private static final class ProductionModule extends PluginModule {
    @Override
    protected void configure() {
      facade(Production.class).to(DefaultProduction.class);
      bind(DefaultProduction.class);
      tasks(new ProductionTasks());
    }
  }
}
