package io.millwright.runtime.text;

import io.millwright.runtime.words.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) over the tags
 * outside, and for each type begin and inside (BIO): tag 0 is outside, 1 + 2k begins type k, 2 + 2k
 * goes on with it. Immutable and thread-safe.
 *
 * @param types the types of entities
 * @param keys the known keys of words, rising
 * @param weights {@code [tags, keys + 1]}, the constant last
 * @param moves {@code [tags + 1, tags]}: from a tag, or from the start (last row), to a tag
 */
public record Chain(List<String> types, int[] keys, float[] weights, double[] moves) {

  /** No text is read beyond so many words. */
  public static final int MOST_WORDS = 2048;

  private static final int MOST_TYPES = 1024;

  /** Copies and checks. */
  public Chain {
    types = List.copyOf(types);
    int tags = 1 + 2 * types.size();
    if (types.isEmpty()
        || types.size() > MOST_TYPES
        || weights.length != Math.multiplyExact(tags, keys.length + 1)
        || moves.length != (tags + 1) * tags) {
      throw new IllegalArgumentException(
          types.size() + " types, " + weights.length + " weights, " + moves.length + " moves");
    }
    for (int i = 1; i < keys.length; i++) {
      if (keys[i - 1] >= keys[i]) {
        throw new IllegalArgumentException("key " + i + " is out of order");
      }
    }
    for (double move : moves) {
      if (!Double.isFinite(move)) {
        throw new IllegalArgumentException("a move weighs " + move);
      }
    }
  }

  /** The number of tags. */
  public int tags() {
    return 1 + 2 * types.size();
  }

  /** Whether a tag may follow another one; -1 is the start. */
  public static boolean may(int from, int to) {
    boolean inside = to > 0 && to % 2 == 0;
    return !inside || from == to || from == to - 1;
  }

  /** The places of known keys. */
  public static int[] known(int[] keys, int[] own) {
    return Arrays.stream(own).map(k -> Arrays.binarySearch(keys, k)).filter(p -> p >= 0).toArray();
  }

  /**
   * An entity by its words.
   *
   * @param from the first word
   * @param to the word behind the last
   * @param type which type
   * @param probability how probable it is that these words have these tags
   */
  public record Found(int from, int to, int type, double probability) {}

  /** The most probable entities of a text (Viterbi), each with its exact posterior. */
  public List<Found> find(String text, List<Words.Word> words) {
    return find(TokenLook.of(text, words.subList(0, Math.min(MOST_WORDS, words.size()))));
  }

  /** The same of the keys of words. */
  public List<Found> find(int[][] looks) {
    int n = looks.length;
    int tags = tags();
    double[][] score = new double[n][tags];
    for (int t = 0; t < n; t++) {
      int[] own = known(keys, looks[t]);
      for (int k = 0; k < tags; k++) {
        int at = k * (keys.length + 1);
        double sum = weights[at + keys.length];
        for (int j : own) {
          sum += weights[at + j];
        }
        score[t][k] = sum;
      }
    }
    int[] path = best(score);
    double[][] ahead = Lattice.ahead(score, moves);
    double[][] behind = Lattice.behind(score, moves);
    double all = n == 0 ? 0 : Lattice.sum(ahead[n - 1]);
    List<Found> found = new ArrayList<>();
    for (int t = 0; t < n; t++) {
      if (path[t] % 2 == 1) {
        int end = t + 1;
        double log = ahead[t][path[t]];
        while (end < n && path[end] == path[t] + 1) {
          log += moves[path[end - 1] * tags + path[end]] + score[end][path[end]];
          end++;
        }
        log += behind[end - 1][path[end - 1]] - all;
        found.add(new Found(t, end, (path[t] - 1) / 2, Math.min(1, Math.exp(log))));
      }
    }
    return found;
  }

  /** The tags of words in which entities were found. */
  public static int[] tags(List<Found> found, int words) {
    int[] tags = new int[words];
    for (Found f : found) {
      for (int t = f.from(); t < f.to(); t++) {
        tags[t] = (t == f.from() ? 1 : 2) + 2 * f.type();
      }
    }
    return tags;
  }

  private int[] best(double[][] score) {
    int n = score.length;
    int tags = tags();
    int[][] from = new int[n][tags];
    double[] now = new double[tags];
    for (int t = 0; t < n; t++) {
      double[] next = new double[tags];
      for (int k = 0; k < tags; k++) {
        next[k] = Double.NEGATIVE_INFINITY;
        for (int j = t == 0 ? tags : 0; j < (t == 0 ? tags + 1 : tags); j++) {
          if (may(j == tags ? -1 : j, k)) {
            double s = (t == 0 ? 0 : now[j]) + moves[j * tags + k] + score[t][k];
            if (s > next[k]) {
              next[k] = s;
              from[t][k] = j;
            }
          }
        }
      }
      now = next;
    }
    int[] path = new int[n];
    for (int t = n - 1; t >= 0; t--) {
      if (t == n - 1) {
        for (int k = 1; k < tags; k++) {
          path[t] = now[k] > now[path[t]] ? k : path[t];
        }
      } else {
        path[t] = from[t + 1][path[t + 1]];
      }
    }
    return path;
  }
}
