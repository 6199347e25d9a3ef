package io.millwright.core.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Progress;
import io.millwright.api.head.FittedHead;
import io.millwright.api.head.HeldOut;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.LearningCurve;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Step;
import io.millwright.api.spi.Jobs;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.bundle.RecipeData;
import io.millwright.runtime.network.Losses;
import io.millwright.runtime.network.Runtimes;
import io.millwright.runtime.network.Slice;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.Views;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * One training from samples to a model: prepare, divide, fit every member, judge, calibrate. Which
 * thread fits which member makes no difference to the result.
 */
final class Training<I, L, V> {

  /**
   * What a training needs from its surroundings.
   *
   * @param checkpoints where states are kept, or empty
   * @param resume whether to take states up that are there
   */
  record Setting(
      Runtimes runtimes,
      Jobs jobs,
      Assembly assembly,
      Optional<Checkpoints> checkpoints,
      boolean resume) {}

  /** Makes what the job yields out of a model. */
  @FunctionalInterface
  interface Result<R> {
    R of(Model model);
  }

  private static final int WARM = 2;
  private static final int TIMED = 4;

  private final Setting setting;
  private final Recipe<I, L, V> recipe;
  private final Optional<Parent> parent;
  private final Encoded<L> encoded;
  private final Learning learning;
  private final List<Parts.Fold> folds;

  Training(Setting setting, Recipe<I, L, V> recipe, Optional<Parent> parent, Encoded<L> encoded) {
    this(
        setting,
        recipe,
        parent,
        encoded,
        Parts.of(
            recipe.split(),
            encoded.groups(),
            encoded.sampleStrata(),
            recipe.learning().patience() > 0,
            recipe.learning().key()));
  }

  private Training(
      Setting setting,
      Recipe<I, L, V> recipe,
      Optional<Parent> parent,
      Encoded<L> encoded,
      List<Parts.Fold> folds) {
    this.setting = setting;
    this.recipe = recipe;
    this.parent = parent;
    this.encoded = encoded;
    this.learning = recipe.learning();
    this.folds = folds;
  }

  /**
   * The same on all samples, none of which judges or stops: for what was judged already. It keeps
   * no checkpoints.
   */
  Training<I, L, V> whole() {
    return new Training<>(
        new Setting(
            setting.runtimes(), setting.jobs(), setting.assembly(), Optional.empty(), false),
        recipe,
        parent,
        encoded,
        List.of(Parts.whole(encoded.groups().size())));
  }

