package io.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A JUnit extension that fails a test which reaches for the network, also when the tested code
 * hides the error. While a test runs, every connection that the JDK opens through {@link
 * java.net.Socket}, {@link java.net.URL} or {@code java.net.http} to another host than this one is
 * refused and noted. It works on the process-wide {@link ProxySelector}, so tests with it must not
 * run in parallel within one process.
 *
 * <p>Not seen are connections of native code, of {@code java.nio} channels, and of code that asks
 * for {@code Proxy.NO_PROXY}; to exclude these too, run the tests in a shell without network, on
 * Linux {@code unshare -rn}.
 */
public final class NoNetwork implements BeforeEachCallback, AfterEachCallback {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(NoNetwork.class);

  /** For JUnit. */
  public NoNetwork() {}

  @Override
  public void beforeEach(ExtensionContext context) {
    Refusing refusing = new Refusing(ProxySelector.getDefault());
    context.getStore(NAMESPACE).put(Refusing.class, refusing);
    ProxySelector.setDefault(refusing);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Refusing refusing = context.getStore(NAMESPACE).remove(Refusing.class, Refusing.class);
    if (refusing != null) {
      ProxySelector.setDefault(refusing.before);
      assertThat(refusing.refused).as("connections to the network that were tried").isEmpty();
    }
  }

  private static final class Refusing extends ProxySelector {
    private final @Nullable ProxySelector before;
    private final List<URI> refused = new CopyOnWriteArrayList<>();

    Refusing(@Nullable ProxySelector before) {
      this.before = before;
    }

    @Override
    public List<Proxy> select(URI uri) {
      if (!isOwn(uri.getHost())) {
        refused.add(uri);
        throw new IllegalStateException("no network in this test: " + uri);
      }
      return List.of(Proxy.NO_PROXY);
    }

    private static boolean isOwn(@Nullable String host) {
      if (host == null || host.equals("localhost")) {
        return true;
      }
      if (!host.matches("[0-9.]+|\\[?[0-9a-fA-F:.%]*:[0-9a-fA-F:.%]*]?")) {
        return false; // A name would have to be asked for over the network.
      }
      try {
        InetAddress address = InetAddress.getByName(host);
        return address.isLoopbackAddress() || address.isAnyLocalAddress();
      } catch (UnknownHostException e) {
        return false;
      }
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException error) {
      // Only the attempt matters.
    }
  }
}
