package io.millwright.runtime.tables;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The few dates of a column of times that lie far before or behind all others: a mistyped year, or
 * the day on which a clock begins. Gathers evidence cell by cell; its size does not grow with the
 * rows.
 */
final class StrayTimes {

  /** So many outermost days are kept on each side. */
  private static final int KEPT = 5;

  private static final long LEAST = 10;
  private static final double FEW = 0.02;
  private static final long TWO = 2;

  /** So many times all that the others span, and so many days, is far. */
  private static final long FAR = 2;

  private static final long YEARS = 1100;

  /** Where clocks and spreadsheets begin; such days may stand often. */
  private static final Set<Long> BEGINNINGS =
      Set.of(
          0L,
          LocalDate.of(1900, 1, 1).toEpochDay(),
          LocalDate.of(1899, 12, 30).toEpochDay(),
          LocalDate.of(1899, 12, 31).toEpochDay(),
          LocalDate.of(1980, 1, 1).toEpochDay());

  /** Nothing that was recorded, and hardly a plan, lies behind it. */
  private static final long FUTURE = LocalDate.of(2300, 1, 1).toEpochDay();

  private final TreeMap<Long, Evidence.Example> early = new TreeMap<>();
  private final TreeMap<Long, Evidence.Example> late = new TreeMap<>();
  private long count;

  void see(long line, String cell, LocalDate date) {
    long day = date.toEpochDay();
    count++;
    if (early.size() < KEPT || day <= early.lastKey()) {
      early.computeIfAbsent(day, k -> new Evidence.Example()).see(line, cell);
      if (early.size() > KEPT) {
        early.pollLastEntry();
      }
    }
    if (late.size() < KEPT || day >= late.firstKey()) {
      late.computeIfAbsent(day, k -> new Evidence.Example()).see(line, cell);
      if (late.size() > KEPT) {
        late.pollFirstEntry();
      }
    }
  }

  /** What is said of them; empty nearly always. */
  List<String> remarks(String column) {
    List<String> remarks = new ArrayList<>();
    if (count > 0 && early.firstKey() > FUTURE) {
      Evidence.Example first = early.firstEntry().getValue();
      remarks.add(
          "`"
              + column
              + "`: all dates lie in the far future, such as \""
              + first.cell
              + "\" in line "
              + first.line
              + ": they are taken as they stand; years of another era (Buddhist ones are 543 ahead)"
              + " are to be written in the common one");
    }
    if (count < LEAST) {
      return remarks;
    }
    List<Map.Entry<Long, Evidence.Example>> last = new ArrayList<>(late.descendingMap().entrySet());
    List<Map.Entry<Long, Evidence.Example>> first = new ArrayList<>(early.entrySet());
    int behind = strays(last, early.firstKey());
    long end = last.get(behind).getKey();
    int before = strays(first, end);
    long begin = first.get(before).getKey();
    String others = LocalDate.ofEpochDay(begin) + " to " + LocalDate.ofEpochDay(end);
    for (Map.Entry<Long, Evidence.Example> stray : first.subList(0, before)) {
      remarks.add(remark(column, stray.getValue(), others));
    }
    for (Map.Entry<Long, Evidence.Example> stray : last.subList(0, behind)) {
      remarks.add(remark(column, stray.getValue(), others));
    }
    return remarks;
  }

  private static String remark(String column, Evidence.Example stray, String others) {
    return "`"
        + column
        + "`: \""
        + stray.cell
        + "\" in line "
        + stray.line
        + (stray.count > 1 ? " and " + (stray.count - 1) + " more" : "")
        + " is far from all other dates ("
        + others
        + "): mistyped? Correct it, or say that it stands for a missing value (on the command line"
        + " --missing='"
        + stray.cell
        + "')";
  }

  /** How many of the outermost days are far from all that lie within. */
  private int strays(List<Map.Entry<Long, Evidence.Example>> outermost, long other) {
    int strays = 0;
    double seen = 0;
    for (int i = 0; i + 1 < outermost.size(); i++) {
      long day = outermost.get(i).getKey();
      long next = outermost.get(i + 1).getKey();
      long often = outermost.get(i).getValue().count;
      seen += BEGINNINGS.contains(day) && 2 * often <= count ? 0 : often;
      if (seen > Math.max(TWO, FEW * count)) {
        break;
      }
      long gap = Math.abs(next - day);
      if (gap > YEARS && gap > FAR * Math.abs(next - other)) {
        strays = i + 1;
      }
    }
    return strays;
  }
}
