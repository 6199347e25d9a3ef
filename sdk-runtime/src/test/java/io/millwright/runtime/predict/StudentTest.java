package io.millwright.runtime.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Student's quantiles beside printed tables. */
class StudentTest {

  @ParameterizedTest
  @CsvSource({
    "0.95, 1, 6.314",
    "0.975, 1, 12.706",
    "0.95, 2, 2.920",
    "0.975, 3, 3.182",
    "0.99, 4, 3.747",
    "0.95, 7, 1.895",
    "0.95, 11, 1.796",
    "0.975, 30, 2.042",
    "0.5, 5, 0"
  })
  void isThatOfTables(double probability, int freedom, double expected) {
    assertThat(UnseenLabels.student(probability, freedom)).isCloseTo(expected, within(6e-4));
  }
}
