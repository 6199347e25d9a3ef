package io.millwright.runtime.verify;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.runtime.support.Digest;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The policy on what may be opened: files that one of some keys has signed ({@code signedBy}). A
 * key is rotated by trusting the old and the new one for a while. Immutable and thread-safe.
 */
public final class TrustedKeys {

  /** A file's signature is missing, does not hold, or comes from a key that is not trusted. */
  public static final ErrorCode BAD_SIGNATURE = new ErrorCode("BAD_SIGNATURE");

  private static final long MOST_BYTES = 1L << 30;

  private final List<PublicKey> keys;

  private TrustedKeys(List<PublicKey> keys) {
    this.keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "no key is trusted\nMaybe name the public key of whoever signs");
    }
  }

  /**
   * Trusts keys.
   *
   * @param keys public keys for Ed25519, at least one
   * @return the policy
   */
  public static TrustedKeys of(PublicKey... keys) {
    return new TrustedKeys(List.of(keys));
  }

  /**
   * Trusts keys from files.
   *
   * @param files public keys in PEM ({@code BEGIN PUBLIC KEY}), at least one
   * @return the policy
   * @throws MillwrightException with {@link ErrorCode#BAD_FILE}, {@link ErrorCode#IO_FAILED}
   */
  public static TrustedKeys files(List<Path> files) {
    List<PublicKey> keys = new ArrayList<>();
    for (Path file : files) {
      try {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        int from = text.indexOf("-----BEGIN PUBLIC KEY-----");
        int to = text.indexOf("-----END PUBLIC KEY-----");
        if (from < 0 || to < from) {
          throw new GeneralSecurityException("there is no BEGIN PUBLIC KEY");
        }
        byte[] der = Base64.getMimeDecoder().decode(text.substring(from + 26, to));
        keys.add(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
      } catch (IOException e) {
        throw Digests.failed("read", file, e);
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        throw new MillwrightException(
            ErrorCode.BAD_FILE,
            file
                + " is no public key for Ed25519: "
                + e.getMessage()
                + "\nMaybe write it with: millwright sign --public-key FILE",
            e);
      }
    }
    return new TrustedKeys(keys);
  }

  /**
   * A public key as PEM.
   *
   * @param key the key
   * @return the text
   */
  public static String pem(PublicKey key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  /**
   * Reads a signed file, once: what is checked is what is given back, whatever happens to the file
   * meanwhile.
   *
   * @param file the file, with its signature beside it
   * @return the file's content, to be opened
   * @throws MillwrightException with {@link #BAD_SIGNATURE}, {@link ErrorCode#IO_FAILED}; {@link
   *     ErrorCode#UNSUPPORTED} above 1 GiB
   */
  public ModelSource source(Path file) {
    return checked(ModelSource.file(file), Optional.of(file));
  }

  /**
   * The same for a source with a file behind it.
   *
   * @param source the source
   * @return its content, to be opened
   * @throws MillwrightException as {@link #source(Path)}; a source without a file has no signature
   */
  public ModelSource source(ModelSource source) {
    return checked(source, source.file());
  }

  private ModelSource checked(ModelSource source, Optional<Path> file) {
    if (file.isEmpty() || !Files.exists(FileSignature.beside(file.get()))) {
      throw new MillwrightException(
          BAD_SIGNATURE,
          source
              + " is not signed, but only signed models may be opened\nMaybe sign it: millwright"
              + " sign "
              + source);
    }
    FileSignature signature = FileSignature.read(FileSignature.beside(file.get()));
    byte[] bytes;
    try (SeekableByteChannel channel = Files.newByteChannel(file.get())) {
      if (channel.size() > MOST_BYTES) {
        throw new MillwrightException(
            ErrorCode.UNSUPPORTED,
            source + " has " + channel.size() + " bytes\nMaybe sign parts of it: 1 GiB are read");
      }
      bytes = Channels.newInputStream(channel).readAllBytes();
    } catch (IOException e) {
      throw Digests.failed("read", file.get(), e);
    }
    check(source.toString(), bytes, signature);
    return ModelSource.bytes(source.toString(), bytes);
  }

  private void check(String name, byte[] bytes, FileSignature signature) {
    Optional<PublicKey> key =
        keys.stream().filter(k -> FileSignature.fingerprint(k).equals(signature.key())).findFirst();
    if (key.isEmpty()) {
      throw new MillwrightException(
          BAD_SIGNATURE,
          name
              + " was signed by \""
              + signature.signer()
              + "\" with the key "
              + signature.key().substring(0, 16)
              + "…, which is not trusted\nMaybe trust that key, if you know whose it is");
    }
    if (!signature.holds(bytes, key.get())) {
      throw new MillwrightException(
          BAD_SIGNATURE,
          name
              + " is not what \""
              + signature.signer()
              + "\" signed: "
              + (Digest.of(bytes).equals(signature.sha256())
                  ? "the signature was changed"
                  : "the file was changed")
              + "\nMaybe fetch the file anew, or sign it again");
    }
  }

  /**
   * Checks a signed file.
   *
   * @param file the file, with its signature beside it
   * @return its signature, which holds
   * @throws MillwrightException as {@link #source(Path)}
   */
  public FileSignature check(Path file) {
    ModelSource unused = source(file);
    return FileSignature.read(FileSignature.beside(file));
  }
}
