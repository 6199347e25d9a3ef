package io.millwright.personalization.internal;

import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.TaskCatalog;
import io.millwright.personalization.internal.recommend.Recommending;
import java.util.List;

/** The tasks whose bundles this plug-in can open. */
public final class PersonalizationTasks implements TaskCatalog {

  /** For {@link java.util.ServiceLoader}. */
  public PersonalizationTasks() {}

  @Override
  public List<ComposedTask<?, ?>> composedTasks() {
    return List.of(Recommending.task());
  }
}
