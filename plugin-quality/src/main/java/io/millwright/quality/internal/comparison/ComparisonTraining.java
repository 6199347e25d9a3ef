package io.millwright.quality.internal.comparison;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Predictor;
import io.millwright.api.Progress;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.quality.Box;
import io.millwright.quality.ComparisonModel;
import io.millwright.quality.ComparisonTrainer;
import io.millwright.quality.DetectionFigures;
import io.millwright.quality.Detections;
import io.millwright.quality.ImagePair;
import io.millwright.quality.Mark;
import io.millwright.quality.MarkedImage;
import io.millwright.quality.MarkedPair;
import io.millwright.quality.Quality;
import io.millwright.quality.internal.detection.Confidence;
import io.millwright.runtime.support.Digest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Learns from labelled pairs what of the differences is a defect.
 *
 * @param composer keeps models
 * @param jobs starts trainings
 * @param reach how far parts may be moved, in pixels
 */
public record ComparisonTraining(Composer composer, Jobs jobs, int reach)
    implements ComparisonTrainer {

  /** The task as it is opened from a bundle. */
  public static final ComposedTask<ImagePair, Detections> TASK =
      new ComposedTask<>(
          Quality.COMPARISON,
          (model, info) -> new ComparisonPredictor(ComparisonParts.of(model), info));

  private static final int FOLDS = 5;
  private static final int REACH = 12;
  private static final int RADIUS = 2;
  private static final double THRESHOLD = 0.25;

  /**
   * How far boxes reach beyond regions, in pixels, unless labels say otherwise: one that the
   * tolerance of edges takes away, and two that people draw beyond a defect.
   */
  private static final double MARGIN = 3;

  private static final int LEAST_REGIONS = 10;
  private static final int MOST_TRIED = 12;

  /** A region belongs to a true box that it overlaps by this, or whose middle it holds. */
  private static final double TOUCHES = 0.1;

  /** What is tried on the first labelled pairs: radius and threshold. */
  private static final double[][] SETTINGS = {
    {RADIUS, THRESHOLD}, {1, 0.25}, {1, 0.4}, {2, 0.4}, {3, 0.25}
  };

  /** All defaults. */
  public static ComparisonTrainer standard(Composer composer, Jobs jobs) {
    return new ComparisonTraining(composer, jobs, REACH);
  }

  @Override
  public ComparisonTrainer reach(int pixels) {
    if (pixels < 0 || pixels > 64) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "a reach of " + pixels + " pixels, but 0 to 64 are possible");
    }
    return new ComparisonTraining(composer, jobs, pixels);
  }

  @Override
  public Job<ComparisonModel> train(List<MarkedPair> data) {
    List<MarkedPair> pairs = data.stream().filter(MarkedPair::labelled).toList();
    return jobs.background()
        .start("learn to compare", Optional.empty(), control -> learn(pairs, control));
  }

  /** It takes seconds: it begins anew. */
  @Override
  public Job<ComparisonModel> resume(Path checkpoint, List<MarkedPair> data) {
    return train(data);
  }

  private ComparisonParts plain(double radius, double threshold) {
    return new ComparisonParts(
        reach,
        (int) radius,
        threshold,
        List.of(MARGIN, MARGIN, MARGIN, MARGIN),
        Optional.empty(),
        Confidence.AS_IS);
  }

  private ComparisonModel learn(List<MarkedPair> data, Jobs.Control<ComparisonModel> control) {
    List<MarkedPair> marked = data.stream().filter(p -> !p.marks().isEmpty()).toList();
    if (marked.isEmpty()) {
      return composed(plain(RADIUS, THRESHOLD), data, Optional.empty());
    }
    ComparisonParts plain = settings(marked, control);
    List<Seen> all = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      control.checkpoint();
      Difference difference = Difference.of(data.get(i).pair(), reach, plain.radius());
      all.addAll(seen(plain, difference, data.get(i), i));
      control.report(
          new Progress(
              "differences",
              OptionalDouble.of(0.8 * (i + 1) / data.size()),
              control.elapsed(),
              Optional.empty(),
              Map.of("pairs", i + 1.0)));
    }
    TreeSet<String> labels = new TreeSet<>();
    all.forEach(s -> labels.add(s.label));
    ComparisonParts drawn = margins(plain, all);
    if (all.size() < LEAST_REGIONS || labels.stream().allMatch(String::isEmpty)) {
      return composed(drawn, data, Optional.empty());
    }
    List<String> kinds = List.copyOf(labels);
    int[] fold = folds(data);
    List<Detections> said = new ArrayList<>();
    Confidence confidence = calibrated(drawn, data, all, kinds, fold, said, control);
    ComparisonParts whole =
        with(drawn, Optional.of(fit(all, kinds, drawn.margin(), s -> true)), confidence);
    return composed(whole, data, Optional.of(figures(said, data)));
  }

  /** A region of a pair and the true class it has; an empty name for none. */
  private record Seen(
      int pair, Difference.Region region, double[] traits, String label, Optional<Box> truth) {}

  /** The setting with the best recall of boxes by regions, against regions that are none. */
  private ComparisonParts settings(List<MarkedPair> marked, Jobs.Control<?> control) {
    double[] worth = new double[SETTINGS.length];
    int step = Math.max(1, marked.size() / MOST_TRIED);
    for (int i = 0; i < marked.size(); i += step) {
      control.checkpoint();
      Difference difference = Difference.of(marked.get(i).pair(), reach, RADIUS);
      for (int t = 0; t < SETTINGS.length; t++) {
        ComparisonParts parts = plain(SETTINGS[t][0], SETTINGS[t][1]);
        List<Seen> seen = seen(parts, difference.within(parts.radius()), marked.get(i), i);
        worth[t] += seen.stream().map(Seen::truth).flatMap(Optional::stream).distinct().count();
        worth[t] -= 0.05 * seen.stream().filter(s -> s.label.isEmpty()).count();
      }
    }
    int best = 0;
    for (int t = 1; t < worth.length; t++) {
      best = worth[t] > worth[best] ? t : best;
    }
    return plain(SETTINGS[best][0], SETTINGS[best][1]);
  }

  private static List<Seen> seen(
      ComparisonParts parts, Difference difference, MarkedPair pair, int number) {
    List<Seen> seen = new ArrayList<>();
    for (Difference.Region region : parts.regions(difference)) {
      Box box =
          ComparisonParts.box(
              region, parts.margin(), pair.pair().test().width(), pair.pair().test().height());
      Optional<Mark> best = Optional.empty();
      double most = 0;
      for (Mark mark : pair.marks()) {
        double overlap = mark.box().overlap(box);
        double x = (box.left() + box.right()) / 2;
        double y = (box.top() + box.bottom()) / 2;
        boolean inside =
            x >= mark.box().left()
                && x <= mark.box().right()
                && y >= mark.box().top()
                && y <= mark.box().bottom();
        if (overlap > most && (overlap > TOUCHES || inside)) {
          most = overlap;
          best = Optional.of(mark);
        }
      }
      seen.add(
          new Seen(
              number,
              region,
              Traits.of(difference, region),
              best.map(Mark::label).orElse(""),
              best.map(Mark::box)));
    }
    return seen;
  }

  /** Boxes reach beyond regions as far as people draw them: the median of each side. */
  private static ComparisonParts margins(ComparisonParts parts, List<Seen> all) {
    List<List<Double>> sides =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Seen s : all) {
      s.truth.ifPresent(
          t -> {
            double[] beyond = beyond(t, s.region.box());
            for (int e = 0; e < beyond.length; e++) {
              sides.get(e).add(beyond[e]);
            }
          });
    }
    if (sides.get(0).isEmpty()) {
      return parts;
    }
    List<Double> margin =
        sides.stream().map(s -> s.stream().sorted().toList().get(s.size() / 2)).toList();
    return new ComparisonParts(
        parts.reach(),
        parts.radius(),
        parts.threshold(),
        margin,
        parts.kinds(),
        parts.confidence());
  }

  private static ComparisonParts with(
      ComparisonParts parts, Optional<Kinds> kinds, Confidence confidence) {
    return new ComparisonParts(
        parts.reach(), parts.radius(), parts.threshold(), parts.margin(), kinds, confidence);
  }

  private static Kinds fit(
      List<Seen> all, List<String> labels, List<Double> margins, Predicate<Seen> learnt) {
    List<Seen> own = all.stream().filter(learnt).toList();
    double[] usual = margins.stream().mapToDouble(m -> m).toArray();
    return Kinds.fit(
        own.stream().map(Seen::traits).toList(),
        own.stream().map(Seen::label).toList(),
        own.stream().map(s -> s.truth.map(t -> beyond(t, s.region.box())).orElse(usual)).toList(),
        labels,
        margins);
  }

  /** How far a drawn box reaches beyond a region at each side. */
  private static double[] beyond(Box drawn, Box region) {
    return new double[] {
      region.left() - drawn.left(),
      region.top() - drawn.top(),
      drawn.right() - region.right(),
      drawn.bottom() - region.bottom()
    };
  }

  /** Pairs of a group stand in one fold. */
  private static int[] folds(List<MarkedPair> data) {
    Map<String, Integer> known = new LinkedHashMap<>();
    int[] fold = new int[data.size()];
    for (int i = 0; i < fold.length; i++) {
      String group = data.get(i).group();
      fold[i] =
          known.computeIfAbsent(group.isEmpty() ? "\0" + i : group, g -> known.size() % FOLDS);
    }
    return fold;
  }

  private static Confidence calibrated(
      ComparisonParts drawn,
      List<MarkedPair> data,
      List<Seen> all,
      List<String> labels,
      int[] fold,
      List<Detections> said,
      Jobs.Control<?> control) {
    List<Double> scores = new ArrayList<>();
    List<Boolean> right = new ArrayList<>();
    Map<Integer, ComparisonParts> models = new LinkedHashMap<>();
    for (int i = 0; i < fold.length; i++) {
      control.checkpoint();
      int own = fold[i];
      if (all.stream().noneMatch(s -> fold[s.pair] != own)) {
        return Confidence.AS_IS;
      }
      ComparisonParts model =
          models.computeIfAbsent(
              own,
              f ->
                  with(
                      drawn,
                      Optional.of(fit(all, labels, drawn.margin(), s -> fold[s.pair] != f)),
                      Confidence.AS_IS));
      Detections found = detections(model, data.get(i), all, i);
      said.add(found);
      boolean[] hits = DetectionFigures.hits(found, image(data.get(i)));
      for (int d = 0; d < hits.length; d++) {
        scores.add(found.found().get(d).confidence());
        right.add(hits[d]);
      }
    }
    boolean[] hits = new boolean[right.size()];
    for (int d = 0; d < hits.length; d++) {
      hits[d] = right.get(d);
    }
    return Confidence.fit(scores.stream().mapToDouble(s -> s).toArray(), hits);
  }

  /** What a model says of regions already seen. */
  private static Detections detections(
      ComparisonParts model, MarkedPair pair, List<Seen> all, int number) {
    int width = pair.pair().test().width();
    int height = pair.pair().test().height();
    return new Detections(
        all.stream()
            .filter(s -> s.pair == number)
            .flatMap(s -> model.detections(s.region, s.traits, width, height).stream())
            .sorted(Comparator.comparingDouble(d -> -d.confidence()))
            .toList(),
        1,
        1,
        List.of(0.0));
  }

  private static MarkedImage image(MarkedPair pair) {
    return MarkedImage.of(pair.pair().test(), pair.marks());
  }

  private static Map<String, Double> figures(List<Detections> said, List<MarkedPair> data) {
    Map<String, Double> figures = new LinkedHashMap<>();
    if (said.size() == data.size()) {
      DetectionFigures judged =
          DetectionFigures.of(said, data.stream().map(ComparisonTraining::image).toList());
      figures.put("map at 0.5", judged.map());
    }
    return figures;
  }

  private ComparisonModel composed(
      ComparisonParts model, List<MarkedPair> data, Optional<Map<String, Double>> figures) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("reach", String.valueOf(reach));
    settings.put("radius", String.valueOf(model.radius()));
    settings.put("threshold", String.valueOf(model.threshold()));
    settings.put("margin", String.valueOf(model.margin()));
    ComposedModel composed =
        ComposedModel.builder()
            .task(Quality.COMPARISON)
            .inputs(Schema.of(Column.image("template"), Column.image("test")))
            .texts(model.texts())
            .numbers(model.numbers())
            .evaluation(
                Evaluation.builder()
                    .protocol(
                        figures.isPresent()
                            ? FOLDS
                                + " folds of pairs, groups kept together, each judged by classes"
                                + " learnt without it"
                            : "nothing was labelled: not judged")
                    .samples(data.size())
                    .figures(figures.orElse(Map.of()))
                    .build())
            .provenance(composer.provenance(digest(data), 0, settings, false))
            .build();
    return new Model(composer, composed, model, composer.info(composed));
  }

  private static String digest(List<MarkedPair> data) {
    Digest sha = new Digest();
    for (MarkedPair pair : data) {
      sha.add(pair.group() + "\0" + pair.marks());
      sha.add(pair.pair().template().bytes());
      sha.add(pair.pair().test().bytes());
    }
    return sha.hex();
  }

  /** A trained model. */
  private record Model(
      Composer composer, ComposedModel composed, ComparisonParts model, ModelInfo info)
      implements ComparisonModel {

    @Override
    public Evaluation evaluation() {
      return composed.evaluation();
    }

    @Override
    public Predictor<ImagePair, Detections> open() {
      return new ComparisonPredictor(model, info);
    }

    @Override
    public void saveTo(Path bundle) {
      composer.write(composed, bundle);
    }
  }
}
