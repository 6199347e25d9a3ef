package io.millwright.cli.trust;

import io.millwright.api.Millwright;
import io.millwright.api.ModelInfo;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.runtime.comply.CompliancePolicy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Passes or refuses a model by a policy. */
@Command(
    name = "comply",
    sortOptions = false,
    description = {
      "Passes or refuses a model by the rules of a policy.",
      "Exits with 1 when a rule is not met, so that a script can gate a promotion."
    },
    footer = {
      "",
      "Rules, one a line:",
      "  figure f1 >= 0.7 | figure rmse <= 12 | can EXPLAIN | fact intended-purpose",
      "  signed | logged | age <= 365 days | data known",
      "",
      "Examples:",
      "  millwright comply press.mwb --policy plant.policy --trusted plant.pem",
      "  millwright comply press.mwb --policy plant.policy && millwright store put press press.mwb"
    })
final class ComplyCommand extends DeskCommand {

  @Parameters(index = "0", paramLabel = "MODEL", description = "A model's file.")
  Path model = Path.of("");

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "The rules, one a line.")
  Path policy = Path.of("");

  @Mixin Evidence evidence = new Evidence();

  ComplyCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    ModelInfo info = millwright.info(model);
    List<CompliancePolicy.Check> checks =
        CompliancePolicy.read(policy)
            .check(
                info,
                evidence.read(),
                evidence.signature(model),
                evidence.logs(info),
                Instant.now());
    Reply reply = new Reply(name());
    for (CompliancePolicy.Check c : checks) {
      reply.line(c.passed() ? "Pass" : "Fail", c.rule() + ": " + c.found());
    }
    long failed = checks.stream().filter(c -> !c.passed()).count();
    reply.line(
        "Verdict",
        failed == 0
            ? "the model complies"
            : failed + " of " + checks.size() + " rules are not met");
    return (failed == 0 ? reply : reply.failed())
        .put("complies", failed == 0)
        .put(
            "checks",
            checks.stream()
                .map(
                    c -> {
                      Map<String, Object> map = new LinkedHashMap<>();
                      map.put("rule", c.rule());
                      map.put("passed", c.passed());
                      map.put("found", c.found());
                      return map;
                    })
                .toList());
  }
}
