package io.millwright.runtime.tables;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the cells of one column have shown so far. Its size does not grow with the rows. */
final class Evidence {

  /** A column with more different labels than this is no category but text. */
  static final int MOST_LABELS = 1_000;

  /** Words that stand for a missing number or time. */
  private static final Set<String> MISSING =
      Set.of(
          "na",
          "n/a",
          "n.a.",
          "n.a",
          "#n/a",
          "#na",
          "nan",
          "null",
          "nil",
          "none",
          "missing",
          "-",
          "--",
          "---",
          "\u2013",
          "\u2014",
          "?",
          "/",
          ".",
          "*",
          "#div/0!",
          "#value!",
          "#ref!",
          "#num!",
          "#name?",
          "#null!",
          "\u65E0",
          "\u7F3A\u5931",
          "\u7F3A",
          "\u7A7A",
          "\u672A\u77E5",
          "\u4E0D\u8BE6");

  private static final int MOST_WORDS = 64;

  /** A number with a mark around it that is written for readers: percent, a unit, money, minus. */
  private static final Pattern MARKED =
      Pattern.compile(
          "[€$£¥￥]\\s?[+-]?\\d[\\d.,]*"
              + "|[+-]?\\d[\\d.,]*\\s?(%|‰|°C|°F|℃|℉|€|\\$|£|¥|元|-)"
              + "|[+-]?\\d[\\d.,]*\\s[\\p{L}µΩ°%/²³]{1,8}"
              + "|[+-]?\\d*[.,]\\d+[\\p{L}µΩ°%/²³]{1,8}"
              + "|\\(\\d[\\d.,]*\\)");

  private static final Pattern NO_DATE =
      Pattern.compile(
          "(9999[-/.]12[-/.]31|31[-/.]12[-/.]9999|12/31/9999|0001[-/.]01[-/.]01|0?1[-/.]0?1[-/.]0001|0000[-/.]00[-/.]00|00[-/.]00[-/.]0000)([T"
              + " ].*)?");

  private static final int MOST_UNITS = 5;

  private static final int LONGEST_MARKED = 24;

  /** Fewer times say nothing about how they run. */
  private static final int FEW_TIMES = 8;

  private final TimeText times;
  private final Set<String> stated;

  final Map<String, Long> missing = new TreeMap<>();
  long rows;
  long empty;
  long known;
  long numbers;
  long codes;
  long infinite;
  long infiniteLine;
  long firstLine;
  long lastLine;
  long words;
  long months;
  long timeCells;
  long offsets;
  private int orders = -1;
  final Example point = new Example();
  final Example comma = new Example();
  final Example eitherPoint = new Example();
  final Example eitherComma = new Example();
  final Example plain = new Example();
  final Example ungrouped = new Example();
  final Example word = new Example();
  final Example marked = new Example();
  final Example clock = new Example();
  final Example code = new Example();
  final Example noTime = new Example();
  final Example time = new Example();
  final Example noOffset = new Example();
  final Example digits = new Example();
  final Example turned = new Example();
  final Map<String, Example> units = new LinkedHashMap<>();
  final MissingCodes missingCodes = new MissingCodes();
  final StrayTimes strayTimes = new StrayTimes();
  int digitOrders = -1;
  long digitFalls;
  long brief;
  private double lastDigits;
  private final @Nullable Course[] courses = new Course[3];
  private long measured;
  private boolean apart;
  private @Nullable Evidence bare;
  private final Set<String> different = new HashSet<>();
  private long characters;

  Evidence(TimeText times, Set<String> stated) {
    this.times = times;
    this.stated = stated;
  }

  /** The first cell of a kind, and how many there are. */
  static final class Example {
    long count;
    long line;
    String cell = "";

    void see(long at, String text) {
      if (count++ == 0) {
        line = at;
        cell = text;
      }
    }
  }

  /** How the dates of one order run: where their years have two digits, the right order tells. */
  private static final class Course {
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long falls;
    private long before = Long.MIN_VALUE;

    void see(long day) {
      first = Math.min(first, day);
      last = Math.max(last, day);
      falls += day < before ? 1 : 0;
      before = day;
    }

