package io.millwright.core.learn;

import io.millwright.api.Capability;
import io.millwright.api.Evaluation;
import io.millwright.api.Provenance;
import io.millwright.api.data.Table;
import io.millwright.api.head.FittedHead;
import io.millwright.api.head.HeldOut;
import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Variation;
import io.millwright.runtime.bundle.Blend;
import io.millwright.runtime.bundle.Golden;
import io.millwright.runtime.bundle.HeadData;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.bundle.RecipeData;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Runtimes;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.Views;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.plain.JavaForward;
import io.millwright.runtime.predict.Opening;
import io.millwright.runtime.prepare.FittedPreparation;
import io.millwright.runtime.prepare.FittedStep;
import io.millwright.runtime.prepare.Notes;
import io.millwright.runtime.prepare.PreparedStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
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
  private static final int CROSS = 5;

  private final Runtimes runtimes;
  private final Clock clock;
  private final String producer;

  Assembly(Runtimes runtimes, Clock clock, String producer) {
    this.runtimes = runtimes;
    this.clock = clock;
    this.producer = producer;
  }

  <I, L, V> Model model(
      Recipe<I, L, V> recipe,
      Optional<Parent> parent,
      Encoded<L> encoded,
      Prepared<L, V> prepared,
      List<Voice> voices,
      HeldOut heldOut,
      Map<String, double[][]> beside,
      Optional<RecipeData.ChoiceData> choice,
      String protocol) {
    FittedHead<L, V> head = prepared.head().calibrated(heldOut, recipe.calibration());
    Map<String, Double> figures = new LinkedHashMap<>(head.figures(heldOut));
    if (head.isCalibrated()) {
      figures.putAll(crossed(prepared.head(), heldOut, recipe.calibration()));
    }
    if (recipe.decision().isPresent()) {
      FittedHead.Decided<L, V> decided = head.decided(heldOut, recipe.decision().get());
      head = decided.head();
      figures.putAll(decided.figures());
    }
    Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
    prepared
        .head()
        .baselines()
        .forEach(
            (name, said) -> {
              double[][] constant = new double[heldOut.size()][];
              Arrays.fill(constant, said);
              baselines.put(
                  name,
                  prepared
                      .head()
                      .figures(new HeldOut(constant, heldOut.targets(), heldOut.groups())));
            });
    beside.forEach(
        (name, said) ->
            baselines.put(
                name,
                figures(
                    recipe,
                    prepared.head(),
                    new HeldOut(said, heldOut.targets(), heldOut.groups()))));
    Evaluation evaluation =
        Evaluation.builder()
            .protocol(protocol)
            .samples(heldOut.size())
            .figures(figures)
            .baselines(baselines)
            .curves(voices.stream().flatMap(v -> v.curves().stream()).toList())
            .build();
    Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    if (!prepared.plan().input().isImage()) {
      capabilities.add(Capability.EXPLAIN); // by columns, of which an image has one
    }
    if (head.tellsUncertainty()) {
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
        HeadData.of(recipe.binding().head().kind(), head),
        voices.stream().flatMap(v -> v.weights().stream()).toList(),
        evaluation,
        capabilities,
        provenance(prepared.preparation(), recipe, parent, encoded, voices),
        golden(recipe, encoded, prepared, voices),
        blend(voices),
        Optional.of(data(recipe, parent, choice)));
  }

  private static RecipeData data(
      Recipe<?, ?, ?> recipe, Optional<Parent> parent, Optional<RecipeData.ChoiceData> choice) {
    RecipeData own = RecipeData.of(recipe);
    RecipeData begun = parent.map(p -> own.begunWith(p.data())).orElse(own);
    return choice.map(begun::chosen).orElse(begun);
  }

  private static Blend blend(List<Voice> voices) {
    return voices.size() == 1
        ? Blend.none()
        : new Blend(
            voices.stream()
                .map(v -> new Blend.Voice(v.network(), v.weights().size(), v.share()))
                .toList());
  }

  /** The figures of a head, with those of a decision where one is asked for. */
  private static <L, V> Map<String, Double> figures(
      Recipe<?, L, V> recipe, FittedHead<L, V> head, HeldOut heldOut) {
    Map<String, Double> figures = new LinkedHashMap<>(head.figures(heldOut));
    recipe.decision().ifPresent(d -> figures.putAll(head.decided(heldOut, d).figures()));
    return figures;
  }

  /**
   * What uncertainty is worth for items that took no part in measuring it: groups are dealt into
   * parts, each judged by a calibration on the others.
   */
  private static <L, V> Map<String, Double> crossed(
      FittedHead<L, V> head, HeldOut heldOut, Calibration how) {
    List<String> names = heldOut.groups().stream().distinct().toList();
    Map<String, Double> joined = new LinkedHashMap<>();
    if (names.size() < 2 * CROSS) {
      return joined;
    }
    Map<String, Integer> dealt = new HashMap<>();
    names.forEach(n -> dealt.put(n, dealt.size() % CROSS));
    int[] part = heldOut.groups().stream().mapToInt(g -> dealt.getOrDefault(g, 0)).toArray();
    for (int p = 0; p < CROSS; p++) {
      int out = p;
      int[] own = IntStream.range(0, part.length).filter(i -> part[i] == out).toArray();
      int[] others = IntStream.range(0, part.length).filter(i -> part[i] != out).toArray();
      Map<String, Double> figures =
          head.calibrated(heldOut.some(others), how).uncertaintyFigures(heldOut.some(own));
      if (p > 0) {
        joined.keySet().retainAll(figures.keySet());
      }
      double share = (double) own.length / part.length;
      figures.forEach(
          (name, value) -> {
            if (out == 0 || joined.containsKey(name)) {
              joined.merge(name, share * value, Double::sum);
            }
          });
    }
    return joined;
  }

  private Provenance provenance(
      FittedPreparation preparation,
      Recipe<?, ?, ?> recipe,
      Optional<Parent> parent,
      Encoded<?> encoded,
      List<Voice> voices) {
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put(
        "network",
        voices.size() == 1
            ? voices.get(0).network().toString()
            : voices.stream().map(v -> v.share() + " of " + v.network()).toList().toString());
    conditions(preparation).ifPresent(said -> settings.put("conditions", said));
    settings.put("preparation", recipe.preparation().toString());
    if (!recipe.variation().equals(Variation.none())) {
      settings.put("variation", recipe.variation().toString());
    }
    if (!recipe.views().single()) {
      settings.put("views", recipe.views().toString());
    }
    settings.put("learning", recipe.learning().toString());
    settings.put("split", recipe.split().toString());
    settings.put("calibration", recipe.calibration().toString());
    parent.ifPresent(
        p -> {
          settings.put("transfer", p.toString());
          settings.put(Opening.FROZEN, Integer.toString(p.frozen()));
          settings.put("preparation", "that of " + p.digest());
        });
    settings.put(
        "members", Integer.toString(voices.stream().mapToInt(v -> v.weights().size()).sum()));
    SortedMap<String, String> environment = environment(runtimes.facts());
    return Provenance.builder()
        .producer(producer)
        .created(clock.instant())
        .dataDigest(encoded.digest())
        .key(recipe.learning().key())
        .settings(settings)
        .environment(environment)
        .parents(parent.map(p -> List.of(p.digest())).orElse(List.of()))
        .build();
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

  private List<Golden> golden(
      Recipe<?, ?, ?> recipe, Encoded<?> encoded, Prepared<?, ?> prepared, List<Voice> voices) {
    FittedPreparation preparation = prepared.preparation();
    NetworkPlan plan = prepared.plan();
    int longest = encoded.tables().stream().mapToInt(Table::rows).max().orElse(1);
    List<Table> inputs = new ArrayList<>();
    float[] laid = new float[GOLDEN_SAMPLES * plan.input().size()];
    Notes notes = new Notes();
    for (int g = 0; g < GOLDEN_SAMPLES; g++) {
      // Different lengths, so that short histories are proven as well as full windows.
      int length = Math.min(longest, 1 + g * GOLDEN_ROWS / GOLDEN_SAMPLES);
      Table rows = DrawnRows.of(preparation, length, recipe.learning().key(), g);
      inputs.add(rows);
      PreparedStream stream = preparation.stream();
      for (int r = 0; r < rows.rows(); r++) {
        stream.push(rows, r, notes);
      }
      notes.clear();
      System.arraycopy(stream.latest(), 0, laid, g * plan.input().size(), plan.input().size());
    }
    double[][] mean = new double[GOLDEN_SAMPLES][plan.outputs()];
    for (Voice voice : voices) {
      double share = voice.share() / voice.weights().size();
      for (float[] outputs : outputs(voice, prepared, laid)) {
        for (int g = 0; g < GOLDEN_SAMPLES; g++) {
          prepared.head().say(outputs, g * plan.outputs(), mean[g], 0, share);
        }
      }
    }
    List<Golden> golden = new ArrayList<>();
    for (int g = 0; g < GOLDEN_SAMPLES; g++) {
      golden.add(new Golden(inputs.get(g), Arrays.stream(mean[g]).boxed().toList()));
    }
    return golden;
  }

  /** What each member of a voice gives for the golden inputs. */
  private List<float[]> outputs(Voice voice, Prepared<?, ?> prepared, float[] laid) {
    Views views = prepared.preparation().views();
    List<float[]> all = new ArrayList<>();
    if (voice.plan().hasTrees()) {
      for (Weights weights : voice.weights()) {
        all.add(views.mean(new JavaForward(voice.plan(), weights)::run, laid, GOLDEN_SAMPLES));
      }
      return all;
    }
    try (TrainingSession session = runtimes.train(voice.plan(), prepared.objective())) {
      for (Weights weights : voice.weights()) {
        session.load(weights);
        all.add(views.mean(session::outputs, laid, GOLDEN_SAMPLES));
      }
    }
    return all;
  }
}
