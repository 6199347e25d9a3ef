package io.millwright.cli.model;

import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.Group;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.text.TextCommands;
import picocli.CommandLine;

/** The area model. */
public final class ModelCommands {

  private ModelCommands() {}

  /**
   * Adds the area, and the short forms of its commands.
   *
   * @param line the whole command line
   * @param desk what the commands work with
   * @param options the options that all commands share
   */
  public static void addTo(CommandLine line, Desk desk, HostOptions options) {
    CommandLine model =
        Group.of("model", "What a model's file holds, models for other software, and texts.")
            .addSubcommand("info", new InfoCommand(desk, options))
            .addSubcommand("predict", new PredictCommand(desk, options))
            .addSubcommand("convert", new ConvertCommand(desk, options))
            .addSubcommand("export", new ExportCommand(desk, options))
            .addSubcommand("compress", new CompressCommand(desk, options))
            .addSubcommand("open", new OpenCommand(desk, options))
            .addSubcommand("layers", new LayersCommand(desk, options))
            .addSubcommand("features", new FeaturesCommand(desk, options))
            .addSubcommand("index", new IndexCommand(desk, options))
            .addSubcommand("search", new SearchCommand(desk, options));
    TextCommands.addTo(line, model, desk, options);
    line.addSubcommand(model);
    line.addSubcommand("learn", new LearnCommand(desk, options));
    Group.alias(line, "info", new InfoCommand(desk, options));
    Group.alias(line, "convert", new ConvertCommand(desk, options));
    Group.alias(line, "export", new ExportCommand(desk, options));
  }
}
