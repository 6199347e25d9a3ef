package io.millwright.runtime.support;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 digest (FIPS 180-4) of what is added, in the order in which it is added: what names
 * models, data and files, and finds that one changed. Nothing stands between two things that are
 * added: whoever adds texts of any length adds a mark that no text contains. The same on every
 * platform. Not thread-safe.
 */
public final class Digest {

  private static final int BLOCK = 1 << 16;

  private final MessageDigest sha;

  /** Of nothing yet. */
  public Digest() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * The digest of bytes.
   *
   * @param bytes the bytes
   * @return 64 hexadecimal digits, lower case
   */
  public static String of(byte[] bytes) {
    return new Digest().add(bytes).hex();
  }

  /**
   * The digest of a text in UTF-8.
   *
   * @param text the text
   * @return 64 hexadecimal digits, lower case
   */
  public static String of(String text) {
    return new Digest().add(text).hex();
  }

  /**
   * The digest of a file's bytes, read in blocks.
   *
   * @param file a regular file
   * @return 64 hexadecimal digits, lower case
   * @throws IOException when it cannot be read
   */
  public static String of(Path file) throws IOException {
    return new Digest().add(file).hex();
  }

  /**
   * Adds a text in UTF-8.
   *
   * @param text the text
   * @return this
   */
  public Digest add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Adds bytes.
   *
   * @param bytes the bytes
   * @return this
   */
  public Digest add(byte[] bytes) {
    sha.update(bytes);
    return this;
  }

  /**
   * Adds what remains of a buffer, whose position is at its limit then.
   *
   * @param bytes the buffer
   * @return this
   */
  public Digest add(ByteBuffer bytes) {
    sha.update(bytes);
    return this;
  }

  /**
   * Adds numbers, eight bytes each, the highest first (IEEE 754, {@link Double#doubleToLongBits}).
   *
   * @param values the numbers
   * @return this
   */
  public Digest add(double[] values) {
    ByteBuffer block = ByteBuffer.allocate(Math.min(8 * BLOCK, 8 * values.length));
    for (double value : values) {
      block.putDouble(value);
      if (!block.hasRemaining()) {
        sha.update(block.flip());
        block.clear();
      }
    }
    sha.update(block.flip());
    return this;
  }

  /**
   * Adds the bytes of a file, read in blocks.
   *
   * @param file a regular file
   * @return this
   * @throws IOException when it cannot be read
   */
  public Digest add(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] block = new byte[BLOCK];
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        sha.update(block, 0, n);
      }
    }
    return this;
  }

  /**
   * Ends the digest; the next thing added begins another.
   *
   * @return 32 bytes
   */
  public byte[] bytes() {
    return sha.digest();
  }

  /**
   * Ends the digest; the next thing added begins another.
   *
   * @return 64 hexadecimal digits, lower case
   */
  public String hex() {
    return HexFormat.of().formatHex(bytes());
  }
}
