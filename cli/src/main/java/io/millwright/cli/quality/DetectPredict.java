package io.millwright.cli.quality;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Image;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.quality.DetectionFigures;
import io.millwright.quality.Detections;
import io.millwright.quality.MarkedImage;
import io.millwright.quality.Quality;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Detects defects on images. */
@Command(
    name = "predict",
    sortOptions = false,
    description =
        "Detects defects: for each image boxes with class and calibrated confidence. With --truth"
            + " also how good they are: average precision at an overlap (IoU) of 0.5, and PRO where"
            + " masks are known.",
    footer = {
      "",
      "Examples:",
      "  millwright quality detect predict --model steel.mwb new/ --html found.html",
      "  millwright quality detect predict --model steel.mwb test/ --truth boxes.csv --json"
    })
final class DetectPredict extends DeskCommand {

  @Option(names = "--model", required = true, paramLabel = "FILE", description = "The model.")
  Path model = Path.of("");

  @Parameters(index = "0", paramLabel = "FOLDER", description = "Holds the images, at any depth.")
  Path folder = Path.of("");

  @Option(
      names = "--truth",
      paramLabel = "CSV|FOLDER",
      description = "The true boxes or masks, as of `detect train`.")
  @Nullable Path truth;

  @Option(
      names = "--least",
      paramLabel = "P",
      description = "The least confidence that is shown. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0.3")
  double least;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with pictures and boxes.")
  @Nullable Path html;

  @Option(
      names = "--pictures",
      paramLabel = "N",
      description = "How many pictures the page shows. Default: ${DEFAULT-VALUE}.",
      defaultValue = "24")
  int pictures;

  DetectPredict(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    Quality quality = millwright.plugin(Quality.class);
    List<MarkedImage> images =
        truth == null ? quality.marked(folder) : quality.marked(folder, truth);
    List<Detections> said = new ArrayList<>();
    try (Predictor<Image, Detections> predictor = millwright.open(Quality.DETECTION, model)) {
      for (MarkedImage image : images) {
        said.add(predictor.predict(image.image()).orElseThrow().value());
      }
    }
    Reply reply = new Reply(name()).put("model", model);
    List<String> names = images.stream().map(i -> i.image().name()).toList();
    FoundDefects found = new FoundDefects(names, said, least);
    found.lines(reply);
    if (truth != null) {
      found.judge(
          images.stream().map(MarkedImage::marks).toList(),
          DetectionFigures.of(said, images),
          reply);
    }
    if (html != null) {
      found
          .page(
              "Detected defects",
              "By the model " + model + ".",
              images.stream().map(MarkedImage::image).toList(),
              images.stream().map(MarkedImage::marks).toList(),
              pictures)
          .writeTo(html);
      reply.line("Page", html.toString()).put("page", html);
    }
    return reply;
  }
}
