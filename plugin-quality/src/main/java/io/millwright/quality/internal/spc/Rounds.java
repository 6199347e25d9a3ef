package io.millwright.quality.internal.spc;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.quality.ChartPoint;
import io.millwright.quality.PhaseOne;
import io.millwright.quality.Reading;
import io.millwright.quality.Rule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/** Phase I: draws limits, leaves out what lies beyond them, and draws them again. */
final class Rounds {

  private Rounds() {}

  static <C> PhaseOne<C> of(
      List<Reading> baseline,
      int rounds,
      int fewest,
      Function<BitSet, C> draw,
      Function<C, Kernel> kernel) {
    if (rounds < 0) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "rounds is " + rounds + ", but must be 0 or more");
    }
    BitSet out = new BitSet();
    C chart = draw.apply(out);
    List<ChartPoint> points = points(baseline, out, kernel.apply(chart));
    int round = 0;
    boolean enough = true;
    int beyond = beyond(points, out).cardinality();
    while (round < rounds && beyond > 0) {
      BitSet next = (BitSet) out.clone();
      next.or(beyond(points, out));
      // Half of the readings out of control is no process to draw limits from.
      if (baseline.size() - next.cardinality() < fewest
          || 2 * next.cardinality() > baseline.size()) {
        enough = false;
        break;
      }
      out = next;
      round++;
      chart = draw.apply(out);
      points = points(baseline, out, kernel.apply(chart));
      beyond = beyond(points, out).cardinality();
    }
    return new PhaseOne<>(
        chart,
        out.stream().boxed().toList(),
        points,
        words(baseline.size(), out.cardinality(), round, beyond, enough));
  }

  private static List<ChartPoint> points(List<Reading> baseline, BitSet out, Kernel kernel) {
    List<ChartPoint> points = new ArrayList<>();
    Memory memory = kernel.begin();
    for (int i = 0; i < baseline.size(); i++) {
      if (out.get(i)) {
        // Shown, but not followed: what comes after has no neighbour.
        points.add(kernel.take(kernel.begin(), baseline.get(i)));
        memory.gap();
      } else {
        points.add(kernel.take(memory, baseline.get(i)));
      }
    }
    return points;
  }

  private static BitSet beyond(List<ChartPoint> points, BitSet out) {
    BitSet found = new BitSet();
    for (int i = 0; i < points.size(); i++) {
      if (!out.get(i)
          && points.get(i).signals().stream().anyMatch(s -> s.rule() == Rule.BEYOND_LIMIT)) {
        found.set(i);
      }
    }
    return found;
  }

  private static String words(int all, int removed, int rounds, int beyond, boolean enough) {
    StringBuilder words = new StringBuilder();
    words.append(
        removed == 0
            ? "All " + all + " readings were used."
            : removed
                + " of "
                + all
                + " readings lay beyond the limits and were left out in "
                + rounds
                + (rounds == 1 ? " round." : " rounds.")
                + " Keep them out only where a cause is known.");
    if (beyond > 0) {
      words.append(" ").append(beyond).append(" more lie beyond the limits.");
    }
    if (!enough) {
      words.append(
          " To leave those out too would cost more than half of the readings, or leave too few:"
              + " the process was not in control, and limits from it mean little.");
    }
    return words.toString();
  }
}
