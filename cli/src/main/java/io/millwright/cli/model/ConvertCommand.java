package io.millwright.cli.model;

import io.millwright.api.Millwright;
import io.millwright.api.ModelExchange;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A bundle as a SavedModel, and back. */
@Command(
    name = "convert",
    sortOptions = false,
    description = {
      "Writes a model as a TensorFlow SavedModel, or takes the model out of one.",
      "Only a SavedModel that this command wrote has a model in it. The SavedModel takes prepared"
          + " features: preparation, calibration and",
      "thresholds stay in the model's file, which travels along in it."
    },
    footer = {
      "",
      "Examples:",
      "  millwright model convert press.mwb press-saved",
      "  millwright model convert press-saved press-again.mwb"
    })
final class ConvertCommand extends DeskCommand {
  @Parameters(index = "0", paramLabel = "FROM", description = "A model's file, or a SavedModel.")
  Path from = Path.of("");

  @Parameters(index = "1", paramLabel = "TO", description = "The other.")
  Path to = Path.of("");

  @Option(
      names = "--run-graph",
      description = {
        "Also run the graph of a SavedModel, to prove that it answers as the model. A graph is a",
        "program: allow this for folders only that nobody else could write to."
      })
  boolean runGraph;

  ConvertCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    ModelExchange exchange = millwright.plugin(ModelExchange.class);
    String kind;
    if (Files.isDirectory(from)) {
      if (runGraph) {
        exchange.proveSavedModel(from);
      }
      exchange.importSavedModel(from, to);
      kind = "bundle";
    } else {
      exchange.exportSavedModel(from, to);
      kind = "SavedModel";
    }
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("from", from.toString());
    written.put("to", to.toString());
    written.put("kind", kind);
    return new Reply(name())
        .line(
            "wrote the "
                + kind
                + " "
                + to
                + (kind.equals("bundle") && !runGraph
                    ? "; the graph beside it was not run (--run-graph does)"
                    : "; it gives the recorded answers"))
        .put("written", List.of(written));
  }
}
