package io.millwright.cli.kit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How numbers are shown. */
class FigureTest {

  @Test
  void numbersReadAsPeopleWriteThem() {
    assertThat(Figure.of(62470)).isEqualTo("62,470");
    assertThat(Figure.of(0.012345)).isEqualTo("0.01235");
    assertThat(Figure.of(-1234.5)).isEqualTo("-1,235");
    assertThat(Figure.of(0)).isEqualTo("0");
    assertThat(Figure.of(Double.NaN)).isEqualTo("NaN");
  }
}
