package io.millwright.quality.internal.anomaly;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Predictor;
import io.millwright.api.Progress;
import io.millwright.api.data.Column;
import io.millwright.api.data.Image;
import io.millwright.api.data.Schema;
import io.millwright.api.foreign.Backbone;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.quality.Anomaly;
import io.millwright.quality.AnomalyModel;
import io.millwright.quality.AnomalyTrainer;
import io.millwright.quality.LabelledImage;
import io.millwright.quality.Quality;
import io.millwright.runtime.features.BackboneStore;
import io.millwright.runtime.features.FeatureCache;
import io.millwright.runtime.support.Digest;
import io.millwright.runtime.support.KeyedRandom;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Trains models of good parts: cells once, folds for the threshold, then the memory of all images.
 *
 * @param parts what it works with
 * @param backbone the network, or empty for the own filter bank
 * @param cache where features are kept, or empty
 * @param rate how many good parts may raise an alarm
 * @param key the key by which groups are divided
 */
public record AnomalyTraining(
    Parts parts, Optional<Backbone> backbone, Optional<FeatureCache> cache, double rate, long key)
    implements AnomalyTrainer {

  /** The task as it is opened from a bundle. */
  public static final ComposedTask<Image, Anomaly> TASK =
      new ComposedTask<>(
          Quality.ANOMALY, (model, info) -> new AnomalyPredictor(AnomalyParts.of(model), info));

  private static final int FOLDS = 5;
  private static final int LEAST = 10;
  private static final double RATE = 0.05;

  /**
   * What it works with.
   *
   * @param composer keeps models
   * @param jobs starts trainings
   * @param clock tells the cache when a file was used
   */
  public record Parts(Composer composer, Jobs jobs, Clock clock) {}

  /** All defaults. */
  public static AnomalyTrainer standard(Parts parts) {
    return new AnomalyTraining(parts, Optional.empty(), Optional.empty(), RATE, 0);
  }

  @Override
  public AnomalyTrainer backbone(Backbone network) {
    return new AnomalyTraining(parts, Optional.of(network), cache, rate, key);
  }

  @Override
  public AnomalyTrainer cache(Path folder, long mostBytes) {
    return new AnomalyTraining(
        parts, backbone, Optional.of(new FeatureCache(folder, mostBytes, parts.clock)), rate, key);
  }

  @Override
  public AnomalyTrainer falseAlarms(double share) {
    if (!(share > 0 && share < 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "a rate of false alarms of " + share + ", but above 0 and below 1 is possible");
    }
    return new AnomalyTraining(parts, backbone, cache, share, key);
  }

  @Override
  public AnomalyTrainer key(long value) {
    return new AnomalyTraining(parts, backbone, cache, rate, value);
  }

  @Override
  public Job<AnomalyModel> train(List<LabelledImage> data) {
    List<LabelledImage> images = List.copyOf(data);
    int[] fold = folds(images);
    if (images.size() < LEAST || Arrays.stream(fold).distinct().count() < 2) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          images.size()
              + " images of good parts, but at least "
              + LEAST
              + " of two groups are needed\nMaybe take more images");
    }
    return parts
        .jobs
        .background()
        .start(
            "learn what good parts look like",
            Optional.empty(),
            control -> learn(images, fold, control));
  }

  @Override
  public Job<AnomalyModel> resume(Path checkpoint, List<LabelledImage> data) {
    return train(data);
  }

  private AnomalyModel learn(
      List<LabelledImage> data, int[] fold, Jobs.Control<AnomalyModel> control) {
    List<float[][]> cells = new ArrayList<>();
    List<Image> good = data.stream().map(LabelledImage::image).toList();
    try (Cells source = source()) {
      Optional<Backbone> used =
          source instanceof BackboneCells own ? Optional.of(own.backbone()) : Optional.empty();
      for (Image image : good) {
        control.checkpoint();
        cells.add(source.of(image));
        control.report(
            new Progress(
                "features",
                OptionalDouble.of(0.7 * cells.size() / data.size()),
                control.elapsed(),
                Optional.empty(),
                Map.of("images", (double) cells.size())));
      }
      Space space = Space.fit(cells, used.isPresent() ? Space.REMEMBERED : Space.DESCRIBED);
      List<float[][]> projected = cells.stream().map(space::project).toList();
      boolean[] held = new boolean[fold.length];
      for (int i = 0; i < held.length; i++) {
        held[i] = fold[i] == 0;
      }
      // A backbone sees finer than a whole that was learnt from these parts alone.
      boolean all = used.isEmpty();
      Choice choice = Choice.of(good, held, all, key, control);
      List<List<float[]>> wholes = new ArrayList<>();
      for (Image image : good) {
        wholes.add(features(image, choice.wholes()));
      }
      double[][] scores = new double[fold.length][];
      Optional<Members> first = Optional.empty();
      for (int f = 0; f < FOLDS; f++) {
        control.checkpoint();
        int own = f;
        if (Arrays.stream(fold).noneMatch(g -> g == own)) {
          continue;
        }
        Members members = members(f, projected, wholes, fold, choice);
        if (f == 0) {
          first = Optional.of(members);
        }
        for (int i = 0; i < fold.length; i++) {
          if (fold[i] == f) {
            scores[i] =
                members.scores(
                    projected.get(i),
                    members.known().distances(projected.get(i)),
                    wholes.get(i),
                    !all);
          }
        }
      }
      Members members = members(-1, projected, wholes, fold, choice);
      Members part = first.orElseThrow();
      double[][] unharmed = scores(choice.planted().unharmed(), part, source, space, control);
      double[][] harmed = scores(choice.planted().harmed(), part, source, space, control);
      Blend.Level[] levels = Blend.levels(scores);
      double[] weights = all ? part.weights(levels, unharmed, harmed) : new double[] {1, 0};
      Blend blend = new Blend(!all, weights, levels);
      double[] seen = {
        Choice.auroc(
            Arrays.stream(unharmed).mapToDouble(s -> s[0]).toArray(),
            Arrays.stream(harmed).mapToDouble(s -> s[0]).toArray()),
        Choice.auroc(
            Arrays.stream(unharmed).mapToDouble(blend::score).toArray(),
            Arrays.stream(harmed).mapToDouble(blend::score).toArray())
      };
      double[] sorted = new double[fold.length];
      for (int i = 0; i < sorted.length; i++) {
        sorted[i] = blend.score(scores[i]);
      }
      Arrays.sort(sorted);
      int rank = (int) Math.ceil((1 - rate) * (sorted.length + 1));
      double threshold = sorted[Math.min(sorted.length, Math.max(1, rank)) - 1];
      AnomalyParts model =
          new AnomalyParts(
              used,
              space,
              new Members(members.known().rounded(), members.wholes(), members.texture()),
              blend,
              threshold,
              Optional.of(Seen.of(good)));
      return composed(model, data, sorted, seen);
    }
  }

  /** What the images outside a fold tell. */
  private Members members(
      int own, List<float[][]> projected, List<List<float[]>> features, int[] fold, Choice choice) {
    List<float[][]> cells = new ArrayList<>();
    for (int i = 0; i < fold.length; i++) {
      if (fold[i] != own) {
        cells.add(projected.get(i));
      }
    }
    List<Whole> wholes = new ArrayList<>();
    for (int w = 0; w < choice.wholes().size(); w++) {
      Whole chosen = choice.wholes().get(w);
      List<float[]> images = new ArrayList<>();
      for (int i = 0; i < fold.length; i++) {
        if (fold[i] != own) {
          images.add(features.get(i).get(w));
        }
      }
      wholes.add(Whole.fit(images, chosen.grid()).kept(chosen.axes().length));
    }
    // A backbone's cells are remembered, own ones described.
    return backbone.isPresent()
        ? new Members(Memory.of(cells), wholes, Optional.empty())
        : new Members(Normals.of(cells), wholes, Optional.of(Members.texture(cells)));
  }

  private static List<float[]> features(Image image, List<Whole> wholes) {
    return wholes.stream().map(whole -> Whole.of(image, whole.grid())).toList();
  }

  /** Of each image the score of each member. */
  private double[][] scores(
      List<Image> images, Members members, Cells source, Space space, Jobs.Control<?> control) {
    double[][] all = new double[images.size()][];
    for (int i = 0; i < all.length; i++) {
      control.checkpoint();
      float[][] projected = space.project(source.of(images.get(i)));
      all[i] =
          members.scores(
              projected,
              members.known().distances(projected),
              features(images.get(i), members.wholes()),
              backbone.isPresent());
    }
    return all;
  }

  private Cells source() {
    if (backbone.isEmpty()) {
      return new DirectedCells();
    }
    Backbone network = backbone.get();
    String digest = BackboneStore.standard().keep(network.file());
    return BackboneCells.open(
        new Backbone(
            BackboneStore.standard().find(digest),
            Optional.of(network.digest().orElse(digest)),
            network.layers(),
            network.width(),
            network.height(),
            network.mean(),
            network.deviation()),
        cache);
  }

  /** Groups are dealt out in an order drawn by the key. */
  private int[] folds(List<LabelledImage> data) {
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
    int[] fold = new int[data.size()];
    for (int g = 0; g < order.size(); g++) {
      for (int i : order.get(g)) {
        fold[i] = g % FOLDS;
      }
    }
    return fold;
  }

  private AnomalyModel composed(
      AnomalyParts model, List<LabelledImage> data, double[] sorted, double[] seen) {
    double threshold = model.threshold();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("threshold", threshold);
    figures.put("median", sorted[sorted.length / 2]);
    figures.put("largest", sorted[sorted.length - 1]);
    figures.put(
        "false alarms",
        Arrays.stream(sorted).filter(s -> s > threshold).count() / (double) sorted.length);
    figures.put("planted seen by cells", seen[0]);
    figures.put("planted seen", seen[1]);
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("beyond the median", String.valueOf(model.blend().beyondMedian()));
    settings.put("weights", Arrays.toString(model.blend().weights()));
    model
        .members()
        .wholes()
        .forEach(
            w ->
                settings.put(
                    "components of " + w.grid() + " blocks a side",
                    String.valueOf(w.axes().length)));
    settings.put(
        "features",
        model
            .backbone()
            .map(b -> "backbone " + b.digest().orElse(""))
            .orElse("filters that see directions"));
    model.backbone().ifPresent(b -> settings.put("layers", b.layers().toString()));
    settings.put("rate of false alarms", String.valueOf(rate));
    ComposedModel composed =
        ComposedModel.builder()
            .task(Quality.ANOMALY)
            .inputs(Schema.of(Column.image("image")))
            .texts(model.texts())
            .numbers(model.numbers())
            .evaluation(
                Evaluation.builder()
                    .protocol(
                        FOLDS
                            + " folds of good images, groups kept together, each scored by members"
                            + " without it; the threshold is their quantile. Planted defects on the"
                            + " first fold chose the components, and what each member counts")
                    .samples(data.size())
                    .figures(figures)
                    .build())
            .provenance(parts.composer.provenance(digest(data), key, settings, false))
            .build();
    return new Model(parts.composer, composed, model, parts.composer.info(composed));
  }

  private static String digest(List<LabelledImage> data) {
    Digest sha = new Digest();
    for (LabelledImage image : data) {
      sha.add(
          (image.group() + "\0" + image.image().width() + "\0" + image.image().height() + "\0"));
      sha.add(image.image().bytes());
    }
    return sha.hex();
  }

  /** A trained model. */
  private record Model(
      Composer composer, ComposedModel composed, AnomalyParts model, ModelInfo info)
      implements AnomalyModel {

    @Override
    public Evaluation evaluation() {
      return composed.evaluation();
    }

    @Override
    public Predictor<Image, Anomaly> open() {
      return new AnomalyPredictor(model, info);
    }

    @Override
    public void saveTo(Path bundle) {
      composer.write(composed, bundle);
    }
  }
}
