package io.millwright.quality.internal.sampling;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.quality.AcceptancePlan;
import io.millwright.quality.SamplingPlans.Level;
import java.util.Arrays;

/**
 * The scheme of ISO 2859-1. Sample sizes and AQLs are preferred numbers of the series R5, so that
 * the expected number of defectives at the AQL depends on the sum of their indices alone, and with
 * it the acceptance number.
 */
final class Iso2859 {

  private static final long[] LOTS = {
    8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000, Long.MAX_VALUE
  };

  private static final String ORDER = "ABCDEFGHJKLMNPQR";

  private static final int[] SAMPLES = {
    2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000
  };

  private static final double[] AQLS = {
    0.010, 0.015, 0.025, 0.040, 0.065, 0.10, 0.15, 0.25, 0.40, 0.65, 1.0, 1.5, 2.5, 4.0, 6.5, 10,
    15, 25, 40, 65, 100, 150, 250, 400, 650, 1000
  };

  /** Acceptance numbers of normal inspection by sum of indices from 14; -1 up, -2 down. */
  private static final int[] NORMAL = {0, -1, -2, 1, 2, 3, 5, 7, 10, 14, 21, 30, 44};

  /** The same of tightened inspection from 15. */
  private static final int[] TIGHTENED = {0, -2, -2, 1, 2, 3, 5, 8, 12, 18, 27, 41};

  /** The last letter that has acceptance numbers above 21, or 18. */
  private static final int SMALL = 4;

  private Iso2859() {}

  static AcceptancePlan.Attributes plan(long lot, Level level, double aql, boolean tightened) {
    if (lot < 2) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "a lot of " + lot + " parts needs no plan; 2 are the least");
    }
    int quality = -1;
    for (int i = 0; i < AQLS.length; i++) {
      if (Math.abs(AQLS[i] - aql) < 1e-9 * aql) {
        quality = i;
      }
    }
    if (quality < 0) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the AQL is "
              + aql
              + ", but ISO 2859-1 knows "
              + Arrays.toString(AQLS)
              + "\nMaybe take the next lower one");
    }
    int row = 0;
    while (lot > LOTS[row]) {
      row++;
    }
    int letter = ORDER.indexOf(letters(level).charAt(row));
    int[] numbers = tightened ? TIGHTENED : NORMAL;
    int first = tightened ? 15 : 14;
    int accept = number(numbers, first, letter, quality);
    while (accept < 0) {
      // Arrows point to the next plan above or below; at the ends of the table to the last one.
      int step = accept == -1 ? -1 : 1;
      if (letter + step < 0 || letter + step >= SAMPLES.length) {
        step = -step;
      }
      letter += step;
      accept = number(numbers, first, letter, quality);
      while (accept < 0 && step < 0 && letter > 0) {
        letter--;
        accept = number(numbers, first, letter, quality);
      }
    }
    int sample = (int) Math.min(SAMPLES[letter], lot);
    if (accept >= sample) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "for a lot of "
              + lot
              + " and an AQL of "
              + aql
              + " the plan has "
              + sample
              + " parts with up to "
              + accept
              + " defects: it counts defects per 100 parts, not defective parts"
              + "\nMaybe take an AQL of 10 or less, or chart the defects (kind u)");
    }
    return new AcceptancePlan.Attributes(sample, accept);
  }

  /** Code letters by lot size. */
  private static String letters(Level level) {
    return switch (level) {
      case S1 -> "AAAABBBBCCCCDDD";
      case S2 -> "AAABBBCCCDDDEEE";
      case S3 -> "AABBCCDDEEFFGGH";
      case S4 -> "AABCCDEEFGGHJJK";
      case I -> "AABCCDEFGHJKLMN";
      case II -> "ABCDEFGHJKLMNPQ";
      case III -> "BCDEFGHJKLMNPQR";
    };
  }

  private static int number(int[] numbers, int first, int letter, int quality) {
    int at = letter + quality - first;
    if (at < 0) {
      return -2;
    }
    int last = numbers.length - (letter > SMALL ? 3 : 1);
    return at > last ? -1 : numbers[at];
  }
}
