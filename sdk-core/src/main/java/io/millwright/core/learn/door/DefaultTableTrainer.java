package io.millwright.core.learn.door;

import io.millwright.api.DataReport;
import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.TableTrainer;
import io.millwright.api.Trained;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.ModelKind;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.api.spi.Jobs;
import io.millwright.core.learn.DefaultLearningToolkit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Learns from tables by a recipe, or by what answers best. */
final class DefaultTableTrainer<V> implements TableTrainer<V> {

  /** How long a training takes at the most, unless a network is asked for by name. */
  private static final Duration BUDGET = Duration.ofMinutes(15);

  private final DefaultLearningToolkit toolkit;
  private final Jobs jobs;
  private final String target;
  private final Answer.Kind<V> kind;
  private final Said said;

  DefaultTableTrainer(
      DefaultLearningToolkit toolkit, Jobs jobs, String target, Answer.Kind<V> kind, Said said) {
    this.toolkit = toolkit;
    this.jobs = jobs;
    this.target = target;
    this.kind = kind;
    this.said = said;
  }

  private TableTrainer<V> saying(Said now) {
    return new DefaultTableTrainer<>(toolkit, jobs, target, kind, now);
  }

  @Override
  public String target() {
    return target;
  }

  @Override
  public TableTrainer<V> group(String column) {
    return saying(said.with(d -> d.group = Optional.of(column)));
  }

  @Override
  public TableTrainer<V> time(String column) {
    return saying(said.with(d -> d.time = Optional.of(column)));
  }

  @Override
  public TableTrainer<V> window(int rows) {
    return saying(said.window(rows));
  }

  @Override
  public TableTrainer<V> network(Network network) {
    return saying(said.with(d -> d.network = Optional.of(network)));
  }

  @Override
  public TableTrainer<V> learning(Learning options) {
    return saying(said.with(d -> d.learning = Optional.of(options)));
  }

  @Override
  public TableTrainer<V> preparation(Preparation preparation) {
    return saying(said.with(d -> d.preparation = Optional.of(preparation)));
  }

  @Override
  public TableTrainer<V> split(Split split) {
    return saying(said.with(d -> d.split = Optional.of(split)));
  }

  @Override
  public TableTrainer<V> key(long value) {
    return saying(said.with(d -> d.key = java.util.OptionalLong.of(value)));
  }

  @Override
  public TableTrainer<V> auto(Duration budget) {
    return saying(said.search(budget));
  }

  @Override
  public TableTrainer<V> among(ModelKind first, ModelKind... others) {
    return saying(said.with(d -> d.kinds = Set.copyOf(EnumSet.of(first, others))));
  }

  @Override
  public TableTrainer<V> trusting(String... columns) {
    return saying(said.trusting(List.of(columns)));
  }

  @Override
  public DataReport examine(Table data) {
    return report(data, answer(data));
  }

  private Answer<?, V> answer(Table data) {
    Objects.requireNonNull(data, "data");
    return kind.of(data, Layout.require(data, target), said.trusts(target));
  }

  private <L> DataReport report(Table data, Answer<L, V> answer) {
    Layout<L> layout = Layout.of(data, target, answer, said);
    DataReport report = new TableCheck<>(layout, answer.classes()).report();
    return told(report, worth(layout, answer, () -> {}));
  }

  /** Which texts help, where nobody said that they shall be read. */
  private <L> TextWorth.Verdict worth(Layout<L> layout, Answer<L, V> answer, Runnable pulse) {
    if (layout.texts().isEmpty() || said.preparation().isPresent()) {
      return new TextWorth.Verdict(Set.of(), List.of());
    }
    return new TextWorth<>(layout, answer.classes(), defaults(layout, answer).preparation(), pulse)
        .judge(layout.texts());
  }

  private static DataReport told(DataReport report, TextWorth.Verdict texts) {
    List<String> remarks = new ArrayList<>(texts.remarks());
    remarks.addAll(report.remarks());
    return new DataReport(report.rows(), report.learnt(), remarks, report.leaks());
  }

  private <L> Defaults defaults(Layout<L> layout, Answer<L, ?> answer) {
    return new Defaults(
        said,
        layout.learnt(),
        rarer(layout, answer),
        answer.classes(),
        layout.timed(),
        !layout.texts().isEmpty());
  }

  @Override
  public Job<Trained<Table, V>> train(Table data) {
    return start(data, answer(data), Optional.empty());
  }

  @Override
  public Job<Trained<Table, V>> resume(Path checkpoint, Table data) {
    return start(data, answer(data), Optional.of(checkpoint));
  }

  private <L> Job<Trained<Table, V>> start(Table data, Answer<L, V> answer, Optional<Path> resume) {
    if (said.network().isPresent() && !said.kinds().contains(ModelKind.NETWORK)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "both a network and other kinds of models were asked for\nMaybe leave one of them out");
    }
    if (said.search().isPresent() && said.network().isPresent()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "both a network and a search for one were asked for\nMaybe leave one of them out");
    }
    Layout<L> laid = Layout.of(data, target, answer, said);
    DataReport first = new TableCheck<>(laid, answer.classes()).report();
    first.leaks().stream()
        .findFirst()
        .ifPresent(
            leak -> {
              throw new MillwrightException(
                  leak.code(), leak.place() + " " + leak.message() + "\nMaybe " + leak.remedy());
            });
    defaults(laid, answer).preparation(); // refuses now what does not go together
    return jobs.background()
        .start(
            "learn " + target,
            Optional.empty(),
            control -> {
              TextWorth.Verdict texts = worth(laid, answer, control::checkpoint);
              return learnt(
                  laid.without(texts.useless()), answer, told(first, texts), resume, control);
            });
  }

  private <L> Trained<Table, V> learnt(
      Layout<L> layout,
      Answer<L, V> answer,
      DataReport report,
      Optional<Path> resume,
      Jobs.Control<Trained<Table, V>> control) {
    Defaults defaults = defaults(layout, answer);
    Samples<Table, L> samples = layout.samples();
    Recipe.Builder<Table, L, V> builder =
        Recipe.of(answer.binding())
            .preparation(defaults.preparation())
            .learning(defaults.learning())
            .split(said.split().orElseGet(layout::split));
    said.network().ifPresent(builder::network);
    Recipe<Table, L, V> recipe = builder.build();
    Noting<Trained<Table, V>> noting = new Noting<>(control, model -> toolkit.noted(model, report));
    Trained<Table, V> model =
        said.network().isPresent()
            ? toolkit.learn(recipe, samples, resume, noting)
            : toolkit.choose(
                recipe,
                defaults.candidates(),
                said.kinds(),
                said.search().orElse(BUDGET),
                samples,
                resume,
                noting);
    return toolkit.noted(model, report);
  }

  private static <L> int rarer(Layout<L> layout, Answer<L, ?> answer) {
    if (!answer.classes()) {
      return layout.learnt();
    }
    Map<L, Integer> counts = new HashMap<>();
    for (L label : layout.labels()) {
      if (label != null) {
        counts.merge(label, 1, Integer::sum);
      }
    }
    return counts.values().stream().mapToInt(Integer::intValue).min().orElse(0);
  }
}
