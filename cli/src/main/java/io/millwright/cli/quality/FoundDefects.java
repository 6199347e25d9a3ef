package io.millwright.cli.quality;

import io.millwright.api.data.Image;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.pages.DetectionReport;
import io.millwright.quality.Detection;
import io.millwright.quality.DetectionFigures;
import io.millwright.quality.Detections;
import io.millwright.quality.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Defects that were found on images, for people and documents. Not thread-safe. */
final class FoundDefects {

  private final List<String> names;
  private final List<Detections> said;
  private final double least;
  private final Map<String, String> figures = new LinkedHashMap<>();
  private final List<List<String>> classes = new ArrayList<>();

  FoundDefects(List<String> names, List<Detections> said, double least) {
    this.names = names;
    this.said = said;
    this.least = least;
    figures.put("images", Integer.toString(names.size()));
    figures.put(
        String.format(Locale.ROOT, "defects of confidence %.2f and more", least),
        Long.toString(said.stream().mapToLong(s -> s.above(least).size()).sum()));
  }

  void lines(Reply reply) {
    List<Map<String, @Nullable Object>> documents = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      List<Detection> found = said.get(i).above(least);
      reply.line(
          names.get(i)
              + ": "
              + (found.isEmpty()
                  ? "nothing"
                  : found.stream().map(FoundDefects::words).collect(Collectors.joining("; "))));
      Map<String, @Nullable Object> document = new LinkedHashMap<>();
      document.put("file", names.get(i));
      document.put("found", said.get(i).found().stream().map(FoundDefects::document).toList());
      documents.add(document);
    }
    reply.put("images", documents);
  }

  private static String words(Detection d) {
    return String.format(
        Locale.ROOT,
        "%s %.0f %% at %.0f, %.0f to %.0f, %.0f",
        d.label(),
        100 * d.confidence(),
        d.box().left(),
        d.box().top(),
        d.box().right(),
        d.box().bottom());
  }

  private static Map<String, @Nullable Object> document(Detection d) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("class", d.label());
    document.put("confidence", d.confidence());
    document.put("box", List.of(d.box().left(), d.box().top(), d.box().right(), d.box().bottom()));
    return document;
  }

  void judge(List<List<Mark>> marks, DetectionFigures judged, Reply reply) {
    figures.put("mean average precision at an overlap of 0.5", percent(judged.map()));
    figures.put(
        "of the detections of confidence 0.5 and more are right", percent(judged.precision()));
    figures.put("of the true boxes are found by those", percent(judged.recall()));
    if (!Double.isNaN(judged.pro())) {
      figures.put("per-region overlap (PRO) up to 30 % false pixels", percent(judged.pro()));
      reply.line("PRO", Figure.of(judged.pro())).put("pro", judged.pro());
    }
    judged.precisions().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            e ->
                classes.add(
                    List.of(
                        e.getKey(),
                        Long.toString(
                            marks.stream()
                                .flatMap(List::stream)
                                .filter(m -> m.label().equals(e.getKey()))
                                .count()),
                        percent(e.getValue()))));
    reply
        .line(
            "mAP@0.5",
            Figure.of(judged.map())
                + "; "
                + classes.stream()
                    .map(c -> c.get(0) + " " + c.get(2))
                    .collect(Collectors.joining(", ")))
        .line(
            "At 0.5",
            "precision " + percent(judged.precision()) + ", recall " + percent(judged.recall()))
        .put("map50", judged.map())
        .put("averagePrecisions", judged.precisions())
        .put("precision", judged.precision())
        .put("recall", judged.recall());
  }

  /** Which true boxes a detection touches: boxes of regions reach beyond small defects. */
  void met(List<List<Mark>> marks, List<Detections> said, Reply reply) {
    long touched = 0;
    long all = 0;
    long idle = 0;
    for (int i = 0; i < marks.size(); i++) {
      List<Detection> found = said.get(i).above(least);
      List<Mark> here = marks.get(i);
      all += here.size();
      touched +=
          here.stream()
              .filter(m -> found.stream().anyMatch(d -> d.box().overlap(m.box()) > 0))
              .count();
      idle +=
          found.stream()
              .filter(d -> here.stream().noneMatch(m -> d.box().overlap(m.box()) > 0))
              .count();
    }
    figures.put("of the true boxes are touched by a difference", touched + " of " + all);
    figures.put("differences touch no true box", Long.toString(idle));
    reply
        .line(
            "Touched",
            touched
                + " of "
                + all
                + " true boxes; "
                + idle
                + " differences touch none (without a model boxes reach beyond, so that those of"
                + " small defects overlap by less than half)")
        .put("touched", touched)
        .put("untrue", idle);
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "unknown" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** A page of the pictures with the most confident detections, and some of what has none. */
  DetectionReport page(
      String title, String under, List<Image> images, List<List<Mark>> marks, int most) {
    List<Integer> order =
        IntStream.range(0, images.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> -Math.min(1, said.get(i).above(least).size())))
            .toList();
    int step = Math.max(1, order.size() / Math.max(1, most));
    List<DetectionReport.Look> looks = new ArrayList<>();
    for (int i = 0; i < order.size() && looks.size() < most; i += step) {
      int at = order.get(i);
      List<Detection> found = said.get(at).above(least);
      looks.add(
          new DetectionReport.Look(
              images.get(at), names.get(at) + ": " + found.size(), found, marks.get(at)));
    }
    return new DetectionReport(title, under, figures, classes, looks);
  }
}
