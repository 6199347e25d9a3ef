package io.millwright.cli.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.TableOptions;
import io.millwright.cli.kit.Texts;
import io.millwright.supplychain.DrivenSeries;
import io.millwright.supplychain.HolidayCalendar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where covariates, attributes and holidays come from. Filled by picocli; not thread-safe. */
final class CovariateSource {

  private static final int MOST_CATEGORIES = 20;

  @Option(
      names = "--covariates",
      paramLabel = "CSV",
      description = {
        "Prices, promotions, weather: a row for each period, and for each series where there is a",
        "column of series; columns are named as in the demand. Rows beyond the history are what is",
        "known of the future. Each column has a weight only where it helps."
      })
  @Nullable Path covariates;

  @Option(
      names = "--past",
      paramLabel = "COLUMN",
      split = ",",
      description = "Covariates of which the future is not known, such as enquiries.")
  List<String> past = List.of();

  @Option(
      names = "--holidays",
      paramLabel = "RULE",
      split = ",",
      description = {
        "Holidays as covariates: 12-25, easter-2, 4 thu nov, last mon may, 2026-02-17, each with a",
        "name before it where wanted: Christmas=12-25,Christmas=12-26."
      })
  List<String> holidays = List.of();

  @Option(
      names = "--attributes",
      paramLabel = "CSV",
      description = {
        "A row for each series with its brand, size or kind: series without a history are forecast",
        "by those like them. Series that are only here are new."
      })
  @Nullable Path attributes;

  /** Whether anything was given. */
  boolean isAny() {
    return covariates != null || attributes != null || !holidays.isEmpty();
  }

  /** The series with all that drives them, new ones and sums that something is said of last. */
  List<DrivenSeries> driven(
      Millwright millwright,
      List<Series> histories,
      List<String> sums,
      DemandSource demand,
      int horizon,
      Consumer<String> say) {
    Frequency frequency = histories.get(0).frequency();
    long present = histories.stream().mapToLong(s -> s.start() + s.length()).max().orElse(0);
    Map<String, SortedMap<String, String>> own = attributes(millwright, demand, say);
    List<Series> all = new ArrayList<>(histories);
    own.keySet().stream()
        .filter(id -> histories.stream().noneMatch(s -> s.id().equals(id)))
        .forEach(id -> all.add(new Series(id, frequency, present, List.of())));
    Map<String, Map<String, SortedMap<Long, Double>>> values =
        covariates == null ? Map.of() : covariates(millwright, demand, frequency, say);
    for (String name : past) {
      if (values.values().stream().noneMatch(m -> m.keySet().stream().anyMatch(k -> of(k, name)))) {
        throw new MillwrightException(
            ErrorCode.MISSING_COLUMN,
            "--past names " + name + ", which is no covariate\nMaybe check the heading");
      }
    }
    long start = histories.stream().mapToLong(Series::start).min().orElse(0);
    sums.stream()
        .filter(values::containsKey)
        .forEach(
            sum ->
                all.add(
                    new Series(
                        sum,
                        frequency,
                        start,
                        Collections.nCopies((int) (present - start), Double.NaN))));
    checkNames(values.keySet(), all, say);
    List<DrivenSeries> driven = new ArrayList<>();
    for (Series s : all) {
      DrivenSeries one = DrivenSeries.of(s);
      for (String of : List.of("", s.id())) {
        for (var covariate : values.getOrDefault(of, Map.of()).entrySet()) {
          boolean isPast = past.stream().anyMatch(p -> of(covariate.getKey(), p));
          List<Double> course =
              course(covariate.getValue(), s.start(), s.length() + (isPast ? 0 : horizon));
          one =
              isPast ? one.past(covariate.getKey(), course) : one.known(covariate.getKey(), course);
        }
      }
      if (!holidays.isEmpty()) {
        HolidayCalendar calendar = HolidayCalendar.of(holidays.toArray(String[]::new));
        for (var day : calendar.covariates(frequency, s.start(), s.length() + horizon).entrySet()) {
          one = one.known(day.getKey(), day.getValue());
        }
      }
      for (var attribute : own.getOrDefault(s.id(), new TreeMap<>()).entrySet()) {
        one = one.attribute(attribute.getKey(), attribute.getValue());
      }
      driven.add(one);
    }
    return driven;
  }