    boolean isClearerThan(Course other) {
      long span = last - first;
      long than = other.last - other.first;
      return falls <= other.falls && 3 * span < than || falls < other.falls && span <= than;
    }
  }

  /** Whether a word stands for a missing value among numbers and times. */
  static boolean isMissing(String plain) {
    return plain.length() <= 8 && MISSING.contains(plain.toLowerCase(Locale.ROOT));
  }

  /** Whether a text stands for no date among times: no end, no beginning, or all digits zero. */
  static boolean isNoDate(String plain) {
    return plain.length() >= 8 && plain.length() <= 32 && NO_DATE.matcher(plain).matches();
  }

  /** Whether a word was stated to stand for a missing value in every column. */
  static boolean isStated(Set<String> stated, String plain) {
    return !stated.isEmpty() && stated.contains(plain.toLowerCase(Locale.ROOT));
  }

  /** The same among numbers and times, where -999.00 is -999. */
  static boolean isStatedNumber(Set<String> stated, String plain) {
    return !stated.isEmpty() && (isStated(stated, plain) || stated.contains(whole(plain)));
  }

  private static String whole(String plain) {
    int end = plain.length();
    while (end > 0 && plain.charAt(end - 1) == '0') {
      end--;
    }
    boolean mark = end > 0 && (plain.charAt(end - 1) == '.' || plain.charAt(end - 1) == ',');
    return mark ? plain.substring(0, end - 1) : plain;
  }

  void see(long line, String raw) {
    firstLine = rows++ == 0 ? line : firstLine;
    lastLine = line;
    String cell = NumberText.plain(raw);
    if (cell.isEmpty()) {
      empty++;
      return;
    }
    if (isStatedNumber(stated, cell)) {
      count(cell);
      return;
    }
    NumberText.Kind kind = NumberText.kind(cell);
    if (kind == NumberText.Kind.WORD && (isMissing(cell) || isNoDate(cell))) {
      count(cell);
      return;
    }
    known++;
    switch (kind) {
      case WORD -> words++;
      case PLAIN -> plain.see(line, cell);
      case POINT -> point.see(line, cell);
      case COMMA -> comma.see(line, cell);
      case EITHER_POINT -> eitherPoint.see(line, cell);
      case EITHER_COMMA -> eitherComma.see(line, cell);
      case INFINITE -> {
        infiniteLine = infinite++ == 0 ? line : infiniteLine;
      }
    }
    if (kind == NumberText.Kind.WORD) {
      word.see(line, cell);
      if (cell.length() <= LONGEST_MARKED && MARKED.matcher(cell).matches()) {
        marked.see(line, cell);
      } else if (!Double.isNaN(CellForm.hours(cell))) {
        clock.see(line, cell);
      }
      measured(line, cell);
      months += TimeText.month(cell) == null ? 0 : 1;
    } else {
      numbers++;
      if (NumberText.turned(cell) != null) {
        turned.see(line, cell);
      }
      if (kind != NumberText.Kind.INFINITE) {
        missingCodes.see(line, cell, kind);
      }
      digits(line, cell, kind);
      if (kind == NumberText.Kind.PLAIN && NumberText.code(cell)) {
        code.see(line, cell);
        codes++;
      } else if (kind == NumberText.Kind.PLAIN && cell.length() > 4) {
        ungrouped.see(line, cell);
      }
    }
    time(line, cell);
    if (words + codes > 0 && different.size() <= MOST_LABELS) {
      different.add(cell);
    }
    characters += cell.length();
  }

  private void digits(long line, String cell, NumberText.Kind kind) {
    int found =
        digits.count + 1 == known && kind != NumberText.Kind.INFINITE ? TimeDigits.orders(cell) : 0;
    if (found == 0) {
      return;
    }
    digits.see(line, cell);
    digitOrders &= found;
    double at = Double.parseDouble(cell);
    digitFalls += at < lastDigits ? 1 : 0;
    lastDigits = at;
  }

  /** Whether all known cells are digits that may be times, in one order. */
  boolean mayBeTimes() {
    return known > 0 && digits.count == known && digitOrders != 0;
  }

