package io.millwright.maintenance.internal;

import com.google.inject.Module;
import io.millwright.api.spi.ApiRange;
import io.millwright.core.guice.GuicePlugin;
import io.millwright.core.guice.PluginModule;
import io.millwright.maintenance.Maintenance;
import java.util.List;

/** The entry of the plug-in. */
public final class MaintenancePlugin extends GuicePlugin {

  /** For {@link java.util.ServiceLoader}. */
  public MaintenancePlugin() {
    super("maintenance", new ApiRange(ApiRange.CURRENT, ApiRange.CURRENT));
  }

  @Override
  protected List<Module> modules() {
    return List.of(new MaintenanceModule());
  }

  private static final class MaintenanceModule extends PluginModule {
    @Override
    protected void configure() {
      facade(Maintenance.class).to(DefaultMaintenance.class);
      bind(DefaultMaintenance.class);
      tasks(new MaintenanceTasks());
    }
  }
}
