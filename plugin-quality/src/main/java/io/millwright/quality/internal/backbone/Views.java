package io.millwright.quality.internal.backbone;

import io.millwright.api.data.Image;
import io.millwright.runtime.features.BackboneFeatures;
import io.millwright.runtime.features.FeatureMap;
import java.util.Arrays;
import java.util.List;

/** The features of the four mirrored views of an image. */
final class Views {

  static final int COUNT = 4;

  private Views() {}

  /** Each view as a row: of each layer the mean and the standard deviation of each channel. */
  static float[][] of(BackboneFeatures features, Image image) {
    float[][] views = new float[COUNT][];
    for (int v = 0; v < COUNT; v++) {
      views[v] = pooled(features.of(mirrored(image, (v & 1) != 0, (v & 2) != 0)));
    }
    return views;
  }

  private static float[] pooled(FeatureMap map) {
    float[] all = map.pooled();
    float[] kept = new float[all.length / 3 * 2];
    int from = 0;
    int to = 0;
    for (FeatureMap.Layer layer : map.layers()) {
      System.arraycopy(all, from, kept, to, 2 * layer.channels());
      from += 3 * layer.channels();
      to += 2 * layer.channels();
    }
    return kept;
  }

  /** Where the features of each layer end. */
  static List<Integer> ends(FeatureMap map) {
    int[] ends = new int[map.layers().size()];
    int end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += 2 * map.layers().get(i).channels();
      ends[i] = end;
    }
    return Arrays.stream(ends).boxed().toList();
  }

  private static Image mirrored(Image image, boolean across, boolean down) {
    if (!across && !down) {
      return image;
    }
    byte[] from = image.bytes();
    int pixel = from.length / (image.width() * image.height());
    byte[] to = new byte[from.length];
    for (int y = 0; y < image.height(); y++) {
      int line = down ? image.height() - 1 - y : y;
      for (int x = 0; x < image.width(); x++) {
        int column = across ? image.width() - 1 - x : x;
        System.arraycopy(
            from,
            (line * image.width() + column) * pixel,
            to,
            (y * image.width() + x) * pixel,
            pixel);
      }
    }
    return Image.ofBytes(image.name(), image.width(), image.height(), image.format(), to);
  }
}
