package io.millwright.cli.pages;

import io.millwright.api.data.Image;
import io.millwright.quality.Anomaly;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A page about images that were compared with good ones: figures, and the strangest images with
 * their cells. Immutable.
 *
 * @param under what was scored, in a sentence
 * @param figures names with their values
 * @param looks some images, the strangest first
 */
public record AnomalyReport(String under, Map<String, String> figures, List<Look> looks) {

  /**
   * One image with what was said of it.
   *
   * @param image the image
   * @param words what to say below it
   * @param anomaly its score and cells
   */
  public record Look(Image image, String words, Anomaly anomaly) {}

  /** Copies. */
  public AnomalyReport {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    looks = List.copyOf(looks);
  }

  /**
   * Writes the page.
   *
   * @param file where to; replaced when it exists
   */
  public void writeTo(Path file) {
    Page page = new Page("Parts beside good ones").heading(under);
    List<List<String>> numbers = new ArrayList<>();
    figures.forEach((name, value) -> numbers.add(List.of(value, name)));
    page.numbers(numbers);
    page.section("Where they are strange");
    page.text(
        "The strangest images first. The stronger the orange, the stranger the cell; all images"
            + " share one scale.");
    double strongest =
        looks.stream()
            .flatMap(l -> l.anomaly().cells().stream())
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(0);
    List<List<String>> drawings = new ArrayList<>();
    for (Look look : looks) {
      Anomaly said = look.anomaly();
      InspectionReport.Cells cells =
          new InspectionReport.Cells(said.rows(), said.columns(), said.cells(), strongest);
      drawings.add(
          List.of(InspectionReport.drawing(look.image(), look.words(), cells), look.words()));
    }
    page.gallery(drawings);
    Pages.write(file, page.html(Pages.FOOTER));
  }
}
