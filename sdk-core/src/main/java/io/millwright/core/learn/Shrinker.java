package io.millwright.core.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Progress;
import io.millwright.api.data.Table;
import io.millwright.api.head.FittedHead;
import io.millwright.api.head.HeldOut;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.Candidate;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.LearningRule;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.api.spi.Jobs;
import io.millwright.core.shrink.Shrink;
import io.millwright.runtime.bundle.Blend;
import io.millwright.runtime.bundle.Bundles;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.bundle.RecipeData;
import io.millwright.runtime.network.Losses;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.WeightSpec;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.plain.JavaForward;
import io.millwright.runtime.predict.Ensemble;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Makes a smaller model of a model: fits its narrower, sparser or other networks to the same
 * division of samples by which the model was trained, so that what each member judges it has not
 * learnt from, and measures the uncertainty anew.
 */
final class Shrinker {

  /** Weights that learn again should not forget what they know. */
  private static final double SLOWER = 0.3;

  /** How much the teacher counts beside the truth; see docs/experiments/small-models.md. */
  private static final double TAUGHT = 0.5;

  private static final int CHUNK = 512;

  private final DefaultLearningToolkit toolkit;
  private final Shrink how;
  private final Model model;
  private final FittedHead<Object, Object> head;
  private final RecipeData data;
  private final Recipe<Table, Object, Object> recipe;

  /** One of the model's networks with its members. */
  private record Old(Network network, NetworkPlan plan, List<Weights> members, double share) {
    /** The member that stands at a number, or where there are fewer, one of them. */
    Weights member(int number) {
      return members.get(number % members.size());
    }
  }

  Shrinker(
      DefaultLearningToolkit toolkit,
      Shrink how,
      Model model,
      Binding<Table, Object, Object> binding) {
    this.toolkit = toolkit;
    this.how = how;
    this.model = model;
    this.head = model.head().fitted(binding.head());
    this.data =
        model
            .recipe()
            .orElseThrow(
                () ->
                    unsupported(
                        "the model holds no recipe", "only fewer bits help: compress its weights"));
    this.recipe = data.recipe(binding, toolkit.brought()::loss);
  }

  static MillwrightException unsupported(String what, String wayOut) {
    return new MillwrightException(ErrorCode.UNSUPPORTED, what + "\nMaybe " + wayOut);
  }

  private List<Old> olds() {
    List<Old> olds = new ArrayList<>();
    List<NetworkPlan> plans = Bundles.plans(model);
    List<Blend.Voice> voices =
        model.blend().voices().isEmpty()
            ? List.of(new Blend.Voice(model.network(), model.members().size(), 1))
            : model.blend().voices();
    int at = 0;
    for (Blend.Voice voice : voices) {
      List<Weights> members = model.members().subList(at, at + voice.members());
      olds.add(new Old(voice.network(), plans.get(at), members, voice.share()));
      at += voice.members();
    }
    return olds;
  }

  /** The smaller model, from samples of the kind that the model learnt from. */
  Model shrunk(Samples<Table, Object> samples, Jobs.Control<?> control) {
    return how.kind() == Shrink.Kind.STUDENT ? student(samples, control) : pruned(samples, control);
  }

