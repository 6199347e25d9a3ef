package io.millwright.runtime.features;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Image;
import io.millwright.api.foreign.Backbone;
import io.millwright.api.foreign.ForeignNetwork;
import io.millwright.api.foreign.ForeignOptions;
import io.millwright.api.foreign.Port;
import io.millwright.api.foreign.Tensor;
import io.millwright.runtime.foreign.ForeignFiles;
import io.millwright.runtime.prepare.Pixels;
import io.millwright.runtime.support.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A frozen image network ready to describe images, one after the other: on one thread a batch is no
 * faster, and an image gives the same bits whatever stands beside it. Thread-safe.
 */
public final class BackboneFeatures implements AutoCloseable {

  /** Raised when the same backbone and image give other features than before. */
  private static final int VERSION = 1;

  private final ForeignNetwork network;
  private final Backbone backbone;
  private final Port input;
  private final Optional<FeatureCache> cache;
  private final String name;

  private BackboneFeatures(
      ForeignNetwork network, Backbone backbone, Port input, Optional<FeatureCache> cache) {
    this.network = network;
    this.backbone = backbone;
    this.input = input;
    this.cache = cache;
    this.name =
        VERSION
            + " "
            + network.file().digest()
            + " "
            + backbone.layers()
            + " "
            + backbone.width()
            + " "
            + backbone.height()
            + " "
            + backbone.mean()
            + " "
            + backbone.deviation();
  }

  /**
   * Opens a backbone.
   *
   * @param cache where features are kept, or empty for nowhere
   * @param threads how many threads compute one image
   * @throws MillwrightException as {@link ForeignFiles#open}; with {@link ErrorCode#WRONG_SHAPE}
   *     when the network takes no images or a layer has no places
   */
  public static BackboneFeatures open(Backbone wanted, Optional<FeatureCache> cache, int threads) {
    ForeignOptions plain = new ForeignOptions(wanted.digest(), List.of(), threads);
    Backbone sized = wanted;
    if (wanted.layers().isEmpty()) {
      sized = LayerChoice.choose(wanted, plain);
    }
    ForeignNetwork network =
        ForeignFiles.open(
            wanted.file(),
            new ForeignOptions(wanted.digest(), sized.layers(), threads),
            Optional.empty());
    try {
      Port input = input(network);
      BackboneFeatures features = new BackboneFeatures(network, fixed(sized, input), input, cache);
      int side = Math.max(8, Math.min(features.backbone.width(), features.backbone.height()));
      features.compute(Image.of8("sample", side, side, Image.Format.GREY8, new byte[side * side]));
      return features;
    } catch (RuntimeException | Error e) {
      network.close();
      throw e;
    }
  }

  /**
   * Chooses the layers of a backbone for patches: the last tensor of each resolution whose shorter
   * side lies between two numbers of places.
   *
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE} when there is none
   */
  public static Backbone patches(Backbone wanted, int least, int most) {
    return LayerChoice.patches(
        wanted, new ForeignOptions(wanted.digest(), List.of(), 1), least, most);
  }

