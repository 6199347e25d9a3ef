package io.millwright.production.internal.support;

import io.millwright.api.Budget;
import io.millwright.api.ObjectiveValue;
import io.millwright.api.Progress;
import io.millwright.api.Solution;
import io.millwright.api.data.Unit;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Solutions with their provenance, and the clock of a search. */
public final class Ends {

  private final Composer composer;
  private final String digest;
  private final long key;
  private final Map<String, String> settings;

  /** For one search. */
  public Ends(Composer composer, String digest, long key, Map<String, String> settings) {
    this.composer = composer;
    this.digest = digest;
    this.key = key;
    this.settings = Map.copyOf(settings);
  }

  /** A decision. */
  public <S> Solution<S> found(
      S value,
      boolean proven,
      String name,
      double objective,
      Unit unit,
      double bound,
      String by,
      String provedBy) {
    double safe = Math.min(bound, objective);
    boolean known = !Double.isNaN(safe) && !Double.isInfinite(safe);
    return new Solution<>(
        Optional.of(value),
        proven ? Solution.End.OPTIMAL : Solution.End.FEASIBLE,
        List.of(
            ObjectiveValue.builder()
                .name(name)
                .value(objective)
                .unit(unit)
                .bound(
                    known ? OptionalDouble.of(proven ? objective : safe) : OptionalDouble.empty())
                .foundBy(by)
                .provedBy(known ? provedBy : "")
                .build()),
        composer.provenance(digest, key, settings, false));
  }

  /** No decision. */
  public <S> Solution<S> none(Solution.End end) {
    return new Solution<>(
        Optional.empty(), end, List.of(), composer.provenance(digest, key, settings, false));
  }

  /** A quantity in words: six digits that count, without noughts at the end. */
  public static String number(double value) {
    return new BigDecimal(value)
        .round(new MathContext(6))
        .setScale(6, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** The seconds that a budget leaves; very many without a time limit. */
  public static double left(Budget budget, Jobs.Control<?> control) {
    return budget.time().isEmpty()
        ? 1e9
        : budget.time().get().toNanos() / 1e9 - control.elapsed().toNanos() / 1e9;
  }

  /** Tells how far a search is in its time. */
  public static void report(
      Jobs.Control<?> control, Budget budget, String stage, double value, double bound) {
    OptionalDouble fraction =
        budget
            .time()
            .map(
                t ->
                    OptionalDouble.of(
                        Math.min(1.0, control.elapsed().toNanos() / (double) t.toNanos())))
            .orElse(OptionalDouble.empty());
    control.report(
        new Progress(
            stage,
            fraction,
            control.elapsed(),
            Optional.empty(),
            Map.of("best", value, "bound", bound)));
  }
}
