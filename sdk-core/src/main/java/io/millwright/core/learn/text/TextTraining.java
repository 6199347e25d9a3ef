package io.millwright.core.learn.text;

import io.millwright.api.Evaluation;
import io.millwright.api.ModelInfo;
import io.millwright.api.Predictor;
import io.millwright.api.Provenance;
import io.millwright.api.Task;
import io.millwright.api.Trained;
import io.millwright.api.head.FittedHead;
import io.millwright.api.head.Head;
import io.millwright.api.head.HeldOut;
import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.Jobs;
import io.millwright.core.learn.DefaultComposer;
import io.millwright.core.learn.Parts;
import io.millwright.runtime.text.TextModel;
import io.millwright.runtime.text.TextVoice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * From labelled texts or pairs of texts to a model with its evaluation.
 *
 * @param <I> one input
 * @param <L> one label
 * @param <V> one answer
 */
final class TextTraining<I, L, V> implements DefaultTextTrainer.Work<I, L, V> {

  private static final int FOLDS = 5;

  /** What may be seen of inputs; the usual features first. */
  interface Looking<I> {
    /** Fits features to inputs. */
    List<Seen<I>> of(List<I> labelled, TextOptions options);

    /** Networks that were heard; none where inputs are no single texts. */
    default List<Chosen<I>> networks(
        DefaultComposer composer,
        LinearChoice<I> linear,
        LabelledTexts<I, ?, ?> texts,
        List<Parts.Fold> folds,
        TextOptions options,
        Jobs.Control<?> control) {
      return List.of();
    }
  }

  /** Opens a model. */
  interface Opener<I, V> {
    /** Makes the predictor. */
    Predictor<I, V> open(TextModel<I, V> model, ModelInfo info);
  }

  private final DefaultComposer composer;
  private final Task<I, V> task;
  private final Head<L, V> head;
  private final List<String> columns;
  private final Looking<I> looking;
  private final Opener<I, V> opener;

  TextTraining(
      DefaultComposer composer,
      Task<I, V> task,
      Head<L, V> head,
      List<String> columns,
      Looking<I> looking,
      Opener<I, V> opener) {
    this.composer = composer;
    this.task = task;
    this.head = head;
    this.columns = columns;
    this.looking = looking;
    this.opener = opener;
  }

  @Override
  public Trained<I, V> learn(
      Samples<I, L> samples, TextOptions options, Jobs.Control<Trained<I, V>> control) {
    LabelledTexts<I, L, V> texts = LabelledTexts.of(samples, head);
    SameTexts same = SameTexts.of(texts.inputs());
    Split split = options.split().orElseGet(() -> split(texts, same));
    List<Parts.Fold> folds = same.folds(split, texts.groups(), strata(texts), options.key());
    FittedHead<L, V> raw = texts.head();
    LinearChoice<I> choice =
        new LinearChoice<>(texts.targets(), raw.loss(), raw.outputs(), folds, control);
    List<Chosen<I>> chosen = choice.choose(looking.of(texts.inputs(), options));
    if (options.networks().isPresent()) {
      for (Chosen<I> network : looking.networks(composer, choice, texts, folds, options, control)) {
        chosen = choice.join(chosen, network);
      }
    }
    List<TextVoice<I>> voices = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    for (Chosen<I> one : chosen) {
      control.checkpoint();
      voices.add(one.whole().get());
      shares.add(1.0 / chosen.size());
    }
    HeldOut heldOut = heldOut(texts, choice.judged(), chosen, split);
    FittedHead<L, V> calibrated = raw.calibrated(heldOut, Calibration.conformal());
    double floor = options.precision().isPresent() ? Floor.of(calibrated, heldOut, options) : 0;
    TextModel<I, V> model = new TextModel<>(voices, shares, calibrated, floor);
    String protocol =
        protocol(split)
            + same.said(split)
            + "; chosen: "
            + String.join(" and ", chosen.stream().map(c -> c.heard().name()).toList())
            + " by loss held out ("
            + String.join(", ", choice.reasons())
            + ")";
    Evaluation evaluation = evaluation(raw, calibrated, heldOut, floor, protocol);
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("split", split.toString());
    settings.put("model", chosen.stream().map(c -> c.heard().name()).toList().toString());
    Provenance provenance =
        composer.provenance(
            texts.digest(), options.key(), settings, options.networks().isPresent());
    ComposedModel composed = model.composed(task, columns, head.kind(), evaluation, provenance);
    return TrainedText.of(composer, composed, info -> opener.open(model, info));
  }

