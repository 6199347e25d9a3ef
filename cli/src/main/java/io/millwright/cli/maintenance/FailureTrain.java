package io.millwright.cli.maintenance;

import io.millwright.api.Millwright;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Durations;
import io.millwright.cli.kit.HeldOut;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.maintenance.FailureData;
import io.millwright.maintenance.FailureModel;
import io.millwright.maintenance.FailureTrainer;
import io.millwright.maintenance.Maintenance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Learns to foresee failures from a table. */
@Command(
    name = "train",
    sortOptions = false,
    description =
        "Learns the risk of failure from rows of readings, and says how good it is on rows held"
            + " out.",
    footer = {
      "",
      "Examples:",
      "  millwright maintenance failure train ai4i2020.csv --label 'Machine failure' --ignore"
          + " 'UDI,Product ID,TWF,HDF,PWF,OSF,RNF'",
      "  millwright maintenance failure train rows.csv --label mode --group machine --costs 10:1"
          + " --auto 5m"
    })
final class FailureTrain extends DeskCommand {

  @Mixin FailureCsv csv = new FailureCsv();

  @Option(
      names = "--ignore",
      paramLabel = "COL",
      split = ",",
      description = "Columns that are no readings, or would give the answer away.")
  List<String> ignored = List.of();

  @Option(
      names = "--group",
      paramLabel = "COL",
      description = "The column that names the machine: its rows are held out together.")
  @Nullable String group;

  @Option(
      names = "--costs",
      paramLabel = "MISSED:FALSE",
      converter = Costs.Reader.class,
      description = "What mistakes cost; the alarm threshold is the cheapest. Default: best F1.")
  @Nullable Costs costs;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The model's file. Default: ${DEFAULT-VALUE}.",
      defaultValue = "failure.mwb")
  Path out = Path.of("failure.mwb");

  @Option(
      names = "--key",
      paramLabel = "N",
      description = "The key of all randomness in training. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0")
  long key;

  @Option(
      names = "--auto",
      paramLabel = "TIME",
      converter = Durations.class,
      description =
          "Let Millwright choose preparation, network and settings within a time such as 5m.")
  @Nullable Duration auto;

  FailureTrain(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    FailureData data = csv.data(millwright.tables(), ignored, group, this::say);
    FailureCsv.looksLikeNames(data)
        .forEach(
            column ->
                say(
                    "Column \""
                        + column
                        + "\" has many labels. Maybe --ignore it, if it names single things."));
    FailureTrainer trainer = millwright.plugin(Maintenance.class).failure().key(key);
    if (costs != null) {
      trainer = trainer.costs(costs.missed(), costs.falseAlarm());
    }
    if (auto != null) {
      trainer = trainer.auto(auto);
    }
    Map<String, Long> counts =
        data.outcomes().stream()
            .collect(Collectors.groupingBy(o -> o, java.util.TreeMap::new, Collectors.counting()));
    String described =
        csv.file
            + ": "
            + data.readings().rows()
            + " rows, "
            + data.readings().schema().size()
            + " readings, outcomes "
            + counts;
    say("Training on " + described);
    FailureModel model = await(trainer.train(data));
    model.saveTo(out);
    Reply reply = new Reply(name()).line("Data", described);
    HeldOut.lines(reply, model.evaluation());
    HeldOut.chosen(reply, model.evaluation());
    return reply
        .line("Saved", out.toString())
        .put("data", described)
        .put("file", out)
        .put("digest", model.info().digest())
        .put("heldOut", HeldOut.document(model.evaluation()));
  }
}
