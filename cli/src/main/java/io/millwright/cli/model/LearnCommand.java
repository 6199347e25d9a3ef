package io.millwright.cli.model;

import io.millwright.api.DataReport;
import io.millwright.api.Evaluation;
import io.millwright.api.Millwright;
import io.millwright.api.TableTrainer;
import io.millwright.api.Trained;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.ModelKind;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Privacy;
import io.millwright.api.learn.Split;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Durations;
import io.millwright.cli.kit.HeldOut;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.TableOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Learns a column of a table from the others. */
@Command(
    name = "learn",
    sortOptions = false,
    description = {
      "Learns a column of a CSV file from the others: a number or a class, from single rows or from"
          + " windows of sequences.",
      "Without --network it takes what answers best on held-out data."
    },
    footer = {
      "",
      "Examples:",
      "  millwright learn parts.csv --target strength --out strength.mwb",
      "  millwright learn parts.csv --target strength --network mlp:64,32 --epochs 100 --patience"
          + " 10",
      "  millwright learn parts.csv --target verdict --ignore strength --among decision-tree",
      "  millwright learn readings.csv --target wear --group machine --window 30 --network"
          + " lstm:128,64",
      "  millwright learn people.csv --target leaves --network mlp:32,16 --private 1"
    })
final class LearnCommand extends DeskCommand {

  /** The share of rows that judge a private training: folds would each use up what is promised. */
  private static final double HELD_OUT = 0.2;

  @Parameters(index = "0", paramLabel = "CSV", description = "The table, with a heading.")
  Path csv = Path.of("");

  @Option(
      names = "--target",
      required = true,
      paramLabel = "COL",
      description = "The column that is learnt: classes for labels, else a number.")
  String target = "";

  @Option(
      names = "--group",
      paramLabel = "COL",
      description = "The column of machines or lots: rows that are never divided.")
  @Nullable String group;

