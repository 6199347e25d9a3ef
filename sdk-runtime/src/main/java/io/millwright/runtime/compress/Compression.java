package io.millwright.runtime.compress;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.api.Predictor;
import io.millwright.api.Provenance;
import io.millwright.api.data.Table;
import io.millwright.api.head.FittedHead;
import io.millwright.runtime.bundle.BundleReader;
import io.millwright.runtime.bundle.BundleWriter;
import io.millwright.runtime.bundle.Bundles;
import io.millwright.runtime.bundle.Golden;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.bundle.Storage;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.predict.Ensemble;
import io.millwright.runtime.predict.GoldenCheck;
import io.millwright.runtime.support.IoReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Post-training quantisation of weights. Preparation, network, calibration and decision stay as
 * they are; weights are rounded and stored in fewer bits; golden samples are computed anew; the
 * answers of both models are compared on samples with known truth, and when they cost more accuracy
 * than the budget allows, or the 90 % intervals or label sets hold over two points fewer of the
 * truths (calibration stays as it was), nothing is written.
 *
 * <p>Weights alone are rounded: a network computes in single precision once its weights are read,
 * so a smaller file is not faster. Stateless and thread-safe; the same bundle gives the same bytes
 * but for the time of provenance. Source of the rounding: symmetric quantisation with a scale for
 * each output channel (Krishnamoorthi 2018, section 3.1).
 */
public final class Compression {

  /** What weights are stored as. */
  public enum Form {
    /** Half precision: 2 bytes a weight. */
    FLOAT16(Storage.F16),
    /** Whole numbers and a scale for each output channel: 1 byte a weight of a matrix. */
    INT8(Storage.I8);

    private final Storage storage;

    Form(Storage storage) {
      this.storage = storage;
    }
  }

  /** By how much the share of truths inside the intervals may fall. */
  private static final double MOST_UNCOVERED = 0.02;

  private final Millwright millwright;
  private final Form form;
  private final double budget;

  private Compression(Millwright millwright, Form form, double budget) {
    this.millwright = millwright;
    this.form = form;
    this.budget = budget;
  }

  /**
   * Compression with a budget of 1 % of the error.
   *
   * @param millwright opens the models that are compared
   * @param form what weights are stored as
   * @return the compression
   */
  public static Compression to(Millwright millwright, Form form) {
    return new Compression(millwright, form, 0.01);
  }

  /**
   * The same with another budget.
   *
   * @param share by how much of itself the error may rise (root mean square error of numbers, log
   *     loss of classes), such as 0.01; at least 0
   * @return the new compression
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} for any other number
   */
  public Compression budget(double share) {
    if (!(share >= 0) || Double.isInfinite(share)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the budget is " + share + "\nMaybe 0.01 is meant, 1 % of the error");
    }
    return new Compression(millwright, form, share);
  }

  /**
   * Compresses.
   *
   * @param bundle a model of rows or sequences that answers a number or a class
   * @param samples rows with the column that is answered, none of which the model learnt from
   * @param target the name of that column
   * @param into the new file
   * @return what it cost and brought
   * @throws MillwrightException with {@link ErrorCode#REFUSED} when the error rises by more than
   *     the budget or the intervals hold too few truths, and nothing is written; with {@link
   *     ErrorCode#UNSUPPORTED} for a model that a plug-in composed or whose head a plug-in brought;
   *     with {@link ErrorCode#BAD_VALUE} when a weight is too large for the form or no sample could
   *     be judged
   */
  public CompressionReport compress(Path bundle, Table samples, String target, Path into) {
    if (BundleReader.isComposed(ModelSource.file(bundle))) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          bundle
              + " is composed of several parts by a plug-in"
              + "\nMaybe compress a model of rows, sequences or images");
    }
    Model model = BundleReader.read(bundle);
    Path part = into.resolveSibling(into.getFileName() + ".part");
    try {
      BundleWriter.write(compressed(model, bundle), part);
      Comparison comparison;
      try (Predictor<Table, Object> before = millwright.open(bundle);
          Predictor<Table, Object> after = millwright.open(part)) {
        comparison = Comparison.of(before, after, samples, target);
      }
      CompressionReport report =
          new CompressionReport(
              Files.size(bundle), Files.size(part), comparison.before(), comparison.after());
      if (comparison.uncovered() > MOST_UNCOVERED) {
        throw refused(
            String.format(
                Locale.ROOT,
                "as %s the 90 %% intervals or label sets hold %.1f points fewer of the truths, and"
                    + " they are not measured anew: %s",
                form,
                100 * comparison.uncovered(),
                report));
      }
      if (!(comparison.rise() <= budget)) {
        throw refused(
            String.format(
                Locale.ROOT,
                "as %s the error rises by %.1f %%, more than the budget of %.1f %%: %s",
                form,
                100 * comparison.rise(),
                100 * budget,
                report));
      }
      Files.move(part, into, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      return report;
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          into + " cannot be written: " + IoReason.of(e) + "\nMaybe the disk is full",
          e);
    } finally {
      discard(part);
    }
  }

  private MillwrightException refused(String what) {
    return new MillwrightException(
        ErrorCode.REFUSED,
        what + "\nMaybe " + (form == Form.INT8 ? "float16 loses less" : "keep the model as it is"));
  }

  private static void discard(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Model compressed(Model model, Path bundle) {
    FittedHead<?, ?> head =
        model
            .head()
            .known()
            .<FittedHead<?, ?>>map(h -> model.head().fitted(h))
            .orElseThrow(
                () ->
                    new MillwrightException(
                        ErrorCode.UNSUPPORTED,
                        bundle
                            + " has a head of its plug-in, \""
                            + model.head().kind()
                            + "\"\nMaybe compress a model with one of the known heads"));
    List<NetworkPlan> plans = Bundles.plans(model);
    List<Weights> members = new ArrayList<>();
    for (int m = 0; m < plans.size(); m++) {
      if (plans.get(m).hasTrees()) {
        members.add(model.members().get(m)); // Thresholds and places of nodes lose no digit.
        continue;
      }
      try {
        members.add(form.storage.rounded(plans.get(m).weights(), model.members().get(m)));
      } catch (IllegalArgumentException e) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            e.getMessage() + ", too large for " + form + "\nMaybe int8 has room for it",
            e);
      }
    }
    Model rounded = with(model, members, model.golden());
    List<Golden> golden = new ArrayList<>();
    List<ForwardPass> passes = Ensemble.javaMembers(rounded);
    try (Ensemble ensemble = Ensemble.of(rounded, head, passes)) {
      for (Golden g : model.golden()) {
        golden.add(new Golden(g.rows(), GoldenCheck.outputs(rounded, ensemble, g.rows())));
      }
    }
    return with(rounded, members, golden);
  }

  private Model with(Model model, List<Weights> members, List<Golden> golden) {
    Provenance before = model.provenance();
    TreeMap<String, String> settings = new TreeMap<>(before.settings());
    settings.put("compressed to", form.name().toLowerCase(java.util.Locale.ROOT));
    return new Model(
        model.task(),
        model.taskVersion(),
        model.preparation(),
        model.network(),
        model.head(),
        members,
        model.evaluation(),
        model.capabilities(),
        before.toBuilder().settings(settings).build(),
        golden,
        model.blend(),
        model.recipe());
  }
}
