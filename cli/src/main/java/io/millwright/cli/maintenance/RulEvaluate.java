package io.millwright.cli.maintenance;

import io.millwright.api.Evaluation;
import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.UnitHistory;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HeldOut;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.KnownLife;
import io.millwright.maintenance.Maintenance;
import io.millwright.reports.Figures;
import io.millwright.samples.plant.Beginnings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges a model on units whose remaining life is known. */
@Command(
    name = "evaluate",
    sortOptions = false,
    description = "Judges a model on the test units of a data set.",
    footer = {
      "",
      "Examples:",
      "  millwright maintenance life evaluate --model press-shop.mwb",
      "  millwright maintenance life evaluate --model turbofan-FD001.mwb --data c-mapss --subset"
          + " FD001 --cut-beginnings"
    })
final class RulEvaluate extends DeskCommand {

  @Option(names = "--model", required = true, paramLabel = "FILE", description = "The model.")
  Path model = Path.of("");

  @Mixin RulSource source = new RulSource();

  @Mixin HistoryOptions histories = new HistoryOptions();

  @Option(
      names = "--cut-beginnings",
      description = {
        "Cut a random part off the beginning of each history, down to no less than 30 cycles,",
        "as if nobody had recorded the unit when it was new."
      })
  boolean cutBeginnings;

  @Option(
      names = "--key",
      paramLabel = "N",
      description = "The key of the cuts. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0")
  long key;

  RulEvaluate(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    if (histories.csv != null && !source.simulated()) {
      throw misused("give either a CSV file or --data, not both");
    }
    Reply reply = new Reply(name());
    List<Map<String, @Nullable Object>> evaluations = new ArrayList<>();
    try (Predictor<UnitHistory, Cycles> life = millwright.open(Maintenance.REMAINING_LIFE, model)) {
      for (RulSource.Part part : source.parts(histories, millwright.tables(), this::say)) {
        List<KnownLife> truths = part.test().get();
        if (cutBeginnings) {
          truths = Beginnings.cut(truths, key);
        }
        Evaluation evaluation = millwright.plugin(Maintenance.class).evaluate(life, truths);
        String how = cutBeginnings ? ", beginnings cut at random" : "";
        reply.line(
            part.title()
                + ", "
                + evaluation.samples()
                + " units"
                + how
                + "; errors and widths in cycles");
        evaluation
            .figures()
            .forEach(
                (name, value) ->
                    reply.line(
                        String.format(
                            "  %-38s %s", Figures.title(name), Figures.text(name, value))));
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("data", part.title());
        document.put("cutBeginnings", cutBeginnings);
        document.putAll(HeldOut.document(evaluation));
        evaluations.add(document);
      }
    }
    return reply.put("model", model).put("evaluations", evaluations);
  }
}
