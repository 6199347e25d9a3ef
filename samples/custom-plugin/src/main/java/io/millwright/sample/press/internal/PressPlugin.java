package io.millwright.sample.press.internal;

import com.google.inject.Module;
import io.millwright.api.spi.ApiRange;
import io.millwright.core.guice.GuicePlugin;
import java.util.List;

/** The entry that the services file names. */
public final class PressPlugin extends GuicePlugin {

  /** For {@link java.util.ServiceLoader}. */
  public PressPlugin() {
    super("press", new ApiRange(ApiRange.CURRENT, ApiRange.CURRENT));
  }

  @Override
  protected List<Module> modules() {
    return List.of(new PressModule());
  }
}
