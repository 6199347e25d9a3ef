package io.millwright.scheduling.internal.documents;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.Table;
import io.millwright.api.plan.BookedTime;
import io.millwright.api.plan.TimeDistribution;
import io.millwright.api.spi.Problems;
import io.millwright.runtime.tables.Tables;
import io.millwright.scheduling.Breakdowns;
import io.millwright.scheduling.UncertainTimes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Uncertain times as they stand in JSON, and booked times as a table. */
final class TimesForms {
  private TimesForms() {}

  static final String TIMES = "millwright-times 1";

  private static final List<String> NEEDED = List.of("machine", "planned", "actual");
  private static final List<String> KNOWN =
      List.of("machine", "planned", "actual", "order", "kind");

  record TimesForm(
      Optional<String> format,
      Optional<LawForm> durations,
      Optional<LawForm> setups,
      OptionalDouble together,
      OptionalDouble doubt,
      Optional<List<MachineTimesForm>> machines) {}

  record MachineTimesForm(
      String machine,
      Optional<LawForm> durations,
      Optional<LawForm> setups,
      Optional<BreakdownsForm> breakdowns) {}

  record BreakdownsForm(WeibullForm life, OptionalDouble age, LawForm repair) {}

  /** One of these. */
  record LawForm(
      OptionalDouble constant,
      Optional<TriangularForm> triangular,
      Optional<LognormalForm> lognormal,
      Optional<WeibullForm> weibull,
      Optional<List<Double>> observed) {}

  record TriangularForm(double least, double likely, double most) {}

  record LognormalForm(double mean, double deviation) {}

  record WeibullForm(double shape, double scale) {}

  static UncertainTimes times(TimesForm form, String name) {
    UncertainTimes.Builder builder =
        UncertainTimes.builder().together(form.together().orElse(0)).doubt(form.doubt().orElse(0));
    form.durations().ifPresent(l -> builder.durations(law(l, name + ", durations")));
    form.setups().ifPresent(l -> builder.setups(law(l, name + ", setups")));
    for (MachineTimesForm m : form.machines().orElse(List.of())) {
      String place = name + ", machine " + m.machine();
      m.durations().ifPresent(l -> builder.durations(m.machine(), law(l, place + ", durations")));
      m.setups().ifPresent(l -> builder.setups(m.machine(), law(l, place + ", setups")));
      m.breakdowns()
          .ifPresent(
              b ->
                  builder.breakdowns(
                      m.machine(),
                      new Breakdowns(
                          new TimeDistribution.Weibull(b.life().shape(), b.life().scale()),
                          b.age().orElse(0),
                          law(b.repair(), place + ", repair"))));
    }
    return builder.build();
  }

  private static TimeDistribution law(LawForm form, String place) {
    List<TimeDistribution> said = new ArrayList<>();
    if (form.constant().isPresent()) {
      said.add(new TimeDistribution.Constant(form.constant().getAsDouble()));
    }
    form.triangular()
        .ifPresent(t -> said.add(new TimeDistribution.Triangular(t.least(), t.likely(), t.most())));
    form.lognormal()
        .ifPresent(l -> said.add(new TimeDistribution.Lognormal(l.mean(), l.deviation())));
    form.weibull().ifPresent(w -> said.add(new TimeDistribution.Weibull(w.shape(), w.scale())));
    form.observed().ifPresent(o -> said.add(new TimeDistribution.Observed(o)));
    if (said.size() != 1) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          place
              + ": "
              + said.size()
              + " distributions are given\nMaybe give one of constant, triangular, lognormal,"
              + " weibull, observed");
    }
    return said.get(0);
  }

  /** Bookings: all that is wrong is said at once. */
  static List<BookedTime> booked(Path file) {
    Problems problems = new Problems(file.toString());
    Table table =
        Tables.reader().read(file, CsvFormat.builder().rest(ColumnType.TEXT).build()).table();
    List<String> found = table.schema().names();
    for (String name : NEEDED) {
      if (!found.contains(name)) {
        problems.add(ErrorCode.MISSING_COLUMN, "column \"" + name + "\"", "is missing", "add it");
      }
    }
    for (String name : found) {
      if (!KNOWN.contains(name)) {
        problems.add(
            ErrorCode.BAD_FILE,
            "column \"" + name + "\"",
            "is not known",
            "name it as one of " + KNOWN + ", or remove it");
      }
    }
    problems.throwIfAny();
    List<BookedTime> booked = new ArrayList<>();
    for (int r = 0; r < table.rows(); r++) {
      String kind = cell(table, r, "kind");
      String place = "row " + (r + 1);
      if (!kind.isEmpty() && !kind.equals("setup") && !kind.equals("operation")) {
        problems.add(
            ErrorCode.BAD_FILE,
            place + ", column \"kind\"",
            "says \"" + kind + "\"",
            "write operation or setup, or leave it empty");
        continue;
      }
      try {
        booked.add(
            new BookedTime(
                cell(table, r, "order"),
                cell(table, r, "machine"),
                kind.equals("setup"),
                Double.parseDouble(cell(table, r, "planned")),
                Double.parseDouble(cell(table, r, "actual"))));
      } catch (NumberFormatException e) {
        problems.add(
            ErrorCode.BAD_FILE,
            place,
            "planned or actual is not a number: \""
                + cell(table, r, "planned")
                + "\", \""
                + cell(table, r, "actual")
                + "\"",
            "write a point for decimals, or remove the row");
      } catch (MillwrightException e) {
        String[] said = String.valueOf(e.getMessage()).split("\\nMaybe ", 2);
        problems.add(
            ErrorCode.BAD_FILE,
            place,
            said[0].replaceFirst("^\\[\\w+\\] ", ""),
            said.length > 1 ? said[1] : "");
      }
    }
    problems.throwIfAny();
    return booked;
  }

  private static String cell(Table table, int row, String column) {
    int place = table.schema().names().indexOf(column);
    String label = place < 0 ? null : table.label(row, place);
    return label == null ? "" : label;
  }
}
