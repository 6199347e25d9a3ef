package io.millwright.quality.internal;

import io.millwright.api.data.Image;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Decision;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.PictureVariation;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Schedule;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Step;
import io.millwright.api.learn.Variation;
import io.millwright.api.learn.Views;
import io.millwright.quality.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings of inspection, each either said by the user or chosen here. The experiments behind
 * the defaults are in {@code docs/experiments/inspection.md}.
 *
 * @param network said by the user, or empty
 * @param learning said by the user, or empty
 * @param picture said by the user, or empty
 * @param vary said by the user, or empty
 * @param split said by the user, or empty
 * @param decision how parts are rejected, or empty when only classes are told apart
 */
record InspectionRecipe(
    Optional<Network> network,
    Optional<Learning> learning,
    Optional<Step.Picture> picture,
    Optional<PictureVariation> vary,
    Optional<Split> split,
    Optional<Decision> decision) {

  private static final List<Integer> FILTERS = List.of(16, 32, 64, 128);
  private static final int GROUPS = 16;
  private static final int LEAST_SIDE = 4;
  private static final int HALVED = 48;
  private static final int SIDE = 128;
  private static final int BATCH = 32;
  private static final int MOST_FOLDS = 5;

  /** The steps of one network: epochs follow from the number of images. */
  private static final int STEPS = 2200;

  private static final int LEAST_EPOCHS = 20;
  private static final int MOST_EPOCHS = 300;
  private static final int ROUNDS = 2;

  static InspectionRecipe standard() {
    return new InspectionRecipe(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  InspectionRecipe withNetwork(Network value) {
    return new InspectionRecipe(Optional.of(value), learning, picture, vary, split, decision);
  }

  InspectionRecipe withLearning(Learning value) {
    return new InspectionRecipe(network, Optional.of(value), picture, vary, split, decision);
  }

  InspectionRecipe withPicture(Step.Picture value) {
    return new InspectionRecipe(network, learning, Optional.of(value), vary, split, decision);
  }

  InspectionRecipe withVary(PictureVariation value) {
    return new InspectionRecipe(network, learning, picture, Optional.of(value), split, decision);
  }

  InspectionRecipe withSplit(Split value) {
    return new InspectionRecipe(network, learning, picture, vary, Optional.of(value), decision);
  }

  InspectionRecipe withDecision(Optional<Decision> value) {
    return new InspectionRecipe(network, learning, picture, vary, split, value);
  }

  InspectionRecipe withDecision(Decision value) {
    return new InspectionRecipe(network, learning, picture, vary, split, Optional.of(value));
  }

  /** The usual size: the shorter side has {@link #SIDE} pixels, or fewer where there are fewer. */
  static Step.Picture size(Image first) {
    double scale = Math.min(1, (double) SIDE / Math.min(first.width(), first.height()));
    return new Step.Picture(
        (int) Math.max(1, Math.round(first.width() * scale)),
        (int) Math.max(1, Math.round(first.height() * scale)),
        first.format() == Image.Format.RGB8,
        Step.Picture.Exposure.BOTH);
  }

  /**
   * Surfaces look alike from every side and in every light. Their grain is told by its size, which
   * cropping and scaling would blur.
   */
  static PictureVariation variety() {
    return Variation.pictures()
        .flips(true)
        .quarterTurns(true)
        .brightness(0.1)
        .contrast(0.2)
        .noise(0.2);
  }

  /**
   * Blocks of convolution, normalisation and pooling, as many of up to four as leave at least four
   * pixels of the shorter side. On pictures large enough the first convolution halves the sides,
   * which sees fine structure at a quarter of the work.
   */
  static Network blocks(Step.Picture picture) {
    int side = Math.min(picture.width(), picture.height());
    boolean halved = side >= HALVED;
    List<Layer> layers = new ArrayList<>();
    layers.add(
        new Layer.Conv2d(
            FILTERS.get(0),
            halved ? 5 : 3,
            halved ? 2 : 1,
            Layer.Padding.SAME,
            Activation.LINEAR,
            Initialisation.HE));
    layers.add(new Layer.GroupNorm(GROUPS, Activation.RELU));
    side = halved ? side / 2 : side;
    for (int i = 1; i < FILTERS.size() && side / 2 >= LEAST_SIDE; i++, side /= 2) {
      layers.add(new Layer.Pool2d(Layer.Pooling.MAX, 2));
      layers.add(
          new Layer.Conv2d(
              FILTERS.get(i), 3, 1, Layer.Padding.SAME, Activation.LINEAR, Initialisation.HE));
      layers.add(new Layer.GroupNorm(GROUPS, Activation.RELU));
    }
    layers.add(new Layer.GlobalPool(Layer.Pooling.AVERAGE));
    return new Network(layers);
  }

  /** The steps of an epoch: four fifths of the images are learnt from. */
  private static int steps(int images) {
    return Math.max(1, (images * 4 / 5 + BATCH - 1) / BATCH);
  }

  /** About as many steps for few images as for many, but each image at most so often. */
  private static int epochs(int images) {
    return Math.max(LEAST_EPOCHS, Math.min(MOST_EPOCHS, STEPS / steps(images)));
  }

  /**
   * Few images need few steps: then there is time to divide them twice, which brings label sets
   * nearer to their level and makes them smaller.
   */
  static int rounds(int images) {
    return ROUNDS * epochs(images) * steps(images) <= STEPS ? ROUNDS : 1;
  }

  /** How a network learns. */
  static Learning schooling(int images) {
    return Learning.adamW(2e-2, 0.05)
        .batch(BATCH)
        .epochs(epochs(images))
        .schedule(new Schedule.WarmUpCosine(0.05))
        .averaging(0.99)
        .classWeights(Learning.ClassWeights.SQUARE_ROOT);
  }

  /** What training mirrors and turns means the same from these sides: all of them are asked for. */
  private static Views views(PictureVariation variety) {
    return new Views(variety.flips(), variety.quarterTurns());
  }

  /**
   * The whole recipe.
   *
   * @param first an image, for the usual size
   * @param images how many there are
   * @param rarest how many the rarest class has
   * @param grouped whether images belong to groups
   */
  Recipe<Image, String, Verdict> recipe(Image first, int images, int rarest, boolean grouped) {
    Step.Picture size = picture.orElseGet(() -> size(first));
    PictureVariation variety = vary.orElseGet(InspectionRecipe::variety);
    int folds = Math.max(2, Math.min(MOST_FOLDS, rarest));
    return Recipe.of(InspectionBinding.BINDING)
        .preparation(Preparation.of(size))
        .variation(variety)
        .views(views(variety))
        .network(network.orElseGet(() -> blocks(size)))
        .learning(learning.orElseGet(() -> schooling(images)))
        .split(
            split.orElseGet(
                () ->
                    Split.folds(folds)
                        .by(grouped ? Split.By.GROUP : Split.By.ROW)
                        .rounds(rounds(images))))
        .decision(decision)
        .build();
  }
}
