package io.millwright.quality.texts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.MillwrightException;
import io.millwright.quality.QualityTexts;
import io.millwright.quality.QualityTexts.Mention;
import io.millwright.quality.QualityTexts.Term;
import io.millwright.quality.ThemeTrend;
import io.millwright.quality.internal.texts.DefaultQualityTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QualityTextsTest {

  private final QualityTexts texts = new DefaultQualityTexts();

  private static final List<Term> VOCABULARY =
      List.of(
          new Term("seal", "part", "seal"),
          new Term("hydraulic hose", "part", "hose"),
          new Term("hose", "part", "hose"),
          new Term("leak", "defect", "leak"),
          new Term("scratched", "defect", "scratch"),
          new Term("overtightened", "cause", "torque"),
          new Term("划痕", "defect", "scratch"));

  @Test
  void nearlyTheSameWordsAreOneGroup() {
    List<List<Integer>> groups =
        texts.duplicates(
            List.of(
                "Hydraulic hose leaking at bucket cylinder",
                "paint scratched on left door",
                "hydraulic hose leaking at the bucket cylinder",
                "",
                "Hydralic hose leaking at bucket cylinder!",
                "door paint scratched on left side",
                "engine does not start"),
            0.6);
    assertThat(groups).containsExactly(List.of(0, 2, 4), List.of(1, 5));
    assertThat(texts.duplicates(List.of(), 0.6)).isEmpty();
    assertThat(texts.duplicates(List.of("same", "same"), 1)).hasSize(1);
  }

  @Test
  void manyTextsAreGroupedAsTheyWereMade() {
    Random random = new Random(3);
    List<String> all = new ArrayList<>();
    List<Integer> truth = new ArrayList<>();
    for (int g = 0; g < 200; g++) {
      StringBuilder base = new StringBuilder();
      for (int w = 0; w < 8; w++) {
        base.append("word").append((char) ('a' + random.nextInt(26)));
        base.append((char) ('a' + random.nextInt(26))).append(' ');
      }
      for (int k = 0; k < 3; k++) {
        all.add(k == 0 ? base.toString() : base + "again");
        truth.add(g);
      }
    }
    List<List<Integer>> groups = texts.duplicates(all, 0.8);
    assertThat(groups).hasSize(200);
    assertThat(groups)
        .allSatisfy(g -> assertThat(g.stream().map(truth::get).distinct().count()).isEqualTo(1));
  }

  @Test
  void wordsOfTheVocabularyAreFoundWithTheirPlaces() {
    String text = "Hydraulic hoses leaking, seals scrached; boltt overtightend";
    List<Mention> found = texts.mentions(List.of(text), VOCABULARY).get(0);
    assertThat(found)
        .extracting(Mention::term)
        .containsExactly("hose", "leak", "seal", "scratch", "torque");
    assertThat(found)
        .extracting(m -> text.substring(m.start(), m.end()))
        .containsExactly("Hydraulic hoses", "leaking", "seals", "scrached", "overtightend");
    assertThat(found).extracting(Mention::exact).containsExactly(true, true, true, false, false);
  }

  @Test
  void shortWordsAndChineseAreTakenToTheLetter() {
    assertThat(texts.mentions(List.of("seat broken"), VOCABULARY).get(0)).isEmpty();
    List<Mention> found = texts.mentions(List.of("外壳划痕明显"), VOCABULARY).get(0);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).start()).isEqualTo(2);
    assertThat(found.get(0).end()).isEqualTo(4);
  }

  @Test
  void aRisingThemeIsFoundAndOthersAreNot() {
    Random random = new Random(5);
    List<String> all = new ArrayList<>();
    List<Integer> periods = new ArrayList<>();
    for (int month = 0; month < 12; month++) {
      for (int k = 0; k < 40; k++) {
        String part = List.of("pump", "valve", "motor").get(random.nextInt(3));
        boolean seal = random.nextDouble() < 0.05 + 0.03 * month;
        all.add(part + (seal ? " seal torn" : " noisy") + " on line");
        periods.add(100 + month);
      }
    }
    List<Set<String>> themes = texts.words(all);
    List<ThemeTrend> trends = texts.trends(themes, periods, 0.9);
    assertThat(trends.get(0).theme()).containsAnyOf("seal", "torn", "noisy");
    ThemeTrend seal =
        trends.stream().filter(t -> t.theme().equals("seal torn")).findFirst().orElseThrow();
    assertThat(seal.p()).isLessThan(1e-3);
    assertThat(seal.factor().low()).isGreaterThan(2);
    assertThat(seal.counts()).hasSize(12);
    assertThat(seal.totals()).allMatch(n -> n == 40);
    ThemeTrend pump =
        trends.stream().filter(t -> t.theme().equals("pump")).findFirst().orElseThrow();
    assertThat(pump.p()).isGreaterThan(0.05);
  }

  @Test
  void withoutATrendThereAreFewAlarms() {
    Random random = new Random(7);
    int alarms = 0;
    for (int k = 0; k < 200; k++) {
      List<Set<String>> themes = new ArrayList<>();
      List<Integer> periods = new ArrayList<>();
      for (int r = 0; r < 200; r++) {
        themes.add(random.nextDouble() < 0.3 ? Set.of("a") : Set.of());
        periods.add(r / 20);
      }
      alarms += texts.trends(themes, periods, 0.9).get(0).p() < 0.05 ? 1 : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo(18);
  }

  @Test
  void aThemeThatBeginsAtOnceHasAFiniteFactor() {
    List<Set<String>> themes = new ArrayList<>();
    List<Integer> periods = new ArrayList<>();
    for (int r = 0; r < 60; r++) {
      themes.add(r >= 30 ? Set.of("new") : Set.of());
      periods.add(r / 10);
    }
    ThemeTrend trend = texts.trends(themes, periods, 0.9).get(0);
    assertThat(trend.factor().value()).isFinite().isGreaterThan(10);
    assertThat(trend.p()).isLessThan(0.01);
  }

  @Test
  void badAsksAreRefused() {
    assertThatThrownBy(() -> texts.duplicates(List.of("a"), 0))
        .isInstanceOf(MillwrightException.class);
    assertThatThrownBy(() -> texts.duplicates(List.of("a"), Double.NaN))
        .isInstanceOf(MillwrightException.class);
    assertThatThrownBy(() -> texts.trends(List.of(Set.of("a")), List.of(), 0.9))
        .hasMessageContaining("1 texts, but 0 periods");
    assertThatThrownBy(() -> texts.trends(List.of(), List.of(), 1))
        .isInstanceOf(MillwrightException.class);
    assertThat(texts.trends(List.of(Set.of("a")), List.of(1), 0.9)).isEmpty();
    assertThat(texts.mentions(List.of("", "x"), List.of())).containsExactly(List.of(), List.of());
  }
}
