package io.millwright.cli.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.Series;
import io.millwright.api.data.SeriesTables;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.TableOptions;
import io.millwright.samples.plant.PartsStore;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where the demand of a command comes from. Filled by picocli; not thread-safe. */
final class DemandSource {

  /** How a file lays series out. */
  enum Layout {
    automatic,
    values,
    columns,
    rows
  }

  /** What a missing row or an empty cell means. */
  enum Gaps {
    missing,
    zero
  }

  private static final Pattern EVERY =
      Pattern.compile("([0-9]{0,4}) ?(year|quarter|month|week|day|workday|hour|minute|count)s?");

  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern BRIEF = Pattern.compile("[0-9]{1,2}([-/])[0-9]{1,2}\\1[0-9]{2,4}");
  private static final Pattern SECONDS = Pattern.compile("[12][0-9]{9}(000)?");
  private static final int MOST_STRAY = 5;

  @Parameters(
      arity = "0..1",
      paramLabel = "CSV",
      description = "The demand, with a header. Without a file: a simulated store of spare parts.")
  @Nullable Path csv;

  @Option(
      names = "--layout",
      paramLabel = "KIND",
      description = {
        "values: a row for each value (id, period, value); columns: a row for each period and",
        "a column for each series; rows: a row for each series. Default: seen from the header."
      })
  Layout layout = Layout.automatic;

  @Option(
      names = "--id",
      paramLabel = "COLUMN",
      defaultValue = "id",
      description = "With values: the column of the series. Default: ${DEFAULT-VALUE}.")
  String id = "id";

  @Option(
      names = "--period",
      paramLabel = "COLUMN",
      defaultValue = "period",
      description = "With values: the column of the period. Default: ${DEFAULT-VALUE}.")
  String period = "period";

  @Option(
      names = "--value",
      paramLabel = "COLUMN",
      defaultValue = "value",
      description = "With values: the column of the value. Default: ${DEFAULT-VALUE}.")
  String value = "value";

  @Option(
      names = "--every",
      paramLabel = "PERIOD",
      description = {
        "year, quarter, month, week, day, workday, hour, minute or count, or several, such as",
        "2week or 15minute. Default: what most labels are apart."
      })
  @Nullable String every;

  @Option(
      names = "--gaps",
      paramLabel = "KIND",
      defaultValue = "missing",
      description = {
        "missing: a period without a row is not known and filled; zero: it had none, as in a",
        "ledger of movements. Default: ${DEFAULT-VALUE}."
      })
  Gaps gaps = Gaps.missing;

  @Option(
      names = "--season",
      paramLabel = "N",
      split = ",",
      description = "The lengths of seasons in periods, such as 24,168. Default: the usual ones.")
  @Nullable List<Integer> seasons;

  @Mixin TableOptions tables = new TableOptions();

  /** What the data are, for people. */
  String what() {
    return csv == null ? "a simulated store of spare parts" : csv.toString();
  }

  /** What the series count or measure, as far as the file says. */
  String quantity() {
    return csv == null || value.equals("value") ? "demand" : value;
  }

  /** The series. */
  List<Series> series(Millwright millwright, Consumer<String> say) {
    if (csv == null) {
      return PartsStore.standard(0).demand();
    }
    // Names of series are texts whatever they look like: 007 is not 7.
    ReadTable whole = table(millwright, csv);
    Layout is = layout == Layout.automatic ? guess(whole.table()) : layout;
    String first = whole.table().schema().names().get(0);
    if (is == Layout.rows && isNumber(whole.table(), first)) {
      whole = tables.read(millwright.tables(), csv, w -> {}, first);
    }
    if (is == Layout.values
        && whole.table().schema().names().contains(period)
        && isNumber(whole.table(), period)) {
      // Periods in digits are labels too: 20260101, and 001.2026 is not 1.2026.
      whole = tables.read(millwright.tables(), csv, w -> {}, id, period);
    }
    Table table = TableOptions.told(whole, say).table();
    Consumer<String> read = r -> say.accept("Read: " + r);
    List<Series> all =
        switch (is) {
          case columns ->
              layout == Layout.automatic
                  ? ofColumns(table, read)
                  : SeriesTables.ofColumns(table, frequency(), read);
          case rows -> SeriesTables.ofRows(table, frequency(), read);
          case automatic, values ->
              SeriesTables.ofLong(table, id, period, value, frequency(), read);
        };
    if (is == Layout.values && !all.isEmpty()) {
      strayDays(table, all.get(0).frequency(), say);
    }
    OddNames.of(all.stream().map(Series::id).toList()).forEach(read);
    if (is == Layout.values && !all.isEmpty()) {
      seconds(table, all.get(0), read);
    }
    negatives(all, read);
    DemandEnd.of(all).ifPresent(read);
    if (gaps == Gaps.zero) {
      all = all.stream().map(Series::missingMeansZero).toList();
    }
    if (seasons == null) {
      return all;
    }
    Integer[] lengths = seasons.toArray(Integer[]::new);
    return all.stream()
        .map(s -> new Series(s.id(), s.frequency().seasons(lengths), s.start(), s.values()))
        .toList();
  }

