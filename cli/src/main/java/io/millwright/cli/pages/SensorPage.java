package io.millwright.cli.pages;

import io.millwright.api.data.UnitHistory;
import io.millwright.maintenance.SensorCheck;
import io.millwright.maintenance.SensorFinding;
import io.millwright.reports.Chart;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import io.millwright.reports.Scale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A page of sensors that lie: what they read beside what the others say. */
public final class SensorPage {

  private static final int MOST = 12;

  private final Page page = new Page("Sensors");
  private final List<Runnable> sections = new ArrayList<>();
  private int units;

  /**
   * Adds a unit.
   *
   * @param unit its history
   * @param check what was found
   * @param words the same in words
   */
  public void add(UnitHistory unit, SensorCheck check, String words) {
    units++;
    if (units <= MOST) {
      sections.add(() -> section(unit, check, words));
    }
  }

  private void section(UnitHistory unit, SensorCheck check, String words) {
    page.section(unit.unit()).text(words);
    for (SensorFinding finding : check.findings()) {
      String name = finding.sensor();
      double[] read = unit.readings().numbers(name);
      double[] said = check.repaired().readings().numbers(name);
      double[] x = IntStream.rangeClosed(1, read.length).mapToDouble(i -> i).toArray();
      double wide = 1.645 * finding.deviation();
      double[] low = Arrays.stream(said).map(v -> v - wide).toArray();
      double[] high = Arrays.stream(said).map(v -> v + wide).toArray();
      double least = least(read, low);
      double most = -least(negative(read), negative(high));
      int[] known = IntStream.range(0, read.length).filter(i -> !Double.isNaN(read[i])).toArray();
      page.chart(
          new Chart(
                  860,
                  240,
                  new Scale(1, Math.max(2, read.length), false, "cycle"),
                  Scale.around(least, most, name),
                  "Readings of " + name + " and what the other sensors say")
              .band("interval", x, low, high)
              .line("course", x, said)
              .line(
                  "training",
                  Arrays.stream(known).mapToDouble(i -> x[i]).toArray(),
                  Arrays.stream(known).mapToDouble(i -> read[i]).toArray()));
    }
  }

  private static double[] negative(double[] values) {
    return Arrays.stream(values).map(v -> -v).toArray();
  }

  private static double least(double[] a, double[] b) {
    return Math.min(
        Arrays.stream(a).filter(Double::isFinite).min().orElse(0),
        Arrays.stream(b).min().orElse(0));
  }

  /**
   * Writes the page.
   *
   * @param file where to; replaced when it exists
   * @param all how many units were checked
   */
  public void writeTo(Path file, int all) {
    page.heading(
        units
            + " of "
            + all
            + " units have something unusual"
            + (units > MOST ? ", the first " + MOST + " shown" : "")
            + ". Blue is what the other sensors say, with a 90 % band; grey is what was read.");
    sections.forEach(Runnable::run);
    Pages.write(file, page.html(Pages.FOOTER));
  }
}
