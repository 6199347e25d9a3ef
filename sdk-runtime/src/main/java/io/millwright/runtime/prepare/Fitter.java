package io.millwright.runtime.prepare;

import io.millwright.api.ErrorCode;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Step;
import io.millwright.api.spi.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Learns a preparation: fits a step, applies it to the training data, goes on to the next. */
final class Fitter {

  private final Preparation preparation;
  private final Schema schema;
  private final List<Table> sequences;
  private final Runnable pulse;
  private final Problems problems = new Problems("the preparation");
  private final CleaningLog log = new CleaningLog();

  /** The rows that are learnt from, by sequence. */
  private final List<int[]> chosen = new ArrayList<>();

  private final Map<String, List<String>> seenLabels = new HashMap<>();

  private final FittedPreparation.Answers answers;

  private Fitter(
      Preparation preparation,
      Schema schema,
      List<Table> sequences,
      FittedPreparation.Answers answers,
      Runnable pulse) {
    this.answers = answers;
    this.pulse = pulse;
    this.preparation = preparation;
    this.schema = schema;
    this.sequences = sequences;
  }

  static FittedPreparation.Fit fit(
      Preparation preparation,
      Schema schema,
      List<Table> sequences,
      FittedPreparation.Answers answers,
      Runnable pulse) {
    return new Fitter(preparation, schema, sequences, answers, pulse).fit();
  }

  private FittedPreparation.Fit fit() {
    checkSteps();
    checkData();
    problems.throwIfAny();
    chooseRows();
    FittedStep.Seen seen = seen();
    seen.labels().forEach(l -> seenLabels.put(l.column(), l.labels()));
    PlanBuilder builder = new PlanBuilder(schema.columns());
    List<FittedStep> fitted = new ArrayList<>();
    List<List<Column>> before = new ArrayList<>();
    ReadRows read = new ReadRows(schema, sequences, chosen, pulse);
    List<Step> steps = new ArrayList<>(preparation.steps());
    if (!steps.isEmpty() && steps.get(0) instanceof Step.Text text) {
      steps.remove(0);
      FittedStep.Text bags = read.texts(text.most(), problems);
      fitted.add(bags);
      before.add(schema.columns());
      checkNames(text, bags, builder.columns());
      problems.throwIfAny();
      builder.add(bags);
    }
    Frame frame = new Frame(builder.columns(), read.of(builder, seenLabels));
    fitted.add(seen);
    before.add(builder.columns());
    builder.add(seen);
    StepFitter fitter = new StepFitter(seenLabels, problems, known(), answers.classes(), pulse);
    for (Step step : steps) {
      pulse.run();
      FittedStep next = fitter.fit(step, frame);
      problems.throwIfAny();
      fitted.add(next);
      before.add(frame.columns());
      checkNames(step, next, builder.columns());
      problems.throwIfAny();
      Op op = builder.add(next);
      if (op != null) {
        frame = apply(op, frame, builder.columns());
      }
      if (!(step instanceof Step.Window)
          && frame.columns().stream().allMatch(c -> c.type() == ColumnType.AGE)
          && !(step instanceof Step.Trends)) {
        problems.add(
            ErrorCode.TOO_FEW_DATA,
            "step " + step.getClass().getSimpleName(),
            "leaves no column over",
            "check that the readings vary in the training data.");
        problems.throwIfAny();
      }
    }
    checkFeatures(frame);
    problems.throwIfAny();
    Set<String> features = new HashSet<>();
    frame.columns().stream()
        .filter(c -> c.type() != ColumnType.AGE)
        .forEach(c -> features.add(c.name()));
    Pruning pruning = new Pruning(fitted, before, features);
    Schema inputs =
        new Schema(
            schema.columns().stream().filter(c -> pruning.needed().contains(c.name())).toList());
    return new FittedPreparation.Fit(new FittedPreparation(inputs, pruning.steps()), log.report());
  }

