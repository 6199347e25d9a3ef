package io.millwright.quality.internal.advice;

import io.millwright.quality.AdviceProblem;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * The best safe settings: differential evolution (Storn and Price 1997) with the rules of Deb
 * (2000) for constraints, started anew when a population has come together.
 */
final class Search {

  /** A move is taken back where it brings less than this share of the gain. */
  private static final double IDLE = 0.005;

  /** What a difference of doubles may be by rounding alone. */
  private static final double NOTHING = 1e-9;

  /** And where it brings less than this and less than its standard error. */
  private static final double LITTLE = 0.05;

  private final AdviceProblem problem;
  private final Outlook outlook;
  private final SplittableRandom random;

  /** Settings with their worth, and by how much they leave the risk allowed. */
  record Place(double[] settings, double worth, double over) {
    boolean safe() {
      return over <= 0;
    }

    boolean beats(Place other) {
      return over == other.over ? worth > other.worth : over < other.over;
    }
  }

  Search(AdviceProblem problem, Outlook outlook) {
    this.problem = problem;
    this.outlook = outlook;
    random = new SplittableRandom(problem.key());
  }

  Place place(double[] settings) {
    double over = Math.max(0, Math.log(Math.max(1e-12, outlook.risk(settings)) / problem.risk()));
    return new Place(settings, outlook.worth(settings), over);
  }

  /** One start: a population until it has come together, or the work is stopped. */
  Place start(BooleanSupplier stopped) {
    int d = problem.knobs().size();
    Place[] all = new Place[Math.max(16, 6 * d)];
    for (int i = 0; i < all.length; i++) {
      all[i] = place(i == 0 ? outlook.current : drawn());
    }
    for (int round = 0; round < 60 && !stopped.getAsBoolean(); round++) {
      Place best = best(all);
      for (int i = 0; i < all.length; i++) {
        Place a = all[random.nextInt(all.length)];
        Place b = all[random.nextInt(all.length)];
        double weight = 0.4 + 0.5 * random.nextDouble();
        double[] settings = all[i].settings().clone();
        int sure = random.nextInt(d);
        for (int c = 0; c < d; c++) {
          if (c == sure || random.nextDouble() < 0.8) {
            double towards = all[i].settings()[c];
            towards += weight * (best.settings()[c] - towards);
            towards += weight * (a.settings()[c] - b.settings()[c]);
            settings[c] = problem.knobs().get(c).nearest(towards);
          }
        }
        Place other = place(settings);
        all[i] = other.beats(all[i]) ? other : all[i];
      }
    }
    return best(all);
  }

  private static Place best(Place[] all) {
    Place best = all[0];
    for (Place place : all) {
      best = place.beats(best) ? place : best;
    }
    return best;
  }

  private double[] drawn() {
    double[] out = new double[problem.knobs().size()];
    for (int c = 0; c < out.length; c++) {
      out[c] = drawn(c, random);
    }
    return out;
  }

  private double drawn(int knob, SplittableRandom from) {
    double low = problem.knobs().get(knob).low();
    double high = problem.knobs().get(knob).high();
    return problem.knobs().get(knob).nearest(low + (high - low) * from.nextDouble());
  }

  /** Takes back moves that bring next to nothing, or little and less than its standard error. */
  Place plain(Place found) {
    double gain = Math.abs(found.worth() - place(outlook.current).worth());
    Place kept = found;
    while (true) {
      Optional<Place> least = Optional.empty();
      for (int c = 0; c < kept.settings().length; c++) {
        if (kept.settings()[c] != outlook.current[c]) {
          double[] settings = kept.settings().clone();
          settings[c] = outlook.current[c];
          Place other = place(settings);
          double lost = found.worth() - other.worth();
          boolean free =
              lost < IDLE * gain
                  || lost < NOTHING * Math.abs(found.worth())
                  || lost < LITTLE * gain && lost < outlook.doubt(found.settings(), settings);
          if (other.safe() && free && least.map(l -> other.worth() > l.worth()).orElse(true)) {
            least = Optional.of(other);
          }
        }
      }
      if (least.isEmpty()) {
        return kept;
      }
      kept = least.orElseThrow();
    }
  }
}
