package io.millwright.quality.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the JSON of reference answers: objects, arrays, numbers and texts without escapes. */
final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(String text) {
    return (Map<String, Object>) new Json(text).value();
  }

  private char next() {
    while (Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return text.charAt(at);
  }

  private Object value() {
    char c = next();
    if (c == '{') {
      Map<String, Object> all = new LinkedHashMap<>();
      at++;
      while (next() != '}') {
        String key = (String) value();
        next();
        at++;
        all.put(key, value());
        at += next() == ',' ? 1 : 0;
      }
      at++;
      return all;
    }
    if (c == '[') {
      List<Object> all = new ArrayList<>();
      at++;
      while (next() != ']') {
        all.add(value());
        at += next() == ',' ? 1 : 0;
      }
      at++;
      return all;
    }
    int from = at;
    if (c == '"') {
      at = text.indexOf('"', at + 1) + 1;
      return text.substring(from + 1, at - 1);
    }
    while ("+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return Double.valueOf(text.substring(from, at));
  }
}