  /**
   * What can be told without looking at data: options that contradict each other or the columns.
   */
  private void checkSteps() {
    List<Step> steps = preparation.steps();
    Set<String> names = new LinkedHashSet<>(schema.names());
    boolean encoded = false;
    boolean windowed = false;
    boolean cleaned = false;
    boolean original = true;
    Set<String> aside = new HashSet<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String place = "step " + (i + 1) + ", " + step.getClass().getSimpleName();
      if (windowed) {
        problems.add(
            ErrorCode.BAD_OPTION,
            place,
            "comes after the step Window",
            "put the step Window at the end.");
      }
      if (step instanceof Step.MissingIndicators && cleaned) {
        problems.add(
            ErrorCode.BAD_OPTION,
            place,
            "comes after the step Clean, which leaves nothing missing",
            "put it before the step Clean.");
      }
      if (step instanceof Step.Clean clean) {
        cleaned = true;
        List<String> wanted = clean.ranges().stream().map(Step.Range::column).toList();
        checkColumns(place + ", ranges", wanted, names, original);
      } else if (step instanceof Step.Conditions conditions) {
        checkColumns(place + ", settings", conditions.settings(), names, original);
      } else if (step instanceof Step.Input input) {
        checkInput(
            place + ", input \"" + input.name() + "\"", input.columns(), names, original, aside);
      } else if (step instanceof Step.Base base) {
        List<String> column = List.of(base.column());
        checkInput(place, column, names, original, aside);
        checkColumns(place, column, names, false);
      } else if (step instanceof Step.Text && i > 0) {
        problems.add(
            ErrorCode.BAD_OPTION, place, "comes after another step", "begin with the step Text.");
      } else if (step instanceof Step.Encode) {
        encoded = true;
      } else if (step instanceof Step.Window) {
        windowed = true;
      } else if (step instanceof Step.Trends
          || step instanceof Step.Drifting
          || step instanceof Step.DropConstant) {
        // From here on which columns there are is known only by the data, so names cannot be judged
        // yet.
        original = false;
      }
    }
    if (!encoded) {
      List<String> labelled =
          schema.columns().stream()
              .filter(c -> c.type() == ColumnType.CATEGORY && !aside.contains(c.name()))
              .map(Column::name)
              .toList();
      if (!labelled.isEmpty()) {
        problems.add(
            ErrorCode.WRONG_TYPE,
            "columns " + labelled,
            "hold labels, which a network cannot read",
            "add the step Encode, or leave these columns out.");
      }
    }
    boolean worded = !steps.isEmpty() && steps.get(0) instanceof Step.Text;
    boolean timed = steps.stream().anyMatch(s -> s instanceof Step.Calendar);
    List<String> unread =
        schema.columns().stream()
            .filter(
                c -> c.type() == ColumnType.TEXT ? !worded : !timed && c.type() == ColumnType.TIME)
            .map(Column::name)
            .toList();
    if (!unread.isEmpty()) {
      problems.add(
          ErrorCode.WRONG_TYPE,
          "columns " + unread,
          "hold texts or times, which no step turns into features",
          "leave them out, add the step Calendar for times, begin with the step Text for texts, or"
              + " read a text of few different values as a category.");
    }
    if (schema.columns().stream().allMatch(c -> c.type() == ColumnType.AGE)) {
      problems.add(
          ErrorCode.MISSING_COLUMN,
          "the columns " + schema.names(),
          "hold no reading",
          "add columns of numbers or labels.");
    }
  }

  private void checkInput(
      String where, List<String> columns, Set<String> names, boolean original, Set<String> aside) {
    for (String name : columns) {
      if (!aside.add(name)) {
        problems.add(
            ErrorCode.BAD_OPTION,
            where,
            "column \"" + name + "\" belongs to another input already",
            "give each column to one input.");
      } else if (names.contains(name) && schema.column(name).type() == ColumnType.AGE) {
        problems.add(
            ErrorCode.WRONG_TYPE,
            where,
            "column \"" + name + "\" holds AGE, but must hold NUMBER or CATEGORY",
            "leave it out.");
      } else if (original && !names.contains(name)) {
        problems.add(
            ErrorCode.MISSING_COLUMN,
            where,
            "there is no column \"" + name + "\"; there are " + names,
            "correct the name.");
      }
    }
  }

  private void checkColumns(
      String place, List<String> wanted, Set<String> names, boolean original) {
    for (String name : wanted) {
      if (!names.contains(name)) {
        if (original) {
          problems.add(
              ErrorCode.MISSING_COLUMN,
              place,
              "there is no column \"" + name + "\"; there are " + names,
              "correct the name.");
        }
      } else if (schema.column(name).type() != ColumnType.NUMBER) {
        problems.add(
            ErrorCode.WRONG_TYPE,
            place,
            "column \""
                + name
                + "\" holds "
                + schema.column(name).type()
                + ", but must hold NUMBER",
            "name a column of numbers.");
      }
    }
  }

  private void checkData() {
    int rows = 0;
    for (int s = 0; s < sequences.size(); s++) {
      rows += sequences.get(s).rows();
      if (!sequences.get(s).schema().equals(schema)) {
        int sequence = s;
        sequences
            .get(s)
            .schema()
            .obstaclesTo(schema)
            .forEach(
                f ->
                    problems.add(
                        f.code(),
                        "sequence " + sequence + ", " + f.place(),
                        f.message(),
                        f.remedy()));
      }
    }
    if (rows == 0) {
      problems.add(
          ErrorCode.TOO_FEW_DATA,
          "the training data",
          "hold no rows (" + sequences.size() + " sequences)",
          "check how they were read and split.");
    }
  }

  private void chooseRows() {
    boolean leaveOut =
        preparation.steps().stream().anyMatch(s -> s instanceof Step.Clean c && c.duplicates());
    boolean independent = sequences.stream().allMatch(t -> t.rows() <= 1);
    List<String> compared =
        schema.columns().stream()
            .filter(c -> c.type() != ColumnType.AGE)
            .map(Column::name)
            .toList();
    Set<List<@Nullable Object>> earlier = new HashSet<>();
    for (int s = 0; s < sequences.size(); s++) {
      Table table = sequences.get(s);
      if (!independent) {
        earlier.clear();
      }
      List<Integer> kept = new ArrayList<>();
      List<Integer> left = new ArrayList<>();
      log.sequence(s);
      for (int r = 0; r < table.rows(); r++) {
        boolean isNew = true;
        if (leaveOut) {
          List<@Nullable Object> values = ReadRows.values(table, r, compared);
          isNew = earlier.add(values);
          if (isNew && !independent) {
            // Only the row just before counts in a sequence.
            earlier.clear();
            earlier.add(values);
          }
        }
        if (isNew) {
          kept.add(r);
        } else {
          left.add(r);
          log.add(r, "", CleaningReport.Kind.DUPLICATE, "", "");
        }
      }
      if (!left.isEmpty()) {
        log.leftOut(left);
      }
      chosen.add(kept.stream().mapToInt(Integer::intValue).toArray());
    }
  }

  private FittedStep.Seen seen() {
    List<FittedStep.SeenNumber> numbers = new ArrayList<>();
    List<FittedStep.SeenLabels> labels = new ArrayList<>();
    for (Column column : schema.columns()) {
      if (column.type() == ColumnType.TIME || column.type() == ColumnType.TEXT) {
        continue; // the steps Calendar and Text keep what they need of them
      }
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      Set<String> known = new TreeSet<>();
      for (int s = 0; s < sequences.size(); s++) {
        Table table = sequences.get(s);
        int c = table.schema().indexOf(column.name());
        for (int r : chosen.get(s)) {
          if (column.type().isNumeric()) {
            double v = table.number(r, c);
            if (!Double.isNaN(v) && !Double.isInfinite(v)) {
              low = Math.min(low, v);
              high = Math.max(high, v);
            }
          } else {
            String label = table.label(r, c);
            if (label != null) {
              known.add(label);
            }
          }
        }
      }
      if (!column.type().isNumeric()) {
        labels.add(new FittedStep.SeenLabels(column.name(), List.copyOf(known)));
        if (known.isEmpty()) {
          problems.add(
              ErrorCode.TOO_FEW_DATA,
              "column \"" + column.name() + "\"",
              "holds no label in the training data",
              "leave the column out.");
        }
      } else if (low <= high) {
        numbers.add(new FittedStep.SeenNumber(column.name(), low, high));
      }
    }
    problems.throwIfAny();
    return new FittedStep.Seen(numbers, labels);
  }

  /** The answers of the rows that are learnt from, one sequence after the other. */
  private double[] known() {
    return answers.labels().isEmpty()
        ? new double[0]
        : IntStream.range(0, chosen.size())
            .boxed()
            .flatMapToDouble(
                s -> Arrays.stream(chosen.get(s)).mapToDouble(r -> answers.labels().get(s)[r]))
            .toArray();
  }

  private Frame apply(Op op, Frame frame, List<Column> after) {
    Notes notes = new Notes(log);
    int from = frame.width();
    int to = after.size();
    List<double[]> data = new ArrayList<>();
    double[] x = new double[Math.max(from, to)];
    double[] y = new double[Math.max(from, to)];
    for (int s = 0; s < frame.sequences().size(); s++) {
      pulse.run();
      int rows = frame.rows(s);
      double[] out = new double[rows * to];
      double[] state = new double[op.state];
      op.start(state, 0);
      log.sequence(s);
      for (int r = 0; r < rows; r++) {
        System.arraycopy(frame.sequences().get(s), r * from, x, 0, from);
        notes.at(chosen.get(s)[r]);
        op.apply(x, op.inPlace() ? x : y, state, 0, notes);
        System.arraycopy(op.inPlace() ? x : y, 0, out, r * to, to);
        notes.clear();
      }
      data.add(out);
    }
    return new Frame(after, data);
  }

  /** New columns are named after old ones, and may meet a name that is taken. */
  private void checkNames(Step step, FittedStep fitted, List<Column> columns) {
    List<String> made = new ArrayList<>();
    if (fitted instanceof FittedStep.Text text) {
      columns.forEach(c -> made.add(c.name()));
      text.columns().forEach(c -> made.addAll(c.features()));
    } else if (fitted instanceof FittedStep.Trends trends) {
      TrendsOp.after(trends.trends(), columns).forEach(c -> made.add(c.name()));
    } else if (fitted instanceof FittedStep.Encode encode) {
      columns.stream()
          .map(Column::name)
          .filter(n -> !encode.columns().contains(n))
          .forEach(made::add);
      encode.columns().forEach(c -> labels(c).forEach(l -> made.add(c + "=" + l)));
    } else if (fitted instanceof FittedStep.MissingIndicators missing) {
      columns.forEach(c -> made.add(c.name()));
      missing.columns().forEach(c -> made.add(FittedStep.MissingIndicators.feature(c)));
    } else if (fitted instanceof FittedStep.Interactions interactions) {
      columns.forEach(c -> made.add(c.name()));
      interactions.products().forEach(p -> made.add(p.left() + " * " + p.right()));
      interactions.quotients().forEach(p -> made.add(p.left() + " / " + p.right()));
    }
    Set<String> once = new HashSet<>();
    for (String name : made) {
      if (!once.add(name)) {
        problems.add(
            ErrorCode.BAD_OPTION,
            "step " + step.getClass().getSimpleName(),
            "would make two columns named \"" + name + "\"",
            "rename a column, or leave out what is listed twice.");
      }
    }
  }

  private List<String> labels(String column) {
    return seenLabels.getOrDefault(column, List.of());
  }

  private void checkFeatures(Frame frame) {
    for (int c = 0; c < frame.width(); c++) {
      Column column = frame.columns().get(c);
      if (column.type() == ColumnType.CATEGORY) {
        problems.add(
            ErrorCode.WRONG_TYPE,
            "column \"" + column.name() + "\"",
            "still holds labels after the last step",
            "add the step Encode.");
      } else if (column.type() != ColumnType.AGE && frame.finite(c).length < frame.rows()) {
        problems.add(
            ErrorCode.MISSING_VALUE,
            "feature \"" + column.name() + "\"",
            "is missing or infinite in "
                + (frame.rows() - frame.finite(c).length)
                + " of "
                + frame.rows()
                + " rows",
            "put the step Clean before the others.");
      }
    }
    if (frame.columns().stream().allMatch(c -> c.type() == ColumnType.AGE)) {
      problems.add(
          ErrorCode.TOO_FEW_DATA,
          "the steps",
          "leave no feature over",
          "check that the readings vary in the training data.");
    }
  }
}
