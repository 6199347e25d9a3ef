package io.millwright.core.learn;

import io.millwright.api.Capability;
import io.millwright.api.Evaluation;
import io.millwright.api.Provenance;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Image;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Decision;
import io.millwright.api.learn.Recipe;
import io.millwright.runtime.bundle.Blend;
import io.millwright.runtime.bundle.Golden;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.bundle.TargetData;
import io.millwright.runtime.calibrate.Calibrated;
import io.millwright.runtime.network.Losses;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Runtimes;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.prepare.FittedPreparation;
import io.millwright.runtime.prepare.FittedStep;
import io.millwright.runtime.prepare.Notes;
import io.millwright.runtime.prepare.PreparedStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Makes a model out of fitted members: uncertainty, threshold, figures, golden samples, provenance.
 */
final class Assembly {

  private static final int GOLDEN_SAMPLES = 8;
  private static final int GOLDEN_ROWS = 60;
  private static final int GOLDEN_BYTES = 400_000;
  private static final int CROSS = 5;
  private static final double LEVEL = 0.9;

  private final Runtimes runtimes;
  private final Clock clock;
  private final String producer;

  Assembly(Runtimes runtimes, Clock clock, String producer) {
    this.runtimes = runtimes;
    this.clock = clock;
    this.producer = producer;
  }

  /**
   * @param voices who answers; the shares make 1
   * @param judged what they said together of items held out
   * @param beside what others said of the same items, by name: the baselines
   */
  Model model(
      Recipe<?, ?> recipe,
      Optional<Parent> parent,
      Encoded encoded,
      Prepared prepared,
      List<Voice> voices,
      Judged judged,
      Map<String, Judged> beside,
      String protocol) {
    Calibrated calibrated = calibrate(recipe.calibration(), judged, encoded.classes());
    TargetData target = prepared.scaling().data();
    Map<String, Double> figures;
    Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
    if (target instanceof TargetData.Quantity q) {
      figures = Figures.quantity(judged.truth(), judged.predicted());
      crossIntervals(figures, recipe.calibration(), judged, q);
      baselines.put(
          "mean of the training data",
          Figures.quantity(judged.truth(), constant(encoded, judged.size())));
      beside.forEach(
          (name, other) -> baselines.put(name, Figures.quantity(other.truth(), other.predicted())));
    } else {
      double[][] probabilities = calibratedProbabilities(calibrated, judged);
      int[] truth = indices(judged.truth());
      figures = Figures.classes(truth, probabilities, encoded.classes());
      Optional<ClassScores.Threshold> threshold = Optional.empty();
      if (recipe.decision().isPresent()) {
        threshold =
            Optional.of(
                decide(recipe.decision().get(), truth, probabilities, encoded.classes(), figures));
      }
      target = new TargetData.Category(encoded.classes(), threshold);
      baselines.put(
          "shares of the training data",
          Figures.classes(truth, shares(encoded, truth.length), encoded.classes()));
      beside.forEach((name, other) -> baselines.put(name, classes(recipe, encoded, other)));
    }
    Evaluation evaluation =
        new Evaluation(
            protocol,
            judged.size(),
            figures,
            baselines,
            voices.stream().flatMap(v -> v.curves().stream()).toList());
    Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    if (!prepared.plan().input().isImage()) {
      capabilities.add(Capability.EXPLAIN); // by columns, of which an image has one
    }
    if (!(calibrated instanceof Calibrated.None)) {
      capabilities.add(Capability.CALIBRATED);
    }
    if (encoded.tables().stream().anyMatch(t -> t.rows() > 1)) {
      capabilities.add(Capability.STREAM);
    }
    return new Model(
        recipe.binding().task().id(),
        recipe.binding().task().version(),
        prepared.preparation(),
        voices.get(0).network(),
        prepared.loss(),
        target,
        voices.stream().flatMap(v -> v.weights().stream()).toList(),
        calibrated,
        evaluation,
        capabilities,
        provenance(prepared.preparation(), recipe, parent, encoded, voices),
        golden(encoded, prepared, voices),
        blend(voices));
  }

  private static Blend blend(List<Voice> voices) {
    return voices.size() == 1
        ? Blend.none()
        : new Blend(
            voices.stream()
                .map(v -> new Blend.Voice(v.network(), v.weights().size(), v.share()))
                .toList());
  }

