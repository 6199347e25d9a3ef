package io.millwright.cli.text;

import io.millwright.api.Evaluation;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.text.TextLearning;
import io.millwright.api.text.TextPair;
import io.millwright.api.text.TextTrainer;
import io.millwright.cli.kit.Cells;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Durations;
import io.millwright.cli.kit.HeldOut;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.TableOptions;
import io.millwright.cli.kit.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Learns classes of texts, or asks a model for them. */
@Command(
    name = "classify-text",
    sortOptions = false,
    description = {
      "Learns classes of short texts from a CSV file, judges the model on texts that it did not"
          + " see, and keeps it. With --model it asks a kept model instead.",
      "It takes n-grams of characters and words, and a sentence encoder where held-out texts show"
          + " that it helps."
    },
    footer = {
      "",
      "Examples:",
      "  millwright model classify-text orders.csv --text note --target system --group machine",
      "  millwright model classify-text train.csv --text note --target mode --test test.csv",
      "  millwright model classify-text orders.csv --text note --target system --test-where"
          + " machine=D,E --shots 4",
      "  millwright model classify-text pairs.csv --text question1 --other question2 --target same",
      "  millwright model classify-text --model texts.mwb \"hose leaking at bucket cylinder\""
    })
final class ClassifyText extends DeskCommand {

  private static final int SHOWN = 3;

  @Parameters(
      arity = "1..*",
      paramLabel = "CSV|TEXT",
      description = "The table, with a heading; with --model the texts, or a table.")
  List<String> given = List.of();

  @Option(names = "--text", paramLabel = "COL", description = "The column of texts.")
  @Nullable String text;

  @Option(
      names = "--other",
      paramLabel = "COL",
      description = "A second column of texts: pairs are judged.")
  @Nullable String other;

  @Option(names = "--target", paramLabel = "COL", description = "The column of classes.")
  @Nullable String target;

  @Option(
      names = "--group",
      paramLabel = "COL",
      description = "The column of machines or authors: their texts are never divided.")
  @Nullable String group;

  @Option(names = "--test", paramLabel = "CSV", description = "More texts, to judge by only.")
  @Nullable Path test;

  @Option(
      names = "--test-where",
      paramLabel = "COL=V,..",
      description = "Rows of the table to judge by only.")
  @Nullable String testWhere;

  @Option(
      names = "--classes",
      split = ",",
      paramLabel = "C",
      description = "Learn these classes only. Default: all.")
  List<String> classes = List.of();

  @Option(
      names = "--least",
      paramLabel = "N",
      description = "Leave out classes with fewer texts to learn from. Default: ${DEFAULT-VALUE}.",
      defaultValue = "2")
  int least;

  @Option(
      names = "--shots",
      paramLabel = "N",
      description = "Learn from so many texts of each class only, as a plant that begins.")
  @Nullable Integer shots;

  @Option(
      names = "--draws",
      paramLabel = "N",
      description = "How often the texts of --shots are drawn. Default: ${DEFAULT-VALUE}.",
      defaultValue = "5")
  int draws;

  @Option(
      names = "--precision",
      paramLabel = "P",
      description = "Answer only where so large a share of answers is right, such as 0.9.")
  @Nullable Double precision;

  @Option(
      names = "--networks",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Try networks on subwords too, within a time such as 5m.")
  @Nullable Duration networks;

  @Option(names = "--no-encoder", description = "N-grams alone, without a sentence encoder.")
  boolean noEncoder;

  @Option(
      names = "--key",
      paramLabel = "N",
      description = "The key of all randomness. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0")
  long key;

  @Option(names = "--model", paramLabel = "FILE", description = "Ask this model.")
  @Nullable Path model;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The model's file. Default: ${DEFAULT-VALUE}.",
      defaultValue = "texts.mwb")
  Path out = Path.of("texts.mwb");

  @picocli.CommandLine.Mixin TableOptions tables = new TableOptions();

