package io.millwright.cli.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Times as people write them. */
class DurationsTest {

  @ParameterizedTest
  @CsvSource({"300ms,300", "1s250ms,1250", "0.3s,300", "90s,90000", "1h30m,5400000", "1500MS,1500"})
  void timesBelowASecondAreTimes(String text, long millis) {
    assertThat(new Durations().convert(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ms", "300", "soon", "1.5ms", "300ms2s", "99999999999999999999ms"})
  void whatIsNoTimeIsNamed(String text) {
    assertThatThrownBy(() -> new Durations().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("300ms");
  }

  @Test
  void noTimeIsNone() {
    assertThatThrownBy(() -> new Durations().convert("0ms")).hasMessageContaining("positive");
  }
}