  /** Rows of series that nobody has are passed over, but not in silence. */
  private void checkNames(Set<String> named, List<Series> all, Consumer<String> say) {
    SortedSet<String> strange = new TreeSet<>(named);
    strange.remove("");
    all.forEach(s -> strange.remove(s.id()));
    if (strange.isEmpty()) {
      return;
    }
    String which =
        covariates
            + " has covariates of "
            + Texts.count(strange.size(), "name")
            + " that no series has, such as "
            + strange.first();
    if (strange.size() == named.size()) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          which
              + ", and of no other\nMaybe names are written otherwise there: the demand has "
              + all.get(0).id());
    }
    say.accept("Not read: " + which);
  }

  /** Whether a covariate is a column, or one of its categories. */
  private static boolean of(String covariate, String column) {
    return covariate.equals(column) || covariate.startsWith(column + "=");
  }

  /** Up to the last period that is known; a series' own values, NaN between. */
  private static List<Double> course(SortedMap<Long, Double> known, long start, int periods) {
    int reach =
        known.isEmpty() ? 0 : (int) Math.max(0, Math.min(periods, known.lastKey() - start + 1));
    List<Double> course = new ArrayList<>(reach);
    for (int t = 0; t < reach; t++) {
      course.add(known.getOrDefault(start + t, Double.NaN));
    }
    return course;
  }

  private static Table read(
      Millwright millwright,
      TableOptions options,
      Path file,
      Consumer<String> say,
      String... wanted) {
    List<String> names = options.read(millwright.tables(), file, w -> {}).table().schema().names();
    String[] texts = Arrays.stream(wanted).filter(names::contains).toArray(String[]::new);
    return options.read(millwright.tables(), file, say, texts).table();
  }

  private Map<String, SortedMap<String, String>> attributes(
      Millwright millwright, DemandSource demand, Consumer<String> say) {
    Map<String, SortedMap<String, String>> all = new TreeMap<>();
    if (attributes == null) {
      return all;
    }
    Table plain = read(millwright, demand.tables, attributes, say, demand.id);
    List<String> names = plain.schema().names();
    int id = Math.max(0, names.indexOf(demand.id));
    Table table =
        demand
            .tables
            .read(millwright.tables(), attributes, w -> {}, names.toArray(String[]::new))
            .table();
    for (int row = 0; row < table.rows(); row++) {
      SortedMap<String, String> own = new TreeMap<>();
      for (int c = 0; c < names.size(); c++) {
        String label = table.label(row, c);
        if (c != id && label != null && !label.isBlank()) {
          own.put(names.get(c), label);
        }
      }
      HierarchySource.putOnce(all, String.valueOf(table.label(row, id)), own, attributes, row);
    }
    return all;
  }

  /** Series (empty for all of them), covariate, period. */
  private Map<String, Map<String, SortedMap<Long, Double>>> covariates(
      Millwright millwright, DemandSource demand, Frequency frequency, Consumer<String> say) {
    Path file = java.util.Objects.requireNonNull(covariates);
    Table table = read(millwright, demand.tables, file, say, demand.id, demand.period);
    List<String> names = table.schema().names();
    int id = names.indexOf(demand.id);
    int period = names.indexOf(demand.period);
    if (period < 0) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN,
          file
              + " has the columns "
              + names
              + ", but none is named "
              + demand.period
              + "\nMaybe name its column of periods as that of the demand, or say --period");
    }
    Map<String, Map<String, SortedMap<Long, Double>>> all = new HashMap<>();
    for (int c = 0; c < names.size(); c++) {
      if (c == id || c == period || names.get(c).equals(demand.value)) {
        continue;
      }
      boolean numeric = table.schema().columns().get(c).type().isNumeric();
      SortedSet<String> categories = numeric ? new TreeSet<>() : categories(table, c, file);
      for (int row = 0; row < table.rows(); row++) {
        String of = id < 0 ? "" : String.valueOf(table.label(row, id));
        long at = frequency.number(String.valueOf(table.label(row, period)));
        Map<String, SortedMap<Long, Double>> own = all.computeIfAbsent(of, k -> new TreeMap<>());
        if (numeric) {
          put(own, names.get(c), at, table.number(row, c), file, of);
        }
        String label = numeric ? null : table.label(row, c);
        for (String category : categories) {
          double value = label == null ? 0 : category.equals(label) ? 1 : 0;
          put(own, names.get(c) + "=" + category, at, value, file, of);
        }
      }
    }
    return all;
  }

  private static SortedSet<String> categories(Table table, int column, Path file) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    for (int row = 0; row < table.rows(); row++) {
      String label = table.label(row, column);
      if (label != null && !label.isBlank()) {
        counts.merge(label, 1, Integer::sum);
      }
    }
    SortedSet<String> categories = new TreeSet<>(counts.keySet());
    if (categories.size() > MOST_CATEGORIES) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          file
              + ", column "
              + table.schema().names().get(column)
              + ": "
              + categories.size()
              + " different texts, such as "
              + categories.first()
              + "\nMaybe it holds numbers with another decimal mark, or should be left out");
    }
    if (counts.values().stream().mapToInt(c -> c).sum() == table.rows()) {
      // Where every row has one, the usual one is what the others are compared with.
      counts.entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .ifPresent(usual -> categories.remove(usual.getKey()));
    }
    return categories;
  }

  private static void put(
      Map<String, SortedMap<Long, Double>> own,
      String name,
      long at,
      double value,
      Path file,
      String of) {
    Double before = own.computeIfAbsent(name, k -> new TreeMap<>()).put(at, value);
    if (before != null && !before.equals(value)) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          file
              + ": "
              + (of.isEmpty() ? "" : "series " + of + ", ")
              + "covariate "
              + name
              + " has two values for one period, "
              + before
              + " and "
              + value
              + "\nMaybe the file lacks a column of series named as in the demand");
    }
  }
}
