package io.millwright.connect.opcua;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Period;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultClientCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.FileBasedCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.FileBasedTrustListManager;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;
import org.eclipse.milo.opcua.stack.core.util.validation.ValidationCheck;

/**
 * The folder of an application's keys (OPC UA part 4, section 6.1): its own certificate, those it
 * trusts, and those it refused.
 */
final class OpcUaKeys implements AutoCloseable {

  private static final String ALIAS = "millwright";

  private final KeyPair pair;
  private final X509Certificate certificate;
  private final Path folder;
  private final FileBasedTrustListManager trusted;
  private final FileBasedCertificateQuarantine rejected;

  private OpcUaKeys(KeyPair pair, X509Certificate certificate, Path folder) throws IOException {
    this.pair = pair;
    this.certificate = certificate;
    this.folder = folder;
    trusted = FileBasedTrustListManager.createAndInitialize(folder);
    rejected = FileBasedCertificateQuarantine.create(folder.resolve("rejected"));
  }

  /** The address by which an application is known. */
  static String uri(String name) {
    return "urn:millwright:" + name;
  }

  /** Opens a folder; makes a key and a certificate when there are none. */
  static OpcUaKeys open(Path folder, char[] password, String name) {
    Path file = folder.resolve("own.p12");
    try {
      Files.createDirectories(folder);
      KeyStore store = KeyStore.getInstance("PKCS12");
      if (Files.exists(file)) {
        try (InputStream in = Files.newInputStream(file)) {
          store.load(in, password);
        }
        String alias = store.aliases().nextElement();
        X509Certificate own = (X509Certificate) store.getCertificate(alias);
        PrivateKey key = (PrivateKey) store.getKey(alias, password);
        return new OpcUaKeys(new KeyPair(own.getPublicKey(), key), own, folder);
      }
      KeyPair pair = SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
      X509Certificate own = selfSigned(pair, name);
      store.load(null, password);
      store.setKeyEntry(ALIAS, pair.getPrivate(), password, new X509Certificate[] {own});
      write(store, file, password);
      Files.write(folder.resolve("own.der"), own.getEncoded());
      return new OpcUaKeys(pair, own, folder);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "cannot read or make the keys in "
              + folder
              + ": "
              + e
              + "\nMaybe the password is another",
          e);
    }
  }

  private static void write(KeyStore store, Path file, char[] password)
      throws IOException, GeneralSecurityException {
    Path half = Files.createTempFile(file.toAbsolutePath().getParent(), "own", ".tmp");
    PosixFileAttributeView rights = Files.getFileAttributeView(half, PosixFileAttributeView.class);
    if (rights != null) {
      rights.setPermissions(PosixFilePermissions.fromString("rw-------"));
    }
    try (OutputStream out = Files.newOutputStream(half)) {
      store.store(out, password);
    }
    Files.move(half, file);
  }

  private static X509Certificate selfSigned(KeyPair pair, String name)
      throws GeneralSecurityException {
    try {
      return new SelfSignedCertificateBuilder(pair)
          .setCommonName(name)
          .setApplicationUri(uri(name))
          .addDnsName(InetAddress.getLocalHost().getHostName())
          .setValidityPeriod(Period.ofYears(10))
          .build();
    } catch (Exception e) {
      throw new GeneralSecurityException("cannot sign a certificate for " + name, e);
    }
  }

  KeyPair pair() {
    return pair;
  }

  X509Certificate certificate() {
    return certificate;
  }

  Path folder() {
    return folder;
  }

  /** Takes the certificates in {@code trusted/certs} that are valid, and files all others. */
  CertificateValidator validator() {
    return new DefaultClientCertificateValidator(
        trusted, Set.of(ValidationCheck.APPLICATION_URI, ValidationCheck.VALIDITY), rejected);
  }

  @Override
  public void close() {
    try {
      trusted.close();
    } catch (IOException e) {
      // The watch of a folder that nobody looks at any more.
    }
  }
}
