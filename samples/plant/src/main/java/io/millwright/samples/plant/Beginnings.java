package io.millwright.samples.plant;

import io.millwright.maintenance.KnownLife;
import java.util.ArrayList;
import java.util.List;

/**
 * Histories as they would be had somebody begun to record them later: the harder half of the truth
 * about a model of remaining life, since most machines are old when their sensors are fitted.
 */
public final class Beginnings {

  /** How many cycles are always left. */
  public static final int LEFT = 30;

  private Beginnings() {}

  /**
   * Cuts a random part off the beginning of each history; its age is then unknown. What is left is
   * at least {@link #LEFT} cycles; shorter histories stay whole.
   *
   * @param truths the histories
   * @param key the key from which the cuts are drawn; the same key gives the same cuts
   * @return the shorter histories with the same remaining lives
   */
  public static List<KnownLife> cut(List<KnownLife> truths, long key) {
    List<KnownLife> cut = new ArrayList<>();
    for (int i = 0; i < truths.size(); i++) {
      KnownLife known = truths.get(i);
      int most = Math.max(0, known.history().length() - LEFT);
      int gone = new Dice(key, i).below(most + 1);
      cut.add(new KnownLife(known.history().withoutFirst(gone), known.remaining()));
    }
    return cut;
  }
}
