package io.millwright.cli.pages;

import io.millwright.api.Evaluation;
import io.millwright.cli.kit.Figure;
import io.millwright.personalization.Recommendation;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A page of recommendations: how good they are, beside every method alone, and what some customers
 * are shown. Immutable; gives the same page for the same content.
 *
 * @param data where the orders come from
 * @param customers how many customers
 * @param items how many items
 * @param choice what was compared and chosen
 * @param evaluation on what was held out
 * @param shown for some customers
 */
public record RecommendationReport(
    String data,
    int customers,
    int items,
    String choice,
    Evaluation evaluation,
    List<Shown> shown) {

  private static final List<String> COLUMNS =
      List.of("recall 10", "ndcg 10", "recall 5", "ndcg 5", "mrr", "coverage 10", "novelty 10");

  /**
   * What one customer is shown.
   *
   * @param customer the name
   * @param history the latest items
   * @param items the recommendations
   */
  public record Shown(String customer, List<String> history, List<Recommendation> items) {}

  /** Copies. */
  public RecommendationReport {
    shown = List.copyOf(shown);
  }

  /**
   * Writes the page.
   *
   * @param file where to; replaced when it exists
   * @throws io.millwright.api.MillwrightException when it cannot be written
   */
  public void writeTo(Path file) {
    Pages.write(file, html());
  }

  /**
   * The page.
   *
   * @return HTML that is well-formed XML too
   */
  public String html() {
    Page page =
        new Page("Recommendations")
            .heading(
                String.format(Locale.ROOT, "%s: %,d customers, %,d items", data, customers, items));
    page.numbers(
        List.of(
            List.of(
                figure("recall 10"),
                "recall at 10: the share of held-out orders among the ten items shown, ± "
                    + figure("recall 10 ±")),
            List.of(figure("ndcg 10"), "NDCG at 10, ± " + figure("ndcg 10 ±")),
            List.of(
                Figure.of(100 * evaluation.figure("calibration gap"), 2) + " points",
                "mean gap between predicted and true share of the items shown")));
    page.section("Methods");
    page.text(choice + ".");
    List<String> head = new ArrayList<>(List.of("method"));
    head.addAll(
        COLUMNS.stream().map(c -> c.equals("mrr") ? "MRR" : c.replace(" ", " @ ")).toList());
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("chosen", evaluation.figures()));
    evaluation.baselines().forEach((name, figures) -> rows.add(row(name, figures)));
    page.table(head, rows, Pages.none(rows.size()));
    page.section("What customers are shown");
    for (Shown one : shown) {
      page.text(
          one.customer
              + (one.history.isEmpty()
                  ? ": no orders yet"
                  : ": had " + String.join(", ", one.history)));
      List<List<String>> list = new ArrayList<>();
      for (Recommendation r : one.items) {
        list.add(
            List.of(
                r.item(),
                Double.isNaN(r.probability())
                    ? "–"
                    : String.format(Locale.ROOT, "%.1f %%", 100 * r.probability()),
                r.reasons().isEmpty() ? "" : r.reasons().get(0).toString()));
      }
      page.table(List.of("item", "probability", "because"), list, Pages.none(list.size()));
    }
    return page.html(
        "Judged on " + evaluation.samples() + " customers: " + evaluation.protocol() + ".");
  }

  private String figure(String name) {
    return String.format(Locale.ROOT, "%.4f", evaluation.figure(name));
  }

  private static List<String> row(String name, Map<String, Double> figures) {
    List<String> row = new ArrayList<>(List.of(name));
    for (String c : COLUMNS) {
      Double v = figures.get(c);
      row.add(v == null ? "–" : Figure.of(v, 3));
    }
    return row;
  }
}
