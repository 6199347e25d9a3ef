package io.millwright.cli.pages;

import io.millwright.api.data.Series;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A page of series whose gaps were filled and whose strange values are marked. */
public final class CleanPage {

  private static final int MOST = 24;

  private final String what;
  private final String quantity;
  private final Page page = new Page("Clean series");
  private final List<Runnable> sections = new ArrayList<>();
  private int series;

  /**
   * @param what where the series come from
   * @param quantity what they count
   */
  public CleanPage(String what, String quantity) {
    this.what = what;
    this.quantity = quantity;
  }

  /**
   * Adds a series.
   *
   * @param one the series
   * @param filled its values without gaps
   * @param strange the periods whose values are strange
   * @param words what is said of it
   */
  public void add(Series one, double[] filled, List<Integer> strange, String words) {
    series++;
    if ((one.known() < one.length() || !strange.isEmpty()) && sections.size() < MOST) {
      sections.add(() -> section(one, filled, strange, words));
    }
  }

  private void section(Series one, double[] filled, List<Integer> strange, String words) {
    page.section(one.id()).text(words);
    double[] x = IntStream.range(0, filled.length).mapToDouble(i -> i).toArray();
    double least = Arrays.stream(filled).min().orElse(0);
    double most = Arrays.stream(filled).max().orElse(1);
    Chart chart =
        new Chart(
                860,
                240,
                new Scale(0, Math.max(1, filled.length - 1), false, "period"),
                Scale.around(least, most, quantity),
                "The series " + one.id() + " with filled gaps and strange values")
            .named(t -> one.label((int) Math.max(0, Math.min(filled.length - 1, Math.round(t)))))
            .line("training", x, filled);
    double[] known = one.toArray();
    for (int t = 0; t < known.length; t++) {
      if (Double.isNaN(known[t])) {
        chart.dot("predicted", t, filled[t], 3, one.label(t) + ": filled");
      }
    }
    for (int t : strange) {
      chart.dot("signal", t, known[t], 4, one.label(t) + ": strange");
    }
    page.chart(chart);
  }

  /**
   * Writes the page.
   *
   * @param file where to; replaced when it exists
   */
  public void writeTo(Path file) {
    page.heading(
        series
            + " series of "
            + what
            + ", "
            + sections.size()
            + " of them shown with gaps or strange values. Blue dots were filled in, red dots are"
            + " far from what the series model expected one period before.");
    sections.forEach(Runnable::run);
    Pages.write(file, page.html(Pages.FOOTER));
  }
}
