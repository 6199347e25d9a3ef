package io.millwright.quality.internal.backbone;

import io.millwright.api.Capability;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.api.Progress;
import io.millwright.api.data.Column;
import io.millwright.api.data.Image;
import io.millwright.api.data.Schema;
import io.millwright.api.foreign.Backbone;
import io.millwright.api.learn.ClassMetrics;
import io.millwright.api.learn.ConfusionMatrix;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.quality.InspectionCosts;
import io.millwright.quality.InspectionModel;
import io.millwright.quality.LabelledImage;
import io.millwright.quality.PaidCosts;
import io.millwright.quality.Quality;
import io.millwright.quality.Verdict;
import io.millwright.runtime.features.BackboneFeatures;
import io.millwright.runtime.features.BackboneStore;
import io.millwright.runtime.features.FeatureCache;
import io.millwright.runtime.support.Digest;
import io.millwright.runtime.support.KeyedRandom;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Trains inspection on a frozen backbone: features once, then heads on folds, which judge and
 * calibrate, then heads on all images.
 */
public final class BackboneTraining {

  /** The task as it is opened from a bundle. */
  public static final ComposedTask<Image, Verdict> TASK =
      new ComposedTask<>(
          Quality.INSPECTION,
          (model, info) -> BackbonePredictor.open(BackboneModel.of(model), info));

  private static final int FOLDS = 5;

  /** Of the interval of costs. */
  private static final double LEVEL = 0.9;

  private final Composer composer;
  private final Backbone backbone;
  private final Optional<FeatureCache> cache;
  private final Optional<InspectionCosts> costs;
  private final boolean balanced;
  private final long key;

  /**
   * A training.
   *
   * @param cache where features are kept, or empty
   * @param costs what decisions cost, or empty
   * @param balanced whether every class counts the same
   * @param key the key by which images are divided
   */
  public BackboneTraining(
      Composer composer,
      Backbone backbone,
      Optional<FeatureCache> cache,
      Optional<InspectionCosts> costs,
      boolean balanced,
      long key) {
    this.composer = composer;
    this.backbone = backbone;
    this.cache = cache;
    this.costs = costs;
    this.balanced = balanced;
    this.key = key;
  }

  /** Trains on checked images of at least two classes. */
  public InspectionModel train(List<LabelledImage> data, Jobs.Control<?> control) {
    List<String> labels =
        List.copyOf(new TreeSet<>(data.stream().map(LabelledImage::label).toList()));
    costs
        .filter(c -> !labels.contains(c.good()))
        .ifPresent(
            c -> {
              throw new MillwrightException(
                  io.millwright.api.ErrorCode.BAD_LABEL,
                  "the good class \""
                      + c.good()
                      + "\" is none of "
                      + labels
                      + "\nMaybe correct the costs");
            });
    int[] truth = data.stream().mapToInt(i -> labels.indexOf(i.label())).toArray();
    String digest = BackboneStore.standard().keep(backbone.file());
    Backbone kept =
        new Backbone(
            BackboneStore.standard().find(digest),
            Optional.of(backbone.digest().orElse(digest)),
            backbone.layers(),
            backbone.width(),
            backbone.height(),
            backbone.mean(),
            backbone.deviation());
    List<float[][]> views = new ArrayList<>();
    List<Integer> ends;
    Backbone used;
    try (BackboneFeatures features = BackboneFeatures.open(kept, cache, 1)) {
      used = features.backbone();
      ends = Views.ends(features.of(data.get(0).image()));
      for (LabelledImage image : data) {
        control.checkpoint();
        views.add(Views.of(features, image.image()));
        control.report(
            new Progress(
                "features",
                OptionalDouble.of(0.8 * views.size() / data.size()),
                control.elapsed(),
                Optional.empty(),
                Map.of("images", (double) views.size())));
      }
    }
    int[] fold = folds(data, truth, labels.size());
    double[][] held = new double[data.size()][];
    double strange = 0;
    for (int f = 0; f < FOLDS; f++) {
      control.checkpoint();
      List<float[][]> learnt = new ArrayList<>();
      List<Integer> known = new ArrayList<>();
      for (int i = 0; i < fold.length; i++) {
        if (fold[i] != f) {
          learnt.add(views.get(i));
          known.add(truth[i]);
        }
      }
      if (learnt.size() == fold.length || learnt.isEmpty()) {
        continue;
      }
      LinearHead head =
          LinearHead.fit(
              learnt, known.stream().mapToInt(k -> k).toArray(), labels.size(), ends, balanced);
      for (int i = 0; i < fold.length; i++) {
        if (fold[i] == f) {
          held[i] = head.scores(views.get(i));
          strange = Math.max(strange, head.strangeness(views.get(i)));
        }
      }
    }
    Calibrated calibrated = Calibrated.fit(held, truth);
    LinearHead whole = LinearHead.fit(views, truth, labels.size(), ends, balanced);
    BackboneModel model = new BackboneModel(used, labels, whole, calibrated, strange, costs);
    return composed(model, data, evaluation(model, held, truth));
  }

