package io.millwright.quality;

import io.millwright.api.data.Image;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How good detections are: the average precision (AP) at an overlap (IoU) of one half, the area
 * under precision by recall with every point used and precision made to fall (as PASCAL VOC since
 * 2010), and its mean over classes (mAP@0.5). Where masks are known, the per-region overlap as well
 * (PRO, Bergmann et al. 2020): the share of each region that cells above a threshold cover, its
 * mean over regions as an area under the false-positive rate up to 0.3, divided by 0.3.
 *
 * @param map the mean over classes of the average precision at an overlap of 0.5
 * @param precisions the average precision of each class that has a true box
 * @param precision the share of detections with a confidence of 0.5 and more that are right; 1
 *     without any
 * @param recall the share of true boxes that those find
 * @param pro the per-region overlap up to a false-positive rate of 0.3; NaN without masks
 */
public record DetectionFigures(
    double map, Map<String, Double> precisions, double precision, double recall, double pro) {

  private static final double SAME = 0.5;
  private static final double SURE = 0.5;
  private static final double MOST_FALSE = 0.3;

  /** Copies. */
  public DetectionFigures {
    precisions = Map.copyOf(precisions);
  }

  /**
   * Judges detections.
   *
   * @param said what was detected on each image
   * @param truth the images with their true boxes, as many
   * @return the figures; a mean average precision of NaN without any true box
   */
  public static DetectionFigures of(List<Detections> said, List<MarkedImage> truth) {
    if (said.size() != truth.size()) {
      throw new IllegalArgumentException(said.size() + " answers for " + truth.size() + " images");
    }
    TreeSet<String> labels = new TreeSet<>();
    truth.forEach(t -> t.marks().forEach(m -> labels.add(m.label())));
    Map<String, Double> precisions = new TreeMap<>();
    for (String label : labels) {
      precisions.put(label, average(label, said, truth));
    }
    int sure = 0;
    int right = 0;
    int all = 0;
    for (int i = 0; i < said.size(); i++) {
      boolean[] hits = hits(said.get(i), truth.get(i));
      all += truth.get(i).marks().size();
      for (int d = 0; d < hits.length; d++) {
        if (said.get(i).found().get(d).confidence() >= SURE) {
          sure++;
          right += hits[d] ? 1 : 0;
        }
      }
    }
    return new DetectionFigures(
        precisions.values().stream().mapToDouble(v -> v).average().orElse(Double.NaN),
        precisions,
        sure == 0 ? 1 : (double) right / sure,
        all == 0 ? Double.NaN : (double) right / all,
        pro(said, truth));
  }

  /**
   * Which detections of an image are right: each true box is found once, by the most confident
   * detection of its class that overlaps it by one half and more, and most among the boxes left.
   *
   * @param said the detections
   * @param truth the image with its true boxes
   * @return for each detection whether it is right
   */
  public static boolean[] hits(Detections said, MarkedImage truth) {
    boolean[] taken = new boolean[truth.marks().size()];
    boolean[] hits = new boolean[said.found().size()];
    for (int d = 0; d < hits.length; d++) {
      Detection detection = said.found().get(d);
      int best = -1;
      double most = SAME;
      for (int t = 0; t < taken.length; t++) {
        Mark mark = truth.marks().get(t);
        double overlap = detection.box().overlap(mark.box());
        if (!taken[t] && mark.label().equals(detection.label()) && overlap >= most) {
          most = overlap;
          best = t;
        }
      }
      if (best >= 0) {
        taken[best] = true;
        hits[d] = true;
      }
    }
    return hits;
  }

  private static double average(String label, List<Detections> said, List<MarkedImage> truth) {
    record One(double confidence, boolean hit) {}
    List<One> all = new ArrayList<>();
    long known = 0;
    for (int i = 0; i < said.size(); i++) {
      known += truth.get(i).marks().stream().filter(m -> m.label().equals(label)).count();
      boolean[] hits = hits(said.get(i), truth.get(i));
      for (int d = 0; d < hits.length; d++) {
        Detection detection = said.get(i).found().get(d);
        if (detection.label().equals(label)) {
          all.add(new One(detection.confidence(), hits[d]));
        }
      }
    }
    all.sort(Comparator.comparingDouble(o -> -o.confidence));
    double[] precision = new double[all.size()];
    int right = 0;
    for (int i = 0; i < precision.length; i++) {
      right += all.get(i).hit ? 1 : 0;
      precision[i] = (double) right / (i + 1);
    }
    double area = 0;
    double best = 0;
    for (int i = precision.length - 1; i >= 0; i--) {
      best = Math.max(best, precision[i]);
      area += all.get(i).hit ? best / known : 0;
    }
    return area;
  }

  private static double pro(List<Detections> said, List<MarkedImage> truth) {
    record Pixel(float value, int region) {}
    List<Pixel> pixels = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    long good = 0;
    boolean masked = false;
    for (int i = 0; i < said.size(); i++) {
      Image image = truth.get(i).image();
      if (truth.get(i).mask().isEmpty() && !truth.get(i).marks().isEmpty()) {
        return Double.NaN;
      }
      masked |= truth.get(i).mask().isPresent();
      int step = Math.max(1, Math.max(image.width(), image.height()) / 128);
      int[] regions = truth.get(i).mask().map(Regions::of).orElse(new int[0]);
      Map<Integer, Integer> own = new LinkedHashMap<>();
      Detections map = said.get(i);
      for (int y = step / 2; y < image.height(); y += step) {
        for (int x = step / 2; x < image.width(); x += step) {
          int region = regions.length == 0 ? 0 : regions[y * image.width() + x];
          int cell =
              y * map.rows() / image.height() * map.columns() + x * map.columns() / image.width();
          int number = -1;
          if (region > 0) {
            number = own.computeIfAbsent(region, r -> add(sizes));
            sizes.set(number, sizes.get(number) + 1);
          } else {
            good++;
          }
          pixels.add(new Pixel(map.cells().get(cell).floatValue(), number));
        }
      }
    }
    if (!masked || sizes.isEmpty() || good == 0) {
      return Double.NaN;
    }
    pixels.sort(Comparator.comparingDouble(p -> -p.value));
    double area = 0;
    double overlap = 0;
    double rate = 0;
    int at = 0;
    while (at < pixels.size() && rate < MOST_FALSE) {
      float value = pixels.get(at).value;
      double before = overlap;
      double from = rate;
      for (; at < pixels.size() && pixels.get(at).value == value; at++) {
        int region = pixels.get(at).region;
        if (region < 0) {
          rate += 1.0 / good;
        } else {
          overlap += 1.0 / sizes.get(region) / sizes.size();
        }
      }
      double to = Math.min(rate, MOST_FALSE);
      double end = rate > from ? before + (overlap - before) * (to - from) / (rate - from) : 0;
      area += rate > from ? (to - from) * (before + end) / 2 : 0;
    }
    return area / MOST_FALSE;
  }

  private static int add(List<Integer> sizes) {
    sizes.add(0);
    return sizes.size() - 1;
  }
}
