package io.millwright.runtime.support;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Records as JSON and back. What is read is decided by the Java type that the caller expects, never
 * by the text: no class is named, loaded or chosen by a file.
 *
 * <p>Understood are records, sealed interfaces of records, enums, texts, booleans, numbers, {@code
 * Instant}, {@code Duration}, {@code List}, {@code Set}, {@code Map} and {@code SortedMap} with
 * text keys, {@code Optional} and its three primitive kinds, and of the API {@code Unit} (its
 * symbol), {@code Row} and {@code Table} (by column).
 *
 * <ul>
 *   <li>A record is an object with one field for each component, in the order of the components.
 *   <li>A variant of a sealed interface is an object whose first field is {@code "@kind"}: the
 *       record's simple name in lower case with dashes. (Plain "kind" would meet components of that
 *       name, such as that of a pooling layer.)
 *   <li>An empty {@code Optional} component is left out. Every other component must be there, and
 *       no other field may be: a later version adds a field as {@code Optional}, so that older
 *       files still read and models without it are still written byte for byte as before.
 *   <li>Numbers that JSON lacks are the texts {@code "NaN"}, {@code "Infinity"}, {@code
 *       "-Infinity"}; a missing number in a table is {@code null}.
 *   <li>Maps and sets are written in the order of their keys, so that equal values give equal
 *       bytes; {@link #writeInOrder} keeps the order of a map where it means something to a person.
 * </ul>
 *
 * Numbers are written by Jackson's own shortest form, so that the bytes do not depend on the
 * version of Java. Thread-safe.
 */
public final class Json {

  private Json() {}

  /**
   * Writes a value.
   *
   * @param value the value
   * @param type its declared type, a record or a sealed interface of records
   * @return UTF-8
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} for a text that is not valid
   *     Unicode
   */
  public static <T> byte[] write(T value, Class<T> type) {
    return write(value, type, true);
  }

  /** The same, with maps in their own order. */
  public static <T> byte[] writeInOrder(T value, Class<T> type) {
    return write(value, type, false);
  }

  private static <T> byte[] write(T value, Class<T> type, boolean sorted) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonFactory factory =
        JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();
    try (JsonGenerator out = factory.createGenerator(bytes)) {
      new JsonValueWriter(out, sorted).value(value, type, "$");
    } catch (JsonProcessingException e) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          type.getSimpleName()
              + " cannot be written as JSON: "
              + e.getOriginalMessage()
              + "\n"
              + "Maybe a name or label holds half a character (a lone surrogate): read it as"
              + " UTF-8.",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a value.
   *
   * @param json UTF-8
   * @param type what is expected
   * @param place where it comes from, for errors
   * @param limits bounds
   * @return the value
   * @throws MillwrightException with the code of the place, naming the place in the text, such as
   *     {@code $.layers[2].units}
   */
  public static <T> T read(byte[] json, Class<T> type, Place place, Limits limits) {
    try (JsonParser in = parser(json, place, limits)) {
      return type.cast(new JsonValueReader(in, place, limits.resultBytes()).document(type));
    } catch (IOException e) {
      throw place.error("cannot be read as JSON: " + e.getMessage(), e);
    }
  }

  /** A bounded parser of a text. */
  public static JsonParser parser(byte[] json, Place place, Limits limits) throws IOException {
    StreamReadConstraints bounds =
        StreamReadConstraints.builder()
            .maxNestingDepth(limits.jsonDepth())
            .maxStringLength(limits.stringLength())
            .maxNameLength(limits.stringLength())
            .maxNumberLength(64)
            .maxDocumentLength(limits.jsonEntryBytes())
            .build();
    if (json.length > limits.jsonEntryBytes()) {
      throw place.error(
          json.length + " bytes of JSON, but at most " + limits.jsonEntryBytes() + " are read");
    }
    CharBuffer text;
    try {
      // Decoded here and strictly: the parser would guess UTF-16 and UTF-32 from the bytes.
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(json));
    } catch (CharacterCodingException e) {
      throw place.error("is not UTF-8", e);
    }
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(bounds)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    return factory.createParser(text.array(), text.arrayOffset(), text.remaining());
  }
}
