package io.millwright.cli.model;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.runtime.export.ModelExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A model as a class, a query or a function block. */
@Command(
    name = "export",
    sortOptions = false,
    description = {
      "Writes a model as a Java class, an SQL query or a function block of IEC 61131-3.",
      "The text needs nothing beside it: preparation, guards, interval and digest are inside. Only"
          + " numbers and classes of independent rows",
      "by dense layers can be exported."
    },
    footer = {
      "",
      "Examples:",
      "  millwright export press.mwb --as java --name com.example.Press -o Press.java",
      "  millwright export press.mwb --as sql --from readings --keep id -o press.sql"
    })
final class ExportCommand extends DeskCommand {

  /** The languages. */
  enum Form {
    java,
    sql,
    st
  }

  @Parameters(index = "0", paramLabel = "FILE", description = "A model's file.")
  Path file = Path.of("");

  @Option(
      names = "--as",
      required = true,
      paramLabel = "FORM",
      description = "One of java, sql (DuckDB, H2, PostgreSQL) and st (structured text).")
  Form form = Form.java;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "The file to write.")
  Path output = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The class or block; ${DEFAULT-VALUE} by default.",
      defaultValue = "Model")
  String name = "Model";

  @Option(
      names = "--from",
      paramLabel = "TABLE",
      description = "The table that the query reads; ${DEFAULT-VALUE} by default.",
      defaultValue = "readings")
  String from = "readings";

  @Option(
      names = "--keep",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns of the table that the query hands on, such as a number of an order.")
  List<String> keep = List.of();

  @Option(
      names = "--level",
      paramLabel = "SHARE",
      description = "The level of the interval; ${DEFAULT-VALUE} by default.",
      defaultValue = "0.9")
  double level = 0.9;

  ExportCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    ModelExport export = ModelExport.of(ModelSource.file(file), level);
    String text =
        switch (form) {
          case java -> export.java(name);
          case sql -> export.sql(from, keep);
          case st -> export.structuredText(name);
        };
    try {
      Files.writeString(output, text);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "cannot write " + output + ": " + e + "\nMaybe the folder does not exist",
          e);
    }
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("from", file.toString());
    written.put("to", output.toString());
    written.put("form", form.name());
    return new Reply(name()).line("wrote " + output).put("written", List.of(written));
  }
}
