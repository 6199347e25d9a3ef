package io.millwright.cli.mcp;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightEvent;
import io.millwright.api.MillwrightException;
import io.millwright.api.assist.Tool;
import io.millwright.api.assist.Toolbox;
import io.millwright.api.text.PassageIndex;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.text.PassageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves tools to an assistant. */
@Command(
    name = "mcp",
    sortOptions = false,
    description = {
      "Offers Millwright's tools to an assistant by the Model Context Protocol, over standard input"
          + " and output.",
      "Read-only unless --allow-changes is given; what is refused is said on standard error."
    },
    footer = {
      "",
      "Examples:",
      "  millwright mcp --models models --passages manual.jsonl",
      "  millwright mcp --models models --only predict_press"
    })
public final class McpCommand extends DeskCommand {

  @Option(
      names = "--models",
      paramLabel = "FOLDER",
      description = "Each model (.mwb) in this folder becomes a tool.")
  @Nullable Path models;

  @Option(
      names = "--passages",
      paramLabel = "FILE",
      description = "Documents (.jsonl) or a kept index that can be searched.")
  @Nullable Path passages;

  @Option(
      names = "--files",
      paramLabel = "FOLDER",
      description = "Commands of plug-ins may name files in this folder only. Default: here.")
  Path files = Path.of("");

  @Option(names = "--only", paramLabel = "TOOL", split = ",", description = "Only these tools.")
  List<String> only = List.of();

  @Option(
      names = "--allow-changes",
      description = "Tools that change something do so; else they say what they would do.")
  boolean changes;

  /**
   * The command.
   *
   * @param desk what it works with
   * @param options the options that all commands share
   */
  public McpCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    List<Tool> tools = new ArrayList<>();
    if (models != null) {
      for (Path file : bundles(models)) {
        try {
          tools.add(new ModelTool(millwright, file));
        } catch (MillwrightException e) {
          say("Left out: " + file + ": " + e.getMessage());
        }
      }
    }
    millwright.commands().forEach(c -> tools.add(new CommandTool(millwright, c, files)));
    PassageIndex index = passages == null ? null : PassageFiles.index(passages);
    if (index != null) {
      tools.add(new PassageTool(index));
    }
    try {
      serve(tools);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "the assistant cannot be reached: " + e.getMessage() + "\nMaybe it has ended",
          e);
    } finally {
      if (index != null) {
        index.close();
      }
    }
    return new Reply(name());
  }

  private void serve(List<Tool> tools) throws IOException, InterruptedException {
    Set<String> chosen = Set.copyOf(only);
    List<Tool> offered =
        tools.stream().filter(t -> chosen.isEmpty() || chosen.contains(t.spec().name())).toList();
    Toolbox box = Toolbox.of(offered).listener(this::tell);
    say("Offered: " + offered.stream().map(t -> t.spec().name()).toList());
    String version =
        Objects.requireNonNullElse(
            McpCommand.class.getPackage().getImplementationVersion(), "unpacked");
    new McpServer(changes ? box.withChanges() : box, version).serve(System.in, System.out);
  }

  private void tell(MillwrightEvent event) {
    if (event instanceof MillwrightEvent.ToolRefused refused) {
      say("Refused: " + refused.tool() + " " + refused.arguments() + ": " + refused.why());
    } else if (event instanceof MillwrightEvent.ToolCalled called) {
      say((called.dryRun() ? "Tried: " : "Called: ") + called.tool() + " " + called.arguments());
    }
  }

  private static List<Path> bundles(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> f.toString().endsWith(".mwb")).sorted().toList();
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "the folder " + folder + " cannot be read: " + e + "\nMaybe it is another one",
          e);
    }
  }
}
