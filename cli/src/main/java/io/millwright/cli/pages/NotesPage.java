package io.millwright.cli.pages;

import io.millwright.cli.kit.Figure;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A page of maintenance notes: a Pareto chart for each field, and answers to new notes. */
public final class NotesPage {

  private static final int MOST = 12;

  private final Page page;
  private final String unit;

  /**
   * Begins a page.
   *
   * @param notes how many notes there are
   * @param unit what is summed
   */
  public NotesPage(int notes, String unit) {
    this.unit = unit;
    page = new Page("Maintenance notes").heading(notes + " notes, by " + unit);
  }

  /**
   * Adds the Pareto chart of a field.
   *
   * @param name the field
   * @param words how it was read
   * @param pareto values by weight, the largest first
   */
  public void field(String name, String words, Map<String, Double> pareto) {
    double all = pareto.values().stream().mapToDouble(v -> v).sum();
    page.section(name).text(words);
    int n = Math.min(MOST, pareto.size());
    Chart chart =
        new Chart(
            860,
            240,
            new Scale(0.5, n + 0.5, false, "value, in the table's order"),
            Scale.fromZero(100, "% of " + unit),
            "Pareto chart of " + name);
    List<List<String>> rows = new ArrayList<>();
    double[] x = new double[n];
    double[] together = new double[n];
    double sum = 0;
    for (Map.Entry<String, Double> e : pareto.entrySet()) {
      if (rows.size() == n) {
        break;
      }
      double share = all > 0 ? 100 * e.getValue() / all : 0;
      sum += share;
      int at = rows.size();
      x[at] = at + 1.0;
      together[at] = sum;
      chart.bar("predicted", at + 1.0, 0, share);
      rows.add(
          List.of(
              (at + 1) + " " + e.getKey(),
              Figure.of(e.getValue()),
              String.format(Locale.ROOT, "%.1f %%", share),
              String.format(Locale.ROOT, "%.1f %%", sum)));
    }
    page.chart(chart.line("validation", x, together));
    page.table(List.of(name, unit, "share", "together"), rows, Pages.none(rows.size()));
    if (pareto.size() > n) {
      page.text("and " + (pareto.size() - n) + " more values");
    }
  }

  /**
   * Adds the answer to a new note.
   *
   * @param note the note
   * @param words what it speaks of
   * @param cases similar past cases
   */
  public void asked(String note, String words, List<String> cases) {
    page.section("\u201c" + note + "\u201d").text(words);
    page.facts(cases.stream().map(c -> List.of("past case", c)).toList());
  }

  /**
   * Writes the page.
   *
   * @param file where to; replaced when it exists
   */
  public void writeTo(Path file) {
    Pages.write(file, page.html(Pages.FOOTER));
  }
}
