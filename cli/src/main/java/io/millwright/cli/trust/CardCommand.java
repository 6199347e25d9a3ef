package io.millwright.cli.trust;

import io.millwright.api.Millwright;
import io.millwright.api.ModelInfo;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.runtime.comply.LogEvidence;
import io.millwright.runtime.comply.TransparencyReport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A report on a model, point by point. */
@Command(
    name = "card",
    sortOptions = false,
    description = {
      "Writes what is known of a model for articles 11 to 15 and annex IV of Regulation (EU)"
          + " 2024/1689.",
      "Says \"not known\" where nothing is known. What no model's file can hold, such as the"
          + " intended purpose, comes from a file of facts."
    },
    footer = {
      "",
      "Examples:",
      "  millwright card press.mwb --facts press.facts --html press.html",
      "  millwright card press.mwb --trusted plant.pem --json"
    })
final class CardCommand extends DeskCommand {

  @Parameters(index = "0", paramLabel = "MODEL", description = "A model's file.")
  Path model = Path.of("");

  @Mixin Evidence evidence = new Evidence();

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page.")
  @Nullable Path html;

  CardCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    ModelInfo info = millwright.info(model);
    LogEvidence logs = evidence.logs(info);
    TransparencyReport report =
        TransparencyReport.of(
            info,
            evidence.read(),
            evidence.signature(model),
            logs.kept() ? Optional.of(logs.found()) : Optional.empty());
    Reply reply = new Reply(name());
    for (TransparencyReport.Point p : report.points()) {
      reply.line(p.place() + ", " + p.asks() + ": " + p.answer());
    }
    long known = report.points().stream().filter(TransparencyReport.Point::known).count();
    reply.line("Known", known + " of " + report.points().size() + " points");
    if (html != null) {
      page(info, report, known);
    }
    return reply
        .put("task", report.task())
        .put("digest", report.digest())
        .put("known", known)
        .put(
            "points",
            report.points().stream()
                .map(
                    p -> {
                      Map<String, Object> map = new LinkedHashMap<>();
                      map.put("place", p.place());
                      map.put("asks", p.asks());
                      map.put("answer", p.answer());
                      map.put("source", p.source());
                      return map;
                    })
                .toList());
  }

  private void page(ModelInfo info, TransparencyReport report, long known) {
    Page page = new Page("Model card: " + info.task()).heading("Digest " + info.digest());
    page.numbers(
        List.of(
            List.of(
                known + " of " + report.points().size(),
                "points of articles 11 to 15 and annex IV are answered"),
            List.of(Integer.toString(info.inputs().size()), "input columns"),
            List.of(Integer.toString(info.figures().size()), "figures on held-out data")));
    page.text(
        "What is known for Regulation (EU) 2024/1689. It helps to write the technical"
            + " documentation; it is no legal advice and no declaration.");
    page.section("Point by point");
    List<List<String>> rows =
        report.points().stream()
            .map(p -> List.of(p.place(), p.asks() + ": " + p.answer() + " (" + p.source() + ")"))
            .toList();
    page.facts(rows);
    Pages.write(Objects.requireNonNull(html), page.html(Pages.FOOTER));
  }
}
