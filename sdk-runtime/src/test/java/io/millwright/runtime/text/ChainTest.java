package io.millwright.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.runtime.words.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The chain against all paths, one by one. */
class ChainTest {

  private static final List<String> TYPES = List.of("part", "state");
  private static final int TAGS = 5;

  private static List<int[]> paths(int words) {
    List<int[]> all = new ArrayList<>();
    int count = (int) Math.pow(TAGS, words);
    for (int code = 0; code < count; code++) {
      int rest = code;
      int[] path = new int[words];
      boolean allowed = true;
      for (int t = 0; t < words; t++) {
        path[t] = rest % TAGS;
        rest /= TAGS;
        allowed &= Chain.may(t == 0 ? -1 : path[t - 1], path[t]);
      }
      if (allowed) {
        all.add(path);
      }
    }
    return all;
  }

  @Test
  void sumsAndPosteriorsAreThoseOfAllPaths() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      String text = "seal of pump worn out";
      List<Words.Word> words = Words.of(text);
      int[] keys =
          Arrays.stream(TokenLook.of(text, words))
              .flatMapToInt(Arrays::stream)
              .sorted()
              .distinct()
              .toArray();
      float[] weights = new float[TAGS * (keys.length + 1)];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) (0.3 * random.nextGaussian());
      }
      double[] moves = random.doubles((TAGS + 1) * TAGS, -1, 1).toArray();
      Chain chain = new Chain(TYPES, keys, weights, moves);
      double[][] score = scores(chain, text, words);
      List<int[]> paths = paths(words.size());
      double all = 0;
      int[] best = paths.get(0);
      for (int[] path : paths) {
        all += Math.exp(value(path, score, moves));
        best = value(path, score, moves) > value(best, score, moves) ? path : best;
      }
      double[][] ahead = Lattice.ahead(score, moves);
      assertThat(Lattice.sum(ahead[words.size() - 1])).isCloseTo(Math.log(all), within(1e-9));
      int[] truth = best;
      List<Chain.Found> found = chain.find(text, words);
      assertThat(found).hasSize((int) Arrays.stream(best).filter(k -> k % 2 == 1).count());
      for (Chain.Found f : found) {
        assertThat(truth[f.from()]).isEqualTo(1 + 2 * f.type());
        double own =
            paths.stream()
                .filter(p -> IntStream.range(f.from(), f.to()).allMatch(t -> p[t] == truth[t]))
                .mapToDouble(p -> Math.exp(value(p, score, moves)))
                .sum();
        assertThat(f.probability()).isCloseTo(own / all, within(1e-9));
      }
    }
  }

  private static double[][] scores(Chain chain, String text, List<Words.Word> words) {
    int[][] looks = TokenLook.of(text, words);
    double[][] score = new double[words.size()][TAGS];
    int width = chain.keys().length;
    for (int t = 0; t < score.length; t++) {
      for (int k = 0; k < TAGS; k++) {
        double sum = chain.weights()[k * (width + 1) + width];
        for (int key : looks[t]) {
          sum += chain.weights()[k * (width + 1) + Arrays.binarySearch(chain.keys(), key)];
        }
        score[t][k] = sum;
      }
    }
    return score;
  }

  private static double value(int[] path, double[][] score, double[] moves) {
    double sum = 0;
    for (int t = 0; t < path.length; t++) {
      sum += score[t][path[t]] + moves[(t == 0 ? TAGS : path[t - 1]) * TAGS + path[t]];
    }
    return sum;
  }
}
