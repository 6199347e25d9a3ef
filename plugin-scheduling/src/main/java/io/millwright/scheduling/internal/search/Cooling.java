package io.millwright.scheduling.internal.search;

/**
 * How hot an annealing is. A cooling begins at a share of what worsening moves usually cost, the
 * larger the more evaluations the budget has for the size of the shop: what cannot cool again had
 * better stay cold. It ends at a fixed fraction of where it began. A budget with room for more is
 * spent in several coolings, the later ones gentler and from the best plan. Under an iteration
 * budget all of this depends on iterations alone. Not thread-safe.
 */
public final class Cooling {

  /**
   * The share of the usual worsening for a budget of {@link #USUAL} evaluations for each pair of
   * operations, and how it grows with it.
   */
  private static final double SHARE = 0.05;

  private static final double USUAL = 1.5;
  private static final double GROWTH = 0.4;

  /** Where a cooling ends, relative to where it began. */
  private static final double END = 0.05;

  /** The evaluations for each operation that one cooling takes at most. */
  private static final double LONGEST = 20_000;

  /** How hot later coolings are, relative to the first. */
  private static final double AGAIN = 0.3;

  /** When a cooling that is the last gathers at the best plan of all islands. */
  private static final double[] GATHER = {0.6, 0.85};

  /** Before so many evaluations nothing is known of how fast they are. */
  private static final long WARM_UP = 1000;

  private final int n;
  private final double worsening;
  private final double heat;
  private final Pace pace;

  private double hot;
  private double began = -1;

  private boolean running;
  private boolean last;
  private double length;
  private long from;
  private double progressAt;
  private int number;
  private int gathered;
  private boolean gather;

  /**
   * A cooling.
   *
   * @param n operations of the shop
   * @param worsening what a worsening move usually costs
   * @param heat the share of that at which to begin, or 0 to choose it
   * @param pace how much of the budget is used
   */
  public Cooling(int n, double worsening, double heat, Pace pace) {
    this.n = n;
    this.worsening = worsening;
    this.heat = heat;
    this.pace = pace;
  }

  /** The temperature after so many evaluations; asked again and again, with never fewer. */
  public double temperature(long done) {
    double progress = Math.min(1, pace.progress(done));
    gather = false;
    if (began < 0) {
      began = progress;
      progressAt = progress;
      hot = SHARE / 10 * worsening;
    }
    if (!running) {
      if (done < WARM_UP) {
        return hot;
      }
      running = true;
      begin(done, progress);
    }
    double part = last ? share(progress) : (done - from) / length;
    if (part >= 1 && !last) {
      number++;
      gather = true;
      begin(done, progress);
      part = 0;
    }
    if (last && gathered < GATHER.length && part > GATHER[gathered]) {
      gathered++;
      gather = true;
    }
    return hot * Math.pow(END, Math.min(1, part));
  }

  private double share(double progress) {
    return progressAt >= 1 ? 1 : (progress - progressAt) / (1 - progressAt);
  }

  /** Plans one cooling for what is left of the budget. */
  private void begin(long done, double progress) {
    double used = progress - began;
    double planned = used > 0 ? done / used * (1 - began) : Double.POSITIVE_INFINITY;
    double left = Math.max(1, planned - done);
    from = done;
    progressAt = progress;
    last = left < 1.5 * LONGEST * n;
    length = last ? left : LONGEST * n;
    double share = heat;
    if (heat == 0) {
      share = Math.min(1, SHARE * Math.pow(length / n / n / USUAL, GROWTH));
      share = number == 0 ? share : AGAIN * share;
    }
    hot = share * worsening;
  }

  /** Whether the search should go on from the best plan of all now; as of the last question. */
  boolean gathers() {
    return gather;
  }
}
