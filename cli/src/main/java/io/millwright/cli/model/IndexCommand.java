package io.millwright.cli.model;

import io.millwright.api.Millwright;
import io.millwright.api.data.Image;
import io.millwright.cli.kit.BackboneOptions;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.runtime.features.BackboneFeatures;
import io.millwright.vectors.Duplicate;
import io.millwright.vectors.VectorIndex;
import io.millwright.vectors.VectorIndexBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Images as vectors in an index. */
@Command(
    name = "index",
    sortOptions = false,
    description = {
      "Describes images by a frozen network and keeps the vectors in a folder, for `millwright"
          + " model search`; finds images that are nearly the same.",
      "The vector of an image is the mean of each channel of each layer, each layer brought to the"
          + " same length."
    },
    footer = {
      "",
      "Examples:",
      "  millwright model index backbone.onnx images/ --out surfaces.index",
      "  millwright model index backbone.onnx images/ --out surfaces.index --duplicates 0.995"
    })
final class IndexCommand extends DeskCommand {

  private static final int MOST_PAIRS = 1000;
  private static final int SHOWN = 20;

  @Parameters(index = "0", paramLabel = "FILE", description = "The network, an ONNX file.")
  Path file = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "FOLDER",
      description = "Images, or folders of images, each named after its class.")
  Path folder = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The index; must not exist. Default: ${DEFAULT-VALUE}.",
      defaultValue = "images.index")
  Path out = Path.of("images.index");

  @Option(
      names = "--duplicates",
      paramLabel = "S",
      description = "Also list pairs of images with at least this cosine similarity.")
  double duplicates;

  @Mixin BackboneOptions options = new BackboneOptions();

  IndexCommand(Desk desk, HostOptions host) {
    super(desk, host);
  }

  @Override
  public Reply answer(Millwright millwright) {
    List<Path> images = ImageList.of(folder);
    if (duplicates != 0 && !(duplicates > 0.5 && duplicates <= 1)) {
      throw misused("--duplicates takes a similarity above 0.5 and at most 1");
    }
    long begin = System.nanoTime();
    List<String> layers;
    String digest;
    VectorIndex index;
    try (BackboneFeatures features =
        BackboneFeatures.open(options.backbone(file), options.kept(), options.threads)) {
      layers = features.backbone().layers();
      digest = features.backbone().digest().orElse("");
      float[] first = ImageVectors.of(features, Image.read(images.get(0)));
      try (VectorIndexBuilder builder = VectorIndex.builder(out, first.length)) {
        int done = 0;
        for (Path image : images) {
          String name = folder.relativize(image).toString();
          String label = ImageList.label(folder, image);
          float[] vector = done == 0 ? first : ImageVectors.of(features, Image.read(image));
          builder.add(name, vector, label.isEmpty() ? Map.of() : Map.of("label", label));
          done++;
          if (done % 500 == 0) {
            say(done + " of " + images.size() + " images");
          }
        }
        index = builder.build();
        IndexedNetwork.write(out, features.backbone());
      }
    }
    try (index) {
      double seconds = (System.nanoTime() - begin) / 1e9;
      Reply reply = new Reply(name());
      reply
          .line("Network", file + ", SHA-256 " + digest)
          .line("Layers", layers.toString())
          .line(
              "Index",
              String.format(
                  Locale.ROOT,
                  "%d images, %d numbers each, %s, %.1f s",
                  index.size(),
                  index.dimensions(),
                  index.partial() ? "a search compares the nearest" : "every one is compared",
                  seconds))
          .put("images", index.size())
          .put("dimensions", index.dimensions())
          .put("partial", index.partial())
          .put("seconds", seconds)
          .put("layers", layers)
          .put("digest", digest);
      if (duplicates != 0) {
        pairs(index.duplicates(duplicates, MOST_PAIRS), reply);
      }
      return reply.line("Saved", out.toString()).put("file", out);
    }
  }

  private static void pairs(List<Duplicate> pairs, Reply reply) {
    reply.line(
        "Nearly the same",
        pairs.size() + (pairs.size() == MOST_PAIRS ? " or more" : "") + " pairs");
    List<Object> all = new ArrayList<>();
    for (Duplicate pair : pairs) {
      if (all.size() < SHOWN) {
        reply.line(
            String.format(
                Locale.ROOT, "  %.4f %s %s", pair.similarity(), pair.first(), pair.second()));
      }
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("first", pair.first());
      document.put("second", pair.second());
      document.put("similarity", pair.similarity());
      all.add(document);
    }
    reply.put("duplicates", all);
  }
}
