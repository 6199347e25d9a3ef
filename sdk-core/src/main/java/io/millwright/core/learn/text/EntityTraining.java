package io.millwright.core.learn.text;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.Progress;
import io.millwright.api.Provenance;
import io.millwright.api.Trained;
import io.millwright.api.head.FittedHead;
import io.millwright.api.head.Head;
import io.millwright.api.head.Heads;
import io.millwright.api.head.HeldOut;
import io.millwright.api.head.LabelScores;
import io.millwright.api.head.Labels;
import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.Problems;
import io.millwright.api.text.Entities;
import io.millwright.api.text.Span;
import io.millwright.core.learn.Parts;
import io.millwright.runtime.support.Digest;
import io.millwright.runtime.text.Chain;
import io.millwright.runtime.text.EntityModel;
import io.millwright.runtime.text.EntityPredictor;
import io.millwright.runtime.text.TokenLook;
import io.millwright.runtime.words.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** From texts with known entities to a model that finds them, with its evaluation. */
final class EntityTraining implements DefaultTextTrainer.Work<String, List<Span>, Entities> {

  private static final int FOLDS = 5;
  private static final int LEAST = 4;
  private static final int MOST_PROBLEMS = 20;
  private static final int MOST_LAYERS = 3;

  /** Another penalty must raise F1 by so much. */
  private static final double LEAST_GAIN = 0.002;

  private static final double[] PENALTIES = {1, 0.3};

  private final Composer composer;

  EntityTraining(Composer composer) {
    this.composer = composer;
  }

  /** A text with its words and the truth. */
  private record Known(
      String group,
      String text,
      List<Words.Word> words,
      List<Span> spans,
      int[][] keys,
      List<int[]> layers) {

    /** What a chain learns from: words with the tags of its layer. */
    Optional<ChainFit.Example> example(int layer) {
      if (layer == 0) {
        return Optional.of(
            new ChainFit.Example(keys, layers.isEmpty() ? new int[words.size()] : layers.get(0)));
      }
      if (layers.size() < layer) {
        return Optional.empty();
      }
      return Optional.of(
          new ChainFit.Example(
              TokenLook.within(keys, layers.get(layer - 1)),
              layer < layers.size() ? layers.get(layer) : new int[words.size()]));
    }
  }

  /** Chains for entities, and for those inside others as deep as they are. */
  private static List<Chain> fit(
      List<Known> known, List<String> types, double penalty, BooleanSupplier stopped) {
    int depth = known.stream().mapToInt(k -> k.layers.size()).max().orElse(1);
    List<Chain> chains = new ArrayList<>();
    for (int layer = 0; layer < Math.max(1, depth); layer++) {
      int own = layer;
      chains.add(
          ChainFit.fit(
              known.stream().map(k -> k.example(own)).flatMap(Optional::stream).toList(),
              types,
              penalty,
              stopped));
    }
    return chains;
  }

  @Override
  public Trained<String, Entities> learn(
      Samples<String, List<Span>> samples,
      TextOptions options,
      Jobs.Control<Trained<String, Entities>> control) {
    List<String> types = types(samples);
    List<Known> all = known(samples, types);
    List<String> groups = all.stream().map(Known::group).toList();
    int distinct = (int) groups.stream().distinct().count();
    SameTexts same = SameTexts.of(all.stream().map(Known::text).toList());
    Split split =
        options
            .split()
            .orElseGet(
                () ->
                    distinct < all.size() && distinct >= 3
                        ? Split.folds(Math.min(FOLDS, distinct))
                        : Split.folds(Math.min(FOLDS, Math.max(2, same.firsts().size())))
                            .by(Split.By.ROW));
    List<Parts.Fold> folds = same.folds(split, groups, List.of(), options.key());
    double penalty = PENALTIES[0];
    Judged best = judge(all, types, folds, penalty, control);
    List<String> reasons = new ArrayList<>();
    reasons.add(String.format(Locale.ROOT, "penalty %s F1 %.4f", penalty, best.f1()));
    for (int p = 1; p < PENALTIES.length; p++) {
      Judged judged = judge(all, types, folds, PENALTIES[p], control);
      reasons.add(String.format(Locale.ROOT, "penalty %s F1 %.4f", PENALTIES[p], judged.f1()));
      if (judged.f1() > best.f1() + LEAST_GAIN) {
        best = judged;
        penalty = PENALTIES[p];
      }
    }
    List<Chain> chains = fit(all, types, penalty, control::stopped);
    control.checkpoint();
    EntityModel model = new EntityModel(chains, sure(best));
    Map<String, Map<String, Double>> baselines =
        Map.of("phrases of the training texts", phrases(all, folds).figures());
    Evaluation evaluation =
        Evaluation.builder()
            .protocol(
                split.folds()
                    + " folds by "
                    + split.by().name().toLowerCase(Locale.ROOT)
                    + ", each judged by a model that did not see it"
                    + same.said(split)
                    + "; chosen: linear chain ("
                    + String.join(", ", reasons)
                    + ")")
            .samples(all.size())
            .figures(best.figures())
            .baselines(baselines)
            .build();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("split", split.toString());
    settings.put("model", "linear-chain conditional random field, penalty " + penalty);
    Provenance provenance = composer.provenance(digest(all), options.key(), settings, false);
    return TrainedText.of(
        composer, model.composed(evaluation, provenance), info -> new EntityPredictor(model, info));
  }

