package io.millwright.vectors.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * All pairs of vectors that are nearly the same. Angles between vectors are a metric: the partner
 * of a vector is at most the angle of the pair away from it, so most lists hold none.
 */
final class Pairs {

  /** A pair of places, the smaller first. */
  record Pair(int first, int second, float similarity) {

    /** The least similar first; of equal ones those that were added last. */
    static final Comparator<Pair> WORST =
        Comparator.comparingDouble(Pair::similarity)
            .thenComparing(
                Comparator.comparingInt(Pair::first).thenComparingInt(Pair::second).reversed());
  }

  /** More than the rounding of an angle of single precision. */
  private static final double ROUNDING = 1e-3;

  private final Blocks blocks;
  private final Lists lists;
  private final Centres centres;
  private final double least;
  private final double angle;
  private final int most;
  private final PriorityQueue<Pair> best = new PriorityQueue<>(Pair.WORST);
  private final float[] sums = new float[Blocks.MOST];

  Pairs(Blocks blocks, Lists lists, Centres centres, double similarity, int most) {
    this.blocks = blocks;
    this.lists = lists;
    this.centres = centres;
    this.least = similarity - 1e-6;
    this.angle = Math.acos(similarity) + ROUNDING;
    this.most = most;
  }

  List<Pair> find() {
    int count = lists.sizes().length;
    for (int list = 0; list < count; list++) {
      for (int block = blocks.first(list); block < blocks.first(list + 1); block++) {
        float[][] rows = blocks.rows(block);
        int[][] reach = reach(rows, list);
        for (int other = list; other < count; other++) {
          if (reach[other].length > 0) {
            for (int b = Math.max(block, blocks.first(other)); b < blocks.first(other + 1); b++) {
              compare(block, rows, reach[other], b);
            }
          }
        }
      }
    }
    List<Pair> all = new ArrayList<>(best);
    all.sort(Pair.WORST.reversed());
    return all;
  }

  /** For each list the members of a block that can have a partner there. */
  private int[][] reach(float[][] rows, int list) {
    int count = lists.sizes().length;
    int[][] members = new int[count][rows.length];
    int[] used = new int[count];
    for (int j = 0; j < rows.length; j++) {
      float[] scores = centres.scores(rows[j]);
      double own = angle(scores[list]);
      for (int other = list; other < count; other++) {
        double radius = angle(lists.least()[other]);
        if (angle(scores[other]) <= Math.min(own + 2 * angle, radius + angle) + ROUNDING) {
          members[other][used[other]++] = j;
        }
      }
    }
    for (int other = 0; other < count; other++) {
      members[other] = Arrays.copyOf(members[other], used[other]);
    }
    return members;
  }

  private static double angle(float cosine) {
    return Math.acos(Math.max(-1, Math.min(1, cosine)));
  }

  private void compare(int block, float[][] rows, int[] members, int other) {
    float[][] columns = blocks.columns(other);
    int wide = blocks.size(other);
    for (int j : members) {
      Arrays.fill(sums, 0, wide, 0);
      for (int d = 0; d < columns.length; d += Columns.STEP) {
        Columns.add(
            sums, wide, columns[d], columns[d + 1], columns[d + 2], columns[d + 3], rows[j], d);
      }
      for (int i = block == other ? j + 1 : 0; i < wide; i++) {
        if (sums[i] >= least) {
          int a = lists.order()[blocks.from(block) + j];
          int b = lists.order()[blocks.from(other) + i];
          best.add(new Pair(Math.min(a, b), Math.max(a, b), sums[i]));
          if (best.size() > most) {
            best.poll();
          }
        }
      }
    }
  }
}
