package io.millwright.core.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.api.Predictor;
import io.millwright.api.Provenance;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.spi.Jobs;
import io.millwright.core.shrink.Shrink;
import io.millwright.core.shrink.ShrinkReport;
import io.millwright.core.shrink.ShrinkSamples;
import io.millwright.core.shrink.Shrinking;
import io.millwright.runtime.bundle.BundleReader;
import io.millwright.runtime.bundle.BundleWriter;
import io.millwright.runtime.bundle.Bundles;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.predict.Bindings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Makes models smaller on the runtimes of one host. */
public final class DefaultShrinking implements Shrinking {

  /** By how much the share of truths inside the intervals may fall. */
  private static final double MOST_UNCOVERED = 0.02;

  private static final int ASKED = 200;
  private static final int ROUNDS = 5;
  private static final long ONE_PASS = 200_000_000L;

  private final DefaultLearningToolkit toolkit;

  /**
   * @param toolkit learns and opens
   */
  public DefaultShrinking(DefaultLearningToolkit toolkit) {
    this.toolkit = toolkit;
  }

  @Override
  public Job<ShrinkReport> shrink(Path bundle, Shrink how, ShrinkSamples samples, Path into) {
    if (BundleReader.isComposed(ModelSource.file(bundle))) {
      throw Shrinker.unsupported(
          bundle + " is composed of several parts by a plug-in",
          "make a model of rows, sequences or images smaller");
    }
    Model model = BundleReader.read(bundle);
    if (!Set.of("quantity", "classes").contains(model.head().kind())) {
      throw Shrinker.unsupported(
          bundle + " answers with " + model.head().kind() + ", no number and no class",
          "store its weights in fewer bits");
    }
    Binding<Table, Object, Object> binding = untyped(model);
    Shrinker shrinker = new Shrinker(toolkit, how, model, binding);
    ShrinkTables tables = new ShrinkTables(model, samples.target(), samples.group());
    Samples<Table, Object> learnt = tables.learnt(samples.learnt());
    Samples<Table, Object> judged = tables.judged(samples.judged());
    return toolkit
        .jobs()
        .background()
        .start(
            "shrink " + bundle.getFileName(),
            Optional.empty(),
            control -> {
              Model small = shrinker.shrunk(learnt, control);
              return compared(new Pair(bundle, binding, model, small), how, judged, into, control);
            });
  }

  /** What is compared. */
  private record Pair(
      Path bundle, Binding<Table, Object, Object> binding, Model before, Model after) {}

  /** Labels of the known heads are made by {@link ShrinkTables}, so their type is known there. */
  @SuppressWarnings("unchecked")
  private static Binding<Table, Object, Object> untyped(Model model) {
    return (Binding<Table, Object, Object>) Bindings.untyped(model);
  }