  private Model pruned(Samples<Table, Object> samples, Jobs.Control<?> control) {
    List<Old> olds = olds();
    if (olds.stream().noneMatch(this::prunable)) {
      throw unsupported(
          "the model has no layers that could lose " + (wide() ? "units" : "weights"),
          "store its weights in fewer bits");
    }
    Encoded<Object> encoded = Encoded.of(recipe, samples);
    Prepared<Object, Object> prepared = null;
    List<Voice> voices = new ArrayList<>();
    double[][] before = new double[0][];
    double[][] after = new double[0][];
    int[] items = new int[0];
    Training<Table, Object, Object> last = null;
    Recipe<Table, Object, Object> used = recipe;
    for (Old old : olds) {
      Old begun = prunable(old) ? begun(old) : old;
      Recipe<Table, Object, Object> own =
          recipe.toBuilder().network(begun.network).learning(again(learning(old.network))).build();
      Training<Table, Object, Object> training =
          toolkit.training(own, "shrink", encoded, Optional.empty());
      if (prepared == null || last == null) {
        prepared = Prepared.again(model, head, encoded, control::checkpoint);
        items = judgedItems(training, prepared);
        before = new double[items.length][prepared.plan().outputs()];
        after = new double[items.length][prepared.plan().outputs()];
        used = own;
        last = training;
      }
      int each = own.learning().members();
      Prepared<Object, Object> laid = prepared.with(begun.network);
      add(before, prepared.with(old.network), training, items, old, each);
      List<Weights> fitted = new ArrayList<>();
      Voice voice;
      if (prunable(old)) {
        List<Member> members =
            training.members(
                laid, laid.data(), laid.objective(), m -> Optional.of(start(begun, m)));
        training.fit(laid, members, members, control);
        control.checkpoint();
        members.forEach(m -> fitted.add(pruned(m.weights().copy())));
        voice = Voice.of("pruned", begun.network, laid.plan(), members);
      } else {
        fitted.addAll(old.members);
        voice = new Voice("as it was", old.network, old.plan, old.members, 1, List.of());
      }
      Old now = new Old(begun.network, laid.plan(), fitted, old.share);
      add(after, laid, training, items, now, each);
      voices.add(new Voice(voice.name(), now.network, now.plan, fitted, old.share, voice.curves()));
    }
    return assembled(
        used,
        encoded,
        Objects.requireNonNull(prepared),
        voices,
        Objects.requireNonNull(last),
        items,
        Map.of("as it was", before),
        after);
  }

  private boolean wide() {
    return how.kind() == Shrink.Kind.UNITS;
  }

  private boolean prunable(Old old) {
    if (old.plan.hasTrees()) {
      return false;
    }
    return wide()
        ? new Slimming(old.network, old.plan, how.share()).possible()
        : old.network.layers().size() > 0
            && old.plan.weights().subList(0, hidden(old)).stream().anyMatch(Shrinker::matrix);
  }

  private static int hidden(Old old) {
    return old.plan.arrays(old.network.layers().size());
  }

  private static boolean matrix(WeightSpec spec) {
    return spec.role() == WeightSpec.Role.MATRIX;
  }

  /** Where learning again begins. */
  private Old begun(Old old) {
    if (wide()) {
      Slimming slimming = new Slimming(old.network, old.plan, how.share());
      return new Old(
          slimming.network(),
          old.plan,
          old.members.stream().map(slimming::slim).toList(),
          old.share);
    }
    return new Old(
        old.network, old.plan, old.members.stream().map(w -> thinned(old, w)).toList(), old.share);
  }

  /** The smallest weights of each matrix before the output layer become 0. */
  private Weights thinned(Old old, Weights weights) {
    Weights thin = weights.copy();
    for (int i = 0; i < hidden(old); i++) {
      float[] values = thin.get(i);
      if (!matrix(old.plan.weights().get(i)) || values.length < 2) {
        continue;
      }
      float[] sizes = new float[values.length];
      for (int k = 0; k < sizes.length; k++) {
        sizes[k] = Math.abs(values[k]);
      }
      Arrays.sort(sizes);
      float least = sizes[Math.min(sizes.length - 1, (int) Math.round(how.share() * sizes.length))];
      for (int k = 0; k < values.length; k++) {
        values[k] = Math.abs(values[k]) < least ? 0 : values[k];
      }
    }
    return thin;
  }

  private Fitting.Begin start(Old begun, int number) {
    Weights from = begun.member(number);
    return new Fitting.Begin(
        0,
        w -> w.set(from),
        w -> {
          for (int i = 0; !wide() && i < hidden(begun); i++) {
            float[] zero = from.get(i);
            float[] values = w.get(i);
            for (int k = 0; matrix(begun.plan.weights().get(i)) && k < zero.length; k++) {
              values[k] = zero[k] == 0 ? 0 : values[k];
            }
          }
        });
  }

