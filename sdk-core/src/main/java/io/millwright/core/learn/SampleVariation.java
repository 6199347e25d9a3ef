package io.millwright.core.learn;

import io.millwright.api.learn.PictureVariation;
import io.millwright.api.learn.Variation;
import io.millwright.runtime.network.InputSpec;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.Slice;
import io.millwright.runtime.support.KeyedRandom;

/** Changes one prepared sample while training. Stateless and thread-safe. */
@FunctionalInterface
interface SampleVariation {

  /** Leaves samples as they are; known by identity, so that nothing is drawn for it. */
  SampleVariation NONE = (values, offset, random) -> {};

  /**
   * Changes a sample in place.
   *
   * @param values holds the sample
   * @param offset where it begins
   * @param random the stream of this sample in this epoch
   */
  void vary(float[] values, int offset, KeyedRandom random);

  /** What a recipe asks for, done to the main input; nothing at all when it asks for nothing. */
  static SampleVariation of(Variation asked, Slice first) {
    Shape shape = first.shape();
    if (asked instanceof PictureVariation pictures && shape.isImage()) {
      return new PictureVarying(pictures, shape);
    }
    if (asked instanceof Variation.Rows how && first.name().equals(InputSpec.ONLY)) {
      return (values, offset, random) -> rows(values, offset, random, how, shape);
    }
    return NONE; // among other inputs ids and the like, of which half is another one
  }

  private static void rows(
      float[] inputs, int offset, KeyedRandom random, Variation.Rows how, Shape shape) {
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
