package io.millwright.supplychain.internal.routing;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Arrays;
import java.util.Map;

/** Where a search starts from a draft: its tours as far as they are still feasible. */
final class Draft {
  private Draft() {}

  /**
   * The tours of the problem's draft. A visit that no longer fits is left for the search, unless it
   * has begun. Tells the model where each stop was.
   *
   * @param begun gets how many visits of each vehicle stay
   * @throws MillwrightException with {@link ErrorCode#NO_SOLUTION} when a begun visit breaks a
   *     limit
   */
  static int[][] tours(Model m, int[] begun) {
    int[][] wanted = Plans.tours(m, m.problem.draft().orElseThrow(), true);
    Map<String, Integer> under = m.problem.begun();
    for (int v = 0; v < m.vehicles; v++) {
      begun[v] = Math.min(under.getOrDefault(m.vehicleName[v], 0), wanted[v].length);
      for (int s : wanted[v]) {
        m.home[s] = v;
      }
    }
    int[][] tours = new int[m.vehicles][];
    Tours state = new Tours(m);
    Shipping shipping = new Shipping(m, state);
    int[] at = new int[2];
    for (int v = 0; v < m.vehicles; v++) {
      int k = 0;
      for (int i = 0; i < wanted[v].length; i++) {
        int s = wanted[v][i];
        boolean fits;
        if (m.mate[s] >= 0 && i >= begun[v]) {
          if (!m.pickup[s] || state.tour[s] >= 0) {
            continue;
          }
          // Both ends at their places, or wherever they fit best.
          fits = shipping.pair(s, m.mate[s], v, Tours.NO, at) < Tours.NO;
          if (fits) {
            state.insert(s, v, at[0]);
            state.insert(m.mate[s], v, at[1] + 1);
            k = state.length[v];
          }
          continue;
        }
        fits = state.fits(s, v) && state.insertion(s, v, k, Tours.NO) < Tours.NO;
        if (!fits && i < begun[v]) {
          throw new MillwrightException(
              ErrorCode.NO_SOLUTION,
              "the visit of stop \""
                  + m.problem.stops().get(s).id()
                  + "\" by "
                  + m.vehicleName[v]
                  + " has begun, and breaks a window, the hours or the capacity"
                  + "\nMaybe widen that limit: begun visits stay as they are");
        }
        if (fits) {
          state.insert(s, v, k++);
        }
      }
      tours[v] = Arrays.copyOf(state.order[v], state.length[v]);
    }
    return tours;
  }
}
