package io.millwright.quality;

import io.millwright.api.data.Image;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Drawn bare boards beside their templates, as an optical station sees them: tracks, pads, vias and
 * ground planes with opens, shorts, mouse bites, spurs, pinholes and spurious copper. The part is
 * moved, turned, lit otherwise, its edges wander and its pixels are noisy, each as far as asked.
 *
 * @param side the pixels of a side, a multiple of 160
 * @param shift by how much a board may be moved, in pixels
 * @param degrees by how much it may be turned
 * @param light how much brighter or darker, overall and from left to right
 * @param noise the deviation of a pixel, of 255
 * @param wander how far edges wander, in pixels
 * @param binary whether pictures are black and white
 * @param least boxes are drawn at least so wide and high, and about four pixels beyond the defect
 */
record CircuitBoards(
    int side,
    double shift,
    double degrees,
    double light,
    double noise,
    double wander,
    boolean binary,
    double least) {

  static final List<String> KINDS =
      List.of("open", "short", "mousebite", "spur", "pinhole", "copper");

  private static final int FINE = 2;
  private static final int DARK = 40;
  private static final int COPPER = 205;

  /** As thresholded pictures are, moved a little. */
  static CircuitBoards binary(int side) {
    return new CircuitBoards(side, 3, 0.1, 0, 0, 0.7, true, 0);
  }

  /** As a camera sees them: moved, turned by up to half a degree, lit unevenly, noisy. */
  static CircuitBoards grey(int side) {
    return new CircuitBoards(side, 6, 0.5, 0.25, 8, 0.7, false, 0);
  }

  /** Boxes at least so wide and high, as people draw them who want the surroundings seen. */
  CircuitBoards boxed(double pixels) {
    return new CircuitBoards(side, shift, degrees, light, noise, wander, binary, pixels);
  }

  List<MarkedPair> pairs(int count, long seed) {
    List<MarkedPair> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(pair(seed + i, 3 + i % 6));
    }
    return all;
  }

  /** Copper, and places for defects; all in pixels of the picture. */
  private final class Layout {
    final Random random;
    final Area copper = new Area();
    final List<double[]> tracks = new ArrayList<>(); // x, y, direction, width
    final List<double[]> gaps = new ArrayList<>(); // x, y, direction across, gap
    final List<double[]> inside = new ArrayList<>(); // x, y, room

    Layout(long seed) {
      random = new Random(seed);
      int block = 160;
      for (int top = 0; top + block <= side; top += block) {
        for (int left = 0; left + block <= side; left += block) {
          double kind = random.nextDouble();
          if (kind < 0.6) {
            lanes(left, top, block, random.nextBoolean());
          } else if (kind < 0.8) {
            pads(left, top, block);
          } else {
            plane(left, top, block);
          }
        }
      }
    }

    private void add(java.awt.Shape shape) {
      copper.add(new Area(shape));
    }

    private void lanes(int left, int top, int block, boolean turned) {
      double width = 8 + random.nextInt(5);
      double pitch = width + 9 + random.nextInt(7);
      AffineTransform place = new AffineTransform();
      place.translate(left, top);
      if (turned) {
        place.translate(block, 0);
        place.rotate(Math.PI / 2);
      }
      double jog = 20 + random.nextInt(60);
      double drop = random.nextInt(30);
      double last = Double.NaN;
      for (double y = 12; y + drop < block - 8; y += pitch) {
        Path2D line = new Path2D.Double();
        line.moveTo(4, y);
        line.lineTo(jog, y);
        line.lineTo(jog + drop, y + drop);
        line.lineTo(block - 6, y + drop);
        add(
            place.createTransformedShape(
                new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                    .createStrokedShape(line)));
        double[] at = {jog + drop + 12 + random.nextInt(30), y + drop};
        double[] point = new double[2];
        place.transform(at, 0, point, 0, 1);
        double direction = turned ? Math.PI / 2 : 0;
        tracks.add(new double[] {point[0], point[1], direction, width});
        if (!Double.isNaN(last)) {
          at = new double[] {jog + drop + 10 + random.nextInt(40), (last + y) / 2 + drop};
          place.transform(at, 0, point, 0, 1);
          gaps.add(new double[] {point[0], point[1], direction + Math.PI / 2, pitch - width});
        }
        last = y;
        if (random.nextInt(3) == 0) {
          Area pad = new Area(new Ellipse2D.Double(block - 18, y + drop - 9, 18, 18));
          add(place.createTransformedShape(pad));
        }
      }
    }

    private void pads(int left, int top, int block) {
      for (int row = 0; row < 2; row++) {
        for (int x = 10; x < block - 22; x += 26) {
          double y = top + 14 + row * 84;
          add(new Rectangle2D.Double(left + x, y, 15, 34));
          inside.add(new double[] {left + x + 7.5, y + 17, 6});
          tracks.add(new double[] {left + x + 7.5, y + 44, Math.PI / 2, 7});
          add(new Rectangle2D.Double(left + x + 4, y + 30, 7, 28));
        }
      }
    }

    private void plane(int left, int top, int block) {
      Area whole = new Area(new Rectangle2D.Double(left + 6, top + 6, block - 12, block - 12));
      for (int i = 0; i < 4; i++) {
        double x = left + 30 + 80.0 * (i % 2) + random.nextInt(15);
        double y = top + 30 + (i > 1 ? 80 : 0) + random.nextInt(15);
        whole.subtract(new Area(new Ellipse2D.Double(x - 14, y - 14, 28, 28)));
        Area via = new Area(new Ellipse2D.Double(x - 9, y - 9, 18, 18));
        via.subtract(new Area(new Ellipse2D.Double(x - 4, y - 4, 8, 8)));
        whole.add(via);
        inside.add(new double[] {x + 28, y + random.nextInt(20), 9});
        inside.add(new double[] {x + random.nextInt(20), y + 30, 9});
      }
      copper.add(whole);
    }
  }

  /** Copper that is missing or too much. */
  private record Fault(Area spot, boolean missing) {
    /** What changes. */
    Area change(Area copper) {
      Area change = new Area(spot);
      if (missing) {
        change.intersect(copper);
      } else {
        change.subtract(copper);
      }
      return change;
    }
  }

  private static Area blob(Random random, double x, double y, double a, double b, double turn) {
    Path2D path = new Path2D.Double();
    int corners = 9;
    for (int i = 0; i < corners; i++) {
      double angle = 2 * Math.PI * i / corners;
      double r = 0.8 + 0.4 * random.nextDouble();
      double u = a * r * Math.cos(angle);
      double v = b * r * Math.sin(angle);
      double px = x + u * Math.cos(turn) - v * Math.sin(turn);
      double py = y + u * Math.sin(turn) + v * Math.cos(turn);
      if (i == 0) {
        path.moveTo(px, py);
      } else {
        path.lineTo(px, py);
      }
    }
    path.closePath();
    return new Area(path);
  }

  private static double[] any(Random random, List<double[]> from) {
    return from.get(random.nextInt(from.size()));
  }

  private Optional<Fault> fault(Layout layout, Area copper, String kind, Random random) {
    switch (kind) {
      case "open" -> {
        double[] t = any(random, layout.tracks);
        double a = 3.5 + 4 * random.nextDouble();
        return Optional.of(new Fault(blob(random, t[0], t[1], a, t[3] * 0.85, t[2]), true));
      }
      case "short" -> {
        if (layout.gaps.isEmpty()) {
          return Optional.empty();
        }
        double[] g = any(random, layout.gaps);
        double b = 3.5 + 3 * random.nextDouble();
        return Optional.of(new Fault(blob(random, g[0], g[1], g[3] * 0.8, b, g[2]), false));
      }
      case "mousebite", "spur" -> {
        double[] t = any(random, layout.tracks);
        double off = (random.nextBoolean() ? 1 : -1) * t[3] / 2;
        double along = 16 * (random.nextDouble() - 0.5);
        double x = t[0] + along * Math.cos(t[2]) - off * Math.sin(t[2]);
        double y = t[1] + along * Math.sin(t[2]) + off * Math.cos(t[2]);
        double a = 4 + 3.5 * random.nextDouble();
        boolean spur = kind.equals("spur");
        double b = spur ? 5 + 2 * random.nextDouble() : t[3] * 0.55;
        return Optional.of(new Fault(blob(random, x, y, a, b, t[2]), !spur));
      }
      case "pinhole" -> {
        double[] i = any(random, layout.inside.isEmpty() ? layout.tracks : layout.inside);
        double r = layout.inside.isEmpty() ? 2.5 : 2.5 + (i[2] - 4) * random.nextDouble();
        return Optional.of(new Fault(blob(random, i[0], i[1], r, r, 0), true));
      }
      default -> {
        double x = 20 + random.nextDouble() * (side - 40);
        double y = 20 + random.nextDouble() * (side - 40);
        double r = 4 + 5 * random.nextDouble();
        Area near = blob(random, x, y, r + 4, r + 4, 0);
        near.intersect(copper);
        double b = r * (0.7 + 0.5 * random.nextDouble());
        return near.isEmpty()
            ? Optional.of(new Fault(blob(random, x, y, r, b, 0), false))
            : Optional.empty();
      }
    }
  }

  MarkedPair pair(long seed, int defects) {
    Layout layout = new Layout(seed);
    Random random = new Random(seed ^ 0x5DEECE66DL);
    AffineTransform move = new AffineTransform();
    double dx = shift * (2 * random.nextDouble() - 1);
    double dy = shift * (2 * random.nextDouble() - 1);
    move.translate(side / 2.0 + dx, side / 2.0 + dy);
    move.rotate(Math.toRadians(degrees * (2 * random.nextDouble() - 1)));
    move.translate(-side / 2.0, -side / 2.0);
    Area copper = new Area(layout.copper);
    List<Mark> marks = new ArrayList<>();
    List<Rectangle2D> taken = new ArrayList<>();
    Rectangle2D inner = new Rectangle2D.Double(15, 15, side - 30.0, side - 30.0);
    for (int d = 0; d < defects; d++) {
      String kind = KINDS.get((int) ((seed + d) % KINDS.size()));
      for (int attempt = 0; attempt < 60; attempt++) {
        Optional<Fault> fault = fault(layout, layout.copper, kind, random);
        if (fault.isEmpty()) {
          continue;
        }
        Area change = fault.get().change(layout.copper);
        Rectangle2D own = change.getBounds2D();
        Rectangle2D wide = new Rectangle2D.Double();
        wide.setFrameFromDiagonal(
            own.getMinX() - 14, own.getMinY() - 14, own.getMaxX() + 14, own.getMaxY() + 14);
        if (Math.min(own.getWidth(), own.getHeight()) < 3
            || taken.stream().anyMatch(wide::intersects)
            || !inner.contains(own)) {
          continue;
        }
        taken.add(own);
        if (fault.get().missing()) {
          copper.subtract(change);
        } else {
          copper.add(fault.get().spot());
        }
        Rectangle2D seen = change.createTransformedArea(move).getBounds2D();
        double[] m = new double[4];
        for (int e = 0; e < 4; e++) {
          double size = e % 2 == 0 ? seen.getWidth() : seen.getHeight();
          m[e] = Math.max(Math.max(1, (least - size) / 2), 4) * (0.7 + 0.6 * random.nextDouble());
        }
        marks.add(
            new Mark(
                kind,
                new Box(
                    Math.max(0, seen.getMinX() - m[0]),
                    Math.max(0, seen.getMinY() - m[1]),
                    Math.min(side, seen.getMaxX() + m[2]),
                    Math.min(side, seen.getMaxY() + m[3]))));
        break;
      }
    }
    return new MarkedPair(
        new ImagePair(
            picture("board" + seed + "_temp", layout.copper, new AffineTransform(), null),
            picture("board" + seed, copper, move, random)),
        marks,
        "");
  }

  private Image picture(String name, Area copper, AffineTransform move, @Nullable Random random) {
    int fine = side * FINE;
    BufferedImage drawn = new BufferedImage(fine, fine, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = drawn.createGraphics();
    pen.scale(FINE, FINE);
    pen.setColor(Color.WHITE);
    pen.fill(move.createTransformedShape(copper));
    pen.dispose();
    float[][] wave = random == null ? new float[0][0] : waves(random);
    byte[] grey = new byte[side * side];
    double gain = random == null ? 1 : 1 + light * (2 * random.nextDouble() - 1);
    double slope = random == null ? 0 : light * (2 * random.nextDouble() - 1);
    for (int p = 0; p < grey.length; p++) {
      int x = p % side;
      int y = p / side;
      double sum = 0;
      for (int v = -1; v <= FINE; v++) {
        for (int u = -1; u <= FINE; u++) {
          int fx = x * FINE + u + (random == null ? 0 : Math.round(FINE * wave[0][p]));
          int fy = y * FINE + v + (random == null ? 0 : Math.round(FINE * wave[1][p]));
          boolean inner = fx >= 0 && fy >= 0 && fx < fine && fy < fine;
          sum +=
              inner && drawn.getRaster().getSample(fx, fy, 0) > 0
                  ? 1.0 / ((FINE + 2) * (FINE + 2))
                  : 0;
        }
      }
      double value = DARK + (COPPER - DARK) * sum;
      if (binary) {
        value = sum > 0.5 ? 255 : 0;
      } else if (random != null) {
        value = value * (gain + slope * (x - side / 2.0) / side) + noise * random.nextGaussian();
      }
      grey[p] = (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
    return Image.of8(name, side, side, Image.Format.GREY8, grey);
  }

  /** How far edges wander, in pixels: noise smoothed over ten pixels. */
  private float[][] waves(Random random) {
    float[][] waves = new float[2][side * side];
    int cell = 10;
    int across = side / cell + 2;
    for (float[] wave : waves) {
      double[] at = new double[across * across];
      for (int i = 0; i < at.length; i++) {
        at[i] = wander * random.nextGaussian();
      }
      for (int p = 0; p < wave.length; p++) {
        int column = p % side / cell;
        int row = p / side / cell;
        int i = row * across + column;
        double u = p % side / (double) cell - column;
        int line = p / side;
        double v = line / (double) cell - row;
        wave[p] =
            (float)
                ((1 - v) * ((1 - u) * at[i] + u * at[i + 1])
                    + v * ((1 - u) * at[i + across] + u * at[i + across + 1]));
      }
    }
    return waves;
  }
}
