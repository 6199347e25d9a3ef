package io.millwright.quality;

import io.millwright.api.data.Image;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Drawn circuit boards with tracks and pads, and the same with known defects, moved and in other
 * light.
 */
final class Boards {

  static final int SIDE = 200;

  private Boards() {}

  static MarkedPair pair(long seed, int defects) {
    Random random = new Random(seed);
    BufferedImage template = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = template.createGraphics();
    pen.setColor(new Color(30, 30, 30));
    pen.fillRect(0, 0, SIDE, SIDE);
    pen.setColor(new Color(200, 200, 200));
    int[] tracks = new int[6];
    for (int t = 0; t < tracks.length; t++) {
      tracks[t] = 18 + 30 * t + random.nextInt(6);
      pen.fillRect(10, tracks[t], 180, 9);
      pen.fillRect(10 + random.nextInt(160), tracks[t] - 4, 17, 17);
    }
    pen.dispose();
    BufferedImage test = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    test.getRaster().setRect(template.getRaster());
    Graphics2D fault = test.createGraphics();
    List<Mark> marks = new ArrayList<>();
    int dx = random.nextInt(9) - 4;
    int dy = random.nextInt(9) - 4;
    for (int d = 0; d < defects; d++) {
      int y = tracks[random.nextInt(tracks.length)];
      int x = 30 + 45 * d + random.nextInt(20);
      boolean open = random.nextBoolean();
      fault.setColor(open ? new Color(30, 30, 30) : new Color(200, 200, 200));
      int top = open ? y - 5 : y + 14;
      int high = open ? 19 : 8;
      fault.fillRect(x, top, 8, high);
      int shownTop = open ? y : top;
      int shownHigh = open ? 9 : high;
      marks.add(
          new Mark(
              open ? "open" : "copper",
              new Box(x + dx - 3, shownTop + dy - 3, x + dx + 11, shownTop + dy + shownHigh + 3)));
    }
    fault.dispose();
    byte[] grey = new byte[SIDE * SIDE];
    double gain = 0.75 + 0.3 * random.nextDouble();
    double level = 20 * random.nextDouble();
    for (int p = 0; p < grey.length; p++) {
      int u = Math.max(0, Math.min(SIDE - 1, p % SIDE - dx));
      int v = Math.max(0, Math.min(SIDE - 1, p / SIDE - dy));
      double value = gain * test.getRaster().getSample(u, v, 0) + level + 4 * random.nextGaussian();
      grey[p] = (byte) Math.max(0, Math.min(255, value));
    }
    return new MarkedPair(
        new ImagePair(
            Image.of("board" + seed + "_temp", template),
            Image.of8("board" + seed, SIDE, SIDE, Image.Format.GREY8, grey)),
        marks,
        "");
  }

  static List<MarkedPair> pairs(int count, long seed) {
    List<MarkedPair> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(pair(seed + i, 1 + i % 4));
    }
    return all;
  }
}
