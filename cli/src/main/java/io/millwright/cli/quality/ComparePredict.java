package io.millwright.cli.quality;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.quality.DetectionFigures;
import io.millwright.quality.Detections;
import io.millwright.quality.ImagePair;
import io.millwright.quality.Mark;
import io.millwright.quality.MarkedImage;
import io.millwright.quality.MarkedPair;
import io.millwright.quality.Quality;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares parts with their template. */
@Command(
    name = "predict",
    sortOptions = false,
    description =
        "Compares images with their golden template: boxes where they differ. Small shifts and"
            + " another light are taken out. Without a model every difference is a defect; lists of"
            + " true boxes, where there are some, judge the answers.",
    footer = {
      "",
      "Examples:",
      "  millwright quality compare predict boards/ --html differences.html",
      "  millwright quality compare predict new/ --model boards.mwb --json"
    })
final class ComparePredict extends DeskCommand {

  @Parameters(
      index = "0",
      paramLabel = "FOLDER",
      description = "Holds pairs and lists, as of `compare train`.")
  Path folder = Path.of("");

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "The model of `compare train`. Default: none, differences alone.")
  @Nullable Path model;

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

  ComparePredict(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    Quality quality = millwright.plugin(Quality.class);
    List<MarkedPair> pairs = quality.pairs(folder);
    List<Detections> said = new ArrayList<>();
    List<MarkedImage> images = new ArrayList<>();
    try (Predictor<ImagePair, Detections> predictor =
        model == null
            ? await(quality.comparison().train(List.of())).open()
            : millwright.open(Quality.COMPARISON, model)) {
      for (MarkedPair pair : pairs) {
        said.add(predictor.predict(pair.pair()).orElseThrow().value());
        images.add(MarkedImage.of(pair.pair().test(), marks(pair)));
      }
    }
    Reply reply = new Reply(name()).put("model", model == null ? "none" : model.toString());
    FoundDefects found =
        new FoundDefects(images.stream().map(i -> i.image().name()).toList(), said, least);
    found.lines(reply);
    List<List<Mark>> marks = images.stream().map(MarkedImage::marks).toList();
    if (marks.stream().anyMatch(m -> !m.isEmpty())) {
      judge(found, pairs, images, said, reply);
    }
    if (html != null) {
      found
          .page(
              "Differences from the template",
              model == null ? "Without a model." : "By the model " + model + ".",
              images.stream().map(MarkedImage::image).toList(),
              marks,
              pictures)
          .writeTo(html);
      reply.line("Page", html.toString()).put("page", html);
    }
    return reply;
  }

  /** By the pairs that have a list: of the others nobody knows what is a defect. */
  private void judge(
      FoundDefects found,
      List<MarkedPair> pairs,
      List<MarkedImage> images,
      List<Detections> said,
      Reply reply) {
    List<MarkedImage> truth = new ArrayList<>();
    List<Detections> own = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      if (pairs.get(i).labelled()) {
        truth.add(images.get(i));
        own.add(said.get(i));
      }
    }
    if (truth.size() < pairs.size()) {
      reply.line(
          "Judged",
          truth.size() + " of " + pairs.size() + " pairs: the others have no list of defects");
    }
    reply.put("judged", truth.size());
    List<List<Mark>> marks = truth.stream().map(MarkedImage::marks).toList();
    found.judge(marks, DetectionFigures.of(own, truth), reply);
    if (model == null) {
      found.met(marks, own, reply);
    }
  }

  /** Without a model there is one class. */
  private List<Mark> marks(MarkedPair pair) {
    return model != null
        ? pair.marks()
        : pair.marks().stream().map(m -> new Mark("defect", m.box())).toList();
  }
}
