package io.millwright.benchmarks.inspection;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Image;
import io.millwright.api.foreign.Backbone;
import io.millwright.api.learn.ClassMetrics;
import io.millwright.quality.Anomaly;
import io.millwright.quality.AnomalyModel;
import io.millwright.quality.AnomalyTrainer;
import io.millwright.quality.InspectionCosts;
import io.millwright.quality.LabelledImage;
import io.millwright.quality.PaidCosts;
import io.millwright.quality.Quality;
import io.millwright.quality.Verdict;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/**
 * Magnetic tiles by good tiles alone: the suggested division by tile group. AUROC of images and of
 * pixels, per-region overlap (PRO) up to 30 % false pixels, and what alarms cost. Arguments: the
 * unpacked folder with {@code images} and {@code masks}, {@code labels.csv}, for a backbone its
 * ONNX file (else {@code none}), and for choices a fold of the training part, 1 to 4, that is
 * judged in place of the test part.
 */
public final class GoodTiles {

  private static final int SIDE = 128;
  private static final double RATE = 0.05;
  private static final int FOLDS = 5;
  private static final double MOST_FALSE = 0.3;
  private static final double ESCAPE = 20;

  private GoodTiles() {}

  private record Tile(Image image, String label, String group, boolean test, Path mask) {}

  /** Learns and prints. */
  public static void main(String[] args) throws InterruptedException, IOException {
    int fold = args.length > 3 ? Integer.parseInt(args[3]) : 0;
    List<Tile> tiles = read(Path.of(args[0]), Path.of(args[1]), fold);
    try (Millwright millwright = Millwright.create()) {
      Quality quality = millwright.plugin(Quality.class);
      AnomalyTrainer trainer = quality.anomaly().falseAlarms(RATE);
      if (args.length > 2 && !args[2].equals("none")) {
        trainer = trainer.backbone(Backbone.of(Path.of(args[2])).size(256, 256));
      }
      AnomalyModel model =
          trainer
              .train(
                  tiles.stream()
                      .filter(t -> !t.test() && t.label().equals("free"))
                      .map(t -> new LabelledImage(t.image(), t.label(), t.group()))
                      .toList())
              .await();
      System.out.println(model.evaluation().figures());
      judge(quality, model, tiles.stream().filter(Tile::test).toList());
    }
  }

  private static void judge(Quality quality, AnomalyModel model, List<Tile> test)
      throws IOException {
    boolean[] bad = new boolean[test.size()];
    double[] score = new double[bad.length];
    boolean[] alarm = new boolean[bad.length];
    List<double[]> maps = new ArrayList<>();
    List<boolean[]> masks = new ArrayList<>();
    try (Predictor<Image, Anomaly> predictor = model.open()) {
      for (int i = 0; i < bad.length; i++) {
        Tile tile = test.get(i);
        Anomaly said = predictor.predict(tile.image()).orElseThrow().value();
        bad[i] = !tile.label().equals("free");
        score[i] = said.score();
        alarm[i] = said.alarm();
        maps.add(pixels(said));
        masks.add(mask(tile.mask()));
      }
    }
    System.out.printf(
        Locale.ROOT, "AUROC %.3f of %d tiles%n", ClassMetrics.rocAuc(bad, score), bad.length);
    overlap(maps, masks);
    Map<String, int[]> counts = new TreeMap<>();
    for (int i = 0; i < bad.length; i++) {
      int[] own = counts.computeIfAbsent(test.get(i).label(), l -> new int[2]);
      own[0]++;
      own[1] += alarm[i] ? 1 : 0;
    }
    counts.forEach((label, c) -> System.out.println(label + ": alarm for " + c[1] + " of " + c[0]));
    double share = 0;
    for (boolean b : bad) {
      share += b ? 1.0 / bad.length : 0;
    }
    double seen = model.evaluation().figure("planted seen");
    List<Verdict> verdicts = new ArrayList<>();
    List<String> truths = new ArrayList<>();
    for (int i = 0; i < bad.length; i++) {
      double good = (1 - share) * (alarm[i] ? RATE : 1 - RATE);
      double fine = good / (good + share * (alarm[i] ? seen : 1 - seen));
      verdicts.add(
          new Verdict(
              fine >= 0.5 ? "free" : "defect",
              Map.of("free", fine, "defect", 1 - fine),
              alarm[i] ? Verdict.Decision.REJECT : Verdict.Decision.PASS));
      truths.add(bad[i] ? "defect" : "free");
    }
    PaidCosts paid = quality.paid(InspectionCosts.of("free", ESCAPE, 1), verdicts, truths, 0.9);
    System.out.printf(
        Locale.ROOT,
        "an escape costs %.0f, a false alarm 1: expected %.3f, realised %.3f (%.3f to %.3f) a tile;"
            + " none rejected %.3f, all rejected %.3f%n",
        ESCAPE,
        paid.expected(),
        paid.realised().value(),
        paid.realised().low(),
        paid.realised().high(),
        ESCAPE * share,
        1 - share);
  }

