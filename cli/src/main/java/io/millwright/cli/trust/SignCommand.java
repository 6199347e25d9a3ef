package io.millwright.cli.trust;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.runtime.verify.FileSignature;
import io.millwright.runtime.verify.TrustedKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Signs a model's file. */
@Command(
    name = "sign",
    sortOptions = false,
    description = {
      "Signs a file with an Ed25519 key of a Java key store.",
      "The signature lies beside the file, with .sig at the end. The store's password is asked for,"
          + " or read from the environment variable MILLWRIGHT_KEYSTORE_PASSWORD."
    },
    footer = {
      "",
      "Examples:",
      "  keytool -genkeypair -keyalg Ed25519 -alias plant -keystore keys.p12 -dname CN=Plant",
      "  millwright sign press.mwb --keystore keys.p12 --alias plant --public-key plant.pem"
    })
final class SignCommand extends DeskCommand {

  @Parameters(index = "0", paramLabel = "FILE", description = "The file, such as a model's.")
  Path file = Path.of("");

  @Option(
      names = "--keystore",
      required = true,
      paramLabel = "FILE",
      description = "A key store that Java reads, such as PKCS#12.")
  Path keystore = Path.of("");

  @Option(
      names = "--alias",
      required = true,
      paramLabel = "NAME",
      description = "The key's name in the store.")
  String alias = "";

  @Option(names = "--signer", paramLabel = "NAME", description = "Who signs. Default: the user.")
  String signer = System.getProperty("user.name", "");

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      description = "Also write the public key, for those who verify.")
  @Nullable Path publicKey;

  SignCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    char[] password = password();
    PrivateKey secret;
    PublicKey open;
    try (InputStream in = Files.newInputStream(keystore)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(in, password);
      Certificate certificate = store.getCertificate(alias);
      if (certificate == null || !(store.getKey(alias, password) instanceof PrivateKey found)) {
        throw new GeneralSecurityException("it has no key of that name");
      }
      secret = found;
      open = certificate.getPublicKey();
    } catch (IOException | GeneralSecurityException e) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "cannot take the key \""
              + alias
              + "\" from "
              + keystore
              + ": "
              + e.getMessage()
              + "\nMaybe the password is wrong, or another alias: keytool -list -keystore "
              + keystore,
          e);
    }
    FileSignature made = FileSignature.sign(file, secret, open, signer, Instant.now());
    Reply reply = new Reply(name());
    reply.line("Signed", file + " as " + made.signer() + " at " + made.at());
    reply.line("Key", made.key());
    reply.line("Written", FileSignature.beside(file).toString());
    if (publicKey != null) {
      try {
        Files.writeString(publicKey, TrustedKeys.pem(open));
      } catch (IOException e) {
        throw new MillwrightException(
            ErrorCode.IO_FAILED,
            "cannot write " + publicKey + "\nMaybe name another file with --public-key",
            e);
      }
      reply.line("Public key", publicKey.toString());
    }
    return reply
        .put("file", file.toString())
        .put("sha256", made.sha256())
        .put("key", made.key())
        .put("signer", made.signer());
  }

  @SuppressWarnings("SystemConsoleNull") // from Java 22 on the password is read without a terminal
  private char[] password() {
    String given = System.getenv("MILLWRIGHT_KEYSTORE_PASSWORD");
    if (given != null) {
      return given.toCharArray();
    }
    if (System.console() == null) {
      throw misused("no terminal to ask for the password: set MILLWRIGHT_KEYSTORE_PASSWORD");
    }
    char[] typed = System.console().readPassword("Password of %s: ", keystore);
    return typed == null ? new char[0] : typed;
  }
}
