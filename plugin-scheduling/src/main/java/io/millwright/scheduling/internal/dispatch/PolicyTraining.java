package io.millwright.scheduling.internal.dispatch;

import io.millwright.api.Budget;
import io.millwright.api.Evaluation;
import io.millwright.api.Progress;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Schedule;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.Stepper;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import io.millwright.scheduling.DispatchGoal;
import io.millwright.scheduling.DispatchMethod;
import io.millwright.scheduling.DispatchModel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Trains a policy in rounds: shops are drawn, the policy of the moment runs on each several times,
 * and a fixed number of steps is made on what the runs say. What is drawn belongs to the round, so
 * that a training that goes on from a checkpoint is the one that was never stopped. Every few
 * rounds the policy is judged on shops that it never practises on, and the best is kept.
 */
final class PolicyTraining {

  /** The steps of one round, so that steps tell rounds. */
  private static final int STEPS = 8;

  private static final int SHOPS = 16;
  private static final int JUDGED_EVERY = 10;
  private static final int WIDTH = 32;

  /** A teacher shows the first rounds, where there is one. */
  private static final int TAUGHT = 25;

  private final Practice practice;
  private final DispatchMethod method;
  private final long key;
  private final Budget budget;
  private final Jobs.Control<DispatchModel> control;
  private final Traits traits;
  private final Choices all;
  private final Choices batch;

  PolicyTraining(
      DispatchGoal goal,
      DispatchMethod method,
      long key,
      Budget budget,
      Jobs.Control<DispatchModel> control) {
    this.practice = new Practice(goal);
    this.method = method;
    this.key = key;
    this.budget = budget;
    this.control = control;
    this.traits = practice.traits();
    this.all = new Choices(traits.size());
    this.batch = new Choices(traits.size());
  }

  /** The best network and how it was judged. */
  record Learnt(FittedNetwork network, Evaluation evaluation, int rounds) {}

  /** The network that scores a candidate. */
  static Network network() {
    return Networks.mlp(Activation.SILU, WIDTH, WIDTH);
  }

  Learning learning(Learning from) {
    Learning learning = from.clipNorm(1).averaging(0.99).key(key);
    if (budget.iterations().isEmpty()) {
      return learning;
    }
    int steps = (int) Math.min(100_000_000, budget.iterations().getAsLong() * STEPS);
    return learning.epochs(steps).schedule(new Schedule.WarmUpCosine(0.01));
  }

  /** How many runs on each shop. */
  int runs() {
    return method == DispatchMethod.POLICY_GRADIENT ? 16 : 32;
  }

  Learnt run(Composer composer, Learning learning) {
    List<Episode> judged = practice.judged();
    Map<String, Map<String, Double>> rules = new LinkedHashMap<>();
    for (LiveRules.Named rule : practice.rules()) {
      control.checkpoint();
      rules.put(rule.name(), Map.of(figure(), mean(judged, rule.chooser())));
    }
    FittedNetwork best = null;
    double least = Double.POSITIVE_INFINITY;
    long rounds = budget.iterations().orElse(Long.MAX_VALUE);
    try (Stepper stepper =
        composer.stepper(network(), new ChoiceLoss(), learning, traits.size(), 1)) {
      while (true) {
        int round = stepper.steps() / STEPS;
        boolean over = round >= rounds || outOfTime();
        if (best == null || over || round % JUDGED_EVERY == 0) {
          FittedNetwork now = stepper.network();
          double value = mean(judged, new NetworkChooser(now, traits));
          if (best == null || value < least) {
            best = now;
            least = value;
          }
          report(round, rounds, value, least);
          stepper.save();
        }
        if (over) {
          return new Learnt(best, evaluation(judged.size(), least, rules), round);
        }
        learn(stepper, round);
      }
    }
  }

  private boolean outOfTime() {
    return control.stopped()
        || budget.time().map(t -> control.elapsed().compareTo(t) >= 0).orElse(false);
  }

  private String figure() {
    return practice.goal() == DispatchGoal.MAKESPAN
        ? "makespan by lower bound"
        : "mean weighted tardiness";
  }

