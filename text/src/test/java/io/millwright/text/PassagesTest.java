package io.millwright.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.MillwrightException;
import io.millwright.api.text.Passage;
import io.millwright.api.text.PassageIndex;
import io.millwright.api.text.PassageQuery;
import io.millwright.api.text.TextEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searching in small manuals. */
class PassagesTest {

  private static final List<Passage> ENGLISH =
      List.of(
          new Passage(
              "p1",
              "Replacing the seal",
              "Switch the pump off and wait for it to cool. Remove the four bolts. Leaking seals"
                  + " are replaced as a set.",
              "pump.pdf",
              12,
              Map.of("machine", "A")),
          new Passage(
              "p2",
              "Noise",
              "A worn bearing makes a grinding noise. The bearings are greased every month.",
              "pump.pdf",
              30,
              Map.of("machine", "A")),
          new Passage(
              "p3",
              "Noise",
              "A loose belt squeals. The noise ends when the belt is tightened.",
              "fan.pdf",
              4,
              Map.of("machine", "B")));

  private static final List<Passage> CHINESE =
      List.of(
          Passage.of("c1", "更换密封圈", "关闭液压泵并等待冷却，然后拆下四个螺栓，更换漏油的密封圈。"),
          Passage.of("c2", "轴承噪音", "轴承磨损会产生异响，每月应给轴承加润滑脂。"),
          Passage.of("c3", "皮带", "皮带松动时会打滑，需要张紧皮带。"));

  private static List<String> ids(List<PassageIndex.Hit> hits) {
    return hits.stream().map(h -> h.passage().id()).toList();
  }

  @Test
  void stemsTitlesFiltersAndHighlights() {
    try (PassageIndex index = Passages.index().encoders(List.of()).build(ENGLISH)) {
      assertThat(index.size()).isEqualTo(3);
      List<PassageIndex.Hit> hits = index.search(PassageQuery.of("the seal leaks", 2));
      assertThat(ids(hits)).startsWith("p1");
      assertThat(hits.get(0).highlight()).contains("[Leaking] [seals]");
      assertThat(hits.get(0).probability()).isBetween(0.0, 1.0);
      assertThat(ids(index.search(PassageQuery.of("grinding bearings", 1)))).containsExactly("p2");
      assertThat(
              ids(index.search(new PassageQuery("what makes a noise", 5, Map.of("machine", "B")))))
          .containsExactly("p3");
      assertThat(index.search(new PassageQuery("noise", 5, Map.of("machine", "C")))).isEmpty();
    }
  }

  @Test
  void chineseIsSegmentedAndFound() {
    try (PassageIndex index = Passages.index().encoders(List.of()).build(CHINESE)) {
      assertThat(ids(index.search(PassageQuery.of("密封圈漏油怎么办？", 3)))).startsWith("c1");
      assertThat(ids(index.search(PassageQuery.of("轴承有异响", 3)))).startsWith("c2");
      assertThat(ids(index.search(PassageQuery.of("皮 带 打滑", 3)))).startsWith("c3");
      assertThat(index.search(PassageQuery.of("密封圈", 1)).get(0).highlight()).contains("[密封");
    }
  }

  @Test
  void anyTextIsAQuestionAndNothingIsSyntax() {
    try (PassageIndex index = Passages.index().encoders(List.of()).build(ENGLISH)) {
      for (String odd :
          List.of(
              "",
              "   ",
              "AND OR NOT",
              "title:seal~2",
              "\"(((",
              "*?[]{}",
              "\uD800",
              "a\u0000b",
              "seal ".repeat(50_000))) {
        assertThat(index.search(PassageQuery.of(odd, 3))).hasSizeLessThanOrEqualTo(3);
      }
      assertThat(index.search(PassageQuery.of("quantum chromodynamics", 3))).isEmpty();
    }
  }

  @Test
  void aKeptIndexAnswersAlike(@TempDir Path folder) {
    List<List<PassageIndex.Hit>> fresh = new ArrayList<>();
    List<String> questions = List.of("seal", "grinding noise", "belt");
    try (PassageIndex index = Passages.index().encoders(List.of()).folder(folder).build(ENGLISH)) {
      questions.forEach(q -> fresh.add(index.search(PassageQuery.of(q, 3))));
    }
    try (PassageIndex kept = Passages.open(folder)) {
      for (int i = 0; i < questions.size(); i++) {
        assertThat(kept.search(PassageQuery.of(questions.get(i), 3))).isEqualTo(fresh.get(i));
      }
    }
    assertThatThrownBy(() -> Passages.open(folder.resolve("nothing")))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("Maybe");
  }

  @Test
  void badPassagesAreRefused() {
    assertThatThrownBy(() -> Passages.index().build(List.of()))
        .isInstanceOf(MillwrightException.class);
    assertThatThrownBy(
            () ->
                Passages.index().encoders(List.of()).build(List.of(ENGLISH.get(0), ENGLISH.get(0))))
        .hasMessageContaining("\"p1\"");
    PassageIndex closed = Passages.index().encoders(List.of()).build(ENGLISH);
    closed.close();
    closed.close();
    assertThatThrownBy(() -> closed.search(PassageQuery.of("x", 1))).hasMessageContaining("closed");
  }

  /** A question of which one half stands nowhere, in a manual so small that something leads. */
  @Test
  void whatIsNotThereIsNotAnswered() {
    Map<String, Boolean> asked =
        Map.of(
            "how do I replace leaking seals?", true,
            "what does the pump cost and who sells it?", false,
            "how do I", false,
            "what is the colour of the bearing housing lacquer?", false);
    try (PassageIndex index = Passages.index().encoders(List.of()).build(ENGLISH)) {
      asked.forEach((question, there) -> judge(index, question, there));
    }
    try (PassageIndex one = Passages.index().encoders(List.of()).build(ENGLISH.subList(0, 1))) {
      judge(one, "what is the price of the seal?", false);
      judge(one, "leaking seals", true);
    }
    try (PassageIndex index = Passages.index().encoders(List.of()).build(CHINESE)) {
      judge(index, "皮带松动怎么办", true);
      judge(index, "皮带的价格是多少", false);
    }
  }

  private static void judge(PassageIndex index, String question, boolean there) {
    List<PassageIndex.Hit> hits = index.search(PassageQuery.of(question, 1));
    double p = hits.isEmpty() ? 0 : hits.get(0).probability();
    assertThat(p >= 0.5).as("%s: %.2f", question, p).isEqualTo(there);
  }

  /** Two axes: about heat, or not. */
  private record Heat() implements TextEncoder {
    @Override
    public String id() {
      return "heat";
    }

    @Override
    public int size() {
      return 2;
    }

    @Override
    public List<String> languages() {
      return List.of("en");
    }

    @Override
    public float[][] encode(List<String> texts) {
      float[][] all = new float[texts.size()][];
      for (int i = 0; i < all.length; i++) {
        boolean hot = texts.get(i).matches("(?s).*(cool|overheat|hot).*");
        all[i] = hot ? new float[] {1, 0} : new float[] {0, 1};
      }
      return all;
    }
  }

  @Test
  void anEncoderFindsWhatHasNoWordInCommon() {
    try (PassageIndex index = Passages.index().encoders(List.of(new Heat())).build(ENGLISH)) {
      assertThat(ids(index.search(PassageQuery.of("overheating", 1)))).containsExactly("p1");
    }
  }
}
