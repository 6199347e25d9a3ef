package io.millwright.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.text.TextEncoder;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The encoders of the optional jars. */
class EncodersTest {

  private static TextEncoder of(String language) {
    return ServiceLoader.load(TextEncoder.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(e -> e.languages().contains(language))
        .findFirst()
        .orElseThrow();
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static void check(TextEncoder encoder, String one, String alike, String other) {
    float[][] all = encoder.encode(List.of(one, alike, other, ""));
    assertThat(all[0]).hasSize(encoder.size());
    assertThat(cosine(all[0], all[0])).isCloseTo(1, within(1e-4));
    assertThat(cosine(all[0], all[1])).isGreaterThan(cosine(all[0], all[2]) + 0.1);
    assertThat(cosine(all[3], all[3])).isZero();
    // The same bits alone and among others.
    assertThat(encoder.encode(List.of(one))[0]).containsExactly(all[0]);
    assertThat(encoder.encode(List.of(one.repeat(500)))[0]).hasSize(encoder.size());
  }

  @Test
  void englishTextsOfOneMeaningLieTogether() {
    check(
        of("en"),
        "The pump is leaking oil.",
        "Oil drips out of the pump.",
        "The invoice was paid on Monday.");
    assertThat(of("en").id()).startsWith("all-minilm-l6-v2-q@");
  }

  @Test
  void chineseTextsOfOneMeaningLieTogether() {
    check(of("zh"), "液压泵漏油了", "泵在滴油", "发票星期一已付款");
  }
}