  private static <I, L, V> Split split(LabelledTexts<I, L, V> texts, SameTexts same) {
    int groups = (int) texts.groups().stream().distinct().count();
    if (groups < texts.inputs().size() && groups >= 3) {
      return Split.folds(Math.min(FOLDS, groups));
    }
    int least = Math.min(smallest(texts, same), same.firsts().size());
    return Split.folds(Math.max(2, Math.min(FOLDS, least))).by(Split.By.ROW);
  }

  /** The number of texts of the smallest class that has several; folds cannot be more. */
  private static <I, L, V> int smallest(LabelledTexts<I, L, V> texts, SameTexts same) {
    int kinds = texts.head().strata();
    if (kinds == 0) {
      return Math.min(FOLDS, same.firsts().size() / 2);
    }
    int[] counts = new int[kinds];
    for (int first : same.firsts()) {
      int kind = texts.head().stratum(texts.targets()[first], 0);
      if (kind >= 0) {
        counts[kind]++;
      }
    }
    Arrays.sort(counts);
    int middle = counts[counts.length / 2];
    return Math.max(2, middle);
  }

  private static <I, L, V> List<Integer> strata(LabelledTexts<I, L, V> texts) {
    if (texts.head().strata() == 0) {
      return List.of();
    }
    return Arrays.stream(texts.targets()).map(t -> texts.head().stratum(t, 0)).toList();
  }

  private HeldOut heldOut(
      LabelledTexts<I, L, V> texts, int[] judged, List<Chosen<I>> chosen, Split split) {
    int outputs = texts.head().outputs();
    double[][] said = new double[judged.length][outputs];
    float[][] targets = new float[judged.length][];
    List<String> groups = new ArrayList<>();
    float[] z = new float[outputs];
    for (int i = 0; i < judged.length; i++) {
      for (Chosen<I> one : chosen) {
        for (int k = 0; k < outputs; k++) {
          z[k] = (float) (one.heard().sharpness() * one.heard().logits()[i][k]);
        }
        texts.head().say(z, 0, said[i], 0, 1.0 / chosen.size());
      }
      targets[i] = texts.targets()[judged[i]];
      groups.add(
          split.by() == Split.By.GROUP ? texts.groups().get(judged[i]) : Integer.toString(i));
    }
    return new HeldOut(said, targets, groups);
  }

  private Evaluation evaluation(
      FittedHead<L, V> raw,
      FittedHead<L, V> calibrated,
      HeldOut heldOut,
      double floor,
      String protocol) {
    Map<String, Double> figures = new LinkedHashMap<>(calibrated.figures(heldOut));
    if (floor > 0) {
      figures.putAll(Floor.figures(calibrated, heldOut, floor));
    }
    Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
    raw.baselines()
        .forEach(
            (name, said) -> {
              double[][] constant = new double[heldOut.size()][];
              Arrays.fill(constant, said);
              baselines.put(
                  name, raw.figures(new HeldOut(constant, heldOut.targets(), heldOut.groups())));
            });
    return Evaluation.builder()
        .protocol(protocol)
        .samples(heldOut.size())
        .figures(figures)
        .baselines(baselines)
        .build();
  }

  private static String protocol(Split split) {
    String by = split.by().name().toLowerCase(Locale.ROOT);
    return split.folds() > 1
        ? split.folds() + " folds by " + by + ", each judged by a model that did not see it"
        : "a hold-out of " + Math.round(100 * split.judged()) + " % by " + by;
  }
}
