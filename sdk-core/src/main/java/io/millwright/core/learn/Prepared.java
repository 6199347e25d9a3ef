package io.millwright.core.learn;

import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Target;
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
import java.util.function.BooleanSupplier;

/**
 * Samples as networks see them, and the network laid out for them.
 *
 * <p>The preparation is fitted to what the training may see. With folds every sample is learnt from
 * by some member, so all readings count, though the answers never do; with a single hold-out the
 * readings held out do not count either.
 *
 * @param preparation the fitted preparation
 * @param loss what is made small
 * @param plan the network laid out
 * @param scaling how labels become what the network is asked for
 * @param data the items: those of the samples as they were given first, then those of copies
 * @param originals the number of items of the samples as they were given
 */
record Prepared(
    FittedPreparation preparation,
    Loss loss,
    NetworkPlan plan,
    Scaling scaling,
    Dataset data,
    int originals) {

  static Prepared of(
      Recipe<?, ?> recipe,
      Optional<Parent> parent,
      Encoded encoded,
      List<Parts.Fold> folds,
      BooleanSupplier stopped) {
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
                new FittedPreparation.Answers(
                    fitted.stream().map(encoded.labels()::get).toList(), encoded.classes().size()),
                stopped);
    Loss loss = loss(recipe);
    NetworkPlan plan =
        NetworkPlan.of(
            recipe.network(),
            fit.preparation().shape(),
            Losses.outputs(loss, encoded.classes().size()),
            Initialisation.AUTOMATIC);
    Scaling scaling = Scaling.of(recipe.binding().target(), encoded, seen);
    return lay(
        encoded, fit.preparation(), loss, plan, scaling, leftOut(encoded, fit.report(), fitted));
  }

  /** The parent's preparation as it was fitted, which no row of these samples changes. */
  private static FittedPreparation.Fit taken(Parent parent, Encoded encoded) {
    FittedPreparation preparation = parent.model().preparation();
    preparation.check(encoded.schema());
    return new FittedPreparation.Fit(
        preparation, new CleaningReport(List.of(), Map.of(), List.of()));
  }

  /** The same samples for another network, which sees and answers the same. */
  Prepared with(Recipe<?, ?> recipe) {
    return new Prepared(
        preparation,
        loss,
        NetworkPlan.of(recipe.network(), plan.input(), plan.outputs(), Initialisation.AUTOMATIC),
        scaling,
        data,
        originals);
  }

  private static Loss loss(Recipe<?, ?> recipe) {
    boolean category = recipe.binding().target() instanceof Target.Category;
    return recipe.learning().loss().orElse(category ? Loss.crossEntropy() : Loss.mse());
  }

  /** By sequence and row, whether cleaning leaves the row out of training. */
  private static boolean[][] leftOut(Encoded encoded, CleaningReport report, List<Integer> fitted) {
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
  private static Prepared lay(
      Encoded encoded,
      FittedPreparation preparation,
      Loss loss,
      NetworkPlan plan,
      Scaling scaling,
      boolean[][] skip) {
    int width = preparation.width();
    int total = encoded.tables().stream().mapToInt(t -> t.rows()).sum();
    float[] rows = new float[Math.multiplyExact(total, width)];
    int[] row = new int[total];
    int[] start = new int[total];
    float[] target = new float[total];
    int[] sample = new int[total];
    int items = 0;
    int originals = 0;
    int at = 0;
    Notes notes = new Notes();
    for (int s = 0; s < encoded.tables().size(); s++) {
      float[] prepared = preparation.rows(encoded.tables().get(s), notes);
      notes.clear();
      System.arraycopy(prepared, 0, rows, at * width, prepared.length);
      double[] labels = encoded.labels().get(s);
      for (int r = 0; r < labels.length; r++) {
        if (!Double.isNaN(labels[r]) && !skip[s][r]) {
          row[items] = at + r;
          start[items] = at;
          target[items] = (float) scaling.scale(labels[r]);
          sample[items] = encoded.sample()[s];
          items++;
        }
      }
      at += labels.length;
      originals = s < encoded.originals() ? items : originals;
    }
    Dataset data =
        new Dataset(
            preparation.shape(),
            rows,
            Arrays.copyOf(row, items),
            Arrays.copyOf(start, items),
            Arrays.copyOf(target, items),
            Arrays.copyOf(sample, items));
    return new Prepared(preparation, loss, plan, scaling, data, originals);
  }
}
