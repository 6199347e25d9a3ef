package io.millwright.api.spi;

import io.millwright.api.Millwright;

/**
 * How {@link Millwright#builder} finds the implementation, by {@link java.util.ServiceLoader}
 * (service provider interface): of several on the class path the one of the highest rank. Not for
 * plug-ins.
 */
public interface HostProvider {

  /**
   * A new builder.
   *
   * @return the builder
   */
  Millwright.Builder builder();

  /**
   * Which implementation goes before another: one that can do all that another can has the higher
   * rank.
   *
   * @return 0 for one that only predicts, 100 for one that learns too
   */
  default int rank() {
    return 0;
  }
}
