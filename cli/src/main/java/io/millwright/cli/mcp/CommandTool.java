package io.millwright.cli.mcp;

import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.assist.Tool;
import io.millwright.api.assist.ToolSpec;
import io.millwright.api.spi.CommandContext;
import io.millwright.api.spi.CommandOption;
import io.millwright.api.spi.PluginCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command that a plug-in brings. Nothing says that it changes nothing, so it counts as one that
 * does; files lie in one folder.
 */
final class CommandTool implements Tool {

  private final Millwright millwright;
  private final PluginCommand command;
  private final Path folder;
  private final ToolSpec spec;

  CommandTool(Millwright millwright, PluginCommand command, Path folder) {
    this.millwright = millwright;
    this.command = command;
    this.folder = folder.toAbsolutePath().normalize();
    List<ToolSpec.Parameter> parameters = new ArrayList<>();
    for (CommandOption option : command.options()) {
      parameters.add(
          new ToolSpec.Parameter(
              option.name(),
              option.use() == CommandOption.Use.FLAG
                  ? ToolSpec.Kind.FLAG
                  : isFile(option) ? ToolSpec.Kind.FILE : ToolSpec.Kind.TEXT,
              option.use() == CommandOption.Use.REQUIRED
                  || option.use() == CommandOption.Use.POSITIONAL,
              option.description()));
    }
    spec =
        new ToolSpec(
            command.area() + "_" + command.name(),
            command.description(),
            ToolSpec.Role.CHANGE,
            parameters);
  }

  private static boolean isFile(CommandOption option) {
    return option
        .label()
        .toUpperCase(Locale.ROOT)
        .matches(".*(FILE|FOLDER|CSV|MODEL|BUNDLE|PATH).*");
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public Map<String, @Nullable Object> call(Map<String, @Nullable Object> arguments, boolean dryRun)
      throws InterruptedException {
    for (ToolSpec.Parameter parameter : spec.parameters()) {
      Object value = arguments.get(parameter.name());
      if (parameter.kind() == ToolSpec.Kind.FILE && value != null) {
        inside(value.toString());
      }
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    if (dryRun) {
      result.put("would", "millwright " + command.area() + " " + command.name() + " " + arguments);
      return result;
    }
    Context context = new Context(arguments, result);
    command.run(context);
    result.put("lines", context.lines);
    result.put("found something wrong", context.failed);
    return result;
  }

  private void inside(String file) {
    Path path = folder.resolve(file).toAbsolutePath().normalize();
    if (!path.startsWith(folder)) {
      throw new MillwrightException(
          ErrorCode.REFUSED,
          "the file " + file + " lies outside " + folder + "\nMaybe name a file inside");
    }
  }

  private final class Context implements CommandContext {
    private final Map<String, @Nullable Object> arguments;
    private final Map<String, @Nullable Object> result;
    private final List<String> lines = new ArrayList<>();
    private boolean failed;

    Context(Map<String, @Nullable Object> arguments, Map<String, @Nullable Object> result) {
      this.arguments = arguments;
      this.result = result;
    }

    @Override
    public Millwright millwright() {
      return millwright;
    }

    @Override
    public Optional<String> option(String name) {
      Object value = arguments.get(name);
      boolean file =
          spec.parameters().stream()
              .anyMatch(p -> p.name().equals(name) && p.kind() == ToolSpec.Kind.FILE);
      return Optional.ofNullable(value)
          .map(v -> file ? folder.resolve(v.toString()).toString() : v.toString());
    }

    @Override
    public boolean flag(String name) {
      return Boolean.TRUE.equals(arguments.get(name));
    }

    @Override
    public void line(String line) {
      lines.add(line);
    }

    @Override
    public void put(String key, @Nullable Object value) {
      result.put(key, value);
    }

    @Override
    public void failed() {
      failed = true;
    }

    @Override
    public <R> R await(Job<R> job) throws InterruptedException {
      return job.await();
    }
  }
}
