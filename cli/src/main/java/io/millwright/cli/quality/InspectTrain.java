package io.millwright.cli.quality;

import io.millwright.api.Millwright;
import io.millwright.cli.kit.BackboneOptions;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HeldOut;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.quality.InspectionCosts;
import io.millwright.quality.InspectionModel;
import io.millwright.quality.InspectionTrainer;
import io.millwright.quality.LabelledImage;
import io.millwright.quality.Quality;
import io.millwright.samples.plant.Surfaces;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Learns to tell defects apart. */
@Command(
    name = "train",
    sortOptions = false,
    description =
        "Learns from images that lie in one folder for each class, and says how good it is on"
            + " images held out. Without a folder: from a simulated camera.",
    footer = {
      "",
      "Examples:",
      "  millwright quality inspect train",
      "  millwright quality inspect train surfaces/ --backbone backbone.onnx --cache kept/",
      "  millwright quality inspect train surfaces/ --good good --costs 50:1:0.5 --out surfaces.mwb"
    })
final class InspectTrain extends DeskCommand {

  private static final int SIMULATED = 60;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "Holds a folder of images for each class.")
  @Nullable Path folder;

  @Mixin CostOptions costOptions = new CostOptions();

  @Option(
      names = "--backbone",
      paramLabel = "FILE",
      description =
          "Learn on a frozen image network (ONNX) instead of from scratch: from five images a class"
              + " on, in seconds. See `millwright model layers`.")
  @Nullable Path backbone;

  @Option(
      names = "--balanced",
      description =
          "Every class counts the same, however rare: more rare defects, more false rejects.")
  boolean balanced;

  @Mixin BackboneOptions backboneOptions = new BackboneOptions();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The model's file. Default: ${DEFAULT-VALUE}.",
      defaultValue = "inspection.mwb")
  Path out = Path.of("inspection.mwb");

  @Option(
      names = "--key",
      paramLabel = "N",
      description = "The key of all randomness in training. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0")
  long key;

  InspectTrain(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    Quality quality = millwright.plugin(Quality.class);
    List<LabelledImage> images =
        folder == null ? Surfaces.of(key).images(SIMULATED) : quality.images(folder);
    InspectionTrainer trainer = quality.inspection().key(key).balanced(balanced);
    if (backbone != null) {
      trainer = trainer.backbone(backboneOptions.backbone(backbone));
      if (backboneOptions.cacheFolder() != null) {
        trainer = trainer.cache(backboneOptions.cacheFolder(), backboneOptions.cacheBytes());
      }
    }
    Optional<InspectionCosts> costs =
        costOptions.costs(this, folder == null ? Surfaces.GOOD : null);
    if (costs.isPresent()) {
      trainer = trainer.costs(costs.get());
    }
    Map<String, Long> counts =
        images.stream()
            .collect(
                Collectors.groupingBy(LabelledImage::label, TreeMap::new, Collectors.counting()));
    String described =
        (folder == null ? "a simulated camera" : folder.toString())
            + ": "
            + images.size()
            + " images, "
            + counts;
    say("Training on " + described);
    InspectionModel model = await(trainer.train(images));
    model.saveTo(out);
    Reply reply = new Reply(name()).line("Data", described);
    HeldOut.lines(reply, model.evaluation());
    return reply
        .line("Saved", out.toString())
        .put("data", described)
        .put("file", out)
        .put("digest", model.info().digest())
        .put("heldOut", HeldOut.document(model.evaluation()));
  }
}
