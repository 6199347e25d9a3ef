package io.millwright.runtime.explain;

import java.util.List;
import java.util.Objects;

/**
 * Permutation importance (Breiman 2001; Fisher, Rudin and Dominici 2019): how much the loss grows
 * on average when one column's values are shuffled among rows, so that it tells nothing more.
 *
 * @param loss the loss: squared error for quantities, log loss for classes
 * @param base the mean loss with all columns as they are
 * @param columns one for each column, most important first
 * @param rows how many rows were judged
 * @param repeats how often each column was shuffled
 */
public record Importance(String loss, double base, List<Growth> columns, int rows, int repeats) {

  /**
   * One column's importance.
   *
   * @param column its name
   * @param growth how much the mean loss grows; about 0 for a column that does not matter
   * @param standardError the standard error of the growth, over rows
   */
  public record Growth(String column, double growth, double standardError) {
    /** Checks. */
    public Growth {
      Objects.requireNonNull(column, "column");
    }
  }

  /** Copies. */
  public Importance {
    Objects.requireNonNull(loss, "loss");
    columns = List.copyOf(columns);
  }
}
