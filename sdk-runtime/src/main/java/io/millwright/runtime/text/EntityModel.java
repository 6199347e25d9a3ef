package io.millwright.runtime.text;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.api.Provenance;
import io.millwright.api.data.Column;
import io.millwright.api.data.PlainData;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Unit;
import io.millwright.api.head.FittedHead;
import io.millwright.api.head.Heads;
import io.millwright.api.head.LabelScores;
import io.millwright.api.learn.Networks;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.api.text.Entities;
import io.millwright.api.text.Span;
import io.millwright.api.text.TextLearning;
import io.millwright.runtime.bundle.Composed;
import io.millwright.runtime.bundle.HeadData;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.predict.PlainNetwork;
import io.millwright.runtime.support.Json;
import io.millwright.runtime.words.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds entities: chains, and how sure its posteriors are in truth. Immutable and thread-safe.
 *
 * @param chains the chains: the first finds entities, each further one those inside the entities
 *     that the one before found; all of the same types
 * @param sure turns posteriors into probabilities of being right
 */
public record EntityModel(List<Chain> chains, FittedHead<Map<String, Boolean>, LabelScores> sure) {

  /** What the head of sureness calls an entity that stands in the truth. */
  public static final String RIGHT = "right";

  private static final String CHAIN = "chain";
  private static final String SURE = "sure";
  private static final String WEIGHTS = "words";
  private static final String MOVES = "moves";

  private static final int MOST_CHAINS = 4;

  /** Copies and checks. */
  public EntityModel {
    chains = List.copyOf(chains);
    if (chains.isEmpty()
        || chains.size() > MOST_CHAINS
        || chains.stream().map(Chain::types).distinct().count() > 1) {
      throw new IllegalArgumentException(chains.size() + " chains, or of other types");
    }
  }

  /** What each chain finds in a text, the one after the other. */
  public static List<Chain.Found> find(List<Chain> chains, int[][] looks) {
    List<Chain.Found> all = new ArrayList<>();
    int[][] keys = looks;
    for (Chain chain : chains) {
      List<Chain.Found> found = chain.find(keys);
      found.stream()
          .filter(
              f ->
                  all.stream()
                      .noneMatch(
                          o -> o.from() == f.from() && o.to() == f.to() && o.type() == f.type()))
          .forEach(all::add);
      if (found.isEmpty()) {
        break;
      }
      keys = TokenLook.within(looks, Chain.tags(found, looks.length));
    }
    all.sort(Comparator.comparingInt(Chain.Found::from).thenComparing(f -> -f.to()));
    return all;
  }

  /** The entities of a text. */
  public Entities of(String text) {
    List<Words.Word> words = Words.of(text, true);
    List<Entities.Entity> all = new ArrayList<>();
    int n = Math.min(Chain.MOST_WORDS, words.size());
    for (Chain.Found f : find(chains, TokenLook.of(text, words.subList(0, n)))) {
      int start = words.get(f.from()).start();
      int end = words.get(f.to() - 1).end();
      double p =
          sure.answer(new double[] {f.probability()}, new float[0])
              .value()
              .probabilities()
              .getOrDefault(RIGHT, f.probability());
      all.add(
          new Entities.Entity(
              new Span(start, end, chains.get(0).types().get(f.type())),
              text.substring(start, end),
              p));
    }
    return new Entities(all);
  }

  /** As a bundle keeps it. */
  public ComposedModel composed(Evaluation evaluation, Provenance provenance) {
    SortedMap<String, String> texts = new TreeMap<>();
    SortedMap<String, List<Double>> numbers = new TreeMap<>();
    SortedMap<String, FittedNetwork> networks = new TreeMap<>();
    for (int c = 0; c < chains.size(); c++) {
      Chain chain = chains.get(c);
      PlainData own =
          PlainData.builder()
              .put("types", chain.types())
              .put("keys", Packed.of(chain.keys()))
              .build();
      TextModel.put(texts, CHAIN + c, json(own, PlainData.class));
      numbers.put(MOVES + c, Arrays.stream(chain.moves()).boxed().toList());
      networks.put(WEIGHTS + c, network(chain));
    }
    TextModel.put(texts, SURE, json(HeadData.of(Heads.labels().kind(), sure), HeadData.class));
    return ComposedModel.builder()
        .task(TextLearning.ENTITIES)
        .inputs(new Schema(List.of(Column.text("text"))))
        .unit(Unit.NONE)
        .texts(texts)
        .numbers(numbers)
        .networks(networks)
        .evaluation(evaluation)
        .capabilities(EnumSet.of(Capability.EXPLAIN))
        .provenance(provenance)
        .build();
  }

  private static PlainNetwork network(Chain chain) {
    int width = chain.keys().length;
    NetworkPlan plan = Composed.plan(Networks.linear(), width, chain.tags());
    Weights laid = Weights.zero(plan.weights());
    for (int k = 0; k < chain.tags(); k++) {
      System.arraycopy(chain.weights(), k * (width + 1), laid.get(0), k * width, width);
      laid.get(1)[k] = chain.weights()[k * (width + 1) + width];
    }
    return PlainNetwork.of(Networks.linear(), plan, laid);
  }

  private static <T> String json(T value, Class<T> type) {
    return new String(Json.write(value, type), StandardCharsets.UTF_8);
  }

  /**
   * Back from a bundle.
   *
   * @throws MillwrightException with {@link ErrorCode#BAD_BUNDLE} when it is none of these
   */
  public static EntityModel of(ComposedModel model) {
    try {
      List<Chain> chains = new ArrayList<>();
      while (chains.size() < MOST_CHAINS && model.numbers().containsKey(MOVES + chains.size())) {
        chains.add(chain(model, chains.size()));
      }
      FittedHead<Map<String, Boolean>, LabelScores> sure =
          TextModel.read(model.texts(), SURE, HeadData.class).fitted(Heads.labels());
      if (sure.outputs() != 1) {
        throw new IllegalArgumentException(sure.outputs() + " outputs say how sure it is");
      }
      return new EntityModel(chains, sure);
    } catch (IllegalArgumentException e) {
      throw new MillwrightException(
          ErrorCode.BAD_BUNDLE,
          "the text model cannot be read: " + e.getMessage() + "\nMaybe the bundle was damaged",
          e);
    }
  }

  private static Chain chain(ComposedModel model, int c) {
    PlainData own = TextModel.read(model.texts(), CHAIN + c, PlainData.class);
    int[] keys = Packed.ints(own.text("keys"));
    if (!(model.networks().get(WEIGHTS + c) instanceof PlainNetwork network)
        || network.inputs() != keys.length
        || !network.network().equals(Networks.linear())) {
      throw new IllegalArgumentException("the weights do not fit " + keys.length + " keys");
    }
    float[] weights = new float[Math.multiplyExact(network.outputs(), keys.length + 1)];
    for (int k = 0; k < network.outputs(); k++) {
      int to = k * (keys.length + 1);
      System.arraycopy(network.weights().get(0), k * keys.length, weights, to, keys.length);
      weights[to + keys.length] = network.weights().get(1)[k];
    }
    double[] moves =
        model.numbers().getOrDefault(MOVES + c, List.of()).stream()
            .mapToDouble(Double::doubleValue)
            .toArray();
    return new Chain(own.texts("types"), keys, weights, moves);
  }
}
