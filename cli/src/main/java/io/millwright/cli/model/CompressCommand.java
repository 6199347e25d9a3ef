package io.millwright.cli.model;

import io.millwright.api.Millwright;
import io.millwright.api.ModelSource;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Network;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.TableOptions;
import io.millwright.core.shrink.Shrink;
import io.millwright.core.shrink.ShrinkReport;
import io.millwright.core.shrink.ShrinkSamples;
import io.millwright.core.shrink.Shrinking;
import io.millwright.runtime.compress.Compression;
import io.millwright.runtime.compress.CompressionReport;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A smaller model of a model. */
@Command(
    name = "compress",
    sortOptions = false,
    description = {
      "Makes a smaller model of a model, within a budget of accuracy: with rounded weights (half,"
          + " bytes), with fewer units or weights that learn again (prune, sparse), or one small"
          + " network that learns from it (student).",
      "Rows that neither model learnt from judge both. When the error rises by more than the"
          + " budget, or intervals hold too few truths, nothing is written."
    },
    footer = {
      "",
      "Examples:",
      "  millwright model compress press.mwb --as half --target strength --judge later.csv",
      "  millwright model compress press.mwb --as prune --share 0.5 --target strength --learn"
          + " parts.csv --judge later.csv --budget 0.02",
      "  millwright model compress wear.mwb --as student --network lstm:16 --target wear --group"
          + " machine --learn readings.csv --judge later.csv --out small.mwb"
    })
final class CompressCommand extends DeskCommand {

  /** How many times smaller a file must be to be called so. */
  private static final double WORTH = 1.05;

  /** The ways. */
  enum Way {
    half,
    bytes,
    prune,
    sparse,
    student
  }

  @Parameters(index = "0", paramLabel = "MODEL", description = "A model's file.")
  Path file = Path.of("");

  @Option(
      names = "--as",
      required = true,
      paramLabel = "WAY",
      description = "One of half, bytes, prune, sparse and student.")
  Way way = Way.half;

  @Option(
      names = "--target",
      required = true,
      paramLabel = "COL",
      description = "The column that the model answers.")
  String target = "";

  @Option(
      names = "--judge",
      required = true,
      paramLabel = "CSV",
      description = "Rows that neither model learns from, by which both are compared.")
  Path judge = Path.of("");

  @Option(
      names = "--learn",
      paramLabel = "CSV",
      description = "Rows to learn again from, such as those the model learnt from.")
  @Nullable Path learn;

  @Option(
      names = "--group",
      paramLabel = "COL",
      description = "The column of machines or lots: rows that are never divided.")
  @Nullable String group;

  @Option(
      names = "--share",
      paramLabel = "X",
      description = "How much prune and sparse take out; ${DEFAULT-VALUE} by default.",
      defaultValue = "0.5")
  double share = 0.5;

  @Option(
      names = "--network",
      paramLabel = "NET",
      converter = NetworkText.class,
      description = "The student, such as mlp:32. Default: the model's layers with half the units.")
  @Nullable Network network;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How often all rows are seen when it learns again.")
  @Nullable Integer epochs;

  @Option(
      names = "--budget",
      paramLabel = "X",
      description = "By how much of itself the error may rise; ${DEFAULT-VALUE} by default.",
      defaultValue = "0.01")
  double budget = 0.01;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The smaller model's file. Default: ${DEFAULT-VALUE}.",
      defaultValue = "small.mwb")
  Path out = Path.of("small.mwb");

  @Mixin TableOptions tables = new TableOptions();

  CompressCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    boolean rounds = way == Way.half || way == Way.bytes;
    if (rounds && (learn != null || group != null || network != null || epochs != null)) {
      throw misused("--as " + way + " learns nothing: leave out --learn, --group, --network");
    }
    if (!rounds && learn == null) {
      throw misused("--as " + way + " learns again: name rows with --learn");
    }
    Table judged = tables.read(millwright.tables(), judge, this::say).table();
    return rounds ? rounded(millwright, judged) : shrunk(millwright, judged);
  }

  private Reply rounded(Millwright millwright, Table judged) {
    CompressionReport report =
        Compression.to(
                millwright, way == Way.half ? Compression.Form.FLOAT16 : Compression.Form.INT8)
            .budget(budget)
            .compress(file, judged, target, out);
    return reply(
        millwright, report.bytesBefore(), report.bytesAfter(), report.before(), report.after());
  }

  private Reply shrunk(Millwright millwright, Table judged) throws InterruptedException {
    Shrink how =
        switch (way) {
          case prune -> Shrink.units(share);
          case sparse -> Shrink.weights(share);
          default -> network == null ? Shrink.student() : Shrink.student(network);
        };
    how = how.budget(budget);
    how = epochs == null ? how : how.epochs(epochs);
    Table learnt =
        tables.read(millwright.tables(), Objects.requireNonNull(learn), this::say).table();
    ShrinkReport report =
        await(
            millwright
                .plugin(Shrinking.class)
                .shrink(
                    file,
                    how,
                    new ShrinkSamples(learnt, judged, target, Optional.ofNullable(group)),
                    out));
    return reply(
            millwright, report.bytesBefore(), report.bytesAfter(), report.before(), report.after())
        .line(
            "Weights",
            String.format(
                Locale.ROOT,
                "%,d to %,d that are not 0",
                report.weightsBefore(),
                report.weightsAfter()))
        .line(
            "One answer",
            String.format(
                Locale.ROOT,
                "%.1f to %.1f microseconds, %.1f times faster",
                report.microsBefore(),
                report.microsAfter(),
                report.faster()))
        .put("weightsBefore", report.weightsBefore())
        .put("weightsAfter", report.weightsAfter())
        .put("microsBefore", report.microsBefore())
        .put("microsAfter", report.microsAfter())
        .put("rise", report.rise());
  }

  private Reply reply(
      Millwright millwright,
      long bytesBefore,
      long bytesAfter,
      Map<String, Double> before,
      Map<String, Double> after) {
    Reply reply = new Reply(name());
    double ratio = (double) bytesBefore / bytesAfter;
    String size = String.format(Locale.ROOT, "%,d to %,d bytes", bytesBefore, bytesAfter);
    if (ratio >= WORTH) {
      reply.line("Size", size + String.format(Locale.ROOT, ", %.1f times smaller", ratio));
    } else {
      reply.line("Size", size);
      reply.line(
          "Beware",
          "hardly smaller, or larger: little of the file are weights of a network, and trees lose"
              + " no digit");
    }
    for (Map.Entry<String, Double> figure : new TreeMap<>(before).entrySet()) {
      reply.line(
          figure.getKey(),
          String.format(
              Locale.ROOT,
              "%.4g to %.4g",
              figure.getValue(),
              after.getOrDefault(figure.getKey(), Double.NaN)));
    }
    return reply
        .line("Saved", out.toString())
        .put("file", out)
        .put("digest", millwright.info(ModelSource.file(out)).digest())
        .put("way", way.name())
        .put("bytesBefore", bytesBefore)
        .put("bytesAfter", bytesAfter)
        .put("before", before)
        .put("after", after);
  }
}
