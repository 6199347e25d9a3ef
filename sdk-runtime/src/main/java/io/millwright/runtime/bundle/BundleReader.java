package io.millwright.runtime.bundle;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.ModelSource;
import io.millwright.api.Provenance;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.TreeNodes;
import io.millwright.runtime.network.WeightSpec;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.prepare.FittedPreparation;
import io.millwright.runtime.support.Json;
import io.millwright.runtime.support.Limits;
import io.millwright.runtime.support.Place;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads models from files that may be damaged or hostile; see {@code docs/bundle-format.md}.
 * Whatever a file says, the answer is the model that was written or an error; nothing in it names a
 * class or runs. The checksums find damage; they do not prove who wrote the file. Thread-safe.
 */
public final class BundleReader {

  /** Weights of fewer bytes are read whole. */
  private static final long LEAST_MAPPED = 64L << 20;

  /** Weights of more than this part of the heap stay in the file. */
  private static final int HEAP_SHARE = 4;

  private final SeekableByteChannel channel;
  private final Place place;
  private final Limits limits;
  private final Map<String, StoredZip.Part> parts = new HashMap<>();
  private boolean mapping;

  private BundleReader(SeekableByteChannel channel, Place place, Limits limits) throws IOException {
    this.channel = channel;
    this.place = place;
    this.limits = limits;
    for (StoredZip.Part part : StoredZip.parts(channel, place, limits)) {
      parts.put(part.name(), part);
    }
  }

  /**
   * Reads a model.
   *
   * @param file the bundle
   * @return the model
   * @throws MillwrightException with {@link ErrorCode#BAD_BUNDLE} when the file is damaged, {@link
   *     ErrorCode#WRONG_BUNDLE} when a later version wrote it, {@link ErrorCode#IO_FAILED} when it
   *     cannot be read, {@link ErrorCode#UNSUPPORTED} when its weights do not fit into memory
   */
  public static Model read(Path file) {
    return read(file, Limits.standard());
  }

  /** The same within other limits. */
  public static Model read(Path file, Limits limits) {
    return read(ModelSource.file(file), limits);
  }

  /**
   * Reads a model from wherever it comes.
   *
   * @param source the bundle
   * @return the model
   * @throws MillwrightException as {@link #read(Path)}
   */
  public static Model read(ModelSource source) {
    return read(source, Limits.standard());
  }

  private static Model read(ModelSource source, Limits limits) {
    return open(
        source,
        limits,
        reader -> {
          if (reader.isComposed()) {
            throw wrongKind(source, "composed by a plug-in, and only its task can open it");
          }
          return reader.model(true);
        });
  }

  /**
   * Reads a model that a plug-in composed.
   *
   * @param source the bundle
   * @return the model
   * @throws MillwrightException as {@link #read(Path)}; with {@link ErrorCode#WRONG_BUNDLE} when
   *     the bundle holds a model of the other kind
   */
  public static Composed readComposed(ModelSource source) {
    return open(
        source,
        Limits.standard(),
        reader -> {
          if (!reader.isComposed()) {
            throw wrongKind(source, "not one that a plug-in composed");
          }
          return reader.composed(true);
        });
  }

  private static MillwrightException wrongKind(ModelSource source, String what) {
    return new MillwrightException(
        ErrorCode.WRONG_BUNDLE,
        "the model in "
            + source
            + " is "
            + what
            + "\nMaybe open it with the task of the plug-in that trained it");
  }

  /**
   * Whether a bundle holds a model that a plug-in composed, by its list of entries.
   *
   * @throws MillwrightException as {@link #read(Path)}
   */
  public static boolean isComposed(ModelSource source) {
    return open(source, Limits.standard(), BundleReader::isComposed);
  }

  private boolean isComposed() {
    return parts.containsKey(Bundles.COMPOSED);
  }

