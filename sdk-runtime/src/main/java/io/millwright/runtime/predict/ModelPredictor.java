package io.millwright.runtime.predict;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.Flag;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainties;
import io.millwright.api.data.Table;
import io.millwright.api.head.FittedHead;
import io.millwright.api.head.Head;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.Encoder;
import io.millwright.api.spi.Glance;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.prepare.FittedStep;
import io.millwright.runtime.prepare.Notes;
import io.millwright.runtime.prepare.PreparationPlan;
import io.millwright.runtime.prepare.PreparedStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers with a model on any runtime. Thread-safe; calls never wait for each other.
 *
 * <p>An input of one row is an independent record, or the beginning of a sequence; of several rows
 * the network sees what the preparation makes of them up to the last. The flags of an outcome are
 * those of the newest rows: as many as the model's window has, and 30 at least.
 *
 * @param <I> one input
 * @param <V> one answer
 */
public final class ModelPredictor<I, V> implements Glance<I, V> {

  /** How many inputs, and values of inputs, are laid out at a time by {@link #predictAll}. */
  private static final int MOST_INPUTS = 1024;

  private static final int MOST_VALUES = 1 << 20;

  private final Encoder<I> encoder;
  private final Model model;
  private final ModelInfo info;
  private final PreparationPlan plan;
  private final int inputSize;
  private final int chunk;
  private final int window;

  /** Whether an input is one row of a table, and nothing else. */
  private final boolean single;

  private final Ensemble ensemble;
  private final Answers<V> answers;
  private final UnseenLabels unseen;
  private final UnsureReadings unsure;
  private final LikelyRows likely;
  private final Gate gate;

  private ModelPredictor(
      Encoder<I> encoder, FittedHead<?, V> head, Model model, ModelInfo info, Ensemble ensemble) {
    this.encoder = encoder;
    this.model = model;
    this.info = info;
    plan = model.preparation().plan();
    inputSize = plan.shape().size();
    chunk = Math.max(16, Math.min(MOST_INPUTS, MOST_VALUES / inputSize));
    window = plan.window();
    single =
        TableTasks.answers(info.task())
            && model.preparation().steps().stream()
                .noneMatch(s -> s instanceof FittedStep.Window || s instanceof FittedStep.Trends);
    this.ensemble = ensemble;
    answers = new Answers<>(head, info);
    unseen = new UnseenLabels(model.preparation());
    unsure = new UnsureReadings(model.preparation());
    likely = new LikelyRows(model.preparation());
    gate = new Gate("the predictor of " + info.task());
  }

  /**
   * A predictor of a model.
   *
   * @param binding the task and its types
   * @param model the model
   * @param info its description
   * @param members one pass for each of the model's members, closed with the predictor
   * @throws MillwrightException with {@link ErrorCode#WRONG_BUNDLE} when the model answers another
   *     task, another kind of answer or another unit
   */
  public static <I, V> ModelPredictor<I, V> of(
      Binding<I, ?, V> binding, Model model, ModelInfo info, List<? extends ForwardPass> members) {
    Bindings.check(binding.task(), model);
    FittedHead<?, V> head = model.head().fitted(binding.head());
    return new ModelPredictor<>(
        binding.encoder(), head, model, info, Ensemble.of(model, head, members));
  }

  /**
   * A predictor for tools that know no plug-in: a table in (one row, or the rows of one history in
   * the order of time), the answer of the known head out, such as a {@link Double} or {@link
   * io.millwright.api.learn.ClassScores}.
   */
  public static ModelPredictor<Table, Object> untyped(
      Model model, ModelInfo info, List<? extends ForwardPass> members) {
    return of(Bindings.untyped(model), model, info, members);
  }

