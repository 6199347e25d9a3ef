package io.millwright.core.learn;

import io.millwright.runtime.network.InputSpec;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.Slice;
import io.millwright.runtime.prepare.FittedPreparation;
import io.millwright.runtime.support.KeyedRandom;

/** Changes one prepared sample while training. Stateless and thread-safe. */
@FunctionalInterface
interface Variation {

  /** Leaves samples as they are; known by identity, so that nothing is drawn for it. */
  Variation NONE = (values, offset, random) -> {};

  /**
   * Changes a sample in place.
   *
   * @param values holds the sample
   * @param offset where it begins
   * @param random the stream of this sample in this epoch
   */
  void vary(float[] values, int offset, KeyedRandom random);

  /**
   * What a preparation asks for, done to the main input; nothing at all when it asks for nothing.
   */
  static Variation of(FittedPreparation preparation, Slice first) {
    Shape shape = first.shape();
    if (preparation.varyPicture().isPresent()) {
      return new PictureVariation(preparation.varyPicture().get(), shape);
    }
    if (!first.name().equals(InputSpec.ONLY)) {
      return NONE; // ids and the like, of which half is another one
    }
    return preparation
        .augment()
        .<Variation>map(how -> (values, offset, random) -> rows(values, offset, random, how, shape))
        .orElse(NONE);
  }

  private static void rows(
      float[] inputs,
      int offset,
      KeyedRandom random,
      io.millwright.api.learn.Step.Augment how,
      Shape shape) {
    int features = shape.features();
    int size = shape.size();
    if (how.scaling() > 0) {
      for (int f = 0; f < features; f++) {
        float factor = (float) Math.exp(how.scaling() * random.nextGaussian());
        for (int k = f; k < size; k += features) {
          inputs[offset + k] *= factor;
        }
      }
    }
    if (how.noise() > 0) {
      for (int k = 0; k < size; k++) {
        inputs[offset + k] += (float) (how.noise() * random.nextGaussian());
      }
    }
  }
}
