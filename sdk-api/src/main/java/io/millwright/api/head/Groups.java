package io.millwright.api.head;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which samples belong together, so that a long history does not outvote a short one.
 *
 * @param of the group of each sample, counted from 0 in order of appearance
 * @param count how many groups there are
 * @param weights what each sample weighs: all groups the same, summing to 1
 */
record Groups(int[] of, int count, double[] weights) {

  static Groups of(int samples, List<String> names) {
    int[] of = new int[samples];
    Map<String, Integer> index = new HashMap<>();
    names.forEach(name -> index.putIfAbsent(name, index.size()));
    if (index.size() <= 1) {
      Arrays.setAll(of, i -> i);
      double[] weights = new double[samples];
      Arrays.fill(weights, 1.0 / samples);
      return new Groups(of, samples, weights);
    }
    int[] sizes = new int[index.size()];
    for (int i = 0; i < samples; i++) {
      of[i] = index.getOrDefault(names.get(i), 0);
      sizes[of[i]]++;
    }
    double[] weights = new double[samples];
    for (int i = 0; i < samples; i++) {
      weights[i] = 1.0 / sizes[of[i]] / sizes.length;
    }
    return new Groups(of, sizes.length, weights);
  }

  /** The samples whose group leaves a remainder, or does not. */
  int[] samples(int folds, int fold, boolean inFold) {
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < of.length; i++) {
      if ((of[i] % folds == fold) == inFold) {
        chosen.add(i);
      }
    }
    return chosen.stream().mapToInt(Integer::intValue).toArray();
  }
}
