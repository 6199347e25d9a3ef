package io.millwright.cli.model;

import io.millwright.api.Millwright;
import io.millwright.api.ModelInfo;
import io.millwright.api.data.Column;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What a model's file holds. */
@Command(
    name = "info",
    sortOptions = false,
    description = {
      "Says what a model answers, which columns it needs, how good it is and where it comes from.",
      "Reads the file and checks its checksums; nothing in it is run."
    },
    footer = {
      "",
      "Examples:",
      "  millwright model info press.mwb",
      "  millwright info press.mwb --json"
    })
final class InfoCommand extends DeskCommand {
  @Parameters(index = "0", paramLabel = "FILE", description = "A model's file.")
  Path file = Path.of("");

  InfoCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    ModelInfo info = millwright.info(file);
    Reply reply = new Reply(name()).put("file", file.toString());
    reply.line("Task", info.task() + ", version " + info.taskVersion());
    reply.line("Digest", info.digest());
    reply.line("Answers", answers(info));
    reply.line("Can", info.capabilities().stream().map(Enum::name).sorted().toList().toString());
    for (Column column : info.inputs().columns()) {
      reply.line("Column", described(column));
    }
    new TreeMap<>(info.figures())
        .forEach((name, value) -> reply.line("Figure", name + " " + Figure.of(value)));
    reply.line("Made", info.provenance().created() + " by " + info.provenance().producer());
    return reply
        .put("task", info.task())
        .put("taskVersion", info.taskVersion())
        .put("digest", info.digest())
        .put("unit", info.unit().symbol())
        .put("classes", info.classes())
        .put("capabilities", info.capabilities().stream().map(Enum::name).sorted().toList())
        .put("columns", info.inputs().columns().stream().map(InfoCommand::document).toList())
        .put("figures", info.figures());
  }

  private static String answers(ModelInfo info) {
    if (!info.classes().isEmpty()) {
      return "one of " + info.classes();
    }
    String unit = info.unit().symbol();
    return "a number"
        + (unit.isEmpty() ? "" : " in " + unit)
        + (Double.isInfinite(info.low()) ? "" : ", at least " + Figure.of(info.low()))
        + (Double.isInfinite(info.high()) ? "" : ", at most " + Figure.of(info.high()));
  }

  private static String described(Column column) {
    String unit = column.unit().symbol();
    return column.name()
        + (unit.isEmpty() ? "" : " [" + unit + "]")
        + ", "
        + column.type().name().toLowerCase(java.util.Locale.ROOT);
  }

  private static Map<String, Object> document(Column column) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", column.name());
    document.put("type", column.type().name());
    document.put("unit", column.unit().symbol());
    return document;
  }
}