  ClassifyText(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public boolean stopsEarly() {
    return true;
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    if (model != null) {
      return ask(millwright, model);
    }
    if (text == null || target == null) {
      throw misused("Learning needs --text and --target; asking needs --model");
    }
    if (given.size() != 1) {
      throw misused("Learning takes one table, but " + given.size() + " are given");
    }
    Table whole = read(millwright, Path.of(given.get(0)));
    Table learnt = whole;
    Table judged = test == null ? null : read(millwright, test);
    if (testWhere != null) {
      boolean[] out = where(whole);
      learnt = rows(whole, out, false);
      judged = rows(whole, out, true);
    }
    TextRows train = rows(learnt);
    Set<String> kept = kept(train);
    train = train.labelled(kept);
    TextRows truth = judged == null ? new TextRows(List.of()) : rows(judged).labelled(kept);
    return other == null
        ? learn(
            train, truth, trainer(millwright.texts().classes()), TextRows.Row::text, judged != null)
        : learn(
            train,
            truth,
            trainer(millwright.texts().pairs()),
            r -> new TextPair(r.text(), r.other()),
            judged != null);
  }

  /** The named columns alone, so that nothing else of a file can be in the way. */
  private Table read(Millwright millwright, Path file) {
    Set<Column> columns = new LinkedHashSet<>();
    columns.add(Column.text(Objects.requireNonNull(text)));
    for (String name : new String[] {other, target, group}) {
      if (name != null && columns.stream().noneMatch(c -> c.name().equals(name))) {
        columns.add(name.equals(other) ? Column.text(name) : Column.category(name));
      }
    }
    String where = testWhere == null ? "" : testWhere.split("=", 2)[0];
    if (!where.isEmpty() && columns.stream().noneMatch(c -> c.name().equals(where))) {
      columns.add(Column.category(where));
    }
    return tables
        .read(millwright.tables(), file, new Schema(List.copyOf(columns)), this::say)
        .table();
  }

  private TextRows rows(Table table) {
    return TextRows.of(table, Objects.requireNonNull(text), other, target, group);
  }

  private Set<String> kept(TextRows train) {
    Map<String, Integer> counts = train.counts();
    Set<String> kept = new TreeSet<>(classes.isEmpty() ? counts.keySet() : classes);
    Set<String> rare =
        kept.stream()
            .filter(c -> counts.getOrDefault(c, 0) < least)
            .collect(Collectors.toCollection(TreeSet::new));
    kept.removeAll(rare);
    if (!rare.isEmpty()) {
      say("Left out, with fewer than " + least + " texts to learn from: " + rare);
    }
    return kept;
  }

  private boolean[] where(Table table) {
    String[] parts = Objects.requireNonNull(testWhere).split("=", 2);
    if (parts.length < 2) {
      throw misused("--test-where needs COL=VALUE, such as machine=D,E");
    }
    List<@Nullable String> cells = Cells.of(table, parts[0]);
    Set<String> values = Set.of(parts[1].split(",", -1));
    boolean[] out = new boolean[table.rows()];
    for (int r = 0; r < out.length; r++) {
      String cell = cells.get(r);
      out[r] = cell != null && values.contains(cell);
    }
    return out;
  }

  private static Table rows(Table table, boolean[] which, boolean wanted) {
    return table.rows(
        java.util.stream.IntStream.range(0, which.length)
            .filter(r -> which[r] == wanted)
            .toArray());
  }

  private <I> TextTrainer<I, String, ClassScores> trainer(
      TextTrainer<I, String, ClassScores> plain) {
    TextTrainer<I, String, ClassScores> trainer = plain.key(key);
    if (noEncoder) {
      trainer = trainer.encoders(List.of());
    }
    if (precision != null) {
      trainer = trainer.precision(precision);
    }
    return networks == null ? trainer : trainer.networks(networks);
  }

  private <I> Reply learn(
      TextRows train,
      TextRows truth,
      TextTrainer<I, String, ClassScores> trainer,
      Function<TextRows.Row, I> input,
      boolean judging)
      throws InterruptedException {
    Reply reply = new Reply(name());
    Map<String, Integer> counts = train.counts();
    reply.line(
        "Data",
        Texts.count(train.all().size(), "text")
            + " to learn from, "
            + counts.size()
            + " classes"
            + (judging ? ", " + truth.all().size() + " to judge by" : ""));
    if (shots != null) {
      return drawn(reply, train, truth, trainer, input);
    }
    Trained<I, ClassScores> trained = await(trainer.train(samples(train, input)));
    trained.saveTo(out);
    Evaluation evaluation = trained.evaluation();
    HeldOut.lines(reply, evaluation);
    HeldOut.chosen(reply, evaluation);
    reply.put("classes", counts.keySet().stream().sorted().toList());
    reply.put("heldOut", HeldOut.document(evaluation));
    if (judging) {
      Judgement judgement = judge(trained, truth, input);
      reply.line("Test", figures(judgement.figures()));
      if (!judgement.mistakes(SHOWN).isEmpty()) {
        reply.line("Mistaken", String.join(", ", judgement.mistakes(SHOWN)));
      }
      reply.put("test", judgement.figures());
    }
    return reply
        .line("Saved", out.toString())
        .put("file", out)
        .put("digest", trained.info().digest());
  }

  private <I> Reply drawn(
      Reply reply,
      TextRows train,
      TextRows truth,
      TextTrainer<I, String, ClassScores> trainer,
      Function<TextRows.Row, I> input)
      throws InterruptedException {
    Map<String, List<Double>> all = new LinkedHashMap<>();
    for (int d = 0; d < draws; d++) {
      TextRows few = train.shots(Objects.requireNonNull(shots), key + d);
      Trained<I, ClassScores> trained = await(trainer.train(samples(few, input)));
      judge(trained, truth, input)
          .figures()
          .forEach((name, f) -> all.computeIfAbsent(name, n -> new ArrayList<>()).add(f));
    }
    Map<String, Map<String, Double>> document = new LinkedHashMap<>();
    all.forEach(
        (name, values) -> {
          double mean = values.stream().mapToDouble(v -> v).average().orElse(0);
          double spread =
              Math.sqrt(
                  values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum()
                      / Math.max(1, values.size() - 1));
          reply.line(
              "Test",
              String.format(
                  Locale.ROOT,
                  "%s %.4f, standard deviation %.4f over %d draws",
                  name,
                  mean,
                  spread,
                  values.size()));
          document.put(name, Map.of("mean", mean, "deviation", spread));
        });
    return reply.put("test", document);
  }

  private static <I> Samples<I, String> samples(TextRows rows, Function<TextRows.Row, I> input) {
    List<Sample<I, String>> samples = new ArrayList<>();
    for (TextRows.Row row : rows.all()) {
      samples.add(Sample.of(row.group(), input.apply(row), Objects.requireNonNull(row.label())));
    }
    return new Samples<>(samples);
  }

  private static <I> Judgement judge(
      Trained<I, ClassScores> trained, TextRows truth, Function<TextRows.Row, I> input) {
    Judgement judgement = new Judgement();
    try (Predictor<I, ClassScores> predictor = trained.open()) {
      List<Outcome<ClassScores>> outcomes =
          predictor.predictAll(truth.all().stream().map(input).toList());
      for (int i = 0; i < outcomes.size(); i++) {
        judgement.add(outcomes.get(i), Objects.requireNonNull(truth.all().get(i).label()));
      }
    }
    return judgement;
  }

  private static String figures(Map<String, Double> figures) {
    return figures.entrySet().stream()
        .map(f -> String.format(Locale.ROOT, "%s %.4f", f.getKey(), f.getValue()))
        .collect(Collectors.joining("  "));
  }

  private Reply ask(Millwright millwright, Path file) {
    List<String> texts = given;
    if (text != null) {
      texts =
          TextRows.of(read(millwright, Path.of(given.get(0))), text, null, null, null)
              .all()
              .stream()
              .map(TextRows.Row::text)
              .toList();
    }
    Reply reply = new Reply(name());
    List<Map<String, @Nullable Object>> answers = new ArrayList<>();
    try (Predictor<String, ClassScores> predictor = millwright.open(TextLearning.CLASSES, file)) {
      List<Outcome<ClassScores>> outcomes = predictor.predictAll(texts);
      for (int i = 0; i < texts.size(); i++) {
        String asked = texts.get(i);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("text", asked);
        outcomes
            .get(i)
            .fold(
                p -> {
                  String best = p.value().best();
                  Explanation why = predictor.explain(asked, ExplainRequest.standard());
                  String words =
                      why.contributions().stream()
                          .limit(SHOWN)
                          .map(c -> String.format(Locale.ROOT, "%s %+.2f", c.value(), c.effect()))
                          .collect(Collectors.joining(", "));
                  reply.line(
                      String.format(
                          Locale.ROOT,
                          "%s  %.2f  %s%s  (by %s)",
                          best,
                          p.value().of(best),
                          asked,
                          Texts.flags(p.flags()),
                          words));
                  answer.put("class", best);
                  answer.put("probability", p.value().of(best));
                  answer.put("words", why.contributions());
                  return best;
                },
                a -> {
                  reply.line("-  " + asked + "  " + Texts.noAnswer(a.findings()));
                  answer.put("findings", a.findings().toString());
                  return "";
                });
        answers.add(answer);
      }
    }
    return reply.put("answers", answers);
  }
}
