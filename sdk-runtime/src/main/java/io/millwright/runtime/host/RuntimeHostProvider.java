package io.millwright.runtime.host;

import io.millwright.api.Millwright;
import io.millwright.api.spi.HostProvider;

/** The service by which the API finds the small host, where no larger one is there. */
public final class RuntimeHostProvider implements HostProvider {

  /** For {@link java.util.ServiceLoader}. */
  public RuntimeHostProvider() {}

  @Override
  public Millwright.Builder builder() {
    return new RuntimeBuilder();
  }

  @Override
  public String toString() {
    return "millwright-runtime " + RuntimeMillwright.version();
  }
}
