package io.millwright.connect.opcua;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfigBuilder;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.jspecify.annotations.Nullable;

/** Chooses how to speak with a server: by the best of its offers that is safe enough. */
final class OpcUaEndpoint {

  /** What OPC UA part 7 does not call deprecated. */
  private static final Set<String> SAFE =
      Set.of(
          SecurityPolicy.Basic256Sha256.getUri(),
          SecurityPolicy.Aes128_Sha256_RsaOaep.getUri(),
          SecurityPolicy.Aes256_Sha256_RsaPss.getUri());

  private OpcUaEndpoint() {}

  /** A client that is not connected yet. */
  static OpcUaClient client(OpcUaSignals.Builder asked, OpcUaWires wires, @Nullable OpcUaKeys keys)
      throws UaException, ExecutionException, TimeoutException, InterruptedException {
    String address = asked.address;
    List<EndpointDescription> offers =
        DiscoveryClient.getEndpoints(address, wires::carry)
            .get(asked.patience.toMillis(), TimeUnit.MILLISECONDS);
    EndpointDescription chosen =
        offers.stream()
            .filter(offer -> fits(offer, keys != null))
            .max(
                Comparator.comparingInt(
                    (EndpointDescription offer) -> offer.getSecurityLevel().intValue()))
            .orElseThrow(() -> none(address, offers, keys != null));
    URI at = URI.create(address);
    Duration session = asked.keep.multipliedBy(2);
    OpcUaClientConfigBuilder config =
        OpcUaClientConfig.builder()
            // Servers often name themselves by a host that only they can resolve.
            .setEndpoint(EndpointUtil.updateUrl(chosen, at.getHost(), at.getPort()))
            .setApplicationName(LocalizedText.english(asked.name))
            .setApplicationUri(OpcUaKeys.uri(asked.name))
            .setSessionTimeout(Unsigned.uint(Math.max(120_000, session.toMillis())))
            .setRequestTimeout(Unsigned.uint(asked.patience.toMillis()));
    if (keys != null) {
      // Before the server sees a certificate that it does not know, and says nothing more.
      keys.validator()
          .validateCertificateChain(
              CertificateUtil.decodeCertificates(chosen.getServerCertificate().bytesOrEmpty()),
              chosen.getServer().getApplicationUri(),
              new String[] {at.getHost()});
      config
          .setKeyPair(keys.pair())
          .setCertificate(keys.certificate())
          .setCertificateChain(new X509Certificate[] {keys.certificate()})
          .setCertificateValidator(keys.validator());
    }
    String user = asked.user;
    byte[] secret = asked.secret;
    if (user != null && secret != null) {
      config.setIdentityProvider(new UsernameProvider(user, secret::clone));
    }
    return OpcUaClient.create(config.build(), wires::carry);
  }

  private static boolean fits(EndpointDescription offer, boolean secured) {
    return secured
        ? offer.getSecurityMode() == MessageSecurityMode.SignAndEncrypt
            && SAFE.contains(Objects.requireNonNullElse(offer.getSecurityPolicyUri(), ""))
        : offer.getSecurityMode() == MessageSecurityMode.None;
  }

  private static MillwrightException none(
      String address, List<EndpointDescription> offers, boolean secured) {
    List<String> names =
        offers.stream().map(o -> o.getSecurityPolicyUri() + " " + o.getSecurityMode()).toList();
    return new MillwrightException(
        ErrorCode.IO_FAILED,
        address
            + (secured ? " offers no signed and encrypted connection" : " insists on security")
            + ": "
            + names
            + "\nMaybe "
            + (secured ? "switch security on in the server" : "state keys(folder, password)"));
  }
}
