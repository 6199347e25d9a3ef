package io.millwright.cli.trust;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Durations;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.TableOptions;
import io.millwright.cli.pages.ExplainReport;
import io.millwright.runtime.explain.AdditiveCurves;
import io.millwright.runtime.explain.Counterfactual;
import io.millwright.runtime.explain.Dependence;
import io.millwright.runtime.explain.Explainer;
import io.millwright.runtime.explain.FeatureView;
import io.millwright.runtime.explain.Importance;
import io.millwright.runtime.explain.ModelTree;
import io.millwright.runtime.explain.ShapleyValues;
import io.millwright.runtime.explain.SurrogateTree;
import io.millwright.runtime.explain.TableExplainer;
import io.millwright.runtime.explain.Wish;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says why a model answers as it does. */
@Command(
    name = "explain",
    sortOptions = false,
    description = {
      "Says why a model answers as it does.",
      "Gives Shapley values of one row with their errors, and on request what to change, which"
          + " columns matter, how the answer goes with a column, and a tree that answers alike."
    },
    footer = {
      "",
      "Examples:",
      "  millwright explain press.mwb parts.csv --row 17",
      "  millwright explain press.mwb parts.csv --row 17 --label 1 --at-most 0.2 --freeze type",
      "  millwright explain press.mwb parts.csv --importance failure --dependence torque --tree 4",
      "  millwright explain tree.mwb parts.csv --rules",
      "  millwright explain engine.mwb flights.csv --group unit --row 3 --steps 10"
    })
final class ExplainCommand extends DeskCommand {

  @Parameters(index = "0", paramLabel = "MODEL", description = "A model's file.")
  Path model = Path.of("");

  @Parameters(index = "1", paramLabel = "CSV", description = "Rows with the model's columns.")
  Path csv = Path.of("");

  @Option(
      names = "--row",
      paramLabel = "N",
      defaultValue = "1",
      description = "Which row, or which group with --group. Default: ${DEFAULT-VALUE}.")
  int row = 1;

  @Option(names = "--label", paramLabel = "CLASS", description = "Explain this class.")
  @Nullable String label;

