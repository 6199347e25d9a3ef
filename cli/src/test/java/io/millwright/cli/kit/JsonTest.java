package io.millwright.cli.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void namesWithoutAnOrderAreSortedAndOthersStay() {
    assertThat(Json.text(Map.of("h", 1, "c", 2, "a", 3, "f", 4, "b", 5, "e", 6, "d", 7, "g", 8)))
        .containsSubsequence("a", "b", "c", "d", "e", "f", "g", "h");
    Map<String, Object> ordered = new LinkedHashMap<>();
    ordered.put("b", Double.NaN);
    ordered.put("a", 1);
    assertThat(Json.text(ordered).replaceAll("\\s", "")).isEqualTo("{\"b\":null,\"a\":1}");
  }
}
