package io.millwright.core.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Progress;
import io.millwright.api.Provenance;
import io.millwright.api.Task;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Network;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Examples;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.api.spi.Jobs;
import io.millwright.runtime.bundle.BundleReader;
import io.millwright.runtime.bundle.Composed;
import io.millwright.runtime.network.Losses;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Runtimes;
import io.millwright.runtime.network.Starts;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.TrainingSession.Batch;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.plain.JavaForward;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** Fits single networks for plug-ins, and keeps what they compose of them. */
public final class DefaultComposer implements Composer {

  private static final double TOLERANCE = 1e-4;
  private static final int PROVEN = 32;

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

  /** A network that computes in plain Java, with what a bundle must hold of it. */
  private record PlainNetwork(
      Network network, NetworkPlan plan, Weights weights, JavaForward forward)
      implements FittedNetwork {

    static PlainNetwork of(Network network, NetworkPlan plan, Weights weights) {
      return new PlainNetwork(network, plan, weights, new JavaForward(plan, weights));
    }

    @Override
    public int inputs() {
      return plan.input().size();
    }

    @Override
    public int outputs() {
      return plan.outputs();
    }

    @Override
    public float[] outputs(float[] inputs, int count) {
      return forward.run(inputs, count);
    }
  }

  @Override
  public FittedNetwork fit(
      Network network, Loss loss, Learning learning, Examples examples, Jobs.Control<?> control) {
    if (loss instanceof Loss.CrossEntropy) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "a composer fits numbers, but the loss is " + loss + "\nMaybe use a recipe for classes");
    }
    if (examples.count() == 0) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, "there are no examples to learn from\nMaybe give longer data");
    }
    int each = loss instanceof Loss.Quantile q ? q.probabilities().size() : 1;
    NetworkPlan plan = Composed.plan(network, examples.inputs(), examples.targets() * each);
    FittingState state =
        FittingState.begin(
            Starts.draw(plan, learning.key()),
            new Rule(learning.rule(), plan.weights()),
            plan.weights());
    try (TrainingSession session = runtimes.train(plan, new Losses(loss, plan.outputs()))) {
      run(plan, loss, learning, examples, control, state, session);
      PlainNetwork fitted = PlainNetwork.of(network, plan, state.current(learning).copy());
      prove(fitted, examples, session);
      return fitted;
    }
  }

  private static void run(
      NetworkPlan plan,
      Loss loss,
      Learning learning,
      Examples examples,
      Jobs.Control<?> control,
      FittingState state,
      TrainingSession session) {
    int count = examples.count();
    int batch = Math.min(learning.batch(), count);
    int steps = (count + batch - 1) / batch;
    int size = examples.inputs();
    int targets = new Losses(loss, plan.outputs()).targets();
    Pace pace = new Pace(learning.schedule(), learning.rule().rate(), steps, learning.epochs());
    float[] inputs = new float[batch * size];
    float[] truth = new float[batch * targets];
    float[] weights = new float[batch];
    java.util.Arrays.fill(weights, 1);
    Weights gradients = Weights.zero(plan.weights());
    for (int epoch = 0; epoch < learning.epochs(); epoch++) {
      int[] order = KeyedRandom.of(learning.key(), Purpose.SHUFFLE, epoch).permutation(count);
      double sum = 0;
      for (int s = 0; s < steps; s++) {
        control.checkpoint();
        int from = s * batch;
        int here = Math.min(batch, count - from);
        for (int i = 0; i < here; i++) {
          examples.input(order[from + i], inputs, i * size);
          examples.target(order[from + i], truth, i * targets);
        }
        session.load(state.weights());
        long step = state.rule().steps();
        sum +=
            session.gradients(
                new Batch(inputs, truth, weights, here),
                (layer, values, rate) ->
                    KeyedRandom.of(learning.key(), Purpose.DROPOUT, step, layer)
                        .dropout(values, rate),
                gradients);
        Fitting.regularise(learning, plan, 0, state.weights(), gradients);
        state.rule().step(state.weights(), gradients, pace.at(step));
        state.average(learning.averaging());
      }
      if (!Double.isFinite(sum)) {
        throw new MillwrightException(
            ErrorCode.DIVERGED,
            "the loss became "
                + sum / steps
                + " in epoch "
                + (epoch + 1)
                + "\nMaybe use a smaller rate than "
                + learning.rule().rate()
                + ", or clipNorm(1)");
      }
      control.report(
          new Progress(
              "network",
              OptionalDouble.of((epoch + 1.0) / learning.epochs()),
              control.elapsed(),
              Optional.empty(),
              Map.of("epoch", epoch + 1.0, "loss", sum / steps)));
    }
  }

  /** What was learnt on an engine answers in plain Java: both must say the same. */
  private static void prove(PlainNetwork fitted, Examples examples, TrainingSession session) {
    int count = Math.min(PROVEN, examples.count());
    float[] inputs = new float[count * examples.inputs()];
    for (int i = 0; i < count; i++) {
      examples.input((int) ((long) i * examples.count() / count), inputs, i * examples.inputs());
    }
    session.load(fitted.weights);
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
                + fitted.network);
      }
    }
  }

  @Override
  public Provenance provenance(
      String dataDigest, long key, Map<String, String> settings, boolean networks) {
    return new Provenance(
        producer,
        clock.instant(),
        dataDigest,
        key,
        new TreeMap<>(settings),
        Assembly.environment(networks ? runtimes.facts() : Map.of()),
        List.of());
  }

  @Override
  public ModelInfo info(ComposedModel model) {
    return data(model).info();
  }

  @Override
  public void write(ComposedModel model, Path bundle) {
    data(model).write(bundle);
  }

  private static Composed data(ComposedModel model) {
    List<Composed.Part> parts = new ArrayList<>();
    model
        .networks()
        .forEach(
            (name, network) -> {
              if (!(network instanceof PlainNetwork plain)) {
                throw new MillwrightException(
                    ErrorCode.BAD_VALUE,
                    "the network "
                        + name
                        + " was not made by a composer, but is a "
                        + network.getClass().getName()
                        + "\nMaybe fit it with Composer.fit");
              }
              parts.add(new Composed.Part(name, plain.network, plain.plan, plain.weights));
            });
    return new Composed(
        model.task().id(),
        model.task().version(),
        model.inputs(),
        model.unit(),
        model.texts(),
        model.numbers(),
        parts,
        model.evaluation(),
        model.capabilities(),
        model.provenance());
  }

  @Override
  public ComposedModel read(Task<?, ?> task, Path bundle) {
    Composed data = BundleReader.readComposed(bundle);
    if (!task.id().equals(data.task()) || task.version() != data.taskVersion()) {
      throw new MillwrightException(
          ErrorCode.WRONG_BUNDLE,
          "the model in "
              + bundle
              + " answers "
              + data.task()
              + " v"
              + data.taskVersion()
              + ", but "
              + task
              + " was asked for\nMaybe open it with the task that it answers");
    }
    SortedMap<String, FittedNetwork> networks = new TreeMap<>();
    for (Composed.Part part : data.parts()) {
      networks.put(part.name(), PlainNetwork.of(part.network(), part.plan(), part.weights()));
    }
    return new ComposedModel(
        task,
        data.inputs(),
        data.unit(),
        data.texts(),
        data.numbers(),
        networks,
        data.evaluation(),
        data.capabilities(),
        data.provenance());
  }
}
