package io.millwright.sample.press.internal;

import io.millwright.api.learn.Binding;
import io.millwright.api.spi.TaskCatalog;
import java.util.List;

/** The tasks whose bundles this plug-in can open, also where models only predict. */
public final class PressTasks implements TaskCatalog {

  /** For {@link java.util.ServiceLoader}. */
  public PressTasks() {}

  @Override
  public List<Binding<?, ?, ?>> tasks() {
    return List.of(StrokeEnergy.BINDING);
  }
}
