package io.millwright.personalization.internal.recommend;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.personalization.Personalization;
import io.millwright.personalization.PurchaseLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A recommender between its own form and that of a bundle. The bundle holds the log, what the slow
 * methods and the trees learnt, and what was observed since; methods that count are counted again
 * when it is opened.
 */
final class Kept {

  private static final String KIND = "recommender 1";

  /** The sequence network, and the items that it covers. */
  private static final String SEQUENCE = "sequence";

  private static final String COVERED = "covered";

  /** Stands between names, and is in none of them. */
  private static final char BETWEEN = '\u001f';

  /** Stands between the words of one name and those of the next. */
  private static final char NEXT = '\u001e';

  /** A bundle takes texts of a million characters. */
  private static final int MOST_TEXT = 500_000;

  private static final int MOST_NAMES = 1 << 24;

  private Kept() {}

  static ComposedModel model(Answers answers) {
    Learnt learnt = answers.learnt();
    PurchaseLog log = learnt.log();
    Coded coded = learnt.coded();
    SortedMap<String, String> texts = new TreeMap<>();
    texts.put("kind", KIND);
    texts.put("choice", learnt.choice());
    names(texts, "items", coded.names());
    names(texts, "customers", log.histories().keySet());
    words(texts, "item words", coded.names(), log.itemAttributes());
    names(texts, "described", log.customerAttributes().keySet());
    words(
        texts,
        "customer words",
        List.copyOf(log.customerAttributes().keySet()),
        log.customerAttributes());
    SortedMap<String, int[]> observed = answers.observed();
    names(texts, "observed", observed.keySet());

    SortedMap<String, List<Double>> numbers = new TreeMap<>();
    numbers.put("ordered", List.of(coded.log().ordered() ? 1.0 : 0.0));
    numbers.put("repeats", List.of(learnt.repeats() ? 1.0 : 0.0));
    numbers.put("single", List.of((double) learnt.ranker().single()));
    numbers.put("strength", Arrays.stream(learnt.calibration().at()).boxed().toList());
    numbers.put("share", Arrays.stream(learnt.calibration().shares()).boxed().toList());

    ComposedModel.Builder builder = ComposedModel.builder();
    rows(builder, "histories", Arrays.asList(coded.log().histories()));
    rows(builder, "observed", observed.values());
    learnt.ranker().trees().ifPresent(t -> builder.array("trees", t.values()));
    for (Scorer scorer : learnt.ranker().scorers()) {
      if (scorer instanceof Ease ease) {
        rows(builder, "ease", Arrays.asList(ease.ids()));
        array(builder, "ease weights", joined(Arrays.asList(ease.weights())));
      } else if (scorer instanceof Als als) {
        array(builder, "als", als.items());
      } else if (scorer instanceof SequenceNetwork sequence) {
        builder.networks(new TreeMap<>(Map.of(SEQUENCE, sequence.network())));
        rows(builder, COVERED, List.of(sequence.covered()));
      }
    }
    return builder
        .task(Personalization.RECOMMENDATION)
        .inputs(Schema.of(Column.category("customer")))
        .texts(texts)
        .numbers(numbers)
        .evaluation(learnt.evaluation())
        .provenance(learnt.provenance())
        .build();
  }

  private static void names(SortedMap<String, String> texts, String key, Collection<String> names) {
    StringBuilder text = new StringBuilder();
    int part = 0;
    for (String name : names) {
      checked(name);
      if (text.length() + name.length() >= MOST_TEXT) {
        texts.put(key + " " + part++, text.toString());
        text.setLength(0);
      }
      text.append(name).append(BETWEEN);
    }
    texts.put(key + " " + part, text.toString());
  }

