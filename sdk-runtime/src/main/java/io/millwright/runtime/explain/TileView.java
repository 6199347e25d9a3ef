package io.millwright.runtime.explain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Image;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** Tiles of an image as features. */
final class TileView implements FeatureView<Image> {

  private final int down;
  private final int across;

  TileView(int down, int across) {
    if (down < 1 || across < 1) {
      throw new IllegalArgumentException(down + " times " + across + " tiles");
    }
    this.down = down;
    this.across = across;
  }

  @Override
  public List<String> names(Image input) {
    List<String> names = new ArrayList<>();
    for (int y = 0; y < down; y++) {
      for (int x = 0; x < across; x++) {
        names.add("tile " + (y + 1) + "/" + (x + 1));
      }
    }
    return names;
  }

  @Override
  public Image mixed(Image input, Image reference, BitSet kept) {
    int width = input.width();
    int height = input.height();
    if (reference.width() != width
        || reference.height() != height
        || reference.format() != input.format()) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          "the reference has "
              + reference.width()
              + " x "
              + reference.height()
              + " pixels, but the image "
              + width
              + " x "
              + height
              + "\nMaybe take reference images of the same camera");
    }
    byte[] own = input.bytes().clone();
    byte[] other = reference.bytes();
    int pixel = own.length / (width * height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int tile = y * down / height * across + x * across / width;
        if (!kept.get(tile)) {
          int at = (y * width + x) * pixel;
          System.arraycopy(other, at, own, at, pixel);
        }
      }
    }
    return Image.ofBytes(input.name(), width, height, input.format(), own);
  }

  @Override
  public String text(Image input, int feature) {
    int row = feature / across;
    int column = feature % across;
    int y0 = (row * input.height() + down - 1) / down;
    int x0 = (column * input.width() + across - 1) / across;
    int y1 = Math.max(y0 + 1, (row + 1) * input.height() / down);
    int x1 = Math.max(x0 + 1, (column + 1) * input.width() / across);
    double sum = 0;
    for (int y = y0; y < Math.min(y1, input.height()); y++) {
      for (int x = x0; x < Math.min(x1, input.width()); x++) {
        sum += input.value(x, y, 0);
      }
    }
    double mean = sum / ((double) (y1 - y0) * (x1 - x0)) / input.format().most();
    return String.format(Locale.ROOT, "mean brightness %.2f", mean);
  }
}
