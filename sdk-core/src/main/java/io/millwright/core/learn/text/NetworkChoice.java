package io.millwright.core.learn.text;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Progress;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Route;
import io.millwright.api.spi.Examples;
import io.millwright.api.spi.Jobs;
import io.millwright.core.learn.DefaultComposer;
import io.millwright.core.learn.Parts;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.predict.PlainNetwork;
import io.millwright.runtime.text.NetText;
import io.millwright.runtime.text.Subwords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Networks on the pieces of words, learnt from the plant's own texts: a convolution and a small
 * transformer. The vocabulary is learnt from all texts, since it knows no label.
 */
final class NetworkChoice {

  private static final int JOINS = 1500;
  private static final int SHORTEST = 8;
  private static final int LONGEST = 64;
  private static final int WIDTH = 48;

  /** Every so many texts one says when to stop. */
  private static final int STOPPING = 7;

  private final DefaultComposer composer;
  private final LinearChoice<String> linear;
  private final List<String> texts;
  private final float[][] targets;
  private final Loss loss;
  private final int outputs;
  private final List<Parts.Fold> folds;
  private final TextOptions options;
  private final Jobs.Control<?> control;
  private final Subwords subwords;
  private final int length;

  NetworkChoice(
      DefaultComposer composer,
      LinearChoice<String> linear,
      LabelledTexts<String, ?, ?> labelled,
      List<Parts.Fold> folds,
      TextOptions options,
      Jobs.Control<?> control) {
    this.composer = composer;
    this.linear = linear;
    this.texts = labelled.inputs();
    this.targets = labelled.targets();
    this.loss = labelled.head().loss();
    this.outputs = labelled.head().outputs();
    this.folds = folds;
    this.options = options;
    this.control = control;
    subwords = Subwords.learn(texts, JOINS);
    length = length();
  }

  /** So long that nineteen of twenty texts fit. */
  private int length() {
    int[] sizes = new int[texts.size()];
    float[] room = new float[LONGEST];
    for (int i = 0; i < sizes.length; i++) {
      subwords.lay(texts.get(i), room, 0, LONGEST);
      int n = LONGEST;
      while (n > 0 && room[n - 1] == 0) {
        n--;
      }
      sizes[i] = n;
    }
    Arrays.sort(sizes);
    return Math.max(SHORTEST, sizes[sizes.length * 19 / 20]);
  }

  private Map<String, Network> networks() {
    int ids = subwords.pieces().size() + 1;
    Map<String, Network> all = new LinkedHashMap<>();
    Layer embedding = new Layer.Embedding(ids, WIDTH);
    Layer sequence = new Route.Reshape(0, length, WIDTH);
    all.put(
        "convolution on subwords",
        Network.of(
            embedding,
            sequence,
            new Layer.Dropout(0.3),
            new Layer.Conv1d(
                96, 3, 1, 1, Layer.Padding.SAME, Activation.RELU, Initialisation.AUTOMATIC),
            new Layer.GlobalPool(Layer.Pooling.MAX),
            new Layer.Dropout(0.4)));
    all.put(
        "transformer on subwords",
        Network.of(
            embedding,
            sequence,
            new Layer.PositionalEncoding(),
            new Layer.Dropout(0.2),
            new Layer.Residual(List.of(new Layer.LayerNorm(), new Layer.Attention(4, false))),
            new Layer.Residual(
                List.of(
                    new Layer.LayerNorm(),
                    new Layer.Dense(2 * WIDTH, Activation.GELU, Initialisation.AUTOMATIC),
                    new Layer.Dense(WIDTH, Activation.LINEAR, Initialisation.AUTOMATIC))),
            new Layer.LayerNorm(),
            new Layer.GlobalPool(Layer.Pooling.MAX),
            new Layer.Dropout(0.3)));
    return all;
  }

