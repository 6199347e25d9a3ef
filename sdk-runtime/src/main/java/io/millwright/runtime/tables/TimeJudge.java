package io.millwright.runtime.tables;

import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.Unit;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Decides how times are written, where a column holds times. For one file. */
final class TimeJudge {

  private static final int LEAST_TIMES = 3;

  /** Words of headings that say that the cells are times. */
  private static final Set<String> TIMES =
      Set.of(
          "time",
          "timestamp",
          "ts",
          "date",
          "datetime",
          "epoch",
          "unixtime",
          "datum",
          "zeit",
          "zeitstempel",
          "zeitpunkt",
          "\u65F6\u95F4",
          "\u65F6\u95F4\u6233",
          "\u65E5\u671F");

  private final Rows source;
  private final CsvFormat format;
  private final TimeText times;
  private final boolean skips;

  TimeJudge(Rows source, CsvFormat format, TimeText times) {
    this.source = source;
    this.format = format;
    this.times = times;
    skips = format.onBadRow() == CsvFormat.BadRow.SKIP;
  }

  /** Whether a heading says that its column holds times. */
  static boolean isTime(Header header) {
    boolean unit =
        header.unit().equals(Unit.NONE)
            || header.unit().symbol().equals("s")
            || header.unit().symbol().equals("ms");
    String words = header.name().replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    for (String word : words.split("[^\\p{L}]+", -1)) {
      if (unit && TIMES.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** Asks where numbers look like times. */
  static void ask(Evidence e, String name, List<String> remarks) {
    if (e.mayBeTimes()
        && e.known >= LEAST_TIMES
        && e.digitFalls == 0
        && e.digitOrders != TimeText.TIGHT) {
      remarks.add(
          "`"
              + name
              + "` read as numbers, though all look like "
              + times(e)
              + ", \""
              + e.digits.cell
              + "\" like "
              + instant(e)
              + "; if so, say it (on the command line --type '"
              + name
              + "=time')");
    }
  }

  private static String times(Evidence e) {
    return switch (e.digitOrders) {
      case TimeText.SECONDS -> "seconds since 1970";
      case TimeText.MICROS -> "microseconds since 1970";
      case TimeText.NANOS -> "nanoseconds since 1970";
      default -> "milliseconds since 1970";
    };
  }

  private static Instant instant(Evidence e) {
    return Instant.ofEpochMilli(
        TimeDigits.millis(e.digits.cell, Integer.lowestOneBit(e.digitOrders)));
  }

  /** The order in which the times of a column are written; refuses what is none, or may be two. */
  int order(Evidence e, String name, List<String> remarks) {
    if (e.timeCells == 0 && e.mayBeTimes() && format.dates().isEmpty()) {
      int order = Integer.lowestOneBit(e.digitOrders);
      remarks.add(
          "`"
              + name
              + "`: \""
              + e.digits.cell
              + "\" is "
              + times.name(order)
              + (order == TimeText.TIGHT ? "" : ", " + instant(e)));
      return order;
    }
    if (!skips && e.noTime.count > 0) {
      throw source.bad(
          e.noTime.line,
          "column \""
              + name
              + "\" holds \""
              + Judge.cut(e.noTime.cell)
              + "\", which is no date or time"
              + (e.time.count > 0 ? " like \"" + e.time.cell + "\" in line " + e.time.line : "")
              + ", while "
              + e.timeCells
              + " of "
              + e.known
              + " known cells are",
          "correct the cell, or state the pattern of dates (on the command line --dates"
              + " 'dd.MM.yyyy HH:mm'; yy is a year of two digits, MMM a month's name), or that it"
              + " stands for a missing value (--missing '"
              + Judge.cut(e.noTime.cell)
              + "'), or read the column as text");
    }
    if (e.timeCells == 0) {
      return 0;
    }
    int orders = e.orders();
    if (format.dates().isEmpty() && Integer.bitCount(orders) > 1) {
      throw source.bad(
          e.time.line,
          "column \""
              + name
              + "\": \""
              + e.time.cell
              + "\" and all others are dates whether the day or the month stands first"
              + (orders < TimeText.YMD << TimeText.SHORT ? "" : ", or may have the year first"),
          "state it (on the command line --dates " + TimeText.patterns(orders, e.time.cell) + ")");
    }
    int order = Integer.lowestOneBit(orders);
    if (!skips && e.offsets > 0 && e.noOffset.count > 0) {
      throw source.bad(
          e.noOffset.line,
          "column \""
              + name
              + "\": \""
              + e.noOffset.cell
              + "\" carries no offset, while "
              + e.offsets
              + " other cells do",
          "write all times with an offset, or all without");
    }
    if (format.dates().isEmpty() && order != TimeText.YMD && order != TimeText.NAMED) {
      remarks.add("`" + name + "`: \"" + e.time.cell + "\" is " + times.name(order));
    }
    if (e.offsets > 0) {
      remarks.add("`" + name + "` carries offsets; times are those of UTC");
    } else if (format.zone().isPresent()) {
      remarks.add("`" + name + "` is of " + format.zone().get() + "; times are those of UTC");
    }
    remarks.addAll(e.strayTimes.remarks(name));
    return order;
  }
}