  @Override
  public Outcome<V> predict(I input) {
    int ticket = gate.enter();
    try {
      Table table = encoder.encode(input);
      if (table.rows() == 0) {
        plan.check(table.schema());
        return answers.empty();
      }
      Notes notes = new Notes();
      float[] x = new float[inputSize];
      Set<Flag> flags = prepare(table, notes, x, 0);
      return flags == null
          ? answers.abstain(notes)
          : widened(answers.answer(ensemble.run(x, 1), x, inputSize, 0, flags), table);
    } finally {
      gate.leave(ticket);
    }
  }

  /**
   * Lays out the network's input; gives the flags, or null when the notes say why not to answer.
   */
  private @Nullable Set<Flag> prepare(Table table, Notes notes, float[] x, int at) {
    if (table.rows() == 1) {
      return prepareRow(table, 0, notes, x, at);
    }
    if (single) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          "the input has "
              + table.rows()
              + " rows, but the model answers for one row by itself\n"
              + "Maybe ask predictRows, which answers for each row of a table");
    }
    PreparedStream stream = plan.stream();
    RecentFlags flags = new RecentFlags(window);
    for (int row = 0; row < table.rows(); row++) {
      notes.clear();
      stream.push(table, row, notes);
      flags.add(notes);
    }
    if (notes.hopeless()) {
      return null;
    }
    float[] latest = stream.latest();
    System.arraycopy(latest, 0, x, at, latest.length);
    return flags.now();
  }

  private @Nullable Set<Flag> prepareRow(Table table, int row, Notes notes, float[] x, int at) {
    plan.row(table, row, notes, x, at);
    return notes.hopeless() ? null : notes.flags();
  }

  /** Whether an input has a part of which the answer, or its interval, says nothing. */
  private boolean strange(Set<Flag> flags) {
    return flags.contains(Flag.UNKNOWN_CATEGORY)
        || likely.any() && flags.contains(Flag.IMPUTED)
        || !single && (flags.contains(Flag.IMPUTED) || flags.contains(Flag.OUTSIDE_TRAINING_RANGE));
  }

  /** What is said of a record of which values are missing; null where nothing is to be drawn. */
  private @Nullable Said drawn(Table input) {
    if (!likely.any() || input.rows() != 1) {
      return null;
    }
    Table rows = likely.rows(input);
    if (rows.rows() == 0) {
      return null;
    }
    float[] x = new float[rows.rows() * inputSize];
    for (int row = 0; row < rows.rows(); row++) {
      plan.row(rows, row, new Notes(), x, row * inputSize);
    }
    double[] said = ensemble.run(x, rows.rows());
    List<double[]> all =
        IntStream.range(0, rows.rows()).mapToObj(row -> answers.part(said, row)).toList();
    return new Said(answers.head().mean(all), plan.row(input, 0, new Notes()));
  }

  /**
   * The outcome of an input: the mean over what missing values may be; with room for what a label
   * that training did not have may do, or readings of a history that nobody knows.
   */
  private Outcome<V> widened(Outcome<V> outcome, Table input) {
    Said drawn = drawn(input);
    if (drawn != null) {
      Notes notes = new Notes();
      plan.row(input, 0, notes);
      return labelled(
          answers.answer(drawn.said(), drawn.input(), inputSize, 0, notes.flags()), input);
    }
    return labelled(outcome, input);
  }

  private Outcome<V> labelled(Outcome<V> outcome, Table input) {
    if (!(outcome instanceof Outcome.Prediction<V> p) || !strange(p.flags())) {
      return outcome;
    }
    List<List<UnseenLabels.Variant>> labels = said(unseen.variants(input));
    // One row is a record by itself: as what it lacks is filled in, so it was in training.
    List<List<UnseenLabels.Variant>> readings =
        input.rows() == 1 ? List.of() : said(unsure.variants(input));
    if (labels.isEmpty() && readings.isEmpty()) {
      return outcome;
    }
    double own = variants(List.of(input)).get(0).number();
    FittedHead<?, V> head = answers.head();
    Uncertainties wider = p.uncertainty();
    if (!labels.isEmpty()) {
      wider = UnseenLabels.widened(wider, own, labels, head.low(), head.high());
    }
    if (!readings.isEmpty()) {
      wider = UnsureReadings.widened(wider, own, readings, head.low(), head.high());
    }
    return new Outcome.Prediction<>(p.value(), wider, p.flags(), p.model());
  }

  private List<List<UnseenLabels.Variant>> said(List<List<Table>> variants) {
    return variants.stream().map(this::variants).filter(v -> !v.isEmpty()).toList();
  }

  private List<UnseenLabels.Variant> variants(List<Table> inputs) {
    float[] x = new float[inputs.size() * inputSize];
    int count = 0;
    for (Table input : inputs) {
      count += prepare(input, new Notes(), x, count * inputSize) == null ? 0 : 1;
    }
    double[] said =
        ensemble.run(count == inputs.size() ? x : Arrays.copyOf(x, count * inputSize), count);
    List<UnseenLabels.Variant> variants = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (answers.answer(said, x, inputSize, i, Set.of()) instanceof Outcome.Prediction<V> p) {
        double[] own = answers.part(said, i);
        FittedHead<?, V> head = answers.head();
        variants.add(new UnseenLabels.Variant(head.number(own, head.main(own)), p.uncertainty()));
      }
    }
    return variants;
  }

  @Override
  public List<Outcome<V>> predictRows(Table rows) {
    plan.check(rows.schema());
    return all(Inputs.rows(rows), rows.rows(), ensemble::run, outcomes());
  }

  @Override
  public List<Outcome<V>> predictAll(List<? extends I> inputs) {
    return all(inputs, ensemble::run, outcomes());
  }

  @Override
  public List<Outcome<V>> glanceAll(List<? extends I> inputs) {
    return all(inputs, ensemble::glance, outcomes());
  }

  /**
   * What networks say of one input.
   *
   * @param said what the head makes of outputs, averaged
   * @param input the prepared input
   */
  public record Said(double[] said, float[] input) {}

  /**
   * What networks say of inputs, for judging.
   *
   * @param inputs the inputs
   * @return for each what is said of it; empty where the model would abstain
   */
  public List<Optional<Said>> sayAll(List<? extends I> inputs) {
    return all(
        inputs,
        ensemble::run,
        new Making<>() {
          @Override
          public Optional<Said> empty() {
            return Optional.empty();
          }

          @Override
          public Optional<Said> abstain(Notes notes) {
            return Optional.empty();
          }

          @Override
          public Optional<Said> answer(double[] said, float[] x, int row, Set<Flag> flags) {
            double[] own = answers.part(said, row).clone();
            for (double v : own) {
              if (!Double.isFinite(v)) {
                return Optional.empty();
              }
            }
            return Optional.of(
                new Said(own, Arrays.copyOfRange(x, row * inputSize, (row + 1) * inputSize)));
          }

          @Override
          public Optional<Said> strange(Optional<Said> answered, Table input) {
            return answered.isEmpty()
                ? answered
                : Optional.ofNullable(drawn(input)).or(() -> answered);
          }
        });
  }

  /** The head by which it answers, for labels of its declaration. */
  public <L> FittedHead<L, V> fitted(Head<L, V> head) {
    return model.head().fitted(head);
  }

  /** Gives the averaged outputs of a batch. */
  private interface Asked {
    double[] run(float[] inputs, int count);
  }

  /** Makes something of what is known of each input. */
  private interface Making<R> {
    R empty();

    R abstain(Notes notes);

    R answer(double[] said, float[] x, int row, Set<Flag> flags);

    /** The same for an input with a part of which its interval says nothing. */
    R strange(R answered, Table input);
  }

  private Making<Outcome<V>> outcomes() {
    return new Making<>() {
      @Override
      public Outcome<V> empty() {
        return answers.empty();
      }

      @Override
      public Outcome<V> abstain(Notes notes) {
        return answers.abstain(notes);
      }

      @Override
      public Outcome<V> answer(double[] said, float[] x, int row, Set<Flag> flags) {
        return answers.answer(said, x, inputSize, row, flags);
      }

      @Override
      public Outcome<V> strange(Outcome<V> answered, Table input) {
        return widened(answered, input);
      }
    };
  }

  private <R> List<R> all(List<? extends I> inputs, Asked asked, Making<R> making) {
    return all(Inputs.encoded(encoder, inputs), inputs.size(), asked, making);
  }

  private <R> List<R> all(Inputs inputs, int count, Asked asked, Making<R> making) {
    int ticket = gate.enter();
    try {
      List<R> made = new ArrayList<>(count);
      float[] x = new float[Math.min(chunk, count) * inputSize];
      for (int from = 0; from < count; from += chunk) {
        chunk(inputs, from, Math.min(count, from + chunk), x, made, asked, making);
      }
      return List.copyOf(made);
    } finally {
      gate.leave(ticket);
    }
  }

  private <R> void chunk(
      Inputs inputs, int from, int to, float[] x, List<R> made, Asked asked, Making<R> making) {
    List<@Nullable R> early = new ArrayList<>(to - from);
    List<Set<Flag>> flags = new ArrayList<>(to - from);
    Notes notes = new Notes();
    for (int input = from; input < to; input++) {
      Table table = inputs.table(input);
      int row = inputs.row(input);
      notes.clear();
      if (table.rows() == 0) {
        plan.check(table.schema());
        early.add(making.empty());
        continue;
      }
      int at = flags.size() * inputSize;
      Set<Flag> noted =
          row < 0 ? prepare(table, notes, x, at) : prepareRow(table, row, notes, x, at);
      if (noted == null) {
        early.add(making.abstain(notes));
      } else {
        early.add(null);
        flags.add(noted);
      }
    }
    double[] said = flags.isEmpty() ? new double[0] : asked.run(x, flags.size());
    int next = 0;
    for (int i = 0; i < early.size(); i++) {
      R done = early.get(i);
      if (done != null) {
        made.add(done);
        continue;
      }
      R answered = making.answer(said, x, next, flags.get(next));
      if (strange(flags.get(next))) {
        Table table = inputs.table(from + i); // encoded again, which is seldom
        int row = inputs.row(from + i);
        answered = making.strange(answered, row < 0 ? table : table.slice(row, row + 1));
      }
      made.add(answered);
      next++;
    }
  }

  @Override
  public Explanation explain(I input, ExplainRequest how) {
    int ticket = gate.enter();
    try {
      if (!info.capabilities().contains(Capability.EXPLAIN)) {
        throw new MillwrightException(
            ErrorCode.UNSUPPORTED,
            "the model of "
                + info.task()
                + " was not made to explain\nMaybe another model can: its capabilities say so");
      }
      Occlusion occlusion = new Occlusion(model.preparation());
      return occlusion.explain(encoder.encode(input), how, info.classes(), this::numbers);
    } finally {
      gate.leave(ticket);
    }
  }

  /** The explained numbers of some variants of an input, of which the first is the input itself. */
  private Occlusion.Numbers numbers(List<Table> variants, int label) {
    float[] x = new float[variants.size() * inputSize];
    for (int i = 0; i < variants.size(); i++) {
      Notes notes = new Notes();
      if (prepare(variants.get(i), notes, x, i * inputSize) == null && i == 0) {
        throw MillwrightException.of(
            "an input without an answer",
            ((Outcome.Abstention<V>) answers.abstain(notes)).findings());
      }
    }
    double[] said = ensemble.run(x, variants.size());
    FittedHead<?, V> head = answers.head();
    int which = label < 0 ? head.main(answers.part(said, 0)) : label;
    double[] numbers = new double[variants.size()];
    for (int i = 0; i < numbers.length; i++) {
      Said drawn = drawn(variants.get(i));
      numbers[i] = head.number(drawn == null ? answers.part(said, i) : drawn.said(), which);
    }
    return new Occlusion.Numbers(which, numbers);
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public void close() {
    if (gate.close()) {
      ensemble.close();
    }
  }
}
