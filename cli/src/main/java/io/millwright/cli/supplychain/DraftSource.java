package io.millwright.cli.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.TableOptions;
import io.millwright.runtime.support.IoReason;
import io.millwright.supplychain.TransportDraft;
import io.millwright.supplychain.TransportPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The plan that transport over days starts from, and where it is written. Filled by picocli. */
final class DraftSource {

  private static final List<String> COLUMNS = List.of("day", "id", "pieces");

  @Option(
      names = "--draft",
      paramLabel = "CSV",
      description = {
        "A plan to start from, with the columns day (from 1), id and pieces, as --out writes it."
      })
  @Nullable Path file;

  @Option(
      names = "--keep",
      paramLabel = "N",
      description = "The first N days stay as the draft has them, with their pieces.")
  @Nullable Integer kept;

  @Option(
      names = "--change",
      paramLabel = "COST",
      description = "What a visit after those days costs that is added to the draft or left out.")
  @Nullable Double change;

  @Option(
      names = "--out",
      paramLabel = "CSV",
      description = "Write who gets how much on which day; change it, and give it as --draft.")
  @Nullable Path out;

  boolean isAny() {
    return file != null || kept != null || change != null;
  }

  TransportDraft draft(Millwright millwright, TableOptions tables, int days, Consumer<String> say) {
    if (file == null) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "--keep and --change are about a draft, but there is none\nMaybe add --draft plan.csv");
    }
    Table table = tables.readNumbers(millwright.tables(), file, say, "id").table();
    List<String> names = table.schema().names();
    for (String column : COLUMNS) {
      if (!names.contains(column)) {
        throw new MillwrightException(
            ErrorCode.MISSING_COLUMN,
            file + " has no column " + column + "; it has " + names + "\nMaybe rename one");
      }
    }
    List<Map<String, Double>> delivered = new ArrayList<>();
    for (int d = 0; d < days; d++) {
      delivered.add(new TreeMap<>());
    }
    for (int row = 0; row < table.rows(); row++) {
      double day = NumberCells.of(file, table, row, "day", Double.NaN, "take the row out");
      double pieces = NumberCells.of(file, table, row, "pieces", Double.NaN, "take the row out");
      String id = String.valueOf(table.label(row, names.indexOf("id")));
      if (day != Math.rint(day) || day < 1 || day > days) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            file
                + " row "
                + (row + 1)
                + ": day is "
                + day
                + ", but must be from 1 to "
                + days
                + "\nMaybe take out days that are over, and count on from today as day 1");
      }
      if (delivered.get((int) day - 1).put(id, pieces) != null) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            file
                + " row "
                + (row + 1)
                + ": "
                + id
                + " is visited twice on day "
                + (int) day
                + "\nMaybe add the pieces up");
      }
    }
    return new TransportDraft(delivered, kept == null ? 0 : kept, change == null ? 0 : change);
  }

  /** Writes a plan where that is wanted. */
  void write(TransportPlan plan) {
    if (out == null) {
      return;
    }
    StringBuilder text = new StringBuilder(String.join(",", COLUMNS)).append('\n');
    for (int d = 0; d < plan.days().size(); d++) {
      int day = d + 1;
      plan.days()
          .get(d)
          .delivered()
          .forEach(
              (id, pieces) ->
                  text.append(day)
                      .append(",\"")
                      .append(id.replace("\"", "\"\""))
                      .append("\",")
                      .append(pieces)
                      .append('\n'));
    }
    try {
      Files.writeString(out, text);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          out + " cannot be written: " + IoReason.of(e) + "\nMaybe another folder was meant",
          e);
    }
  }
}
