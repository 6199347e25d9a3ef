package io.millwright.runtime.journal;

import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import io.millwright.api.data.UnitHistory;
import io.millwright.runtime.support.Digest;
import io.millwright.runtime.support.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Inputs of models in one canonical form: the same input gives the same bytes everywhere. */
public final class InputDigest {

  private InputDigest() {}

  /** An input as it is written. */
  private record Whole(Table rows) {}

  /** A history as it is written. */
  private record History(String unit, double startAge, Table rows) {}

  /**
   * The canonical form of an input.
   *
   * @param input a {@link Table}, {@link Row} or {@link UnitHistory} as JSON, a text as UTF-8; of
   *     others a zero and their text
   * @return the bytes
   */
  public static byte[] bytes(Object input) {
    if (input instanceof Table table) {
      return Json.write(new Whole(table), Whole.class);
    }
    if (input instanceof Row row) {
      return Json.write(new Whole(Table.of(row.schema(), List.of(row))), Whole.class);
    }
    if (input instanceof UnitHistory h) {
      return Json.write(new History(h.unit(), h.startAge(), h.readings()), History.class);
    }
    if (input instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    return ("\0" + input).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The digest of an input.
   *
   * @param input the input
   * @return the SHA-256 of {@link #bytes}, in hexadecimal
   */
  public static String of(Object input) {
    return Digest.of(bytes(input));
  }
}
