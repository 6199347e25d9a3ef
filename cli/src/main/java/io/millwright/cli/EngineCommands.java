package io.millwright.cli;

import io.millwright.api.EngineReport;
import io.millwright.api.Millwright;
import io.millwright.api.ModelExchange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What computes here, and models for other software. */
final class EngineCommands {
  private EngineCommands() {}

  /** The engines and the rules. */
  @Command(
      name = "engines",
      sortOptions = false,
      description = {
        "Lists the engines, what each can do here, which one the rules choose and why.",
        "Exit code 1 when nothing trains."
      },
      footer = {
        "",
        "Examples:",
        "  millwright engines",
        "  millwright engines --engine TensorFlow     what if TensorFlow is demanded"
      })
  static final class Engines extends DeskCommand {
    Engines(Desk desk, HostOptions options) {
      super(desk, options);
    }

    @Override
    Reply answer(Millwright millwright) {
      EngineReport engines = millwright.report().engines();
      Reply reply = new Reply(name());
      for (EngineReport.Candidate engine : engines.candidates()) {
        reply.line(HostCommands.described(engine));
      }
      reply.line("Trains on", engines.training() + ", " + engines.device());
      reply.line("Predicts", "on " + engines.prediction());
      reply.line("Rules", "version " + engines.ruleTable());
      engines.reasons().forEach(reason -> reply.line("", reason));
      if (engines.training().equals("none")) {
        reply.failed();
      }
      return reply
          .put("training", engines.training())
          .put("prediction", engines.prediction())
          .put("device", engines.device())
          .put("ruleTable", engines.ruleTable())
          .put("reasons", engines.reasons())
          .put("engines", engines.candidates().stream().map(HostCommands::document).toList());
    }
  }

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
        "  millwright convert press.mwb press-saved",
        "  millwright convert press-saved press-again.mwb"
      })
  static final class Convert extends DeskCommand {
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

    Convert(Desk desk, HostOptions options) {
      super(desk, options);
    }

    @Override
    Reply answer(Millwright millwright) {
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
}