  static Port input(ForeignNetwork network) {
    List<Port> inputs = network.inputs();
    if (inputs.size() != 1
        || inputs.get(0).shape().size() != 4
        || !inputs.get(0).type().equals("float32")
        || !(inputs.get(0).shape().get(1) == 3 || inputs.get(0).shape().get(1) < 0)) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          network.file().file()
              + " takes "
              + inputs
              + ", but a backbone takes one input of float32 [batch, 3, height, width]"
              + "\nMaybe export the network for images, channels first");
    }
    return inputs.get(0);
  }

  /** The size that the file fixes goes before the one that was asked for. */
  static Backbone fixed(Backbone wanted, Port input) {
    long high = input.shape().get(2);
    long wide = input.shape().get(3);
    if (high > Backbone.LARGEST_SIDE || wide > Backbone.LARGEST_SIDE) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          wanted.file() + " takes " + input + ", more than " + Backbone.LARGEST_SIDE + " pixels");
    }
    return wanted.size(
        wide > 0 ? (int) wide : wanted.width(), high > 0 ? (int) high : wanted.height());
  }

  /** The backbone with its chosen layers, its size as the network has it, and its digest. */
  public Backbone backbone() {
    return backbone.verifying(network.file().digest());
  }

  /** What the network says of an image, from the cache where it lies there. */
  public FeatureMap of(Image image) {
    if (cache.isEmpty()) {
      return compute(image);
    }
    String key = key(image);
    Optional<FeatureMap> known = cache.get().find(key).flatMap(BackboneFeatures::unpacked);
    if (known.isPresent()) {
      return known.get();
    }
    FeatureMap computed = compute(image);
    cache.get().keep(key, packed(computed));
    return computed;
  }

  private String key(Image image) {
    Digest sha = new Digest();
    sha.add(name + " " + image.width() + " " + image.height() + " " + image.format() + "\0");
    sha.add(image.bytes());
    return sha.hex();
  }

  private static float[] packed(FeatureMap map) {
    float[] all = new float[1 + 3 * map.layers().size() + map.size()];
    int at = 0;
    all[at++] = map.layers().size();
    for (FeatureMap.Layer layer : map.layers()) {
      all[at++] = layer.channels();
      all[at++] = layer.rows();
      all[at++] = layer.columns();
    }
    for (FeatureMap.Layer layer : map.layers()) {
      System.arraycopy(layer.values(), 0, all, at, layer.values().length);
      at += layer.values().length;
    }
    return all;
  }

  private static Optional<FeatureMap> unpacked(float[] all) {
    try {
      int count = (int) all[0];
      List<FeatureMap.Layer> layers = new ArrayList<>();
      int at = 1 + 3 * count;
      for (int i = 0; i < count; i++) {
        int channels = (int) all[1 + 3 * i];
        int rows = (int) all[2 + 3 * i];
        int columns = (int) all[3 + 3 * i];
        int size = Math.multiplyExact(channels, Math.multiplyExact(rows, columns));
        layers.add(
            new FeatureMap.Layer(
                channels, rows, columns, java.util.Arrays.copyOfRange(all, at, at + size)));
        at += size;
      }
      return at == all.length ? Optional.of(new FeatureMap(layers)) : Optional.empty();
    } catch (RuntimeException e) {
      return Optional.empty(); // Written by something else: computed again.
    }
  }

  private FeatureMap compute(Image image) {
    Tensor given = tensor(image, backbone);
    Map<String, Tensor> all = network.run(Map.of(input.name(), given), backbone.layers());
    List<FeatureMap.Layer> layers = new ArrayList<>();
    for (String layer : backbone.layers()) {
      Tensor values = Objects.requireNonNull(all.get(layer));
      List<Long> shape = values.shape();
      if (shape.size() == 2 && shape.get(0) == 1) {
        layers.add(new FeatureMap.Layer(shape.get(1).intValue(), 1, 1, values.floats()));
        continue;
      }
      if (shape.size() != 4 || shape.get(0) != 1 || values.size() == 0) {
        throw new MillwrightException(
            ErrorCode.WRONG_SHAPE,
            "layer \""
                + layer
                + "\" of "
                + network.file().file()
                + " gives "
                + values
                + ", but a layer of features gives [1, channels, rows, columns]"
                + "\nMaybe choose another one of `millwright model layers`");
      }
      layers.add(
          new FeatureMap.Layer(
              shape.get(1).intValue(),
              shape.get(2).intValue(),
              shape.get(3).intValue(),
              values.floats()));
    }
    for (FeatureMap.Layer layer : layers) {
      for (float v : layer.values()) {
        if (Float.isNaN(v) || Float.isInfinite(v)) {
          throw new MillwrightException(
              ErrorCode.ENGINE_FAILED,
              network.file().file()
                  + " gives "
                  + v
                  + " for "
                  + image
                  + "\nMaybe its normalisation is another one");
        }
      }
    }
    return new FeatureMap(layers);
  }

  static Tensor tensor(Image image, Backbone backbone) {
    int places = backbone.width() * backbone.height();
    float[] pixels = Pixels.resized(image, backbone.width(), backbone.height(), true);
    float[] values = new float[3 * places];
    for (int c = 0; c < 3; c++) {
      double mean = backbone.mean().get(c);
      double deviation = backbone.deviation().get(c);
      for (int p = 0; p < places; p++) {
        values[c * places + p] = (float) ((pixels[3 * p + c] - mean) / deviation);
      }
    }
    return Tensor.of(values, 1, 3, backbone.height(), backbone.width());
  }

  @Override
  public void close() {
    network.close();
  }
}
