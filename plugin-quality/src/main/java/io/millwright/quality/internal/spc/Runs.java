package io.millwright.quality.internal.spc;

import io.millwright.quality.ChartPoint.Signal;
import io.millwright.quality.Rule;
import io.millwright.quality.RunRules;
import java.util.List;

/** Looks for runs (Western Electric 1956; Nelson 1984) in the scores of a chart. */
final class Runs {

  private static final int ON_CENTRE = 4;

  private Runs() {}

  /** Takes in a value in sigmas from the centre and adds what it completes. */
  static void take(Memory memory, double z, RunRules rules, String track, List<Signal> signals) {
    if (rules == RunRules.NONE) {
      return;
    }
    // 1 to 3 above the centre by whole sigmas, 9 to 11 below it, 4 on it.
    int beyond = Math.abs(z) > 2 ? 3 : Math.abs(z) > 1 ? 2 : 1;
    int code = z > 0 ? beyond : z < 0 ? 8 + beyond : ON_CENTRE;
    memory.zones = memory.zones << 4 | code;
    if (code != ON_CENTRE) {
      int side = code & 8;
      if (beyond >= 3 && sided(memory.zones, 3, side, 3) >= 2) {
        signals.add(new Signal(Rule.TWO_OF_THREE, track));
      }
      if (beyond >= 2 && sided(memory.zones, 5, side, 2) >= 4) {
        signals.add(new Signal(Rule.FOUR_OF_FIVE, track));
      }
      int length = rules == RunRules.NELSON ? 9 : 8;
      if (sided(memory.zones, length, side, 1) == length) {
        signals.add(
            new Signal(rules == RunRules.NELSON ? Rule.NINE_IN_A_ROW : Rule.EIGHT_IN_A_ROW, track));
      }
    }
    if (rules == RunRules.NELSON) {
      nelson(memory, z, track, signals);
    }
    memory.score = z;
  }

  private static void nelson(Memory memory, double z, String track, List<Signal> signals) {
    // Before the first reading and after a gap the score is NaN, and so is the step.
    double step = z - memory.score;
    int before = memory.trend;
    if (step > 0) {
      memory.trend = before > 0 ? before + 1 : 1;
      memory.turns = before < 0 ? memory.turns + 1 : 1;
    } else if (step < 0) {
      memory.trend = before < 0 ? before - 1 : -1;
      memory.turns = before > 0 ? memory.turns + 1 : 1;
    } else {
      memory.trend = 0;
      memory.turns = 0;
    }
    if (Math.abs(memory.trend) >= 5) {
      signals.add(new Signal(Rule.SIX_TREND, track));
    }
    if (memory.turns >= 13) {
      signals.add(new Signal(Rule.FOURTEEN_ALTERNATING, track));
    }
    if (near(memory.zones, 15, true) == 15) {
      signals.add(new Signal(Rule.FIFTEEN_NEAR, track));
    }
    if (near(memory.zones, 8, false) == 8) {
      signals.add(new Signal(Rule.EIGHT_FAR, track));
    }
  }

  /** How many of the last readings stand on a side, at least in a zone. */
  private static int sided(long zones, int last, int side, int least) {
    int found = 0;
    for (int i = 0; i < last; i++) {
      int code = (int) (zones >>> 4 * i) & 15;
      boolean counts = code != 0 && code != ON_CENTRE && (code & 8) == side && (code & 7) >= least;
      found += counts ? 1 : 0;
    }
    return found;
  }

  /** How many of the last readings stand within one sigma, or beyond it. */
  private static int near(long zones, int last, boolean within) {
    int found = 0;
    for (int i = 0; i < last; i++) {
      int code = (int) (zones >>> 4 * i) & 15;
      boolean close = code == ON_CENTRE || (code & 7) == 1;
      found += code != 0 && close == within ? 1 : 0;
    }
    return found;
  }
}
