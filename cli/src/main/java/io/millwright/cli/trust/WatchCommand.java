package io.millwright.cli.trust;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Documents;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.TableOptions;
import io.millwright.cli.pages.WatchReport;
import io.millwright.runtime.watch.DriftReport;
import io.millwright.runtime.watch.DriftWatch;
import io.millwright.runtime.watch.QualityWatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares new data with a reference. */
@Command(
    name = "watch",
    sortOptions = false,
    description = {
      "Compares new data with a reference, window by window.",
      "Tests every column, corrected for their number, and all together, each with half of the"
          + " level, and judges the quality of the data. Exits with 1 when the last window raises"
          + " an alarm."
    },
    footer = {
      "",
      "Examples:",
      "  millwright watch training.csv today.csv",
      "  millwright watch training.csv november.csv --window 200 --html drift.html",
      "  millwright watch training.csv november.csv --model press.mwb"
    })
final class WatchCommand extends DeskCommand {

  /** Fewer rows are not judged. */
  private static final int FEWEST = 10;

  @Parameters(index = "0", paramLabel = "REFERENCE", description = "Data as they should be (CSV).")
  Path reference = Path.of("");

  @Parameters(index = "1", paramLabel = "NOW", description = "Data to judge (CSV), oldest first.")
  Path now = Path.of("");

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "How many rows are judged together, at least 10. Default: all.")
  @Nullable Integer window;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "Only look at the inputs of this model.")
  @Nullable Path model;

  @Option(
      names = "--ignore",
      paramLabel = "COL",
      split = ",",
      description = "Columns that may change, such as counters.")
  List<String> ignored = List.of();

  @Option(
      names = "--level",
      paramLabel = "X",
      defaultValue = "0.01",
      description = "The share of windows that may alarm by chance. Default: ${DEFAULT-VALUE}.")
  double level = 0.01;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page with a timeline.")
  @Nullable Path html;

  @Mixin TableOptions tables = new TableOptions();

  WatchCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    Table then;
    if (model != null) {
      Schema inputs = millwright.info(model).inputs();
      then = tables.read(millwright.tables(), reference, inputs, this::say).table();
    } else {
      then = tables.read(millwright.tables(), reference, this::say).table();
    }
    then = watched(then.without(ignored.toArray(String[]::new)));
    Table all = tables.read(millwright.tables(), now, then.schema(), this::say).table();
    if (all.rows() == 0) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, now + " has no rows\nMaybe another file was meant");
    }
    int size = window == null ? all.rows() : window;
    if (size < FEWEST || all.rows() < FEWEST) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          (all.rows() < FEWEST ? now + " has " + all.rows() : "--window is " + size)
              + (Math.min(size, all.rows()) == 1 ? " row" : " rows")
              + ", too few to tell drift from chance\nMaybe judge "
              + FEWEST
              + " or more together, better a hundred");
    }
    DriftWatch drift = DriftWatch.of(then).level(level);
    QualityWatch quality = QualityWatch.of(then);
    List<DriftReport> reports = new ArrayList<>();
    List<List<Finding>> found = new ArrayList<>();
    for (int from = 0; from < all.rows(); ) {
      // Rows at the end that are too few alone belong to the last window.
      int to = all.rows() - from - size < FEWEST ? all.rows() : from + size;
      Table rows = all.slice(from, to);
      reports.add(drift.judge(rows));
      found.add(quality.judge(rows));
      from = to;
    }
    Reply reply = new Reply(name()).put("reference", reference.toString());
    List<Map<String, Object>> windows = new ArrayList<>();
    for (int w = 0; w < reports.size(); w++) {
      windows.add(window(reply, w + 1, w * size + 1, reports.get(w), found.get(w)));
    }
    long alarms = reports.stream().filter(DriftReport::drifted).count();
    reply.line("Alarms", alarms + " of " + reports.size() + " windows have drifted");
    if (html != null) {
      new WatchReport(
              "Drift of " + now.getFileName(),
              then.rows() + " rows of " + reference.getFileName() + " are the reference",
              size,
              reports,
              found)
          .writeTo(html);
    }
    int last = reports.size() - 1;
    boolean bad = reports.get(last).drifted() || !found.get(last).isEmpty();
    return (bad ? reply.failed() : reply).put("windows", windows);
  }

  /** Numbers and labels; identifiers and times say nothing of drift. */
  private static Table watched(Table table) {
    List<String> names = new ArrayList<>();
    for (Column c : table.schema().columns()) {
      boolean text = c.type().isText() && table.distinct(c.name()).size() > table.rows() / 2;
      if ((c.type().isNumeric() || c.type().isText()) && !text) {
        names.add(c.name());
      }
    }
    return table.select(names);
  }

  private static Map<String, Object> window(
      Reply reply, int number, int from, DriftReport report, List<Finding> found) {
    String name = "Window " + number;
    List<DriftReport.ColumnDrift> moved =
        report.columns().stream().filter(DriftReport.ColumnDrift::drifted).toList();
    String rows = "rows " + from + " to " + (from + report.rows() - 1);
    if (!report.drifted()) {
      reply.line(name, rows + ": no drift");
    } else if (moved.isEmpty()) {
      reply.line(
          name,
          rows + ": no column alone, but all together (p " + Figure.of(report.together(), 2) + ")");
    }
    for (DriftReport.ColumnDrift c : moved) {
      reply.line(
          name,
          rows
              + ": "
              + c.column()
              + " has drifted (p "
              + Figure.of(c.adjusted(), 2)
              + (Double.isNaN(c.psi()) ? "" : ", PSI " + Figure.of(c.psi(), 3))
              + ", distance "
              + Figure.of(c.distance(), 2)
              + ")");
    }
    for (Finding f : found) {
      reply.line(name, rows + ": " + f.place() + " " + f.message() + ". Maybe " + f.remedy());
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("from", from);
    map.put("rows", report.rows());
    map.put("drifted", report.drifted());
    map.put("together", report.together());
    map.put(
        "columns",
        report.columns().stream()
            .map(
                c -> {
                  Map<String, Object> one = new LinkedHashMap<>();
                  one.put("column", c.column());
                  one.put("psi", c.psi());
                  one.put("distance", c.distance());
                  one.put("p", c.pValue());
                  one.put("adjusted", c.adjusted());
                  one.put("drifted", c.drifted());
                  return one;
                })
            .toList());
    map.put("quality", found.stream().map(Documents::of).toList());
    return map;
  }
}
