package io.millwright.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.millwright.api.Millwright;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.text.Passage;
import io.millwright.api.text.PassageIndex;
import io.millwright.api.text.PassageQuery;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.TableOptions;
import io.millwright.cli.kit.Texts;
import io.millwright.text.Passages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds the passages that answer a question. */
@Command(
    name = "ask",
    sortOptions = false,
    description = {
      "Finds the passages of a manual, of questions and answers, or of old cases that answer a"
          + " question: quoted, with source and page, and none when nothing fits.",
      "Passages come from JSON documents, one a line (id, title, text, source, page), or from a"
          + " CSV file."
    },
    footer = {
      "",
      "Examples:",
      "  millwright model ask manual.jsonl \"how do I reset the remote control\"",
      "  millwright model ask orders.csv --text note \"bucket hose leaking\" --filter machine=A",
      "  millwright model ask manual.jsonl --questions questions.jsonl"
    })
final class AskText extends DeskCommand {

  private static final int DEPTH = 10;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "Passages: JSON documents (.jsonl, .jsonl.gz), a CSV file, or a kept index.")
  Path file = Path.of("");

  @Parameters(index = "1..*", paramLabel = "QUESTION", description = "What is asked.")
  List<String> questions = List.of();

  @Option(names = "--text", paramLabel = "COL", description = "The column of texts of a CSV file.")
  @Nullable String text;

  @Option(names = "--title", paramLabel = "COL", description = "The column of headings.")
  @Nullable String title;

  @Option(names = "--id", paramLabel = "COL", description = "The column of ids.")
  @Nullable String id;

  @Option(
      names = "--most",
      paramLabel = "N",
      description = "How many passages. Default: ${DEFAULT-VALUE}.",
      defaultValue = "5")
  int most;

  @Option(
      names = "--filter",
      paramLabel = "FIELD=VALUE",
      split = ",",
      description = "Only passages with these values.")
  Map<String, String> filters = new LinkedHashMap<>();

  @Option(
      names = "--fields",
      paramLabel = "COL,..",
      split = ",",
      description = "More columns of a CSV file that are shown.")
  List<String> fields = List.of();

  @Option(
      names = "--language",
      paramLabel = "CODE",
      description = "The language of the passages, such as en or zh. Default: guessed.")
  @Nullable String language;

  @Option(names = "--no-encoder", description = "Words alone, without a sentence encoder.")
  boolean noEncoder;

  @Option(
      names = "--least",
      paramLabel = "P",
      description =
          "Answer only with a passage that is so probably right. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0.5")
  double least;

  @Option(
      names = "--questions",
      paramLabel = "FILE",
      description =
          "Judge by questions whose passages are known: documents with question, relevant (ids)"
              + " and, where it is known, answer (words of the manual), one a line.")
  @Nullable Path known;

  @Option(
      names = "--alike",
      paramLabel = "COL,..",
      split = ",",
      description = "Judge by rows of the CSV file: right are passages with the same values.")
  List<String> alike = List.of();

  @Option(
      names = "--test-where",
      paramLabel = "COL=V,..",
      description = "With --alike, the rows that ask; the others are searched.")
  @Nullable String testWhere;

  @Option(names = "--keep", paramLabel = "FOLDER", description = "Keep the index in a folder.")
  @Nullable Path keep;

  @Mixin TableOptions tables = new TableOptions();

  AskText(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    Reply reply = new Reply(name());
    List<Asked> asked = new ArrayList<>();
    try (PassageIndex index = index(millwright, asked)) {
      reply.line("Passages", Texts.count(index.size(), "passage"));
      if (known != null) {
        for (JsonNode question : PassageFile.documents(known)) {
          Set<String> right = new HashSet<>();
          question.path("relevant").forEach(r -> right.add(r.asText()));
          asked.add(
              new Asked(
                  question.path("question").asText(), right, question.path("answer").asText("")));
        }
      }
      if (!asked.isEmpty()) {
        return judged(reply, index, asked);
      }
      if (questions.isEmpty()) {
        throw misused("What is asked?");
      }
      return said(reply, index, String.join(" ", questions));
    }
  }

  /** A question, the passages that are right, and its answer where that is known. */
  private record Asked(String question, Set<String> right, String answer) {}

  private PassageIndex index(Millwright millwright, List<Asked> asked) {
    if (Files.isDirectory(file)) {
      return Passages.open(file);
    }
    Passages options = Passages.index();
    if (language != null) {
      options = options.language(language);
    }
    if (noEncoder) {
      options = options.encoders(List.of());
    }
    if (keep != null) {
      options = options.folder(keep);
    }
    return options.build(passages(millwright, asked));
  }

  private List<Passage> passages(Millwright millwright, List<Asked> asked) {
    if (PassageFile.isJson(file)) {
      return PassageFile.passages(file);
    }
    if (text == null) {
      throw misused(
          file
              + " is read as CSV, since its name does not end in .jsonl: name its column of texts"
              + " with --text");
    }
    Table table =
        tables.read(millwright.tables(), file, new Schema(columns(text)), this::say).table();
    List<Passage> all = PassageFile.passages(table, file, text, title, id);
    if (alike.isEmpty()) {
      return all;
    }
    String[] where = testWhere == null ? new String[0] : testWhere.split("=", 2);
    if (where.length < 2) {
      throw misused("--alike needs --test-where COL=VALUE");
    }
    Set<String> values = Set.of(where[1].split(",", -1));
    List<Passage> searched = new ArrayList<>();
    List<Passage> asking = new ArrayList<>();
    for (Passage passage : all) {
      if (passage.fields().keySet().containsAll(alike)) {
        boolean asks = values.contains(passage.fields().getOrDefault(where[0], ""));
        (asks ? asking : searched).add(passage);
      }
    }
    for (Passage passage : asking) {
      Set<String> right = new HashSet<>();
      for (Passage other : searched) {
        if (alike.stream()
            .allMatch(a -> Objects.equals(passage.fields().get(a), other.fields().get(a)))) {
          right.add(other.id());
        }
      }
      if (!right.isEmpty()) {
        asked.add(new Asked(passage.text(), right, ""));
      }
    }
    return searched;
  }

  /** The named columns alone, so that nothing else of a file can be in the way. */
  private List<Column> columns(String texts) {
    Set<String> names = new LinkedHashSet<>(alike);
    names.addAll(filters.keySet());
    names.addAll(fields);
    if (testWhere != null) {
      names.add(testWhere.split("=", 2)[0]);
    }
    for (String name : new String[] {title, id}) {
      if (name != null) {
        names.add(name);
      }
    }
    names.remove(texts);
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text(texts));
    names.forEach(name -> columns.add(Column.text(name)));
    return columns;
  }

  private Reply judged(Reply reply, PassageIndex index, List<Asked> asked) {
    Retrieval named = new Retrieval(least);
    Retrieval holding = new Retrieval(least);
    for (Asked one : asked) {
      List<PassageIndex.Hit> hits = index.search(new PassageQuery(one.question, DEPTH, filters));
      named.add(hits, passage -> one.right.contains(passage.id()));
      holding.add(
          hits,
          passage ->
              one.right.contains(passage.id()) || Retrieval.holds(passage.text(), one.answer));
    }
    reply.line("Questions", Texts.count(asked.size(), "question"));
    Map<String, Double> figures = named.figures();
    lines(reply, figures);
    if (asked.stream().anyMatch(a -> !a.answer.isBlank())) {
      Map<String, Double> more = holding.figures();
      reply.line("", "right as well where a passage holds the answer:");
      lines(reply, more);
      reply.put("figuresWithAnswers", more);
    }
    return reply.put("questions", asked.size()).put("figures", figures);
  }

  private static void lines(Reply reply, Map<String, Double> figures) {
    figures.forEach(
        (name, f) ->
            reply.line(
                "",
                Double.isNaN(f)
                    ? String.format("%-28s -  (none answered)", name)
                    : String.format(Locale.ROOT, "%-28s %.4f", name, f)));
  }

  private Reply said(Reply reply, PassageIndex index, String question) {
    List<PassageIndex.Hit> hits = index.search(new PassageQuery(question, most, filters));
    boolean answers = !hits.isEmpty() && hits.get(0).probability() >= least;
    reply.line(
        "Answer",
        answers
            ? "\"" + hits.get(0).highlight() + "\" " + source(hits.get(0).passage())
            : hits.isEmpty()
                ? "none: no passage has a word of the question"
                : "none: no passage answers it with enough certainty; the nearest are below");
    List<Map<String, @Nullable Object>> document = new ArrayList<>();
    for (PassageIndex.Hit hit : hits) {
      reply.line(
          "",
          String.format(
              Locale.ROOT,
              "%.2f  %s  %s  %s",
              hit.probability(),
              source(hit.passage()),
              hit.passage().title(),
              hit.highlight()));
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("id", hit.passage().id());
      one.put("title", hit.passage().title());
      one.put("source", hit.passage().source());
      one.put("page", hit.passage().page());
      one.put("probability", hit.probability());
      one.put("quotation", hit.highlight());
      one.put("fields", hit.passage().fields());
      document.add(one);
    }
    return reply.put("answered", answers).put("passages", document);
  }

  private static String source(Passage passage) {
    return "["
        + passage.id()
        + "]"
        + (passage.source().isEmpty() ? "" : " " + passage.source())
        + (passage.page() > 0 ? ", page " + passage.page() : "");
  }
}
