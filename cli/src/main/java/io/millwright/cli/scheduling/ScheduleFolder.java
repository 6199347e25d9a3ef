package io.millwright.cli.scheduling;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.ObjectiveValue;
import io.millwright.api.Solution;
import io.millwright.api.data.TableReader;
import io.millwright.cli.kit.Reply;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopDocuments;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plans every shop of a folder and sets the results beside the best that is known. */
final class ScheduleFolder {

  private static final Pattern NO_SHOP =
      Pattern.compile("(?i)(readme|licen[cs]e|notice|sha256sums).*|.*\\.(md|sha256)|\\..*");
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final String FORM = "%-14s %9s %12s %12s %12s %9s %8s";

  /** Plans one shop. */
  interface Planning {
    Solution<Schedule> plan(Shop shop) throws InterruptedException;
  }

  private final List<Path> files;
  private final BestKnown known;
  private final ShopDocuments documents;

  ScheduleFolder(
      Path folder,
      @Nullable Path bounds,
      @Nullable String names,
      TableReader tables,
      ShopDocuments documents) {
    this.documents = documents;
    Path inner = folder.resolve("instances");
    Path where = Files.isDirectory(inner) ? inner : folder;
    known = BestKnown.read(bounds, where, tables);
    files = files(where, names, known);
  }

  private static List<Path> files(Path folder, @Nullable String names, BestKnown known) {
    PathMatcher wanted =
        FileSystems.getDefault().getPathMatcher("glob:" + (names == null ? "*" : names));
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> found =
          all.filter(Files::isRegularFile)
              .filter(f -> !NO_SHOP.matcher(String.valueOf(f.getFileName())).matches())
              .filter(f -> !known.isFile(f))
              .filter(f -> wanted.matches(f.getFileName()) || wanted.matches(Path.of(name(f))))
              .sorted(Comparator.comparing(ScheduleFolder::sortable))
              .toList();
      if (found.isEmpty()) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "no shops in " + folder + "\nMaybe name the folder that holds the files themselves");
      }
      return found;
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, "cannot list " + folder + ": " + e + "\nMaybe check the path", e);
    }
  }

  /** The shops in the order of their names. */
  List<Path> files() {
    return files;
  }

  /** The best known value of a file's shop. */
  OptionalDouble known(Path file) {
    return known.of(name(file));
  }

  static String name(Path file) {
    return String.valueOf(file.getFileName())
        .replaceFirst("\\.(gz|zip)$", "")
        .replaceFirst("\\.[A-Za-z]+$", "");
  }

  /** Numbers in names sort by value. */
  private static String sortable(Path file) {
    return DIGITS
        .matcher(name(file))
        .replaceAll(d -> String.format(Locale.ROOT, "%19s", d.group()).replace(' ', '0'));
  }

  Reply table(
      String command,
      ShopSource source,
      Planning planning,
      Consumer<String> say,
      BooleanSupplier stopping)
      throws InterruptedException {
    Reply reply = new Reply(command);
    reply.line(
        String.format(FORM, "instance", "size", "value", "bound", "best known", "gap", "seconds"));
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    double sum = 0;
    int counted = 0;
    int bad = 0;
    for (Path file : files) {
      if (stopping.getAsBoolean()) {
        reply.line("Stopped by Ctrl-C.");
        break;
      }
      long began = System.nanoTime();
      Shop shop;
      Solution<Schedule> solution;
      try {
        shop = source.read(file, documents);
        began = System.nanoTime();
        solution = planning.plan(shop);
      } catch (MillwrightException e) {
        if (e.code().equals(ErrorCode.JOB_CANCELLED)) {
          throw e;
        }
        // One shop that is refused must not cost the plans of the others.
        bad++;
        String said = name(file) + "  REFUSED  " + String.valueOf(e.getMessage());
        Map<String, @Nullable Object> refused = new LinkedHashMap<>();
        refused.put("instance", name(file));
        refused.put("end", "REFUSED");
        refused.put("message", e.getMessage());
        refused.put("checked", false);
        rows.add(refused);
        reply.line(said);
        say.accept(said);
        continue;
      }
      double seconds = (System.nanoTime() - began) * 1e-9;
      OptionalDouble best = known.of(name(file));
      Map<String, @Nullable Object> row = row(name(file), shop, solution, best, seconds);
      boolean good =
          solution.value().isPresent()
              && ScheduleChecker.check(shop, solution.value().get()).isEmpty();
      bad += good ? 0 : 1;
      row.put("checked", good);
      rows.add(row);
      if (row.get("gap") instanceof Double gap) {
        sum += gap;
        counted++;
      }
      String line = line(row) + (good ? "" : "  NO GOOD PLAN");
      reply.line(line);
      say.accept(line);
    }
    String mean =
        counted == 0
            ? "no best known values, so no gaps"
            : String.format(
                Locale.ROOT,
                "mean gap %.3f %% over %d of %d instances",
                100 * sum / counted,
                counted,
                rows.size());
    reply.line(mean).put("instances", rows).put("file", known.file());
    reply.put("meanGap", counted == 0 ? null : sum / counted).put("counted", counted);
    return bad == 0 ? reply : reply.line(bad + " instances without a good plan").failed();
  }

  private static Map<String, @Nullable Object> row(
      String name, Shop shop, Solution<Schedule> solution, OptionalDouble best, double seconds) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("instance", name);
    row.put("size", shop.jobs().size() + "x" + shop.machines().size());
    row.put("end", solution.end());
    if (solution.value().isPresent()) {
      ObjectiveValue v = solution.objective();
      row.put("value", v.value());
      row.put("bound", v.bound().isPresent() ? v.bound().getAsDouble() : null);
      row.put("foundBy", v.foundBy());
      row.put("provedBy", v.provedBy());
      if (best.isPresent()) {
        double b = best.getAsDouble();
        row.put("gap", b == 0 && v.value() == 0 ? 0.0 : (v.value() - b) / Math.max(1e-9, b));
      }
    }
    row.put("bestKnown", best.isPresent() ? best.getAsDouble() : null);
    row.put("seconds", seconds);
    return row;
  }

  private static String line(Map<String, @Nullable Object> row) {
    return String.format(
        Locale.ROOT,
        FORM,
        row.get("instance"),
        row.get("size"),
        cell(row.get("value")),
        cell(row.get("bound")),
        cell(row.get("bestKnown")),
        row.get("gap") instanceof Double gap
            ? String.format(Locale.ROOT, "%.2f %%", 100 * gap)
            : "-",
        String.format(Locale.ROOT, "%.1f", (Double) row.get("seconds")));
  }

  private static String cell(@Nullable Object value) {
    return value instanceof Double d ? SchedulePlan.number(d) : "-";
  }
}
