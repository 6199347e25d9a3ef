package io.millwright.runtime.bundle;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.api.Provenance;
import io.millwright.api.learn.Step;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.WeightSpec;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.prepare.FittedStep;
import io.millwright.runtime.support.Json;
import io.millwright.runtime.support.Limits;
import io.millwright.runtime.support.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes models into files; see {@code docs/bundle-format.md}. Thread-safe. */
public final class BundleWriter {

  /** The minor version of the format that brought trees, choices among some kinds, new steps. */
  private static final int NEWEST = 3;

  private BundleWriter() {}

  /**
   * Writes a model. The file is there whole or not at all; one that was there is replaced. Equal
   * models give equal bytes. What is written has been read back, but for the weights, and found
   * equal.
   *
   * @param model the model
   * @param file the file, by convention with the ending {@code .mwb}; its folder must exist
   * @return what was written
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED}; with {@link ErrorCode#BAD_VALUE}
   *     when the parts of the model do not fit one another, a weight is infinite or not a number,
   *     or it is too large to be read again
   */
  public static Manifest write(Model model, Path file) {
    Place place =
        new Place(
            ErrorCode.BAD_VALUE,
            "model for bundle " + file,
            "the model was put together by hand: train it, or correct the part that is named.");
    Limits limits = Limits.standard();
    NetworkPlan plan =
        Bundles.check(
            model.preparation(),
            new Bundles.NetworkEntry(model.network()),
            model.head(),
            place,
            limits);
    Bundles.checkGolden(model.golden(), model.preparation(), plan, place);
    List<NetworkPlan> plans =
        Bundles.checkBlend(
            model.blend(),
            model.members().size(),
            plan,
            model.preparation(),
            new Bundles.NetworkEntry(model.network()),
            model.head(),
            place,
            limits);
    Bundles.checkWeights(model.members(), plans, place);
    Map<String, byte[]> texts = texts(model);
    checkReadable(model, texts, place, limits);
    Manifest[] written = new Manifest[1];
    Head head = new Head(model.task(), model.taskVersion(), model.capabilities());
    List<Tensors> tensors = new ArrayList<>();
    for (int m = 0; m < plans.size(); m++) {
      tensors.add(new Tensors(plans.get(m).weights(), model.members().get(m)));
    }
    int least = least(model, plans);
    AtomicFile.write(file, channel -> written[0] = write(head, texts, tensors, least, channel));
    return written[0];
  }

  /** The oldest minor version whose readers know all that the texts speak of. */
  private static int least(Model model, List<NetworkPlan> plans) {
    boolean kinds = model.recipe().flatMap(RecipeData::choice).flatMap(c -> c.among()).isPresent();
    boolean asked =
        model.recipe().stream()
            .flatMap(r -> r.preparation().stream())
            .anyMatch(
                s ->
                    s instanceof Step.Calendar
                        || s instanceof Step.Text
                        || s instanceof Step.MissingIndicators
                        || s instanceof Step.Clean c && c.missing() == Step.Missing.LIKELY);
    boolean fitted =
        model.preparation().steps().stream()
            .anyMatch(
                s ->
                    s instanceof FittedStep.Calendar
                        || s instanceof FittedStep.Text
                        || s instanceof FittedStep.MissingIndicators
                        || s instanceof FittedStep.Clean c && c.likely().isPresent());
    boolean trees = plans.stream().anyMatch(NetworkPlan::hasTrees);
    return kinds || asked || fitted || trees ? NEWEST : 0;
  }

  private static Map<String, byte[]> texts(Model model) {
    Map<String, byte[]> texts = new LinkedHashMap<>(Bundles.answers(model));
    texts.put(Bundles.EVALUATION, Json.writeInOrder(model.evaluation(), Evaluation.class));
    texts.put(Bundles.PROVENANCE, Json.write(model.provenance(), Provenance.class));
    texts.put(
        Bundles.GOLDEN,
        Json.write(new Bundles.GoldenEntry(model.golden()), Bundles.GoldenEntry.class));
    model.recipe().ifPresent(r -> texts.put(Bundles.RECIPE, r.json()));
    texts.put(Bundles.CARD, Card.of(model).getBytes(StandardCharsets.UTF_8));
    return texts;
  }

  /** A model that could not be opened again must not be saved. */
  private static void checkReadable(
      Model model, Map<String, byte[]> texts, Place place, Limits limits) {
    BundleReader.Texts read = BundleReader.Texts.of(texts, place, limits);
    boolean equal =
        read.preparation().equals(model.preparation())
            && read.network().equals(new Bundles.NetworkEntry(model.network()))
            && read.head().equals(model.head())
            && read.evaluation().equals(model.evaluation())
            && read.provenance().equals(model.provenance())
            && read.golden().samples().equals(model.golden())
            && read.blend().equals(model.blend())
            && read.recipe().equals(model.recipe());
    if (!equal) {
      throw place.error("a part of it is not the same after it was written and read back");
    }
    if (model.members().size() + texts.size() + 1 > limits.entries()) {
      throw place.error(model.members().size() + " members, but a bundle holds fewer");
    }
  }

  /** What a manifest says first. */
  record Head(String task, int taskVersion, Set<Capability> capabilities) {}

  /** One entry of weights. */
  record Tensors(List<WeightSpec> specs, Weights weights) {}

  /**
   * Writes all entries; those of weights are numbered in their order.
   *
   * @param least the minor version of the format that the texts need
   */
  static Manifest write(
      Head head, Map<String, byte[]> texts, List<Tensors> tensors, int least, FileChannel channel)
      throws IOException {
    StoredZipWriter zip = new StoredZipWriter(channel);
    List<Manifest.Entry> entries = new ArrayList<>();
    SortedMap<String, String> digests = new TreeMap<>();
    for (Map.Entry<String, byte[]> text : texts.entrySet()) {
      byte[] bytes = text.getValue();
      String sha = zip.add(text.getKey(), bytes.length, sink -> sink.write(ByteBuffer.wrap(bytes)));
      entries.add(new Manifest.Entry(text.getKey(), bytes.length, sha));
      digests.put(text.getKey(), sha);
    }
    // The oldest format that can say it: F32 alone is read by 1.0.
    int minor = least;
    for (int m = 0; m < tensors.size(); m++) {
      List<WeightSpec> specs = tensors.get(m).specs();
      Weights weights = tensors.get(m).weights();
      Storage storage = Storage.of(specs, weights);
      minor = Math.max(minor, storage == Storage.F32 ? 0 : storage == Storage.SPARSE ? 2 : 1);
      byte[] header = SafeTensors.header(specs, weights, storage);
      long size = SafeTensors.size(header, specs, weights, storage);
      String name = Bundles.weights(m);
      String sha =
          zip.add(name, size, sink -> SafeTensors.write(sink, header, specs, weights, storage));
      entries.add(new Manifest.Entry(name, size, sha));
      digests.put(name, sha);
    }
    Manifest manifest =
        new Manifest(
            Bundles.FORMAT + "/" + Bundles.MAJOR + "." + minor,
            head.task(),
            head.taskVersion(),
            Bundles.digest(digests),
            head.capabilities(),
            entries);
    byte[] json = Json.write(manifest, Manifest.class);
    zip.add(Bundles.MANIFEST, json.length, sink -> sink.write(ByteBuffer.wrap(json)));
    zip.finish();
    return manifest;
  }
}
