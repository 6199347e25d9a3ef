package io.millwright.runtime.privacy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Table;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Replaces names by pseudonyms: a keyed hash (HMAC-SHA-256), so that the same name has the same
 * pseudonym, and only who has the key can tell which. Without the key names cannot be tried out.
 * Immutable and thread-safe.
 */
public final class Pseudonyms {

  private final SecretKey key;

  private Pseudonyms(SecretKey key) {
    this.key = key;
  }

  /**
   * Pseudonyms under a key.
   *
   * @param key a secret key of at least 16 bytes, from a key store; another key gives other
   *     pseudonyms
   * @return the pseudonyms
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} for a shorter key
   */
  public static Pseudonyms of(SecretKey key) {
    byte[] encoded = key.getEncoded();
    if (encoded != null && encoded.length < 16) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "a key of " + encoded.length + " bytes\nMaybe draw one of 32 bytes and keep it secret");
    }
    return new Pseudonyms(key);
  }

  /**
   * The pseudonym of a name.
   *
   * @param column the column it stands in: the same name in two columns has two pseudonyms
   * @param name the name
   * @return 24 hexadecimal digits behind {@code p-}
   */
  public String of(String column, String name) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(column.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
      return "p-" + HexFormat.of().formatHex(hash, 0, 12);
    } catch (GeneralSecurityException e) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the key cannot be used: " + e.getMessage() + "\nMaybe take one for HmacSHA256",
          e);
    }
  }

  /**
   * A table with pseudonyms.
   *
   * @param table the table
   * @param columns columns of categories or texts
   * @return a new table; missing values stay missing
   * @throws MillwrightException with {@link ErrorCode#MISSING_COLUMN} or {@link
   *     ErrorCode#WRONG_TYPE}
   */
  public Table applied(Table table, String... columns) {
    Table result = table;
    for (String name : columns) {
      Column column = table.schema().column(name);
      List<@Nullable String> labels = table.labels(name);
      List<@Nullable String> pseudonyms = new ArrayList<>(labels.size());
      for (String label : labels) {
        pseudonyms.add(label == null ? null : of(name, label));
      }
      result = result.with(column, pseudonyms);
    }
    return result;
  }
}
