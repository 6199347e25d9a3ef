package io.millwright.runtime.predict;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.ModelSource;
import io.millwright.api.Predictor;
import io.millwright.api.Task;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.runtime.bundle.BundleReader;
import io.millwright.runtime.bundle.Composed;
import io.millwright.runtime.network.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Models that plug-ins compose, between their own form and that of a bundle. */
public final class ComposedModels {

  private ComposedModels() {}

  /** Describes a model; reads all its weights. */
  public static ModelInfo info(ComposedModel model) {
    return data(model).info();
  }

  /** Writes a model into a file, whole or not at all. */
  public static void write(ComposedModel model, Path bundle) {
    data(model).write(bundle);
  }

  /**
   * Whether a bundle is for a composed task: always, unless the same task has models of the other
   * kind too, and the bundle is one of those.
   *
   * @param bound whether a binding of the task is offered too
   */
  public static boolean serves(boolean bound, ModelSource bundle) {
    return !bound || BundleReader.isComposed(bundle);
  }

  /** Reads a model and opens it by its plug-in. */
  public static <I, V> Predictor<I, V> open(ComposedTask<I, V> task, ModelSource bundle) {
    ComposedModel model = read(task.task(), bundle);
    return task.opener().open(model, info(model));
  }

  /**
   * Reads a model.
   *
   * @throws MillwrightException with {@link ErrorCode#WRONG_BUNDLE} when it answers another task
   */
  public static ComposedModel read(Task<?, ?> task, ModelSource bundle) {
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
    ComposedModel.Builder builder = ComposedModel.builder();
    List<String> names = data.arrays().names();
    for (int i = 0; i < names.size(); i++) {
      try {
        builder.array(names.get(i), data.arrays().values().get(i));
      } catch (IllegalArgumentException e) {
        throw new MillwrightException(
            ErrorCode.BAD_BUNDLE,
            "bundle " + bundle + ": " + e.getMessage() + "\nMaybe get the file again",
            e);
      }
    }
    return builder
        .task(task)
        .inputs(data.inputs())
        .unit(data.unit())
        .texts(data.texts())
        .numbers(data.numbers())
        .networks(networks)
        .evaluation(data.evaluation())
        .capabilities(data.capabilities())
        .provenance(data.provenance())
        .build();
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
              parts.add(new Composed.Part(name, plain.network(), plain.plan(), plain.weights()));
            });
    return new Composed(
        model.task().id(),
        model.task().version(),
        model.inputs(),
        model.unit(),
        model.texts(),
        model.numbers(),
        new Composed.Arrays(
            model.arrays(), Weights.of(model.arrays().stream().map(model::array).toList())),
        parts,
        model.evaluation(),
        model.capabilities(),
        model.provenance());
  }
}
