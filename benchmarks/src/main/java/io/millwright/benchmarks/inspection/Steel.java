package io.millwright.benchmarks.inspection;

import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Image;
import io.millwright.quality.InspectionModel;
import io.millwright.quality.InspectionTrainer;
import io.millwright.quality.LabelledImage;
import io.millwright.quality.Quality;
import io.millwright.quality.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * NEU steel surface defects: accuracy and label sets by stratified five-fold cross-validation, each
 * fold judged by a model that never saw it, and the same with few images a class. Arguments: the
 * folder of class folders (the unpacked archive), then {@code folds} with the numbers of the folds
 * to run (such as {@code 0,1,2,3,4}), or {@code few} with the images a class and the numbers of the
 * draws.
 */
public final class Steel {

  private static final int FOLDS = 5;

  private Steel() {}

  /** Runs one of the two and prints a line for each training and a summary. */
  public static void main(String[] args) throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      Quality quality = millwright.plugin(Quality.class);
      List<LabelledImage> all = quality.images(Path.of(args[0]));
      Tally total = new Tally();
      if (args[1].equals("few")) {
        int each = Integer.parseInt(args[2]);
        for (String number : args[3].split(",", -1)) {
          int draw = Integer.parseInt(number);
          boolean[] learnt = few(all, each, draw);
          total.add(run("draw " + draw, quality.inspection().key(draw), all, learnt));
        }
      } else {
        int[] fold = folds(all);
        for (String number : args[2].split(",", -1)) {
          int f = Integer.parseInt(number);
          boolean[] learnt = new boolean[all.size()];
          for (int i = 0; i < learnt.length; i++) {
            learnt[i] = fold[i] != f;
          }
          total.add(run("fold " + f, quality.inspection(), all, learnt));
        }
      }
      System.out.println("all: " + total);
    }
  }

  private static Tally run(
      String name, InspectionTrainer trainer, List<LabelledImage> all, boolean[] learnt)
      throws InterruptedException {
    List<LabelledImage> own = new ArrayList<>();
    List<LabelledImage> judged = new ArrayList<>();
    for (int i = 0; i < learnt.length; i++) {
      (learnt[i] ? own : judged).add(all.get(i));
    }
    long begun = System.nanoTime();
    InspectionModel model = trainer.train(own).await();
    double seconds = (System.nanoTime() - begun) / 1e9;
    Tally tally = new Tally();
    try (Predictor<Image, Verdict> predictor = model.open()) {
      List<Outcome<Verdict>> outcomes =
          predictor.predictAll(judged.stream().map(LabelledImage::image).toList());
      for (int i = 0; i < outcomes.size(); i++) {
        tally.judge(outcomes.get(i), judged.get(i));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: trained on %d images in %.0f s, held out %.2f %%; test %s%n",
        name,
        own.size(),
        seconds,
        100 * model.evaluation().figures().getOrDefault("accuracy", Double.NaN),
        tally);
    return tally;
  }

  /** A stratified division: the images of a class are shuffled and dealt out. */
  static int[] folds(List<LabelledImage> all) {
    int[] fold = new int[all.size()];
    Map<String, Integer> next = new HashMap<>();
    for (int i : shuffled(all.size(), 1)) {
      fold[i] = next.merge(all.get(i).label(), 1, Integer::sum) % FOLDS;
    }
    return fold;
  }

  private static boolean[] few(List<LabelledImage> all, int each, int draw) {
    boolean[] learnt = new boolean[all.size()];
    Map<String, Integer> taken = new HashMap<>();
    for (int i : shuffled(all.size(), 100 + draw)) {
      learnt[i] = taken.merge(all.get(i).label(), 1, Integer::sum) <= each;
    }
    return learnt;
  }

  private static int[] shuffled(int n, long seed) {
    Random random = new Random(seed);
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int t = order[i];
      order[i] = order[j];
      order[j] = t;
    }
    return order;
  }

  /** What came out for some images. */
  private static final class Tally {
    private int images;
    private int right;
    private int covered;
    private int inSets;
    private double logLoss;
    private final List<String> wrong = new ArrayList<>();

    void judge(Outcome<Verdict> outcome, LabelledImage truth) {
      images++;
      if (!(outcome instanceof Outcome.Prediction<Verdict> p)) {
        wrong.add(truth.image().name() + " abstained");
        return;
      }
      if (p.value().label().equals(truth.label())) {
        right++;
      } else {
        wrong.add(Path.of(truth.image().name()).getFileName() + " as " + p.value().label());
      }
      logLoss -=
          Math.log(Math.max(1e-9, p.value().probabilities().getOrDefault(truth.label(), 0.0)));
      if (p.uncertainty().at(0.95) instanceof Uncertainty.LabelSet set) {
        covered += set.labels().contains(truth.label()) ? 1 : 0;
        inSets += set.labels().size();
      }
    }

    void add(Tally other) {
      images += other.images;
      right += other.right;
      covered += other.covered;
      inSets += other.inSets;
      logLoss += other.logLoss;
      wrong.addAll(other.wrong);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d of %d right (%.2f %%), log loss %.4f, 95 %% sets cover %.2f %% with %.3f labels,"
              + " wrong %s",
          right,
          images,
          100.0 * right / images,
          logLoss / images,
          100.0 * covered / images,
          (double) inSets / images,
          wrong);
    }
  }
}
