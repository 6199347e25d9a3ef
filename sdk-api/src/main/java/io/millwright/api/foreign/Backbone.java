package io.millwright.api.foreign;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A frozen image network whose inner tensors are features (transfer learning without fine-tuning;
 * Donahue et al. 2014, "DeCAF"). The file is an ONNX network with one float32 input {@code [batch,
 * 3, height, width]}; images are brought to {@link #width} times {@link #height} pixels, grey ones
 * as three equal channels, each channel as (fraction of white - mean) / deviation.
 *
 * @param file the ONNX file
 * @param digest the SHA-256 that it must have, or empty
 * @param layers the inner tensors that are features, {@code [batch, channels, rows, columns]};
 *     empty to take the last tensor of each of the three coarsest resolutions before the network
 *     enlarges again
 * @param width the width that the network sees, in pixels; where its file fixes one, that one
 * @param height the height that the network sees, in pixels
 * @param mean the mean of red, green and blue that training subtracted, as fractions of white
 * @param deviation what training divided by
 */
public record Backbone(
    Path file,
    Optional<String> digest,
    List<String> layers,
    int width,
    int height,
    List<Double> mean,
    List<Double> deviation) {

  /** The largest side that a network sees. */
  public static final int LARGEST_SIDE = 4096;

  private static final int SIDE = 224;

  /** Checks and copies. */
  public Backbone {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(digest, "digest");
    layers = List.copyOf(layers);
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (width < 8 || height < 8 || width > LARGEST_SIDE || height > LARGEST_SIDE) {
      throw new IllegalArgumentException(
          "a backbone sees images of 8 to "
              + LARGEST_SIDE
              + " pixels a side, not "
              + width
              + " x "
              + height);
    }
    if (mean.size() != 3
        || deviation.size() != 3
        || mean.stream().anyMatch(v -> !Double.isFinite(v))
        || deviation.stream().anyMatch(v -> !(v > 0) || v.isInfinite())) {
      throw new IllegalArgumentException(
          "mean " + mean + " and deviation " + deviation + " must be three numbers each");
    }
    if (layers.stream().distinct().count() < layers.size()) {
      throw new IllegalArgumentException("layers " + layers + " are not all different");
    }
  }

  /**
   * A network with the usual normalisation of ImageNet, 224 pixels a side.
   *
   * @param file the ONNX file
   * @param layers the inner tensors that are features; none to choose them
   * @return the backbone
   */
  public static Backbone of(Path file, String... layers) {
    return new Backbone(
        file,
        Optional.empty(),
        List.of(layers),
        SIDE,
        SIDE,
        List.of(0.485, 0.456, 0.406),
        List.of(0.229, 0.224, 0.225));
  }

  /**
   * Another size.
   *
   * @param pixelsWide the width that the network sees
   * @param pixelsHigh the height that the network sees
   * @return the new backbone
   */
  public Backbone size(int pixelsWide, int pixelsHigh) {
    return new Backbone(file, digest, layers, pixelsWide, pixelsHigh, mean, deviation);
  }

  /**
   * Another normalisation.
   *
   * @param means three fractions of white, for red, green and blue
   * @param deviations three positive numbers
   * @return the new backbone
   */
  public Backbone normalised(List<Double> means, List<Double> deviations) {
    return new Backbone(file, digest, layers, width, height, means, deviations);
  }

  /**
   * Opens the file with this digest only.
   *
   * @param sha256 64 hexadecimal digits
   * @return the new backbone
   */
  public Backbone verifying(String sha256) {
    return new Backbone(file, Optional.of(sha256), layers, width, height, mean, deviation);
  }

  /**
   * Other layers.
   *
   * @param tensors inner tensors
   * @return the new backbone
   */
  public Backbone layers(List<String> tensors) {
    return new Backbone(file, digest, tensors, width, height, mean, deviation);
  }
}
