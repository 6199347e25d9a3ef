package io.millwright.scheduling.internal.dispatch;

/**
 * Builds active schedules of a plain shop (Giffler and Thompson 1960): the machine on which
 * something can end first takes one of the steps that could begin there before that end; which one
 * is the chooser's to say. Not thread-safe.
 */
final class ActiveRun {

  private final PlainShop shop;
  private final FloorState state;
  private final int[] slots;

  ActiveRun(PlainShop shop) {
    this.shop = shop;
    this.state = new FloorState(shop.machines(), shop.jobs());
    this.slots = new int[shop.jobs()];
  }

  /**
   * Runs from the beginning to the end.
   *
   * @param order filled with the job of every step as they are taken, or empty
   * @return the makespan
   */
  double run(Chooser chooser, int[] order) {
    state.clear(0);
    for (int j = 0; j < shop.jobs(); j++) {
      state.add(shop.route()[j], shop.work()[j], 0, 0, 1);
    }
    double end = 0;
    int taken = 0;
    while (state.jobs > 0) {
      int m = -1;
      double first = Double.POSITIVE_INFINITY;
      for (int i = 0; i < state.jobs; i++) {
        int j = state.active[i];
        int k = state.next[j];
        int on = state.route[j][k];
        double ect = Math.max(state.ready[j], state.free[on]) + state.work[j][k];
        // Ties go to the smaller machine, whatever the order of the slots.
        if (ect < first || (ect == first && on < m)) {
          first = ect;
          m = on;
        }
      }
      int count = 0;
      double now = Double.POSITIVE_INFINITY;
      for (int j = 0; j < shop.jobs(); j++) {
        if (state.waits(j) && state.route[j][state.next[j]] == m) {
          double est = Math.max(state.ready[j], state.free[m]);
          // A step without duration ends as it begins.
          if (est < first || est + state.work[j][state.next[j]] <= first) {
            slots[count++] = j;
            now = Math.min(now, est);
          }
        }
      }
      int j = slots[count == 1 ? 0 : chooser.choose(state, m, now, slots, count)];
      double until = Math.max(state.ready[j], state.free[m]) + state.work[j][state.next[j]];
      state.begin(j, until);
      end = Math.max(end, until);
      if (order.length > 0) {
        order[taken] = j;
      }
      taken++;
      if (!state.waits(j)) {
        state.remove(j);
      }
    }
    return end;
  }
}
