package io.millwright.cli.kit;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.foreign.Backbone;
import io.millwright.runtime.features.FeatureCache;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is said of a backbone on the command line. Filled by picocli; not thread-safe. */
public final class BackboneOptions {

  private static final long MEBIBYTE = 1L << 20;

  @Option(
      names = "--layers",
      paramLabel = "NAME",
      split = ",",
      description =
          "The inner tensors that are features. Default: the last of each of the three coarsest"
              + " resolutions.")
  List<String> layers = List.of();

  @Option(
      names = "--size",
      paramLabel = "WIDTHxHEIGHT",
      description = "The pixels that the network sees. Default: ${DEFAULT-VALUE}.",
      defaultValue = "224x224")
  String size = "224x224";

  @Option(
      names = "--mean",
      paramLabel = "R,G,B",
      split = ",",
      description = "What is subtracted, as fractions of white. Default: that of ImageNet.")
  List<Double> mean = List.of(0.485, 0.456, 0.406);

  @Option(
      names = "--deviation",
      paramLabel = "R,G,B",
      split = ",",
      description = "What is divided by. Default: that of ImageNet.")
  List<Double> deviation = List.of(0.229, 0.224, 0.225);

  @Option(
      names = "--digest",
      paramLabel = "SHA256",
      description = "Open the network with this SHA-256 only.")
  @Nullable String digest;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Where features are kept, so that an image is computed once. Default: nowhere.")
  @Nullable Path cache;

  @Option(
      names = "--cache-size",
      paramLabel = "MIB",
      description = "How much the cache may take, in MiB. Default: ${DEFAULT-VALUE}.",
      defaultValue = "2048")
  long cacheSize;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads compute one image. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  public int threads;

  /** For picocli. */
  public BackboneOptions() {}

  /** The backbone in a file. */
  public Backbone backbone(Path file) {
    if (!size.matches("[0-9]{1,5}x[0-9]{1,5}")) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "--size takes WIDTHxHEIGHT, not \"" + size + "\"\nMaybe 224x224");
    }
    String[] sides = size.split("x", 2);
    try {
      return new Backbone(
          file,
          Optional.ofNullable(digest),
          layers,
          Integer.parseInt(sides[0]),
          Integer.parseInt(sides[1]),
          mean,
          deviation);
    } catch (IllegalArgumentException e) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          e.getMessage() + "\nMaybe see --help for --size, --layers, --mean and --deviation",
          e);
    }
  }

  /** The layers that were named; empty where those taken by default are meant. */
  public List<String> layers() {
    return List.copyOf(layers);
  }

  /** Where features are kept, or null. */
  public @Nullable Path cacheFolder() {
    return cache;
  }

  /** How much the cache may take. */
  public long cacheBytes() {
    return Math.max(1, cacheSize) * MEBIBYTE;
  }

  /** The cache that was asked for. */
  public Optional<FeatureCache> kept() {
    return Optional.ofNullable(cache)
        .map(folder -> new FeatureCache(folder, cacheBytes(), Clock.systemUTC()));
  }
}
