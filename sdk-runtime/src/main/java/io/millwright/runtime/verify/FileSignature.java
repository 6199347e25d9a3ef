package io.millwright.runtime.verify;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.support.Digest;
import io.millwright.runtime.support.Moves;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A detached Ed25519 signature (RFC 8032) of a file, such as a model bundle. It lies beside the
 * file under its name with {@code .sig} at the end: seven lines of text. Signed are the file's
 * SHA-256, who signed with which key, and when; no byte of the file or of the signature can change
 * unseen.
 *
 * @param sha256 the SHA-256 of the whole file, in hexadecimal
 * @param key the SHA-256 of the public key (X.509 form), in hexadecimal
 * @param signer who signed, as they call themselves; one line of at most 200 characters
 * @param at when, by the clock of whoever signed
 * @param signature the 64 bytes in Base64
 */
public record FileSignature(
    String sha256, String key, String signer, Instant at, String signature) {

  private static final String FORMAT = "millwright-signature/1";
  private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}]{0,200}");
  private static final int MOST_BYTES = 4096;

  /** Checks. */
  public FileSignature {
    Objects.requireNonNull(at, "at");
    if (!sha256.matches("[0-9a-f]{64}") || !key.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("digests are " + sha256 + " and " + key);
    }
    byte[] bytes = Base64.getDecoder().decode(signature);
    // The last digit of Base64 has bits that decoders pass over.
    if (bytes.length != 64 || !Base64.getEncoder().encodeToString(bytes).equals(signature)) {
      throw new IllegalArgumentException("the signature is not 64 bytes in Base64");
    }
    if (!LINE.matcher(signer).matches()) {
      throw new IllegalArgumentException("the signer must be one line of at most 200 characters");
    }
  }

  /**
   * Where the signature of a file lies.
   *
   * @param file the file
   * @return the file's name with {@code .sig} at the end
   */
  public static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + ".sig");
  }

  /**
   * How a public key is called: the SHA-256 of its X.509 form.
   *
   * @param key the key
   * @return 64 hexadecimal digits
   */
  public static String fingerprint(PublicKey key) {
    byte[] encoded = key.getEncoded();
    if (encoded == null) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "a public key of the algorithm "
              + key.getAlgorithm()
              + " cannot be written down\nMaybe read it from a certificate");
    }
    return Digest.of(encoded);
  }

  /**
   * Signs a file, and writes the signature beside it.
   *
   * @param file the file; must not change any more
   * @param secret an Ed25519 key, such as one of a JCA key store or a PKCS#11 token
   * @param open the public key that belongs to it
   * @param signer who signs
   * @param at when
   * @return the signature
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} when the keys are not a pair for
   *     Ed25519, {@link ErrorCode#IO_FAILED}
   */
  public static FileSignature sign(
      Path file, PrivateKey secret, PublicKey open, String signer, Instant at) {
    String sha = Digests.hex(file);
    String key = fingerprint(open);
    byte[] said = said(sha, key, signer, at);
    FileSignature made;
    try {
      Signature engine = Signature.getInstance("Ed25519");
      engine.initSign(secret);
      engine.update(said);
      made =
          new FileSignature(
              sha, key, signer, at, Base64.getEncoder().encodeToString(engine.sign()));
      if (!made.holds(open)) {
        throw new GeneralSecurityException("the public key does not belong to the secret one");
      }
    } catch (GeneralSecurityException e) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "cannot sign with a key of "
              + secret.getAlgorithm()
              + ": "
              + e.getMessage()
              + "\nMaybe make one: keytool -genkeypair -keyalg Ed25519 -alias NAME -keystore FILE",
          e);
    }
    Path target = beside(file);
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.write(part, made.bytes());
      Moves.replace(part, target);
    } catch (IOException e) {
      throw Digests.failed("write", target, e);
    }
    return made;
  }

  private static byte[] said(String sha, String key, String signer, Instant at) {
    return String.join("\n", FORMAT, sha, key, signer, at.toString())
        .getBytes(StandardCharsets.UTF_8);
  }

  private boolean holds(PublicKey open) throws GeneralSecurityException {
    Signature engine = Signature.getInstance("Ed25519");
    engine.initVerify(open);
    engine.update(said(sha256, key, signer, at));
    try {
      return engine.verify(Base64.getDecoder().decode(signature));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The one way in which a signature is written. */
  private byte[] bytes() {
    return String.join(
            "\n",
            FORMAT,
            "sha256 " + sha256,
            "key " + key,
            "signer " + signer,
            "at " + at,
            "ed25519 " + signature,
            "")
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a signature. Says nothing of whether it holds.
   *
   * @param file the signature's file
   * @return the signature
   * @throws MillwrightException with {@link TrustedKeys#BAD_SIGNATURE} when it is not one, or was
   *     changed; {@link ErrorCode#IO_FAILED}
   */
  public static FileSignature read(Path file) {
    byte[] bytes;
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw broken(file, "it has " + Files.size(file) + " bytes", null);
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw Digests.failed("read", file, e);
    }
    List<String> lines = List.of(new String(bytes, StandardCharsets.UTF_8).split("\n", -1));
    try {
      if (lines.size() != 7 || !lines.get(0).equals(FORMAT)) {
        throw broken(file, "it does not begin with " + FORMAT, null);
      }
      FileSignature read =
          new FileSignature(
              rest(lines.get(1), "sha256 "),
              rest(lines.get(2), "key "),
              rest(lines.get(3), "signer "),
              Instant.parse(rest(lines.get(4), "at ")),
              rest(lines.get(5), "ed25519 "));
      if (!java.util.Arrays.equals(read.bytes(), bytes)) {
        throw broken(file, "it is not written as signatures are", null);
      }
      return read;
    } catch (IllegalArgumentException | DateTimeException e) {
      throw broken(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static String rest(String line, String name) {
    if (!line.startsWith(name)) {
      throw new IllegalArgumentException("a line must begin with \"" + name + "\"");
    }
    return line.substring(name.length());
  }

  private static MillwrightException broken(
      Path file, String why, @org.jspecify.annotations.Nullable Exception cause) {
    return new MillwrightException(
        TrustedKeys.BAD_SIGNATURE,
        "the signature "
            + file
            + " was changed or is none: "
            + why
            + "\nMaybe fetch it anew from whoever signed",
        cause);
  }

  /**
   * Whether the signature belongs to a key and to a file.
   *
   * @param file the file as it is now
   * @param open the public key
   * @return whether both hold
   */
  public boolean holds(byte[] file, PublicKey open) {
    try {
      return Digest.of(file).equals(sha256) && fingerprint(open).equals(key) && holds(open);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
