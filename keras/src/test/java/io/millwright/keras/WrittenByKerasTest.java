package io.millwright.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that Keras 3.15.1 wrote, with what it answered itself; {@code written.py} beside them wrote
 * both.
 */
class WrittenByKerasTest {

  @TempDir Path folder;

  private static byte[] bytes(String name) {
    try (InputStream in = WrittenByKerasTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, float[]> answers() {
    Map<String, float[]> all = new HashMap<>();
    new String(bytes("answers.txt"), StandardCharsets.UTF_8)
        .lines()
        .forEach(
            line -> {
              String[] words = line.split(" ", -1);
              float[] numbers = new float[words.length - 2];
              for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Float.parseFloat(words[i + 2]);
              }
              all.put(words[0] + " " + words[1], numbers);
            });
    return all;
  }

  private KerasNetwork read(String name) throws IOException {
    return KerasNetwork.read(
        Files.write(folder.resolve("written-" + name), bytes("written-" + name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "perceptron.keras",
        "recurrent.keras",
        "gated.h5",
        "convolved.h5",
        "pictures.keras"
      })
  void answersAreThoseOfKeras(String name) throws IOException {
    KerasNetwork network = read(name);
    float[] wanted = answers().get(name + " y");
    float[] found = network.predict(answers().get(name + " x"), 2);
    assertThat(found).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.length; i++) {
      assertThat(found[i])
          .as("%s of %s", i, Arrays.toString(wanted))
          .isCloseTo(wanted[i], within(1e-5f));
    }
  }

  @Test
  void aDenseLayerOnEachStepIsRefusedByItsName() {
    assertThatThrownBy(() -> read("sequences.keras"))
        .hasMessageContaining("UNSUPPORTED")
        .hasMessageContaining("each of 5 steps")
        .hasMessageContaining("\nMaybe ");
  }
}
