package io.millwright.runtime.predict;

import io.millwright.api.Evaluation;
import io.millwright.api.ModelInfo;
import io.millwright.api.Predictor;
import io.millwright.api.Provenance;
import io.millwright.api.data.Column;
import io.millwright.api.data.PlainData;
import io.millwright.api.data.Table;
import io.millwright.api.head.Heads;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.OpaqueModel;
import io.millwright.runtime.bundle.HeadData;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.prepare.FittedPreparation;
import io.millwright.runtime.prepare.FittedStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lets the predictor of our own models answer with somebody else's network: the columns go in as
 * they are, and nothing is known of its training.
 */
public final class OpaquePredictor {

  private static final String UNKNOWN = "a network trained elsewhere, never judged here";

  private OpaquePredictor() {}

  /** What the network must take. */
  public static Shape input(OpaqueModel model) {
    return new Shape(model.window(), model.inputs().size());
  }

  /** How many numbers the network must give. */
  public static int outputs(OpaqueModel model) {
    return model.answer() instanceof OpaqueModel.Classes c ? c.labels().size() : 1;
  }

  /**
   * A predictor without a task.
   *
   * @param pass the network, closed with the predictor
   * @param digest identifies the file
   */
  public static Predictor<Table, Object> untyped(
      OpaqueModel opaque, ForwardPass pass, String digest, Instant made) {
    Model model = model(opaque, "opaque", 1, digest, made);
    return ModelPredictor.untyped(model, info(model, digest), List.of(guarded(opaque, pass)));
  }

  /** A predictor of a task. */
  public static <I, V> Predictor<I, V> of(
      Binding<I, ?, V> binding, OpaqueModel opaque, ForwardPass pass, String digest, Instant made) {
    Model model = model(opaque, binding.task().id(), binding.task().version(), digest, made);
    return ModelPredictor.of(binding, model, info(model, digest), List.of(guarded(opaque, pass)));
  }

  private static Model model(
      OpaqueModel opaque, String task, int version, String digest, Instant made) {
    List<FittedStep> steps = new ArrayList<>();
    steps.add(
        new FittedStep.Seen(
            opaque.inputs().columns().stream()
                .map(Column::name)
                .map(
                    name ->
                        new FittedStep.SeenNumber(
                            name, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY))
                .toList(),
            List.of()));
    if (opaque.window() > 0) {
      steps.add(new FittedStep.Window(opaque.window()));
    }
    HeadData head = head(opaque.answer());
    return new Model(
        task,
        version,
        new FittedPreparation(opaque.inputs(), steps),
        new Network(List.of()),
        head,
        List.of(Weights.zero(List.of())),
        Evaluation.builder().protocol(UNKNOWN).build(),
        Set.of(),
        Provenance.builder()
            .producer(opaque.format().name())
            .created(made)
            .settings(new TreeMap<>(Map.of("file digest", digest)))
            .build(),
        List.of());
  }

  private static HeadData head(OpaqueModel.Answer answer) {
    PlainData none = PlainData.builder().put("none", UNKNOWN).build();
    if (answer instanceof OpaqueModel.Quantity q) {
      PlainData data =
          PlainData.builder()
              .put("unit", q.unit().symbol())
              .put("low", q.low())
              .put("high", q.high())
              .put("outputs", 1)
              .put("offset", 0)
              .put("scale", 1)
              .put("calibration", none)
              .build();
      return HeadData.of("quantity", Heads.quantity(q.unit(), q.low(), q.high()).read(data));
    }
    PlainData data =
        PlainData.builder()
            .put("labels", ((OpaqueModel.Classes) answer).labels())
            .put("calibration", none)
            .build();
    return HeadData.of("classes", Heads.classes().read(data));
  }

  private static ModelInfo info(Model model, String digest) {
    return ModelInfo.builder()
        .task(model.task())
        .taskVersion(model.taskVersion())
        .digest(digest)
        .inputs(model.preparation().inputs())
        .unit(model.head().unit())
        .low(model.head().low())
        .high(model.head().high())
        .classes(model.head().classes())
        .capabilities(model.capabilities())
        .provenance(model.provenance())
        .build();
  }

  /**
   * Two things that our own networks do by themselves: a missing input leads to no answer, whatever
   * the network makes of it, and scores of classes are logits.
   */
  private static ForwardPass guarded(OpaqueModel opaque, ForwardPass pass) {
    int in = input(opaque).size();
    int out = outputs(opaque);
    boolean probabilities =
        opaque.answer() instanceof OpaqueModel.Classes c
            && c.scores() == OpaqueModel.Scores.PROBABILITIES;
    return new ForwardPass() {
      @Override
      public float[] run(float[] inputs, int count) {
        float[] y = pass.run(inputs, count);
        for (int r = 0; r < count; r++) {
          for (int i = r * in; i < (r + 1) * in; i++) {
            if (Float.isNaN(inputs[i])) {
              Arrays.fill(y, r * out, (r + 1) * out, Float.NaN);
              break;
            }
          }
        }
        if (probabilities) {
          for (int i = 0; i < y.length; i++) {
            // The floor keeps a probability of 0 a number.
            y[i] = Float.isNaN(y[i]) ? y[i] : (float) Math.log(Math.max(y[i], Float.MIN_NORMAL));
          }
        }
        return y;
      }

      @Override
      public void close() {
        pass.close();
      }
    };
  }
}
