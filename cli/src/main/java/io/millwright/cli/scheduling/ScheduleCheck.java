package io.millwright.cli.scheduling;

import io.millwright.api.Finding;
import io.millwright.api.Millwright;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.scheduling.Measure;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopDocuments;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Holds a plan against its shop. */
@Command(
    name = "check",
    sortOptions = false,
    description = {
      "Checks a plan against its shop, rule by rule, whoever made the plan.",
      "Exit code 1 when a rule is broken, or an objective is not what the plan says."
    },
    footer = {
      "",
      "Examples:",
      "  millwright scheduling check shop.json plan.json",
      "  millwright scheduling check ta21.txt plan.json --format jobshop"
    })
final class ScheduleCheck extends DeskCommand {

  @Parameters(index = "0", paramLabel = "SHOP", description = "The shop.")
  Path shopFile = Path.of("");

  @Parameters(index = "1", paramLabel = "PLAN", description = "The plan, as JSON.")
  Path plan = Path.of("");

  @Mixin ShopSource source = new ShopSource();

  ScheduleCheck(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    ShopDocuments documents = millwright.plugin(Scheduling.class).documents();
    Shop shop = source.read(shopFile, documents).checked();
    String text = ShopSource.text(plan);
    List<Finding> findings = documents.check(shop, text);
    Reply reply = new Reply(name()).line("Shop", ShopSource.described(shop));
    reply.put("shop", shop.name()).put("good", findings.isEmpty());
    reply.put(
        "broken",
        findings.stream().map(f -> Map.of("place", f.place(), "message", f.message())).toList());
    if (!findings.isEmpty()) {
      findings.forEach(f -> reply.line("Broken", f.place() + ": " + f.message()));
      return reply
          .line("Checked", findings.size() + " complaints, so the plan cannot be carried out")
          .failed();
    }
    Schedule schedule = documents.plan(shop, text);
    Map<String, Object> measures = new LinkedHashMap<>();
    for (Measure m : Measure.values()) {
      double value = m.of(shop, schedule);
      measures.put(m.label(), value);
      reply.line("Measure", m.label() + " " + SchedulePlan.number(value));
    }
    return reply.line("Checked", "every rule is kept").put("measures", measures);
  }
}
