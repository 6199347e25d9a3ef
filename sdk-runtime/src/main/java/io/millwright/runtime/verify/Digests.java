package io.millwright.runtime.verify;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** SHA-256 of bytes and files. */
final class Digests {

  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  static String hex(Path file) {
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (IOException e) {
      throw failed("read", file, e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MillwrightException failed(String verb, Path file, IOException e) {
    return new MillwrightException(
        ErrorCode.IO_FAILED,
        "cannot "
            + verb
            + " "
            + file
            + ": "
            + e
            + "\nMaybe the path is wrong, the disk is full or the user has no right to it",
        e);
  }
}