  @Option(
      names = "--time",
      paramLabel = "COL",
      description = {
        "The column that orders rows; later ones judge earlier ones, then the chosen model learns",
        "anew from all."
      })
  @Nullable String time;

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "Answer from the last N rows of a sequence instead of one row.")
  @Nullable Integer window;

  @Option(
      names = "--ignore",
      paramLabel = "COL",
      split = ",",
      description = "Columns that are no inputs.")
  List<String> ignored = List.of();

  @Option(
      names = "--trust",
      paramLabel = "COL",
      split = ",",
      description = {
        "Columns that are inputs although they give the answer away; the target's own name keeps",
        "targets far from all others, which are left out otherwise."
      })
  List<String> trusted = List.of();

  @Option(
      names = "--network",
      paramLabel = "NET",
      converter = NetworkText.class,
      description = "Such as mlp:64,32 or lstm:128,64. Default: chosen among several.")
  @Nullable Network network;

  @Option(
      names = "--among",
      paramLabel = "KIND",
      split = ",",
      converter = KindText.class,
      description = {
        "Choose among these kinds of models alone: linear, additive, decision-tree,",
        "boosted-trees, network. The first three can be read."
      })
  List<ModelKind> kinds = List.of();

  @Option(names = "--rate", paramLabel = "X", description = "The step size of Adam, such as 0.001.")
  @Nullable Double rate;

  @Option(names = "--epochs", paramLabel = "N", description = "How often all rows are seen.")
  @Nullable Integer epochs;

  @Option(names = "--batch", paramLabel = "N", description = "How many rows one step sees.")
  @Nullable Integer batch;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Epochs without progress before it stops early; 0 for never.")
  @Nullable Integer patience;

  @Option(
      names = "--private",
      paramLabel = "NOISE",
      description = {
        "Train the named network with differential privacy: the noise over the longest gradient of"
            + " a",
        "row, such as 1. What it promises (epsilon) is reported; more noise promises more and costs"
            + " accuracy."
      })
  @Nullable Double noise;

  @Option(
      names = "--delta",
      paramLabel = "P",
      description =
          "With --private: the probability that the promise fails. Default: 1e-5 or less.")
  @Nullable Double delta;

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
      description = "Try more networks within a time such as 5m.")
  @Nullable Duration auto;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The model's file. Default: ${DEFAULT-VALUE}.",
      defaultValue = "model.mwb")
  Path out = Path.of("model.mwb");

  @Mixin TableOptions tables = new TableOptions();

  LearnCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public boolean stopsEarly() {
    return true;
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    if (auto != null && network != null) {
      throw misused("--auto chooses the network itself: leave out --network");
    }
    if (network != null && !kinds.isEmpty()) {
      throw misused("--network names the model already: leave out --among");
    }
    checkPrivate();
    ReadTable read = tables.read(millwright.tables(), csv, this::say);
    Table whole = TableOptions.ordered(read, csv, time).table();
    Table table = whole.without(ignored.toArray(String[]::new));
    TableTrainer<Object> trainer = trainer(millwright, table.rows());
    DataReport data = trainer.examine(table);
    data.remarks().forEach(remark -> say("Data: " + remark));
    Trained<Table, Object> model = await(trainer.train(table));
    model.saveTo(out);
    Evaluation evaluation = model.evaluation();
    Reply reply = new Reply(name());
    reply.line(
        "Data", csv + ": " + data.rows() + " rows, " + data.learnt() + " of them learnt from");
    boolean classes = !model.info().classes().isEmpty();
    HeldOut.lines(reply, evaluation);
    HeldOut.chosen(reply, evaluation);
    HeldOut.readable(reply, evaluation);
    Object promised = model.info().provenance().settings().get("privacy");
    if (promised != null) {
      reply.line("Private", promised.toString()).put("privacy", promised);
    }
    reply.line("Inputs", model.info().inputs().names().stream().collect(Collectors.joining(", ")));
    return reply
        .line("Saved", out.toString())
        .put("file", out)
        .put("digest", model.info().digest())
        .put("answers", classes ? "classes" : "number")
        .put("rows", data.rows())
        .put("learnt", data.learnt())
        .put("remarks", data.remarks())
        .put("heldOut", HeldOut.document(evaluation));
  }

  private void checkPrivate() {
    if (noise == null) {
      if (delta != null) {
        throw misused("--delta belongs to --private");
      }
      return;
    }
    if (!(noise > 0) || Double.isInfinite(noise)) {
      throw misused("--private is " + noise + ", but must be a noise above 0, such as 1");
    }
    if (delta != null && !(delta > 0 && delta < 1)) {
      throw misused("--delta is " + delta + ", but must lie between 0 and 1, such as 1e-5");
    }
    if (network == null) {
      throw misused(
          "--private needs --network: a choice among models judges them by rows without noise");
    }
    if (patience != null && patience > 0) {
      throw misused("--private trains without --patience: stopping early looks at rows held out");
    }
  }

  private TableTrainer<Object> trainer(Millwright millwright, int rows) {
    TableTrainer<Object> trainer = millwright.learning().target(target);
    if (group != null) {
      trainer = trainer.group(group);
    }
    if (time != null) {
      trainer = trainer.time(time);
    }
    if (window != null) {
      trainer = trainer.window(window);
    }
    if (network != null) {
      trainer = trainer.network(network);
    }
    if (noise != null) {
      trainer = trainer.learning(privately(noise, rows)).split(Split.holdOut(HELD_OUT));
    } else if (rate != null || epochs != null || batch != null || patience != null) {
      trainer = trainer.learning(learning());
    }
    if (!kinds.isEmpty()) {
      trainer =
          trainer.among(kinds.get(0), kinds.subList(1, kinds.size()).toArray(new ModelKind[0]));
    }
    if (auto != null) {
      trainer = trainer.auto(auto);
    }
    return trainer.key(key).trusting(trusted.toArray(String[]::new));
  }

  /** What Keras would take: Adam at 0.001, batches of 32; and early stopping after ten epochs. */
  private Learning learning() {
    Learning learning = Learning.adam(rate == null ? 1e-3 : rate).earlyStopping(10);
    if (epochs != null) {
      learning = learning.epochs(epochs);
    }
    if (batch != null) {
      learning = learning.batch(batch);
    }
    return patience == null ? learning : learning.earlyStopping(patience);
  }

  /** Large lots and few steps, which cost the least accuracy for the same promise. */
  private Learning privately(double over, int rows) {
    double fails = delta == null ? Math.min(1e-5, 0.1 / Math.max(1, rows)) : delta;
    return Learning.adam(rate == null ? 3e-3 : rate)
        .batch(batch == null ? Math.max(1, Math.min(256, rows / 20)) : batch)
        .epochs(epochs == null ? 40 : epochs)
        .privacy(new Privacy(over, 1, fails));
  }
}
