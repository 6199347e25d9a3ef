package io.millwright.core.learn;

import io.millwright.api.DataReport;
import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.ModelSource;
import io.millwright.api.Monitor;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.Trainer;
import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.Candidate;
import io.millwright.api.learn.ModelKind;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Retrainable;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Transfer;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.runtime.bundle.BundleReader;
import io.millwright.runtime.bundle.Bundles;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.bundle.RecipeData;
import io.millwright.runtime.network.Runtimes;
import io.millwright.runtime.predict.Bindings;
import io.millwright.runtime.predict.Opening;
import io.millwright.runtime.support.Digest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Learning and opening for plug-ins, on the runtimes chosen for one host. */
public final class DefaultLearningToolkit implements LearningToolkit {

  private final Runtimes runtimes;
  private final Jobs jobs;
  private final Assembly assembly;
  private final Opening opening;
  private final Brought brought = new Brought();

  /**
   * @param runtimes where networks are trained and opened
   * @param jobs starts trainings
   * @param clock gives the time of provenance
   * @param producer name and version of this library, for provenance
   */
  public DefaultLearningToolkit(Runtimes runtimes, Jobs jobs, Clock clock, String producer) {
    this.runtimes = runtimes;
    this.jobs = jobs;
    this.opening = new Opening(runtimes);
    this.assembly = new Assembly(runtimes, clock, producer);
  }

  /** What plug-ins bring to learning. */
  public Brought brought() {
    return brought;
  }

  Jobs jobs() {
    return jobs;
  }

  Assembly assembly() {
    return assembly;
  }

  @Override
  public <I, L, V> Trainer<Samples<I, L>, Trained<I, V>> trainer(Recipe<I, L, V> recipe) {
    return new RecipeTrainer<>(this, recipe, Optional.empty(), Optional.empty());
  }

  @Override
  public <I, L, V> Trainer<Samples<I, L>, Trained<I, V>> trainer(
      Recipe<I, L, V> recipe, Transfer transfer) {
    Parent parent = Parent.of(transfer);
    return new RecipeTrainer<>(this, parent.extend(recipe), Optional.of(parent), Optional.empty());
  }

  @Override
  public <I, L, V> Trained<I, V> learn(
      Recipe<I, L, V> recipe,
      Samples<I, L> samples,
      Optional<Path> resume,
      Jobs.Control<Trained<I, V>> control) {
    return training(recipe, Optional.empty(), samples, resume)
        .run(control, model -> trained(recipe.binding(), model));
  }

  @Override
  public <I, L, V> Trained<I, V> choose(
      Recipe<I, L, V> recipe,
      List<Candidate> candidates,
      Duration budget,
      Samples<I, L> samples,
      Optional<Path> resume,
      Jobs.Control<Trained<I, V>> control) {
    return choose(
        recipe, candidates, EnumSet.allOf(ModelKind.class), budget, samples, resume, control);
  }