  /** The networks that were heard within the budget. */
  List<Chosen<String>> hear() {
    Duration budget = options.networks().orElse(Duration.ZERO);
    List<Chosen<String>> all = new ArrayList<>();
    Duration begun = control.elapsed();
    for (Map.Entry<String, Network> one : networks().entrySet()) {
      try {
        hear(one.getKey(), one.getValue(), begun.plus(budget)).ifPresent(all::add);
      } catch (MillwrightException e) {
        if (!e.code().equals(ErrorCode.NO_ENGINE)) {
          throw e;
        }
        linear.reasons().add(one.getKey() + ": no engine");
        break;
      }
    }
    return all;
  }

  private Optional<Chosen<String>> hear(String name, Network network, Duration until) {
    double[][] logits = new double[texts.size()][outputs];
    Duration begun = control.elapsed();
    for (int f = 0; f < folds.size(); f++) {
      control.checkpoint();
      control.report(
          new Progress(
              name,
              OptionalDouble.of((double) f / folds.size()),
              control.elapsed(),
              Optional.empty(),
              Map.of()));
      PlainNetwork fitted = fit(network, LinearChoice.learnt(folds.get(f)));
      Duration each = control.elapsed().minus(begun).dividedBy(f + 1);
      if (control.elapsed().plus(each.multipliedBy(folds.size() - f)).compareTo(until) > 0) {
        linear.reasons().add(name + ": not within " + options.networks().orElse(Duration.ZERO));
        return Optional.empty();
      }
      for (int i : LinearChoice.places(folds.get(f).judged())) {
        float[] ids = new float[length];
        subwords.lay(texts.get(i), ids, 0, length);
        float[] z = fitted.outputs(ids, 1);
        for (int k = 0; k < outputs; k++) {
          logits[i][k] = z[k];
        }
      }
    }
    int[] judged = linear.judged();
    Heard heard =
        Heard.of(
            name,
            Arrays.stream(judged).mapToObj(i -> logits[i]).toArray(double[][]::new),
            Arrays.stream(judged).mapToObj(i -> targets[i]).toArray(float[][]::new),
            loss);
    linear.reasons().add(String.format(Locale.ROOT, "%s %.4f", name, heard.loss()));
    return Optional.of(
        new Chosen<>(
            heard,
            () ->
                new NetText(
                    subwords,
                    sharpened(
                        fit(network, IntStream.range(0, texts.size()).toArray()),
                        heard.sharpness()))));
  }

  private PlainNetwork fit(Network network, int[] items) {
    int batch = Math.max(16, Math.min(64, items.length / 16));
    Learning learning =
        Learning.adamW(3e-3, 0.01)
            .batch(batch)
            .epochs(Math.max(8, Math.min(60, 1500 * batch / items.length)))
            .earlyStopping(6)
            .key(options.key());
    return composer.fit(network, loss, outputs, learning, new Laid(items), control);
  }

  /** The same with outputs times a factor: the last weights and constants are. */
  private static PlainNetwork sharpened(PlainNetwork network, double factor) {
    Weights weights = network.weights().copy();
    for (int a = weights.count() - 2; a < weights.count(); a++) {
      float[] array = weights.get(a);
      for (int i = 0; i < array.length; i++) {
        array[i] *= (float) factor;
      }
    }
    return PlainNetwork.of(network.network(), network.plan(), weights);
  }

  /** Texts as ids. */
  private final class Laid implements Examples {
    private final int[] items;

    Laid(int[] items) {
      this.items = items;
    }

    @Override
    public int count() {
      return items.length;
    }

    @Override
    public int inputs() {
      return length;
    }

    @Override
    public int targets() {
      return targets[0].length;
    }

    @Override
    public boolean validates(int example) {
      return example % STOPPING == STOPPING - 1;
    }

    @Override
    public void input(int example, float[] into, int at) {
      subwords.lay(texts.get(items[example]), into, at, length);
    }

    @Override
    public void target(int example, float[] into, int at) {
      System.arraycopy(targets[items[example]], 0, into, at, targets());
    }
  }
}
