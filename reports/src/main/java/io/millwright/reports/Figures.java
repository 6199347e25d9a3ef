package io.millwright.reports;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How figures of evaluations are named and written for people, on pages and on the console (number
 * formatting).
 */
public final class Figures {
  private static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("rmse", "RMSE"),
          Map.entry("mae", "mean absolute error"),
          Map.entry("nasa score", "NASA score"),
          Map.entry("rmse raw", "RMSE against uncut lives"),
          Map.entry("nasa score raw", "NASA score against uncut lives"),
          Map.entry("coverage 90", "coverage of 90 % intervals"),
          Map.entry("coverage 90 mid-life", "coverage for lives in the middle"),
          Map.entry("width 90", "mean width of 90 % intervals"),
          Map.entry("interval score 90", "interval score"),
          Map.entry("bias", "mean error"),
          Map.entry("r2", "R²"),
          Map.entry("f1", "F1"),
          Map.entry("pr auc", "PR AUC"),
          Map.entry("roc auc", "ROC AUC"));

  private static final int NONE = -1000;

  private static final List<String> SMALL_IS_GOOD =
      List.of("rmse", "mae", "nasa score", "interval score", "log loss", "cost");
  private static final List<String> LARGE_IS_GOOD =
      List.of("f1", "precision", "recall", "pr auc", "roc auc", "accuracy", "r2");

  private Figures() {}

  /**
   * A figure's name as people read it.
   *
   * @param name its name in an evaluation
   * @return the title
   */
  public static String title(String name) {
    return TITLES.getOrDefault(name, name);
  }

  /**
   * A figure's value as people read it.
   *
   * @param name its name in an evaluation
   * @param value its value, or null when it was not measured
   * @return the text; a dash for none
   */
  public static String text(String name, @Nullable Double value) {
    if (value == null || value.isNaN()) {
      return "–";
    }
    if (value.isInfinite()) {
      return value > 0 ? "open" : "open below";
    }
    if (name.equals("abstentions") || name.equals("failures") || name.equals("alarms")) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    if (name.startsWith("coverage")) {
      return String.format(Locale.ROOT, "%.1f %%", value * 100);
    }
    double size = Math.abs(value);
    if (size < 5e-4) {
      return "0";
    }
    return String.format(
        Locale.ROOT,
        size >= 1e15 ? "%.2e" : size >= 1000 ? "%,.0f" : size >= 10 ? "%.1f" : "%.3f",
        value);
  }

  /** Which of several has the best value, counted from 0; far below 0 when none is. */
  public static int best(String name, List<Map<String, Double>> columns) {
    int sign =
        SMALL_IS_GOOD.stream().anyMatch(name::startsWith)
            ? 1
            : LARGE_IS_GOOD.stream().anyMatch(name::startsWith) ? -1 : 0;
    int best = NONE;
    double bestValue = Double.POSITIVE_INFINITY;
    for (int i = 0; i < columns.size() && sign != 0; i++) {
      Double value = columns.get(i).get(name);
      if (value != null && sign * value < bestValue) {
        bestValue = sign * value;
        best = i;
      }
    }
    return columns.size() < 2 ? NONE : best;
  }
}
