package io.millwright.personalization.internal.recommend;

import io.millwright.api.spi.Examples;

/**
 * What a sequence network learns from: of sequences their beginnings, each with the item that came
 * next; of sets each item, with the others. Of long histories the newest items, so that there are
 * not too many in all.
 */
final class NextItems implements Examples {

  private static final int MOST = 150_000;
  private static final int MOST_EACH = 64;

  private final boolean ordered;
  private final int[][] histories;
  private final int[] ids;
  private final int[] whose;
  private final int[] which;

  /**
   * @param log the histories
   * @param ids the id of each item, 0 for those that are not covered
   */
  NextItems(Log log, int[] ids) {
    ordered = log.ordered();
    histories = log.histories();
    this.ids = ids;
    int each = MOST_EACH;
    while (each > 1 && fill(each, new int[0], new int[0]) > MOST) {
      each /= 2;
    }
    int count = fill(each, new int[0], new int[0]);
    whose = new int[count];
    which = new int[count];
    fill(each, whose, which);
  }

  /** Counts, and notes where there is room. */
  private int fill(int each, int[] customers, int[] places) {
    int count = 0;
    for (int u = 0; u < histories.length; u++) {
      int size = histories[u].length;
      for (int t = Math.max(ordered ? 1 : 0, size - each); size > 1 && t < size; t++) {
        if (ids[histories[u][t]] > 0) {
          if (count < customers.length) {
            customers[count] = u;
            places[count] = t;
          }
          count++;
        }
      }
    }
    return count;
  }

  @Override
  public int count() {
    return whose.length;
  }

  @Override
  public int inputs() {
    return SequenceNetwork.LENGTH;
  }

  @Override
  public int targets() {
    return 1;
  }

  @Override
  public void input(int example, float[] into, int at) {
    int[] history = histories[whose[example]];
    int t = which[example];
    if (ordered) {
      SequenceNetwork.lay(ids, history, t, into, at);
      return;
    }
    int[] others = new int[history.length - 1];
    System.arraycopy(history, 0, others, 0, t);
    System.arraycopy(history, t + 1, others, t, others.length - t);
    SequenceNetwork.lay(ids, others, others.length, into, at);
  }

  @Override
  public void target(int example, float[] into, int at) {
    into[at] = ids[histories[whose[example]][which[example]]] - 1;
  }
}
