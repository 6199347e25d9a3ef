package io.millwright.cli.pages;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.learn.LearningCurve;
import io.millwright.reports.Chart;
import io.millwright.reports.Figures;
import io.millwright.reports.Page;
import io.millwright.reports.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A page about one model of remaining life: how well it does on units that it never saw, how sure
 * it is, how it learnt, what simpler models do, and where it comes from. Immutable; {@link #html}
 * gives the same page for the same content.
 *
 * @param title the page's title
 * @param data what the model learnt from and was judged on, in a sentence or two
 * @param model what the model is
 * @param heldOut its evaluation on units held out from training, with baselines and curves
 * @param test its evaluation on other units, when there were any
 * @param judged its predictions for those units; may be empty
 * @param course one unit's predicted life over time
 * @param files what was written where, by name
 */
public record LifeReport(
    String title,
    String data,
    ModelInfo model,
    Evaluation heldOut,
    Optional<Evaluation> test,
    List<Judged> judged,
    Optional<Course> course,
    Map<String, String> files) {

  /**
   * One unit's prediction beside its truth, in cycles.
   *
   * @param unit its name
   * @param truth how long it lived on
   * @param predicted how long it was predicted to
   * @param atLeast whether the prediction means at least
   * @param low the lower end of the 90 % interval; NaN for none
   * @param high its upper end; infinite when open, NaN for none
   */
  public record Judged(
      String unit, double truth, double predicted, boolean atLeast, double low, double high) {

    /**
     * Whether the truth lies in the interval.
     *
     * @return true when it does
     */
    public boolean covered() {
      return truth >= low && truth <= high;
    }
  }

  /**
   * One unit's life as it was predicted after each of its cycles.
   *
   * @param unit its name
   * @param cycles after which cycles, counted from 1
   * @param judged the prediction after each
   * @param readings some of its readings at those cycles, by name and unit of measurement
   */
  public record Course(
      String unit, List<Double> cycles, List<Judged> judged, Map<String, List<Double>> readings) {
    /** Copies and checks lengths. */
    public Course {
      cycles = List.copyOf(cycles);
      judged = List.copyOf(judged);
      readings = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(readings));
      if (cycles.size() != judged.size()) {
        throw new IllegalArgumentException(cycles.size() + " cycles, " + judged.size() + " lives");
      }
    }
  }

  /** Checks and copies. */
  public LifeReport {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(heldOut, "heldOut");
    Objects.requireNonNull(test, "test");
    Objects.requireNonNull(course, "course");
    judged = List.copyOf(judged);
    files = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }

  /**
   * Writes the page.
   *
   * @param file where to; replaced when it exists
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} when it cannot be written
   */
  public void writeTo(Path file) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, html());
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "cannot write the report " + file + "\nMaybe name another place with --report",
          e);
    }
  }

  /**
   * The page.
   *
   * @return HTML that is well-formed XML too
   */
  public String html() {
    Page page = new Page(title).heading(data);
    Evaluation shown = test.orElse(heldOut);
    page.numbers(numbers(shown));
    if (!judged.isEmpty()) {
      predictedAgainstTrue(page);
    }
    course.ifPresent(c -> oneUnit(page, c));
    comparison(page);
    if (!heldOut.curves().isEmpty()) {
      learning(page);
    }
    origin(page);
    return page.html(
        "Written by Millwright. The page holds everything it shows and asks nothing of any other"
            + " place.");
  }

  private List<List<String>> numbers(Evaluation shown) {
    List<List<String>> numbers = new ArrayList<>();
    add(numbers, shown, "rmse", "%.1f", rootMeanSquareError());
    add(numbers, shown, "mae", "%.1f", "cycles, mean absolute error");
    add(
        numbers,
        shown,
        "coverage 90",
        "%.0f %%",
        "of true lives lay in their 90 % interval; 90 % would be right");
    add(numbers, shown, "width 90", "%.1f", "cycles, mean width of the interval");
    return numbers;
  }

  private String rootMeanSquareError() {
    String limit = Scale.shortly(model.high());
    return "cycles, root mean square error"
        + (Double.isFinite(model.high()) ? ", lives above " + limit + " counted as " + limit : "");
  }

  private static void add(
      List<List<String>> numbers, Evaluation from, String figure, String format, String meaning) {
    Double value = from.figures().get(figure);
    if (value != null && Double.isFinite(value)) {
      double scaled = format.contains("%%") ? value * 100 : value;
      numbers.add(List.of(String.format(Locale.ROOT, format, scaled), meaning));
    }
  }

  private void predictedAgainstTrue(Page page) {
    List<Judged> sorted =
        judged.stream().sorted(Comparator.comparingDouble(Judged::truth)).toList();
    double largest = 0;
    double limit = model.high();
    long open = sorted.stream().filter(j -> Double.isInfinite(j.high())).count();
    for (Judged j : sorted) {
      largest = Math.max(largest, Math.max(j.truth(), j.predicted()));
      largest = Double.isFinite(j.high()) ? Math.max(largest, j.high()) : largest;
    }
    long covered = sorted.stream().filter(Judged::covered).count();
    Scale life = Scale.fromZero(largest, "remaining life, cycles");
    Chart chart =
        new Chart(
            840,
            360,
            new Scale(0, sorted.size() + 1, false, "units, the shortest true life first"),
            life,
            "Predicted and true remaining life of "
                + sorted.size()
                + " units with 90 % intervals; "
                + covered
                + " truths lie within.");
    for (int i = 0; i < sorted.size(); i++) {
      Judged j = sorted.get(i);
      if (!Double.isNaN(j.low())) {
        double top = Math.min(j.high(), life.high());
        chart.bar("interval", i + 1, j.low(), top);
        if (Double.isInfinite(j.high())) {
          chart.arrow("open", i + 1, top);
        }
      }
    }
    if (Double.isFinite(limit)) {
      chart.level("limit", limit, "longer lives are not told apart");
    }
    double radius = sorted.size() > 70 ? 2.4 : 3.6;
    for (int i = 0; i < sorted.size(); i++) {
      Judged j = sorted.get(i);
      chart.dot("truth", i + 1, j.truth(), radius, "");
      chart.dot("predicted", i + 1, j.predicted(), radius, described(j));
    }
    page.section("Predicted against true life")
        .text(
            covered
                + " of "
                + sorted.size()
                + " true lives lie within their 90 % interval."
                + (open == 0
                    ? ""
                    : " For "
                        + open
                        + " of the units the interval is open above: it says at least."));
    page.chart(chart).key(keyOfPredictions(open > 0));
  }

  private static List<List<String>> keyOfPredictions(boolean open) {
    List<List<String>> key = new ArrayList<>();
    key.add(List.of("<circle class='predicted' cx='13' cy='6' r='4'/>", "predicted"));
    key.add(List.of("<circle class='truth' cx='13' cy='6' r='4'/>", "true"));
    key.add(
        List.of("<rect class='interval' x='2' y='1' width='22' height='10'/>", "90 % interval"));
    if (open) {
      key.add(List.of("<path class='open' d='M9 9L13 3L17 9Z'/>", "open above: at least"));
    }
    return key;
  }

  private static String described(Judged j) {
    return j.unit()
        + ": predicted "
        + (j.atLeast() ? "at least " : "")
        + Math.round(j.predicted())
        + ", true "
        + Math.round(j.truth())
        + (Double.isNaN(j.low())
            ? ""
            : ", 90 % interval "
                + Math.round(j.low())
                + (Double.isInfinite(j.high()) ? " and more" : " to " + Math.round(j.high())));
  }

  private static void oneUnit(Page page, Course course) {
    int n = course.cycles().size();
    double[] cycles = new double[n];
    double[] truth = new double[n];
    double[] predicted = new double[n];
    double[] low = new double[n];
    double[] high = new double[n];
    double largest = 1;
    boolean band = false;
    boolean open = false;
    for (int i = 0; i < n; i++) {
      Judged j = course.judged().get(i);
      cycles[i] = course.cycles().get(i);
      truth[i] = j.truth();
      predicted[i] = j.predicted();
      low[i] = j.low();
      high[i] = j.high();
      band |= !Double.isNaN(j.low());
      open |= Double.isInfinite(j.high());
      largest = Math.max(largest, Math.max(j.truth(), j.predicted()));
      largest = Double.isFinite(j.high()) ? Math.max(largest, j.high()) : largest;
    }
    Scale time = new Scale(0, Math.max(1, n == 0 ? 1 : cycles[n - 1]), false, "cycles on record");
    Chart chart =
        new Chart(
            840,
            330,
            time,
            Scale.fromZero(largest, "remaining life, cycles"),
            "Remaining life of "
                + course.unit()
                + " as predicted after each cycle, and as it was.");
    if (band) {
      chart.band("band", cycles, low, high);
    }
    chart.line("true-course", cycles, truth).line("course", cycles, predicted);
    page.section("One unit through time")
        .text(
            "What the model would have said about "
                + course.unit()
                + " after each of its cycles, knowing only the readings until then."
                + (open ? " Where the band leaves the chart it is open above: at least." : ""));
    page.chart(chart);
    List<List<String>> key = new ArrayList<>();
    key.add(List.of("<path class='course' d='M1 6H25'/>", "predicted"));
    key.add(List.of("<path class='true-course' d='M1 6H25'/>", "true"));
    if (band) {
      key.add(List.of("<rect class='band' x='2' y='1' width='22' height='10'/>", "90 % interval"));
    }
    page.key(key);
    List<Chart> small = new ArrayList<>();
    course
        .readings()
        .forEach(
            (name, values) -> {
              double min = values.stream().mapToDouble(v -> v).min().orElse(0);
              double max = values.stream().mapToDouble(v -> v).max().orElse(1);
              Chart panel =
                  new Chart(
                      420,
                      220,
                      time,
                      plain(min, max, name),
                      "Readings of " + name + " of " + course.unit());
              for (int i = 0; i < n; i++) {
                if (Double.isFinite(values.get(i))) {
                  panel.dot("reading", cycles[i], values.get(i), 1.9, "");
                }
              }
              small.add(panel);
            });
    if (!small.isEmpty()) {
      page.text("Some of its readings as they were measured:").pair(small);
    }
  }

  private static Scale plain(double min, double max, String title) {
    double room = max > min ? 0.06 * (max - min) : Math.abs(max) * 0.1 + 1;
    return new Scale(min - room, max + room, false, title);
  }

  private void comparison(Page page) {
    Set<String> names = new LinkedHashSet<>();
    test.ifPresent(t -> names.addAll(t.figures().keySet()));
    names.addAll(heldOut.figures().keySet());
    heldOut.baselines().values().forEach(b -> names.addAll(b.keySet()));
    List<String> head = new ArrayList<>(List.of("figure"));
    List<Map<String, Double>> columns = new ArrayList<>();
    test.ifPresent(
        t -> {
          head.add("model, " + t.samples() + " test units");
          columns.add(t.figures());
        });
    int modelHeldOut = columns.size();
    head.add("model, held out");
    columns.add(heldOut.figures());
    heldOut
        .baselines()
        .forEach(
            (name, figures) -> {
              head.add(name + ", held out");
              columns.add(figures);
            });
    List<List<String>> rows = new ArrayList<>();
    List<Integer> best = new ArrayList<>();
    for (String name : names) {
      List<String> row = new ArrayList<>(List.of(Figures.title(name)));
      columns.forEach(c -> row.add(Figures.text(name, c.get(name))));
      rows.add(row);
      best.add(
          Figures.best(name, columns.subList(modelHeldOut, columns.size())) + 1 + modelHeldOut);
    }
    page.section("The model beside simpler ones")
        .text(
            "Held out means: "
                + heldOut.protocol()
                + ". Of the columns judged on the same held-out units, the best figure is set in"
                + " bold. Errors and widths are in cycles. Where two intervals cover equally, the narrower one is better; the"
                + " interval score weighs both.");
    page.table(head, rows, best);
  }

  private void learning(Page page) {
    double smallest = Double.POSITIVE_INFINITY;
    double largest = 0;
    int epochs = 1;
    boolean validated = false;
    for (LearningCurve curve : heldOut.curves()) {
      for (LearningCurve.Epoch e : curve.epochs()) {
        for (double loss : new double[] {e.trainingLoss(), e.validationLoss()}) {
          if (Double.isFinite(loss)) {
            smallest = Math.min(smallest, loss);
            largest = Math.max(largest, loss);
          }
        }
        validated |= Double.isFinite(e.validationLoss());
        epochs = Math.max(epochs, e.number());
      }
    }
    if (!(smallest <= largest)) {
      return;
    }
    Scale loss = Scale.around(smallest, largest, "loss");
    Chart chart =
        new Chart(
            840,
            300,
            new Scale(0, epochs, false, "epoch"),
            loss,
            "Loss by epoch of " + heldOut.curves().size() + " networks.");
    for (LearningCurve curve : heldOut.curves()) {
      double[] number = curve.epochs().stream().mapToDouble(LearningCurve.Epoch::number).toArray();
      chart.line(
          "training",
          number,
          curve.epochs().stream().mapToDouble(LearningCurve.Epoch::trainingLoss).toArray());
      chart.line(
          "validation",
          number,
          curve.epochs().stream().mapToDouble(LearningCurve.Epoch::validationLoss).toArray());
    }
    for (LearningCurve curve : heldOut.curves()) {
      curve.epochs().stream()
          .filter(e -> e.number() == curve.bestEpoch() && Double.isFinite(e.validationLoss()))
          .forEach(e -> chart.dot("kept", e.number(), e.validationLoss(), 3.6, curve.member()));
    }
    page.section("How it learnt")
        .text(
            heldOut.curves().size() == 1
                ? "Loss of the network, epoch by epoch."
                : "Loss of the "
                    + heldOut.curves().size()
                    + " networks whose answers are averaged, epoch by epoch.");
    page.chart(chart);
    List<List<String>> key = new ArrayList<>();
    key.add(List.of("<path class='training' d='M1 6H25'/>", "on the units it learns from"));
    if (validated) {
      key.add(List.of("<path class='validation' d='M1 6H25'/>", "on units kept for validation"));
      key.add(List.of("<circle class='kept' cx='13' cy='6' r='4'/>", "weights that were kept"));
    }
    page.key(key);
  }

  private void origin(Page page) {
    List<List<String>> rows = new ArrayList<>();
    files.forEach((name, value) -> rows.add(List.of(name, value)));
    rows.add(List.of("task", model.task() + ", version " + model.taskVersion()));
    rows.add(List.of("made by", model.provenance().producer()));
    rows.add(List.of("made at", model.provenance().created().toString()));
    rows.add(List.of("model digest", model.digest()));
    rows.add(List.of("data digest", model.provenance().dataDigest()));
    rows.add(List.of("key of randomness", Long.toString(model.provenance().key())));
    rows.add(List.of("inputs", String.join(", ", model.inputs().names())));
    model.provenance().settings().forEach((name, value) -> rows.add(List.of(name, value)));
    model.provenance().environment().forEach((name, value) -> rows.add(List.of(name, value)));
    page.section("Where it comes from")
        .text(
            "With the same data, key, versions and number of threads, a CPU gives the same model"
                + " again.")
        .facts(rows);
  }
}
