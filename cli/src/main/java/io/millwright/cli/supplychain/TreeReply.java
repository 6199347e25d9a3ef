package io.millwright.cli.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.Texts;
import io.millwright.cli.pages.NetworkStockPage;
import io.millwright.supplychain.StockNetworks;
import io.millwright.supplychain.StockNetworks.BaseStocks;
import io.millwright.supplychain.StockNetworks.Branch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stock in a distribution tree, from its table to words. */
record TreeReply(Path file, Table table, Reply reply) {

  Reply of(StockNetworks networks, @Nullable Path html) {
    List<String> columns = table.schema().names();
    for (String column : List.of("site", "demand", "holding", "lead_time")) {
      if (!columns.contains(column)) {
        throw new MillwrightException(
            ErrorCode.MISSING_COLUMN,
            file
                + " has a column supplier, as a distribution tree has, but none named "
                + column
                + "; it has "
                + columns
                + "\nMaybe rename one, or name it suppliers for guaranteed service");
      }
    }
    List<Branch> sites = new ArrayList<>();
    List<Double> held = new ArrayList<>();
    for (int i = 0; i < table.rows(); i++) {
      sites.add(
          new Branch(
              text(i, "site"),
              text(i, "supplier"),
              cell(i, "demand", 0),
              cell(i, "holding", Double.NaN),
              cell(i, "shortage", 0),
              cell(i, "fill", 0),
              cell(i, "lead_time", Double.NaN)));
      held.add(cell(i, "level", 0));
    }
    BaseStocks best = networks.tree(sites);
    reply.line("Data", file + ", a tree of " + Texts.count(sites.size(), "site"));
    reply.line(
        "Cost",
        Figure.of(best.cost())
            + " per unit of time"
            + (best.proven() ? "" : "; too large to try all levels, so perhaps not the least"));
    reply.put("cost", best.cost()).put("proven", best.proven());
    boolean today = columns.contains("level");
    BaseStocks now = today ? networks.tree(sites, held) : best;
    if (today) {
      reply.line("Today", Figure.of(now.cost()) + " per unit of time with the levels given");
      reply.put("costToday", now.cost());
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < sites.size(); i++) {
      reply.line(
          String.format(
              Locale.ROOT,
              "  %-20s base stock %s, %.1f %% met at once%s",
              sites.get(i).name(),
              Figure.of(best.levels().get(i)),
              100 * best.fills().get(i),
              today
                  ? String.format(
                      Locale.ROOT,
                      "; today %s, %.1f %%",
                      Figure.of(now.levels().get(i)),
                      100 * now.fills().get(i))
                  : ""));
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("site", sites.get(i).name());
      row.put("baseStock", best.levels().get(i));
      row.put("fillRate", best.fills().get(i));
      if (today) {
        row.put("fillRateToday", now.fills().get(i));
      }
      rows.add(row);
    }
    reply.put("sites", rows);
    if (html != null) {
      NetworkStockPage.tree(file.toString(), sites, best).writeTo(html);
      reply.line("Report", html.toString()).put("report", html);
    }
    return reply;
  }

  private String text(int row, String column) {
    String text = table.label(row, table.schema().names().indexOf(column));
    return text == null ? "" : text.strip();
  }

  private double cell(int row, String column, double otherwise) {
    return NumberCells.of(file, table, row, column, otherwise, "write 0");
  }
}
