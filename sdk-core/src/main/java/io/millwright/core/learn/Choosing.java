package io.millwright.core.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Progress;
import io.millwright.api.learn.Candidate;
import io.millwright.api.learn.LearningCurve;
import io.millwright.api.learn.ModelKind;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Split;
import io.millwright.api.spi.Jobs;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.bundle.RecipeData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/**
 * Chooses what answers: the constant of the training data, a linear model, trees, networks, or a
 * blend of them, by what each said of the same held-out items. From the simplest on, each is asked
 * whether it makes the loss of those before it smaller by more than chance; what earns nothing is
 * not kept. So no model is worse than its own baselines by more than the held-out items can tell.
 *
 * @param <I> one input
 * @param <L> one label
 * @param <V> one answer
 * @param <R> what the job yields
 */
final class Choosing<I, L, V, R> {

  /** How many standard errors of the difference a further voice must gain. */
  private static final double GAIN = 1.5;

  /** A voice that would count less is left out, and one that would count more counts alone. */
  private static final double LEAST = 0.15;

  /**
   * What a linear model counts at the least beside the constant: so little that it costs nothing
   * where readings tell nothing, and enough to put risks in order where they tell a little.
   */
  private static final double ORDER = 0.1;

  /** The share of folds after which a network that is clearly worse is given up. */
  private static final double FIRST = 0.34;

  /** Makes a training of a candidate on the same samples. */
  interface Trainings<I, L, V> {
    Training<I, L, V> of(Recipe<I, L, V> recipe, String name);
  }

  private final Recipe<I, L, V> recipe;
  private final List<Candidate> candidates;
  private final Set<ModelKind> kinds;
  private final Duration budget;
  private final Trainings<I, L, V> trainings;
  private final Jobs.Control<R> control;
  private final Function<Model, R> result;

  /** What each said, in the order of asking, for the evaluation. */
  private final Map<String, double[][]> heard = new LinkedHashMap<>();

  /** How what was heard is fitted to all samples, by its name. */
  private final Map<String, Refit<L, V>> again = new HashMap<>();

  private final List<String> reasons = new ArrayList<>();
  private List<Voice> kept = new ArrayList<>();

  private boolean refitted;

  /** Whether a simple model of an allowed kind was heard. */
  private boolean asked;

  Choosing(
      Recipe<I, L, V> recipe,
      List<Candidate> candidates,
      Set<ModelKind> kinds,
      Duration budget,
      Trainings<I, L, V> trainings,
      Jobs.Control<R> control,
      Function<Model, R> result) {
    this.recipe = recipe;
    this.candidates = candidates;
    this.kinds = kinds;
    this.budget = budget;
    this.trainings = trainings;
    this.control = control;
    this.result = result;
  }

