package io.millwright.quality;

/**
 * Why a chart signals. A run is one of readings in a row: a missing reading breaks it, and counting
 * begins anew after it. Sides of the centre are told apart.
 */
public enum Rule {
  /** Beyond a limit (Western Electric 1, Nelson 1). */
  BEYOND_LIMIT,
  /** Two of three in a row beyond two sigma, on one side (Western Electric 2, Nelson 5). */
  TWO_OF_THREE,
  /** Four of five in a row beyond one sigma, on one side (Western Electric 3, Nelson 6). */
  FOUR_OF_FIVE,
  /** Eight in a row on one side (Western Electric 4). */
  EIGHT_IN_A_ROW,
  /** Nine in a row on one side (Nelson 2). */
  NINE_IN_A_ROW,
  /** Six in a row that rise, or fall, all the way (Nelson 3). */
  SIX_TREND,
  /** Fourteen in a row that go up and down by turns (Nelson 4). */
  FOURTEEN_ALTERNATING,
  /** Fifteen in a row within one sigma of the centre (Nelson 7). */
  FIFTEEN_NEAR,
  /** Eight in a row beyond one sigma, on either side (Nelson 8). */
  EIGHT_FAR,
  /** Eight readings in a row the same to the last digit: the sensor, not the process. */
  STUCK
}
