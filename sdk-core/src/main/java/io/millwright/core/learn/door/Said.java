package io.millwright.core.learn.door;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.ModelKind;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Split;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** What the user said to a trainer; each part is empty where nothing was said. Immutable. */
final class Said {

  private final Draft all;

  private Said(Draft all) {
    this.all = all;
  }

  static Said nothing() {
    return new Said(new Draft());
  }

  /** The parts while one of them changes. */
  static final class Draft {
    Optional<String> group = Optional.empty();
    Optional<String> time = Optional.empty();
    OptionalInt window = OptionalInt.empty();
    Optional<Network> network = Optional.empty();
    Optional<Learning> learning = Optional.empty();
    Optional<Preparation> preparation = Optional.empty();
    Optional<Split> split = Optional.empty();
    OptionalLong key = OptionalLong.empty();
    Optional<Duration> search = Optional.empty();
    Set<String> trusted = Set.of();
    Set<ModelKind> kinds = Set.of();

    private Draft copy() {
      Draft copy = new Draft();
      copy.group = group;
      copy.time = time;
      copy.window = window;
      copy.network = network;
      copy.learning = learning;
      copy.preparation = preparation;
      copy.split = split;
      copy.key = key;
      copy.search = search;
      copy.trusted = trusted;
      copy.kinds = kinds;
      return copy;
    }
  }

  Said with(Consumer<Draft> change) {
    Draft draft = all.copy();
    change.accept(draft);
    return new Said(draft);
  }

  Said trusting(List<String> columns) {
    Set<String> more = new HashSet<>(all.trusted);
    more.addAll(columns);
    return with(d -> d.trusted = Set.copyOf(more));
  }

  Said window(int rows) {
    if (rows < 2) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the window is "
              + rows
              + " rows, but must be at least 2\nMaybe leave it out for independent rows");
    }
    return with(d -> d.window = OptionalInt.of(rows));
  }

  Said search(Duration budget) {
    if (budget.isNegative() || budget.isZero()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the budget is " + budget + ", but must be positive\nMaybe give it minutes");
    }
    return with(d -> d.search = Optional.of(budget));
  }

  Optional<String> group() {
    return all.group;
  }

  Optional<String> time() {
    return all.time;
  }

  OptionalInt window() {
    return all.window;
  }

  Optional<Network> network() {
    return all.network;
  }

  Optional<Learning> learning() {
    return all.learning;
  }

  Optional<Preparation> preparation() {
    return all.preparation;
  }

  Optional<Split> split() {
    return all.split;
  }

  Optional<Duration> search() {
    return all.search;
  }

  /** The kinds of models to choose among. */
  Set<ModelKind> kinds() {
    return all.kinds.isEmpty() ? EnumSet.allOf(ModelKind.class) : all.kinds;
  }

  boolean trusts(String column) {
    return all.trusted.contains(column);
  }

  /** The options with the key that was said. */
  Learning keyed(Learning options) {
    return all.key.isPresent() ? options.key(all.key.getAsLong()) : options;
  }
}