  @Option(
      names = "--background",
      paramLabel = "CSV",
      description = "Rows as they usually are. Default: all rows of the file.")
  @Nullable Path background;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      converter = Durations.class,
      defaultValue = "5s",
      description = "How long Shapley values may take. Default: ${DEFAULT-VALUE}.")
  Duration budget = Duration.ofSeconds(5);

  @Option(
      names = "--evaluations",
      paramLabel = "N",
      description = "Answers of the model instead of a time: the same result every time.")
  @Nullable Long evaluations;

  @Option(
      names = "--key",
      paramLabel = "N",
      defaultValue = "0",
      description = "The key of all draws. Default: ${DEFAULT-VALUE}.")
  long key;

  @Option(
      names = "--at-most",
      paramLabel = "X",
      description = "Find the least change that brings the number down to this.")
  @Nullable Double atMost;

  @Option(
      names = "--at-least",
      paramLabel = "X",
      description = "Find the least change that brings the number up to this.")
  @Nullable Double atLeast;

  @Option(
      names = "--freeze",
      paramLabel = "COL",
      split = ",",
      description = "Columns that cannot be changed.")
  List<String> frozen = List.of();

  @Option(
      names = "--within",
      paramLabel = "COL=LOW:HIGH",
      split = ",",
      description = "How far columns can be changed. Default: as far as the background goes.")
  Map<String, String> within = new LinkedHashMap<>();

  @Option(
      names = "--importance",
      paramLabel = "TARGET",
      description = "Which columns matter, judged against the truth in this column.")
  @Nullable String importance;

  @Option(
      names = "--dependence",
      paramLabel = "COL",
      split = ",",
      description = "How the answer goes with columns.")
  List<String> dependence = List.of();

  @Option(
      names = "--curves",
      description = "Read the model as a sum of curves, one a column, and say how much that is.")
  boolean sum;

  @Option(names = "--tree", paramLabel = "DEPTH", description = "A tree that answers alike.")
  @Nullable Integer tree;

  @Option(names = "--rules", description = "The rules of a model that is one decision tree.")
  boolean rules;

  @Option(
      names = "--group",
      paramLabel = "COL",
      description = "Rows with the same value are one history, for models of histories.")
  @Nullable String group;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Explain runs of N rows of each column, not whole columns.")
  @Nullable Integer steps;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page with charts.")
  @Nullable Path html;

  @Mixin TableOptions tables = new TableOptions();

  ExplainCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    try (Predictor<Table, Object> predictor = millwright.open(model)) {
      Schema inputs = predictor.info().inputs();
      Budget may =
          evaluations == null ? Budget.of(budget) : Budget.iterations(Math.max(1, evaluations));
      Reply reply = new Reply(name()).put("model", predictor.info().digest());
      if (group != null) {
        return history(millwright, predictor, inputs, may, reply);
      }
      Schema wanted = inputs;
      if (importance != null) {
        // The truth is read as what the model answers with: a label or a number.
        boolean labels = !predictor.info().classes().isEmpty();
        wanted = with(inputs, labels ? Column.text(importance) : Column.number(importance));
      }
      Table all = tables.read(millwright.tables(), csv, wanted, this::say).table();
      Table usual =
          background == null
              ? all
              : tables.read(millwright.tables(), background, inputs, this::say).table();
      if (rules) {
        return rules(usual, reply);
      }
      return rows(predictor, all, usual, may, reply);
    }
  }

  private static Schema with(Schema inputs, Column more) {
    List<Column> columns = new ArrayList<>(inputs.columns());
    columns.add(more);
    return new Schema(columns);
  }

  private Table chosen(List<Table> inputs) {
    if (row < 1 || row > inputs.size()) {
      throw new MillwrightException(
          ErrorCode.OUT_OF_RANGE, "--row is " + row + "\nMaybe one of 1 to " + inputs.size());
    }
    return inputs.get(row - 1);
  }

  private Reply history(
      Millwright millwright,
      Predictor<Table, Object> predictor,
      Schema inputs,
      Budget may,
      Reply reply) {
    String by = Objects.requireNonNull(group);
    Table all =
        tables.read(millwright.tables(), csv, with(inputs, Column.text(by)), this::say).table();
    Map<String, List<Integer>> rows = new LinkedHashMap<>();
    List<@Nullable String> names = all.labels(by);
    for (int r = 0; r < names.size(); r++) {
      rows.computeIfAbsent(String.valueOf(names.get(r)), n -> new ArrayList<>()).add(r);
    }
    List<Table> histories =
        rows.values().stream()
            .map(at -> all.rows(at.stream().mapToInt(i -> i).toArray()).select(inputs.names()))
            .toList();
    FeatureView<Table> view =
        steps == null
            ? FeatureView.columns(inputs.names())
            : FeatureView.steps(inputs.names(), steps);
    Explainer<Table, Object> explainer = Explainer.of(predictor, view, histories).key(key);
    if (label != null) {
      explainer = explainer.label(label);
    }
    ShapleyValues values = explainer.shapley(chosen(histories), may);
    shapley(reply, values, List.of());
    page(predictor, values, List.of(), List.of(), Optional.empty(), Optional.empty(), List.of());
    return reply;
  }

  private Reply rules(Table usual, Reply reply) {
    ModelTree read = ModelTree.of(ModelSource.file(model), usual);
    read.rules().forEach(rule -> reply.line("Rule", rule));
    return reply.put("rules", read.rules()).put("mermaid", read.mermaid());
  }

  private Reply rows(
      Predictor<Table, Object> predictor, Table all, Table usual, Budget may, Reply reply) {
    TableExplainer<Object> explainer =
        TableExplainer.of(predictor, usual).key(key).reading(ModelSource.file(model));
    if (label != null) {
      explainer = explainer.label(label);
    }
    List<Table> single = IntStream.range(0, all.rows()).mapToObj(r -> all.slice(r, r + 1)).toList();
    Table input = chosen(single);
    ShapleyValues values = explainer.shapley(input, may);
    List<String> words = explainer.words(input, values);
    shapley(reply, values, words);
    if (atMost != null || atLeast != null) {
      counterfactual(reply, explainer.counterfactual(input, wish()));
    }
    Optional<Importance> ranked = Optional.empty();
    if (importance != null) {
      ranked = Optional.of(explainer.importance(all, importance, 5));
      importance(reply, ranked.get());
    }
    List<Dependence> curves = new ArrayList<>();
    for (String column : dependence) {
      curves.add(explainer.dependence(column, 20, 30));
    }
    dependence(reply, curves);
    if (sum) {
      AdditiveCurves read = explainer.curves(30);
      dependence(reply, read.curves());
      reply.line(
          "Sum",
          "the curves are "
              + Figure.of(100 * read.explained(), 3)
              + " % of the variance of the model's "
              + (read.scale().equals("answer") ? "answers" : read.scale()));
      reply.put("explainedByCurves", read.explained());
      curves.addAll(read.curves());
    }
    Optional<SurrogateTree> surrogate = Optional.empty();
    if (tree != null) {
      surrogate = Optional.of(explainer.surrogate(tree));
      surrogate(reply, surrogate.get());
    }
    List<ShapleyValues> swarm = new ArrayList<>();
    if (html != null) {
      for (int i = 0; i < Math.min(60, all.rows()); i++) {
        Table one = single.get((int) ((long) i * all.rows() / Math.min(60, all.rows())));
        swarm.add(explainer.shapley(one, Budget.iterations(1500)));
      }
    }
    page(predictor, values, words, curves, ranked, surrogate, swarm);
    return reply;
  }

  private Wish wish() {
    Wish wish =
        new Wish(
            atLeast == null ? Double.NEGATIVE_INFINITY : atLeast,
            atMost == null ? Double.POSITIVE_INFINITY : atMost,
            Set.copyOf(frozen),
            Map.of(),
            Map.of());
    for (Map.Entry<String, String> range : within.entrySet()) {
      String[] ends = range.getValue().split(":", 2);
      try {
        wish =
            wish.within(range.getKey(), Double.parseDouble(ends[0]), Double.parseDouble(ends[1]));
      } catch (RuntimeException e) {
        throw misused(
            "--within " + range.getKey() + "=" + range.getValue() + " is not COL=LOW:HIGH");
      }
    }
    return wish;
  }

  private static void shapley(Reply reply, ShapleyValues values, List<String> words) {
    reply.line("Answer", Figure.of(values.answer()));
    reply.line("Usually", Figure.of(values.reference()) + ", the mean of the background");
    for (ShapleyValues.Part part : values.parts()) {
      reply.line(
          "Effect",
          String.format(
              Locale.ROOT,
              "%+.4g%s  %s = %s",
              part.effect(),
              values.exact()
                  ? ""
                  : String.format(Locale.ROOT, " ± %.2g", values.margin(part, 0.95)),
              part.feature(),
              part.value()));
    }
    words.forEach(w -> reply.line("Because", w));
    reply.line("Method", values.method() + " " + values.evaluations() + " answers were asked for.");
    reply
        .put("answer", values.answer())
        .put("reference", values.reference())
        .put("exact", values.exact())
        .put("evaluations", values.evaluations())
        .put(
            "effects",
            values.parts().stream()
                .map(
                    p ->
                        Map.of(
                            "feature", p.feature(),
                            "value", p.value(),
                            "effect", p.effect(),
                            "standardError", p.standardError()))
                .toList())
        .put("because", words);
  }

  private static void counterfactual(Reply reply, Optional<Counterfactual> found) {
    if (found.isEmpty()) {
      reply.line("Instead", "no change within the ranges brings it there");
    }
    found.ifPresent(
        c -> {
          if (c.changes().isEmpty()) {
            reply.line("Instead", "nothing has to change: the answer is there already");
            return;
          }
          for (Counterfactual.Change change : c.changes()) {
            reply.line("Instead", change.column() + ": " + change.from() + " -> " + change.to());
          }
          reply.line(
              "Then",
              Figure.of(c.after())
                  + (c.plausible()
                      ? ", a combination like those of the background"
                      : ", but no row of the background is like it"));
        });
    reply.put(
        "instead",
        found
            .map(
                c ->
                    c.changes().stream()
                        .map(x -> Map.of("column", x.column(), "from", x.from(), "to", x.to()))
                        .toList())
            .orElse(List.of()));
    found.ifPresent(c -> reply.put("then", c.after()).put("plausible", c.plausible()));
  }

  private static void importance(Reply reply, Importance importance) {
    for (Importance.Growth g : importance.columns()) {
      reply.line(
          "Matters",
          Figure.of(g.growth())
              + " ± "
              + Figure.of(1.96 * g.standardError(), 2)
              + " more "
              + importance.loss()
              + " without "
              + g.column());
    }
    reply.put(
        "importance",
        importance.columns().stream()
            .map(
                g ->
                    Map.of(
                        "column", g.column(),
                        "growth", g.growth(),
                        "standardError", g.standardError()))
            .toList());
  }

  private static void dependence(Reply reply, List<Dependence> curves) {
    for (Dependence curve : curves) {
      List<Dependence.Point> points = curve.points();
      StringBuilder line = new StringBuilder(curve.column()).append(':');
      int shown = Math.min(7, points.size());
      for (int i = 0; i < shown; i++) {
        Dependence.Point p = points.get(i * (points.size() - 1) / Math.max(1, shown - 1));
        line.append("  ").append(p.value()).append(" -> ").append(Figure.of(p.mean(), 3));
      }
      reply.line("Goes", line.toString());
    }
    if (!curves.isEmpty()) {
      reply.put(
          "dependence",
          curves.stream()
              .map(
                  c ->
                      Map.of(
                          "column",
                          c.column(),
                          "points",
                          c.points().stream()
                              .map(p -> Map.of("value", p.value(), "mean", p.mean()))
                              .toList()))
              .toList());
    }
  }

  private static void surrogate(Reply reply, SurrogateTree tree) {
    tree.rules().forEach(rule -> reply.line("Rule", rule));
    reply.line(
        "Alike", Figure.of(100 * tree.fidelity(), 3) + " % of the variance of the model's answers");
    reply.put("rules", tree.rules()).put("fidelity", tree.fidelity());
  }

  private void page(
      Predictor<Table, Object> predictor,
      ShapleyValues values,
      List<String> words,
      List<Dependence> curves,
      Optional<Importance> ranked,
      Optional<SurrogateTree> surrogate,
      List<ShapleyValues> swarm) {
    if (html != null) {
      new ExplainReport(
              "Why " + Figure.of(values.answer()) + "?",
              predictor.info().task() + ", row " + row + " of " + csv.getFileName(),
              values,
              words,
              curves,
              ranked,
              surrogate,
              swarm)
          .writeTo(html);
    }
  }
}