  /** The same among some kinds of models. */
  public <I, L, V> Trained<I, V> choose(
      Recipe<I, L, V> recipe,
      List<Candidate> candidates,
      Set<ModelKind> kinds,
      Duration budget,
      Samples<I, L> samples,
      Optional<Path> resume,
      Jobs.Control<Trained<I, V>> control) {
    if (candidates.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "there is no candidate to choose\nMaybe give one network at least");
    }
    return choose(recipe, candidates, kinds, budget, Encoded.of(recipe, samples), resume, control);
  }

  <I, L, V> Trained<I, V> choose(
      Recipe<I, L, V> recipe,
      List<Candidate> candidates,
      Set<ModelKind> kinds,
      Duration budget,
      Encoded<L> encoded,
      Optional<Path> resume,
      Jobs.Control<Trained<I, V>> control) {
    PrivateSteps.checkAlone(recipe.learning());
    resume.ifPresent(folder -> new Checkpoints(folder, "").require());
    Choosing<I, L, V, Trained<I, V>> choosing =
        new Choosing<>(
            recipe,
            candidates,
            kinds,
            budget,
            (own, name) -> training(own, name, encoded, resume),
            control,
            model -> trained(recipe.binding(), model));
    return choosing.run();
  }

  /** Each candidate keeps its checkpoints in a folder of its own. */
  <I, L, V> Training<I, L, V> training(
      Recipe<I, L, V> own, String name, Encoded<L> encoded, Optional<Path> resume) {
    Optional<Checkpoints> checkpoints =
        resume
            .or(() -> own.learning().checkpoints())
            .map(folder -> folder.resolve(name.replaceAll("[^A-Za-z0-9]+", "-")))
            .map(folder -> new Checkpoints(folder, identity(own, Optional.empty(), encoded)));
    return new Training<>(
        new Training.Setting(runtimes, jobs, assembly, checkpoints, resume.isPresent()),
        own,
        Optional.empty(),
        encoded);
  }

  /** Checks the samples and lays a training out. */
  <I, L, V> Training<I, L, V> training(
      Recipe<I, L, V> recipe,
      Optional<Parent> parent,
      Samples<I, L> samples,
      Optional<Path> resume) {
    Encoded<L> encoded = Encoded.of(recipe, samples);
    Optional<Checkpoints> checkpoints =
        resume
            .or(() -> recipe.learning().checkpoints())
            .map(folder -> new Checkpoints(folder, identity(recipe, parent, encoded)));
    if (resume.isPresent()) {
      checkpoints.ifPresent(Checkpoints::require);
    }
    return new Training<>(
        new Training.Setting(runtimes, jobs, assembly, checkpoints, resume.isPresent()),
        recipe,
        parent,
        encoded);
  }

  /**
   * What a checkpoint must have in common with a training: everything but where checkpoints lie.
   */
  private static String identity(
      Recipe<?, ?, ?> recipe, Optional<Parent> parent, Encoded<?> encoded) {
    RecipeData data = RecipeData.of(recipe);
    Digest sha = new Digest();
    sha.add(
        encoded.digest()
            + "\n"
            + recipe.binding().task().id()
            + "\n"
            + recipe.binding().task().version()
            + "\n"
            + recipe.binding().head().kind()
            + "\n");
    sha.add(parent.map(p -> data.begunWith(p.data())).orElse(data).json());
    return sha.hex();
  }

  /**
   * A model that was trained here, with what was found in its data: kept among the settings of its
   * provenance, and so on its card.
   */
  public <I, V> Trained<I, V> noted(Trained<I, V> trained, DataReport report) {
    return trained instanceof TrainedModel<I, ?, V> own ? own.noted(report) : trained;
  }

  <I, L, V> Trained<I, V> trained(Binding<I, L, V> binding, Model model) {
    return new TrainedModel<>(this, binding, model, Bundles.info(model), DataReport.none());
  }

  @Override
  public <I, L, V> Retrainable<I, L, V> reopen(Binding<I, L, V> binding, Path bundle) {
    Model model = BundleReader.read(bundle);
    Bindings.check(binding.task(), model);
    model.head().fitted(binding.head()); // refuses another kind of head now, not when it is opened
    return new TrainedModel<>(this, binding, model, Bundles.info(model), DataReport.none());
  }

  @Override
  public <I, V> Predictor<I, V> open(Binding<I, ?, V> binding, ModelSource bundle) {
    return opening.predictor(binding, BundleReader.read(bundle));
  }

  <I, V> Predictor<I, V> open(Binding<I, ?, V> binding, Model model, ModelInfo info) {
    return opening.predictor(binding, model, info);
  }

  /** Opens any model without its plug-in. */
  public Predictor<Table, Object> open(ModelSource bundle) {
    return opening.untyped(BundleReader.read(bundle), brought::head);
  }

  @Override
  public <V> Monitor<Row, V> monitor(Binding<?, ?, V> binding, ModelSource bundle) {
    return opening.monitor(binding, BundleReader.read(bundle));
  }

  @Override
  public <V> Monitor<Row, V> monitor(Binding<?, ?, V> binding, Trained<?, V> model) {
    if (model instanceof TrainedModel<?, ?, V> own) {
      return opening.monitor(binding, own.model());
    }
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "the model was not trained by this toolkit\n"
            + "Maybe save it and open a monitor of its bundle");
  }

  @Override
  public <I, L, V> Evaluation judge(
      Binding<I, L, V> binding, Predictor<I, V> predictor, Samples<I, L> samples) {
    return Judge.judge(binding, predictor, samples);
  }
}