  /** The figures of classes, with those of a decision where one is asked for. */
  private static Map<String, Double> classes(Recipe<?, ?> recipe, Encoded encoded, Judged judged) {
    int[] truth = indices(judged.truth());
    Map<String, Double> figures = Figures.classes(truth, judged.probabilities(), encoded.classes());
    recipe
        .decision()
        .ifPresent(d -> decide(d, truth, judged.probabilities(), encoded.classes(), figures));
    return figures;
  }

  private static Calibrated calibrate(Calibration how, Judged judged, List<String> classes) {
    if (!(how instanceof Calibration.Conformal conformal)) {
      return new Calibrated.None("the model was trained without calibration");
    }
    return classes.isEmpty()
        ? Calibrated.quantity(
            conformal.normalised(), judged.predicted(), judged.truth(), judged.groups())
        : Calibrated.classes(judged.probabilities(), indices(judged.truth()), judged.groups());
  }

  /**
   * Coverage and width of intervals for items that took no part in calibrating them: groups are
   * dealt into parts, each judged by a calibration on the others.
   */
  private static void crossIntervals(
      Map<String, Double> figures, Calibration how, Judged judged, TargetData.Quantity q) {
    List<String> names = judged.groups().stream().distinct().toList();
    if (!(how instanceof Calibration.Conformal) || names.size() < 2 * CROSS) {
      return;
    }
    Map<String, Integer> dealt = new LinkedHashMap<>();
    names.forEach(n -> dealt.put(n, dealt.size() % CROSS));
    int[] part = judged.groups().stream().mapToInt(g -> dealt.getOrDefault(g, 0)).toArray();
    List<Uncertainty> given =
        new ArrayList<>(Collections.nCopies(judged.size(), new Uncertainty.None("not judged yet")));
    for (int p = 0; p < CROSS; p++) {
      int out = p;
      int[] others = IntStream.range(0, judged.size()).filter(i -> part[i] != out).toArray();
      if (!(calibrate(how, Judging.some(judged, others), List.of())
          instanceof Calibrated.Quantity c)) {
        return;
      }
      for (int i = 0; i < judged.size(); i++) {
        if (part[i] == out) {
          given.set(
              i, c.uncertainties(judged.predicted()[i], q.unit(), q.low(), q.high()).at(LEVEL));
        }
      }
    }
    Figures.intervals(figures, judged.truth(), given, q.low(), q.high());
  }

