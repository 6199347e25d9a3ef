package io.millwright.runtime.bundle;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Provenance;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Route;
import io.millwright.api.learn.Step;
import io.millwright.runtime.network.Cost;
import io.millwright.runtime.network.InputSpec;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.OutputSpec;
import io.millwright.runtime.network.PlannedLayer;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.TreeNodes;
import io.millwright.runtime.network.WeightSpec;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.prepare.FittedPreparation;
import io.millwright.runtime.support.Digest;
import io.millwright.runtime.support.Json;
import io.millwright.runtime.support.Limits;
import io.millwright.runtime.support.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What reader, writer and users of models share: the names of entries, the digest, the checks. */
public final class Bundles {

  static final String FORMAT = "millwright-bundle";
  static final int MAJOR = 1;
  static final int MINOR = 3;

  static final String MANIFEST = "manifest.json";
  static final String PREPARATION = "preparation.json";
  static final String NETWORK = "network.json";
  static final String HEAD = "head.json";
  static final String EVALUATION = "evaluation.json";
  static final String PROVENANCE = "provenance.json";
  static final String GOLDEN = "golden.json";
  static final String COMPOSED = "composed.json";
  static final String BLEND = "blend.json";
  static final String RECIPE = "recipe.json";
  static final String CARD = "card.md";
  static final String WEIGHTS = "weights/";

  private static final Pattern MEMBER =
      Pattern.compile("weights/member-[1-9][0-9]{0,3}\\.safetensors");

  /** Beyond this, the values of one layer for one input are a mistake or an attack. */
  private static final long LARGEST_LAYER = 1L << 28;

  /** Some ten seconds for one answer in plain Java. */
  private static final long MOST_WORK = 1L << 34;

  /** 1 GiB for one answer. */
  private static final long MOST_VALUES = 1L << 28;

  private static final int LARGEST_KERNEL = 1 << 15;
  private static final int LARGEST_SQUARE = 1 << 10;
  private static final int MOST_COLUMNS = 1 << 14;
  private static final int MOST_STEPS = 256;

  private Bundles() {}

  /**
   * What entry {@code network.json} holds.
   *
   * @param network the network
   */
  record NetworkEntry(Network network) {}

  /**
   * What entry {@code golden.json} holds.
   *
   * @param samples the golden samples
   */
  record GoldenEntry(List<Golden> samples) {
    GoldenEntry {
      samples = List.copyOf(samples);
    }
  }

  /** The entry of a member's weights. */
  static String weights(int member) {
    return WEIGHTS + "member-" + (member + 1) + ".safetensors";
  }

  /** Whether this version knows an entry of that name. */
  static boolean isKnown(String name) {
    return List.of(
                MANIFEST,
                PREPARATION,
                NETWORK,
                HEAD,
                EVALUATION,
                PROVENANCE,
                GOLDEN,
                COMPOSED,
                BLEND,
                RECIPE,
                CARD)
            .contains(name)
        || MEMBER.matcher(name).matches();
  }

  /**
   * What a model is, its digest included. Reads all weights once; hold on to the result.
   *
   * @param model the model
   * @return its description
   */
  public static ModelInfo info(Model model) {
    return info(
        model.task(),
        model.taskVersion(),
        digest(model),
        model.preparation(),
        model.head(),
        model.capabilities(),
        model.evaluation(),
        model.provenance());
  }

  static ModelInfo info(
      String task,
      int taskVersion,
      String digest,
      FittedPreparation preparation,
      HeadData head,
      Set<Capability> capabilities,
      Evaluation evaluation,
      Provenance provenance) {
    return ModelInfo.builder()
        .task(task)
        .taskVersion(taskVersion)
        .digest(digest)
        .inputs(preparation.inputs())
        .unit(head.unit())
        .low(head.low())
        .high(head.high())
        .classes(head.classes())
        .capabilities(capabilities)
        .figures(evaluation.figures())
        .provenance(provenance)
        .build();
  }