  private static List<String> types(Samples<String, List<Span>> samples) {
    TreeSet<String> types = new TreeSet<>();
    for (Sample<String, List<Span>> sample : samples.all()) {
      for (List<Span> spans : sample.labels()) {
        if (spans != null) {
          spans.forEach(s -> types.add(s.type()));
        }
      }
    }
    return List.copyOf(types);
  }

  private static List<Known> known(Samples<String, List<Span>> samples, List<String> types) {
    Problems problems = new Problems("the training data");
    if (types.isEmpty()) {
      problems.add(
          ErrorCode.BAD_LABEL, "samples", "no text has an entity", "mark entities in some.");
    }
    List<Known> all = new ArrayList<>();
    for (int i = 0; i < samples.all().size() && problems.findings().size() < MOST_PROBLEMS; i++) {
      Sample<String, List<Span>> sample = samples.all().get(i);
      if (sample.labels().isEmpty() || sample.labels().get(0) == null) {
        continue;
      }
      List<Words.Word> words = Words.of(sample.input(), true);
      if (words.size() > Chain.MOST_WORDS) {
        problems.add(
            ErrorCode.OUT_OF_RANGE,
            "sample " + i,
            "has " + words.size() + " words",
            "divide texts of more than " + Chain.MOST_WORDS + " words.");
        continue;
      }
      List<Span> spans = new ArrayList<>(sample.labels().get(0));
      // The longest first, so that what lies inside comes after what it lies in.
      spans.sort(
          Comparator.<Span>comparingInt(s -> s.start() - s.end()).thenComparing(Span::start));
      List<int[]> layers = new ArrayList<>();
      for (Span span : spans) {
        String fault = tag(words, span, 1 + 2 * types.indexOf(span.type()), layers);
        if (!fault.isEmpty()) {
          problems.add(
              ErrorCode.BAD_LABEL,
              "sample " + i + ", " + span.type() + " from " + span.start() + " to " + span.end(),
              fault,
              "mark whole words, each once or inside another entity.");
        }
      }
      all.add(
          new Known(
              sample.group(),
              sample.input(),
              words,
              List.copyOf(spans),
              TokenLook.of(sample.input(), words),
              layers));
    }
    if (all.size() < LEAST) {
      problems.add(
          ErrorCode.TOO_FEW_DATA,
          "samples",
          "there are " + all.size() + " texts with known entities, but " + LEAST + " are needed",
          "mark entities in more texts.");
    }
    problems.throwIfAny();
    return all;
  }

  /** Puts an entity into the first layer that is free; what is inside another one comes deeper. */
  private static String tag(List<Words.Word> words, Span span, int begin, List<int[]> layers) {
    int from = -1;
    int to = -1;
    for (int w = 0; w < words.size(); w++) {
      Words.Word word = words.get(w);
      if (word.end() <= span.start() || word.start() >= span.end()) {
        continue;
      }
      if (word.start() < span.start() || word.end() > span.end()) {
        return "begins or ends inside a word";
      }
      from = from < 0 ? w : from;
      to = w + 1;
    }
    if (from < 0) {
      return "holds no word";
    }
    for (int layer = 0; ; layer++) {
      if (layer == MOST_LAYERS) {
        return "lies inside too many others";
      }
      if (layer == layers.size()) {
        layers.add(new int[words.size()]);
      }
      int[] tags = layers.get(layer);
      int taken = 0;
      for (int w = from; w < to; w++) {
        taken += tags[w] != 0 ? 1 : 0;
      }
      if (taken > 0 && taken < to - from) {
        return "overlaps another entity";
      }
      if (taken == 0) {
        for (int w = from; w < to; w++) {
          tags[w] = w == from ? begin : begin + 1;
        }
        return "";
      }
    }
  }

  /** Hits and misses, and the posteriors of what was found. */
  private static final class Judged {
    private double right;
    private double found;
    private double there;
    private final List<double[]> posteriors = new ArrayList<>();
    private final List<Boolean> truths = new ArrayList<>();