  private static double[][] calibratedProbabilities(Calibrated calibrated, Judged judged) {
    double[][] probabilities = new double[judged.size()][];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] =
          calibrated instanceof Calibrated.Classes c
              ? c.probabilities(judged.probabilities()[i])
              : judged.probabilities()[i];
    }
    return probabilities;
  }

  private static ClassScores.Threshold decide(
      Decision rule,
      int[] truth,
      double[][] probabilities,
      List<String> classes,
      Map<String, Double> figures) {
    int negative = classes.indexOf(rule.negative());
    boolean[] positive = new boolean[truth.length];
    double[] score = new double[truth.length];
    for (int i = 0; i < truth.length; i++) {
      positive[i] = truth[i] != negative;
      score[i] = 1 - probabilities[i][negative];
    }
    double value = Figures.threshold(rule, positive, score);
    ClassScores.Threshold threshold =
        new ClassScores.Threshold(
            rule.negative(), value, Figures.review(rule, positive, score, value));
    Figures.decision(figures, positive, score, threshold, Optional.of(rule));
    return threshold;
  }

  private static int[] indices(double[] truth) {
    int[] indices = new int[truth.length];
    for (int i = 0; i < truth.length; i++) {
      indices[i] = (int) truth[i];
    }
    return indices;
  }

  private static double[] constant(Encoded encoded, int size) {
    double mean =
        encoded.labels().subList(0, encoded.originals()).stream()
            .flatMapToDouble(Arrays::stream)
            .filter(v -> !Double.isNaN(v))
            .average()
            .orElse(0);
    double[] constant = new double[size];
    Arrays.fill(constant, mean);
    return constant;
  }

  private static double[][] shares(Encoded encoded, int size) {
    double[] shares = new double[encoded.classes().size()];
    double total = 0;
    for (double[] labels : encoded.labels().subList(0, encoded.originals())) {
      for (double label : labels) {
        if (!Double.isNaN(label)) {
          shares[(int) label]++;
          total++;
        }
      }
    }
    for (int k = 0; k < shares.length; k++) {
      shares[k] /= total;
    }
    double[][] all = new double[size][];
    Arrays.fill(all, shares);
    return all;
  }

  private Provenance provenance(
      FittedPreparation preparation,
      Recipe<?, ?> recipe,
      Optional<Parent> parent,
      Encoded encoded,
      List<Voice> voices) {
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put(
        "network",
        voices.size() == 1
            ? voices.get(0).network().toString()
            : voices.stream().map(v -> v.share() + " of " + v.network()).toList().toString());
    settings.put("preparation", recipe.preparation().toString());
    settings.put("learning", recipe.learning().toString());
    settings.put("split", recipe.split().toString());
    settings.put("calibration", recipe.calibration().toString());
    conditions(preparation).ifPresent(said -> settings.put("conditions", said));
    parent.ifPresent(
        p -> {
          settings.put("transfer", p.toString());
          settings.put(Parent.FROZEN, Integer.toString(p.frozen()));
          settings.put("preparation", "that of " + p.digest());
        });
    settings.put(
        "members", Integer.toString(voices.stream().mapToInt(v -> v.weights().size()).sum()));
    SortedMap<String, String> environment = environment(runtimes.facts());
    return new Provenance(
        producer,
        clock.instant(),
        encoded.digest(),
        recipe.learning().key(),
        settings,
        environment,
        parent.map(p -> List.of(p.digest())).orElse(List.of()));
  }

  /** How many operating conditions were told apart, and by what; empty when that was not asked. */
  private static Optional<String> conditions(FittedPreparation preparation) {
    for (FittedStep step : preparation.steps()) {
      if (step instanceof FittedStep.Conditions c) {
        List<String> by = c.settings().stream().map(FittedStep.Line::column).toList();
        return Optional.of(
            c.conditions().size() + (by.isEmpty() ? "" : " by " + String.join(", ", by)));
      }
    }
    return Optional.empty();
  }

  /** What a model was made in, beside the facts of an engine. */
  static SortedMap<String, String> environment(Map<String, String> facts) {
    SortedMap<String, String> environment = new TreeMap<>(facts);
    environment.put(
        "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
    environment.put(
        "os",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    return environment;
  }

  private List<Golden> golden(Encoded encoded, Prepared prepared, List<Voice> voices) {
    FittedPreparation preparation = prepared.preparation();
    NetworkPlan plan = prepared.plan();
    int count = Math.min(GOLDEN_SAMPLES, encoded.originals());
    List<Table> inputs = new ArrayList<>();
    float[] laid = new float[count * plan.input().size()];
    Notes notes = new Notes();
    for (int g = 0; g < count; g++) {
      Table whole = encoded.tables().get((int) ((long) g * encoded.originals() / count));
      // Different lengths, so that short histories are proven as well as full windows.
      Table rows =
          whole
              .slice(0, Math.min(whole.rows(), 1 + g * GOLDEN_ROWS / GOLDEN_SAMPLES))
              .select(preparation.inputs().names());
      if (plan.input().isImage()) {
        rows = small(rows);
      }
      inputs.add(rows);
      PreparedStream stream = preparation.stream();
      for (int r = 0; r < rows.rows(); r++) {
        stream.push(rows, r, notes);
      }
      notes.clear();
      System.arraycopy(stream.latest(), 0, laid, g * plan.input().size(), plan.input().size());
    }
    double[][] mean = new double[count][plan.outputs()];
    for (Voice voice : voices) {
      try (TrainingSession session =
          runtimes.train(voice.plan(), new Losses(prepared.loss(), plan.outputs()))) {
        for (Weights weights : voice.weights()) {
          session.load(weights);
          Judging.accumulate(
              preparation.views().mean(session::outputs, laid, count),
              prepared.loss(),
              mean,
              voice.share() / voice.weights().size());
        }
      }
    }
    List<Golden> golden = new ArrayList<>();
    for (int g = 0; g < count; g++) {
      golden.add(new Golden(inputs.get(g), Arrays.stream(mean[g]).boxed().toList()));
    }
    return golden;
  }

  /** The same images, reduced until each fits into a bundle's text. */
  private static Table small(Table rows) {
    Table.Builder builder = Table.builder(rows.schema(), rows.rows());
    for (int r = 0; r < rows.rows(); r++) {
      Image image = rows.image(r, 0);
      int block = 1;
      if (image != null) {
        long values = (long) image.width() * image.height() * image.format().channels() * 2;
        while (values / ((long) block * block) > GOLDEN_BYTES) {
          block++;
        }
      }
      builder.add(Collections.singletonList(image == null ? null : image.reduced(block)));
    }
    return builder.build();
  }
}
