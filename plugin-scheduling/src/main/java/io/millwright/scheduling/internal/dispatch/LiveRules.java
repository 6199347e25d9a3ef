package io.millwright.scheduling.internal.dispatch;

import io.millwright.scheduling.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The dispatching rules on the state of a floor. */
final class LiveRules {

  private LiveRules() {}

  /** A rule and what people call it. */
  record Named(String name, Chooser chooser) {}

  @FunctionalInterface
  private interface Priority {
    /** The smaller, the sooner. */
    double of(FloorState state, double now, int slot);
  }

  private static Chooser by(Priority priority) {
    return (state, machine, now, slots, count) -> {
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < count; i++) {
        double p = priority.of(state, now, slots[i]);
        if (p < least) {
          least = p;
          best = i;
        }
      }
      return best;
    };
  }

  private static double work(FloorState s, int slot) {
    return s.work[slot][s.next[slot]];
  }

  /** A rule of the plug-in. */
  static Chooser of(Rule rule) {
    return switch (rule) {
      case SPT -> by((s, now, j) -> work(s, j));
      case LPT -> by((s, now, j) -> -work(s, j));
      case MWKR -> by((s, now, j) -> -s.left[j]);
      case MOPNR -> by((s, now, j) -> s.next[j] - s.route[j].length);
      case FDD_MWKR -> by((s, now, j) -> (s.release[j] + s.done[j] + work(s, j)) / s.left[j]);
      case EDD -> by((s, now, j) -> s.due[j]);
      case WSPT -> by((s, now, j) -> s.left[j] / s.weight[j]);
      case WEIGHTED_DUE -> by((s, now, j) -> (s.due[j] - now) / s.weight[j]);
      case CR -> by((s, now, j) -> (s.due[j] - now) / s.left[j]);
      case FIFO -> by((s, now, j) -> s.ready[j]);
      case ATC -> atc(5, 2);
    };
  }

  /**
   * Apparent tardiness cost (Vepsalainen and Morton 1987).
   *
   * @param ahead the look-ahead, in mean durations
   * @param waits how long a job is expected to wait before each later step, in durations of it
   */
  static Chooser atc(double ahead, double waits) {
    return by(
        (s, now, j) -> {
          double p = work(s, j);
          double slack = s.due[j] - now - s.left[j] - waits * (s.left[j] - p);
          return Math.max(0, slack) / (ahead * s.mean) - Math.log(s.weight[j] / p);
        });
  }

  /** Lets only candidates that can begin at once through to a rule (non-delay schedules). */
  private static Chooser withoutDelay(Chooser rule) {
    int[][] some = {new int[16]};
    int[][] place = {new int[16]};
    return (state, machine, now, slots, count) -> {
      if (some[0].length < count) {
        some[0] = new int[2 * count];
        place[0] = new int[2 * count];
      }
      int n = 0;
      for (int i = 0; i < count; i++) {
        if (Math.max(state.ready[slots[i]], state.free[machine]) <= now) {
          some[0][n] = slots[i];
          place[0][n++] = i;
        }
      }
      return place[0][rule.choose(state, machine, now, some[0], n)];
    };
  }

  static List<Named> forMakespan() {
    List<Named> all = new ArrayList<>();
    for (Rule rule : List.of(Rule.MWKR, Rule.MOPNR, Rule.FDD_MWKR, Rule.SPT, Rule.LPT, Rule.FIFO)) {
      all.add(new Named(rule.name(), withoutDelay(of(rule))));
    }
    return all;
  }

  /** All rules, and ATC with other look-aheads and with waits. */
  static List<Named> forTardiness() {
    List<Named> all = new ArrayList<>();
    for (Rule rule : Rule.values()) {
      all.add(new Named(rule.name(), of(rule)));
    }
    for (double ahead : new double[] {1, 2, 3, 5, 8}) {
      for (double waits : new double[] {0, 1, 2}) {
        all.add(
            new Named(
                String.format(Locale.ROOT, "ATC, look-ahead %.0f, waits %.0f", ahead, waits),
                atc(ahead, waits)));
      }
    }
    return all;
  }
}
