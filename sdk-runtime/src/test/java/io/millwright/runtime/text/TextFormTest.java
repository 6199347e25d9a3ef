package io.millwright.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.runtime.words.Normaliser;
import io.millwright.runtime.words.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How texts become one form, words, n-grams and vectors. */
class TextFormTest {

  @Test
  void fullWidthCaseBlanksAndControlsBecomeOneForm() {
    Normaliser kept = new Normaliser(Normaliser.Digits.KEPT);
    assertThat(kept.of("  ＰＵＭＰ\t１２ \u0007 Ｌｅａｋｓ ")).isEqualTo("pump 12 leaks");
    assertThat(kept.of("ﬁlter")).isEqualTo("filter");
    assertThat(kept.of("")).isEmpty();
    assertThat(new Normaliser(Normaliser.Digits.MASKED).of("P-12/3")).isEqualTo("p-00/0");
    assertThat(kept.of("x".repeat(100_000))).hasSize(Normaliser.LONGEST);
  }

  @Test
  void chineseIsDividedByIdeographAndEuropeanByWord() {
    String text = "更换pump-seal，won't 3x";
    assertThat(Words.of(text))
        .extracting(w -> w.in(text))
        .containsExactly("更", "换", "pump-seal", "won't", "3x");
    assertThat(Words.of("a/c <id>", true))
        .extracting(w -> w.in("a/c <id>"))
        .containsExactly("a", "/", "c", "<", "id", ">");
    assertThat(Words.of(" ... ")).isEmpty();
  }

  @Test
  void languagesAreGuessedByScriptAndFrequentWords() {
    assertThat(Language.of("更换液压泵密封圈")).isEqualTo("zh");
    assertThat(Language.of("ポンプのシールを交換する")).isEqualTo("ja");
    assertThat(Language.of("Die Dichtung der Pumpe ist defekt und wird getauscht")).isEqualTo("de");
    assertThat(Language.of("the seal of the pump is leaking")).isEqualTo("en");
    assertThat(Language.of("Le joint de la pompe est usé, il fuit dans le carter")).isEqualTo("fr");
    assertThat(Language.of("Замена насоса")).isEqualTo("ru");
    assertThat(Language.of("12345 --")).isEqualTo(Language.UNKNOWN);
  }

  @Test
  void vectorsAreThoseOfCountingByHand() {
    List<String> texts = List.of("ab ab", "ab c", "c d");
    TfIdf fitted = TfIdf.fit(new Grams(Grams.Kind.WORDS, 1, 1, Normaliser.Digits.KEPT), texts, 1);
    assertThat(fitted.size()).isEqualTo(3);
    double[] df = {2, 2, 1};
    double[] idf = Arrays.stream(df).map(d -> 1 + Math.log(4 / (1 + d))).toArray();
    Sparse first = fitted.of("AB ab");
    assertThat(first.norm()).isCloseTo(1, within(1e-6));
    assertThat(first.times(fitted.of("ab c")))
        .isCloseTo(idf[0] / Math.hypot(idf[0], idf[1]), within(1e-6));
    assertThat(fitted.known("ab unseen")).isEqualTo(0.5);
    assertThat(fitted.of("nothing like it").at()).isEmpty();
  }

  @Test
  void characterRunsAreAllThatThereAre() {
    Grams grams = new Grams(Grams.Kind.CHARACTERS, 2, 3, Normaliser.Digits.KEPT);
    String padded = " seal s ";
    Map<String, Integer> runs = new TreeMap<>();
    for (int n = 2; n <= 3; n++) {
      for (int i = 0; i + n <= padded.length(); i++) {
        runs.merge(padded.substring(i, i + n), 1, Integer::sum);
      }
    }
    int[] keys = grams.of("Seal  S");
    assertThat(keys).hasSize(runs.values().stream().mapToInt(Integer::intValue).sum());
    assertThat(Arrays.stream(keys).distinct().count()).isEqualTo(runs.size());
    assertThat(grams.of("")).isEmpty();
    assertThatThrownBy(() -> new Grams(Grams.Kind.WORDS, 2, 1, Normaliser.Digits.KEPT))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
