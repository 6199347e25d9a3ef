package io.millwright.supplychain.internal.routing;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Takes strings of neighbouring stops out of neighbouring tours (Christiaens and Vanden Berghe
 * 2020, algorithm 2): whole strings, or strings with some stops preserved in their middle.
 */
final class Ruin {

  /** The mean number of stops taken out. */
  private static final double REMOVED = 10;

  /** The longest string. */
  private static final double LONGEST = 10;

  /** How rarely one more stop of a split string is preserved ends the growth of the gap. */
  private static final double END_OF_GAP = 0.01;

  /** Once in so many times a whole tour goes. */
  private static final int WHOLE = 100;

  private final Model m;
  private final Tours tours;
  private final SplittableRandom random;
  private final int[] ruined;
  private final int[] changed;
  private int round;

  Ruin(Model model, Tours tours, SplittableRandom random) {
    m = model;
    this.tours = tours;
    this.random = random;
    ruined = new int[model.vehicles];
    changed = new int[model.vehicles];
  }

  /**
   * Takes stops out.
   *
   * @param touch is told of each tour before it changes
   * @param visited how many stops tours hold
   * @param out gets the stops taken out
   * @return how many
   */
  int strings(Touch touch, int visited, int[] out) {
    round++;
    int used = tours.used();
    if (used == 0) {
      return 0;
    }
    if (random.nextInt(WHOLE) == 0) {
      return whole(touch, out);
    }
    double longest = Math.min(LONGEST, (double) visited / used);
    double most = 4 * REMOVED / (1 + longest) - 1;
    int strings = (int) (random.nextDouble() * most + 1);
    int count = 0;
    int done = 0;
    int seed = random.nextInt(m.stops);
    int[] near = m.near[seed];
    for (int i = -1; i < near.length && done < strings; i++) {
      int s = i < 0 ? seed : near[i];
      int v = tours.tour[s];
      if (v < 0 || ruined[v] == round || tours.place[s] < tours.fixedVisits[v]) {
        continue;
      }
      ruined[v] = round;
      changed[done] = v;
      touch.before(v);
      int free = tours.length[v] - tours.fixedVisits[v];
      double top = Math.min(free, longest);
      int length = (int) (random.nextDouble() * top + 1);
      length = Math.min(length, free);
      count = string(v, s, length, out, count);
      done++;
    }
    for (int i = 0; i < done; i++) {
      tours.refresh(changed[i]);
    }
    return count;
  }

  /** Takes all of one tour out: strings alone never do without one of a few long tours. */
  private int whole(Touch touch, int[] out) {
    int v = tours.road(random.nextInt(tours.used()));
    touch.before(v);
    int count = 0;
    int[] order = Arrays.copyOf(tours.order[v], tours.length[v]);
    for (int k = tours.fixedVisits[v]; k < order.length; k++) {
      count = take(order[k], out, count);
    }
    tours.refresh(v);
    return count;
  }

  private int string(int v, int s, int length, int[] out, int count) {
    int first = tours.fixedVisits[v];
    int len = tours.length[v];
    int gap = 0;
    if (length > 1 && length < len - first && random.nextBoolean()) {
      gap = 1;
      while (length + gap < len - first && random.nextDouble() > END_OF_GAP) {
        gap++;
      }
    }
    int span = length + gap;
    int at = tours.place[s];
    int low = Math.max(first, at - span + 1);
    int high = Math.min(at, len - span);
    int from = low + random.nextInt(high - low + 1);
    int skip = gap == 0 ? span : random.nextInt(length + 1);
    int[] taken = new int[length];
    int k = 0;
    for (int i = 0; i < span; i++) {
      if (gap == 0 || i < skip || i >= skip + gap) {
        taken[k++] = tours.order[v][from + i];
      }
    }
    for (int i = 0; i < k; i++) {
      count = take(taken[i], out, count);
    }
    return count;
  }

  private int take(int s, int[] out, int count) {
    if (tours.tour[s] < 0) {
      return count;
    }
    int mate = m.mate[s];
    if (mate >= 0 && tours.tour[mate] >= 0) {
      if (tours.place[mate] < tours.fixedVisits[tours.tour[mate]]) {
        return count;
      }
      tours.remove(mate);
      out[count++] = mate;
    }
    tours.remove(s);
    out[count++] = s;
    return count;
  }

  /** Is told of a tour before it changes. */
  interface Touch {
    void before(int vehicle);
  }
}
