package io.millwright.core.learn.text;

import io.millwright.api.ErrorCode;
import io.millwright.api.head.FittedHead;
import io.millwright.api.head.Head;
import io.millwright.api.head.Labels;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.spi.Problems;
import io.millwright.runtime.support.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Samples of texts, checked: everything that is wrong with them is said at once.
 *
 * @param inputs those with a label
 * @param targets what is known of each
 * @param groups what each belongs to
 * @param head what outputs mean, not calibrated yet
 * @param digest SHA-256 of the samples
 */
record LabelledTexts<I, L, V>(
    List<I> inputs, float[][] targets, List<String> groups, FittedHead<L, V> head, String digest) {

  private static final int MOST_PROBLEMS = 20;
  private static final int LEAST = 4;

  static <I, L, V> LabelledTexts<I, L, V> of(Samples<I, L> samples, Head<L, V> head) {
    Problems problems = new Problems("the training data");
    List<I> inputs = new ArrayList<>();
    List<L> labels = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < samples.all().size() && problems.findings().size() < MOST_PROBLEMS; i++) {
      Sample<I, L> sample = samples.all().get(i);
      String place = "sample " + i + " of group \"" + sample.group() + "\"";
      if (sample.labels().size() > 1) {
        problems.add(
            ErrorCode.WRONG_SHAPE,
            place,
            "has " + sample.labels().size() + " labels",
            "give one label for each text.");
        continue;
      }
      @Nullable L label = sample.labels().isEmpty() ? null : sample.labels().get(0);
      if (label == null) {
        continue;
      }
      Optional<String> fault = head.fault(label);
      fault.ifPresent(
          f -> problems.add(ErrorCode.BAD_LABEL, place, f, "leave the label out where unknown."));
      inputs.add(sample.input());
      labels.add(label);
      groups.add(sample.group());
    }
    if (inputs.size() < LEAST) {
      problems.add(
          ErrorCode.TOO_FEW_DATA,
          "samples",
          "there are " + inputs.size() + " texts with a label, but " + LEAST + " are needed",
          "label some more.");
    }
    problems.throwIfAny();
    FittedHead<L, V> fitted = head.fit(new Labels<>(labels, labels, 0, Optional.empty()));
    float[][] targets = new float[inputs.size()][fitted.targets()];
    for (int i = 0; i < targets.length; i++) {
      Arrays.fill(targets[i], Float.NaN);
      fitted.target(labels.get(i), targets[i], 0);
    }
    return new LabelledTexts<>(inputs, targets, groups, fitted, digest(inputs, labels));
  }

  private static String digest(List<?> inputs, List<?> labels) {
    Digest sha = new Digest();
    for (int i = 0; i < inputs.size(); i++) {
      sha.add(inputs.get(i) + "\u0000" + labels.get(i) + "\n");
    }
    return sha.hex();
  }
}
