package io.millwright.api.assist;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as JSON, so that no text can end its own quotation. */
final class DataText {

  private DataText() {}

  static String of(@Nullable Object value) {
    StringBuilder json = new StringBuilder();
    write(value, json);
    return json.toString();
  }

  private static void write(@Nullable Object value, StringBuilder json) {
    if (value instanceof Map<?, ?> map) {
      json.append('{');
      for (Iterator<? extends Map.Entry<?, ?>> all = map.entrySet().iterator(); all.hasNext(); ) {
        Map.Entry<?, ?> entry = all.next();
        write(String.valueOf(entry.getKey()), json);
        json.append(':');
        write(entry.getValue(), json);
        json.append(all.hasNext() ? "," : "");
      }
      json.append('}');
    } else if (value instanceof Iterable<?> list) {
      json.append('[');
      for (Iterator<?> all = list.iterator(); all.hasNext(); ) {
        write(all.next(), json);
        json.append(all.hasNext() ? "," : "");
      }
      json.append(']');
    } else if (value == null || value instanceof Boolean) {
      json.append(value);
    } else if (value instanceof Number n && Double.isFinite(n.doubleValue())) {
      json.append(n);
    } else {
      text(value.toString(), json);
    }
  }

  private static void text(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c == '\u2028' || c == '\u2029' || c == 127) {
        json.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