  /** Weights with zeros on purpose are stored without them. */
  private Weights pruned(Weights weights) {
    return wide() ? weights : weights.asRounded();
  }

  private Model student(Samples<Table, Object> samples, Jobs.Control<?> control) {
    List<Old> olds = olds();
    Old main =
        olds.stream()
            .filter(o -> !o.network.layers().isEmpty())
            .findFirst()
            .orElseThrow(
                () ->
                    unsupported(
                        "the model is linear, smaller than any network", "keep it as it is"));
    if (main.plan.hasTrees() && how.network().isEmpty()) {
      throw unsupported(
          "the model is of trees, of which no smaller network follows", "name a network");
    }
    Network network = how.network().orElseGet(() -> Slimming.halved(main.network));
    Learning learnt = learning(main.network);
    Split split = recipe.split();
    Recipe<Table, Object, Object> own =
        recipe.toBuilder()
            .network(network)
            .learning(
                with(
                        learnt,
                        learnt.rule(),
                        how.epochs().orElse(learnt.epochs() * model.members().size()))
                    .members(1))
            .split(Split.holdOut(0.2).by(split.by()).validation(split.validation()))
            .build();
    Encoded<Object> encoded = Encoded.of(own, samples);
    Training<Table, Object, Object> training =
        toolkit.training(own, "student", encoded, Optional.empty());
    Prepared<Object, Object> prepared =
        Prepared.again(model, head, encoded, control::checkpoint).with(network);
    int outputs = prepared.plan().outputs();
    float[] said = teacher(prepared, control);
    boolean classes = head.loss() instanceof Loss.CrossEntropy || head.loss() instanceof Loss.Focal;
    Items items = new Taught(prepared.data(), said, outputs);
    Losses losses =
        new Losses(new Distilled(head.loss(), classes, TAUGHT), outputs, items.targetWidth());
    List<Member> members = training.members(prepared, items, losses, m -> Optional.empty());
    training.fit(prepared, members, members, control);
    control.checkpoint();
    Voice voice = Voice.of("student", network, prepared.plan(), members);
    int[] judged = judgedItems(training, prepared);
    double[][] after = new double[judged.length][outputs];
    Old now = new Old(network, prepared.plan(), voice.weights(), 1);
    add(after, prepared, training, judged, now, 1);
    double[][] before = new double[judged.length][outputs];
    for (int i = 0; i < judged.length; i++) {
      for (int k = 0; k < outputs; k++) {
        before[i][k] = said[judged[i] * outputs + k];
      }
    }
    return assembled(
        own, encoded, prepared, List.of(voice), training, judged, Map.of("teacher", before), after);
  }

  /** What the whole model says of every item. */
  private float[] teacher(Prepared<Object, Object> prepared, Jobs.Control<?> control) {
    int size = prepared.plan().input().size();
    int outputs = prepared.plan().outputs();
    int count = prepared.data().size();
    float[] said = new float[Math.multiplyExact(count, outputs)];
    try (Ensemble ensemble = Ensemble.of(model, head, Ensemble.javaMembers(model))) {
      float[] inputs = new float[CHUNK * size];
      for (int from = 0; from < count; from += CHUNK) {
        control.checkpoint();
        control.report(
            new Progress(
                "asking the teacher",
                OptionalDouble.of((double) from / count),
                control.elapsed(),
                Optional.empty(),
                Map.of()));
        int some = Math.min(CHUNK, count - from);
        int first = from;
        int[] which = new int[some];
        Arrays.setAll(which, i -> first + i);
        prepared.data().inputs(which, some, inputs);
        double[] answers = ensemble.run(inputs, some);
        for (int i = 0; i < some * outputs; i++) {
          said[from * outputs + i] = (float) answers[i];
        }
      }
    }
    return said;
  }