  private InspectionModel composed(
      BackboneModel model, List<LabelledImage> data, Evaluation evaluation) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("backbone", model.backbone().digest().orElseThrow());
    settings.put("layers", model.backbone().layers().toString());
    settings.put("views", String.valueOf(Views.COUNT));
    settings.put("balanced", String.valueOf(balanced));
    ComposedModel composed =
        ComposedModel.builder()
            .task(Quality.INSPECTION)
            .inputs(Schema.of(Column.image("image")))
            .texts(model.texts())
            .numbers(model.numbers())
            .evaluation(evaluation)
            .capabilities(java.util.Set.of(Capability.CALIBRATED))
            .provenance(composer.provenance(dataDigest(data), key, settings, false))
            .build();
    return new BackboneInspection(composer, composed, model);
  }

  /** Groups stay together; classes go round, so that each fold has its share. */
  private int[] folds(List<LabelledImage> data, int[] truth, int classes) {
    Map<String, List<Integer>> groups = new TreeMap<>();
    for (int i = 0; i < data.size(); i++) {
      String group = data.get(i).group();
      groups
          .computeIfAbsent(group.isEmpty() ? "\0" + i : "g" + group, g -> new ArrayList<>())
          .add(i);
    }
    List<List<Integer>> order = new ArrayList<>(groups.values());
    KeyedRandom random = KeyedRandom.of(key, KeyedRandom.Purpose.SPLIT);
    for (int i = order.size() - 1; i > 0; i--) {
      java.util.Collections.swap(order, i, (int) Math.floorMod(random.nextLong(), i + 1L));
    }
    int[][] counts = new int[FOLDS][classes];
    int[] fold = new int[data.size()];
    for (List<Integer> group : order) {
      int best = 0;
      long least = Long.MAX_VALUE;
      for (int f = 0; f < FOLDS; f++) {
        long load = 0;
        for (int i : group) {
          load += counts[f][truth[i]] * 1000L + java.util.Arrays.stream(counts[f]).sum();
        }
        if (load < least) {
          least = load;
          best = f;
        }
      }
      for (int i : group) {
        fold[i] = best;
        counts[best][truth[i]]++;
      }
    }
    return fold;
  }

  private Evaluation evaluation(BackboneModel model, double[][] held, int[] truth) {
    List<String> labels = model.labels();
    double[][] p = new double[truth.length][];
    List<String> said = new ArrayList<>();
    List<String> known = new ArrayList<>();
    int right = 0;
    int[] found = new int[labels.size()];
    for (int i = 0; i < truth.length; i++) {
      p[i] = model.calibrated().probabilities(held[i]);
      int best = Calibrated.order(p[i]).get(0);
      right += best == truth[i] ? 1 : 0;
      found[truth[i]] += best == truth[i] ? 1 : 0;
      said.add(labels.get(best));
      known.add(labels.get(truth[i]));
    }
    int[] counts = new int[labels.size()];
    for (int t : truth) {
      counts[t]++;
    }
    double most = java.util.Arrays.stream(counts).max().orElse(0);
    Map<String, Double> figures = new LinkedHashMap<>();
    double recalls = 0;
    for (int k = 0; k < counts.length; k++) {
      recalls += (double) found[k] / counts[k] / counts.length;
    }
    figures.put("accuracy", (double) right / truth.length);
    figures.put("balanced accuracy", recalls);
    figures.put("f1 macro", ConfusionMatrix.of(known, said).f1(ConfusionMatrix.Average.MACRO));
    figures.put("log loss", ClassMetrics.logLoss(truth, p));
    costs.ifPresent(paid -> paid(figures, paid, labels, p, known));
    return Evaluation.builder()
        .protocol(
            FOLDS
                + " folds, groups kept together, each image judged by heads that did not see it;"
                + " the temperature was fitted to the same images")
        .samples(truth.length)
        .figures(figures)
        .baselines(Map.of("most frequent class", Map.of("accuracy", most / truth.length)))
        .build();
  }

  /** What decisions would have cost on the images held out. */
  private static void paid(
      Map<String, Double> figures,
      InspectionCosts costs,
      List<String> labels,
      double[][] p,
      List<String> truths) {
    List<Verdict> verdicts =
        java.util.Arrays.stream(p)
            .map(k -> BackbonePredictor.verdict(k, labels, Optional.of(costs)))
            .toList();
    PaidCosts paid = Paying.of(costs, verdicts, truths, LEVEL);
    figures.put("cost expected", paid.expected());
    figures.put("cost realised", paid.realised().value());
    figures.put("cost low", paid.realised().low());
    figures.put("cost high", paid.realised().high());
    if (costs.review().isPresent()) {
      double reviewed =
          verdicts.stream().filter(v -> v.decision() == Verdict.Decision.REVIEW).count();
      figures.put("review share", reviewed / verdicts.size());
    }
  }

  private static String dataDigest(List<LabelledImage> data) {
    Digest sha = new Digest();
    for (LabelledImage image : data) {
      String words =
          image.label()
              + "\0"
              + image.group()
              + "\0"
              + image.image().width()
              + "\0"
              + image.image().height()
              + "\0"
              + image.image().format()
              + "\0";
      sha.add(words);
      sha.add(ByteBuffer.wrap(image.image().bytes()));
    }
    return sha.hex();
  }
}
