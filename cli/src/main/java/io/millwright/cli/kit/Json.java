package io.millwright.cli.kit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a reply as JSON. Numbers that JSON does not know (infinite, not a number) become null.
 * Names stand in the order of their map, or sorted where the map has none ({@code Map.of} has
 * another in each process), so that the same reply is the same text.
 */
public final class Json {
  private Json() {}

  public static String text(Object document) {
    try {
      return new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValueAsString(plain(document));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a reply must be made of maps, lists, texts and numbers", e);
    }
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      boolean ordered =
          map instanceof LinkedHashMap || map instanceof SortedMap || map instanceof EnumMap;
      Map<String, @Nullable Object> copy = ordered ? new LinkedHashMap<>() : new TreeMap<>();
      map.forEach((k, v) -> copy.put(String.valueOf(k), plain(v)));
      return copy;
    }
    if (value instanceof Collection<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(v -> copy.add(plain(v)));
      return copy;
    }
    if (value instanceof Double number) {
      return number.isNaN() || number.isInfinite() ? null : number;
    }
    return value == null || value instanceof Number || value instanceof Boolean
        ? value
        : value.toString();
  }
}