  private void measured(long line, String cell) {
    // A column of labels is not asked for ever.
    CellForm.Measure measure = measured == 0 && words > 100 ? null : CellForm.measure(cell);
    if (measure == null) {
      return;
    }
    measured++;
    apart |= measure.apart();
    if (units.containsKey(measure.unit()) || units.size() < MOST_UNITS) {
      units.computeIfAbsent(measure.unit(), u -> new Example()).see(line, cell);
    }
    Evidence numbers = bare;
    if (numbers == null) {
      numbers = new Evidence(times, stated);
      bare = numbers;
    }
    numbers.see(line, measure.number());
  }

  /** The numbers alone, where each known cell is a number with the same unit. */
  @Nullable Evidence withoutUnits() {
    Evidence numbers = bare;
    if (numbers == null || !apart || measured != known || units.size() != 1) {
      return null;
    }
    boolean usual = CellForm.isUsual(units.keySet().iterator().next());
    // Other letters behind whole numbers may be names: 1 north, 2 north.
    return usual || numbers.point.count + numbers.comma.count > 0 ? numbers : null;
  }

  /** Whether each known cell is a number with a usual unit, but not all with the same. */
  boolean mixesUnits() {
    return measured == known
        && apart
        && units.size() > 1
        && units.keySet().stream().allMatch(CellForm::isUsual);
  }

  /** Whether each known cell is a time of day. */
  boolean timesOfDay() {
    return known > 0 && clock.count == known;
  }

  /** Once no cell was a time where some were expected, there is no need to look on. */
  private void time(long line, String cell) {
    if (timeCells == 0 && noTime.count > 100) {
      noTime.see(line, cell);
      return;
    }
    int found = times.orders(cell);
    if (found == 0) {
      noTime.see(line, cell);
      return;
    }
    timeCells++;
    if (found >= TimeText.YMD << TimeText.SHORT && times.isGuessing()) {
      brief++;
      for (int i = 0; i < courses.length; i++) {
        int order = TimeText.YMD << TimeText.SHORT << i;
        TimeText.Written written = (found & order) == 0 ? null : times.written(cell, order);
        if (written != null) {
          Course course = courses[i] == null ? new Course() : courses[i];
          courses[i] = course;
          course.see(written.local().toLocalDate().toEpochDay());
        }
      }
    }
    if ((orders & found) != 0) {
      orders &= found;
      time.see(line, cell);
    } else {
      noTime.see(line, cell);
    }
    TimeText.Written written = times.written(cell, Integer.lowestOneBit(found));
    if (written != null && (found < TimeText.YMD << TimeText.SHORT || !times.isGuessing())) {
      strayTimes.see(line, cell, written.local().toLocalDate());
    }
    if (written != null && written.offset() != null) {
      offsets++;
    } else {
      noOffset.see(line, cell);
    }
  }

  /**
   * The orders in which all times are possible; of years with two digits those in which they run
   * clearly better, and with points that in which the day stands first.
   */
  int orders() {
    int left = orders;
    if (brief < timeCells || brief == 0) {
      return left;
    }
    int ymd = TimeText.YMD << TimeText.SHORT;
    int dmy = TimeText.DMY << TimeText.SHORT;
    boolean points = time.cell.indexOf('.') > 0 && time.cell.indexOf('.') < 3;
    Course year = courses[0];
    if ((left & ymd) != 0 && year != null && left != ymd) {
      boolean best = timeCells >= FEW_TIMES;
      boolean worst = timeCells >= FEW_TIMES;
      for (int i = 1; i < courses.length; i++) {
        Course other = courses[i];
        if (other != null && (left & ymd << i) != 0) {
          best &= year.isClearerThan(other);
          worst &= other.isClearerThan(year);
        }
      }
      left = best ? ymd : worst || (points && (left & dmy) != 0) ? left & ~ymd : left;
    }
    // With points the month stands first in no date, but versions look like it.
    return points && (left & (ymd | dmy)) == 0 ? 0 : left;
  }

  private void count(String word) {
    if (missing.containsKey(word) || missing.size() < MOST_WORDS) {
      missing.merge(word, 1L, Long::sum);
    }
  }

  /** Whether the labels are too many, or too long, to be categories. */
  boolean textual() {
    return different.size() > MOST_LABELS
        || (known >= 20 && different.size() > 0.9 * known)
        || characters > 60 * Math.max(1, known);
  }
}
