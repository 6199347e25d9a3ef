package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What names out of files may do to a terminal: nothing. */
class HarmlessTest {

  @Test
  void controlsAreShownAndNotObeyed() {
    assertThat(Harmless.text("a\u001b[2Jb\u009b31m\u202ec\r\u0007"))
        .isEqualTo("a\\u001b[2Jb\\u009b31m\\u202ec\\u000d\\u0007");
    assertThat(Harmless.text("温度（℃）\tÄ\n")).isEqualTo("温度（℃）\tÄ\n");
  }

  @Test
  void numbersReadAsPeopleWriteThem() {
    assertThat(Figure.of(62470)).isEqualTo("62,470");
    assertThat(Figure.of(0.012345)).isEqualTo("0.01235");
    assertThat(Figure.of(-1234.5)).isEqualTo("-1,235");
    assertThat(Figure.of(0)).isEqualTo("0");
    assertThat(Figure.of(Double.NaN)).isEqualTo("NaN");
  }
}
