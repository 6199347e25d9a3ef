package io.millwright.quality.internal.detection;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Image;
import io.millwright.api.data.Schema;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Schedule;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.api.spi.Jobs;
import io.millwright.quality.DetectionFigures;
import io.millwright.quality.DetectionModel;
import io.millwright.quality.DetectionTrainer;
import io.millwright.quality.Detections;
import io.millwright.quality.Mark;
import io.millwright.quality.MarkedImage;
import io.millwright.quality.Quality;
import io.millwright.runtime.support.Digest;
import io.millwright.runtime.support.KeyedRandom;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Trains detectors.
 *
 * @param composer fits and keeps networks
 * @param jobs starts trainings
 * @param size said by the user, or empty
 * @param anySide whether defects look alike from every side
 * @param learning said by the user, or empty
 * @param most how long learning may take, or empty
 * @param key the key of all randomness
 */
public record DetectionTraining(
    Composer composer,
    Jobs jobs,
    Optional<Grid> size,
    boolean anySide,
    Optional<Learning> learning,
    Optional<Duration> most,
    long key)
    implements DetectionTrainer {

  /** The task as it is opened from a bundle. */
  public static final ComposedTask<Image, Detections> TASK =
      new ComposedTask<>(
          Quality.DETECTION, (model, info) -> new BoxPredictor(BoxParts.of(model), info));

  private static final int HELD_OUT = 8;
  private static final int LEAST_IMAGES = 8;
  private static final int STEPS = 4800;
  private static final int BATCH = 16;
  private static final int MOST_EPOCHS = 60;
  private static final int MOST_COPIES = 4;
  private static final int LEAST_SIDE = 128;
  private static final int MOST_SIDE = 512;
  private static final int STRIDE = 32;

  /** All defaults. */
  public static DetectionTrainer standard(Composer composer, Jobs jobs) {
    return new DetectionTraining(
        composer, jobs, Optional.empty(), true, Optional.empty(), Optional.empty(), 0);
  }

  @Override
  public DetectionTrainer size(int width, int height) {
    if (width % STRIDE != 0
        || height % STRIDE != 0
        || Math.min(width, height) < 64
        || Math.max(width, height) > 1024) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "a size of "
              + width
              + " x "
              + height
              + ", but multiples of 32 between 64 and 1024 are possible");
    }
    return new DetectionTraining(
        composer, jobs, Optional.of(new Grid(width, height)), anySide, learning, most, key);
  }

  @Override
  public DetectionTrainer anySide(boolean value) {
    return new DetectionTraining(composer, jobs, size, value, learning, most, key);
  }

  @Override
  public DetectionTrainer learning(Learning options) {
    return new DetectionTraining(
        composer, jobs, size, anySide, Optional.of(options), most, options.key());
  }

  @Override
  public DetectionTrainer key(long value) {
    return new DetectionTraining(composer, jobs, size, anySide, learning, most, value);
  }

  @Override
  public DetectionTrainer within(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "learning within " + time + ", but a time above 0 is possible");
    }
    return new DetectionTraining(composer, jobs, size, anySide, learning, Optional.of(time), key);
  }

  @Override
  public Job<DetectionModel> train(List<MarkedImage> data) {
    List<MarkedImage> images = List.copyOf(data);
    boolean[] held = check(images);
    return jobs.background()
        .start("learn to detect", Optional.empty(), control -> learn(images, held, control));
  }

  @Override
  public Job<DetectionModel> resume(Path checkpoint, List<MarkedImage> data) {
    if (most.isPresent()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "how much is learnt within "
              + most.orElseThrow()
              + " depends on the machine's load, so that it cannot go on where it stood"
              + "\nMaybe state the epochs instead");
    }
    return new DetectionTraining(
            composer,
            jobs,
            size,
            anySide,
            Optional.of(
                learning.orElseGet(() -> schooling(data.size())).checkpoints(checkpoint, 1)),
            most,
            key)
        .train(data);
  }

  /** Which images are held out: an eighth, groups together, in an order drawn by the key. */
  private boolean[] check(List<MarkedImage> data) {
    Map<String, List<Integer>> groups = new TreeMap<>();
    for (int i = 0; i < data.size(); i++) {
      String group = data.get(i).group();
      groups
          .computeIfAbsent(group.isEmpty() ? "\0" + i : "g" + group, g -> new ArrayList<>())
          .add(i);
    }
    long marks = data.stream().mapToLong(i -> i.marks().size()).sum();
    if (data.size() < LEAST_IMAGES || groups.size() < 2 || marks < 2) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          data.size()
              + " images in "
              + groups.size()
              + " groups with "
              + marks
              + " defects, but at least "
              + LEAST_IMAGES
              + " images, two groups and two defects are needed\nMaybe label more images");
    }
    List<List<Integer>> order = new ArrayList<>(groups.values());
    KeyedRandom random = KeyedRandom.of(key, KeyedRandom.Purpose.SPLIT);
    for (int i = order.size() - 1; i > 0; i--) {
      java.util.Collections.swap(order, i, (int) Math.floorMod(random.nextLong(), i + 1L));
    }
    boolean[] held = new boolean[data.size()];
    int want = Math.max(1, data.size() / HELD_OUT);
    int count = 0;
    for (int g = 0; g < order.size() - 1 && count < want; g++) {
      for (int i : order.get(g)) {
        held[i] = true;
        count++;
      }
    }
    return held;
  }

  private DetectionModel learn(
      List<MarkedImage> data, boolean[] held, Jobs.Control<DetectionModel> control) {
    TreeSet<String> labels = new TreeSet<>();
    data.forEach(i -> i.marks().forEach(m -> labels.add(m.label())));
    List<String> classes = List.copyOf(labels);
    Grid grid = size.orElseGet(() -> size(data));
    boolean colour = data.get(0).image().format() == Image.Format.RGB8;
    List<Variants.Shown> shown = new ArrayList<>();
    int[] copies = copies(data, held);
    for (int i = 0; i < held.length; i++) {
      control.checkpoint();
      MarkedImage image = data.get(i);
      if (!held[i]) {
        Variants.Shown one =
            new Variants.Shown(
                Plate.of(image.image(), grid, colour),
                Plate.placed(image, grid, classes),
                image.mask().map(m -> Variants.Shown.covered(m, grid)).orElse(new boolean[0]));
        for (int c = 0; c < copies[i]; c++) {
          shown.add(one);
        }
      }
    }
    Learning usual = learning.orElseGet(() -> schooling(shown.size())).key(key);
    BoxLoss loss = new BoxLoss(grid.cells(), classes.size());
    Variants every = new Variants(shown, classes.size(), anySide, key, Variants.EACH);
    Pace.Course course = course(every, loss, usual, control);
    Learning schooling = usual.epochs(course.epochs());
    Variants all = new Variants(shown, classes.size(), anySide, key, course.each());
    FittedNetwork network =
        composer.fit(BoxNetwork.of(grid, colour), loss, schooling, all, control);
    BoxParts raw = new BoxParts(grid, colour, anySide, classes, Confidence.AS_IS, network);
    return judged(raw, data, held, all.each(), schooling, control);
  }

  /**
   * How much is learnt, told before it begins; of stated epochs without a time nothing is tried.
   */
  private Pace.Course course(
      Variants all, BoxLoss loss, Learning usual, Jobs.Control<DetectionModel> control) {
    Pace.Course whole = new Pace.Course(usual.epochs(), Variants.EACH);
    if (most.isEmpty() && learning.isPresent()) {
      return whole;
    }
    Pace pace = Pace.of(composer, all, loss, usual, control);
    int images = all.shown().size();
    Pace.Course course =
        most.map(m -> pace.within(m, images, usual.batch(), usual.epochs())).orElse(whole);
    pace.tell(course, images, usual.batch(), control);
    return course;
  }

  /** How often an image is shown for one of the commonest kind: the root of its kind's rarity. */
  private static int[] copies(List<MarkedImage> data, boolean[] held) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < held.length; i++) {
      if (!held[i]) {
        kinds(data.get(i)).forEach(k -> counts.merge(k, 1, Integer::sum));
      }
    }
    int most = counts.values().stream().mapToInt(c -> c).max().orElse(1);
    int[] copies = new int[held.length];
    for (int i = 0; i < held.length; i++) {
      int rarest =
          kinds(data.get(i)).stream()
              .mapToInt(k -> counts.getOrDefault(k, most))
              .min()
              .orElse(most);
      copies[i] =
          (int) Math.max(1, Math.min(MOST_COPIES, Math.round(Math.sqrt((double) most / rarest))));
    }
    return copies;
  }

  private static Set<String> kinds(MarkedImage image) {
    Set<String> kinds = new TreeSet<>();
    image.marks().forEach(m -> kinds.add(m.label()));
    if (kinds.isEmpty()) {
      kinds.add("");
    }
    return kinds;
  }

  /** Large enough that four fifths of the defects fill a cell, within what images have. */
  private static Grid size(List<MarkedImage> data) {
    Image first = data.get(0).image();
    double shorter = Math.min(first.width(), first.height());
    double[] sides =
        data.stream()
            .flatMap(
                i ->
                    i.marks().stream()
                        .map(Mark::box)
                        .map(
                            b ->
                                Math.min(b.right() - b.left(), b.bottom() - b.top())
                                    / Math.min(i.image().width(), i.image().height())))
            .mapToDouble(s -> s)
            .sorted()
            .toArray();
    double wanted = Grid.CELL / Math.max(1e-3, sides[sides.length / 5]);
    double side = Math.max(LEAST_SIDE, Math.min(MOST_SIDE, wanted));
    double scale = Math.min(Math.max(side, LEAST_SIDE), Math.max(64, shorter)) / shorter;
    return new Grid(rounded(first.width() * scale), rounded(first.height() * scale));
  }

  private static int rounded(double side) {
    return (int) Math.max(64, Math.min(1024, STRIDE * Math.round(side / STRIDE)));
  }

  private static Learning schooling(int images) {
    int epoch = Math.max(1, images * Variants.EACH / BATCH);
    return Learning.adamW(4e-3, 0.05)
        .batch(BATCH)
        .epochs(Math.max(1, Math.min(MOST_EPOCHS, (STEPS + epoch / 2) / epoch)))
        .schedule(new Schedule.WarmUpCosine(0.05))
        .clipNorm(5)
        .averaging(0.99);
  }

  private DetectionModel judged(
      BoxParts raw,
      List<MarkedImage> data,
      boolean[] held,
      int each,
      Learning schooling,
      Jobs.Control<DetectionModel> control) {
    List<MarkedImage> truth = new ArrayList<>();
    List<Double> scores = new ArrayList<>();
    List<Boolean> right = new ArrayList<>();
    for (int i = 0; i < held.length; i++) {
      if (held[i]) {
        control.checkpoint();
        truth.add(data.get(i));
        Detections own = Reader.of(data.get(i).image(), raw);
        boolean[] hits = DetectionFigures.hits(own, data.get(i));
        for (int d = 0; d < hits.length; d++) {
          scores.add(own.found().get(d).confidence());
          right.add(hits[d]);
        }
      }
    }
    boolean[] hits = new boolean[right.size()];
    for (int i = 0; i < hits.length; i++) {
      hits[i] = right.get(i);
    }
    Confidence confidence = Confidence.fit(scores.stream().mapToDouble(s -> s).toArray(), hits);
    BoxParts model =
        new BoxParts(
            raw.grid(), raw.colour(), raw.anySide(), raw.classes(), confidence, raw.network());
    List<Detections> calibrated = new ArrayList<>();
    for (MarkedImage image : truth) {
      calibrated.add(Reader.of(image.image(), model));
    }
    DetectionFigures figures = DetectionFigures.of(calibrated, truth);
    return composed(model, data, truth.size(), figures, each, schooling);
  }

  private DetectionModel composed(
      BoxParts model,
      List<MarkedImage> data,
      int judged,
      DetectionFigures figures,
      int each,
      Learning schooling) {
    Map<String, Double> all = new LinkedHashMap<>();
    all.put("map at 0.5", figures.map());
    all.put("precision", figures.precision());
    all.put("recall", figures.recall());
    if (!Double.isNaN(figures.pro())) {
      all.put("pro", figures.pro());
    }
    all.values().removeIf(v -> v.isNaN());
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("size", model.grid().width() + " x " + model.grid().height());
    settings.put("any side", String.valueOf(model.anySide()));
    settings.put("variants", String.valueOf(each));
    settings.put("learning", schooling.withoutCheckpoints().toString());
    ComposedModel composed =
        ComposedModel.builder()
            .task(Quality.DETECTION)
            .inputs(Schema.of(Column.image("image")))
            .texts(model.texts())
            .numbers(model.numbers())
            .networks(model.networks())
            .evaluation(
                Evaluation.builder()
                    .protocol(
                        "an eighth of the images held out, groups kept together; confidence was"
                            + " calibrated on the same images")
                    .samples(judged)
                    .figures(all)
                    .build())
            .capabilities(Set.of(Capability.CALIBRATED))
            .provenance(composer.provenance(digest(data), key, settings, true))
            .build();
    return new Model(composer, composed, model, composer.info(composed));
  }

  private static String digest(List<MarkedImage> data) {
    Digest sha = new Digest();
    for (MarkedImage image : data) {
      sha.add(image.group() + "\0" + image.marks() + "\0" + image.image().width() + "\0");
      sha.add(image.image().bytes());
      image.mask().ifPresent(m -> sha.add(m.bytes()));
    }
    return sha.hex();
  }

  /** A trained model. */
  private record Model(Composer composer, ComposedModel composed, BoxParts model, ModelInfo info)
      implements DetectionModel {

    @Override
    public Evaluation evaluation() {
      return composed.evaluation();
    }

    @Override
    public Predictor<Image, Detections> open() {
      return new BoxPredictor(model, info);
    }

    @Override
    public void saveTo(Path bundle) {
      composer.write(composed, bundle);
    }
  }
}
