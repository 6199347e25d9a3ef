package io.millwright.quality.internal;

import com.google.inject.Module;
import io.millwright.api.spi.ApiRange;
import io.millwright.core.guice.GuicePlugin;
import io.millwright.core.guice.PluginModule;
import io.millwright.quality.Quality;
import java.util.List;

/** The entry of the plug-in. */
public final class QualityPlugin extends GuicePlugin {

  /** For {@link java.util.ServiceLoader}. */
  public QualityPlugin() {
    super("quality", new ApiRange(ApiRange.CURRENT, ApiRange.CURRENT));
  }

  @Override
  protected List<Module> modules() {
    return List.of(new QualityModule());
  }

  private static final class QualityModule extends PluginModule {
    @Override
    protected void configure() {
      facade(Quality.class).to(DefaultQuality.class);
      bind(DefaultQuality.class);
      tasks(new QualityTasks());
    }
  }
}
