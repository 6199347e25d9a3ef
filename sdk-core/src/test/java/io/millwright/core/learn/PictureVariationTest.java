package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.learn.PictureVariation;
import io.millwright.api.learn.Variation;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PictureVariationTest {

  private static final Shape SHAPE = new Shape(6, 6, 2);

  private static float[] image() {
    float[] x = new float[4 + SHAPE.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    return x;
  }

  private static float[] varied(PictureVariation how, long key) {
    float[] x = image();
    new PictureVarying(how, SHAPE).vary(x, 4, KeyedRandom.of(key, Purpose.AUGMENT, 1, 2));
    assertThat(x).startsWith(0, 1, 2, 3); // nothing before the sample is touched
    return x;
  }

  @Test
  void nothingAskedForChangesNothing() {
    PictureVariation none = Variation.pictures();
    for (int key = 0; key < 20; key++) {
      assertThat(varied(none, key)).isEqualTo(image());
    }
  }

  @Test
  void flipsAndTurnsOnlyMovePixelsAndGiveAllEightPlaces() {
    PictureVariation turns = Variation.pictures().flips(true).quarterTurns(true);
    Set<String> seen = new HashSet<>();
    for (int key = 0; key < 200; key++) {
      float[] x = varied(turns, key);
      seen.add(Arrays.toString(x));
      float[] sorted = x.clone();
      Arrays.sort(sorted);
      assertThat(sorted).isEqualTo(image());
      assertThat(x[5]).isEqualTo(x[4] + 1); // channels stay together
    }
    assertThat(seen).hasSize(8);
  }

  @Test
  void theSameKeyGivesTheSameAndAnotherAnother() {
    PictureVariation all =
        Variation.pictures()
            .flips(true)
            .quarterTurns(true)
            .angle(20)
            .crop(0.2)
            .brightness(0.2)
            .contrast(0.2)
            .noise(0.3)
            .cutOut(0.3);
    assertThat(varied(all, 5)).isEqualTo(varied(all, 5)).isNotEqualTo(varied(all, 6));
  }

  @Test
  void cropsAndSmallTurnsStayWithinTheRangeOfTheImage() {
    PictureVariation how = Variation.pictures().flips(true).quarterTurns(true).angle(30).crop(0.4);
    for (int key = 0; key < 100; key++) {
      float[] x = varied(how, key);
      for (int i = 4; i < x.length; i++) {
        assertThat(x[i]).isBetween(4f, image()[x.length - 1] + 1e-3f);
      }
    }
  }

  @Test
  void noiseHasTheDeviationThatWasDrawn() {
    PictureVariation how = Variation.pictures().noise(1);
    Shape large = new Shape(100, 100, 1);
    double squares = 0;
    double sum = 0;
    int keys = 300;
    for (int key = 0; key < keys; key++) {
      float[] x = new float[large.size()];
      new PictureVarying(how, large).vary(x, 0, KeyedRandom.of(key, Purpose.AUGMENT, 0));
      for (float v : x) {
        sum += v / x.length / keys;
        squares += (double) v * v / x.length / keys;
      }
    }
    assertThat(sum).isCloseTo(0, within(0.005));
    // The mean square of a deviation drawn evenly from 0 to 1.
    assertThat(squares).isCloseTo(1.0 / 3, within(0.05));
  }

  @Test
  void brightnessContrastAndCutOutKeepTheirBounds() {
    PictureVariation how = Variation.pictures().brightness(0.5).cutOut(0.5);
    int cut = 0;
    for (int key = 0; key < 200; key++) {
      float[] x = varied(how, key);
      int zeros = 0;
      for (int i = 4; i < x.length; i++) {
        if (x[i] == 0) {
          zeros++;
        } else {
          assertThat((double) x[i]).isCloseTo(i, within(0.5 + 1e-4));
        }
      }
      assertThat(zeros).isIn(0, 3 * 3 * 2);
      cut += zeros > 0 ? 1 : 0;
    }
    assertThat(cut).isBetween(70, 130);
  }
}
