package io.millwright.runtime.bundle;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.ModelInfo;
import io.millwright.api.Provenance;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Network;
import io.millwright.runtime.network.InputSpec;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.OutputSpec;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.WeightSpec;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.support.Digest;
import io.millwright.runtime.support.Json;
import io.millwright.runtime.support.Limits;
import io.millwright.runtime.support.Place;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A model that a plug-in composed, as data: its parameters and its networks. What the parameters
 * mean is the plug-in's to know.
 *
 * @param task the id of its task
 * @param taskVersion the version of its task
 * @param inputs the columns that tools show for an input
 * @param unit the unit of its answers
 * @param texts parameters that are texts
 * @param numbers parameters that are numbers
 * @param arrays parameters in bulk
 * @param parts its networks
 * @param evaluation how good it is on held-out data
 * @param capabilities what it can do
 * @param provenance where it comes from
 */
public record Composed(
    String task,
    int taskVersion,
    Schema inputs,
    Unit unit,
    SortedMap<String, String> texts,
    SortedMap<String, List<Double>> numbers,
    Arrays arrays,
    List<Part> parts,
    Evaluation evaluation,
    Set<Capability> capabilities,
    Provenance provenance) {

  private static final int MOST_NUMBERS = 1 << 20;

  /**
   * One network.
   *
   * @param name its name
   * @param network the network, without its output layer
   * @param plan the network laid out for a vector of inputs
   * @param weights its weights
   */
  public record Part(String name, Network network, NetworkPlan plan, Weights weights) {}

  /**
   * Parameters in bulk, stored as one more entry of weights after those of the networks.
   *
   * @param names their names
   * @param values one array for each name
   */
  public record Arrays(List<String> names, Weights values) {

    /** Without any. */
    public static final Arrays NONE = new Arrays(List.of(), Weights.of(List.of()));

    /** Copies the names. */
    public Arrays {
      names = List.copyOf(names);
    }

    private Optional<List<ArrayEntry>> entries() {
      return names.isEmpty()
          ? Optional.empty()
          : Optional.of(
              IntStream.range(0, names.size())
                  .mapToObj(i -> new ArrayEntry(names.get(i), values.get(i).length))
                  .toList());
    }
  }

  /** The name of an array and how many numbers it has. */
  record ArrayEntry(String name, int size) {
    WeightSpec spec() {
      return new WeightSpec(
          name, List.of(size), WeightSpec.Role.BIAS, Initialisation.AUTOMATIC, 1, 1);
    }
  }

  /** Copies. */
  public Composed {
    parts = List.copyOf(parts);
    capabilities = Set.copyOf(capabilities);
  }

  /**
   * What entry {@code composed.json} holds.
   *
   * @param arrays names and sizes of the arrays, in the order of their entry of weights
   * @param parts the networks, in the order of the entries of weights
   */
  record Entry(
      Schema inputs,
      Unit unit,
      SortedMap<String, String> texts,
      SortedMap<String, List<Double>> numbers,
      Optional<List<ArrayEntry>> arrays,
      List<PartEntry> parts) {
    Entry {
      parts = List.copyOf(parts);
    }

    /** What the entry of the arrays must hold; empty when there is none. */
    List<WeightSpec> arraySpecs(Place place) {
      for (ArrayEntry array : arrays.orElse(List.of())) {
        if (array.size < 1) {
          throw place.error("array \"" + array.name + "\" of " + array.size + " numbers");
        }
      }
      return arrays.orElse(List.of()).stream().map(ArrayEntry::spec).toList();
    }

    List<NetworkPlan> plans(Place place, Limits limits) {
      if (numbers.values().stream().mapToLong(List::size).sum() > MOST_NUMBERS) {
        throw place.error("more than " + MOST_NUMBERS + " numbers");
      }
      List<NetworkPlan> plans = new ArrayList<>();
      for (PartEntry part : parts) {
        plans.add(part.plan(place.in("part " + part.name), limits));
      }
      return plans;
    }
  }

  /** A network and its sizes. */
  record PartEntry(String name, Network network, int inputs, int outputs) {

    NetworkPlan plan(Place place, Limits limits) {
      if (Bundles.count(network.layers(), 1, place, limits) > limits.layers()) {
        throw place.error("more than " + limits.layers() + " layers are not read");
      }
      try {
        NetworkPlan plan = Composed.plan(network, inputs, outputs);
        for (WeightSpec spec : plan.weights()) {
          if (spec.shape().stream().anyMatch(n -> n < 1) || spec.size() < 1) {
            throw place.error("weights \"" + spec.name() + "\" of shape " + spec.shape());
          }
        }
        Bundles.checkSize(plan.input(), place);
        plan.layers().forEach(l -> Bundles.checkSizes(l, place));
        Bundles.checkCost(plan, place);
        return plan;
      } catch (ArithmeticException
          | IllegalArgumentException
          | io.millwright.api.MillwrightException e) {
        throw place.error("the network cannot be laid out: " + e.getMessage(), e);
      }
    }
  }

  /** The entries that are JSON, read. */
  record Texts(Entry entry, Evaluation evaluation, Provenance provenance) {
    static Texts of(Map<String, byte[]> texts, Place place, Limits limits) {
      for (String name : texts.keySet()) {
        if (!Set.of(Bundles.COMPOSED, Bundles.EVALUATION, Bundles.PROVENANCE, Bundles.CARD)
            .contains(name)) {
          throw place.error("entry \"" + name + "\" does not belong to a composed model");
        }
      }
      return new Texts(
          BundleReader.Texts.read(texts, Bundles.COMPOSED, Entry.class, place, limits),
          BundleReader.Texts.read(texts, Bundles.EVALUATION, Evaluation.class, place, limits),
          BundleReader.Texts.read(texts, Bundles.PROVENANCE, Provenance.class, place, limits));
    }
  }

  /**
   * Lays a network out between a vector of numbers and another. One that ends in an image whose
   * pixels share the outputs evenly answers pixel by pixel.
   */
  public static NetworkPlan plan(Network network, int inputs, int outputs) {
    List<InputSpec> given = List.of(InputSpec.of(new Shape(0, inputs)));
    Shape end =
        NetworkPlan.of(network, given, List.of(OutputSpec.asIs(OutputSpec.ONLY)))
            .slices()
            .get(0)
            .shape();
    if (end.isImage() && outputs % end.positions() == 0) {
      return NetworkPlan.of(
          network, given, List.of(OutputSpec.places(OutputSpec.ONLY, outputs / end.positions())));
    }
    return NetworkPlan.of(network, new Shape(0, inputs), outputs, Initialisation.AUTOMATIC);
  }

  /** Puts a model together; of the weights those of the arrays, if any, come last. */
  static Composed of(Manifest manifest, Texts texts, List<NetworkPlan> plans, List<Weights> all) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      PartEntry part = texts.entry.parts.get(i);
      parts.add(new Part(part.name, part.network, plans.get(i), all.get(i)));
    }
    return new Composed(
        manifest.task(),
        manifest.taskVersion(),
        texts.entry.inputs,
        texts.entry.unit,
        texts.entry.texts,
        texts.entry.numbers,
        texts
            .entry
            .arrays
            .map(a -> new Arrays(a.stream().map(ArrayEntry::name).toList(), all.get(plans.size())))
            .orElse(Arrays.NONE),
        parts,
        texts.evaluation,
        manifest.capabilities(),
        texts.provenance);
  }

  private Entry entry() {
    return new Entry(
        inputs,
        unit,
        texts,
        numbers,
        arrays.entries(),
        parts.stream()
            .map(p -> new PartEntry(p.name, p.network, p.plan.input().size(), p.plan.outputs()))
            .toList());
  }

  /** What it is, its digest included. */
  public ModelInfo info() {
    SortedMap<String, String> digests = new TreeMap<>();
    byte[] json = Json.write(entry(), Entry.class);
    digests.put(Bundles.COMPOSED, Digest.of(json));
    List<BundleWriter.Tensors> tensors = tensors();
    for (int i = 0; i < tensors.size(); i++) {
      BundleWriter.Tensors t = tensors.get(i);
      digests.put(Bundles.weights(i), SafeTensors.sha256(t.specs(), t.weights()));
    }
    return info(Bundles.digest(digests));
  }

  ModelInfo info(String digest) {
    return ModelInfo.builder()
        .task(task)
        .taskVersion(taskVersion)
        .digest(digest)
        .inputs(inputs)
        .unit(unit)
        .capabilities(capabilities)
        .figures(evaluation.figures())
        .provenance(provenance)
        .build();
  }

  /**
   * Writes the model. The file is there whole or not at all; equal models give equal bytes.
   *
   * @throws io.millwright.api.MillwrightException as {@link BundleWriter#write}
   */
  public void write(Path file) {
    Place place =
        new Place(
            ErrorCode.BAD_VALUE,
            "model for bundle " + file,
            "the plug-in composed something that could not be read again.");
    Map<String, byte[]> written = new LinkedHashMap<>();
    written.put(Bundles.COMPOSED, Json.write(entry(), Entry.class));
    written.put(Bundles.EVALUATION, Json.writeInOrder(evaluation, Evaluation.class));
    written.put(Bundles.PROVENANCE, Json.write(provenance, Provenance.class));
    written.put(Bundles.CARD, Card.of(this).getBytes(StandardCharsets.UTF_8));
    Texts read = Texts.of(written, place, Limits.standard());
    read.entry.plans(place, Limits.standard());
    if (!read.equals(new Texts(entry(), evaluation, provenance))) {
      throw place.error("a part of it is not the same after it was written and read back");
    }
    BundleWriter.Head head = new BundleWriter.Head(task, taskVersion, capabilities);
    int minor = arrays.names.isEmpty() ? 0 : Bundles.MINOR;
    AtomicFile.write(file, channel -> BundleWriter.write(head, written, tensors(), minor, channel));
  }

  private List<BundleWriter.Tensors> tensors() {
    List<BundleWriter.Tensors> tensors = new ArrayList<>();
    parts.forEach(p -> tensors.add(new BundleWriter.Tensors(p.plan.weights(), p.weights)));
    arrays
        .entries()
        .ifPresent(
            entries ->
                tensors.add(
                    new BundleWriter.Tensors(
                        entries.stream().map(ArrayEntry::spec).toList(), arrays.values)));
    return tensors;
  }
}
