package io.millwright.cli.trust;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.runtime.journal.JournalEntry;
import io.millwright.runtime.journal.PredictionJournal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a journal of predictions says. */
@Command(
    name = "serve-log",
    sortOptions = false,
    description = {
      "Shows what a journal of predictions says of each model.",
      "Adds truths by id, and erases a person's predictions, on request."
    },
    footer = {
      "",
      "Examples:",
      "  millwright serve-log /srv/press/journal",
      "  millwright serve-log /srv/press/journal --truth 4711=18.5 --truth 4712=19",
      "  millwright serve-log /srv/press/journal --erase '\"operator-17\"'"
    })
final class ServeLogCommand extends DeskCommand {

  @Parameters(index = "0", paramLabel = "DIR", description = "The journal's folder.")
  Path folder = Path.of("");

  @Option(names = "--truth", paramLabel = "ID=VALUE", description = "A truth that became known.")
  Map<String, String> truths = new LinkedHashMap<>();

  @Option(
      names = "--erase",
      paramLabel = "TEXT",
      description = "Erase all predictions whose id or input has this text in it.")
  @Nullable String erase;

  ServeLogCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    Reply reply = new Reply(name()).put("journal", folder.toString());
    if (erase != null) {
      String text = erase;
      if (text.isBlank()) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "--erase has no text, which every prediction holds"
                + "\nMaybe a variable of the shell is not set");
      }
      String quoted = String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
      int gone =
          PredictionJournal.erase(
              folder,
              e -> e.id().contains(text) || e.input().contains(text) || e.input().contains(quoted));
      reply.line("Erased", gone + " predictions with \"" + text + "\"").put("erased", gone);
    }
    if (!truths.isEmpty()) {
      try (PredictionJournal journal =
          PredictionJournal.open(
              folder,
              io.millwright.runtime.journal.InputPolicy.NONE,
              PredictionJournal.WhenFull.WAIT,
              1000,
              Clock.systemUTC())) {
        truths.forEach(journal::truth);
      }
      reply.line("Added", truths.size() + " truths");
    }
    Map<String, List<JournalEntry>> byModel = new LinkedHashMap<>();
    List<JournalEntry> entries = PredictionJournal.read(folder);
    Set<String> unknown = new LinkedHashSet<>(truths.keySet());
    entries.forEach(e -> unknown.remove(e.id()));
    if (!unknown.isEmpty()) {
      reply.line("Waiting", "no prediction yet has " + unknown).put("waiting", unknown);
    }
    for (JournalEntry e : entries) {
      byModel.computeIfAbsent(e.model(), m -> new ArrayList<>()).add(e);
    }
    List<Map<String, Object>> models = new ArrayList<>();
    byModel.forEach((model, all) -> models.add(model(reply, model, all)));
    if (byModel.isEmpty()) {
      reply.line("no predictions");
    }
    return reply.put("models", models);
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN; // a label
    }
  }

  private static Map<String, Object> model(Reply reply, String digest, List<JournalEntry> all) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("model", digest);
    map.put("predictions", all.size());
    long abstained = all.stream().filter(e -> e.answer().isEmpty()).count();
    map.put("abstentions", abstained);
    int known = 0;
    int right = 0;
    int numbers = 0;
    int intervals = 0;
    int held = 0;
    double error = 0;
    for (JournalEntry e : all) {
      if (e.truth().isEmpty() || e.answer().isEmpty()) {
        continue;
      }
      known++;
      String truth = e.truth().get();
      right += truth.equals(e.answer()) ? 1 : 0;
      double t = number(truth);
      double answered = number(e.answer());
      if (Double.isNaN(t) || Double.isNaN(answered)) {
        continue;
      }
      error += Math.abs(t - answered);
      numbers++;
      if (!Double.isNaN(e.low())) {
        intervals++;
        held += t >= e.low() && t <= e.high() ? 1 : 0;
      }
    }
    map.put("truths", known);
    reply.line(
        "Model",
        digest.substring(0, Math.min(16, digest.length()))
            + ": "
            + all.size()
            + " predictions from "
            + all.get(0).at()
            + " to "
            + all.get(all.size() - 1).at()
            + ", "
            + abstained
            + " abstentions, "
            + known
            + " truths");
    if (intervals > 0) {
      map.put("coverage 90", (double) held / intervals);
      reply.line("Coverage", Figure.of(100.0 * held / intervals, 3) + " % of 90 % intervals");
    }
    if (numbers > 0 && numbers == known && intervals > 0) {
      map.put("mae", error / numbers);
      reply.line("Error", Figure.of(error / numbers) + " mean absolute error");
    } else if (known > 0) {
      map.put("accuracy", (double) right / known);
      reply.line("Accuracy", Figure.of(100.0 * right / known, 3) + " % of answers were right");
    }
    return map;
  }
}
