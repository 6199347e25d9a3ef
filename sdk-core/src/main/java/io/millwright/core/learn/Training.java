package io.millwright.core.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Progress;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.LearningCurve;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Target;
import io.millwright.api.spi.Jobs;
import io.millwright.core.bundle.Model;
import io.millwright.core.network.KeyedRandom;
import io.millwright.core.network.KeyedRandom.Purpose;
import io.millwright.core.network.Losses;
import io.millwright.core.network.NetworkPlan;
import io.millwright.core.network.Runtimes;
import io.millwright.core.network.TrainingSession;
import io.millwright.core.prepare.CleaningReport;
import io.millwright.core.prepare.FittedPreparation;
import io.millwright.core.prepare.Notes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One training from samples to a model: prepare, divide, fit every member, judge, calibrate. Members are fitted side by side where the host's executor has threads to
 * spare; which thread fits which member makes no difference to the result.
 */
final class Training {

  /** What a training needs from its surroundings. */
  record Setting(Runtimes runtimes, Jobs jobs, Assembly assembly, Optional<Checkpoints> checkpoints, boolean resume) {}

  /** Makes a usable result out of a model. */
  interface Result<R> {
    R of(Model model);
  }

  private final Setting setting;
  private final Recipe<?, ?> recipe;
  private final Encoded encoded;
  private final Learning learning;
  private final List<Parts.Fold> folds;
  private final List<Member> members = new ArrayList<>();

  private FittedPreparation preparation;
  private NetworkPlan plan;
  private Loss loss;
  private Scaling scaling;
  private Dataset data;
  private int[] originalItems;

  Training(Setting setting, Recipe<?, ?> recipe, Encoded encoded) {
    this.setting = setting;
    this.recipe = recipe;
    this.encoded = encoded;
    this.learning = recipe.learning();
    this.folds = Parts.of(recipe.split(), encoded.groups(), sampleClasses(), learning.patience() > 0, learning.key());
  }

  /** Runs the training under the control of a job. */
  <R> R run(Jobs.Control<R> control, Result<R> result) {
    prepare();
    control.checkpoint();
    fit(control, result);
    List<Member> usable = members.stream().filter(m -> m.state.bestEpoch() > 0).toList();
    if (usable.isEmpty()) {
      throw new MillwrightException(ErrorCode.JOB_CANCELLED, "the training was stopped before its first epoch ended");
    }
    return result.of(assemble(usable));
  }

  private List<Integer> sampleClasses() {
    if (encoded.classes().isEmpty()) {
      return List.of();
    }
    List<Integer> classes = new ArrayList<>();
    for (int i = 0; i < encoded.originals(); i++) {
      double last = Double.NaN;
      for (double label : encoded.labels().get(i)) {
        last = Double.isNaN(label) ? last : label;
      }
      classes.add(Double.isNaN(last) ? -1 : (int) last);
    }
    return classes;
  }

  // Preparation: fitted to what the training may see. With folds every sample is learnt from by some member, so all readings count; the answers never do.

