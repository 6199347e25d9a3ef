package io.millwright.quality.internal.texts;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.quality.QualityTexts;
import io.millwright.quality.ThemeTrend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The way to texts of quality. */
public final class DefaultQualityTexts implements QualityTexts {

  private static final int MOST = 50_000;
  private static final int LEAST = 5;
  private static final int SHARE = 200;

  /** Without state. */
  public DefaultQualityTexts() {}

  @Override
  public List<List<Integer>> duplicates(List<String> texts, double alike) {
    if (!(alike > 0 && alike <= 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "alike " + alike + " is not within (0, 1]\nMaybe use 0.6");
    }
    if (texts.size() > MOST) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          texts.size()
              + " texts: at most "
              + MOST
              + "\nMaybe look at one period or line at a time");
    }
    return Duplicates.of(texts, alike);
  }

  @Override
  public List<List<Mention>> mentions(List<String> texts, List<Term> vocabulary) {
    Mentions mentions = new Mentions(vocabulary);
    return texts.stream().map(mentions::of).toList();
  }

  @Override
  public List<Set<String>> words(List<String> texts) {
    List<Set<String>> all = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (String text : texts) {
      Set<String> own = own(Words.of(text).all());
      own.forEach(w -> seen.merge(w, 1, Integer::sum));
      all.add(own);
    }
    int least = Math.max(LEAST, texts.size() / SHARE);
    for (Set<String> own : all) {
      own.removeIf(
          w -> {
            int n = seen.getOrDefault(w, 0);
            return n < least || 2 * n > texts.size();
          });
    }
    return all.stream().map(Set::copyOf).toList();
  }

  private static Set<String> own(List<String> words) {
    Set<String> out = new HashSet<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      boolean chinese = Words.chinese(word);
      if (!chinese && word.length() > 2 && !Character.isDigit(word.charAt(0))) {
        out.add(word);
      }
      if (i > 0) {
        String before = words.get(i - 1);
        if (chinese && Words.chinese(before)) {
          out.add(before + word);
        } else if (!chinese && before.length() > 2 && word.length() > 2) {
          out.add(before + " " + word);
        }
      }
    }
    return out;
  }

  @Override
  public List<ThemeTrend> trends(List<Set<String>> themes, List<Integer> periods, double level) {
    if (themes.size() != periods.size()) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          themes.size() + " texts, but " + periods.size() + " periods\nMaybe give one for each");
    }
    if (!(level > 0 && level < 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "level " + level + " is not within (0, 1)\nMaybe use 0.9");
    }
    if (periods.stream().anyMatch(p -> p < -1_000_000 || p > 1_000_000)) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE, "a period is beyond a million\nMaybe count from the first");
    }
    return Trending.of(themes, periods, level);
  }
}
