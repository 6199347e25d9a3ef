package io.millwright.cli.quality;

import io.millwright.api.Millwright;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Durations;
import io.millwright.cli.kit.HeldOut;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.quality.DetectionModel;
import io.millwright.quality.DetectionTrainer;
import io.millwright.quality.MarkedImage;
import io.millwright.quality.Quality;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Learns where labelled defects are. */
@Command(
    name = "train",
    sortOptions = false,
    description =
        "Learns from images with boxes or masks where defects are, and says how good it is on"
            + " images held out.",
    footer = {
      "",
      "Examples:",
      "  millwright quality detect train steel/ --truth boxes.csv --out steel.mwb",
      "  millwright quality detect train steel/ --truth boxes.csv --time 5m",
      "  millwright quality detect train images/ --truth masks/ --group '^(lot[0-9]+)'"
    })
final class DetectTrain extends DeskCommand {

  @Parameters(index = "0", paramLabel = "FOLDER", description = "Holds the images, at any depth.")
  Path folder = Path.of("");

  @Option(
      names = "--truth",
      required = true,
      paramLabel = "CSV|FOLDER",
      description =
          "The defects: a table with the columns file, class, xmin, ymin, xmax, ymax, a row for"
              + " each box, files named as they lie below FOLDER; or a folder of masks named like"
              + " their images. An image without any is one of a good part.")
  Path truth = Path.of("");

  @Option(
      names = "--group",
      paramLabel = "REGEX",
      description =
          "What names an image's group: the first group of this expression in the file's name."
              + " Images of a group are held out together. Default: every image stands for itself.")
  @Nullable String group;

  @Option(
      names = "--size",
      paramLabel = "WIDTHxHEIGHT",
      description = "The pixels that the network sees, multiples of 32. Default: by the boxes.")
  @Nullable String size;

  @Option(
      names = "--upright",
      description = "Up and down, left and right mean something: nothing is mirrored or turned.")
  boolean upright;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      converter = Durations.class,
      description =
          "Learn about so long, such as 5m: fewer epochs. Default: until it has learnt enough, ten"
              + " minutes to half an hour for a few hundred images; the time left is said first.")
  @Nullable Duration time;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The model's file. Default: ${DEFAULT-VALUE}.",
      defaultValue = "detection.mwb")
  Path out = Path.of("detection.mwb");

  @Option(
      names = "--key",
      paramLabel = "N",
      description = "The key of all randomness in training. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0")
  long key;

  DetectTrain(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    Quality quality = millwright.plugin(Quality.class);
    List<MarkedImage> images = grouped(quality.marked(folder, truth));
    DetectionTrainer trainer = quality.detection().anySide(!upright).key(key);
    if (size != null) {
      Matcher sides = Pattern.compile("([0-9]{1,5})x([0-9]{1,5})").matcher(size);
      if (!sides.matches()) {
        throw misused("--size takes WIDTHxHEIGHT, not \"" + size + "\"");
      }
      trainer = trainer.size(Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2)));
    }
    if (time != null) {
      trainer = trainer.within(time);
    }
    long marks = images.stream().mapToLong(i -> i.marks().size()).sum();
    long good = images.stream().filter(i -> i.marks().isEmpty()).count();
    String described =
        folder
            + ": "
            + images.size()
            + " images, "
            + marks
            + " defects; "
            + good
            + " images have none and are learnt from as good parts";
    say("Training on " + described);
    DetectionModel model = await(trainer.train(images));
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

  private List<MarkedImage> grouped(List<MarkedImage> images) {
    if (group == null) {
      return images;
    }
    Pattern pattern = Pattern.compile(group);
    List<MarkedImage> all = new ArrayList<>();
    for (MarkedImage image : images) {
      Matcher matcher = pattern.matcher(image.image().name());
      String own = matcher.find() && matcher.groupCount() > 0 ? matcher.group(1) : null;
      all.add(new MarkedImage(image.image(), image.marks(), image.mask(), own == null ? "" : own));
    }
    return all;
  }
}