  private void prepare() {
    boolean[] seen = new boolean[encoded.originals()];
    Arrays.fill(seen, true);
    if (recipe.split().folds() == 1) {
      for (int i = 0; i < seen.length; i++) {
        seen[i] = !folds.get(0).judged()[i];
      }
    }
    List<Integer> fitted = new ArrayList<>();
    for (int i = 0; i < encoded.tables().size(); i++) {
      if (seen[encoded.sample()[i]]) {
        fitted.add(i);
      }
    }
    FittedPreparation.Fit fit =
        FittedPreparation.fit(recipe.preparation(), encoded.schema(), fitted.stream().map(encoded.tables()::get).toList());
    preparation = fit.preparation();
    loss = learning.loss().orElse(recipe.binding().target() instanceof Target.Category ? Loss.crossEntropy() : Loss.mse());
    boolean category = recipe.binding().target() instanceof Target.Category;
    if (category != loss instanceof Loss.CrossEntropy) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the loss is " + loss + ", but the target is " + (category ? "a category" : "a quantity") + "\nMaybe leave the loss out: the target has its own");
    }
    plan = NetworkPlan.of(recipe.network(), preparation.shape(), Losses.outputs(loss, encoded.classes().size()), Initialisation.AUTOMATIC);
    boolean[][] skip = leftOut(fit.report(), fitted);
    scaling = Scaling.of(recipe.binding().target(), encoded, seen);
    lay(skip);
    plan();
  }

  private boolean[][] leftOut(CleaningReport report, List<Integer> fitted) {
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

  /** Lays the prepared rows of all sequences out one after the other, and lists the items among them. */
  private void lay(boolean[][] skip) {
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
    data =
        new Dataset(
            preparation.shape(), rows, Arrays.copyOf(row, items), Arrays.copyOf(start, items), Arrays.copyOf(target, items), Arrays.copyOf(sample, items));
    originalItems = new int[originals];
    Arrays.setAll(originalItems, i -> i);
  }

  private void plan() {
    for (int f = 0; f < folds.size(); f++) {
      Parts.Fold fold = folds.get(f);
      int[] learnt = data.itemsOf(fold.learnt());
      int[] validation = data.itemsOf(fold.validation());
      int[] judged = Arrays.stream(data.itemsOf(fold.judged())).filter(i -> i < originalItems.length).toArray();
      if (learnt.length == 0 || judged.length == 0 || (learning.patience() > 0 && validation.length == 0)) {
        throw new MillwrightException(
            ErrorCode.TOO_FEW_DATA,
            "part " + (f + 1) + " of " + folds.size() + " has " + learnt.length + " labelled rows to learn from, " + validation.length + " to stop by and "
                + judged.length + " to be judged on\nMaybe give more labelled samples, or use fewer folds");
      }
      float[] weights = weights(learnt);
      for (int m = 0; m < learning.members(); m++) {
        int number = members.size() + 1;
        int of = folds.size() * learning.members();
        long key = KeyedRandom.of(learning.key(), Purpose.OTHER, f, m).nextLong();
        Fitting fitting =
            new Fitting(
                "member " + number + " of " + of,
                key,
                learning,
                preparation.augment(),
                plan,
                new Losses(loss, plan.outputs()),
                data,
                learnt,
                validation,
                weights);
        members.add(new Member(f, fitting, fitting.begin(), judged));
      }
    }
  }

  /** How much each item counts, by the classes of those that are learnt from. */
  private float[] weights(int[] learnt) {
    float[] weights = new float[data.size()];
    Arrays.fill(weights, 1);
    if (encoded.classes().isEmpty() || learning.classWeights() == Learning.ClassWeights.NONE) {
      return weights;
    }
    double[] counts = new double[encoded.classes().size()];
    for (int item : learnt) {
      counts[(int) data.target(item)]++;
    }
    for (int i = 0; i < weights.length; i++) {
      double count = Math.max(1, counts[(int) data.target(i)]);
      double balanced = learnt.length / (counts.length * count);
      weights[i] = (float) (learning.classWeights() == Learning.ClassWeights.BALANCED ? balanced : Math.sqrt(balanced));
    }
    return weights;
  }

  // Fitting: this thread and helpers take members until none is left. A helper that gets no thread in time finds nothing to do, so nobody waits for it.

  private <R> void fit(Jobs.Control<R> control, Result<R> result) {
    AtomicInteger next = new AtomicInteger();
    Stopped stopped = control::stopped;
    List<io.millwright.api.Job<Boolean>> helpers = new ArrayList<>();
    int most = Math.min(members.size(), Runtime.getRuntime().availableProcessors());
    AtomicInteger finished = new AtomicInteger();
    Runnable work =
        () -> {
          for (int i = next.getAndIncrement(); i < members.size(); i = next.getAndIncrement()) {
            fit(members.get(i), stopped, control);
            if (finished.incrementAndGet() < members.size() && !control.stopped()) {
              publish(control, result);
            }
          }
        };
    Busy busy = new Busy();
    for (int h = 1; h < most; h++) {
      helpers.add(
          setting
              .jobs()
              .start(
                  "help with a training",
                  Optional.empty(),
                  c -> {
                    if (!busy.enter()) {
                      return false;
                    }
                    try {
                      work.run();
                      return true;
                    } catch (RuntimeException | Error e) {
                      busy.failed(e);
                      next.set(members.size());
                      return false;
                    } finally {
                      busy.leave();
                    }
                  }));
    }
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      next.set(members.size());
      throw e;
    } finally {
      busy.close();
    }
    busy.rethrow();
  }

  private void fit(Member member, Stopped stopped, Jobs.Control<?> control) {
    String file = member.fitting.name().replace(' ', '-');
    if (setting.resume()) {
      setting.checkpoints().ifPresent(c -> c.load(file, member.state));
    }
    try (TrainingSession session = setting.runtimes().train(plan, loss)) {
      if (!member.state.finished(learning)) {
        member.fitting.run(
            member.state,
            session,
            stopped,
            state -> {
              member.epochs = state.epochs();
              boolean done = state.finished(learning);
              if (done || state.epochs() % learning.checkpointEvery() == 0) {
                setting.checkpoints().ifPresent(c -> c.save(file, state));
              }
              report(control, member);
            });
      }
      member.epochs = learning.epochs();
      if (member.state.bestEpoch() > 0) {
        member.judgedOutputs = member.fitting.outputs(member.state.best(), session, member.judged);
      }
    }
  }

  private void report(Jobs.Control<?> control, Member member) {
    double done = members.stream().mapToDouble(m -> (double) m.epochs / learning.epochs()).sum() / members.size();
    Duration elapsed = control.elapsed();
    Map<String, Double> figures = new LinkedHashMap<>();
    LearningCurve.Epoch last = member.state.course().get(member.state.epochs() - 1);
    figures.put("loss", last.trainingLoss());
    if (!Double.isNaN(last.validationLoss())) {
      figures.put("validation loss", last.validationLoss());
    }
    figures.put("epoch", (double) last.number());
    Optional<Duration> left = done > 0.01 ? Optional.of(Duration.ofMillis((long) (elapsed.toMillis() * (1 - done) / done))) : Optional.empty();
    control.report(new Progress(member.fitting.name(), OptionalDouble.of(Math.min(1, done)), elapsed, left, figures));
  }

  private synchronized <R> void publish(Jobs.Control<R> control, Result<R> result) {
    List<Member> done = members.stream().filter(m -> m.judgedOutputs != null && m.state.finished(learning)).toList();
    if (!done.isEmpty()) {
      control.best(result.of(assemble(done)));
    }
  }

  private Model assemble(List<Member> usable) {
    List<Member> judging = usable.stream().filter(m -> m.judgedOutputs != null).toList();
    return setting.assembly().model(recipe, encoded, preparation, plan, loss, scaling, usable, judging(judging), protocol());
  }

  private String protocol() {
    String by =
        switch (recipe.split().by()) {
          case GROUP -> "by group";
          case TIME -> "by time";
          case ROW -> "by row";
        };
    return recipe.split().folds() > 1
        ? recipe.split().folds() + " folds " + by + ", each judged by the members that did not see it"
        : "a hold-out of " + Math.round(100 * recipe.split().judged()) + " % " + by;
  }

  /** Joins what the members of each fold said of the items held out from them. */
  private Judged judging(List<Member> judges) {
    Map<Integer, List<Member>> byFold = new LinkedHashMap<>();
    judges.forEach(m -> byFold.computeIfAbsent(m.fold, k -> new ArrayList<>()).add(m));
    List<Judged> parts = new ArrayList<>();
    byFold.forEach((fold, of) -> parts.add(judged(of)));
    return Judging.join(parts);
  }

  private Judged judged(List<Member> of) {
    int[] items = of.get(0).judged;
    double[] truth = new double[items.length];
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < items.length; i++) {
      truth[i] = encoded.classes().isEmpty() ? scaling.unscale(data.target(items[i])) : data.target(items[i]);
      groups.add(recipe.split().by() == Split.By.GROUP ? encoded.groups().get(data.sample(items[i])) : Integer.toString(items[i]));
    }
    return Judging.of(truth, of.stream().map(m -> m.judgedOutputs).toList(), plan.outputs(), loss, scaling, groups);
  }

  /** One network of the ensemble. */
  static final class Member {
    final int fold;
    final Fitting fitting;
    final FittingState state;
    final int[] judged;
    volatile int epochs;
    volatile float[] judgedOutputs;

    Member(int fold, Fitting fitting, FittingState state, int[] judged) {
      this.fold = fold;
      this.fitting = fitting;
      this.state = state;
      this.judged = judged;
    }

    LearningCurve curve() {
      return new LearningCurve(fitting.name(), state.course(), state.bestEpoch());
    }
  }
}
