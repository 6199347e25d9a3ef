package io.millwright.cli.kit;

import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.spi.CommandContext;
import io.millwright.api.spi.CommandOption;
import io.millwright.api.spi.PluginCommand;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Runs the command of a plug-in as one of Millwright's own. */
final class PluginDeskCommand extends DeskCommand {
  private final String area;
  private final String name;

  PluginDeskCommand(Desk desk, HostOptions options, String area, String name) {
    super(desk, options);
    this.area = area;
    this.name = name;
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    PluginCommand command =
        millwright.commands().stream()
            .filter(c -> c.area().equals(area) && c.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the plug-in no longer runs"));
    Reply reply = new Reply(name());
    command.run(new Context(millwright, command, reply));
    return reply;
  }

  private final class Context implements CommandContext {
    private final Millwright millwright;
    private final PluginCommand command;
    private final Reply reply;

    Context(Millwright millwright, PluginCommand command, Reply reply) {
      this.millwright = millwright;
      this.command = command;
      this.reply = reply;
    }

    @Override
    public Millwright millwright() {
      return millwright;
    }

    @Override
    public Optional<String> option(String option) {
      CommandSpec own = Objects.requireNonNull(spec);
      List<String> positional =
          command.options().stream()
              .filter(o -> o.use() == CommandOption.Use.POSITIONAL)
              .map(CommandOption::name)
              .toList();
      ArgSpec found =
          positional.contains(option)
              ? own.positionalParameters().get(positional.indexOf(option))
              : own.findOption("--" + option);
      if (found == null) {
        throw new IllegalArgumentException("the command has no option \"" + option + "\"");
      }
      return Optional.ofNullable(found.<@Nullable Object>getValue()).map(Object::toString);
    }

    @Override
    public boolean flag(String option) {
      return option(option).map(Boolean::parseBoolean).orElse(false);
    }

    @Override
    public void line(String line) {
      reply.line(line);
    }

    @Override
    public void put(String key, @Nullable Object value) {
      reply.put(key, value);
    }

    @Override
    public void failed() {
      reply.failed();
    }

    @Override
    public <R> R await(Job<R> job) throws InterruptedException {
      return PluginDeskCommand.this.await(job);
    }
  }
}