  private static List<Tile> read(Path folder, Path labels, int fold) throws IOException {
    List<String> lines = Files.readAllLines(labels);
    List<String> head = List.of(lines.get(0).split(",", -1));
    List<Tile> tiles = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      String file = cells[head.indexOf("file")];
      boolean test = cells[head.indexOf("suggested_split")].equals("test");
      if (fold > 0 && test) {
        continue;
      }
      String group = cells[head.indexOf("tile_group")];
      tiles.add(
          new Tile(
              Image.read(folder.resolve("images").resolve(file)),
              cells[head.indexOf("class")],
              group,
              fold > 0 ? Integer.parseInt(group) % FOLDS == fold : test,
              folder.resolve("masks").resolve(file)));
    }
    return tiles;
  }

  /** The map as large as the image, by lines between the middles of cells. */
  private static double[] pixels(Anomaly said) {
    double[] all = new double[SIDE * SIDE];
    int columns = said.columns();
    for (int p = 0; p < all.length; p++) {
      int line = p / SIDE;
      double y = (line + 0.5) * said.rows() / SIDE - 0.5;
      double x = (p % SIDE + 0.5) * columns / SIDE - 0.5;
      int top = (int) Math.floor(Math.max(0, Math.min(said.rows() - 2, y)));
      int left = (int) Math.floor(Math.max(0, Math.min(columns - 2, x)));
      double down = Math.max(0, Math.min(1, y - top));
      double right = Math.max(0, Math.min(1, x - left));
      int at = top * columns + left;
      all[p] =
          (1 - down) * ((1 - right) * said.cells().get(at) + right * said.cells().get(at + 1))
              + down
                  * ((1 - right) * said.cells().get(at + columns)
                      + right * said.cells().get(at + columns + 1));
    }
    return all;
  }

  private static boolean[] mask(Path file) throws IOException {
    boolean[] all = new boolean[SIDE * SIDE];
    if (Files.exists(file)) {
      Raster raster = ImageIO.read(file.toFile()).getRaster();
      for (int p = 0; p < all.length; p++) {
        all[p] = raster.getSample(p % SIDE, p / SIDE, 0) > 0;
      }
    }
    return all;
  }

  /** Pixels of all images by falling score: each false one, and each one of a region. */
  private static void overlap(List<double[]> maps, List<boolean[]> masks) {
    int pixels = SIDE * SIDE;
    int[][] region = new int[masks.size()][];
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < region.length; i++) {
      region[i] = regions(masks.get(i), sizes);
    }
    long[] order = new long[maps.size() * pixels];
    for (int k = 0; k < order.length; k++) {
      float value = (float) -maps.get(k / pixels)[k % pixels];
      int bits = Float.floatToIntBits(value);
      order[k] = ((long) (bits ^ ((bits >> 31) & 0x7fffffff)) << 32) | k;
    }
    Arrays.sort(order);
    long right = sizes.stream().mapToLong(s -> s).sum();
    long wrong = order.length - right;
    double found = 0;
    double covered = 0;
    double area = 0;
    double pro = 0;
    long falsely = 0;
    for (long one : order) {
      int k = (int) one;
      int own = region[k / pixels][k % pixels];
      if (own >= 0) {
        found += 1.0 / right;
        covered += 1.0 / sizes.get(own) / sizes.size();
      } else {
        falsely++;
        area += found / wrong;
        pro += falsely <= MOST_FALSE * wrong ? covered / (MOST_FALSE * wrong) : 0;
      }
    }
    System.out.printf(
        Locale.ROOT, "pixels: AUROC %.3f, PRO %.3f over %d regions%n", area, pro, sizes.size());
  }

  private static int[] regions(boolean[] mask, List<Integer> sizes) {
    int[] region = new int[mask.length];
    Arrays.fill(region, -1);
    Deque<Integer> open = new ArrayDeque<>();
    for (int start = 0; start < mask.length; start++) {
      if (!mask[start] || region[start] >= 0) {
        continue;
      }
      int size = 0;
      region[start] = sizes.size();
      open.add(start);
      while (!open.isEmpty()) {
        int p = open.poll();
        size++;
        for (int y = Math.max(0, p / SIDE - 1); y <= Math.min(SIDE - 1, p / SIDE + 1); y++) {
          for (int x = Math.max(0, p % SIDE - 1); x <= Math.min(SIDE - 1, p % SIDE + 1); x++) {
            int q = y * SIDE + x;
            if (mask[q] && region[q] < 0) {
              region[q] = sizes.size();
              open.add(q);
            }
          }
        }
      }
      sizes.add(size);
    }
    return region;
  }
}
