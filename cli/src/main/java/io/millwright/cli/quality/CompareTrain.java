package io.millwright.cli.quality;

import io.millwright.api.Millwright;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HeldOut;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.quality.ComparisonModel;
import io.millwright.quality.MarkedPair;
import io.millwright.quality.Quality;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Learns which differences from a template are defects. */
@Command(
    name = "train",
    sortOptions = false,
    description =
        "Learns from labelled pairs of template and image which differences are defects, of what"
            + " class, and how their boxes are drawn; a few pairs suffice.",
    footer = {
      "",
      "Examples:",
      "  millwright quality compare train boards/ --out boards.mwb",
    })
final class CompareTrain extends DeskCommand {

  @Parameters(
      index = "0",
      paramLabel = "FOLDER",
      description =
          "Holds at any depth images NAME_test beside NAME_temp or NAME_template, and lists"
              + " NAME.txt with a line \"x1 y1 x2 y2 type\" for each defect; an empty list says"
              + " that a part is good, no list that nobody looked.")
  Path folder = Path.of("");

  @Option(
      names = "--reach",
      paramLabel = "PIXELS",
      description = "How far parts may be moved. Default: ${DEFAULT-VALUE}.",
      defaultValue = "12")
  int reach;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The model's file. Default: ${DEFAULT-VALUE}.",
      defaultValue = "comparison.mwb")
  Path out = Path.of("comparison.mwb");

  CompareTrain(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    Quality quality = millwright.plugin(Quality.class);
    List<MarkedPair> pairs = quality.pairs(folder);
    long marks = pairs.stream().mapToLong(p -> p.marks().size()).sum();
    long open = pairs.stream().filter(p -> !p.labelled()).count();
    String described =
        folder
            + ": "
            + pairs.size()
            + " pairs, "
            + marks
            + " defects"
            + (open == 0 ? "" : "; " + open + " pairs without a list are not learnt from");
    ComparisonModel model = await(quality.comparison().reach(reach).train(pairs));
    model.saveTo(out);
    Reply reply = new Reply(name()).line("Data", described);
    if (model.evaluation().figures().isEmpty()) {
      reply.line("Beware", "too few labelled defects: every difference is a \"defect\"");
    } else {
      HeldOut.lines(reply, model.evaluation());
    }
    return reply
        .line("Saved", out.toString())
        .put("data", described)
        .put("file", out)
        .put("digest", model.info().digest())
        .put("heldOut", HeldOut.document(model.evaluation()));
  }
}
