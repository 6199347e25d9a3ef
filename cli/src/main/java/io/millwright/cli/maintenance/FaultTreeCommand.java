package io.millwright.cli.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.InputDocument;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.pages.FaultTreePage;
import io.millwright.maintenance.FaultGate;
import io.millwright.maintenance.FaultTree;
import io.millwright.maintenance.FaultTreeAnalysis;
import io.millwright.maintenance.Maintenance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Quantifies a fault tree. */
@Command(
    name = "fault-tree",
    sortOptions = false,
    description = {
      "Quantifies a fault tree: probability, minimal cut sets, importance of events.",
      "The probability at the top is exact, also with repeated events.",
      "The file has a line for each name, the first at the top: burst = OR(relief, over), over =",
      "AND(pump, switch), pumps = 2(p1, p2, p3), p1 = 0.01, p2 = rate 1e-4 time 1000, p3 = rate",
      "1e-4 repair 0.05; # begins a remark. A file that ends in .json is read as JSON."
    },
    footer = {
      "",
      "Examples:",
      "  millwright maintenance fault-tree press.txt --html press.html",
      "  millwright maintenance fault-tree press.json --sets 50 --json"
    })
final class FaultTreeCommand extends DeskCommand {

  @Parameters(paramLabel = "FILE", description = "The fault tree.")
  Path file = Path.of("");

  @Option(
      names = "--sets",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many cut sets are shown. Default: ${DEFAULT-VALUE}.")
  int shown;

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page.")
  @Nullable Path html;

  FaultTreeCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    if (shown < 1) {
      throw misused("--sets is " + shown + ", but at least one is shown");
    }
    FaultTree tree =
        String.valueOf(file.getFileName()).endsWith(".json")
            ? json(file)
            : FaultTree.parse(InputDocument.text(file));
    FaultTreeAnalysis analysis = millwright.plugin(Maintenance.class).reliability().faultTree(tree);
    Reply reply = new Reply(name());
    reply.line(
        tree.top(),
        String.format(
            Locale.ROOT,
            "probability %s; %s minimal cut sets, which bound it by %s",
            Figure.of(analysis.probability()),
            Figure.of(analysis.cutSetCount()),
            Figure.of(analysis.bound())));
    List<Map<String, Object>> sets = new ArrayList<>();
    analysis.cutSets().stream()
        .limit(shown)
        .forEach(
            set -> {
              reply.line(Figure.of(set.probability()), String.join(" and ", set.events()));
              sets.add(
                  Map.of(
                      "events", set.events(),
                      "probability", set.probability(),
                      "chains", set.chain()));
            });
    List<Map<String, Object>> events = new ArrayList<>();
    for (FaultTreeAnalysis.Importance e : analysis.events()) {
      if (events.size() < shown) {
        reply.line(
            e.event(),
            String.format(
                Locale.ROOT,
                "Fussell-Vesely %.3f, Birnbaum %.3g, %.1f %% of the top goes with it",
                e.fussellVesely(),
                e.birnbaum(),
                100 * e.criticality()));
      }
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("event", e.event());
      one.put("probability", e.probability());
      one.put("birnbaum", e.birnbaum());
      one.put("criticality", e.criticality());
      one.put("fussellVesely", e.fussellVesely());
      one.put("achievement", e.achievement());
      one.put("cause", e.cause());
      events.add(one);
    }
    reply.put("top", tree.top()).put("probability", analysis.probability());
    reply.put("bound", analysis.bound()).put("cutSetCount", analysis.cutSetCount());
    reply.put("cutSets", sets).put("events", events);
    if (html != null) {
      FaultTreePage.write(html, tree, analysis, shown);
      reply.line("Page", html.toString()).put("page", html);
    }
    return reply;
  }

  private static FaultTree json(Path file) {
    InputDocument document = InputDocument.of(file, "docs/reliability.md");
    Map<String, FaultGate> gates = new LinkedHashMap<>();
    Map<String, Double> events = new LinkedHashMap<>();
    String top = document.text("top");
    for (InputDocument gate : document.list("gates")) {
      String name = gate.text("name");
      String kind = gate.text("kind");
      String of = gate.text("of");
      gate.done();
      try {
        gates.put(name, FaultTree.gate(kind, of));
      } catch (IllegalArgumentException e) {
        throw bad(file, "the gate " + name + " is " + kind + " of " + of, e);
      }
    }
    for (InputDocument event : document.list("events")) {
      String name = event.text("name");
      String words = event.text("probability");
      event.done();
      try {
        events.put(name, FaultTree.probability(words));
      } catch (IllegalArgumentException e) {
        throw bad(file, "the probability of " + name + " is " + words, e);
      }
    }
    document.done();
    return new FaultTree(top, gates, events);
  }

  private static MillwrightException bad(Path file, String what, IllegalArgumentException cause) {
    return new MillwrightException(
        ErrorCode.BAD_FILE,
        file + ": " + what + "\nMaybe compare it with the example in docs/reliability.md",
        cause);
  }
}
