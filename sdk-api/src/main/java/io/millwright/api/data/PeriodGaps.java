package io.millwright.api.data;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Frequency.Step;
import io.millwright.api.data.PeriodLabels.Shape;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Sees how often values come: the distance that most neighbouring labels have. What does not lie on
 * that grid is named; where no distance is that of most, nothing is guessed.
 */
final class PeriodGaps {

  /** So large a share of the distances must be one for it to be the frequency. */
  private static final double MOST = 0.5;

  /** At most so large a share of dates that do not fit is a slip to be named. */
  private static final double FEW = 0.1;

  private static final int[] MONTHS = {2, 3, 6};
  private static final int[] HOURS = {2, 3, 4, 6, 8, 12};

  /** Days that a date may lie beside its month's day: a weekend or holiday between. */
  private static final int BESIDE = 4;

  private PeriodGaps() {}

  static Frequency of(Collection<String> all) {
    Set<String> labels = new LinkedHashSet<>();
    all.forEach(l -> labels.add(PeriodLabels.plain(l)));
    if (labels.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, "there are no periods\nMaybe the file has a header only");
    }
    Shape shape = shape(labels);
    return switch (shape) {
      case QUARTER -> Frequency.QUARTERLY;
      case MONTH -> coarser(Frequency.MONTHLY, labels, MONTHS);
      case WEEK -> coarser(Frequency.WEEKLY, labels, 2, 4);
      case DATE -> ofDates(labels);
      case TIME -> ofTimes(labels);
      case WHOLE, NONE -> ofWholes(labels);
    };
  }

  /** The shape of all; a date among times is midnight. */
  private static Shape shape(Set<String> labels) {
    Shape shape = Shape.NONE;
    String first = labels.iterator().next();
    for (String label : labels) {
      Shape own = PeriodLabels.shape(label);
      if (own == Shape.NONE) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "the period \""
                + label
                + "\" is of no kind that is known\n"
                + "Maybe write years, 2026-Q3, 2026-07, 2026-W05, 2026-07-01, 2026-07-01T13:00, or"
                + " whole numbers; of dates such as 03/04/26 state how they are written (dates of"
                + " the format, on the command line --dates 'dd/MM/yy')");
      }
      boolean times =
          (own == Shape.TIME && shape == Shape.DATE) || (own == Shape.DATE && shape == Shape.TIME);
      if (shape != Shape.NONE && own != shape && !times) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "the periods \""
                + first
                + "\" and \""
                + label
                + "\" are written in two ways\nMaybe write all in one way");
      }
      shape = times ? Shape.TIME : own;
    }
    return shape;
  }

  private static Frequency ofWholes(Set<String> labels) {
    if (labels.stream().allMatch(l -> l.matches("(1[5-9]|2[01])[0-9]{2}年?"))) {
      return Frequency.YEARLY;
    }
    if (labels.stream().allMatch(l -> l.matches("(19|20|21)[0-9]{2}(0[1-9]|1[0-2])"))) {
      return coarser(Frequency.MONTHLY, labels, MONTHS);
    }
    if (labels.stream().allMatch(l -> l.matches("(19|20|21)[0-9]{2}(0[1-9]|1[0-2])[0-3][0-9]"))) {
      return ofDates(labels);
    }
    if (labels.size() > 1 && labels.stream().allMatch(l -> l.matches("(2[5-9]|[3-6]\\d)\\d{3}"))) {
      Map<Long, Integer> gaps = gaps(numbers(Step.DAY, labels).keySet());
      long mode = mode(gaps);
      if (mode == 1) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "the periods "
                + labels.iterator().next()
                + " and so on may be a spreadsheet's days, the first "
                + PeriodLabels.label(
                    Step.DAY, PeriodLabels.number(Step.DAY, labels.iterator().next()).orElse(0))
                + ", or numbers that count\nMaybe state the frequency: day or count");
      }
      if (mode == 7 || mode == 14 || mode >= 28) {
        return ofDates(labels);
      }
    }
    if (labels.size() > 1 && labels.stream().allMatch(l -> PeriodLabels.epoch(l).isPresent())) {
      return ofEpochs(labels);
    }
    return Frequency.COUNTED;
  }

  /** Seconds since 1970; days only where they are those of universal time. */
  private static Frequency ofEpochs(Set<String> labels) {
    Map<Long, String> minutes = numbers(Step.MINUTE, labels);
    if (minutes.keySet().stream().allMatch(m -> Math.floorMod(m, 1440L) == 0)) {
      return ofDates(labels);
    }
    if (mode(gaps(minutes.keySet())) % 1440 == 0) {
      String first = labels.iterator().next();
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "the periods are seconds since 1970, a day or more apart, but the first, "
              + first
              + ", is "
              + PeriodLabels.label(Step.MINUTE, PeriodLabels.epoch(first).orElse(0))
              + " of universal time, so that the day depends on the zone\nMaybe write dates");
    }
    return ofTimes(labels);
  }

  /** Labels that write a step out keep it, unless most stand several apart. */
  private static Frequency coarser(Frequency base, Set<String> labels, int... multiples) {
    Map<Long, String> numbers = numbers(base.step(), labels);
    Map<Long, Integer> gaps = gaps(numbers.keySet());
    long mode = mode(gaps);
    for (int multiple : multiples) {
      if (mode == multiple && share(gaps, mode) >= MOST) {
        Frequency frequency = base.every(multiple, phase(numbers.keySet(), multiple));
        List<String> strays = strays(numbers, multiple, frequency.phase());
        if (strays.size() <= FEW * numbers.size()) {
          refuse(strays, multiple + " " + name(base.step()) + "s apart");
          return multiple == 3 && base.step() == Step.MONTH ? quarters(frequency) : frequency;
        }
      }
    }
    return base;
  }

  /** Quarters that begin with January keep their own labels. */
  private static Frequency quarters(Frequency months) {
    return months.phase() == 0 ? Frequency.QUARTERLY : months;
  }

  private static Frequency ofDates(Set<String> labels) {
    Map<Long, String> days = numbers(Step.DAY, labels);
    Map<Long, Integer> gaps = gaps(days.keySet());
    if (gaps.isEmpty()) {
      return Frequency.DAILY;
    }
    long mode = mode(gaps);
    if (share(gaps, mode) >= MOST && (mode == 1 || (mode == 28 && isMonthly(days)))) {
      return mode == 28 ? months(days, 1) : isWorkdays(days) ? Frequency.WORKDAYS : Frequency.DAILY;
    }
    if (share(gaps, mode) >= MOST && mode % 7 == 0 && mode <= 28 && mode != 21) {
      int weeks = (int) mode / 7;
      refuse(
          strays(days, mode, phase(days.keySet(), (int) mode)),
          weeks == 1 ? "a week apart" : weeks + " weeks apart");
      Map<Long, String> numbers = numbers(Step.WEEK, labels);
      return weeks == 1
          ? Frequency.WEEKLY
          : Frequency.WEEKLY.every(weeks, phase(numbers.keySet(), weeks));
    }
    for (int months : new int[] {1, 2, 3, 6, 12}) {
      double share = 0;
      for (long gap = (long) (30.44 * months) - 4; gap <= 30.44 * months + 5; gap++) {
        share += share(gaps, gap);
      }
      if (share >= MOST) {
        return months(days, months);
      }
    }
    throw new MillwrightException(
        ErrorCode.BAD_VALUE,
        "the dates are "
            + gaps.keySet().stream().sorted().limit(6).toList()
            + " days apart, and most by none of them\nMaybe state the frequency: day, week, month,"
            + " or another");
  }

  private static boolean isMonthly(Map<Long, String> days) {
    return days.keySet().stream()
            .map(d -> LocalDate.ofEpochDay(d).getDayOfMonth())
            .distinct()
            .count()
        == 1;
  }

  private static boolean isWorkdays(Map<Long, String> days) {
    long first = days.keySet().stream().mapToLong(d -> d).min().orElse(0);
    long last = days.keySet().stream().mapToLong(d -> d).max().orElse(0);
    return last - first >= 13
        && days.keySet().stream()
            .allMatch(d -> LocalDate.ofEpochDay(d).getDayOfWeek().getValue() < 6);
  }

  /** Dates of months, checked for one that lies far from the day that most have. */
  private static Frequency months(Map<Long, String> days, int every) {
    Map<Long, Integer> count = new HashMap<>();
    days.keySet()
        .forEach(d -> count.merge((long) LocalDate.ofEpochDay(d).getDayOfMonth(), 1, Integer::sum));
    int usual = (int) mode(count);
    if (share(count, usual) < MOST) {
      // Ends of months are on days of their own.
      usual =
          days.keySet().stream().allMatch(d -> LocalDate.ofEpochDay(d).getDayOfMonth() >= 24)
              ? 31
              : usual;
    }
    List<String> strays = new ArrayList<>();
    Map<Long, String> months = new HashMap<>();
    for (Map.Entry<Long, String> day : days.entrySet()) {
      LocalDate date = LocalDate.ofEpochDay(day.getKey());
      long nearest = Long.MAX_VALUE;
      for (int k = -1; k <= 1; k++) {
        LocalDate month = date.plusMonths(k);
        LocalDate due = month.withDayOfMonth(Math.min(usual, month.lengthOfMonth()));
        nearest = Math.min(nearest, Math.abs(due.toEpochDay() - day.getKey()));
      }
      if (nearest > BESIDE) {
        strays.add(day.getValue());
      }
      months.put(date.getYear() * 12L + date.getMonthValue() - 1, day.getValue());
    }
    refuse(strays, every == 1 ? "a month apart" : every + " months apart");
    if (every == 1) {
      return Frequency.MONTHLY;
    }
    if (every == 12) {
      return Frequency.YEARLY;
    }
    int phase = phase(months.keySet(), every);
    refuse(strays(months, every, phase), every + " months apart");
    // Whatever the month in which a quarter is dated, it is one of four.
    return every == 3 ? Frequency.QUARTERLY : Frequency.MONTHLY.every(every, phase);
  }

  private static Frequency ofTimes(Set<String> labels) {
    Map<Long, String> minutes = numbers(Step.MINUTE, labels);
    Map<Long, Integer> gaps = gaps(minutes.keySet());
    if (gaps.isEmpty()) {
      return Frequency.HOURLY;
    }
    long mode = mode(gaps);
    if (share(gaps, mode) >= MOST) {
      if (mode % 1440 == 0
          && minutes.keySet().stream().map(m -> Math.floorMod(m, 1440L)).distinct().count() == 1) {
        return ofDates(labels);
      }
      boolean hours = mode == 60 || java.util.Arrays.stream(HOURS).anyMatch(h -> h * 60L == mode);
      if (hours || (mode < 60 && 60 % mode == 0)) {
        int phase = phase(minutes.keySet(), (int) mode);
        refuse(
            strays(minutes, mode, phase),
            hours ? mode / 60 + " hours apart" : mode + " minutes apart");
        return hours && phase % 60 == 0
            ? Frequency.HOURLY.every((int) mode / 60, phase / 60)
            : Frequency.MINUTES.every((int) mode, phase);
      }
    }
    throw new MillwrightException(
        ErrorCode.BAD_VALUE,
        "the times are "
            + gaps.keySet().stream().sorted().limit(6).toList()
            + " minutes apart, and most by none of them that divides a day\nMaybe state the"
            + " frequency: hour, 15minute, or another");
  }

  private static Map<Long, String> numbers(Step step, Set<String> labels) {
    Map<Long, String> numbers = new HashMap<>();
    for (String label : labels) {
      OptionalLong number = PeriodLabels.number(step, label);
      if (number.isEmpty()) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "\"" + label + "\" is no " + name(step) + "\nMaybe write all periods in one way");
      }
      numbers.putIfAbsent(number.getAsLong(), label);
    }
    return numbers;
  }

  static String name(Step step) {
    return step.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static Map<Long, Integer> gaps(Collection<Long> numbers) {
    long[] sorted = numbers.stream().mapToLong(n -> n).sorted().toArray();
    Map<Long, Integer> gaps = new HashMap<>();
    for (int i = 1; i < sorted.length; i++) {
      gaps.merge(sorted[i] - sorted[i - 1], 1, Integer::sum);
    }
    return gaps;
  }

  /** What is there most often; of two, the smaller. */
  private static long mode(Map<Long, Integer> counts) {
    long mode = 1;
    int most = 0;
    for (Map.Entry<Long, Integer> e : counts.entrySet()) {
      if (e.getValue() > most || (e.getValue() == most && e.getKey() < mode)) {
        mode = e.getKey();
        most = e.getValue();
      }
    }
    return mode;
  }

  private static double share(Map<Long, Integer> counts, long key) {
    int all = counts.values().stream().mapToInt(c -> c).sum();
    return all == 0 ? 0 : counts.getOrDefault(key, 0) / (double) all;
  }

  /** The remainder that most numbers leave. */
  static int phase(Collection<Long> numbers, int every) {
    Map<Long, Integer> phases = new HashMap<>();
    numbers.forEach(n -> phases.merge(Math.floorMod(n, (long) every), 1, Integer::sum));
    return (int) mode(phases);
  }

  private static List<String> strays(Map<Long, String> numbers, long every, int phase) {
    return numbers.entrySet().stream()
        .filter(e -> Math.floorMod(e.getKey(), every) != phase)
        .map(Map.Entry::getValue)
        .sorted()
        .toList();
  }

  private static void refuse(List<String> strays, String apart) {
    if (!strays.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "most periods are "
              + apart
              + ", but "
              + strays.stream().limit(5).map(s -> "\"" + s + "\"").toList()
              + (strays.size() > 5 ? " and " + (strays.size() - 5) + " more" : "")
              + " do not fit\nMaybe correct them, or state the frequency");
    }
  }
}
