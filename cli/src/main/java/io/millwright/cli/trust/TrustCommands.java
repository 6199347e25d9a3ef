package io.millwright.cli.trust;

import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.Group;
import io.millwright.cli.kit.HostOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The area trust. */
public final class TrustCommands {

  private TrustCommands() {}

  /**
   * Adds the area, and the short forms of its commands.
   *
   * @param line the whole command line
   * @param desk what the commands work with
   * @param options the options that all commands share
   */
  public static void addTo(CommandLine line, Desk desk, HostOptions options) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("explain", () -> new ExplainCommand(desk, options));
    commands.put("watch", () -> new WatchCommand(desk, options));
    commands.put("audit", () -> new AuditCommand(desk, options));
    commands.put("sign", () -> new SignCommand(desk, options));
    commands.put("verify", () -> new VerifyCommand(desk, options));
    commands.put("serve-log", () -> new ServeLogCommand(desk, options));
    commands.put("replay", () -> new ReplayCommand(desk, options));
    commands.put("card", () -> new CardCommand(desk, options));
    commands.put("comply", () -> new ComplyCommand(desk, options));
    CommandLine group =
        Group.of("trust", "Reasons, watching, signatures, logs: models that can be believed.");
    commands.forEach((name, command) -> group.addSubcommand(name, command.get()));
    line.addSubcommand(group);
    commands.forEach((name, command) -> Group.alias(line, name, command.get()));
  }
}
