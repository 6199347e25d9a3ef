package io.millwright.api.spi;

import io.millwright.api.Millwright;

/**
 * How {@link Millwright#builder} finds the implementation: exactly one is on the class path, found
 * by {@link java.util.ServiceLoader}. Not for plug-ins.
 */
public interface HostProvider {

  /**
   * A new builder.
   *
   * @return the builder
   */
  Millwright.Builder builder();
}
