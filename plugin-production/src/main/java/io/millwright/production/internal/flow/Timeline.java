package io.millwright.production.internal.flow;

import io.millwright.production.Work;
import io.millwright.production.WorkEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The states of one resource over time: stretches that do not overlap, made of rows that may. Where
 * rows overlap, a breakdown stands before a run and a run before a set-up.
 */
public final class Timeline {

  /**
   * A stretch in one state.
   *
   * @param work the state
   * @param from beginning, milliseconds since 1970
   * @param to end, later
   */
  public record Stretch(Work work, long from, long to) {}

  private record Edge(long at, int kind, int change) {}

  private Timeline() {}

  /** The stretches of rows of one resource, in order; rows of no length make none. */
  public static List<Stretch> of(List<WorkEvent> events) {
    List<Edge> edges = new ArrayList<>(2 * events.size());
    for (WorkEvent e : events) {
      long from = e.start().toEpochMilli();
      long to = e.end().toEpochMilli();
      if (to > from) {
        edges.add(new Edge(from, rank(e.work()), 1));
        edges.add(new Edge(to, rank(e.work()), -1));
      }
    }
    edges.sort(Comparator.comparingLong(Edge::at));
    List<Stretch> stretches = new ArrayList<>();
    int[] open = new int[3];
    Work state = null;
    long since = 0;
    for (int i = 0; i < edges.size(); ) {
      long at = edges.get(i).at;
      while (i < edges.size() && edges.get(i).at == at) {
        open[edges.get(i).kind] += edges.get(i).change;
        i++;
      }
      Work next = state(open);
      if (next != state) {
        if (state != null) {
          stretches.add(new Stretch(state, since, at));
        }
        state = next;
        since = at;
      }
    }
    return stretches;
  }

  private static int rank(Work work) {
    return switch (work) {
      case SETUP -> 0;
      case RUN -> 1;
      case DOWN -> 2;
    };
  }

  private static @Nullable Work state(int[] open) {
    return open[2] > 0 ? Work.DOWN : open[1] > 0 ? Work.RUN : open[0] > 0 ? Work.SETUP : null;
  }
}
