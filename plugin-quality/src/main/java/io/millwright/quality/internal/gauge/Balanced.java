package io.millwright.quality.internal.gauge;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.Problems;
import io.millwright.quality.GaugeStudies.Measurement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Measurements of a balanced study.
 *
 * @param values by appraiser, part and trial
 */
record Balanced(double[][][] values) {

  int appraisers() {
    return values.length;
  }

  int parts() {
    return values[0].length;
  }

  int trials() {
    return values[0][0].length;
  }

  static Balanced crossed(List<Measurement> measurements) {
    Set<String> parts = new LinkedHashSet<>();
    measurements.forEach(m -> parts.add(m.part()));
    Map<String, Map<String, List<Double>>> cells = cells(measurements);
    cells.values().forEach(of -> parts.forEach(p -> of.computeIfAbsent(p, k -> new ArrayList<>())));
    // The same parts in the same order for all.
    Map<String, Map<String, List<Double>>> sorted = new LinkedHashMap<>();
    cells.forEach(
        (who, of) -> {
          Map<String, List<Double>> row = new LinkedHashMap<>();
          parts.forEach(p -> row.put(p, of.getOrDefault(p, List.of())));
          sorted.put(who, row);
        });
    return of(sorted);
  }

  static Balanced nested(List<Measurement> measurements) {
    return of(cells(measurements));
  }

  private static Map<String, Map<String, List<Double>>> cells(List<Measurement> measurements) {
    Map<String, Map<String, List<Double>>> cells = new LinkedHashMap<>();
    for (int i = 0; i < measurements.size(); i++) {
      Measurement m = measurements.get(i);
      if (!Double.isFinite(m.value())) {
        throw new MillwrightException(
            ErrorCode.MISSING_VALUE,
            "measurement "
                + (i + 1)
                + " (part "
                + m.part()
                + ", appraiser "
                + m.appraiser()
                + ") is "
                + m.value()
                + "\nMaybe measure again: a study must be balanced");
      }
      cells
          .computeIfAbsent(m.appraiser(), k -> new LinkedHashMap<>())
          .computeIfAbsent(m.part(), k -> new ArrayList<>())
          .add(m.value());
    }
    return cells;
  }

  /** What most have, so that those are named that differ; of as many the larger. */
  private static int usual(IntStream counts) {
    Map<Integer, Integer> often = new TreeMap<>();
    counts.forEach(c -> often.merge(c, 1, Integer::sum));
    return often.entrySet().stream()
        .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey)
        .orElse(0);
  }

  private static Balanced of(Map<String, Map<String, List<Double>>> cells) {
    int appraisers = cells.size();
    int parts = usual(cells.values().stream().mapToInt(Map::size));
    int trials =
        usual(cells.values().stream().flatMap(of -> of.values().stream()).mapToInt(List::size));
    if (appraisers < 2 || parts < 2 || trials < 2) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          appraisers
              + " appraisers, "
              + parts
              + " parts and "
              + trials
              + " trials, but a study needs 2 of each"
              + "\nMaybe take the usual 3 appraisers, 10 parts and 3 trials");
    }
    Problems problems = new Problems("the gauge study");
    double[][][] values = new double[appraisers][][];
    int a = 0;
    for (Map.Entry<String, Map<String, List<Double>>> who : cells.entrySet()) {
      if (who.getValue().size() != parts) {
        problems.add(
            ErrorCode.WRONG_SHAPE,
            "appraiser " + who.getKey(),
            "measured " + who.getValue().size() + " parts, but others " + parts,
            "every appraiser must measure as many.");
      }
      int p = 0;
      values[a] = new double[who.getValue().size()][];
      for (Map.Entry<String, List<Double>> part : who.getValue().entrySet()) {
        if (part.getValue().size() != trials) {
          problems.add(
              ErrorCode.WRONG_SHAPE,
              "part " + part.getKey() + " of appraiser " + who.getKey(),
              "was measured " + part.getValue().size() + " times, but others " + trials,
              "every part must be measured as often.");
        }
        values[a][p++] = part.getValue().stream().mapToDouble(Double::doubleValue).toArray();
      }
      a++;
    }
    problems.throwIfAny();
    return new Balanced(values);
  }
}
