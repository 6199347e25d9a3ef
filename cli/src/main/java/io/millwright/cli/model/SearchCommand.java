package io.millwright.cli.model;

import io.millwright.api.Millwright;
import io.millwright.api.data.Image;
import io.millwright.cli.kit.BackboneOptions;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.pages.NeighbourReport;
import io.millwright.runtime.features.BackboneFeatures;
import io.millwright.vectors.Neighbour;
import io.millwright.vectors.Search;
import io.millwright.vectors.VectorIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Images that look like others. */
@Command(
    name = "search",
    sortOptions = false,
    description =
        "Finds the images of an index that look most like one, or like each of a folder."
            + " Layers, size and normalisation are those of the index, and no other network is"
            + " taken.",
    footer = {
      "",
      "Examples:",
      "  millwright model search backbone.onnx surfaces.index part.png",
      "  millwright model search backbone.onnx surfaces.index part.png --where label=scratch"
          + " --images images/ --html like.html"
    })
final class SearchCommand extends DeskCommand {

  private static final int MOST = 10_000;
  private static final int MOST_PICTURES = 200;

  @Parameters(index = "0", paramLabel = "FILE", description = "The network, an ONNX file.")
  Path file = Path.of("");

  @Parameters(index = "1", paramLabel = "INDEX", description = "The folder of the index.")
  Path index = Path.of("");

  @Parameters(index = "2", paramLabel = "IMAGE", description = "An image, or a folder of images.")
  Path image = Path.of("");

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      description = "How many neighbours. Default: ${DEFAULT-VALUE}.",
      defaultValue = "5")
  int count;

  @Option(
      names = "--where",
      paramLabel = "TAG=VALUE",
      description = "Only among images with this tag, such as label=scratch.")
  Map<String, String> where = Map.of();

  @Option(names = "--exact", description = "Compare every vector, also in a large index.")
  boolean exact;

  @Option(
      names = "--images",
      paramLabel = "FOLDER",
      description = "The folder from which the index was built, for the pictures of --html.")
  @Nullable Path images;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page with the pictures.")
  @Nullable Path html;

  @Mixin BackboneOptions options = new BackboneOptions();

  SearchCommand(Desk desk, HostOptions host) {
    super(desk, host);
  }

  @Override
  public Reply answer(Millwright millwright) {
    if (count < 1 || count > MOST) {
      throw misused("-n takes a number from 1 to " + MOST);
    }
    Search search = new Search(count, where, exact, 0);
    Reply reply = new Reply(name());
    List<Object> documents = new ArrayList<>();
    List<NeighbourReport.Asked> asked = new ArrayList<>();
    try (VectorIndex opened = VectorIndex.open(index);
        BackboneFeatures features =
            BackboneFeatures.open(
                IndexedNetwork.read(index, options.backbone(file)),
                options.kept(),
                options.threads)) {
      for (Path one : ImageList.of(image)) {
        Image picture = Image.read(one);
        List<Neighbour> found = opened.search(ImageVectors.of(features, picture), search);
        reply.line(one.toString());
        if (found.isEmpty()) {
          reply.line("  none: no image of the index has " + where);
        }
        List<Object> all = new ArrayList<>();
        for (Neighbour neighbour : found) {
          reply.line(
              String.format(Locale.ROOT, "  %.4f %s", neighbour.similarity(), neighbour.id()));
          Map<String, Object> document = new LinkedHashMap<>();
          document.put("id", neighbour.id());
          document.put("similarity", neighbour.similarity());
          document.put("tags", neighbour.tags());
          all.add(document);
        }
        documents.add(Map.of("image", one.toString(), "neighbours", all));
        if (html != null && asked.size() < MOST_PICTURES) {
          asked.add(new NeighbourReport.Asked(picture, pictures(found)));
        }
      }
    }
    if (html != null) {
      new NeighbourReport("Images that look alike", "From " + index + " by " + file, asked)
          .writeTo(html);
      reply.line("Page", html.toString());
    }
    return reply.put("searches", documents);
  }

  private List<NeighbourReport.Found> pictures(List<Neighbour> found) {
    List<NeighbourReport.Found> all = new ArrayList<>();
    for (Neighbour neighbour : found) {
      Path picture = images == null ? null : images.resolve(neighbour.id()).normalize();
      boolean there =
          picture != null
              && images != null
              && picture.startsWith(images.normalize())
              && Files.isRegularFile(picture);
      all.add(
          new NeighbourReport.Found(
              there && picture != null
                  ? java.util.Optional.of(Image.read(picture))
                  : java.util.Optional.empty(),
              neighbour.id(),
              neighbour.similarity()));
    }
    return all;
  }
}