  private Composed composed(boolean keep) throws IOException {
    Manifest manifest = manifest();
    Composed.Texts texts = Composed.Texts.of(texts(manifest), place, limits);
    List<NetworkPlan> plans = texts.entry().plans(place, limits);
    List<WeightSpec> arrays = texts.entry().arraySpecs(place);
    List<List<WeightSpec>> specs = new ArrayList<>();
    plans.forEach(p -> specs.add(p.weights()));
    if (!arrays.isEmpty()) {
      specs.add(arrays);
    }
    if (manifest.members() != specs.size()) {
      throw place.error(manifest.members() + " entries of weights for " + specs.size() + " parts");
    }
    if (keep) {
      makeRoom(specs.stream().flatMap(List::stream).toList());
    }
    List<Weights> weights = new ArrayList<>();
    for (int m = 0; m < specs.size(); m++) {
      weights.add(weights(manifest, m, specs.get(m), keep));
    }
    return Composed.of(manifest, texts, plans, weights);
  }

  private Weights weights(Manifest manifest, int member, List<WeightSpec> specs, boolean keep)
      throws IOException {
    String name = Bundles.weights(member);
    Manifest.Entry entry =
        manifest.entries().stream()
            .filter(e -> e.name().equals(name))
            .findFirst()
            .orElseThrow(() -> place.error("entry \"" + name + "\" is missing"));
    Place here = place.in("entry " + name);
    PartReader in = new PartReader(channel, part(name), here, mapping);
    Weights weights = SafeTensors.read(in, specs, keep, here, limits);
    String sha = in.finish();
    checkSha(sha, entry);
    return weights.verified(sha);
  }

  /**
   * Checks all that {@link #read(Path)} checks, keeping no weights in memory.
   *
   * @param file the bundle
   * @return its table of contents
   * @throws MillwrightException as {@link #read(Path)}
   */
  public static Manifest verify(Path file) {
    return open(
        ModelSource.file(file),
        Limits.standard(),
        reader -> {
          if (reader.isComposed()) {
            reader.composed(false);
          } else {
            reader.model(false);
          }
          return reader.manifest();
        });
  }

  /**
   * The table of contents, without looking at what it lists.
   *
   * @param file the bundle
   * @return its table of contents
   * @throws MillwrightException as {@link #read(Path)}
   */
  public static Manifest manifest(Path file) {
    return open(ModelSource.file(file), Limits.standard(), BundleReader::manifest);
  }

  /**
   * What a model is, without reading its weights.
   *
   * @param file the bundle
   * @return its description
   * @throws MillwrightException as {@link #read(Path)}
   */
  public static ModelInfo info(Path file) {
    return info(ModelSource.file(file));
  }

  /** The same from wherever it comes. */
  public static ModelInfo info(ModelSource source) {
    return open(
        source,
        Limits.standard(),
        reader -> {
          if (reader.isComposed()) {
            return reader.composed(false).info(reader.manifest().digest());
          }
          Manifest manifest = reader.manifest();
          Texts texts = Texts.of(reader.texts(manifest), reader.place, reader.limits);
          return Bundles.info(
              manifest.task(),
              manifest.taskVersion(),
              manifest.digest(),
              texts.preparation,
              texts.head,
              manifest.capabilities(),
              texts.evaluation,
              texts.provenance);
        });
  }

  private interface Reading<T> {
    T with(BundleReader reader) throws IOException;
  }

  private static <T> T open(ModelSource source, Limits limits, Reading<T> reading) {
    source.file().ifPresent(BundleReader::checkFile);
    try (SeekableByteChannel channel = source.open()) {
      return reading.with(new BundleReader(channel, Place.bundle(source.toString()), limits));
    } catch (IOException e) {
      throw AtomicFile.failed("read bundle", source.file().orElse(Path.of("in memory")), e);
    }
  }

