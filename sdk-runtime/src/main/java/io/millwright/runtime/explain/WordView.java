package io.millwright.runtime.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words of a text as features. */
final class WordView implements FeatureView<String> {

  private static final Pattern WORD =
      Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]|[\\p{L}\\p{N}_'-]+");

  /** One word and where it stands. */
  private record Word(int from, int to) {}

  private static List<Word> words(String text) {
    List<Word> words = new ArrayList<>();
    Matcher m = WORD.matcher(text);
    while (m.find()) {
      words.add(new Word(m.start(), m.end()));
    }
    return words.isEmpty() ? List.of(new Word(0, text.length())) : words;
  }

  @Override
  public List<String> names(String input) {
    List<Word> words = words(input);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      names.add((i + 1) + ". " + input.substring(words.get(i).from, words.get(i).to));
    }
    return names;
  }

  @Override
  public String mixed(String input, String reference, BitSet kept) {
    List<Word> words = words(input);
    StringBuilder text = new StringBuilder();
    int at = 0;
    for (int i = 0; i < words.size(); i++) {
      text.append(input, at, words.get(i).from);
      if (kept.get(i)) {
        text.append(input, words.get(i).from, words.get(i).to);
      }
      at = words.get(i).to;
    }
    return text.append(input.substring(at)).toString();
  }

  @Override
  public String text(String input, int feature) {
    Word word = words(input).get(feature);
    return input.substring(word.from, word.to);
  }
}
