package io.millwright.cli.quality;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.text.Entities;
import io.millwright.api.text.TextLearning;
import io.millwright.cli.kit.Cells;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HeldOut;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.TableOptions;
import io.millwright.cli.pages.TextsPage;
import io.millwright.quality.Quality;
import io.millwright.quality.QualityTexts;
import io.millwright.quality.ThemeTrend;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads texts of quality. */
@Command(
    name = "texts",
    sortOptions = false,
    description =
        "What complaints and reports say: classes, parts, defects and causes, duplicates, and which"
            + " themes rise.",
    footer = {
      "",
      "Examples:",
      "  millwright quality texts complaints.csv --text note --time date --html texts.html",
      "  millwright quality texts complaints.csv --text note --class category \\",
      "      --vocabulary words.csv --time date --every month"
    })
final class QualityTextsCommand extends DeskCommand {

  private static final double LEVEL = 0.9;
  private static final int SHOWN = 10;

  /** What a period is. */
  enum Period {
    week,
    month,
    quarter,
    year
  }

  @Parameters(arity = "1", paramLabel = "FILE", description = "One row for each text.")
  Path file = Path.of("");

  @Option(
      names = "--text",
      required = true,
      paramLabel = "COL",
      description = "The column of texts.")
  String text = "";

  @Option(
      names = "--class",
      paramLabel = "COL",
      description =
          "The column of classes. A model learns from the rows that have one, is judged on texts"
              + " held out, and fills in the others.")
  @Nullable String target;

  @Option(
      names = "--vocabulary",
      paramLabel = "FILE",
      description =
          "Words to look for: columns word and kind (part, defect, cause, ...), and term where"
              + " several words stand for one.")
  @Nullable Path vocabulary;

  @Option(
      names = "--entities",
      paramLabel = "FILE",
      description = "A model of entities (model find-entities) to look with.")
  @Nullable Path entities;

  @Option(names = "--time", paramLabel = "COL", description = "The column of times, for trends.")
  @Nullable String time;

  @Option(
      names = "--every",
      paramLabel = "PERIOD",
      description = "A period of trends: ${COMPLETION-CANDIDATES}. Default: month.")
  @Nullable Period every;

  @Option(
      names = "--alike",
      paramLabel = "SHARE",
      defaultValue = "0.6",
      description = "How alike duplicates are, within (0, 1].")
  double alike;

  @Option(names = "--key", paramLabel = "N", defaultValue = "0", description = "The seed.")
  long key;

  @Mixin TableOptions tables = new TableOptions();

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page.")
  @Nullable Path html;

  QualityTextsCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    if (time == null && every != null) {
      throw misused("--every is for trends, which need --time");
    }
    if (text.equals(target)) {
      throw misused("--class " + target + " is the column of texts");
    }
    QualityTexts quality = millwright.plugin(Quality.class).texts();
    Table table = tables.read(millwright.tables(), file, this::say).table();
    if (table.rows() == 0) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, file + " has a heading and no row\nMaybe another file is meant");
    }
    List<String> texts =
        Cells.of(table, text).stream().map(t -> Objects.requireNonNullElse(t, "")).toList();
    Reply reply = new Reply(name());
    TextsPage page = TextsPage.of(file.toString(), texts);
    reply.line("Texts", Figure.of(texts.size())).put("texts", texts.size());
    List<Set<String>> themes = new ArrayList<>();
    texts.forEach(t -> themes.add(new HashSet<>()));
    if (target != null) {
      classes(millwright, table, texts, themes, reply, page);
    }
    mentions(millwright, quality, texts, themes, reply, page);
    duplicates(quality, texts, reply, page);
    if (time != null) {
      trends(quality, table, texts, themes, reply, page);
    }
    if (html != null) {
      page.writeTo(html);
      reply.line("Page", html.toString()).put("page", html);
    }
    return reply;
  }

  private void classes(
      Millwright millwright,
      Table table,
      List<String> texts,
      List<Set<String>> themes,
      Reply reply,
      TextsPage page)
      throws InterruptedException {
    List<@Nullable String> labels = Cells.of(table, Objects.requireNonNull(target));
    List<Sample<String, String>> samples = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    int blank = 0;
    for (int r = 0; r < texts.size(); r++) {
      String label = labels.get(r);
      if (texts.get(r).isBlank()) {
        // Nothing is said: nothing can be learnt from it, and a class of it would be a guess.
        blank++;
      } else if (label == null || label.isBlank()) {
        open.add(r);
      } else {
        samples.add(Sample.of("row " + r, texts.get(r), label));
      }
    }
    Trained<String, ClassScores> model =
        await(millwright.texts().classes().key(key).train(new Samples<>(samples)));
    reply.line("Classes", "learnt from " + samples.size() + " texts");
    HeldOut.lines(reply, model.evaluation());
    Map<String, Integer> counts = new TreeMap<>();
    Map<Integer, String> filled = new TreeMap<>();
    try (Predictor<String, ClassScores> predictor = model.open()) {
      List<Outcome<ClassScores>> answers =
          predictor.predictAll(open.stream().map(texts::get).toList());
      for (int k = 0; k < open.size(); k++) {
        int row = open.get(k);
        String best = answers.get(k).fold(p -> p.value().best(), a -> "");
        if (!best.isEmpty()) {
          filled.put(row, best);
        }
      }
    }
    for (int r = 0; r < texts.size(); r++) {
      String label = labels.get(r);
      String own = label == null || label.isBlank() ? filled.getOrDefault(r, "") : label;
      if (!own.isEmpty()) {
        themes.get(r).add(own);
        counts.merge(own, 1, Integer::sum);
      }
    }
    counts.forEach((name, n) -> reply.line("Class", name + ": " + n));
    if (!open.isEmpty()) {
      reply.line("Filled in", filled.size() + " of " + open.size() + " texts without a class");
    }
    if (blank > 0) {
      reply.line("Blank", blank + " rows without a text are neither learnt from nor filled in");
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("blank", blank);
    document.put("held_out", HeldOut.document(model.evaluation()));
    document.put("counts", counts);
    document.put(
        "filled",
        filled.entrySet().stream()
            .map(e -> Map.of("row", e.getKey() + 1, "class", e.getValue()))
            .toList());
    reply.put("classes", document);
    page.classes(counts, model.evaluation().figures(), filled);
  }

  private void mentions(
      Millwright millwright,
      QualityTexts quality,
      List<String> texts,
      List<Set<String>> themes,
      Reply reply,
      TextsPage page) {
    if (vocabulary == null && entities == null) {
      return;
    }
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    List<Map<String, Object>> all = new ArrayList<>();
    if (vocabulary != null) {
      Table words = tables.read(millwright.tables(), vocabulary, this::say).table();
      List<QualityTexts.Term> terms = terms(words);
      if (terms.isEmpty()) {
        throw new MillwrightException(
            ErrorCode.TOO_FEW_DATA, vocabulary + " has no word\nMaybe another file is meant");
      }
      List<List<QualityTexts.Mention>> found = quality.mentions(texts, terms);
      for (int r = 0; r < texts.size(); r++) {
        for (QualityTexts.Mention m : found.get(r)) {
          mention(r, m.kind(), m.term(), m.start(), m.end(), counts, themes, all);
        }
      }
    }
    if (entities != null) {
      try (Predictor<String, Entities> predictor =
          millwright.open(TextLearning.ENTITIES, entities)) {
        List<Outcome<Entities>> answers = predictor.predictAll(texts);
        for (int r = 0; r < texts.size(); r++) {
          int row = r;
          answers
              .get(r)
              .fold(
                  p -> {
                    for (Entities.Entity e : p.value().all()) {
                      String term = e.text().toLowerCase(Locale.ROOT);
                      mention(
                          row,
                          e.span().type(),
                          term,
                          e.span().start(),
                          e.span().end(),
                          counts,
                          themes,
                          all);
                    }
                    return "";
                  },
                  a -> "");
        }
      }
    }
    counts.forEach(
        (kind, terms) ->
            reply.line(
                "Found",
                kind
                    + ": "
                    + String.join(
                        ", ",
                        most(terms).stream().map(e -> e.getKey() + " " + e.getValue()).toList())));
    reply.put("mentions", all);
    page.mentions(counts);
  }

  private static void mention(
      int row,
      String kind,
      String term,
      int start,
      int end,
      Map<String, Map<String, Integer>> counts,
      List<Set<String>> themes,
      List<Map<String, Object>> all) {
    counts.computeIfAbsent(kind, k -> new TreeMap<>()).merge(term, 1, Integer::sum);
    themes.get(row).add(kind + " " + term);
    all.add(Map.of("row", row + 1, "kind", kind, "term", term, "start", start, "end", end));
  }

  private static List<Map.Entry<String, Integer>> most(Map<String, Integer> terms) {
    return terms.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(SHOWN)
        .toList();
  }

  private static List<QualityTexts.Term> terms(Table words) {
    List<@Nullable String> word = Cells.of(words, "word");
    List<@Nullable String> kind = Cells.of(words, "kind");
    List<@Nullable String> term =
        words.schema().names().contains("term") ? Cells.of(words, "term") : word;
    List<QualityTexts.Term> out = new ArrayList<>();
    Map<String, String> kinds = new HashMap<>();
    for (int r = 0; r < words.rows(); r++) {
      String own = word.get(r);
      if (own != null && !own.isBlank()) {
        String as = Objects.requireNonNullElse(kind.get(r), "word");
        String before = kinds.putIfAbsent(own.toLowerCase(Locale.ROOT), as);
        if (before != null && !before.equals(as)) {
          throw new MillwrightException(
              ErrorCode.BAD_VALUE,
              "row "
                  + (r + 1)
                  + ": the word \""
                  + own
                  + "\" is of kind "
                  + as
                  + ", and before of kind "
                  + before
                  + "\nMaybe keep one of them");
        }
        out.add(new QualityTexts.Term(own, as, Objects.requireNonNullElse(term.get(r), own)));
      }
    }
    return out;
  }

  private void duplicates(QualityTexts quality, List<String> texts, Reply reply, TextsPage page) {
    List<List<Integer>> groups = quality.duplicates(texts, alike);
    int rows = groups.stream().mapToInt(List::size).sum();
    reply.line("Duplicates", groups.size() + " groups of " + rows + " texts");
    for (List<Integer> g : groups.subList(0, Math.min(SHOWN, groups.size()))) {
      reply.line("Group", g.size() + " like \"" + texts.get(g.get(0)).strip() + "\"");
    }
    reply.put("duplicates", groups.stream().map(g -> g.stream().map(r -> r + 1).toList()).toList());
    page.duplicates(groups);
  }

  private void trends(
      QualityTexts quality,
      Table table,
      List<String> texts,
      List<Set<String>> themes,
      Reply reply,
      TextsPage page) {
    List<Integer> periods = periods(table);
    List<Set<String>> words = quality.words(texts);
    int[] dated =
        IntStream.range(0, texts.size()).filter(r -> periods.get(r) != Integer.MIN_VALUE).toArray();
    List<Set<String>> all = new ArrayList<>();
    List<Integer> when = new ArrayList<>();
    for (int r : dated) {
      Set<String> both = new HashSet<>(themes.get(r));
      words.get(r).forEach(w -> both.add("\"" + w + "\""));
      all.add(both);
      when.add(periods.get(r));
    }
    List<ThemeTrend> trends = quality.trends(all, when, LEVEL);
    List<ThemeTrend> sure = trends.stream().filter(t -> t.p() < 0.05).toList();
    reply.line(
        "Trends",
        sure.size() + " of " + trends.size() + " themes rise or fall (p below 0.05, Holm)");
    for (ThemeTrend t : sure.subList(0, Math.min(SHOWN, sure.size()))) {
      reply.line(
          t.factor().value() > 1 ? "Rises" : "Falls",
          String.format(
              Locale.ROOT,
              "%s: odds times %s (%s to %s), p %s",
              t.theme(),
              Figure.of(t.factor().value(), 3),
              Figure.of(t.factor().low(), 3),
              Figure.of(t.factor().high(), 3),
              Figure.of(t.p(), 2)));
    }
    List<Map<String, Object>> document = new ArrayList<>();
    for (ThemeTrend t : trends) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("theme", t.theme());
      one.put("p", t.p());
      one.put("factor", t.factor().value());
      one.put("low", t.factor().low());
      one.put("high", t.factor().high());
      one.put("counts", t.counts());
      one.put("totals", t.totals());
      document.add(one);
    }
    reply.put("trends", document);
    page.trends(sure, period().name());
  }

  private Period period() {
    return every == null ? Period.month : every;
  }

  /** Periods since 1970; the least number where the time is missing. A number is its own period. */
  private List<Integer> periods(Table table) {
    String column = Objects.requireNonNull(time);
    int at = table.schema().indexOf(column);
    ColumnType type = at < 0 ? ColumnType.TEXT : table.schema().columns().get(at).type();
    if (at >= 0 && type.isNumeric()) {
      return IntStream.range(0, table.rows())
          .mapToObj(
              r -> {
                double v = table.number(r, at);
                return Double.isNaN(v) ? Integer.MIN_VALUE : (int) Math.floor(v);
              })
          .toList();
    }
    if (type != ColumnType.TIME) {
      throw misused("--time " + column + " is no column of times or numbers");
    }
    LocalDate first = LocalDate.EPOCH;
    return IntStream.range(0, table.rows())
        .mapToObj(
            r -> {
              long millis = table.time(r, at);
              if (millis == Table.NO_TIME) {
                return Integer.MIN_VALUE;
              }
              LocalDate day = Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC).toLocalDate();
              long n =
                  switch (period()) {
                    case week -> Math.floorDiv(ChronoUnit.DAYS.between(first, day) + 3, 7);
                    case month -> 12L * day.getYear() + day.getMonthValue() - 1;
                    case quarter -> 4L * day.getYear() + (day.getMonthValue() - 1) / 3;
                    case year -> day.getYear();
                  };
              return (int) n;
            })
        .toList();
  }
}
