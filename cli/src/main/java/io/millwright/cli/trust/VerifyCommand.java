package io.millwright.cli.trust;

import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.runtime.verify.FileSignature;
import io.millwright.runtime.verify.TrustedKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies signatures. */
@Command(
    name = "verify",
    sortOptions = false,
    description = {
      "Verifies that files are what a trusted key has signed.",
      "Exits with 1 when one is not."
    },
    footer = {"", "Examples:", "  millwright verify press.mwb --trusted plant.pem"})
final class VerifyCommand extends DeskCommand {

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files with .sig beside them.")
  List<Path> files = List.of();

  @Option(
      names = "--trusted",
      required = true,
      split = ",",
      paramLabel = "PEM",
      description = "Public keys that are trusted; several while keys are changed.")
  List<Path> trusted = List.of();

  VerifyCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    TrustedKeys keys = TrustedKeys.files(trusted);
    Reply reply = new Reply(name());
    List<Map<String, Object>> all = new ArrayList<>();
    for (Path file : files) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("file", file.toString());
      try {
        FileSignature signature = keys.check(file);
        reply.line("Holds", file + ", signed by " + signature.signer() + " at " + signature.at());
        one.put("holds", true);
        one.put("signer", signature.signer());
      } catch (MillwrightException e) {
        String why = String.valueOf(e.getMessage());
        why.lines().forEach(line -> reply.line("Refused", line));
        one.put("holds", false);
        one.put("why", why);
        reply.failed();
      }
      all.add(one);
    }
    return reply.put("files", all);
  }
}
