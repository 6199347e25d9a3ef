package io.millwright.core.host;

import io.millwright.api.Millwright;
import io.millwright.api.spi.HostProvider;

/** The service by which the API finds this implementation. */
public final class DefaultHostProvider implements HostProvider {

  /** For {@link java.util.ServiceLoader}. */
  public DefaultHostProvider() {}

  @Override
  public Millwright.Builder builder() {
    return new DefaultBuilder(new DefaultWiring());
  }

  @Override
  public int rank() {
    return 100;
  }

  @Override
  public String toString() {
    return "millwright-core " + Versions.own() + " in " + Sources.of(DefaultHostProvider.class);
  }
}