  /**
   * Identifies a model: the SHA-256, in lower-case hexadecimal, of one line {@code name SHA-256}
   * and a line feed for each entry of preparation, network, head, blend and weights, ordered by
   * name, where the second is that of the entry's bytes. What a model was measured at, where it
   * comes from and what it is called do not change it.
   *
   * @param model the model
   * @return 64 digits
   */
  public static String digest(Model model) {
    SortedMap<String, String> digests = new TreeMap<>();
    answers(model).forEach((name, json) -> digests.put(name, Digest.of(json)));
    List<NetworkPlan> plans = plans(model);
    for (int m = 0; m < model.members().size(); m++) {
      List<WeightSpec> specs = plans.get(m).weights();
      Weights own = model.members().get(m);
      digests.put(weights(m), own.sha256().orElseGet(() -> SafeTensors.sha256(specs, own)));
    }
    return digest(digests);
  }

  /** The digest of a model from those of its entries; others may be among them. */
  static String digest(SortedMap<String, String> digests) {
    Digest sha = new Digest();
    digests.forEach(
        (name, digest) -> {
          if (List.of(PREPARATION, NETWORK, HEAD, COMPOSED, BLEND).contains(name)
              || name.startsWith(WEIGHTS)) {
            sha.add(name + " " + digest + "\n");
          }
        });
    return sha.hex();
  }

  /** The entries, other than weights, that decide what a model answers. */
  static SortedMap<String, byte[]> answers(Model model) {
    SortedMap<String, byte[]> entries = new TreeMap<>();
    entries.put(PREPARATION, Json.write(model.preparation(), FittedPreparation.class));
    entries.put(NETWORK, Json.write(new NetworkEntry(model.network()), NetworkEntry.class));
    entries.put(HEAD, Json.write(model.head(), HeadData.class));
    if (!model.blend().voices().isEmpty()) {
      entries.put(BLEND, Json.write(model.blend(), Blend.class));
    }
    return entries;
  }

  /**
   * The networks of a model, laid out: one plan for each member, the same for those of the same
   * network.
   *
   * @param model the model
   * @return the plans, in the order of the members
   */
  public static List<NetworkPlan> plans(Model model) {
    return plans(
        model.blend(),
        model.members().size(),
        plan(model),
        network -> plan(model.preparation(), network, model.head()));
  }

  private static List<NetworkPlan> plans(
      Blend blend, int members, NetworkPlan first, Function<Network, NetworkPlan> layingOut) {
    if (blend.voices().isEmpty()) {
      return Collections.nCopies(members, first);
    }
    List<NetworkPlan> plans = new ArrayList<>(members);
    for (Blend.Voice voice : blend.voices()) {
      NetworkPlan plan = plans.isEmpty() ? first : layingOut.apply(voice.network());
      plans.addAll(Collections.nCopies(voice.members(), plan));
    }
    return plans;
  }

  /** Checks that a blend is one of so many members, and lays its networks out. */
  static List<NetworkPlan> checkBlend(
      Blend blend,
      int members,
      NetworkPlan first,
      FittedPreparation preparation,
      NetworkEntry entry,
      HeadData head,
      Place place,
      Limits limits) {
    if (!blend.fits(entry.network, members)) {
      throw place.error("the blend does not fit its " + members + " members and their network");
    }
    return plans(
        blend,
        members,
        first,
        network -> check(preparation, new NetworkEntry(network), head, place, limits));
  }

  /**
   * The network of a model, laid out; of a blend the first one.
   *
   * @param model the model
   * @return its plan, with the outputs of its head
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE}
   */
  public static NetworkPlan plan(Model model) {
    return plan(model.preparation(), model.network(), model.head());
  }

  static NetworkPlan plan(FittedPreparation preparation, Network network, HeadData head) {
    return plan(preparation.given(), network, head.outputs(), head.classes());
  }

