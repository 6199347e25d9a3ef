package io.millwright.core.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.ModelSource;
import io.millwright.api.Progress;
import io.millwright.api.Provenance;
import io.millwright.api.Task;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.LearningCurve;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Network;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Examples;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.Stepper;
import io.millwright.runtime.bundle.Composed;
import io.millwright.runtime.network.Losses;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Runtimes;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.predict.ComposedModels;
import io.millwright.runtime.predict.PlainNetwork;
import io.millwright.runtime.support.Digest;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Fits single networks for plug-ins, and keeps what they compose of them. */
public final class DefaultComposer implements Composer {

  private static final double TOLERANCE = 1e-4;
  private static final int PROVEN = 32;
  private static final String MEMBER = "network";

  private final Runtimes runtimes;
  private final Clock clock;
  private final String producer;

  /**
   * @param runtimes where networks are trained
   * @param clock gives the time of provenance
   * @param producer name and version of this library, for provenance
   */
  public DefaultComposer(Runtimes runtimes, Clock clock, String producer) {
    this.runtimes = runtimes;
    this.clock = clock;
    this.producer = producer;
  }

  @Override
  public FittedNetwork fit(
      Network network, Loss loss, Learning learning, Examples examples, Jobs.Control<?> control) {
    if (loss instanceof Loss.CrossEntropy) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "a composer fits numbers, but the loss is " + loss + "\nMaybe use a recipe for classes");
    }
    int each = loss instanceof Loss.Quantile q ? q.probabilities().size() : 1;
    return fit(network, loss, examples.targets() * each, learning, examples, control);
  }

  @Override
  public PlainNetwork fit(
      Network network,
      Loss loss,
      int outputs,
      Learning learning,
      Examples examples,
      Jobs.Control<?> control) {
    if (examples.count() == 0) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, "there are no examples to learn from\nMaybe give longer data");
    }
    if (learning.privacy().isPresent()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "privacy is asked for, but what a plug-in composes of networks has no account of it"
              + "\nMaybe train by a recipe");
    }
    NetworkPlan plan = Composed.plan(network, examples.inputs(), outputs);
    int[] learnt =
        learning.patience() > 0
            ? chosen(examples, false)
            : IntStream.range(0, examples.count()).toArray();
    int[] validation = learning.patience() > 0 ? chosen(examples, true) : new int[0];
    if (learnt.length == 0 || (learning.patience() > 0 && validation.length == 0)) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "there are "
              + learnt.length
              + " examples to learn from and "
              + validation.length
              + " to stop by\nMaybe say which examples validate, or leave early stopping out");
    }
    Losses losses = new Losses(loss, plan.outputs(), examples.targets());
    float[] weights = new float[examples.count()];
    java.util.Arrays.fill(weights, 1);
    Fitting fitting =
        new Fitting(
            MEMBER,
            learning.key(),
            learning,
            SampleVariation.NONE,
            plan,
            Optional.empty(),
            losses,
            new ExampleItems(examples),
            learnt,
            validation,
            weights);
    FittingState state = fitting.begin();
    Optional<Checkpoints> checkpoints =
        learning
            .checkpoints()
            .map(folder -> new Checkpoints(folder, identity(network, loss, learning, examples)));
    checkpoints.ifPresent(c -> c.load(MEMBER, state));
    try (TrainingSession session = runtimes.train(plan, losses)) {
      boolean ended =
          fitting.run(
              state,
              session,
              () -> {
                control.checkpoint();
                return false;
              },
              s -> {
                report(s, learning, control);
                if (s.epochs() % learning.checkpointEvery() == 0 || s.finished(learning)) {
                  checkpoints.ifPresent(c -> c.save(MEMBER, s));
                }
              });
      if (!ended) {
        throw new MillwrightException(ErrorCode.JOB_CANCELLED, "the training was stopped");
      }
      PlainNetwork fitted = PlainNetwork.of(network, plan, state.best().copy());
      prove(fitted, examples, session);
      return fitted;
    }
  }

  @Override
  public Stepper stepper(Network network, Loss loss, Learning learning, int inputs, int targets) {
    if (loss instanceof Loss.CrossEntropy || Losses.each(loss) != 1) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "a stepper learns as many outputs as targets, but the loss is "
              + loss
              + "\nMaybe use Composer.fit, or a recipe for classes");
    }
    NetworkPlan plan = Composed.plan(network, inputs, targets);
    Digest sha = new Digest();
    sha.add(
        String.join(
            "\n",
            "stepper",
            network.toString(),
            loss.toString(),
            learning.withoutCheckpoints().toString(),
            inputs + " " + targets));
    Losses losses = new Losses(loss, targets, targets);
    return new Stepping(
        network,
        plan,
        learning,
        learning.checkpoints().map(folder -> new Checkpoints(folder, sha.hex())),
        runtimes.train(plan, losses));
  }

  /** So that a state is never taken up by another training: some examples stand for all. */
  private static String identity(Network network, Loss loss, Learning learning, Examples examples) {
    Digest sha = new Digest();
    String settings =
        String.join(
            "\n",
            network.toString(),
            loss.toString(),
            learning.withoutCheckpoints().toString(),
            examples.count() + " " + examples.inputs() + " " + examples.targets());
    sha.add(settings);
    float[] one = new float[examples.inputs() + examples.targets()];
    ByteBuffer bytes = ByteBuffer.allocate(4 * one.length);
    int some = Math.min(PROVEN, examples.count());
    for (int i = 0; i < some; i++) {
      int example = (int) ((long) i * examples.count() / some);
      examples.input(example, one, 0);
      examples.target(example, one, examples.inputs());
      bytes.clear().asFloatBuffer().put(one);
      sha.add(bytes.array());
    }
    return sha.hex();
  }

  /** The examples that validate, or the others. */
  private static int[] chosen(Examples examples, boolean validating) {
    return IntStream.range(0, examples.count())
        .filter(i -> examples.validates(i) == validating)
        .toArray();
  }

  private static void report(FittingState state, Learning learning, Jobs.Control<?> control) {
    LearningCurve.Epoch last = state.course().get(state.epochs() - 1);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("epoch", (double) last.number());
    figures.put("loss", last.trainingLoss());
    if (!Double.isNaN(last.validationLoss())) {
      figures.put("validation loss", last.validationLoss());
    }
    control.report(
        new Progress(
            "network",
            OptionalDouble.of((double) last.number() / learning.epochs()),
            control.elapsed(),
            Optional.empty(),
            figures));
  }

  /** What was learnt on an engine answers in plain Java: both must say the same. */
  private static void prove(PlainNetwork fitted, Examples examples, TrainingSession session) {
    int count = Math.min(PROVEN, examples.count());
    float[] inputs = new float[count * examples.inputs()];
    for (int i = 0; i < count; i++) {
      examples.input((int) ((long) i * examples.count() / count), inputs, i * examples.inputs());
    }
    session.load(fitted.weights());
    float[] learnt = session.outputs(inputs, count);
    float[] plain = fitted.outputs(inputs, count);
    for (int i = 0; i < learnt.length; i++) {
      if (!(Math.abs(learnt[i] - plain[i]) <= TOLERANCE * Math.max(1, Math.abs(learnt[i])))) {
        throw new MillwrightException(
            ErrorCode.WRONG_ANSWERS,
            "plain Java computes "
                + plain[i]
                + ", but the engine that trained the network "
                + learnt[i]
                + "\nMaybe report this with the network and the versions: "
                + fitted.network());
      }
    }
  }

  @Override
  public Provenance provenance(
      String dataDigest, long key, Map<String, String> settings, boolean networks) {
    return Provenance.builder()
        .producer(producer)
        .created(clock.instant())
        .dataDigest(dataDigest)
        .key(key)
        .settings(new TreeMap<>(settings))
        .environment(Assembly.environment(networks ? runtimes.facts() : Map.of()))
        .build();
  }

  @Override
  public ModelInfo info(ComposedModel model) {
    return ComposedModels.info(model);
  }

  @Override
  public void write(ComposedModel model, Path bundle) {
    ComposedModels.write(model, bundle);
  }

  @Override
  public ComposedModel read(Task<?, ?> task, ModelSource bundle) {
    return ComposedModels.read(task, bundle);
  }
}
