package io.millwright.supplychain.internal;

import com.google.inject.Module;
import io.millwright.api.spi.ApiRange;
import io.millwright.core.guice.GuicePlugin;
import io.millwright.core.guice.PluginModule;
import io.millwright.supplychain.SupplyChain;
import java.util.List;

/** The entry of the plug-in. */
public final class SupplyChainPlugin extends GuicePlugin {

  /** For {@link java.util.ServiceLoader}. */
  public SupplyChainPlugin() {
    super("supplychain", new ApiRange(ApiRange.CURRENT, ApiRange.CURRENT));
  }

  @Override
  protected List<Module> modules() {
    return List.of(new SupplyChainModule());
  }

  private static final class SupplyChainModule extends PluginModule {
    @Override
    protected void configure() {
      facade(SupplyChain.class).to(DefaultSupplyChain.class);
      bind(DefaultSupplyChain.class);
      tasks(new SupplyChainTasks());
    }
  }
}
