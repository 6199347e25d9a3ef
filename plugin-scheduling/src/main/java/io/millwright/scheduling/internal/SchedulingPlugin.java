package io.millwright.scheduling.internal;

import com.google.inject.Module;
import io.millwright.api.spi.ApiRange;
import io.millwright.core.guice.GuicePlugin;
import java.util.List;

/** The entry that the services file names. */
public final class SchedulingPlugin extends GuicePlugin {

  /** For {@link java.util.ServiceLoader}. */
  public SchedulingPlugin() {
    super("scheduling", new ApiRange(ApiRange.CURRENT, ApiRange.CURRENT));
  }

  @Override
  protected List<Module> modules() {
    return List.of(new SchedulingModule());
  }
}
