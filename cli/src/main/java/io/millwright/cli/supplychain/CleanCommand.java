package io.millwright.cli.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Series;
import io.millwright.api.series.SeriesModel;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.Texts;
import io.millwright.cli.pages.CleanPage;
import io.millwright.series.GapFilling;
import io.millwright.series.SeriesModels;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fills the gaps of series and names their strange values. */
@Command(
    name = "clean",
    sortOptions = false,
    description = {
      "Fills the gaps of series and names values far from what the pre-trained series model"
          + " expects.",
      "Gaps are filled on a line, along the seasons beside, or by the model: whichever fills gaps",
      "best that are planted among the known values of the series. Strange values are only named."
    },
    footer = {
      "",
      "Examples:",
      "  millwright supplychain clean demand.csv --out filled.csv --html clean.html",
      "  millwright supplychain clean load.csv --every hour --strange 6 --json"
    })
final class CleanCommand extends DeskCommand {

  private static final int MOST_NAMED = 5;

  @Mixin DemandSource source = new DemandSource();

  @Option(
      names = "--strange",
      paramLabel = "SCORE",
      defaultValue = "4",
      description = {
        "From which score on a value is named: its distance from the forecast of one period"
            + " before,",
        "in half widths of the band of four fifths. Default: ${DEFAULT-VALUE}."
      })
  double strange = 4;

  @Option(names = "--series", paramLabel = "NAME", split = ",", description = "Only these series.")
  @Nullable List<String> only;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the series without gaps (.csv): id, period, value, filled, score.")
  @Nullable Path out;

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page with the series.")
  @Nullable Path html;

  CleanCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  /** A series with what was found in it. */
  private record Cleaned(Series series, GapFilling.Filled filled, double[] scores) {
    int gaps() {
      return series.length() - series.known();
    }
  }

  @Override
  public Reply answer(Millwright millwright) {
    if (!(strange > 0)) {
      throw misused("--strange is " + strange + ", but must be above 0");
    }
    List<Series> all = DemandSource.named(source.series(millwright, this::say), only);
    SeriesModel model = SeriesModels.standard();
    List<Cleaned> cleaned = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (Series series : all) {
      if (series.known() == 0) {
        unknown.add(series.id());
        continue;
      }
      double[] values = series.toArray();
      List<Integer> seasons = series.frequency().seasons();
      cleaned.add(
          new Cleaned(
              series,
              GapFilling.fill(model, values, seasons),
              SeriesModels.strangeness(model, values, seasons)));
    }
    if (cleaned.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          source.what() + " has no series with a known value\nMaybe it has a heading only");
    }
    Reply reply = new Reply(name());
    reply.line("Data", source.what() + ", " + all.size() + " series").put("series", all.size());
    if (!unknown.isEmpty()) {
      reply.line("Without any value", String.join(", ", unknown));
    }
    CleanPage page = new CleanPage(source.what(), source.quantity());
    List<Map<String, Object>> documents = new ArrayList<>();
    for (Cleaned one : cleaned) {
      List<Integer> found = found(one);
      String words = words(one, found);
      if (one.gaps() > 0 || !found.isEmpty()) {
        reply.line(one.series.id() + ": " + words);
      }
      documents.add(document(one, found));
      page.add(one.series, one.filled.toArray(), found, words);
    }
    reply.put("cleaned", documents);
    long quiet = cleaned.stream().filter(c -> c.gaps() == 0 && found(c).isEmpty()).count();
    reply.line("Nothing to say of", quiet + " series");
    if (out != null) {
      write(out, cleaned);
      reply.line("Written", out.toString()).put("out", out);
    }
    if (html != null) {
      page.writeTo(html);
      reply.line("Report", html.toString()).put("report", html);
    }
    return reply;
  }

  /** The periods with strange values, the strangest first. */
  private List<Integer> found(Cleaned one) {
    return IntStream.range(0, one.scores.length)
        .filter(t -> one.scores[t] >= strange)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer t) -> -one.scores[t]))
        .toList();
  }

  private static String words(Cleaned one, List<Integer> found) {
    List<String> words = new ArrayList<>();
    if (one.gaps() > 0) {
      StringBuilder how =
          new StringBuilder(
              Texts.count(one.gaps(), "value") + " filled " + name(one.filled.method()));
      if (!one.filled.errors().isEmpty()) {
        List<String> errors = new ArrayList<>();
        for (GapFilling.Method method : GapFilling.Method.values()) {
          if (one.filled.errors().containsKey(method)) {
            errors.add(
                method.name().toLowerCase(Locale.ROOT)
                    + " "
                    + Figure.of(one.filled.errors().getOrDefault(method, Double.NaN)));
          }
        }
        how.append(" (mean error on planted gaps: ").append(String.join(", ", errors)).append(')');
      }
      words.add(how.toString());
    }
    if (!found.isEmpty()) {
      List<String> named = new ArrayList<>();
      for (int t : found.subList(0, Math.min(MOST_NAMED, found.size()))) {
        named.add(
            one.series.label(t)
                + " "
                + Figure.of(one.series.toArray()[t])
                + " (score "
                + Figure.of(one.scores[t], 2)
                + ")");
      }
      words.add(
          Texts.count(found.size(), "strange value")
              + ": "
              + String.join(", ", named)
              + (found.size() > MOST_NAMED ? ", …" : ""));
    }
    return words.isEmpty() ? "nothing to say" : String.join("; ", words);
  }

  private static String name(GapFilling.Method method) {
    return switch (method) {
      case LINE -> "on a line";
      case SEASONS -> "along the seasons beside";
      case MODEL -> "by the series model";
    };
  }

  private static Map<String, Object> document(Cleaned one, List<Integer> found) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", one.series.id());
    document.put("filled", one.gaps());
    document.put("method", one.filled.method().name().toLowerCase(Locale.ROOT));
    Map<String, Object> errors = new LinkedHashMap<>();
    one.filled.errors().forEach((m, e) -> errors.put(m.name().toLowerCase(Locale.ROOT), e));
    document.put("errors", errors);
    List<Map<String, Object>> strangers = new ArrayList<>();
    for (int t : found) {
      Map<String, Object> stranger = new LinkedHashMap<>();
      stranger.put("period", one.series.label(t));
      stranger.put("value", one.series.toArray()[t]);
      stranger.put("score", one.scores[t]);
      strangers.add(stranger);
    }
    document.put("strange", strangers);
    return document;
  }

  private static void write(Path file, List<Cleaned> all) {
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      writer.write("id,period,value,filled,score\n");
      for (Cleaned one : all) {
        double[] known = one.series.toArray();
        double[] values = one.filled.toArray();
        for (int t = 0; t < values.length; t++) {
          writer.write(
              '"'
                  + one.series.id().replace("\"", "\"\"")
                  + "\","
                  + one.series.label(t)
                  + ","
                  + values[t]
                  + ","
                  + (Double.isNaN(known[t]) ? 1 : 0)
                  + ","
                  + (Double.isNaN(one.scores[t]) ? "" : String.valueOf(one.scores[t]))
                  + "\n");
        }
      }
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          file + " cannot be written: " + e.getMessage() + "\nMaybe another folder was meant",
          e);
    }
  }
}
