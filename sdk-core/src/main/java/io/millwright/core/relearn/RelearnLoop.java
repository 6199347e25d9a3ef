package io.millwright.core.relearn;

import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.api.ModelStore;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.data.Table;
import io.millwright.runtime.support.Json;
import io.millwright.runtime.support.Limits;
import io.millwright.runtime.support.Moves;
import io.millwright.runtime.support.Place;
import io.millwright.runtime.verify.AuditLog;
import io.millwright.runtime.watch.DriftReport;
import io.millwright.runtime.watch.DriftWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The relearning loop of one model: watch, train, judge, shadow, promote, probation, roll back. A
 * host calls {@link #step} whenever it likes, such as every minute; each call does at most one
 * step, writes a line of the audit log and then its state, so that after a crash at any moment the
 * loop goes on from the last state, and the alias always points to a whole version. One loop of one
 * model at a time; not thread-safe.
 *
 * <p>After a challenger that was refused or could not be trained, the same reasons wait until
 * {@link RelearnPlan.Builder#look} new rows have come, then twice, four times as many and so on, at
 * most {@link RelearnPlan.Builder#window} rows, when all that is learnt from is new (exponential
 * backoff). A new reason, such as a further column that drifts, does not wait, and begins to count
 * anew; so does a promotion.
 */
public final class RelearnLoop {

  private static final int LEAST_KNOWN = 20;
  private static final String WHO = "relearn";
  private static final double TWO_SIDED = 2.576;
  private static final LoopState.Tries NONE = new LoopState.Tries(0, 0, List.of());

  /** Enough for any window. */
  private static final int MOST_DOUBLED = 20;

  private static final String AGAIN = "there are enough rows from after the change";

  private final Millwright millwright;
  private final ModelStore store;
  private final RelearnPlan plan;
  private final Feed feed;
  private final Function<Table, Job<? extends Trained<Table, ?>>> trainer;
  private final AuditLog audit;
  private final Path file;
  private LoopState state;

  private RelearnLoop(
      Millwright millwright,
      ModelStore store,
      RelearnPlan plan,
      Feed feed,
      Function<Table, Job<? extends Trained<Table, ?>>> trainer,
      AuditLog audit,
      Path folder) {
    this.millwright = millwright;
    this.store = store;
    this.plan = plan;
    this.feed = feed;
    this.trainer = trainer;
    this.audit = audit;
    file = folder.resolve("relearn-" + plan.model() + ".json");
    try {
      Files.createDirectories(folder);
      if (Files.exists(file)) {
        state =
            Json.read(
                Files.readAllBytes(file),
                LoopState.class,
                new Place(ErrorCode.BAD_FILE, "state " + file, "delete it to begin anew."),
                Limits.standard());
        reconcile();
      } else {
        int champion = version(plan.alias()).number();
        long size = feed.size();
        state = LoopState.first(champion, Math.max(0, size - plan.window()), size);
        save();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * A loop; goes on where one with the same folder was stopped.
   *
   * @param millwright opens models
   * @param store where they lie; the alias of the plan must exist
   * @param plan how it works
   * @param feed rows with their truth
   * @param trainer trains a challenger from rows, as a job that can be stopped
   * @param audit where every step is written
   * @param folder where the state is kept
   * @return the loop
   * @throws MillwrightException with {@link ErrorCode#NOT_IN_STORE} when the alias does not exist,
   *     {@link ErrorCode#IO_FAILED}, {@link ErrorCode#BAD_FILE}
   */
  public static RelearnLoop of(
      Millwright millwright,
      ModelStore store,
      RelearnPlan plan,
      Feed feed,
      Function<Table, Job<? extends Trained<Table, ?>>> trainer,
      AuditLog audit,
      Path folder) {
    return new RelearnLoop(millwright, store, plan, feed, trainer, audit, folder);
  }

  /** The alias is what users see: when a crash or a person moved it, the loop follows it. */
  private void reconcile() {
    int pointed = version(plan.alias()).number();
    if (pointed == state.champion()) {
      return;
    }
    if (state.challenger().isPresent() && state.challenger().getAsInt() == pointed) {
      // Promoted, and crashed before the state was written.
      next(
          state.promoted(
              pointed, state.champion(), trainedFrom(state.since()), state.since(), feed.size()));
    } else if (state.previous().isPresent() && state.previous().getAsInt() == pointed) {
      // Rolled back, and crashed before the log and the state were written.
      long size = feed.size();
      audit.add(WHO, "ROLLED_BACK", plan.model(), plan.alias() + " is version " + pointed);
      next(state.watching(pointed, Math.max(0, size - plan.window()), size, size));
    } else {
      audit.add(
          WHO, "FOLLOWED", plan.model(), plan.alias() + " is version " + pointed + " by others");
      long size = feed.size();
      next(
          state
              .watching(pointed, Math.max(0, size - plan.window()), size, size)
              .trying(Optional.empty()));
    }
  }

  private ModelStore.Version version(String alias) {
    String reference = plan.model() + ":" + alias;
    return store
        .find(reference)
        .orElseThrow(
            () ->
                new MillwrightException(
                    ErrorCode.NOT_IN_STORE,
                    "the store has no "
                        + reference
                        + "\nMaybe put a first model in and promote it: millwright store promote"));
  }

  /**
   * Where the loop stands.
   *
   * @return the state
   */
  public LoopState state() {
    return state;
  }

  /**
   * Does the next step, when there is something to do.
   *
   * @return the phase that it is in now; the same as before when there are too few new rows
   * @throws InterruptedException when the thread is interrupted while a challenger is trained; the
   *     training is cancelled, and the next call begins it anew
   * @throws MillwrightException when a step fails; the next call tries it again
   */
  public LoopState.Phase step() throws InterruptedException {
    switch (state.phase()) {
      case WATCH -> watch();
      case TRAIN -> train();
      case JUDGE -> judge();
      case SHADOW -> shadow();
      case PROBATION -> probation();
    }
    return state.phase();
  }

  private void watch() {
    long size = feed.size();
    long from = Math.max(state.since(), state.looked().orElse(state.since()));
    if (state.again().isPresent() && size >= state.again().getAsLong()) {
      audit.add(WHO, "REASON", plan.model(), AGAIN);
      next(state.because(AGAIN, size));
      return;
    }
    if (size - from < plan.look()) {
      return;
    }
    Table recent = feed.rows(size - plan.look(), size);
    Table reference = feed.rows(state.referenceFrom(), state.referenceTo());
    String why = "";
    List<String> reasons = new ArrayList<>();
    if (reference.rows() >= 20) {
      DriftReport report =
          DriftWatch.of(reference.without(plan.target())).judge(recent.without(plan.target()));
      if (report.drifted()) {
        report.columns().stream()
            .filter(DriftReport.ColumnDrift::drifted)
            .forEach(c -> reasons.add(c.column()));
        String columns = reasons.isEmpty() ? "all together" : String.join(", ", reasons);
        why = "inputs have drifted: " + columns;
        reasons.replaceAll(column -> "drift of " + column);
        if (reasons.isEmpty()) {
          reasons.add("drift");
        }
      }
      String worse = worse(reference, recent);
      if (!worse.isEmpty()) {
        reasons.add("loss");
      }
      why = worse.isEmpty() ? why : why.isEmpty() ? worse : why + "; " + worse;
    }
    LoopState.Tries before = state.tries().orElse(NONE);
    boolean known = before.reasons().containsAll(reasons);
    if (reasons.isEmpty() || (known && size < before.until())) {
      next(state.looked(size));
    } else {
      audit.add(WHO, "REASON", plan.model(), why);
      // All reasons are kept: two that take turns would else be new each time.
      reasons.addAll(before.reasons());
      LoopState.Tries now =
          known ? before : new LoopState.Tries(0, size, reasons.stream().distinct().toList());
      next(state.because(why, size).trying(Optional.of(now)));
    }
  }

  /** After a challenger that came to nothing: back to the watch, for twice as long as before. */
  private void again() {
    LoopState.Tries before = state.tries().orElse(NONE);
    long size = feed.size();
    int doubled = Math.min(before.refused(), MOST_DOUBLED);
    long wait = Math.min(Math.max(plan.window(), plan.look()), (long) plan.look() << doubled);
    next(
        state
            .watching(state.champion(), state.referenceFrom(), state.referenceTo(), size)
            .trying(
                Optional.of(
                    new LoopState.Tries(before.refused() + 1, size + wait, before.reasons()))));
  }

  /** Whether the champion's loss has grown by more than chance. */
  private String worse(Table reference, Table recent) {
    try (Predictor<Table, Object> champion = open(state.champion())) {
      int most = Math.min(reference.rows(), plan.holdout());
      double[] then =
          known(
              Duel.losses(
                      champion, reference.slice(reference.rows() - most, reference.rows()), plan)
                  .loss());
      double[] now = known(Duel.losses(champion, recent, plan).loss());
      if (then.length < LEAST_KNOWN || now.length < LEAST_KNOWN) {
        return "";
      }
      double gap = mean(now) - mean(then);
      double error = Math.sqrt(variance(then) / then.length + variance(now) / now.length);
      return gap > TWO_SIDED * error && gap > 0.1 * mean(then)
          ? String.format(Locale.ROOT, "loss has grown from %.4g to %.4g", mean(then), mean(now))
          : "";
    }
  }

  private static double[] known(double[] values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum()
        / Math.max(1, values.length - 1);
  }

  private Predictor<Table, Object> open(int number) {
    return millwright.open(ModelSource.stored(store, plan.model() + ":" + number));
  }

  private long trainedFrom(long at) {
    return Math.max(0, at - plan.holdout() - plan.window());
  }

  private void train() throws InterruptedException {
    long at = feed.size();
    String note = "relearn: trained on rows " + trainedFrom(at) + " to " + (at - plan.holdout());
    Table rows = feed.rows(trainedFrom(at), Math.max(0, at - plan.holdout()));
    Trained<Table, ?> challenger;
    try {
      Job<? extends Trained<Table, ?>> job = trainer.apply(rows);
      try {
        challenger = job.await();
      } catch (InterruptedException e) {
        job.cancel();
        throw e;
      }
    } catch (MillwrightException e) {
      audit.add(WHO, "TRAINING_FAILED", plan.model(), String.valueOf(e.getMessage()));
      again();
      return;
    }
    Path bundle = file.resolveSibling(plan.model() + "-challenger.mwb");
    challenger.saveTo(bundle);
    ModelStore.Version stored = store.put(plan.model(), bundle, ModelStore.Note.by(WHO, note));
    audit.add(
        WHO,
        "TRAINED",
        plan.model(),
        "version " + stored.number() + ", " + note + ", model " + stored.digest());
    // A change is seen at once, so the first challenger learns mostly from rows of before.
    OptionalLong again =
        state.reason().orElse("").equals(AGAIN)
            ? OptionalLong.empty()
            : OptionalLong.of(at + plan.window() + plan.holdout());
    next(state.trained(stored.number(), at, again));
  }

  private DuelResult duel(int challenger, long from, long to) {
    try (Predictor<Table, Object> old = open(state.champion());
        Predictor<Table, Object> fresh = open(challenger)) {
      return Duel.of(old, fresh, feed.rows(from, to), plan);
    }
  }

  private void judge() {
    int challenger = state.challenger().getAsInt();
    DuelResult verdict =
        duel(challenger, Math.max(0, state.since() - plan.holdout()), state.since());
    if (verdict.passed()) {
      audit.add(WHO, "JUDGED", plan.model(), said(challenger, verdict));
      next(state.to(LoopState.Phase.SHADOW, state.since()));
    } else {
      refuse(challenger, verdict);
    }
  }

  private static String said(int version, DuelResult verdict) {
    return "version " + version + ": " + String.join("; ", verdict.reasons());
  }

  private void refuse(int challenger, DuelResult verdict) {
    audit.add(WHO, "REFUSED_CHALLENGER", plan.model(), said(challenger, verdict));
    again();
  }

  private void shadow() {
    long size = feed.size();
    if (size - state.since() < plan.shadow()) {
      return;
    }
    int challenger = state.challenger().getAsInt();
    DuelResult verdict = duel(challenger, state.since(), size);
    if (!verdict.passed()) {
      refuse(challenger, verdict);
      return;
    }
    audit.add(WHO, "PROMOTING", plan.model(), said(challenger, verdict));
    store.promote(
        plan.alias(),
        plan.model() + ":" + challenger,
        ModelStore.Note.by(WHO, state.reason().orElse("")));
    audit.add(
        WHO, "PROMOTED", plan.model(), plan.alias() + " is version " + challenger + " from now on");
    next(
        state.promoted(
            challenger, state.champion(), trainedFrom(state.since()), state.since(), size));
  }

  private void probation() {
    long size = feed.size();
    if (size - state.since() < plan.probation()) {
      return;
    }
    int previous = state.previous().getAsInt();
    Table rows = feed.rows(state.since(), size);
    double[] gap;
    Duel.Silence silence;
    try (Predictor<Table, Object> now = open(state.champion());
        Predictor<Table, Object> before = open(previous)) {
      Duel.Losses fresh = Duel.losses(now, rows, plan);
      Duel.Losses old = Duel.losses(before, rows, plan);
      gap = new double[fresh.loss().length];
      Arrays.setAll(gap, i -> fresh.loss()[i] - old.loss()[i]);
      silence = Duel.Silence.of(fresh, old);
    }
    double[] known = known(gap);
    double mean = mean(known);
    double error = Math.sqrt(variance(known) / Math.max(1, known.length));
    if (silence.moreThan(plan.gate().margin() * rows.rows())) {
      rollBack(
          size,
          previous,
          String.format(
              Locale.ROOT,
              "version %d leaves %d of %d rows without an answer that %d answers",
              state.champion(),
              silence.more(),
              rows.rows(),
              previous));
    } else if (known.length < LEAST_KNOWN) {
      return; // truths are still to come
    } else if (mean > 1.645 * error) {
      rollBack(
          size,
          previous,
          String.format(
              Locale.ROOT,
              "version %d does worse than %d by %.4g ± %.2g on %d rows",
              state.champion(),
              previous,
              mean,
              error,
              known.length));
    } else {
      audit.add(
          WHO,
          "KEPT",
          plan.model(),
          "version " + state.champion() + " has passed its probation of " + known.length + " rows");
      next(
          state.watching(
              state.champion(), Math.max(state.referenceFrom(), size - plan.window()), size, size));
    }
  }

  private void rollBack(long size, int previous, String why) {
    store.promote(
        plan.alias(),
        plan.model() + ":" + previous,
        ModelStore.Note.by(WHO, "version " + state.champion() + " does worse"));
    audit.add(
        WHO,
        "ROLLED_BACK",
        plan.model(),
        why + "; " + plan.alias() + " is version " + previous + " again");
    next(state.watching(previous, Math.max(0, size - plan.window()), size, size));
  }

  private void next(LoopState to) {
    state = to;
    save();
  }

  private void save() {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.write(part, Json.write(state, LoopState.class));
      Moves.replace(part, file);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private MillwrightException failed(IOException e) {
    return new MillwrightException(
        ErrorCode.IO_FAILED,
        "the state of the loop in "
            + file
            + " cannot be kept: "
            + e
            + "\nMaybe the disk is full, or the user has no right to the folder",
        e);
  }

  /**
   * The versions that the loop put into the store.
   *
   * @return their numbers
   */
  public List<Integer> challengers() {
    return store.list().stream()
        .filter(v -> v.model().equals(plan.model()) && v.note().actor().equals(WHO))
        .map(ModelStore.Version::number)
        .toList();
  }
}