  private Evaluation evaluation(int samples, double value, Map<String, Map<String, Double>> rules) {
    return Evaluation.builder()
        .protocol(
            "drawn shops that were not practised on; of all rounds the policy that did best on"
                + " them was kept")
        .samples(samples)
        .figures(Map.of(figure(), value))
        .baselines(rules)
        .build();
  }

  private static double mean(List<Episode> judged, Chooser chooser) {
    return judged.stream().mapToDouble(e -> e.run(chooser)).average().orElseThrow();
  }

  private void report(int round, long rounds, double value, double least) {
    double done =
        rounds < Long.MAX_VALUE
            ? (double) round / rounds
            : (double) control.elapsed().toMillis()
                / budget.time().orElse(Duration.ofDays(1)).toMillis();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("round", (double) round);
    figures.put(figure(), value);
    figures.put("best", least);
    control.report(
        new Progress(
            "policy",
            OptionalDouble.of(Math.min(1, done)),
            control.elapsed(),
            Optional.empty(),
            figures));
  }

  /** One round. */
  private void learn(Stepper stepper, int round) {
    all.clear();
    NetworkChooser chooser = new NetworkChooser(stepper.network(), traits);
    Optional<Chooser> teacher = round < TAUGHT ? practice.teacher() : Optional.empty();
    int useful = 0;
    for (int shop = 0; useful < SHOPS || all.decisions() < STEPS; shop++) {
      KeyedRandom random = KeyedRandom.of(key, Purpose.OTHER, round, shop);
      Episode episode = practice.draw(random);
      if (teacher.isPresent()) {
        Chooser shown = teacher.get();
        episode.run(note(shown, null, 1));
        useful++;
      } else {
        useful += tried(episode, chooser, random) ? 1 : 0;
      }
    }
    int[] order = KeyedRandom.of(key, Purpose.SHUFFLE, round).permutation(all.decisions());
    for (int s = 0; s < STEPS; s++) {
      int from = (int) ((long) order.length * s / STEPS);
      int to = (int) ((long) order.length * (s + 1) / STEPS);
      all.lay(order, from, to, batch);
      stepper.step(batch.inputs(), batch.targets(), batch.weights(), batch.rows());
    }
  }

  /** Runs several times and notes what can be learnt; false when nothing made a difference. */
  private boolean tried(Episode episode, NetworkChooser chooser, KeyedRandom random) {
    int runs = runs();
    double[] cost = new double[runs];
    int[][] choices = new int[runs][];
    int best = 0;
    double sum = 0;
    for (int r = 0; r < runs; r++) {
      if (outOfTime()) {
        return true;
      }
      chooser.drawing(random);
      cost[r] = episode.run(chooser);
      choices[r] = chooser.choices();
      best = cost[r] < cost[best] ? r : best;
      sum += cost[r];
    }
    double mean = sum / runs;
    double squares = 0;
    for (double c : cost) {
      squares += (c - mean) * (c - mean);
    }
    double deviation = Math.sqrt(squares / runs);
    if (deviation <= 1e-9 * Math.abs(mean)) {
      return false;
    }
    if (method == DispatchMethod.SELF_LABELLING) {
      episode.run(note(null, choices[best], 1));
    } else {
      for (int r = 0; r < runs; r++) {
        episode.run(note(null, choices[r], (mean - cost[r]) / deviation));
      }
    }
    return true;
  }

  /** Notes every decision that somebody makes, or that was made, and what it is worth. */
  private Chooser note(@Nullable Chooser by, int @Nullable [] made, double worth) {
    int[] at = {0};
    float[][] room = {new float[32 * traits.size()]};
    return (state, machine, now, slots, count) -> {
      int chosen =
          by != null
              ? by.choose(state, machine, now, slots, count)
              : java.util.Objects.requireNonNull(made)[at[0]++];
      if (room[0].length < count * traits.size()) {
        room[0] = new float[2 * count * traits.size()];
      }
      traits.fill(state, machine, now, slots, count, room[0]);
      all.add(room[0], count);
      all.worth(chosen, worth);
      return chosen;
    };
  }
}