  private static void words(
      SortedMap<String, String> texts,
      String key,
      List<String> names,
      Map<String, Set<String>> words) {
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      List<String> sorted = words.getOrDefault(name, Set.of()).stream().sorted().toList();
      sorted.forEach(Kept::checked);
      lines.add(String.join(String.valueOf(NEXT), sorted));
    }
    names(texts, key, lines);
  }

  private static void checked(String name) {
    if (name.indexOf(BETWEEN) >= 0 || name.length() >= MOST_TEXT) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "a name of "
              + name.length()
              + " characters, or one with a control character, cannot be kept in a bundle: \""
              + name.substring(0, Math.min(40, name.length()))
              + "\"\nMaybe clean the names before training");
    }
  }

  private static void rows(ComposedModel.Builder builder, String name, Collection<int[]> rows) {
    List<float[]> all = new ArrayList<>();
    float[] sizes = new float[rows.size()];
    for (int[] row : rows) {
      sizes[all.size()] = row.length;
      float[] values = new float[row.length];
      for (int k = 0; k < row.length; k++) {
        values[k] = row[k];
      }
      all.add(values);
    }
    array(builder, name + " sizes", sizes);
    array(builder, name, joined(all));
  }

  private static float[] joined(List<float[]> rows) {
    float[] all = new float[rows.stream().mapToInt(r -> r.length).sum()];
    int at = 0;
    for (float[] row : rows) {
      System.arraycopy(row, 0, all, at, row.length);
      at += row.length;
    }
    return all;
  }

  /** An empty array is not kept, and is empty again when it is read. */
  private static void array(ComposedModel.Builder builder, String name, float[] values) {
    if (values.length > 0) {
      builder.array(name, values);
    }
  }

  /** Reads a recommender, as that of a stranger. */
  static Answers answers(ComposedModel model) {
    try {
      return read(model);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new MillwrightException(
          ErrorCode.BAD_BUNDLE,
          "the parameters of a recommender are wrong: "
              + e.getMessage()
              + "\nMaybe the file was altered: get it again",
          e);
    }
  }

  private static Answers read(ComposedModel model) {
    String kind = model.texts().get("kind");
    if (!KIND.equals(kind)) {
      throw new IllegalArgumentException("the kind is " + kind);
    }
    List<String> names = names(model, "items");
    Map<String, Integer> numbers = new HashMap<>();
    names.forEach(n -> numbers.put(n, numbers.size()));
    List<String> customers = names(model, "customers");
    int[][] histories = rows(model, "histories", names.size());
    if (numbers.size() != names.size() || customers.size() != histories.length) {
      throw new IllegalArgumentException(
          names.size() + " items and " + customers.size() + " customers with histories of others");
    }
    boolean ordered = Log.whole(number(model, "ordered", 0), 2) == 1;
    boolean repeats = Log.whole(number(model, "repeats", 0), 2) == 1;
    Log log = new Log(names.size(), histories, ordered);

    Map<String, List<String>> histo = new LinkedHashMap<>();
    for (int u = 0; u < histories.length; u++) {
      histo.put(customers.get(u), Arrays.stream(log.histories()[u]).mapToObj(names::get).toList());
    }
    if (histo.size() != customers.size()) {
      throw new IllegalArgumentException("a customer comes twice");
    }
    List<String> described = names(model, "described");
    Map<String, Set<String>> itemWords = words(model, "item words", names);
    PurchaseLog purchases =
        new PurchaseLog(histo, ordered, itemWords, words(model, "customer words", described));

    List<Scorer> slow = new ArrayList<>();
    if (model.arrays().contains("als")) {
      float[] sizes = array(model, "ease sizes");
      slow.add(
          Ease.of(sized(sizes, names.size()), array(model, "ease"), array(model, "ease weights")));
      slow.add(Methods.factors(log, array(model, "als")));
    }
    List<Scorer> scorers = Methods.all(log, names, itemWords, repeats, slow, () -> {});
    FittedNetwork network = model.networks().get(SEQUENCE);
    if (network != null) {
      int[][] covered = rows(model, COVERED, names.size());
      if (covered.length != 1) {
        throw new IllegalArgumentException(covered.length + " lists of covered items");
      }
      scorers = new ArrayList<>(scorers);
      scorers.add(SequenceNetwork.of(network, covered[0], names.size()));
    }
    Ranker ranker =
        model.arrays().contains("trees")
            ? Ranker.of(scorers, Trees.of(Candidates.width(scorers), array(model, "trees")))
            : Ranker.single(scorers, Log.whole(number(model, "single", 0), scorers.size()));
    Answers answers =
        new Answers(
            new Learnt(
                purchases,
                new Coded(log, names, numbers),
                ranker,
                Isotonic.of(list(model, "strength"), list(model, "share")),
                repeats,
                String.valueOf(model.texts().get("choice")),
                model.evaluation(),
                model.provenance()));
    List<String> grown = names(model, "observed");
    int[][] orders = rows(model, "observed", names.size());
    Map<String, int[]> observed = new HashMap<>();
    if (grown.size() != orders.length) {
      throw new IllegalArgumentException(grown.size() + " observed customers");
    }
    for (int k = 0; k < grown.size(); k++) {
      observed.put(grown.get(k), orders[k]);
    }
    answers.observed(observed);
    return answers;
  }

  private static float[] sized(float[] sizes, int items) {
    if (sizes.length != items) {
      throw new IllegalArgumentException(sizes.length + " rows of EASE for " + items + " items");
    }
    return sizes;
  }

  private static List<String> names(ComposedModel model, String key) {
    List<String> names = new ArrayList<>();
    String text = model.texts().get(key + " 0");
    for (int part = 1; text != null; part++) {
      each(text, BETWEEN, names::add);
      text = model.texts().get(key + " " + part);
    }
    if (names.size() > MOST_NAMES) {
      throw new IllegalArgumentException(names.size() + " names");
    }
    return names;
  }

  /** Splits a text whose parts all end in a mark. */
  private static void each(String text, char mark, Consumer<String> part) {
    int from = 0;
    for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, from)) {
      part.accept(text.substring(from, at));
      from = at + 1;
    }
  }

  private static Map<String, Set<String>> words(
      ComposedModel model, String key, List<String> names) {
    List<String> lines = names(model, key);
    if (lines.size() != names.size()) {
      throw new IllegalArgumentException(lines.size() + " lines of words");
    }
    Map<String, Set<String>> words = new LinkedHashMap<>();
    for (int k = 0; k < lines.size(); k++) {
      if (!lines.get(k).isEmpty()) {
        Set<String> own = new java.util.LinkedHashSet<>();
        each(lines.get(k) + NEXT, NEXT, own::add);
        words.put(names.get(k), own);
      }
    }
    return words;
  }

  private static int[][] rows(ComposedModel model, String name, int items) {
    float[] sizes = array(model, name + " sizes");
    float[] values = array(model, name);
    int[][] rows = new int[sizes.length][];
    int at = 0;
    for (int u = 0; u < rows.length; u++) {
      rows[u] = new int[Log.whole(sizes[u], values.length - at + 1)];
      for (int t = 0; t < rows[u].length; t++) {
        rows[u][t] = Log.whole(values[at++], items);
      }
    }
    if (at != values.length) {
      throw new IllegalArgumentException(values.length + " numbers of " + name);
    }
    return rows;
  }

  private static float[] array(ComposedModel model, String name) {
    return model.arrays().contains(name) ? model.array(name) : new float[0];
  }

  private static double number(ComposedModel model, String name, int at) {
    return list(model, name)[at];
  }

  private static double[] list(ComposedModel model, String name) {
    List<Double> values = model.numbers().get(name);
    if (values == null) {
      throw new IllegalArgumentException("the numbers \"" + name + "\" are missing");
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
