package io.millwright.cli.trust;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.Texts;
import io.millwright.runtime.verify.AuditCheck;
import io.millwright.runtime.verify.AuditLine;
import io.millwright.runtime.verify.AuditLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies an audit log and shows its end. */
@Command(
    name = "audit",
    sortOptions = false,
    description = {
      "Verifies an audit log and shows its last lines.",
      "Names the first line that was changed, and exits with 1. A log that was cut short is found"
          + " by the head of an earlier run (--head)."
    },
    footer = {"", "Examples:", "  millwright audit /srv/models/audit --last 20"})
final class AuditCommand extends DeskCommand {

  @Parameters(index = "0", paramLabel = "DIR", description = "The log's folder.")
  Path folder = Path.of("");

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many lines to show. Default: ${DEFAULT-VALUE}.")
  int last = 10;

  @Option(
      names = "--head",
      paramLabel = "HASH",
      description = "A head that was kept elsewhere: it must be in the log.")
  @Nullable String head;

  AuditCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    if (!Files.isDirectory(folder)) { // an empty log would be whole
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "there is no folder " + folder + "\nMaybe the path is wrong, or no log was written yet");
    }
    Deque<AuditLine> lines = new ArrayDeque<>();
    AuditCheck check =
        AuditLog.read(
            folder,
            line -> {
              lines.addLast(line);
              if (lines.size() > Math.max(0, last)) {
                lines.removeFirst();
              }
            });
    boolean found = head == null || AuditLog.holds(folder, Objects.requireNonNull(head));
    Reply reply = new Reply(name()).put("log", folder.toString());
    for (AuditLine line : lines) {
      reply.line(
          line.number()
              + "  "
              + line.at()
              + "  "
              + line.who()
              + "  "
              + line.what()
              + " "
              + line.about()
              + (line.detail().isEmpty() ? "" : ": " + line.detail()));
    }
    reply.line(
        check.whole() ? "Whole" : "Whole until the break", Texts.count(check.lines(), "line"));
    reply.line("Head", check.head());
    check
        .broken()
        .ifPresent(
            b -> {
              reply.line(
                  "Broken",
                  b.file() + ", line " + b.line() + " (number " + b.number() + "): " + b.why());
              reply.failed();
            });
    if (!found) {
      reply.line("Cut short", "the head " + head + " is not in the log").failed();
    }
    return reply
        .put("lines", check.lines())
        .put("head", check.head())
        .put("whole", check.whole() && found)
        .put(
            "broken",
            check
                .broken()
                .map(
                    b -> {
                      Map<String, Object> map = new LinkedHashMap<>();
                      map.put("file", b.file());
                      map.put("line", b.line());
                      map.put("number", b.number());
                      map.put("why", b.why());
                      return map;
                    })
                .orElse(null));
  }
}
