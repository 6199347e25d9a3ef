package io.millwright.runtime.bundle;

import io.millwright.api.learn.Binding;
import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.Candidate;
import io.millwright.api.learn.Decision;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.LearningRule;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.ModelKind;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Privacy;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Schedule;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Step;
import io.millwright.api.learn.Variation;
import io.millwright.api.learn.Views;
import io.millwright.runtime.support.Json;
import io.millwright.runtime.support.KeptLoss;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A training configuration as data: entry {@code recipe.json}, and what a checkpoint must have in
 * common with a training. It says everything but the binding, which is code, and where checkpoints
 * lie, which is no matter of the model.
 *
 * @param preparation the steps before they are fitted
 * @param variation how training varies samples, or empty for not at all
 * @param views the views of images, or empty for one
 * @param network the network without its output layer; of a transfer without the parent's layers
 * @param learning how it learns
 * @param split how data are held out
 * @param calibration how uncertainty is measured
 * @param decision how a threshold is chosen
 * @param transfer what a parent gave, or empty
 * @param choice what was chosen among, or empty where one network was trained
 */
public record RecipeData(
    List<Step> preparation,
    Optional<Variation> variation,
    Optional<Views> views,
    Network network,
    LearningData learning,
    Split split,
    Calibration calibration,
    Optional<Decision> decision,
    Optional<TransferData> transfer,
    Optional<ChoiceData> choice) {

  /** Copies. */
  public RecipeData {
    preparation = List.copyOf(preparation);
  }

  /**
   * {@link Learning} without its folder of checkpoints, component by component.
   *
   * @param rule the update rule
   * @param schedule how the rate changes
   * @param loss what takes the place of the head's own loss
   * @param batch see {@link Learning#batch}
   * @param epochs see {@link Learning#epochs}
   * @param patience see {@link Learning#patience}
   * @param clipNorm see {@link Learning#clipNorm}
   * @param l1 see {@link Learning#l1}
   * @param l2 see {@link Learning#l2}
   * @param averaging see {@link Learning#averaging}
   * @param classWeights see {@link Learning#classWeights}
   * @param members see {@link Learning#members}
   * @param key see {@link Learning#key}
   * @param privacy see {@link Learning#privacy()}
   */
  public record LearningData(
      LearningRule rule,
      Schedule schedule,
      Optional<Loss> loss,
      int batch,
      int epochs,
      int patience,
      double clipNorm,
      double l1,
      double l2,
      double averaging,
      Learning.ClassWeights classWeights,
      int members,
      long key,
      Optional<Privacy> privacy) {

    /** Checks, as {@link Learning} does. */
    public LearningData {
      learning(
          rule,
          schedule,
          loss,
          batch,
          epochs,
          patience,
          clipNorm,
          l1,
          l2,
          averaging,
          classWeights,
          members,
          key,
          privacy);
    }

    /** The data of options. */
    public static LearningData of(Learning l) {
      return new LearningData(
          l.rule(),
          l.schedule(),
          KeptLoss.of(l.loss()),
          l.batch(),
          l.epochs(),
          l.patience(),
          l.clipNorm(),
          l.l1(),
          l.l2(),
          l.averaging(),
          l.classWeights(),
          l.members(),
          l.key(),
          l.privacy());
    }

    Learning learning() {
      return learning(
          rule,
          schedule,
          loss,
          batch,
          epochs,
          patience,
          clipNorm,
          l1,
          l2,
          averaging,
          classWeights,
          members,
          key,
          privacy);
    }

    Learning learning(UnaryOperator<Loss> losses) {
      Learning kept = learning();
      return loss.map(l -> kept.loss(losses.apply(l))).orElse(kept);
    }

    private static Learning learning(
        LearningRule rule,
        Schedule schedule,
        Optional<Loss> loss,
        int batch,
        int epochs,
        int patience,
        double clipNorm,
        double l1,
        double l2,
        double averaging,
        Learning.ClassWeights classWeights,
        int members,
        long key,
        Optional<Privacy> privacy) {
      Learning made =
          Learning.with(rule)
              .schedule(schedule)
              .batch(batch)
              .epochs(epochs)
              .earlyStopping(patience)
              .clipNorm(clipNorm)
              .penalties(l1, l2)
              .averaging(averaging)
              .classWeights(classWeights)
              .members(members)
              .key(key);
      Learning kept = privacy.map(made::privacy).orElse(made);
      return loss.map(kept::loss).orElse(kept);
    }
  }

  /**
   * What a parent gave.
   *
   * @param parent the digest of the parent
   * @param kept how many of its layers were taken over
   * @param frozen how many of these did not change
   */
  public record TransferData(String parent, int kept, int frozen) {
    /** Checks. */
    public TransferData {
      if (!parent.matches("[0-9a-f]{64}") || kept < 1 || frozen < 0 || frozen > kept) {
        throw new IllegalArgumentException(
            kept + " layers of \"" + parent + "\", " + frozen + " of them frozen");
      }
    }
  }

  /**
   * What was chosen among.
   *
   * @param candidates the networks, the simplest first
   * @param budget how long it might take
   * @param among the kinds that were allowed; empty for all
   */
  public record ChoiceData(
      List<CandidateData> candidates, Duration budget, Optional<List<ModelKind>> among) {
    /** Copies. */
    public ChoiceData {
      candidates = List.copyOf(candidates);
      among = among.map(List::copyOf);
    }

    /** The data of a choice among all kinds. */
    public static ChoiceData of(List<Candidate> candidates, Duration budget) {
      return new ChoiceData(
          candidates.stream()
              .map(c -> new CandidateData(c.name(), c.network(), LearningData.of(c.learning())))
              .toList(),
          budget,
          Optional.empty());
    }

    /** The same among some kinds. */
    public ChoiceData among(Set<ModelKind> kinds) {
      return new ChoiceData(
          candidates,
          budget,
          Optional.of(kinds)
              .filter(k -> k.size() < ModelKind.values().length)
              .map(k -> k.stream().sorted().toList()));
    }

    /** The kinds that were allowed. */
    public Set<ModelKind> kinds() {
      Set<ModelKind> all = EnumSet.allOf(ModelKind.class);
      among.ifPresent(all::retainAll);
      return all;
    }

    /** The candidates again. */
    public List<Candidate> again() {
      return again(loss -> loss);
    }

    /** The same where plug-ins bring losses. */
    public List<Candidate> again(UnaryOperator<Loss> losses) {
      return candidates.stream()
          .map(c -> new Candidate(c.name, c.network, c.learning.learning(losses)))
          .toList();
    }
  }

  /** A network to choose, see {@link Candidate}. */
  public record CandidateData(String name, Network network, LearningData learning) {
    /** Checks. */
    public CandidateData {
      new Candidate(name, network, learning.learning());
    }
  }

  /** The data of a recipe that begins with nothing and chooses nothing. */
  public static RecipeData of(Recipe<?, ?, ?> recipe) {
    return new RecipeData(
        recipe.preparation().steps(),
        Optional.of(recipe.variation()).filter(v -> !(v instanceof Variation.None)),
        Optional.of(recipe.views()).filter(v -> !v.single()),
        recipe.network(),
        LearningData.of(recipe.learning()),
        recipe.split(),
        recipe.calibration(),
        recipe.decision(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same, begun with the first layers of a parent, which its network does not repeat. */
  public RecipeData begunWith(TransferData parent) {
    Network own = new Network(network.layers().subList(parent.kept, network.layers().size()));
    return new RecipeData(
        preparation,
        variation,
        views,
        own,
        learning,
        split,
        calibration,
        decision,
        Optional.of(parent),
        choice);
  }

  /** The same, chosen among candidates. */
  public RecipeData chosen(ChoiceData among) {
    return new RecipeData(
        preparation,
        variation,
        views,
        network,
        learning,
        split,
        calibration,
        decision,
        transfer,
        Optional.of(among));
  }

  /**
   * The recipe again; of a transfer that of the layers after the parent's.
   *
   * @throws io.millwright.api.MillwrightException as {@link Recipe.Builder#build}
   */
  public <I, L, V> Recipe<I, L, V> recipe(Binding<I, L, V> binding) {
    return recipe(binding, loss -> loss);
  }

  /**
   * The same where plug-ins bring losses.
   *
   * @param losses makes a plug-in's loss of a {@link KeptLoss}
   */
  public <I, L, V> Recipe<I, L, V> recipe(Binding<I, L, V> binding, UnaryOperator<Loss> losses) {
    return Recipe.of(binding)
        .preparation(new Preparation(preparation))
        .variation(variation.orElseGet(Variation::none))
        .views(views.orElseGet(Views::one))
        .network(network)
        .learning(learning.learning(losses))
        .split(split)
        .calibration(calibration)
        .decision(decision)
        .build();
  }

  /** As it is written: equal recipes have equal bytes, so that a digest of them identifies one. */
  public byte[] json() {
    return Json.write(this, RecipeData.class);
  }
}
