package io.millwright.api.assist;

import io.millwright.api.text.Passage;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an answer may stand on: results of tools, passages, and the question. Used by one thread.
 */
final class Evidence {

  /** A number with the place it comes from. */
  private record Known(double value, String source) {}

  private final List<Known> numbers = new ArrayList<>();
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final List<Passage> passages = new ArrayList<>();
  private final List<Double> asked = new ArrayList<>();

  void question(String question) {
    for (Numbers.Found n : Numbers.in(question)) {
      asked.add(n.value());
    }
  }

  void result(String source, Map<String, @Nullable Object> result) {
    StringBuilder text = new StringBuilder();
    add(source, result, text);
    texts.put(source, plain(text.toString()));
  }

  private void add(String source, @Nullable Object value, StringBuilder text) {
    if (value instanceof Number n) {
      numbers.add(new Known(n.doubleValue(), source));
      text.append(n).append(' ');
    } else if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, inner) -> {
            add(source, key, text);
            add(source, inner, text);
          });
    } else if (value instanceof Iterable<?> all) {
      all.forEach(inner -> add(source, inner, text));
    } else if (value != null) {
      words(source, value.toString());
      text.append(value).append(' ');
    }
  }

  private void words(String source, String text) {
    for (Numbers.Found n : Numbers.in(text)) {
      numbers.add(new Known(n.value(), source));
    }
  }

  void passage(Passage passage) {
    passages.add(passage);
    String source = passage.id();
    words(source, passage.title() + " " + passage.text());
    if (passage.page() > 0) {
      numbers.add(new Known(passage.page(), source));
    }
    texts.put(source, plain(passage.title() + " " + passage.text()));
  }

  List<Passage> passages() {
    return passages;
  }

  /** Where a number stands, as it is or rounded to the digits that are written. */
  Optional<String> source(Numbers.Found number) {
    for (Known known : numbers) {
      if (number.is(known.value) || (number.percent() && number.is(100 * known.value))) {
        return Optional.of(known.source);
      }
    }
    return Optional.empty();
  }

  /** Whether the person wrote the number. */
  boolean asked(Numbers.Found number) {
    return asked.stream().anyMatch(number::is);
  }

  /** Where a quotation stands word for word, case and blanks aside. */
  Optional<String> source(String quotation) {
    String wanted = plain(quotation);
    return texts.entrySet().stream()
        .filter(e -> e.getValue().contains(wanted))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replace('\u2019', '\'')
        .replaceAll("\\s+", " ")
        .strip();
  }
}
