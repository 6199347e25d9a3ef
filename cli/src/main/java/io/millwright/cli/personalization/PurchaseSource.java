package io.millwright.cli.personalization;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.TableOptions;
import io.millwright.cli.kit.Texts;
import io.millwright.personalization.Purchase;
import io.millwright.personalization.PurchaseLog;
import io.millwright.samples.plant.PumpCustomers;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where the orders of a command come from. Filled by picocli; not thread-safe. */
final class PurchaseSource {

  /** Whether the order within a line or between rows means something. */
  enum Order {
    automatic,
    sequence,
    set
  }

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  /** So many lines of a thousand may fall where a file of sets rises. */
  private static final double STRAY = 0.01;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = {
        "The orders. A table (.csv, .tsv) with a row for each order, or lines with a customer",
        "each: the items, separated by blanks; a first word that no two lines share is the",
        "customer. Without a file: simulated customers of a maker of pumps."
      })
  @Nullable Path file;

  @Option(
      names = "--order",
      paramLabel = "KIND",
      defaultValue = "automatic",
      description = {
        "sequence: items stand in the order of time; set: without any order. Default: lines",
        "whose numbers always rise are sets; tables without the column of time too."
      })
  Order order = Order.automatic;

  @Option(
      names = "--customer-column",
      paramLabel = "COLUMN",
      defaultValue = "customer",
      description = "The column of the customer. Default: ${DEFAULT-VALUE}.")
  String customer = "customer";

  @Option(
      names = "--item-column",
      paramLabel = "COLUMN",
      defaultValue = "item",
      description = "The column of the item. Default: ${DEFAULT-VALUE}.")
  String item = "item";

  @Option(
      names = "--time-column",
      paramLabel = "COLUMN",
      description =
          "The column of the time, a date or a number. Default: time, where there is one.")
  @Nullable String time;

  @Mixin TableOptions tables = new TableOptions();

  /** What the data are, for people. */
  String what() {
    return file == null ? "simulated customers of a maker of pumps" : file.toString();
  }

  /** The orders. */
  PurchaseLog log(Millwright millwright, Consumer<String> say) {
    if (file == null) {
      PumpCustomers all = PumpCustomers.standard(0);
      return PurchaseLog.sequences(all.histories())
          .items(all.itemAttributes())
          .customers(all.customerAttributes());
    }
    return read(millwright, file, say);
  }

  /** The orders of another file of the same form. */
  PurchaseLog read(Millwright millwright, Path from, Consumer<String> say) {
    String name = String.valueOf(from.getFileName());
    return name.endsWith(".csv") || name.endsWith(".tsv")
        ? table(millwright, from, say)
        : lines(from);
  }

  private PurchaseLog table(Millwright millwright, Path from, Consumer<String> say) {
    ReadTable read = tables.read(millwright.tables(), from, say, customer, item);
    Table table = read.table();
    String at = time != null ? time : table.schema().names().contains("time") ? "time" : null;
    TableOptions.ordered(read, from, at);
    List<Purchase> all = new ArrayList<>();
    for (int r = 0; r < table.rows(); r++) {
      long when = r;
      if (at != null) {
        int column = table.schema().names().indexOf(at);
        if (column < 0) {
          throw new MillwrightException(
              ErrorCode.MISSING_COLUMN,
              from + " has no column \"" + at + "\"\nMaybe one of " + table.schema().names());
        }
        boolean number = table.schema().columns().get(column).type().isNumeric();
        if (number
            ? !Double.isFinite(table.number(r, column))
            : table.time(r, column) == Table.NO_TIME) {
          throw new MillwrightException(
              ErrorCode.MISSING_VALUE,
              from + ", row " + (r + 1) + " has no " + at + "\nMaybe leave the row out");
        }
        when = number ? Math.round(table.number(r, column)) : table.time(r, column);
      }
      all.add(new Purchase(Texts.at(table, customer, r), Texts.at(table, item, r), when));
    }
    PurchaseLog log = PurchaseLog.of(all);
    boolean ordered = order == Order.automatic ? at != null : order == Order.sequence;
    return ordered ? log : PurchaseLog.sets(log.histories());
  }

  private PurchaseLog lines(Path from) {
    List<String[]> lines = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(from)) {
        if (!line.isBlank()) {
          lines.add(line.strip().split("\\s+"));
        }
      }
    } catch (MalformedInputException e) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE, from + " is not text in UTF-8\nMaybe it is a table: name it .csv", e);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, "cannot read " + from + "\nMaybe the path is wrong", e);
    }
    if (lines.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, from + " is empty\nMaybe it is another file");
    }
    boolean named = named(lines);
    Map<String, List<String>> histories = new LinkedHashMap<>();
    for (int l = 0; l < lines.size(); l++) {
      List<String> words = Arrays.asList(lines.get(l));
      List<String> items = named ? words.subList(1, words.size()) : words;
      String who = named ? words.get(0) : "line " + (l + 1);
      if (!items.isEmpty()) {
        histories.put(who, items);
      }
    }
    boolean ordered = order == Order.automatic ? !rising(histories) : order == Order.sequence;
    return ordered ? PurchaseLog.sequences(histories) : PurchaseLog.sets(histories);
  }

  /** A first word that no two lines share names the customer. */
  private static boolean named(List<String[]> lines) {
    Set<String> seen = new HashSet<>();
    boolean more = false;
    for (String[] line : lines) {
      if (!seen.add(line[0])) {
        return false;
      }
      more |= line.length > 1;
    }
    return more && lines.size() > 1;
  }

  private static boolean rising(Map<String, List<String>> histories) {
    int judged = 0;
    int falling = 0;
    for (List<String> items : histories.values()) {
      if (items.size() > 2) {
        judged++;
        falling += rises(items) ? 0 : 1;
      }
    }
    return judged > 0 && falling <= STRAY * judged;
  }

  private static boolean rises(List<String> items) {
    long last = -1;
    for (String i : items) {
      if (!NUMBER.matcher(i).matches() || Long.parseLong(i) <= last) {
        return false;
      }
      last = Long.parseLong(i);
    }
    return true;
  }
}