  /** Says that periods are seconds since 1970. */
  private void seconds(Table table, Series first, Consumer<String> read) {
    String label = table.labels(period).stream().filter(Objects::nonNull).findFirst().orElse("");
    if (first.frequency().step() != Frequency.Step.COUNT && SECONDS.matcher(label).matches()) {
      read.accept(
          "`"
              + period
              + "` taken for "
              + (label.length() > 10 ? "milliseconds" : "seconds")
              + " since 1970, in universal time: \""
              + label
              + "\" is "
              + first.frequency().label(first.frequency().number(label)));
    }
  }

  /** Names the few values below zero of series that are otherwise never below. */
  private static void negatives(List<Series> all, Consumer<String> read) {
    int said = 0;
    for (Series s : all) {
      List<Integer> below =
          IntStream.range(0, s.length()).filter(t -> s.values().get(t) < 0).boxed().toList();
      if (below.isEmpty() || below.size() > Math.max(1, s.known() / 20) || said++ >= MOST_STRAY) {
        continue;
      }
      read.accept(
          "series "
              + s.id()
              + " is below zero in "
              + below.stream()
                  .map(t -> s.label(t) + " (" + Figure.of(s.values().get(t)) + ")")
                  .collect(Collectors.joining(", "))
              + " alone: goods that came back, or a slip of the sign?");
    }
  }

  /** A table of values under other headings looks like a column for each series. */
  private List<Series> ofColumns(Table table, Consumer<String> read) {
    try {
      return SeriesTables.ofColumns(table, frequency(), read);
    } catch (MillwrightException e) {
      List<String> names = new ArrayList<>(table.schema().names());
      if (names.size() < 3) {
        throw e;
      }
      String when = names.stream().filter(n -> holdsPeriods(table, n)).findFirst().orElse("PERIOD");
      names.remove(when);
      String much =
          names.stream()
              .filter(n -> isNumber(table, n))
              .reduce((one, next) -> next)
              .orElse("VALUE");
      names.remove(much);
      throw new MillwrightException(
          e.code(),
          String.valueOf(e.getMessage()).replace("[" + e.code() + "] ", "")
              + "; if each row of "
              + csv
              + " is one value, say which columns hold it: --id \""
              + names.get(0)
              + "\" --period \""
              + when
              + "\" --value \""
              + much
              + "\"",
          e);
    }
  }

  private static boolean isNumber(Table table, String name) {
    int at = table.schema().names().indexOf(name);
    return table.schema().columns().get(at).type().isNumeric();
  }

  private static boolean holdsPeriods(Table table, String name) {
    List<String> labels =
        isNumber(table, name)
            ? Arrays.stream(table.numbers(name))
                .filter(v -> v >= 190_001)
                .mapToObj(v -> String.format(Locale.ROOT, "%.0f", v))
                .toList()
            : table.labels(name).stream().filter(Objects::nonNull).toList();
    return !labels.isEmpty() && labels.stream().allMatch(Frequency::isLabel);
  }