  private ShrinkReport compared(
      Pair pair,
      Shrink how,
      Samples<Table, Object> judged,
      Path into,
      Jobs.Control<ShrinkReport> control) {
    Path part = into.resolveSibling(into.getFileName() + ".part");
    try {
      Model noted = noted(pair, how.toString());
      BundleWriter.write(noted, part);
      ShrinkReport report;
      double chance;
      try (Predictor<Table, Object> before =
              toolkit.open(pair.binding, pair.before, Bundles.info(pair.before));
          Predictor<Table, Object> after = toolkit.open(pair.binding, noted, Bundles.info(noted))) {
        Evaluation was = toolkit.judge(pair.binding, before, judged);
        Evaluation is = toolkit.judge(pair.binding, after, judged);
        chance = chance(was.samples(), pair.after.evaluation().samples());
        double[] micros = micros(before, after, judged, control);
        report =
            new ShrinkReport(
                how.toString(),
                Files.size(pair.bundle),
                Files.size(part),
                count(pair.before),
                count(pair.after),
                micros[0],
                micros[1],
                was.figures().containsKey("rmse") ? "rmse" : "log loss",
                was.figures(),
                is.figures());
      }
      check(report, how, chance);
      BundleWriter.write(noted(pair, report.toString()), part);
      ShrinkReport whole = sized(report, Files.size(part)); // with what its card says of it
      Files.move(part, into, StandardCopyOption.REPLACE_EXISTING);
      return whole;
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, into + " cannot be written: " + e + "\nMaybe the disk is full", e);
    } finally {
      discard(part);
    }
  }

  private static ShrinkReport sized(ShrinkReport report, long bytes) {
    return new ShrinkReport(
        report.how(),
        report.bytesBefore(),
        bytes,
        report.weightsBefore(),
        report.weightsAfter(),
        report.microsBefore(),
        report.microsAfter(),
        report.error(),
        report.before(),
        report.after());
  }

  private static void discard(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * By how much coverage may differ by chance alone: two standard errors of a share of 90 %, of the
   * samples that judge and of those that intervals were measured on.
   */
  private static double chance(long judged, long measured) {
    return 2 * Math.sqrt(0.09 * (1.0 / judged + 1.0 / measured));
  }

  private static void check(ShrinkReport report, Shrink how, double chance) {
    if (!(report.rise() <= how.budget())) {
      throw new MillwrightException(
          ErrorCode.REFUSED,
          String.format(
                  Locale.ROOT,
                  "the error would rise by %.1f %%, more than the budget of %.1f %%: ",
                  100 * report.rise(),
                  100 * how.budget())
              + report
              + "\nMaybe prune less, take a larger student, or learn longer");
    }
    double was = report.before().getOrDefault("coverage 90", 0.0);
    double is = report.after().getOrDefault("coverage 90", 0.0);
    if (was - is > Math.max(MOST_UNCOVERED, chance)) {
      throw new MillwrightException(
          ErrorCode.REFUSED,
          String.format(
                  Locale.ROOT,
                  "the 90 %% intervals would hold %.1f points fewer of the truths: ",
                  100 * (was - is))
              + report
              + "\nMaybe give more samples to measure them on");
    }
  }

  /** How many weights are not 0. */
  private static long count(Model model) {
    long count = 0;
    for (Weights weights : model.members()) {
      for (int i = 0; i < weights.count(); i++) {
        for (float w : weights.get(i)) {
          count += w == 0 ? 0 : 1;
        }
      }
    }
    return count;
  }

  /**
   * The time of one answer of both, in turn: the quickest of some rounds, after as many to warm.
   */
  private static double[] micros(
      Predictor<Table, Object> before,
      Predictor<Table, Object> after,
      Samples<Table, Object> judged,
      Jobs.Control<?> control) {
    List<Table> inputs =
        judged.all().stream().limit(ASKED).map(Sample<Table, Object>::input).toList();
    long once = nanos(before, inputs);
    int asked = (int) Math.max(1, Math.min(inputs.size(), inputs.size() * ONE_PASS / once));
    List<Table> some = inputs.subList(0, asked);
    double[] best = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    for (int round = 0; round < 2 * ROUNDS; round++) {
      control.checkpoint();
      best[0] = Math.min(best[0], nanos(before, some) / 1e3 / asked);
      best[1] = Math.min(best[1], nanos(after, some) / 1e3 / asked);
    }
    return best;
  }

  private static long nanos(Predictor<Table, Object> predictor, List<Table> inputs) {
    long begin = System.nanoTime();
    for (Table input : inputs) {
      predictor.predict(input);
    }
    return Math.max(1, System.nanoTime() - begin);
  }

  private static Model noted(Pair pair, String what) {
    Model model = pair.after;
    TreeMap<String, String> settings = new TreeMap<>(model.provenance().settings());
    settings.put("made smaller", what);
    Provenance provenance =
        model.provenance().toBuilder()
            .settings(settings)
            .parents(List.of(Bundles.info(pair.before).digest()))
            .build();
    return new Model(
        model.task(),
        model.taskVersion(),
        model.preparation(),
        model.network(),
        model.head(),
        model.members(),
        model.evaluation(),
        model.capabilities(),
        provenance,
        model.golden(),
        model.blend(),
        model.recipe());
  }
}
