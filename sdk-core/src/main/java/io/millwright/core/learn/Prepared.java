package io.millwright.core.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Unit;
import io.millwright.api.head.FittedHead;
import io.millwright.api.head.Labels;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Recipe;
import io.millwright.runtime.bundle.Bundles;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.network.Losses;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.prepare.CleaningReport;
import io.millwright.runtime.prepare.FittedPreparation;
import io.millwright.runtime.prepare.Notes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Samples as networks see them, and the network laid out for them.
 *
 * <p>The preparation is fitted to what the training may see. With folds every sample is learnt from
 * by some member, so all readings count, though the answers never do; with a single hold-out the
 * readings held out do not count either.
 *
 * @param preparation the fitted preparation
 * @param plan the network laid out
 * @param head what outputs mean, not calibrated yet
 * @param data the items: those of the samples as they were given first, then those of copies
 * @param originals the number of items of the samples as they were given
 */
record Prepared<L, V>(
    FittedPreparation preparation,
    NetworkPlan plan,
    FittedHead<L, V> head,
    Dataset data,
    int originals) {

  /** What training makes small. */
  Losses objective() {
    return new Losses(head.loss(), plan.outputs(), data.targetWidth());
  }

  /**
   * @param known the head that was fitted already; empty to fit it to what is seen
   */
  static <I, L, V> Prepared<L, V> of(
      Recipe<I, L, V> recipe,
      Optional<Parent> parent,
      Encoded<L> encoded,
      List<Parts.Fold> folds,
      Optional<FittedHead<L, V>> known,
      Runnable pulse) {
    boolean[] seen = new boolean[encoded.originals()];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = folds.size() > 1 || !folds.get(0).judged()[i];
    }
    List<Integer> fitted = new ArrayList<>();
    for (int i = 0; i < encoded.tables().size(); i++) {
      if (seen[encoded.sample()[i]]) {
        fitted.add(i);
      }
    }
    FittedPreparation.Fit fit =
        parent.isPresent()
            ? taken(parent.get(), encoded)
            : FittedPreparation.fit(
                recipe.preparation(),
                encoded.schema(),
                fitted.stream().map(encoded.tables()::get).toList(),
                answers(encoded, fitted),
                pulse);
    FittedHead<L, V> head =
        known.orElseGet(
            () ->
                recipe
                    .binding()
                    .head()
                    .fit(
                        new Labels<>(
                            encoded.known(null),
                            encoded.known(seen),
                            fit.preparation().shape().size(),
                            recipe.learning().loss())));
    FittedPreparation based = based(fit.preparation(), head);
    FittedPreparation preparation = parent.isPresent() ? based : based.with(recipe.views());
    NetworkPlan plan =
        Bundles.plan(preparation.given(), recipe.network(), head.outputs(), head.classes());
    return lay(
        encoded,
        preparation,
        plan,
        head,
        recipe.binding().head().reconstructs(),
        leftOut(encoded, fit.report(), fitted),
        pulse);
  }

  /** A base on the scale that the head's outputs have. */
  private static FittedPreparation based(FittedPreparation preparation, FittedHead<?, ?> head) {
    if (!preparation.hasBase()) {
      return preparation;
    }
    Unit unit = preparation.base().unit();
    if (!unit.equals(head.unit())) {
      throw new MillwrightException(
          ErrorCode.WRONG_UNIT,
          "the base \""
              + preparation.base().name()
              + "\" is in \""
              + unit
              + "\", but the model answers in \""
              + head.unit()
              + "\"\nMaybe give the column of the formula the unit of the answer");
    }
    double zero = head.scaled(0);
    double factor = head.scaled(1) - zero;
    return preparation.withBase(-zero / factor, factor);
  }

  /** What some steps are chosen by: the answers, where each is one number or one class. */
  private static <L> FittedPreparation.Answers answers(Encoded<L> encoded, List<Integer> fitted) {
    FittedHead<L, ?> head = encoded.head();
    boolean classes = head.loss() instanceof Loss.CrossEntropy;
    if (head.targets() != 1 || (!classes && head.outputs() != 1)) {
      return FittedPreparation.Answers.none();
    }
    List<double[]> labels = new ArrayList<>();
    float[] target = new float[1];
    for (int s : fitted) {
      List<@Nullable L> known = encoded.labels().get(s);
      double[] numbers = new double[known.size()];
      for (int r = 0; r < numbers.length; r++) {
        L label = known.get(r);
        numbers[r] = Double.NaN;
        if (label != null && head.learns(label)) {
          head.target(label, target, 0);
          numbers[r] = target[0];
        }
      }
      labels.add(numbers);
    }
    return new FittedPreparation.Answers(labels, classes ? head.outputs() : 0);
  }

  /** The same samples for another network, which sees and answers the same. */
  Prepared<L, V> with(Network network) {
    return new Prepared<>(
        preparation,
        Bundles.plan(preparation.given(), network, head.outputs(), head.classes()),
        head,
        data,
        originals);
  }

  /** The parent's preparation as it was fitted, which no row of these samples changes. */
  private static FittedPreparation.Fit taken(Parent parent, Encoded<?> encoded) {
    FittedPreparation preparation = parent.model().preparation();
    preparation.check(encoded.schema());
    return new FittedPreparation.Fit(
        preparation, new CleaningReport(List.of(), Map.of(), List.of()));
  }

  /** Samples as a model sees them: its preparation and its head, neither fitted anew. */
  static <L, V> Prepared<L, V> again(
      Model model, FittedHead<L, V> head, Encoded<L> encoded, Runnable pulse) {
    FittedPreparation preparation = model.preparation();
    preparation.check(encoded.schema());
    boolean[][] all = new boolean[encoded.tables().size()][];
    for (int i = 0; i < all.length; i++) {
      all[i] = new boolean[encoded.tables().get(i).rows()];
    }
    return lay(encoded, preparation, Bundles.plan(model), head, false, all, pulse);
  }

  /** By sequence and row, whether cleaning leaves the row out of training. */
  private static boolean[][] leftOut(
      Encoded<?> encoded, CleaningReport report, List<Integer> fitted) {
    boolean[][] skip = new boolean[encoded.tables().size()][];
    for (int i = 0; i < skip.length; i++) {
      skip[i] = new boolean[encoded.tables().get(i).rows()];
    }
    for (CleaningReport.LeftOut out : report.leftOut()) {
      for (int row : out.rows()) {
        skip[fitted.get(out.sequence())][row] = true;
      }
    }
    return skip;
  }

  /**
   * Lays the prepared rows of all sequences out one after the other, and lists the items among
   * them.
   */
  private static <L, V> Prepared<L, V> lay(
      Encoded<L> encoded,
      FittedPreparation preparation,
      NetworkPlan plan,
      FittedHead<L, V> head,
      boolean reconstructs,
      boolean[][] skip,
      Runnable pulse) {
    int width = preparation.width();
    int total = encoded.tables().stream().mapToInt(t -> t.rows()).sum();
    float[] rows = new float[Math.multiplyExact(total, width)];
    int[] row = new int[total];
    int[] start = new int[total];
    int own = reconstructs ? plan.input().size() : 0;
    int targets = head.targets() - own;
    float[] target = new float[targets * 16];
    float[] room = new float[head.targets()];
    boolean[] learnable = new boolean[total];
    int[] sample = new int[total];
    int items = 0;
    int originals = 0;
    int at = 0;
    Notes notes = new Notes();
    for (int s = 0; s < encoded.tables().size(); s++) {
      pulse.run();
      float[] prepared = preparation.rows(encoded.tables().get(s), notes);
      notes.clear();
      System.arraycopy(prepared, 0, rows, at * width, prepared.length);
      List<@Nullable L> labels = encoded.labels().get(s);
      for (int r = 0; r < labels.size(); r++) {
        L label = labels.get(r);
        Arrays.fill(room, Float.NaN);
        if (label != null) {
          head.target(label, room, 0);
        }
        if (skip[s][r] || !(reconstructs || anyKnown(room))) {
          continue;
        }
        if ((items + 1) * targets > target.length) {
          target = Arrays.copyOf(target, Math.multiplyExact(2, target.length));
        }
        System.arraycopy(room, own, target, items * targets, targets);
        row[items] = at + r;
        start[items] = at;
        learnable[items] = label == null || head.learns(label);
        sample[items] = encoded.sample()[s];
        items++;
      }
      at += labels.size();
      originals = s < encoded.originals() ? items : originals;
    }
    Dataset data =
        new Dataset(
            preparation.plan(),
            rows,
            Arrays.copyOf(row, items),
            Arrays.copyOf(start, items),
            Arrays.copyOf(target, items * targets),
            reconstructs,
            Arrays.copyOf(learnable, items),
            Arrays.copyOf(sample, items));
    return new Prepared<>(preparation, plan, head, data, originals);
  }

  private static boolean anyKnown(float[] targets) {
    for (float t : targets) {
      if (!Float.isNaN(t)) {
        return true;
      }
    }
    return false;
  }
}
