package io.millwright.personalization.internal.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.ComposedModel;
import io.millwright.personalization.Personalization;
import io.millwright.personalization.PurchaseLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeptTest {

  private ComposedModel sound;

  @BeforeAll
  void train() throws InterruptedException {
    SplittableRandom random = new SplittableRandom(4);
    Map<String, List<String>> histories = new LinkedHashMap<>();
    for (int c = 0; c < 60; c++) {
      int from = random.nextInt(20);
      List<String> items = new ArrayList<>();
      for (int k = 0; k < 4; k++) {
        items.add("i" + (from + k) % 20);
      }
      histories.put("c" + c, items);
    }
    try (Millwright millwright = Millwright.create()) {
      DefaultRecommender trained =
          (DefaultRecommender)
              millwright
                  .plugin(Personalization.class)
                  .recommending()
                  .train(PurchaseLog.sequences(histories))
                  .await();
      sound = Kept.model(trained.answers());
    }
  }

  @Test
  void whatWasKeptIsReadAsItWas() {
    assertThat(Kept.model(Kept.answers(sound))).isEqualTo(sound);
  }

  @Test
  void alteredTextsAreRefused() {
    for (String key : sound.texts().keySet()) {
      if (!key.equals("choice")) {
        SortedMap<String, String> texts = new TreeMap<>(sound.texts());
        texts.put(key, "\u001fx\u001e\u001fx\u001f");
        refused(rebuilt(texts, sound.numbers(), "", new float[0]), key);
      }
    }
  }

  @Test
  void alteredNumbersAreRefused() {
    for (String key : sound.numbers().keySet()) {
      for (List<Double> other : List.of(List.<Double>of(), List.of(Double.NaN, 3.0, -1.0))) {
        SortedMap<String, List<Double>> numbers = new TreeMap<>(sound.numbers());
        numbers.put(key, other);
        if (key.equals("single")) {
          continue; // the trees order, and nobody asks which method would
        }
        refused(rebuilt(sound.texts(), numbers, "", new float[0]), key);
      }
    }
  }

  @Test
  void alteredArraysAreRefused() {
    for (String key : sound.arrays()) {
      refused(rebuilt(sound.texts(), sound.numbers(), key, new float[] {1e9f}), key);
      if (!key.equals("als") && !key.equals("ease weights") && !key.equals("trees")) {
        float[] values = sound.array(key);
        values[values.length / 2] = -1;
        refused(rebuilt(sound.texts(), sound.numbers(), key, values), key);
      }
    }
  }

  private static void refused(ComposedModel model, String what) {
    assertThatThrownBy(() -> Kept.answers(model))
        .as(what)
        .isInstanceOf(MillwrightException.class)
        .extracting(e -> ((MillwrightException) e).code())
        .isEqualTo(ErrorCode.BAD_BUNDLE);
  }

  private ComposedModel rebuilt(
      SortedMap<String, String> texts,
      SortedMap<String, List<Double>> numbers,
      String replaced,
      float[] by) {
    ComposedModel.Builder builder =
        ComposedModel.builder()
            .task(sound.task())
            .inputs(sound.inputs())
            .texts(texts)
            .numbers(numbers)
            .evaluation(sound.evaluation())
            .provenance(sound.provenance());
    for (String name : sound.arrays()) {
      builder.array(name, name.equals(replaced) ? by : sound.array(name));
    }
    return builder.build();
  }
}
