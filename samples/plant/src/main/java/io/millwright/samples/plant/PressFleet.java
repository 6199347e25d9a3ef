package io.millwright.samples.plant;

import io.millwright.api.data.Schema;
import io.millwright.api.data.UnitHistory;
import io.millwright.maintenance.Fleet;
import io.millwright.maintenance.KnownLife;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A simulated plant with stamping presses that wear out: fatigue cracks in a tie rod (Paris and
 * Erdogan 1963) and worn slide guides (Archard 1953), at a pace and up to a limit that differ from
 * press to press, under four programmes that shift every reading. One cycle is one shift; lives are
 * mostly 100 to 300 shifts. The equations are in {@code docs/simulated-plant.md}. The same key
 * gives the same plant, in every version of Java. Immutable and thread-safe.
 *
 * @param key the key from which all randomness is drawn
 * @param trainUnits how many presses to learn from; one in six was still running when its record
 *     ended (right-censored)
 * @param testUnits how many presses to judge by, none of them among those to learn from
 */
public record PressFleet(long key, int trainUnits, int testUnits) {

  /** Streams of randomness that do not belong to a press's life. */
  private static final long ENDS = 1L << 40;

  private static final int SHORTEST = 20;

  /** Checks. */
  public PressFleet {
    if (trainUnits < 1 || testUnits < 0) {
      throw new IllegalArgumentException(
          trainUnits + " presses to learn from and " + testUnits + " to judge by");
    }
  }

  /**
   * The plant of the README: 60 presses to learn from, 40 to judge by.
   *
   * @param key the key
   * @return the plant
   */
  public static PressFleet standard(long key) {
    return new PressFleet(key, 60, 40);
  }

  /**
   * What the presses' instruments show.
   *
   * @return the columns, with units
   */
  public static Schema instruments() {
    return PressLife.INSTRUMENTS;
  }

  /**
   * The presses to learn from.
   *
   * @return their histories, from new until they failed or the record ended
   */
  public Fleet train() {
    List<UnitHistory> units = new ArrayList<>();
    for (int i = 0; i < trainUnits; i++) {
      PressLife life = PressLife.of(key, i);
      Dice dice = new Dice(key, ENDS + i);
      UnitHistory whole = UnitHistory.failed(name(i), life.readings());
      boolean stillRunning = i % 6 == 5;
      units.add(stillRunning ? whole.first(cut(life, dice, 0.4, 0.95)) : whole);
    }
    return new Fleet(units);
  }

  /**
   * The presses to judge by, each cut off at some moment of its life.
   *
   * @return their histories until then, and how many shifts they lived on
   */
  public List<KnownLife> test() {
    List<KnownLife> known = new ArrayList<>();
    for (int i = trainUnits; i < trainUnits + testUnits; i++) {
      PressLife life = PressLife.of(key, i);
      int cut = cut(life, new Dice(key, ENDS + i), 0.25, 0.98);
      known.add(
          new KnownLife(
              UnitHistory.running(name(i), life.readings().slice(0, cut)), life.length() - cut));
    }
    return known;
  }

  /**
   * One press of the plant from new until it failed, for looking at its whole life.
   *
   * @param number from 0; those to judge by follow those to learn from
   * @return the history
   */
  public UnitHistory whole(int number) {
    return UnitHistory.failed(name(number), PressLife.of(key, number).readings());
  }

  private static int cut(PressLife life, Dice dice, double low, double high) {
    int at = (int) Math.round(life.length() * dice.uniform(low, high));
    return Math.min(life.length() - 1, Math.max(SHORTEST, at));
  }

  private static String name(int number) {
    return String.format(Locale.ROOT, "press %03d", number + 1);
  }
}