  /**
   * Lays a network out for a head. An output layer sees all of what the network gives, but for two
   * cases: a network with taps called like parts of the head gives each part there, and one whose
   * end has a place for each of the head's (labels of pixels) answers place by place.
   *
   * @param given the inputs
   * @param network the network
   * @param outputs how many outputs the head has
   * @param parts what the head calls its outputs; those of one place, when there are fewer
   * @return the plan
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE}
   */
  public static NetworkPlan plan(
      List<InputSpec> given, Network network, int outputs, List<String> parts) {
    int places = parts.isEmpty() || outputs % parts.size() > 0 ? 1 : outputs / parts.size();
    if (places == 1 && outputs == parts.size() && tapped(network.layers(), parts)) {
      return NetworkPlan.of(
          network, given, parts.stream().map(name -> OutputSpec.vector(name, 1)).toList());
    }
    if (places > 1) {
      NetworkPlan end = NetworkPlan.of(network, given, List.of(OutputSpec.asIs(OutputSpec.ONLY)));
      if (end.slices().get(0).shape().positions() == places) {
        return NetworkPlan.of(
            network, given, List.of(OutputSpec.places(OutputSpec.ONLY, parts.size())));
      }
    }
    OutputSpec whole = OutputSpec.vector(OutputSpec.ONLY, outputs);
    boolean based = given.stream().anyMatch(i -> i.name().equals(Step.Base.INPUT));
    return NetworkPlan.of(network, given, List.of(based ? whole.plus(Step.Base.INPUT) : whole));
  }

  private static boolean tapped(List<Layer> layers, List<String> parts) {
    return layers.stream()
        .anyMatch(
            l ->
                (l instanceof Route.Tap tap && parts.contains(tap.name()))
                    || l.chains().stream().anyMatch(c -> tapped(c, parts)));
  }

  /**
   * Checks what the parts of a model say about one another, as far as weights are not needed, and
   * lays its network out.
   *
   * @param place where it comes from, for errors
   */
  static NetworkPlan check(
      FittedPreparation preparation,
      NetworkEntry entry,
      HeadData head,
      Place place,
      Limits limits) {
    checkHead(head, place);
    int layers = count(entry.network.layers(), 1, place, limits);
    if (layers > limits.layers()) {
      throw place.error(layers + " layers, but at most " + limits.layers() + " are read");
    }
    NetworkPlan plan = laidOut(preparation, entry, head, place);
    for (WeightSpec spec : plan.weights()) {
      if (spec.shape().stream().anyMatch(n -> n < 1)) {
        throw place.error("weights \"" + spec.name() + "\" of shape " + spec.shape());
      }
    }
    checkSize(plan.input(), place);
    plan.layers().forEach(l -> checkSizes(l, place));
    checkCost(plan, place);
    return plan;
  }

  private static NetworkPlan laidOut(
      FittedPreparation preparation, NetworkEntry entry, HeadData head, Place place) {
    if (preparation.inputs().size() > MOST_COLUMNS || preparation.steps().size() > MOST_STEPS) {
      throw place.error(
          preparation.inputs().size() + " columns, " + preparation.steps().size() + " steps");
    }
    try {
      NetworkPlan plan = plan(preparation, entry.network, head);
      plan.weights().forEach(WeightSpec::size); // overflows where a file lies
      return plan;
    } catch (ArithmeticException | IllegalArgumentException | MillwrightException e) {
      throw place.error("preparation and network do not fit: " + e.getMessage(), e);
    }
  }

  /** Heads that every host knows are read; those of plug-ins when their plug-in opens them. */
  private static void checkHead(HeadData head, Place place) {
    try {
      head.known().ifPresent(head::fitted);
    } catch (MillwrightException e) {
      throw place.error(String.valueOf(e.getMessage()), e);
    }
  }

