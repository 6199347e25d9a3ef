package io.millwright.cli.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.text.Passage;
import io.millwright.api.text.PassageIndex;
import io.millwright.api.text.PassageQuery;
import io.millwright.api.text.TextTrainer;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.TableOptions;
import io.millwright.cli.pages.NotesPage;
import io.millwright.text.Passages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads short maintenance notes. */
@Command(
    name = "notes",
    sortOptions = false,
    description = {
      "Reads short maintenance notes into component, failure mode and action.",
      "Learns that from notes that have these fields; finds similar past cases; a Pareto of causes."
    },
    footer = {
      "",
      "Examples:",
      "  millwright maintenance notes orders.csv --text note --fields component,mode,action --html"
          + " notes.html",
      "  millwright maintenance notes orders.csv --text note --fields component,mode --cost cost",
      "  millwright maintenance notes orders.csv --text note --fields component --ask \"hose"
          + " leaking at boom\""
    })
final class NotesCommand extends DeskCommand {

  private static final int CASES = 3;
  private static final int SHOWN = 8;

  @Parameters(paramLabel = "CSV", description = "Past notes, with a heading.")
  Path file = Path.of("");

  @Option(names = "--text", required = true, paramLabel = "COL", description = "The notes.")
  String text = "";

  @Option(
      names = "--fields",
      required = true,
      split = ",",
      paramLabel = "COL",
      description = "What is to be read of them; may be empty in some rows.")
  List<String> fields = List.of();

  @Option(
      names = "--group",
      paramLabel = "COL",
      description = "The column of machines: their notes are never divided when judging.")
  @Nullable String group;

  @Option(
      names = "--cost",
      paramLabel = "COL",
      description = "A column of costs or hours. Default: notes are counted.")
  @Nullable String cost;

  @Option(names = "--ask", paramLabel = "TEXT", description = "A new note; may be repeated.")
  List<String> asked = List.of();

  @Option(
      names = "--least",
      paramLabel = "N",
      defaultValue = "5",
      description = "Values of a field with fewer notes are not learnt. Default: ${DEFAULT-VALUE}.")
  int least;

  @Option(
      names = "--sure",
      paramLabel = "P",
      defaultValue = "0.5",
      description =
          "An empty field is filled in where it is so probable. Default: ${DEFAULT-VALUE}.")
  double sure;

  @Option(names = "--no-encoder", description = "N-grams alone, without a sentence encoder.")
  boolean noEncoder;

  @Mixin TableOptions tables = new TableOptions();

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page.")
  @Nullable Path html;

  NotesCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  /** What of a field was learnt, said and filled in. */
  private record Field(
      String name,
      @Nullable Trained<String, ClassScores> model,
      List<@Nullable String> values,
      int known,
      int filled) {}

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    if (!(sure >= 0 && sure <= 1)) {
      throw misused("--sure is " + sure + ", but is a probability");
    }
    if (least < 1) {
      throw misused("--least is " + least + ", but a value has 1 note or more");
    }
    if (asked.stream().anyMatch(String::isBlank)) {
      throw misused("--ask has no words");
    }
    Table table = read(millwright);
    List<String> notes = new ArrayList<>();
    for (int r = 0; r < table.rows(); r++) {
      notes.add(Objects.requireNonNullElse(table.label(r, table.schema().indexOf(text)), ""));
    }
    double[] weights = new double[notes.size()];
    Arrays.fill(weights, 1);
    if (cost != null) {
      double[] costs = table.numbers(cost);
      for (int r = 0; r < weights.length; r++) {
        if (costs[r] < 0) {
          throw new MillwrightException(
              ErrorCode.BAD_VALUE,
              "row "
                  + (r + 1)
                  + " of "
                  + file
                  + ": "
                  + cost
                  + " is "
                  + Figure.of(costs[r])
                  + ", but what is summed must not be negative\n"
                  + "Maybe it stands for a missing value: then say so with --missing");
        }
        weights[r] = Double.isFinite(costs[r]) ? costs[r] : 0;
      }
    }
    Reply reply = new Reply(name());
    reply.line("Notes", notes.size() + " of " + file.getFileName());
    NotesPage page = new NotesPage(notes.size(), cost == null ? "notes" : cost);
    Map<String, Object> documents = new LinkedHashMap<>();
    List<Field> read = new ArrayList<>();
    for (String name : fields) {
      Field field = field(millwright, name, table, notes);
      read.add(field);
      Map<String, Double> pareto = pareto(field, weights);
      String words = words(field);
      reply.line(name, words);
      said(reply, pareto);
      page.field(name, words, pareto);
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("known", field.known());
      document.put("filled", field.filled());
      Trained<String, ClassScores> model = field.model();
      document.put("heldOut", model == null ? Map.of() : model.evaluation().figures());
      document.put("pareto", pareto);
      documents.put(name, document);
    }
    reply.put("fields", documents);
    if (read.size() > 1) {
      Map<String, Double> chains = chains(read, weights);
      reply.line("Together", String.join(" / ", fields));
      said(reply, chains);
      page.field(String.join(" / ", fields), "All fields together.", chains);
      reply.put("together", chains);
    }
    if (!asked.isEmpty()) {
      reply.put("asked", asked(reply, notes, read, page));
    }
    if (html != null) {
      page.writeTo(html);
      reply.line("Page", html.toString()).put("page", html);
    }
    return reply;
  }

  private Table read(Millwright millwright) {
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put(text, Column.text(text));
    for (String name : fields) {
      columns.putIfAbsent(name, Column.text(name));
    }
    if (columns.size() != fields.size() + 1) {
      throw misused("--fields names a column twice, or that of the notes");
    }
    if (group != null) {
      columns.putIfAbsent(group, Column.text(group));
    }
    if (cost != null) {
      columns.put(cost, Column.number(cost));
    }
    return tables
        .read(millwright.tables(), file, new Schema(List.copyOf(columns.values())), this::say)
        .table();
  }

  private Field field(Millwright millwright, String name, Table table, List<String> notes)
      throws InterruptedException {
    List<@Nullable String> values = table.labels(name);
    List<@Nullable String> groups = group == null ? List.of() : table.labels(group);
    Map<String, Integer> counts = new TreeMap<>();
    values.forEach(
        v -> {
          if (v != null && !v.isBlank()) {
            counts.merge(v, 1, Integer::sum);
          }
        });
    List<Sample<String, String>> samples = new ArrayList<>();
    for (int r = 0; r < notes.size(); r++) {
      String value = values.get(r);
      if (value != null && counts.getOrDefault(value, 0) >= least && !notes.get(r).isBlank()) {
        String own = groups.isEmpty() ? "row " + r : String.valueOf(groups.get(r));
        samples.add(Sample.of(own, notes.get(r), value));
      }
    }
    long classes = counts.values().stream().filter(c -> c >= least).count();
    if (classes < 2) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          name
              + " has "
              + classes
              + " values with "
              + least
              + " notes or more\nMaybe give a smaller --least, or leave the field out");
    }
    TextTrainer<String, String, ClassScores> trainer = millwright.texts().classes();
    Trained<String, ClassScores> model =
        await((noEncoder ? trainer.encoders(List.of()) : trainer).train(new Samples<>(samples)));
    List<@Nullable String> filled = new ArrayList<>(values);
    int known = 0;
    int more = 0;
    List<Integer> empty = new ArrayList<>();
    for (int r = 0; r < notes.size(); r++) {
      String value = values.get(r);
      if (value == null || value.isBlank()) {
        empty.add(r);
      } else {
        known++;
      }
    }
    try (Predictor<String, ClassScores> predictor = model.open()) {
      List<Outcome<ClassScores>> outcomes =
          predictor.predictAll(empty.stream().map(notes::get).toList());
      for (int i = 0; i < outcomes.size(); i++) {
        Map.Entry<String, Double> best = best(outcomes.get(i));
        boolean clear = best != null && best.getValue() >= sure;
        filled.set(empty.get(i), clear && best != null ? best.getKey() : null);
        more += clear ? 1 : 0;
      }
    }
    return new Field(name, model, filled, known, more);
  }

  private static Map.@Nullable Entry<String, Double> best(Outcome<ClassScores> outcome) {
    if (!(outcome instanceof Outcome.Prediction<ClassScores> p)) {
      return null;
    }
    Map.Entry<String, Double> best = null;
    for (int c = 0; c < p.value().labels().size(); c++) {
      double own = p.value().probabilities().get(c);
      if (best == null || own > best.getValue()) {
        best = Map.entry(p.value().labels().get(c), own);
      }
    }
    return best;
  }

  private String words(Field field) {
    Trained<String, ClassScores> model = field.model();
    Evaluation evaluation = model == null ? null : model.evaluation();
    String figures =
        evaluation == null
            ? ""
            : evaluation.figures().entrySet().stream()
                .filter(e -> e.getKey().contains("accuracy") || e.getKey().contains("f1"))
                .map(e -> e.getKey() + " " + Figure.of(e.getValue()))
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    return String.format(
        Locale.ROOT,
        "known in %d notes, filled in %d others; held out: %s",
        field.known(),
        field.filled(),
        figures);
  }

  /** Values by weight, the largest first. */
  private static Map<String, Double> pareto(Field field, double[] weights) {
    Map<String, Double> sums = new HashMap<>();
    for (int r = 0; r < weights.length; r++) {
      String value = field.values().get(r);
      sums.merge(value == null || value.isBlank() ? "unknown" : value, weights[r], Double::sum);
    }
    return sorted(sums);
  }

  private static Map<String, Double> chains(List<Field> read, double[] weights) {
    Map<String, Double> sums = new HashMap<>();
    for (int r = 0; r < weights.length; r++) {
      StringBuilder chain = new StringBuilder();
      for (Field field : read) {
        String value = field.values().get(r);
        chain.append(chain.length() == 0 ? "" : " / ");
        chain.append(value == null || value.isBlank() ? "unknown" : value);
      }
      sums.merge(chain.toString(), weights[r], Double::sum);
    }
    return sorted(sums);
  }

  private static Map<String, Double> sorted(Map<String, Double> sums) {
    Map<String, Double> sorted = new LinkedHashMap<>();
    sums.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(e -> sorted.put(e.getKey(), e.getValue()));
    return sorted;
  }

  private static void said(Reply reply, Map<String, Double> pareto) {
    double all = pareto.values().stream().mapToDouble(v -> v).sum();
    double sum = 0;
    int shown = 0;
    for (Map.Entry<String, Double> e : pareto.entrySet()) {
      sum += e.getValue();
      if (shown++ < SHOWN) {
        reply.line(
            "",
            String.format(
                Locale.ROOT,
                "%s: %s, %.0f %%, together %.0f %%",
                e.getKey(),
                Figure.of(e.getValue()),
                100 * e.getValue() / all,
                100 * sum / all));
      }
    }
  }

  private List<Map<String, Object>> asked(
      Reply reply, List<String> notes, List<Field> read, NotesPage page) {
    List<Passage> passages = new ArrayList<>();
    for (int r = 0; r < notes.size(); r++) {
      if (!notes.get(r).isBlank()) {
        passages.add(Passage.of("row " + (r + 1), "", notes.get(r)));
      }
    }
    Passages options = noEncoder ? Passages.index().encoders(List.of()) : Passages.index();
    List<Map<String, Object>> documents = new ArrayList<>();
    try (PassageIndex index = options.build(passages)) {
      for (String note : asked) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("note", note);
        StringBuilder words = new StringBuilder();
        for (Field field : read) {
          Map.Entry<String, Double> best = null;
          if (field.model() != null) {
            try (Predictor<String, ClassScores> predictor = field.model().open()) {
              best = best(predictor.predict(note));
            }
          }
          if (best != null) {
            words
                .append(words.length() == 0 ? "" : ", ")
                .append(field.name())
                .append(' ')
                .append(best.getKey())
                .append(String.format(Locale.ROOT, " (%.2f)", best.getValue()));
            document.put(
                field.name(), Map.of("value", best.getKey(), "probability", best.getValue()));
          }
        }
        if (words.length() == 0) {
          words.append("no word of it is known from past notes");
        }
        reply.line("\"" + note + "\"", words.toString());
        List<String> cases = new ArrayList<>();
        for (PassageIndex.Hit hit : index.search(new PassageQuery(note, CASES, Map.of()))) {
          int row = Integer.parseInt(hit.passage().id().substring("row ".length())) - 1;
          StringBuilder one =
              new StringBuilder(hit.passage().id() + ": \"" + hit.passage().text() + "\"");
          for (Field field : read) {
            String value = field.values().get(row);
            one.append(value == null || value.isBlank() ? "" : ", " + value);
          }
          cases.add(one.toString());
          reply.line("", one.toString());
        }
        document.put("cases", cases);
        documents.add(document);
        page.asked(note, words.toString(), cases);
      }
    }
    return documents;
  }
}