  /** Runs the training under the control of a job. */
  <R> R run(Jobs.Control<R> control, Result<R> result) {
    Prepared<L, V> prepared = prepare(control::checkpoint);
    control.checkpoint();
    List<Member> members = members(prepared);
    Crew.work(
        setting.jobs(),
        members,
        member -> {
          fit(prepared, member, members, control);
          publish(prepared, members, control, result);
        });
    List<Member> usable = members.stream().filter(Member::usable).toList();
    if (usable.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.JOB_CANCELLED, "the training was stopped before its first epoch ended");
    }
    return result.of(assemble(prepared, usable));
  }

  /** The samples as networks see them. */
  Prepared<L, V> prepare(Runnable pulse) {
    return Prepared.of(recipe, parent, encoded, folds, Optional.empty(), pulse);
  }

  /** The same with the head of what was judged, so that its calibration holds. */
  Prepared<L, V> prepare(FittedHead<L, V> head, Runnable pulse) {
    return Prepared.of(recipe, parent, encoded, folds, Optional.of(head), pulse);
  }

  /** The key of what is drawn. */
  long key() {
    return learning.key();
  }

  /** Does some work on several threads. */
  <M> void work(List<M> parts, Consumer<M> each) {
    Crew.work(setting.jobs(), parts, each);
  }

  List<Parts.Fold> folds() {
    return folds;
  }

  /**
   * How long fitting members will take on this machine as it is now, by the time of a few steps.
   */
  Duration foresee(Prepared<L, V> prepared, List<Member> members) {
    int batch = Math.min(learning.batch(), Math.max(1, members.get(0).fitting().items()));
    int size = prepared.plan().input().size();
    float[] weights = new float[batch];
    Arrays.fill(weights, 1);
    Weights gradients = Weights.zero(prepared.plan().weights());
    long nanos = 0;
    try (TrainingSession session =
        setting.runtimes().train(prepared.plan(), prepared.objective())) {
      session.load(members.get(0).state().weights());
      TrainingSession.Batch zeros =
          new TrainingSession.Batch(
              new float[batch * size],
              new float[batch * prepared.data().targetWidth()],
              weights,
              batch);
      for (int i = 0; i < WARM + TIMED; i++) {
        long begin = System.nanoTime();
        session.gradients(zeros, (layer, n, rate) -> ones(n), gradients);
        nanos += i < WARM ? 0 : System.nanoTime() - begin;
      }
    }
    long steps = 0;
    for (Member member : members) {
      steps += (long) learning.epochs() * ((member.fitting().items() + batch - 1) / batch);
    }
    int threads = Math.min(members.size(), Runtime.getRuntime().availableProcessors());
    return Duration.ofNanos(nanos / TIMED * steps / threads);
  }

  private static float[] ones(int size) {
    float[] ones = new float[size];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Fits some of the members. */
  void fit(Prepared<L, V> prepared, List<Member> some, List<Member> all, Jobs.Control<?> control) {
    Crew.work(setting.jobs(), some, member -> fit(prepared, member, all, control));
  }

  /** Makes a model of voices that agree on how samples are prepared and held out. */
  Model assemble(
      Prepared<L, V> prepared,
      List<Voice> voices,
      HeldOut heldOut,
      Map<String, double[][]> beside,
      RecipeData.ChoiceData choice,
      String chosen) {
    return setting
        .assembly()
        .model(
            recipe,
            parent,
            encoded,
            prepared,
            voices,
            heldOut,
            beside,
            Optional.of(choice),
            protocol() + "; " + chosen);
  }

  /** The networks to fit: for every fold as many as the options ask for. */
  List<Member> members(Prepared<L, V> prepared) {
    return members(prepared, prepared.data(), prepared.objective(), this::begin);
  }

  /**
   * The same with a beginning, targets and a loss of their own.
   *
   * @param items the items of the prepared data set, with the targets of the loss
   * @param begin where the weights of a member begin, by its number
   */
  List<Member> members(
      Prepared<L, V> prepared,
      Items items,
      Losses losses,
      IntFunction<Optional<Fitting.Begin>> begin) {
    Dataset data = prepared.data();
    List<Member> members = new ArrayList<>();
    int total = folds.size() * learning.members();
    boolean whole = !folds.get(0).anyJudged();
    for (int f = 0; f < folds.size(); f++) {
      int[] learnt = learnable(data, data.itemsOf(folds.get(f).learnt()));
      int[] validation = learnable(data, data.itemsOf(folds.get(f).validation()));
      int[] judged =
          Arrays.stream(data.itemsOf(folds.get(f).judged()))
              .filter(i -> i < prepared.originals())
              .toArray();
      if (learnt.length == 0
          || (judged.length == 0 && !whole)
          || (learning.patience() > 0 && validation.length == 0)) {
        throw new MillwrightException(
            ErrorCode.TOO_FEW_DATA,
            "part "
                + (f + 1)
                + " of "
                + folds.size()
                + " has "
                + learnt.length
                + " labelled rows to learn from, "
                + validation.length
                + " to stop by and "
                + judged.length
                + " to be judged on\nMaybe give more labelled samples, or use fewer folds");
      }
      float[] weights = weights(prepared, learnt);
      SampleVariation variation =
          SampleVariation.of(recipe.variation(), prepared.plan().inputs().get(0));
      for (int m = 0; m < learning.members(); m++) {
        Fitting fitting =
            new Fitting(
                "member " + (members.size() + 1) + " of " + total,
                KeyedRandom.of(learning.key(), Purpose.OTHER, f, m).nextLong(),
                learning,
                variation,
                prepared.plan(),
                begin.apply(members.size()),
                losses,
                items,
                learnt,
                validation,
                weights);
        members.add(new Member(fitting, judged));
      }
    }
    return members;
  }

  /** Where the weights of a member begin, when not where they are drawn. */
  private Optional<Fitting.Begin> begin(int member) {
    return parent.map(
        p -> new Fitting.Begin(p.frozenArrays(), weights -> p.begin(weights, member), w -> {}));
  }

  /** How much each item counts, by the classes of those that are learnt from. */
  private float[] weights(Prepared<L, V> prepared, int[] learnt) {
    Dataset data = prepared.data();
    float[] weights = new float[data.size()];
    Arrays.fill(weights, 1);
    int kinds = prepared.head().strata();
    if (kinds == 0 || learning.classWeights() == Learning.ClassWeights.NONE) {
      return weights;
    }
    int[] kind = new int[data.size()];
    float[] target = new float[data.targetWidth()];
    for (int i = 0; i < kind.length; i++) {
      data.targets(new int[] {i}, 1, target);
      kind[i] = prepared.head().stratum(target, 0);
    }
    double[] counts = new double[kinds];
    for (int item : learnt) {
      if (kind[item] >= 0) {
        counts[kind[item]]++;
      }
    }
    for (int i = 0; i < weights.length; i++) {
      if (kind[i] < 0) {
        continue;
      }
      double balanced = learnt.length / (counts.length * Math.max(1, counts[kind[i]]));
      weights[i] =
          (float)
              (learning.classWeights() == Learning.ClassWeights.BALANCED
                  ? balanced
                  : Math.sqrt(balanced));
    }
    return weights;
  }

  private static int[] learnable(Dataset data, int[] items) {
    return Arrays.stream(items).filter(data::isLearnable).toArray();
  }

  private void fit(
      Prepared<L, V> prepared, Member member, List<Member> all, Jobs.Control<?> control) {
    String file = member.fitting().name().replace(' ', '-');
    if (setting.resume()) {
      setting.checkpoints().ifPresent(c -> c.load(file, member.state()));
    }
    if (control.stopped() && !member.usable()) {
      return;
    }
    try (TrainingSession session =
        setting.runtimes().train(prepared.plan(), member.fitting().losses())) {
      member
          .fitting()
          .run(
              member.state(),
              session,
              control::stopped,
              state -> {
                member.epochs(state.epochs());
                if (state.finished(learning) || state.epochs() % learning.checkpointEvery() == 0) {
                  setting.checkpoints().ifPresent(c -> c.save(file, state));
                }
                report(all, control, member);
              });
      member.epochs(learning.epochs());
      if (member.usable()) {
        Views views = prepared.preparation().views();
        member.judgedOutputs(
            member.fitting().outputs(member.weights(), session, member.judged(), views));
      }
    }
  }

  private void report(List<Member> all, Jobs.Control<?> control, Member member) {
    double done =
        all.stream().mapToDouble(m -> (double) m.epochs() / learning.epochs()).sum() / all.size();
    Duration elapsed = control.elapsed();
    LearningCurve.Epoch last = member.state().course().get(member.state().epochs() - 1);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("epoch", (double) last.number());
    figures.put("loss", last.trainingLoss());
    if (!Double.isNaN(last.validationLoss())) {
      figures.put("validation loss", last.validationLoss());
    }
    Optional<Duration> left =
        done > 0.01
            ? Optional.of(Duration.ofMillis((long) (elapsed.toMillis() * (1 - done) / done)))
            : Optional.empty();
    control.report(
        new Progress(
            member.fitting().name(), OptionalDouble.of(Math.min(1, done)), elapsed, left, figures));
  }

  /**
   * Keeps the model of the members that have ended as the best so far; the last one makes the
   * result itself.
   */
  private synchronized <R> void publish(
      Prepared<L, V> prepared, List<Member> members, Jobs.Control<R> control, Result<R> result) {
    List<Member> ended =
        members.stream()
            .filter(m -> m.judgedOutputs() != null && m.state().finished(learning))
            .toList();
    if (!ended.isEmpty() && ended.size() < members.size()) {
      control.best(result.of(assemble(prepared, ended)));
    }
  }

  private Model assemble(Prepared<L, V> prepared, List<Member> usable) {
    List<Member> judges = usable.stream().filter(m -> m.judgedOutputs() != null).toList();
    int[] items = judges.stream().flatMapToInt(m -> Arrays.stream(m.judged())).distinct().toArray();
    Model model =
        setting
            .assembly()
            .model(
                recipe,
                parent,
                encoded,
                prepared,
                List.of(Voice.of("network", recipe.network(), prepared.plan(), usable)),
                heldOut(prepared, judges, items),
                formula(prepared, items),
                Optional.empty(),
                protocol());
    int fewest = usable.stream().mapToInt(m -> m.fitting().items()).min().orElse(1);
    return learning
        .privacy()
        .map(p -> PrivateSteps.promise(learning, p, usable.size(), fewest))
        .map(said -> model.with(Map.of("privacy", said)))
        .orElse(model);
  }

  /** Joins what members say of the items held out from them: the mean over those that judge it. */
  private HeldOut heldOut(Prepared<L, V> prepared, List<Member> judges, int[] items) {
    int[] place = new int[prepared.data().size()];
    for (int i = 0; i < items.length; i++) {
      place[items[i]] = i;
    }
    int[] voices = new int[items.length];
    for (Member judge : judges) {
      for (int item : judge.judged()) {
        voices[place[item]]++;
      }
    }
    int width = prepared.plan().outputs();
    double[][] said = new double[items.length][width];
    for (Member judge : judges) {
      float[] outputs = Objects.requireNonNull(judge.judgedOutputs());
      for (int i = 0; i < judge.judged().length; i++) {
        int row = place[judge.judged()[i]];
        prepared.head().say(outputs, i * width, said[row], 0, 1.0 / voices[row]);
      }
    }
    return heldOut(prepared, items, said);
  }

  /** What was said of items beside their truth, and the group in which errors hang together. */
  HeldOut heldOut(Prepared<L, V> prepared, int[] items, double[][] said) {
    float[][] targets = new float[items.length][prepared.data().targetWidth()];
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < items.length; i++) {
      prepared.data().targets(new int[] {items[i]}, 1, targets[i]);
      groups.add(
          recipe.split().by() == Split.By.GROUP
              ? encoded.groups().get(prepared.data().sample(items[i]))
              : Integer.toString(items[i]));
    }
    return new HeldOut(said, targets, groups);
  }

  /** What the formula that a network corrects says of items by itself; empty without one. */
  Map<String, double[][]> formula(Prepared<L, V> prepared, int[] items) {
    for (Slice slice : prepared.plan().inputs()) {
      if (slice.name().equals(Step.Base.INPUT)) {
        double[][] said = new double[items.length][prepared.plan().outputs()];
        float[] input = new float[prepared.plan().input().size()];
        for (int i = 0; i < items.length; i++) {
          prepared.data().input(items[i], input, 0);
          Arrays.fill(said[i], input[slice.offset()]);
        }
        return Map.of("the formula alone", said);
      }
    }
    return Map.of();
  }

  private String protocol() {
    String by =
        switch (recipe.split().by()) {
          case GROUP -> "by group";
          case TIME -> "by time";
          case ROW -> "by row";
        };
    int rounds = recipe.split().rounds();
    return recipe.split().folds() > 1
        ? (rounds > 1 ? rounds + " rounds of " : "")
            + recipe.split().folds()
            + " folds "
            + by
            + ", each judged by the members that did not see it"
        : "a hold-out of " + Math.round(100 * recipe.split().judged()) + " % " + by;
  }
}