  private static void checkFile(Path file) {
    if (Files.isDirectory(file)) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "cannot read bundle "
              + file
              + ": it is a folder\nMaybe one of the files in it is meant.");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // A pipe would keep the reader waiting for whoever writes, perhaps for ever.
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "cannot read bundle "
              + file
              + ": it is a pipe or a device\nMaybe copy what comes out of it into a file first.");
    }
  }

  private Manifest manifest() throws IOException {
    StoredZip.Part part = part(Bundles.MANIFEST);
    Place here = place.in("entry " + Bundles.MANIFEST);
    if (part.size() > limits.jsonEntryBytes()) {
      throw here.error(
          part.size() + " bytes, but at most " + limits.jsonEntryBytes() + " are read");
    }
    PartReader in = new PartReader(channel, part, here, false);
    byte[] json = in.bytes((int) part.size());
    in.finish();
    FormatVersion.check(json, here, limits);
    Manifest manifest = Json.read(json, Manifest.class, here, limits);
    TreeMap<String, String> digests = new TreeMap<>();
    long texts = part.size();
    for (Manifest.Entry entry : manifest.entries()) {
      StoredZip.Part listed = part(entry.name());
      if (listed.size() != entry.size()) {
        throw here.error(
            "entry \"" + entry.name() + "\" has " + listed.size() + " bytes, not " + entry.size());
      }
      if (entry.name().equals(Bundles.MANIFEST)
          || digests.put(entry.name(), entry.sha256()) != null) {
        throw here.error("entry \"" + entry.name() + "\" is listed twice, or lists itself");
      }
      texts += checkSize(entry);
    }
    for (String name : parts.keySet()) {
      if (!Bundles.isKnown(name)
          || (!digests.containsKey(name) && !name.equals(Bundles.MANIFEST))) {
        throw place.error("entry \"" + name + "\" does not belong into a bundle");
      }
    }
    if (texts > limits.jsonTotalBytes()) {
      throw place.error(texts + " bytes beside weights; at most " + limits.jsonTotalBytes());
    }
    if (!manifest.digest().equals(Bundles.digest(digests))) {
      throw here.error("the digest is not that of the entries listed");
    }
    return manifest;
  }

  /** Checks the size of an entry; gives it when it is not weights. */
  private long checkSize(Manifest.Entry entry) {
    boolean weights = entry.name().startsWith(Bundles.WEIGHTS);
    long most = weights ? limits.weightsEntryBytes() : limits.jsonEntryBytes();
    if (entry.size() > most) {
      throw place.error(
          "entry \"" + entry.name() + "\" has " + entry.size() + " bytes; at most " + most);
    }
    return weights ? 0 : entry.size();
  }

  private StoredZip.Part part(String name) {
    StoredZip.Part part = parts.get(name);
    if (part == null) {
      throw place.error("entry \"" + name + "\" is missing");
    }
    return part;
  }

  /** All entries but manifest and weights, checked against their checksums. */
  private Map<String, byte[]> texts(Manifest manifest) throws IOException {
    Map<String, byte[]> texts = new HashMap<>();
    for (Manifest.Entry entry : manifest.entries()) {
      if (!entry.name().startsWith(Bundles.WEIGHTS)) {
        Place here = place.in("entry " + entry.name());
        PartReader in = new PartReader(channel, part(entry.name()), here, false);
        byte[] bytes = in.bytes((int) entry.size());
        checkSha(in.finish(), entry);
        texts.put(entry.name(), bytes);
      }
    }
    return texts;
  }

  private void checkSha(String sha, Manifest.Entry entry) {
    if (!sha.equals(entry.sha256())) {
      throw place.error(
          "entry \"" + entry.name() + "\" has the SHA-256 " + sha + ", not " + entry.sha256());
    }
  }

  private Model model(boolean keep) throws IOException {
    Manifest manifest = manifest();
    Texts texts = Texts.of(texts(manifest), place, limits);
    NetworkPlan plan = Bundles.check(texts.preparation, texts.network, texts.head, place, limits);
    Bundles.checkGolden(texts.golden.samples(), texts.preparation, plan, place);
    int members = manifest.members();
    if (members == 0) {
      throw place.error("there are no weights");
    }
    List<NetworkPlan> plans =
        Bundles.checkBlend(
            texts.blend,
            members,
            plan,
            texts.preparation,
            texts.network,
            texts.head,
            place,
            limits);
    if (keep || plans.stream().anyMatch(NetworkPlan::hasTrees)) {
      makeRoom(plans.stream().flatMap(p -> p.weights().stream()).toList());
    }
    List<Weights> weights = new ArrayList<>();
    for (int m = 0; m < members; m++) {
      NetworkPlan own = plans.get(m);
      Weights read = weights(manifest, m, own.weights(), keep || own.hasTrees());
      if (own.hasTrees()) {
        Place here = place.in("entry " + Bundles.weights(m));
        TreeNodes.fault(own, read)
            .ifPresent(
                f -> {
                  throw here.error(f);
                });
      }
      weights.add(read);
    }
    return new Model(
        manifest.task(),
        manifest.taskVersion(),
        texts.preparation,
        texts.network.network(),
        texts.head,
        weights,
        texts.evaluation,
        manifest.capabilities(),
        texts.provenance,
        texts.golden.samples(),
        texts.blend,
        texts.recipe);
  }

  /** Sees to it that weights fit: many stay in the file. */
  private void makeRoom(List<WeightSpec> specs) {
    long heap = Runtime.getRuntime().maxMemory();
    long bytes = specs.stream().mapToLong(s -> (long) s.size() * Float.BYTES).sum();
    int largest = specs.stream().mapToInt(WeightSpec::size).max().orElse(0);
    long stored =
        parts.values().stream()
            .filter(p -> p.name().startsWith(Bundles.WEIGHTS))
            .mapToLong(StoredZip.Part::size)
            .sum();
    mapping =
        channel instanceof FileChannel
            && largest <= Integer.MAX_VALUE / Float.BYTES // of one mapping
            && stored >= bytes // rounded weights take less, and are spread out in memory
            && bytes > Math.max(LEAST_MAPPED, heap / HEAP_SHARE);
    if (bytes > heap && !mapping) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          place.where()
              + ": its weights take "
              + bytes
              + " bytes, but the heap is at most "
              + heap
              + "\nMaybe start Java with a larger heap (-Xmx).");
    }
  }

  /** The entries that are JSON, read. */
  record Texts(
      FittedPreparation preparation,
      Bundles.NetworkEntry network,
      HeadData head,
      Evaluation evaluation,
      Provenance provenance,
      Bundles.GoldenEntry golden,
      Blend blend,
      Optional<RecipeData> recipe) {

    static Texts of(Map<String, byte[]> texts, Place place, Limits limits) {
      if (!texts.containsKey(Bundles.CARD)) {
        throw place.error("entry \"" + Bundles.CARD + "\" is missing");
      }
      return new Texts(
          read(texts, Bundles.PREPARATION, FittedPreparation.class, place, limits),
          read(texts, Bundles.NETWORK, Bundles.NetworkEntry.class, place, limits),
          read(texts, Bundles.HEAD, HeadData.class, place, limits),
          read(texts, Bundles.EVALUATION, Evaluation.class, place, limits),
          read(texts, Bundles.PROVENANCE, Provenance.class, place, limits),
          read(texts, Bundles.GOLDEN, Bundles.GoldenEntry.class, place, limits),
          texts.containsKey(Bundles.BLEND)
              ? read(texts, Bundles.BLEND, Blend.class, place, limits)
              : Blend.none(),
          texts.containsKey(Bundles.RECIPE)
              ? Optional.of(recipe(texts, place, limits))
              : Optional.empty());
    }

    private static RecipeData recipe(Map<String, byte[]> texts, Place place, Limits limits) {
      RecipeData recipe = read(texts, Bundles.RECIPE, RecipeData.class, place, limits);
      Place here = place.in("entry " + Bundles.RECIPE);
      Bundles.count(recipe.network().layers(), 1, here, limits);
      recipe
          .choice()
          .ifPresent(
              c ->
                  c.candidates()
                      .forEach(n -> Bundles.count(n.network().layers(), 1, here, limits)));
      return recipe;
    }

    static <T> T read(
        Map<String, byte[]> texts, String name, Class<T> type, Place place, Limits limits) {
      byte[] json = texts.get(name);
      if (json == null) {
        throw place.error("entry \"" + name + "\" is missing");
      }
      return Json.read(json, type, place.in("entry " + name), limits);
    }
  }
}
