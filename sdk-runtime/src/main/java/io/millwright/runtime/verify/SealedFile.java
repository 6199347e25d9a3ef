package io.millwright.runtime.verify;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Files encrypted at rest with AES-256-GCM (NIST SP 800-38D) under an envelope key: each file has a
 * fresh data key, which is encrypted by the host's key and stands in the file's head. A file is cut
 * into chunks of 1 MiB, each bound to the head, to its place and to whether it is the last, so that
 * no byte can change and no end can be missing unseen. Stateless and thread-safe.
 */
public final class SealedFile {

  private static final byte[] MAGIC = "millwright-sealed/1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int CHUNK = 1 << 20;
  private static final int TAG = 16;
  private static final int NONCE = 12;
  private static final int WRAPPED = 32 + TAG;

  private SealedFile() {}

  /**
   * Encrypts a file.
   *
   * @param plain the file
   * @param sealed where to; replaced when it exists, whole or not at all
   * @param envelope the host's AES key of 256 bits, from a key store or a key service
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} for another key, {@link
   *     ErrorCode#IO_FAILED}
   */
  public static void seal(Path plain, Path sealed, SecretKey envelope) {
    try {
      SecureRandom random = new SecureRandom();
      byte[] wrapNonce = new byte[NONCE];
      byte[] base = new byte[NONCE - 4];
      random.nextBytes(wrapNonce);
      random.nextBytes(base);
      KeyGenerator generator = KeyGenerator.getInstance("AES");
      generator.init(256, random);
      SecretKey data = generator.generateKey();
      byte[] head =
          join(
              MAGIC,
              wrapNonce,
              crypt(Cipher.ENCRYPT_MODE, checked(envelope), wrapNonce, MAGIC, data.getEncoded()),
              base);
      Path part = sealed.resolveSibling(sealed.getFileName() + ".part");
      try (DataInputStream in = new DataInputStream(Files.newInputStream(plain));
          DataOutputStream out = new DataOutputStream(Files.newOutputStream(part))) {
        out.write(head);
        byte[] chunk = in.readNBytes(CHUNK);
        for (int i = 0; ; i++) {
          byte[] next = chunk.length < CHUNK ? new byte[0] : in.readNBytes(CHUNK);
          boolean last = next.length == 0;
          out.write(crypt(Cipher.ENCRYPT_MODE, data, nonce(base, i), bound(head, i, last), chunk));
          if (last) {
            break;
          }
          chunk = next;
        }
      }
      Files.move(part, sealed, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw Digests.failed("encrypt into", sealed, e);
    } catch (GeneralSecurityException e) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "cannot encrypt "
              + plain
              + ": "
              + e.getMessage()
              + "\nMaybe the key is no AES key of 256 bits",
          e);
    }
  }

  /**
   * Decrypts a file into memory.
   *
   * @param sealed the file
   * @param envelope the host's key
   * @return what was encrypted, to be opened; nothing of it touches the disk
   * @throws MillwrightException with {@link ErrorCode#BAD_FILE} when the file was changed, cut or
   *     is sealed by another key; {@link ErrorCode#IO_FAILED}
   */
  public static ModelSource open(Path sealed, SecretKey envelope) {
    return ModelSource.bytes(sealed.toString(), bytes(sealed, envelope));
  }

  static byte[] bytes(Path sealed, SecretKey envelope) {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(sealed))) {
      byte[] head = new byte[MAGIC.length + NONCE + WRAPPED + NONCE - 4];
      in.readFully(head);
      if (!Arrays.equals(Arrays.copyOf(head, MAGIC.length), MAGIC)) {
        throw broken(sealed, "it does not begin as sealed files do", null);
      }
      byte[] wrapNonce = Arrays.copyOfRange(head, MAGIC.length, MAGIC.length + NONCE);
      byte[] wrapped =
          Arrays.copyOfRange(head, MAGIC.length + NONCE, MAGIC.length + NONCE + WRAPPED);
      byte[] base = Arrays.copyOfRange(head, MAGIC.length + NONCE + WRAPPED, head.length);
      SecretKey data =
          new SecretKeySpec(
              crypt(Cipher.DECRYPT_MODE, checked(envelope), wrapNonce, MAGIC, wrapped), "AES");
      ByteArrayOutputStream plain = new ByteArrayOutputStream();
      byte[] chunk = in.readNBytes(CHUNK + TAG);
      for (int i = 0; ; i++) {
        byte[] next = chunk.length < CHUNK + TAG ? new byte[0] : in.readNBytes(CHUNK + TAG);
        boolean last = next.length == 0;
        plain.write(crypt(Cipher.DECRYPT_MODE, data, nonce(base, i), bound(head, i, last), chunk));
        if (last) {
          return plain.toByteArray();
        }
        chunk = next;
      }
    } catch (EOFException e) {
      throw broken(sealed, "it ends too early", e);
    } catch (IOException e) {
      throw Digests.failed("read", sealed, e);
    } catch (GeneralSecurityException e) {
      throw broken(sealed, "it was changed, or another key sealed it", e);
    }
  }

  private static SecretKey checked(SecretKey key) throws GeneralSecurityException {
    byte[] encoded = key.getEncoded(); // null for a key that never leaves its token
    if (encoded != null && encoded.length != 32) {
      throw new GeneralSecurityException("a key of " + encoded.length * 8 + " bits");
    }
    return key;
  }

  private static MillwrightException broken(Path file, String why, @Nullable Exception cause) {
    return new MillwrightException(
        ErrorCode.BAD_FILE,
        "cannot decrypt " + file + ": " + why + "\nMaybe another key, or fetch the file anew",
        cause);
  }

  private static byte[] crypt(int mode, SecretKey key, byte[] nonce, byte[] bound, byte[] data)
      throws GeneralSecurityException {
    if (mode == Cipher.DECRYPT_MODE && data.length < TAG) {
      throw new GeneralSecurityException("a chunk of " + data.length + " bytes");
    }
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
    cipher.updateAAD(bound);
    return cipher.doFinal(data);
  }

  private static byte[] nonce(byte[] base, int chunk) {
    return ByteBuffer.allocate(NONCE).put(base).putInt(chunk).array();
  }

  private static byte[] bound(byte[] head, int chunk, boolean last) {
    return ByteBuffer.allocate(head.length + 5)
        .put(head)
        .putInt(chunk)
        .put((byte) (last ? 1 : 0))
        .array();
  }

  private static byte[] join(byte[]... parts) {
    int size = 0;
    for (byte[] part : parts) {
      size += part.length;
    }
    ByteBuffer all = ByteBuffer.allocate(size);
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }
}
