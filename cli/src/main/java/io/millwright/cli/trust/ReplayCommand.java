package io.millwright.cli.trust;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.TableOptions;
import io.millwright.runtime.serve.Receipt;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Computes answers again from their receipts. */
@Command(
    name = "replay",
    sortOptions = false,
    description = {
      "Computes answers again from their receipts, and says whether they are the same.",
      "With --make it writes receipts instead: one line for each row. Exits with 1 when an answer"
          + " differs."
    },
    footer = {
      "",
      "Examples:",
      "  millwright replay press.mwb parts.csv receipts.jsonl --make",
      "  millwright replay press.mwb parts.csv receipts.jsonl"
    })
final class ReplayCommand extends DeskCommand {

  private static final int MOST_LISTED = 10;

  @Parameters(index = "0", paramLabel = "MODEL", description = "The model's file.")
  Path model = Path.of("");

  @Parameters(index = "1", paramLabel = "CSV", description = "The inputs, one a row.")
  Path csv = Path.of("");

  @Parameters(index = "2", paramLabel = "RECEIPTS", description = "Receipts, one a line.")
  Path receipts = Path.of("");

  @Option(names = "--make", description = "Answer every row and write its receipt.")
  boolean make;

  @Mixin TableOptions tables = new TableOptions();

  ReplayCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    try (Predictor<Table, Object> predictor = millwright.open(model)) {
      Table all =
          tables.read(millwright.tables(), csv, predictor.info().inputs(), this::say).table();
      List<Table> rows = IntStream.range(0, all.rows()).mapToObj(r -> all.slice(r, r + 1)).toList();
      return make ? made(predictor, rows) : replayed(predictor, rows);
    } catch (FileAlreadyExistsException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          receipts + " is there already, and receipts are evidence\nMaybe name another file",
          e);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "cannot read or write " + receipts + ": " + e + "\nMaybe the path is wrong",
          e);
    }
  }

  private Reply made(Predictor<Table, Object> predictor, List<Table> rows) throws IOException {
    int largest = 0;
    try (OutputStream out =
        Files.newOutputStream(receipts, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (Table row : rows) {
        Outcome<Object> outcome = predictor.predict(row);
        byte[] json = Receipt.of(row, outcome, Instant.now()).json();
        largest = Math.max(largest, json.length);
        out.write(json);
        out.write('\n');
      }
    }
    return new Reply(name())
        .line("Made", rows.size() + " receipts of at most " + largest + " bytes")
        .put("receipts", rows.size())
        .put("largest", largest);
  }

  private Receipt read(int at, String line) {
    try {
      return Receipt.read(line.getBytes(StandardCharsets.UTF_8));
    } catch (MillwrightException e) {
      throw new MillwrightException(
          e.code(), receipts + ", line " + (at + 1) + ": " + e.getMessage(), e);
    }
  }

  private Reply replayed(Predictor<Table, Object> predictor, List<Table> rows) throws IOException {
    List<String> lines = Files.readAllLines(receipts, StandardCharsets.UTF_8);
    if (lines.size() != rows.size()) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          lines.size() + " receipts for " + rows.size() + " rows\nMaybe another file belongs here");
    }
    Map<Receipt.Sameness, Integer> counts = new EnumMap<>(Receipt.Sameness.class);
    Reply reply = new Reply(name());
    int listed = 0;
    for (int i = 0; i < lines.size(); i++) {
      Receipt receipt = read(i, lines.get(i));
      Receipt.Replay replay = receipt.replay(predictor, rows.get(i));
      counts.merge(replay.sameness(), 1, Integer::sum);
      if (!replay.differences().isEmpty() && listed++ < MOST_LISTED) {
        reply.line("Row " + (i + 1), String.join("; ", replay.differences()));
      }
    }
    int different = counts.getOrDefault(Receipt.Sameness.DIFFERENT, 0);
    reply.line(
        "Replayed",
        counts.getOrDefault(Receipt.Sameness.EQUAL, 0)
            + " equal bit for bit, "
            + counts.getOrDefault(Receipt.Sameness.WITHIN_BOUND, 0)
            + " within the bound of engines, "
            + different
            + " different");
    return (different > 0 ? reply.failed() : reply)
        .put("equal", counts.getOrDefault(Receipt.Sameness.EQUAL, 0))
        .put("withinBound", counts.getOrDefault(Receipt.Sameness.WITHIN_BOUND, 0))
        .put("different", different);
  }
}
