package io.millwright.cli.maintenance;

import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.UnitHistory;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.SensorCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Predicts how long units will still live. */
@Command(
    name = "predict",
    sortOptions = false,
    description = {
      "Says for each unit how many cycles it will still live, with a 90 %% interval.",
      "Without --data and file it asks about the units of the simulated press shop."
    },
    footer = {
      "",
      "Examples:",
      "  millwright maintenance life predict --model press-shop.mwb",
      "  millwright maintenance life predict --model turbofan-FD001.mwb --data c-mapss --subset"
          + " FD001",
      "  millwright maintenance life predict --model press-shop.mwb readings.csv --unit-column"
          + " press --json",
      "  millwright maintenance life predict --model press-shop.mwb --sensors sensors.mwb"
    })
final class RulPredict extends DeskCommand {

  @Option(names = "--model", required = true, paramLabel = "FILE", description = "The model.")
  Path model = Path.of("");

  @Option(
      names = "--sensors",
      paramLabel = "FILE",
      description = {
        "A model of sensors (maintenance sensors --learn): readings of sensors that lie are",
        "replaced by what the others say, and the interval is widened."
      })
  @Nullable Path sensors;

  @Mixin RulSource source = new RulSource();

  @Mixin HistoryOptions histories = new HistoryOptions();

  RulPredict(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    if (histories.csv != null && !source.simulated()) {
      throw misused("give either a CSV file or --data, not both");
    }
    Reply reply = new Reply(name());
    List<Map<String, @Nullable Object>> predictions = new ArrayList<>();
    Predictor<UnitHistory, Cycles> life = millwright.open(Maintenance.REMAINING_LIFE, model);
    List<Column> inputs = new ArrayList<>(life.info().inputs().columns());
    if (sensors != null) {
      Predictor<UnitHistory, SensorCheck> guard = millwright.open(Maintenance.SENSORS, sensors);
      // What says whether a sensor lies need not say anything about life.
      guard.info().inputs().columns().stream()
          .filter(c -> inputs.stream().noneMatch(i -> i.name().equals(c.name())))
          .forEach(inputs::add);
      life = millwright.plugin(Maintenance.class).guarded(life, guard);
    }
    try (Predictor<UnitHistory, Cycles> asked = life) {
      List<UnitHistory> units =
          histories.csv == null
              ? source.parts().stream().flatMap(p -> p.running().get().stream()).toList()
              : histories.units(millwright.tables(), new Schema(inputs), this::say);
      List<Outcome<Cycles>> outcomes = asked.predictAll(units);
      for (int i = 0; i < units.size(); i++) {
        UnitHistory unit = units.get(i);
        reply.line(
            unit.unit() + " after " + unit.length() + " cycles: " + Lives.text(outcomes.get(i)));
        predictions.add(Lives.document(unit, outcomes.get(i)));
      }
    }
    return reply.put("model", model).put("predictions", predictions);
  }
}