  /** The items that are judged, each once. */
  private static int[] judgedItems(
      Training<?, Object, Object> training, Prepared<Object, Object> prepared) {
    return training.folds().stream()
        .flatMapToInt(f -> Arrays.stream(prepared.data().itemsOf(f.judged())))
        .filter(i -> i < prepared.originals())
        .distinct()
        .toArray();
  }

  /** Adds what the members of a network say of the items that their folds hold out. */
  private void add(
      double[][] said,
      Prepared<Object, Object> prepared,
      Training<?, Object, Object> training,
      int[] items,
      Old network,
      int each) {
    int outputs = prepared.plan().outputs();
    int[] place = new int[prepared.data().size()];
    Arrays.fill(place, -1);
    for (int i = 0; i < items.length; i++) {
      place[items[i]] = i;
    }
    int[] voices = new int[items.length];
    List<int[]> judged = new ArrayList<>();
    for (Parts.Fold fold : training.folds()) {
      int[] own =
          Arrays.stream(prepared.data().itemsOf(fold.judged()))
              .filter(i -> place[i] >= 0)
              .toArray();
      judged.add(own);
      for (int item : own) {
        voices[place[item]] += each;
      }
    }
    int size = prepared.plan().input().size();
    float[] inputs = new float[CHUNK * size];
    for (int m = 0; m < judged.size() * each; m++) {
      int[] own = judged.get(m / each);
      try (JavaForward pass = new JavaForward(prepared.plan(), network.member(m))) {
        for (int from = 0; from < own.length; from += CHUNK) {
          int some = Math.min(CHUNK, own.length - from);
          prepared.data().inputs(Arrays.copyOfRange(own, from, from + some), some, inputs);
          float[] y = prepared.preparation().views().mean(pass::run, inputs, some);
          for (int i = 0; i < some; i++) {
            int row = place[own[from + i]];
            head.say(y, i * outputs, said[row], 0, network.share / voices[row]);
          }
        }
      }
    }
  }

  private Model assembled(
      Recipe<Table, Object, Object> own,
      Encoded<Object> encoded,
      Prepared<Object, Object> prepared,
      List<Voice> voices,
      Training<Table, Object, Object> training,
      int[] items,
      Map<String, double[][]> beside,
      double[][] said) {
    HeldOut heldOut = training.heldOut(prepared, items, said);
    return toolkit
        .assembly()
        .model(
            own,
            Optional.empty(),
            encoded,
            prepared,
            voices,
            heldOut,
            beside,
            Optional.empty(),
            how + ", judged on what it did not learn from");
  }

  /** How a network of the model was trained. */
  private Learning learning(Network network) {
    return data.choice().stream()
        .flatMap(c -> c.again(toolkit.brought()::loss).stream())
        .filter(c -> c.network().equals(network))
        .map(Candidate::learning)
        .findFirst()
        .orElse(recipe.learning());
  }

  /** Short and slower. */
  private Learning again(Learning learning) {
    LearningRule rule = learning.rule();
    LearningRule slower =
        rule instanceof LearningRule.Adam a
            ? new LearningRule.Adam(SLOWER * a.rate(), a.beta1(), a.beta2(), a.epsilon())
            : rule instanceof LearningRule.AdamW w
                ? new LearningRule.AdamW(
                    SLOWER * w.rate(), w.beta1(), w.beta2(), w.epsilon(), w.decay())
                : rule instanceof LearningRule.Sgd s
                    ? new LearningRule.Sgd(SLOWER * s.rate(), s.momentum())
                    : rule;
    return with(learning, slower, how.epochs().orElse(Math.max(3, learning.epochs() / 3)));
  }

  private static Learning with(Learning from, LearningRule rule, int epochs) {
    Learning made =
        Learning.with(rule)
            .schedule(from.schedule())
            .batch(from.batch())
            .epochs(epochs)
            .earlyStopping(from.patience())
            .clipNorm(from.clipNorm())
            .penalties(from.l1(), from.l2())
            .averaging(from.averaging())
            .classWeights(from.classWeights())
            .members(from.members())
            .key(from.key());
    return from.loss().map(made::loss).orElse(made);
  }
}