    void add(Known known, List<Chain.Found> all, List<String> types) {
      there += known.spans.size();
      for (Chain.Found f : all) {
        Span span =
            new Span(
                known.words.get(f.from()).start(),
                known.words.get(f.to() - 1).end(),
                types.get(f.type()));
        boolean hit = known.spans.contains(span);
        found++;
        right += hit ? 1 : 0;
        posteriors.add(new double[] {f.probability()});
        truths.add(hit);
      }
    }

    double f1() {
      return found + there == 0 ? 0 : 2 * right / (found + there);
    }

    Map<String, Double> figures() {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("f1", f1());
      figures.put("precision", found == 0 ? 0 : right / found);
      figures.put("recall", there == 0 ? 0 : right / there);
      return figures;
    }
  }

  private static Judged judge(
      List<Known> all,
      List<String> types,
      List<Parts.Fold> folds,
      double penalty,
      Jobs.Control<?> control) {
    Judged judged = new Judged();
    for (Parts.Fold fold : folds) {
      control.checkpoint();
      control.report(
          new Progress(
              "chain with penalty " + penalty,
              OptionalDouble.empty(),
              control.elapsed(),
              Optional.empty(),
              Map.of()));
      List<Chain> chains =
          fit(
              Arrays.stream(LinearChoice.learnt(fold)).mapToObj(all::get).toList(),
              types,
              penalty,
              control::stopped);
      for (int i : LinearChoice.places(fold.judged())) {
        Known known = all.get(i);
        judged.add(known, EntityModel.find(chains, known.keys), types);
      }
    }
    return judged;
  }

  /** Platt's curve from posteriors to shares of hits. */
  private static FittedHead<Map<String, Boolean>, LabelScores> sure(Judged judged) {
    Head<Map<String, Boolean>, LabelScores> head = Heads.labels();
    List<Map<String, Boolean>> labels = new ArrayList<>();
    judged.truths.forEach(t -> labels.add(Map.of(EntityModel.RIGHT, t)));
    if (labels.isEmpty()) {
      labels.add(Map.of(EntityModel.RIGHT, false));
    }
    FittedHead<Map<String, Boolean>, LabelScores> fitted =
        head.fit(new Labels<>(labels, labels, 0, Optional.empty()));
    if (judged.truths.size() < 2 * FOLDS) {
      return fitted;
    }
    float[][] targets = new float[judged.truths.size()][1];
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < targets.length; i++) {
      targets[i][0] = Boolean.TRUE.equals(judged.truths.get(i)) ? 1 : 0;
      groups.add(Integer.toString(i));
    }
    return fitted.calibrated(
        new HeldOut(judged.posteriors.toArray(new double[0][]), targets, groups),
        Calibration.conformal());
  }

  /** The baseline: phrases that were marked in other texts, the longest first. */
  private static Judged phrases(List<Known> all, List<Parts.Fold> folds) {
    Judged judged = new Judged();
    for (Parts.Fold fold : folds) {
      Map<String, Map<String, Integer>> seen = new HashMap<>();
      for (int i : LinearChoice.learnt(fold)) {
        Known known = all.get(i);
        for (Span s : known.spans) {
          seen.computeIfAbsent(
                  known.text.substring(s.start(), s.end()).toLowerCase(Locale.ROOT),
                  k -> new HashMap<>())
              .merge(s.type(), 1, Integer::sum);
        }
      }
      for (int i : LinearChoice.places(fold.judged())) {
        look(all.get(i), seen, judged);
      }
    }
    return judged;
  }

  private static void look(Known known, Map<String, Map<String, Integer>> seen, Judged judged) {
    judged.there += known.spans.size();
    int at = 0;
    while (at < known.words.size()) {
      int next = at + 1;
      for (int to = Math.min(known.words.size(), at + 6); to > at; to--) {
        int start = known.words.get(at).start();
        int end = known.words.get(to - 1).end();
        Map<String, Integer> types =
            seen.get(known.text.substring(start, end).toLowerCase(Locale.ROOT));
        if (types != null) {
          String type =
              types.entrySet().stream()
                  .max(
                      Map.Entry.<String, Integer>comparingByValue()
                          .thenComparing(Map.Entry.comparingByKey()))
                  .orElseThrow()
                  .getKey();
          judged.found++;
          judged.right += known.spans.contains(new Span(start, end, type)) ? 1 : 0;
          next = to;
          break;
        }
      }
      at = next;
    }
  }

  private static String digest(List<Known> all) {
    Digest sha = new Digest();
    for (Known known : all) {
      sha.add(known.text + "\u0000" + known.spans + "\n");
    }
    return sha.hex();
  }
}
