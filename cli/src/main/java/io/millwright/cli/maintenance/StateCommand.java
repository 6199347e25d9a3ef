package io.millwright.cli.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Predictor;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.TableOptions;
import io.millwright.cli.kit.Texts;
import io.millwright.cli.pages.StatePage;
import io.millwright.maintenance.ComponentState;
import io.millwright.maintenance.ComponentStates;
import io.millwright.maintenance.LabelledSequence;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.StateModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The states of components from sequences. */
@Command(
    name = "state",
    sortOptions = false,
    description = {
      "Names the state of each component of a machine from sequences of several sensors.",
      "Give one text file for each sensor: a line is a sequence (a cycle, a stroke, a run), with",
      "its readings between tabs or commas, gzipped or not."
    },
    footer = {
      "",
      "Examples:",
      "  millwright maintenance state --learn --states profile.csv --components valve,pump"
          + " --block 50 --save press.mwb TS1.tsv.gz VS1.tsv.gz",
      "  millwright maintenance state --model press.mwb TS1.tsv.gz VS1.tsv.gz --html state.html",
      "  millwright maintenance state --model press.mwb --states truth.csv TS1.tsv.gz VS1.tsv.gz"
          + " --json"
    })
final class StateCommand extends DeskCommand {

  private static final int SHOWN = 20;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "A file for each sensor.")
  List<Path> files = List.of();

  @Option(names = "--learn", description = "Learn from the sequences and their states.")
  boolean learn;

  @Option(names = "--model", paramLabel = "FILE", description = "A saved model of states.")
  @Nullable Path model;

  @Option(names = "--save", paramLabel = "FILE", description = "Save what was learnt.")
  @Nullable Path save;

  @Option(
      names = "--states",
      paramLabel = "CSV",
      description = "A table with a row for each sequence: known states, to learn or to compare.")
  @Nullable Path states;

  @Option(
      names = "--components",
      paramLabel = "COL",
      split = ",",
      description = "Columns of the table to learn. Default: all but the specimen.")
  List<String> components = List.of();

  @Option(
      names = "--specimen",
      paramLabel = "COL",
      description = "A column of the table whose values are never divided when judging.")
  @Nullable String specimen;

  @Option(
      names = "--block",
      paramLabel = "N",
      description = "So many sequences in a row stand for one specimen.")
  @Nullable Integer block;

  @Option(names = "--no-network", description = "Try no network beside the discriminants.")
  boolean noNetwork;

  @Mixin TableOptions tables = new TableOptions();

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page.")
  @Nullable Path html;

  StateCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    if (learn == (model != null)) {
      throw misused("give one of --learn and --model");
    }
    if (learn && (states == null || save == null)) {
      throw misused("--learn needs --states and --save");
    }
    if (specimen != null && block != null) {
      throw misused("give one of --specimen and --block");
    }
    if (block != null && block < 1) {
      throw misused("--block is " + block + ", but a block has at least one sequence");
    }
    List<Table> sequences = SequenceFiles.read(files);
    Map<String, List<@Nullable String>> known = states == null ? Map.of() : known(millwright);
    known.forEach(
        (name, column) -> {
          if (column.size() != sequences.size()) {
            throw new MillwrightException(
                ErrorCode.BAD_FILE,
                states
                    + " has "
                    + column.size()
                    + " rows, but the sensors have "
                    + sequences.size()
                    + " sequences\nMaybe the table has a row for each line of the sensors' files");
          }
        });
    return learn ? learnt(millwright, sequences, known) : judged(millwright, sequences, known);
  }

  /** Columns of the table, as texts. */
  private Map<String, List<@Nullable String>> known(Millwright millwright) {
    Table table =
        tables
            .read(millwright.tables(), java.util.Objects.requireNonNull(states), this::say)
            .table();
    List<String> names =
        new ArrayList<>(components.isEmpty() ? table.schema().names() : components);
    if (specimen != null) {
      names.remove(specimen);
      names.add(specimen);
    }
    Map<String, List<@Nullable String>> columns = new LinkedHashMap<>();
    for (String name : names) {
      if (table.schema().indexOf(name) < 0) {
        throw new MillwrightException(
            ErrorCode.MISSING_COLUMN,
            states
                + " has no column "
                + name
                + "; it has "
                + table.schema().names()
                + "\nMaybe it is written otherwise");
      }
      columns.put(name, texts(table, name));
    }
    return columns;
  }

  private static List<@Nullable String> texts(Table table, String name) {
    if (table.schema().column(name).type() != ColumnType.NUMBER) {
      return table.labels(name);
    }
    List<@Nullable String> texts = new ArrayList<>();
    for (double v : table.numbers(name)) {
      texts.add(Double.isNaN(v) ? null : v == Math.rint(v) ? Long.toString((long) v) : "" + v);
    }
    return texts;
  }

  private Reply learnt(
      Millwright millwright, List<Table> sequences, Map<String, List<@Nullable String>> known)
      throws InterruptedException {
    List<LabelledSequence> data = new ArrayList<>();
    for (int i = 0; i < sequences.size(); i++) {
      int at = i;
      Map<String, String> own = new LinkedHashMap<>();
      known.forEach(
          (name, column) -> {
            String state = column.get(at);
            if (state != null && !name.equals(specimen)) {
              own.put(name, state);
            }
          });
      String group = block == null ? "" : "block " + i / block;
      if (specimen != null) {
        group = String.valueOf(known.getOrDefault(specimen, List.of()).get(i));
      }
      if (!own.isEmpty()) {
        data.add(new LabelledSequence(sequences.get(i), own, group));
      }
    }
    StateModel learnt =
        await(millwright.plugin(Maintenance.class).states().network(!noNetwork).train(data));
    Path to = java.util.Objects.requireNonNull(save);
    learnt.saveTo(to);
    Reply reply = new Reply(name());
    reply.line("Learnt", data.size() + " sequences of " + files.size() + " sensors");
    learnt.choices().forEach(reply::line);
    reply.line("Judged", learnt.evaluation().protocol());
    reply.line("Saved", to.toString());
    reply.put("components", learnt.components()).put("choices", learnt.choices());
    reply.put("heldOut", learnt.evaluation().figures());
    reply.put("protocol", learnt.evaluation().protocol()).put("saved", to);
    if (html != null) {
      StatePage.learnt(learnt).writeTo(html);
      reply.line("Page", html.toString()).put("page", html);
    }
    return reply;
  }

  private Reply judged(
      Millwright millwright, List<Table> sequences, Map<String, List<@Nullable String>> known) {
    Reply reply = new Reply(name());
    List<@Nullable ComponentStates> answers = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    try (Predictor<Table, ComponentStates> predictor =
        millwright.open(Maintenance.STATE, java.util.Objects.requireNonNull(model))) {
      for (int i = 0; i < sequences.size(); i++) {
        int number = i + 1;
        answers.add(
            predictor
                .predict(sequences.get(i))
                .<@Nullable ComponentStates>fold(
                    p -> {
                      remarks.add(Texts.flags(p.flags()));
                      return p.value();
                    },
                    a -> {
                      say("sequence " + number + ": " + Texts.noAnswer(a.findings()));
                      remarks.add("unlike all of training");
                      return null;
                    }));
      }
    }
    List<Map<String, Object>> documents = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      ComponentStates answer = answers.get(i);
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("sequence", i + 1);
      StringBuilder words = new StringBuilder();
      if (answer != null) {
        answer
            .components()
            .forEach(
                (name, state) -> {
                  words.append(words.length() == 0 ? "" : ", ");
                  words.append(name).append(' ').append(words(state));
                  document.put(
                      name,
                      Map.of(
                          "state", state.state(),
                          "possible", state.possible(),
                          "probabilities", state.probabilities()));
                });
      }
      words.append(remarks.get(i));
      if (!remarks.get(i).isBlank()) {
        document.put("remark", remarks.get(i).strip());
      }
      if (i < SHOWN) {
        reply.line("sequence " + (i + 1) + ": " + words);
      }
      documents.add(document);
    }
    if (answers.size() > SHOWN) {
      reply.line("and " + (answers.size() - SHOWN) + " more");
    }
    reply.put("sequences", documents);
    Map<String, Double> right = right(answers, known);
    right.forEach(
        (name, share) -> reply.line(name, String.format(Locale.ROOT, "%.3f right", share)));
    if (!right.isEmpty()) {
      reply.put("right", right);
    }
    if (html != null) {
      StatePage.judged(answers, right).writeTo(html);
      reply.line("Page", html.toString()).put("page", html);
    }
    return reply;
  }

  private static String words(ComponentState state) {
    return state.possible().size() == 1 ? state.state() : String.join(" or ", state.possible());
  }

  /** The share of right states where the truth is known; abstentions are wrong. */
  private static Map<String, Double> right(
      List<@Nullable ComponentStates> answers, Map<String, List<@Nullable String>> known) {
    Map<String, Double> right = new LinkedHashMap<>();
    known.forEach(
        (name, column) -> {
          int hits = 0;
          int judged = 0;
          boolean ours = false;
          for (int i = 0; i < answers.size(); i++) {
            ComponentStates answer = answers.get(i);
            ComponentState state = answer == null ? null : answer.components().get(name);
            ours |= state != null;
            String truth = column.get(i);
            if (truth != null) {
              judged++;
              hits += state != null && state.state().equals(truth) ? 1 : 0;
            }
          }
          if (ours && judged > 0) {
            right.put(name, hits / (double) judged);
          }
        });
    return right;
  }
}
