package io.millwright.runtime.prepare;

import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Leaves out of fitted steps whatever no feature depends on, so that a user need not supply it. The
 * features stay the same.
 */
final class Pruning {

  private final List<FittedStep> steps = new ArrayList<>();
  private final Set<String> needed;

  /**
   * @param fitted the steps, first to last
   * @param before the columns before each of them
   * @param features the names that are needed at the end
   */
  Pruning(List<FittedStep> fitted, List<List<Column>> before, Set<String> features) {
    needed = new HashSet<>(features);
    for (int i = fitted.size() - 1; i >= 0; i--) {
      steps.add(narrow(fitted.get(i), before.get(i)));
    }
    Collections.reverse(steps);
  }

  List<FittedStep> steps() {
    return steps;
  }

  /** The names of the inputs that are needed. */
  Set<String> needed() {
    return needed;
  }

  /** Narrows a step to what is needed after it, and makes of that what is needed before it. */
  private FittedStep narrow(FittedStep step, List<Column> before) {
    if (step instanceof FittedStep.Seen seen) {
      return new FittedStep.Seen(
          seen.numbers().stream().filter(c -> needed.contains(c.column())).toList(),
          seen.labels().stream().filter(c -> needed.contains(c.column())).toList());
    }
    if (step instanceof FittedStep.Clean clean) {
      return new FittedStep.Clean(
          clean.last(),
          clean.numbers().stream().filter(c -> needed.contains(c.column())).toList(),
          clean.labels().stream().filter(c -> needed.contains(c.column())).toList(),
          clean.likely().map(this::narrow));
    }
    if (step instanceof FittedStep.Scale scale) {
      return new FittedStep.Scale(
          scale.columns().stream().filter(c -> needed.contains(c.column())).toList(), scale.clip());
    }
    if (step instanceof FittedStep.Keep keep) {
      return new FittedStep.Keep(keep.columns().stream().filter(needed::contains).toList());
    }
    if (step instanceof FittedStep.Encode encode) {
      List<String> used = new ArrayList<>();
      for (String column : encode.columns()) {
        if (needed.stream().anyMatch(n -> n.startsWith(column + "="))) {
          used.add(column);
        }
      }
      Set<String> names = new HashSet<>();
      before.forEach(c -> names.add(c.name()));
      needed.retainAll(names);
      needed.addAll(used);
      return new FittedStep.Encode(used);
    }
    if (step instanceof FittedStep.Calendar calendar) {
      List<FittedStep.CalendarColumn> used =
          calendar.columns().stream()
              .filter(c -> CalendarOp.features(c).stream().anyMatch(needed::contains))
              .toList();
      Set<String> names = new HashSet<>();
      before.forEach(c -> names.add(c.name()));
      needed.retainAll(names);
      used.forEach(c -> needed.add(c.column()));
      return new FittedStep.Calendar(used);
    }
    if (step instanceof FittedStep.MissingIndicators missing) {
      List<String> used =
          missing.columns().stream()
              .filter(c -> needed.contains(FittedStep.MissingIndicators.feature(c)))
              .toList();
      missing.columns().forEach(c -> needed.remove(FittedStep.MissingIndicators.feature(c)));
      needed.addAll(used);
      return new FittedStep.MissingIndicators(used);
    }
    if (step instanceof FittedStep.Text text) {
      List<FittedStep.TextColumn> used =
          text.columns().stream()
              .filter(c -> c.features().stream().anyMatch(needed::contains))
              .toList();
      Set<String> names = new HashSet<>();
      before.forEach(c -> names.add(c.name()));
      needed.retainAll(names);
      used.forEach(c -> needed.add(c.column()));
      return new FittedStep.Text(used);
    }
    if (step instanceof FittedStep.Conditions conditions) {
      return narrow(conditions);
    }
    if (step instanceof FittedStep.Trends trends) {
      Set<String> all = new HashSet<>();
      for (Column column : before) {
        boolean passes = column.type() != ColumnType.NUMBER && needed.contains(column.name());
        boolean age = column.type() == ColumnType.AGE && trends.trends().age();
        if (passes || age || column.type() == ColumnType.NUMBER) {
          all.add(column.name());
        }
      }
      needed.clear();
      needed.addAll(all);
    }
    if (step instanceof FittedStep.Interactions) {
      Set<String> names = new HashSet<>();
      before.forEach(c -> names.add(c.name()));
      before.stream().filter(c -> c.type() == ColumnType.NUMBER).forEach(c -> needed.add(c.name()));
      needed.retainAll(names);
    }
    return step;
  }

  private FittedStep.Likely narrow(FittedStep.Likely likely) {
    List<Integer> kept = new ArrayList<>();
    List<Double> correlations = new ArrayList<>();
    for (int i = 0; i < likely.columns().size(); i++) {
      if (needed.contains(likely.columns().get(i).column())) {
        int row = i;
        kept.forEach(j -> correlations.add(likely.correlation(row, j)));
        kept.add(i);
      }
    }
    return new FittedStep.Likely(
        kept.stream().map(i -> likely.columns().get(i)).toList(), correlations);
  }

  private FittedStep narrow(FittedStep.Conditions conditions) {
    List<Integer> kept = new ArrayList<>();
    for (int r = 0; r < conditions.readings().size(); r++) {
      if (needed.contains(conditions.readings().get(r))) {
        kept.add(r);
      }
    }
    conditions.settings().forEach(s -> needed.add(s.column()));
    return new FittedStep.Conditions(
        conditions.settings(),
        kept.stream().map(r -> conditions.readings().get(r)).toList(),
        conditions.conditions().stream()
            .map(
                c ->
                    new FittedStep.Condition(
                        c.centre(),
                        c.reach(),
                        kept.stream().map(r -> c.offsets().get(r)).toList(),
                        kept.stream().map(r -> c.factors().get(r)).toList()))
            .toList());
  }
}