  static int count(List<Layer> layers, int depth, Place place, Limits limits) {
    if (depth > limits.layerDepth()) {
      throw place.error("layers stand in one another more than " + limits.layerDepth() + " deep");
    }
    int count = layers.size();
    for (Layer layer : layers) {
      for (List<Layer> chain : layer.chains()) {
        count += count(chain, depth + 1, place, limits);
      }
      if (layer instanceof Layer.Conv1d c
          && (c.kernel() > LARGEST_KERNEL || c.dilation() > LARGEST_KERNEL)) {
        throw place.error("a convolution of kernel " + c.kernel() + ", dilation " + c.dilation());
      } else if (layer instanceof Layer.Conv2d c && c.kernel() > LARGEST_SQUARE) {
        throw place.error("a convolution of kernel " + c.kernel() + " x " + c.kernel());
      }
    }
    return count;
  }

  static void checkSizes(PlannedLayer layer, Place place) {
    checkSize(layer.in(), place);
    checkSize(layer.out(), place);
    layer.inner().forEach(l -> checkSizes(l, place));
  }

  static void checkSize(Shape shape, Place place) {
    long pixels = (long) Math.max(1, shape.height()) * Math.max(1, shape.steps());
    if (pixels > LARGEST_LAYER || pixels * shape.features() > LARGEST_LAYER) {
      throw place.error(shape + " is more than " + LARGEST_LAYER + " values");
    }
  }

  /** Checks work and memory, as estimated from the plan, before anything is computed with it. */
  static void checkCost(NetworkPlan plan, Place place) {
    Cost cost = plan.cost();
    if (cost.work() > MOST_WORK || cost.values() > MOST_VALUES) {
      throw place.error(
          "one answer of its network takes about "
              + cost.work()
              + " multiplications and "
              + cost.values()
              + " values, but at most "
              + MOST_WORK
              + " and "
              + MOST_VALUES
              + " are computed");
    }
    long heap = Runtime.getRuntime().maxMemory();
    if (cost.values() * Float.BYTES > heap) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          place.where()
              + ": one answer of its network takes about "
              + cost.values() * Float.BYTES
              + " bytes, but the heap is at most "
              + heap
              + "\nMaybe start Java with a larger heap (-Xmx).");
    }
  }

  /** Checks that golden samples have the columns and the number of outputs of their model. */
  static void checkGolden(
      List<Golden> golden, FittedPreparation preparation, NetworkPlan plan, Place place) {
    if (golden.isEmpty()) {
      throw place.error("there are no golden samples, so that no runtime could be proven");
    }
    for (int i = 0; i < golden.size(); i++) {
      Golden sample = golden.get(i);
      if (sample.outputs().size() != plan.outputs()
          || !sample.rows().schema().obstaclesTo(preparation.inputs()).isEmpty()) {
        throw place.error(
            "golden sample "
                + i
                + " has "
                + sample.outputs().size()
                + " outputs and the columns "
                + sample.rows().schema().names()
                + ", but the model gives "
                + plan.outputs()
                + " and needs "
                + preparation.inputs().names());
      }
    }
  }

  /** Checks that each member has the weights of the plan, and trees that are trees. */
  static void checkWeights(List<Weights> members, List<NetworkPlan> plans, Place place) {
    for (int m = 0; m < members.size(); m++) {
      Weights weights = members.get(m);
      NetworkPlan plan = plans.get(m);
      boolean fits = weights.count() == plan.weights().size();
      for (int i = 0; fits && i < weights.count(); i++) {
        fits = weights.size(i) == plan.weights().get(i).size();
      }
      if (!fits) {
        String needed =
            plan.weights().stream()
                .max(Comparator.comparingInt(WeightSpec::size))
                .map(s -> s.name() + " " + s.shape())
                .orElse("none");
        throw place.error(
            "member "
                + (m + 1)
                + " has "
                + weights.count()
                + " arrays of weights that do not fit the "
                + plan.weights().size()
                + " of its network, of which the largest is "
                + needed);
      }
      TreeNodes.fault(plan, weights)
          .ifPresent(
              f -> {
                throw place.error(f);
              });
    }
  }
}
