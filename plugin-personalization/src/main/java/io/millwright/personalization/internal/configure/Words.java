package io.millwright.personalization.internal.configure;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a line, one after the other. */
final class Words {

  private static final Pattern WORD =
      Pattern.compile(
          "\\s*(?:(\"[^\"]*\")|(#.*)|(-?[0-9]+(?:\\.[0-9]+)?(?=\\.\\.|[^\\p{L}0-9_.%-]|$))"
              + "|(\\.\\.|<=|>=|!=|[=|(),:+*<>-])|([\\p{L}0-9_%][\\p{L}0-9_.%/-]*))");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

  private final List<String> words = new ArrayList<>();
  private final List<Boolean> quoted = new ArrayList<>();
  private final String line;
  private int at;

  private Words(String line) {
    this.line = line;
  }

  static Words of(String line) {
    Words words = new Words(line);
    String text =
        line.replace('，', ',')
            .replace('（', '(')
            .replace('）', ')')
            .replace('：', ':')
            .replace('＝', '=');
    Matcher m = WORD.matcher(text);
    int from = 0;
    while (from < text.length() && !text.substring(from).isBlank()) {
      if (!m.find(from) || m.start() != from) {
        throw ModelText.wrong(
            "\"" + text.substring(from).strip() + "\" cannot be read", "names in \"quotes\"");
      }
      from = m.end();
      if (m.group(2) != null) {
        break;
      }
      boolean quotes = m.group(1) != null;
      String word = quotes ? m.group(1).substring(1, m.group(1).length() - 1) : m.group().strip();
      if (quotes && word.isBlank()) {
        throw ModelText.wrong("a name is empty", "a name between the quotes");
      }
      words.words.add(word);
      words.quoted.add(quotes);
    }
    return words;
  }

  boolean atEnd() {
    return at >= words.size();
  }

  /** The next word, which must be there. */
  String next() {
    if (atEnd()) {
      throw ModelText.wrong("the line ends too early: \"" + line.strip() + "\"", "the rest of it");
    }
    return words.get(at++);
  }

  /** Everything that is left. */
  String rest() {
    String rest = String.join(" ", words.subList(at, words.size()));
    at = words.size();
    return rest;
  }

  boolean is(String word) {
    return !atEnd() && !quoted.get(at) && words.get(at).equals(word);
  }

  /** Whether the word after the next is this. */
  boolean second(String word) {
    return at + 1 < words.size() && words.get(at + 1).equals(word);
  }

  boolean take(String word) {
    if (is(word)) {
      at++;
      return true;
    }
    return false;
  }

  void expect(String word) {
    if (!take(word)) {
      throw ModelText.wrong(
          "\""
              + word
              + "\" is missing "
              + (atEnd() ? "at the end" : "before \"" + words.get(at) + "\""),
          "it there");
    }
  }

  void end() {
    if (!atEnd()) {
      throw ModelText.wrong("\"" + rest() + "\" is too much", "it on a line of its own");
    }
  }

  boolean isNumber() {
    return !atEnd() && NUMBER.matcher(words.get(at)).matches();
  }

  BigDecimal decimal() {
    String word = next();
    if (!NUMBER.matcher(word).matches()) {
      throw ModelText.wrong("\"" + word + "\" is not a number", "a number such as 2.5");
    }
    return new BigDecimal(word);
  }

  double number() {
    return decimal().doubleValue();
  }

  static double numberOf(String word) {
    return NUMBER.matcher(word).matches() ? Double.parseDouble(word) : Double.NaN;
  }

  int place() {
    return at;
  }

  void back(int place) {
    at = place;
  }
}
