package io.millwright.runtime.text;

import io.millwright.runtime.words.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Guesses the language of a text: by script where that decides, else by a few frequent words of
 * European languages. Meant for choosing an analysis, not for telling short texts apart.
 */
public final class Language {

  /** What is said of a text without evidence. */
  public static final String UNKNOWN = "und";

  private static final double SCRIPT = 0.2;
  private static final Map<String, Set<String>> FREQUENT =
      Map.of(
          "en",
              Set.of(
                  ("the of and to in is for on with not from at by this that are be it as or has"
                          + " was when no will"
                          + " need check replace leaking broken")
                      .split(" ", -1)),
          "de",
              Set.of(
                  ("der die das und ist nicht mit von im auf den ein eine zu für bei dem des wird"
                          + " sich nach aus defekt prüfen am oder")
                      .split(" ", -1)),
          "fr",
              Set.of(
                  ("le la les et est des du une pour dans avec pas sur en au aux ne par ce qui"
                          + " sont il plus")
                      .split(" ", -1)),
          "es",
              Set.of(
                  ("el los las y es del una para con por en no se que al como está son lo sin"
                          + " más su")
                      .split(" ", -1)),
          "it",
              Set.of(
                  ("il gli e è di della una per con non che del sono nel alla al da si dei"
                          + " come più le")
                      .split(" ", -1)),
          "nl",
              Set.of(
                  ("de het een en van is niet met op te voor zijn bij dat aan er om naar wordt"
                          + " uit ook")
                      .split(" ", -1)),
          "pt",
              Set.of(
                  ("o os as e é do da uma para com não por em no na que ao se dos das mais"
                          + " foi")
                      .split(" ", -1)),
          "pl",
              Set.of(
                  ("i w na z nie do jest się że o po od za przy oraz ma dla jak są przez" + " tym")
                      .split(" ", -1)));

  private Language() {}

  /**
   * The language of a text.
   *
   * @return an ISO 639-1 code, such as {@code zh} or {@code en}; {@link #UNKNOWN} without evidence
   */
  public static String of(String text) {
    return of(List.of(text));
  }

  /** The language that most of some texts are in. */
  public static String of(List<String> texts) {
    double[] scripts = new double[5];
    Map<String, Integer> hits = new HashMap<>();
    for (String text : texts) {
      scripts(text, scripts);
      String small = text.toLowerCase(Locale.ROOT);
      for (Words.Word word : Words.of(small)) {
        String w = word.in(small);
        FREQUENT.forEach(
            (language, words) -> {
              if (words.contains(w)) {
                hits.merge(language, 1, Integer::sum);
              }
            });
      }
    }
    double all = scripts[0] + scripts[1] + scripts[2] + scripts[3] + scripts[4];
    if (all == 0) {
      return UNKNOWN;
    }
    if (scripts[1] > SCRIPT * scripts[0] && scripts[1] > 0.05 * all) {
      return "ja"; // kana stand in every Japanese sentence, and in no Chinese one
    }
    if (scripts[0] > SCRIPT * all) {
      return "zh";
    }
    if (scripts[2] > SCRIPT * all) {
      return "ko";
    }
    if (scripts[3] > SCRIPT * all) {
      return "ru";
    }
    return hits.entrySet().stream()
        .max(
            Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse(UNKNOWN);
  }

  private static void scripts(String text, double[] counts) {
    text.codePoints()
        .filter(Character::isLetter)
        .forEach(
            point -> {
              switch (Character.UnicodeScript.of(point)) {
                case HAN -> counts[0]++;
                case HIRAGANA, KATAKANA -> counts[1]++;
                case HANGUL -> counts[2]++;
                case CYRILLIC -> counts[3]++;
                default -> counts[4]++;
              }
            });
  }
}
