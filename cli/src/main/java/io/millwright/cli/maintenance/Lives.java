package io.millwright.cli.maintenance;

import io.millwright.api.Finding;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Column;
import io.millwright.api.data.Table;
import io.millwright.api.data.UnitHistory;
import io.millwright.cli.kit.Texts;
import io.millwright.cli.pages.LifeReport.Course;
import io.millwright.cli.pages.LifeReport.Judged;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.KnownLife;
import io.millwright.reports.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Says remaining lives: for people, for programs and for the report. */
final class Lives {
  private static final double LEVEL = 0.9;

  private Lives() {}

  /** The level of all intervals that the command shows. */
  static Uncertainty interval(Outcome.Prediction<Cycles> prediction) {
    return prediction.uncertainty().at(LEVEL);
  }

  static String text(Outcome<Cycles> outcome) {
    return outcome.fold(
        p -> {
          return p.value() + ", 90 % interval " + text(interval(p)) + Texts.flags(p.flags());
        },
        a -> Texts.noAnswer(a.findings()));
  }

  private static String text(Uncertainty uncertainty) {
    if (uncertainty instanceof Uncertainty.Interval i) {
      return Double.isInfinite(i.high())
          ? "at least " + Math.round(i.low())
          : Math.round(i.low()) + " to " + Math.round(i.high());
    }
    return uncertainty instanceof Uncertainty.None none
        ? "unknown: " + none.why()
        : uncertainty.toString();
  }

  /** As a document: unit, life, ends of the interval (null when open), flags; or why not. */
  static Map<String, @Nullable Object> document(UnitHistory unit, Outcome<Cycles> outcome) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("unit", unit.unit());
    document.put("cycles", unit.length());
    if (outcome instanceof Outcome.Prediction<Cycles> p) {
      document.put("remaining", p.value().count());
      document.put("atLeast", p.value().atLeast());
      if (interval(p) instanceof Uncertainty.Interval i) {
        document.put("level", i.level());
        document.put("low", i.low());
        document.put("high", i.high());
      }
      document.put("flags", p.flags());
    } else if (outcome instanceof Outcome.Abstention<Cycles> a) {
      document.put("abstains", a.code());
      document.put("why", a.findings().stream().map(Finding::toString).toList());
    }
    return document;
  }

  static Optional<Judged> judged(UnitHistory unit, double truth, Outcome<Cycles> outcome) {
    if (!(outcome instanceof Outcome.Prediction<Cycles> p)) {
      return Optional.empty();
    }
    double low = Double.NaN;
    double high = Double.NaN;
    if (interval(p) instanceof Uncertainty.Interval i) {
      low = i.low();
      high = i.high();
    }
    return Optional.of(
        new Judged(unit.unit(), truth, p.value().count(), p.value().atLeast(), low, high));
  }

  static List<Judged> judged(Predictor<UnitHistory, Cycles> predictor, List<KnownLife> truths) {
    List<UnitHistory> histories = truths.stream().map(KnownLife::history).toList();
    List<Outcome<Cycles>> outcomes = predictor.predictAll(histories);
    List<Judged> judged = new ArrayList<>();
    for (int i = 0; i < truths.size(); i++) {
      judged(histories.get(i), truths.get(i).remaining(), outcomes.get(i)).ifPresent(judged::add);
    }
    return judged;
  }

  /** The unit that was nearest to its end when it was cut off: it shows the most of a life. */
  static Optional<KnownLife> nearestToItsEnd(List<KnownLife> truths) {
    return truths.stream()
        .max(
            Comparator.comparingDouble(
                k -> k.history().length() / (k.history().length() + k.remaining())));
  }

  /** What the model says of one unit after each of its cycles. */
  static Course course(Predictor<UnitHistory, Cycles> predictor, KnownLife unit) {
    UnitHistory history = unit.history();
    int step = Math.max(1, history.length() / 300);
    int[] lengths =
        IntStream.rangeClosed(1, history.length())
            .filter(k -> k % step == 0 || k == history.length())
            .toArray();
    List<UnitHistory> prefixes = IntStream.of(lengths).mapToObj(history::first).toList();
    List<Outcome<Cycles>> outcomes = predictor.predictAll(prefixes);
    List<Double> cycles = new ArrayList<>();
    List<Judged> judged = new ArrayList<>();
    for (int i = 0; i < lengths.length; i++) {
      double truth = unit.remaining() + history.length() - lengths[i];
      Optional<Judged> one = judged(history, truth, outcomes.get(i));
      if (one.isPresent()) {
        cycles.add((double) lengths[i]);
        judged.add(one.get());
      }
    }
    Map<String, List<Double>> readings = new LinkedHashMap<>();
    for (Column column : mostChanged(history.readings())) {
      double[] values = history.readings().numbers(column.name());
      String unitText = column.unit().symbol().isEmpty() ? "" : ", " + column.unit().symbol();
      readings.put(
          column.name() + unitText, cycles.stream().map(c -> values[c.intValue() - 1]).toList());
    }
    return new Course(history.unit(), cycles, judged, readings);
  }

  /** The two columns that follow the unit's age most closely. */
  private static List<Column> mostChanged(Table readings) {
    return readings.schema().columns().stream()
        .filter(c -> c.type().isNumeric())
        .sorted(Comparator.comparingDouble(c -> -correlationWithAge(readings.numbers(c.name()))))
        .limit(2)
        .toList();
  }

  private static double correlationWithAge(double[] values) {
    double mean = IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElse(0);
    double middle = (values.length - 1) / 2.0;
    double common = 0;
    double spread = 0;
    double ages = 0;
    for (int i = 0; i < values.length; i++) {
      common += (values[i] - mean) * (i - middle);
      spread += (values[i] - mean) * (values[i] - mean);
      ages += (i - middle) * (i - middle);
    }
    double correlation = Math.abs(common) / Math.sqrt(spread * ages);
    return Double.isFinite(correlation) ? correlation : 0;
  }

  /** The figures that people look at first, in one line. */
  static String figures(Map<String, Double> figures) {
    return List.of("rmse", "mae", "nasa score", "coverage 90", "width 90", "interval score 90")
        .stream()
        .filter(figures::containsKey)
        .map(name -> name + " " + Figures.text(name, figures.get(name)))
        .collect(Collectors.joining("  "));
  }
}