  /** Chooses. */
  R run() {
    Recipe<I, L, V> first = with(candidates.get(0));
    Training<I, L, V> training = trainings.of(first, candidates.get(0).name());
    Prepared<L, V> prepared = training.prepare(control::checkpoint);
    Jury held = Jury.of(training, prepared);
    heard.putAll(training.formula(prepared, held.items()));
    double[][] said = held.nothing();
    if (held.isSimple() && prepared.plan().inputs().size() == 1) {
      said = simple(training, prepared, held);
      if (!kept.isEmpty()) {
        control.best(result.apply(model(training, prepared, held, said)));
      }
    }
    if (!asked && !kinds.contains(ModelKind.NETWORK)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "models of the kinds "
              + kinds
              + " were asked for, but none of them can learn what is answered from such inputs\n"
              + "Maybe allow NETWORK too, or leave the window out");
    }
    for (int c = 0; c < candidates.size() && kinds.contains(ModelKind.NETWORK); c++) {
      if (!kept.isEmpty() && (control.stopped() || out(candidates.get(c)))) {
        break;
      }
      Training<I, L, V> of =
          c == 0 ? training : trainings.of(with(candidates.get(c)), candidates.get(c).name());
      Prepared<L, V> own = c == 0 ? prepared : prepared.with(candidates.get(c).network());
      said = network(candidates.get(c), of, own, held, said);
    }
    return result.apply(chosen(training, prepared, held, said));
  }

  private boolean out(Candidate candidate) {
    boolean out = control.elapsed().compareTo(budget) > 0;
    if (out) {
      reasons.add(candidate.name() + ": not tried within " + budget);
    }
    return out;
  }

  private Recipe<I, L, V> with(Candidate candidate) {
    return recipe.toBuilder().network(candidate.network()).learning(candidate.learning()).build();
  }

  /** The constant, then linear models of the plain columns and of all features. */
  private double[][] simple(Training<I, L, V> training, Prepared<L, V> prepared, Jury held) {
    LinearVoices<L, V> linear = new LinearVoices<>(training, prepared, held, control::stopped);
    Heard<L, V> constant = linear.constant();
    double[][] said = constant.said();
    again.put(constant.voice().name(), constant.again());
    heard.put(constant.voice().name(), said);
    kept.add(constant.voice());
    reasons.add(loss(constant.voice().name(), held.loss(said)));
    if (prepared.plan().input().isImage()) {
      return said; // it has no columns that a linear model could weigh
    }
    boolean plain = true;
    for (Heard<L, V> one : linear.linear()) {
      if (control.stopped()) {
        break;
      }
      ModelKind kind =
          one.voice().name().equals(LinearVoices.ADDITIVE) ? ModelKind.ADDITIVE : ModelKind.LINEAR;
      said = hear(kind, one, plain ? ORDER : 0, said, held);
      plain = false;
    }
    if (TreeVoices.possible(prepared) && !control.stopped()) {
      TreeVoices<L, V> trees = new TreeVoices<>(training, prepared, held, control, budget);
      Optional<Heard<L, V>> boosted =
          kinds.contains(ModelKind.BOOSTED_TREES) ? trees.boosted() : Optional.empty();
      asked |= kinds.contains(ModelKind.BOOSTED_TREES);
      if (boosted.isPresent()) {
        said = hear(ModelKind.BOOSTED_TREES, boosted.get(), 0, said, held);
      } else if (kinds.contains(ModelKind.BOOSTED_TREES)) {
        reasons.add("boosted trees: not one gained");
      }
      // Last, since beside boosted trees a single one seldom earns its place.
      said = hear(ModelKind.DECISION_TREE, trees.single(), 0, said, held);
    }
    return said;
  }

  /**
   * Hears a simple model, and keeps it where its kind is allowed and it earns its place. What was
   * asked for alone answers alone, so that it is what it is called.
   *
   * @param least what it counts at the least
   */
  private double[][] hear(
      ModelKind kind, Heard<L, V> one, double least, double[][] said, Jury held) {
    heard.put(one.voice().name(), one.said());
    again.put(one.voice().name(), one.again());
    reasons.add(loss(one.voice().name(), held.loss(one.said())));
    if (!kinds.contains(kind)) {
      return said;
    }
    asked = true;
    if (kinds.size() == 1) {
      boolean first =
          kept.size() == 1 && heard.keySet().iterator().next().equals(kept.get(0).name());
      double[] gain = held.gain(said, one.said());
      return join(one.voice(), first || gain[0] > GAIN * gain[1] ? 1 : 0, said, one.said(), held);
    }
    double share =
        least > 0 ? Math.max(least, held.share(said, one.said())) : share(held, said, one.said());
    return join(one.voice(), share, said, one.said(), held);
  }

  /** How much the voice that was told last may count: nothing, unless it gains more than chance. */
  private double share(Jury held, double[][] said, double[][] other) {
    double share = held.share(said, other);
    double[] gain = held.gain(said, held.blend(said, other, share));
    if (gain[0] > GAIN * gain[1]) {
      return share;
    }
    if (held.loss(other) < held.loss(said)) {
      int last = reasons.size() - 1;
      reasons.set(last, reasons.get(last) + ", no surer gain than chance gives");
    }
    return 0;
  }

  private double[][] join(Voice voice, double share, double[][] said, double[][] other, Jury held) {
    double counts = share > 1 - LEAST ? 1 : share;
    if (counts == 0 || (counts < LEAST && kept.size() > 1)) {
      return said;
    }
    List<Voice> all = new ArrayList<>();
    for (Voice k : kept) {
      double less = k.share() * (1 - counts);
      if (less > 0) {
        all.add(k.share(less));
      }
    }
    all.add(voice.share(counts));
    kept = all;
    return held.blend(said, other, counts);
  }

  private double[][] network(
      Candidate asked,
      Training<I, L, V> given,
      Prepared<L, V> prepared,
      Jury held,
      double[][] said) {
    Duration foreseen = given.foresee(prepared, given.members(prepared));
    Candidate candidate = within(asked, foreseen);
    Training<I, L, V> training =
        candidate.equals(asked) ? given : trainings.of(with(candidate), candidate.name());
    List<Member> members = training.members(prepared);
    int first =
        kept.isEmpty() ? members.size() : Math.max(1, (int) Math.ceil(FIRST * members.size()));
    Jobs.Control<Object> part = new Within<>(control, candidate.name(), budget, !kept.isEmpty());
    training.fit(prepared, members.subList(0, first), members, part);
    if (first < members.size() && !part.stopped()) {
      double[][] some = held.said(members.subList(0, first));
      double share = held.share(said, some);
      double[] gain = held.gain(said, held.blend(said, some, share));
      if (!(gain[0] > 0) || share < LEAST / 2) {
        reasons.add(loss(candidate.name(), held.loss(some)) + " on the first folds: given up");
        return said;
      }
      training.fit(prepared, members.subList(first, members.size()), members, part);
    }
    List<Member> usable = members.stream().filter(m -> m.judgedOutputs() != null).toList();
    if (usable.isEmpty() || (!kept.isEmpty() && usable.size() < members.size())) {
      reasons.add(candidate.name() + ": not ended in time");
      if (kept.isEmpty()) {
        control.checkpoint();
      }
      return said;
    }
    double[][] own = held.said(usable);
    heard.put(candidate.name(), own);
    Voice voice = Voice.of(candidate.name(), candidate.network(), prepared.plan(), usable);
    again.put(candidate.name(), (t, p) -> networkOfAll(candidate, voice, p));
    reasons.add(loss(candidate.name(), held.loss(own)));
    if (kept.isEmpty()) {
      kept.add(voice);
      return own;
    }
    return join(voice, share(held, said, own), said, own, held);
  }

  /**
   * Says how long a candidate will take, and gives it as many epochs as the budget has room for: a
   * training that is cut short by its schedule is worth more than one that is broken off.
   */
  private Candidate within(Candidate candidate, Duration foreseen) {
    Duration left = budget.minus(control.elapsed());
    control.report(
        new Progress(
            candidate.name() + ", foreseen to take " + Math.max(1, foreseen.toSeconds()) + " s",
            OptionalDouble.empty(),
            control.elapsed(),
            Optional.of(foreseen),
            Map.of()));
    if (foreseen.compareTo(left) <= 0) {
      return candidate;
    }
    double room = Math.max(0, (double) left.toMillis() / Math.max(1, foreseen.toMillis()));
    int epochs = Math.max(1, (int) (candidate.learning().epochs() * room));
    reasons.add(
        candidate.name()
            + " for "
            + epochs
            + " of "
            + candidate.learning().epochs()
            + " epochs, to end within "
            + budget);
    return new Candidate(
        candidate.name(), candidate.network(), candidate.learning().epochs(epochs));
  }

  private static String loss(String name, double loss) {
    return String.format(Locale.ROOT, "%s %.4f", name, loss);
  }

  /** A network for as many epochs as were best, since nothing is left to stop it. */
  private Voice networkOfAll(Candidate candidate, Voice voice, Prepared<L, V> all) {
    int epochs =
        (int)
            Math.round(
                voice.curves().stream().mapToInt(LearningCurve::bestEpoch).average().orElse(1));
    Candidate fixed =
        new Candidate(
            candidate.name(),
            candidate.network(),
            candidate.learning().earlyStopping(0).epochs(Math.max(1, epochs)));
    Training<I, L, V> whole = trainings.of(with(fixed), fixed.name()).whole();
    Prepared<L, V> own = all.with(fixed.network());
    List<Member> members = whole.members(own);
    whole.fit(own, members, members, control);
    List<Member> usable = members.stream().filter(Member::usable).toList();
    return usable.size() < members.size()
        ? voice
        : new Voice(
            voice.name(),
            voice.network(),
            own.plan(),
            Voice.of(voice.name(), voice.network(), own.plan(), usable).weights(),
            voice.share(),
            voice.curves());
  }

  /**
   * The model of what was kept. Where the newest samples judged, what was chosen is fitted anew to
   * all of them (refit), so that the model knows the newest too; figures and calibration stay those
   * of the judgement.
   */
  private Model chosen(
      Training<I, L, V> training, Prepared<L, V> prepared, Jury held, double[][] said) {
    boolean newest = recipe.split().by() == Split.By.TIME && recipe.split().folds() == 1;
    if (!newest || !kept.stream().allMatch(v -> again.containsKey(v.name()))) {
      return model(training, prepared, held, said);
    }
    Training<I, L, V> whole = training.whole();
    Prepared<L, V> all = whole.prepare(prepared.head(), control::checkpoint);
    List<Voice> judged = kept;
    List<Voice> fitted = new ArrayList<>();
    for (Voice voice : judged) {
      if (control.stopped()) {
        break;
      }
      fitted.add(
          Objects.requireNonNull(again.get(voice.name())).fit(whole, all).share(voice.share()));
    }
    if (control.stopped()) {
      reasons.add("stopped before it was learnt anew from all rows");
      return model(training, prepared, held, said);
    }
    kept = fitted;
    refitted = true;
    return model(training, all, held, said);
  }

  private Model model(
      Training<I, L, V> training, Prepared<L, V> prepared, Jury held, double[][] said) {
    Map<String, double[][]> beside = new LinkedHashMap<>(heard);
    if (kept.size() == 1) {
      beside.remove(kept.get(0).name());
    }
    // Networks first: what learns on from a blend learns on from a network.
    List<Voice> voices = new ArrayList<>(kept);
    voices.sort((a, b) -> Integer.compare(size(b), size(a)));
    return training.assemble(
        prepared,
        voices,
        held.heldOut(said),
        beside,
        RecipeData.ChoiceData.of(candidates, budget).among(kinds),
        why(held.classes()));
  }

  private static int size(Voice voice) {
    return voice.plan().hasTrees() ? -1 : voice.network().layers().size();
  }

  private String why(boolean classes) {
    StringBuilder text = new StringBuilder("chosen: ");
    for (int i = 0; i < kept.size(); i++) {
      Voice v = kept.get(i);
      text.append(i == 0 ? "" : " and ")
          .append(
              kept.size() == 1
                  ? v.name()
                  : String.format(Locale.ROOT, "%.0f %% %s", 100 * v.share(), v.name()));
    }
    return text.append(" by ")
        .append(
            classes
                ? "log loss held out ("
                : "squared error held out (as its root, in standard deviations of the target: ")
        .append(String.join(", ", reasons))
        .append(")")
        .append(refitted ? "; then learnt anew from all rows, the newest included" : "")
        .toString();
  }

  /** What an array of candidates is called in messages. */
  @Override
  public String toString() {
    return Arrays.toString(candidates.stream().map(Candidate::name).toArray());
  }
}
