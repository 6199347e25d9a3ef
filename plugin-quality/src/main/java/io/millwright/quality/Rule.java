package io.millwright.quality;

/**
 * Why a chart signals. The first four are those of Western Electric's handbook (1956); sides are
 * told apart, and each looks back at most eight readings.
 */
public enum Rule {
  /** Beyond a limit. */
  BEYOND_LIMIT,
  /** Two of three in a row beyond two sigma, on one side. */
  TWO_OF_THREE,
  /** Four of five in a row beyond one sigma, on one side. */
  FOUR_OF_FIVE,
  /** Eight in a row on one side. */
  EIGHT_IN_A_ROW,
  /** Eight readings in a row the same to the last digit: the sensor, not the process. */
  STUCK
}