  /** Names the dates that are not the day on which the other months stand. */
  private void strayDays(Table table, Frequency frequency, Consumer<String> say) {
    if (!frequency.step().equals(Frequency.Step.MONTH)) {
      return;
    }
    List<LocalDate> dates = new ArrayList<>();
    for (String label : table.labels(period)) {
      Matcher date = DATE.matcher(String.valueOf(label));
      if (date.lookingAt()) {
        dates.add(LocalDate.parse(date.group()));
      }
    }
    // Ends of months are one day, whatever its number.
    boolean ends = 2 * dates.stream().filter(DemandSource::endsMonth).count() > dates.size();
    Map<Integer, List<LocalDate>> days = new TreeMap<>();
    for (LocalDate date : dates) {
      int day = ends && endsMonth(date) ? 0 : date.getDayOfMonth();
      days.computeIfAbsent(day, d -> new ArrayList<>()).add(date);
    }
    int most = days.values().stream().mapToInt(List::size).max().orElse(0);
    days.values().stream()
        .filter(same -> 10 * same.size() < most)
        .flatMap(List::stream)
        .distinct()
        .limit(MOST_STRAY)
        .forEach(
            date ->
                say.accept(
                    "Read: "
                        + date
                        + " is not the day of the other months; taken for "
                        + YearMonth.from(date)));
  }

  private static boolean endsMonth(LocalDate date) {
    return date.getDayOfMonth() == date.lengthOfMonth();
  }

  /** Only a file of values has the column of ids that is stated, or usual. */
  private ReadTable table(Millwright millwright, Path file) {
    try {
      return tables.read(millwright.tables(), file, w -> {}, id);
    } catch (MillwrightException e) {
      if (layout == Layout.values || !e.code().equals(ErrorCode.MISSING_COLUMN)) {
        throw e;
      }
      return tables.read(millwright.tables(), file, w -> {});
    }
  }

  private Optional<Frequency> frequency() {
    if (every == null || every.equals("automatic")) {
      return Optional.empty();
    }
    Matcher stated = EVERY.matcher(every);
    if (!stated.matches()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "--every is \"" + every + "\"\nMaybe write month, week, 2week, day, hour or 15minute");
    }
    Frequency one =
        switch (stated.group(2)) {
          case "year" -> Frequency.YEARLY;
          case "quarter" -> Frequency.QUARTERLY;
          case "month" -> Frequency.MONTHLY;
          case "week" -> Frequency.WEEKLY;
          case "day" -> Frequency.DAILY;
          case "workday" -> Frequency.WORKDAYS;
          case "hour" -> Frequency.HOURLY;
          case "minute" -> Frequency.MINUTES;
          default -> Frequency.COUNTED;
        };
    int units = stated.group(1).isEmpty() ? 1 : Integer.parseInt(stated.group(1));
    if (units < 1) {
      throw new MillwrightException(ErrorCode.BAD_OPTION, "--every is \"" + every + "\"");
    }
    return Optional.of(units == 1 ? one : one.every(units, 0));
  }

  private Layout guess(Table table) {
    List<String> names = table.schema().names();
    if (names.containsAll(List.of(id, period, value))) {
      return Layout.values;
    }
    if (names.size() < 2) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          csv
              + " has the columns "
              + names
              + ", but series need at least two\nMaybe it has another separator");
    }
    List<String> others =
        names.subList(1, names.size()).stream().filter(n -> !Frequency.isLabel(n)).toList();
    if (others.isEmpty()) {
      return Layout.rows;
    }
    if (2 * others.size() < names.size() - 1) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          csv
              + ": "
              + (names.size() - 1 - others.size())
              + " headings are periods, but "
              + others.stream().limit(MOST_STRAY).map(n -> "\"" + n + "\"").toList()
              + " are none\nMaybe take these columns out: a row for each series has its name, and"
              + " then its periods");
    }
    if (names.size() > 2 && names.stream().skip(1).allMatch(n -> BRIEF.matcher(n).matches())) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          csv
              + ": the headings \""
              + names.get(1)
              + "\" and so on are dates whether the day or the month stands first\nMaybe write them"
              + " as 2026-03-31, or months as 2026-03");
    }
    return Layout.columns;
  }

  /** The series of a name, or all. */
  static List<Series> named(List<Series> all, @Nullable List<String> names) {
    if (names == null) {
      return all;
    }
    for (String name : names) {
      if (all.stream().noneMatch(s -> s.id().equals(name))) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "there is no series \""
                + name
                + "\"\nMaybe one of "
                + all.stream().map(Series::id).limit(10).toList());
      }
    }
    return all.stream().filter(s -> names.contains(s.id())).toList();
  }
}
