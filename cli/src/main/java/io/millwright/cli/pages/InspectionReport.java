package io.millwright.cli.pages;

import io.millwright.api.data.Image;
import io.millwright.api.learn.ConfusionMatrix;
import io.millwright.quality.HeatMap;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * A page about what a model says of images: figures, the confusion matrix where truths are known,
 * and images with what the answers rest on. Immutable.
 *
 * @param title the page's title
 * @param under what was inspected, in a sentence
 * @param figures names with their values
 * @param truths the true labels, or empty when they are not known
 * @param answers what the model said, as many as {@code truths} when there are any
 * @param looks some images with their heat maps
 */
public record InspectionReport(
    String title,
    String under,
    Map<String, String> figures,
    List<String> truths,
    List<String> answers,
    List<Look> looks) {

  private static final int LARGEST_SIDE = 320;

  /**
   * One image with what its answer rests on.
   *
   * @param image the image
   * @param words what to say below it
   * @param heat what its answer rests on
   */
  public record Look(Image image, String words, HeatMap heat) {}

  /** Copies. */
  public InspectionReport {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    truths = List.copyOf(truths);
    answers = List.copyOf(answers);
    looks = List.copyOf(looks);
  }

  /**
   * Writes the page.
   *
   * @param file where to; replaced when it exists
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
    Page page = new Page(title).heading(under);
    List<List<String>> numbers = new ArrayList<>();
    figures.forEach((name, value) -> numbers.add(List.of(value, name)));
    page.numbers(numbers);
    if (!truths.isEmpty()) {
      matrix(page);
    }
    if (!looks.isEmpty()) {
      page.section("What the answers rest on");
      page.text(
          "Orange cells carry the answer: its probability falls when they are covered by grey. Blue"
              + " cells speak against it.");
      List<List<String>> drawings = new ArrayList<>();
      for (Look look : looks) {
        HeatMap heat = look.heat();
        double strongest = heat.effects().stream().mapToDouble(Math::abs).max().orElse(0);
        Cells cells = new Cells(heat.rows(), heat.columns(), heat.effects(), strongest);
        drawings.add(List.of(drawing(look.image(), look.words(), cells), look.words()));
      }
      page.gallery(drawings);
    }
    return page.html(Pages.FOOTER);
  }

  private void matrix(Page page) {
    ConfusionMatrix matrix = ConfusionMatrix.of(truths, answers);
    page.section("What was taken for what");
    page.text("Rows are what the images show, columns what the model said.");
    List<String> head = new ArrayList<>(List.of("shown"));
    head.addAll(matrix.labels());
    head.add("recall");
    List<List<String>> rows = new ArrayList<>();
    List<Integer> best = new ArrayList<>();
    for (int t = 0; t < matrix.labels().size(); t++) {
      String label = matrix.labels().get(t);
      List<String> row = new ArrayList<>(List.of(label));
      long all = 0;
      long right = 0;
      for (String said : matrix.labels()) {
        long n = count(label, said);
        all += n;
        right += said.equals(label) ? n : 0;
        row.add(n == 0 ? "·" : Long.toString(n));
      }
      row.add(all == 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100.0 * right / all));
      rows.add(row);
      best.add(t + 1);
    }
    page.table(head, rows, best);
  }

  private long count(String truth, String said) {
    long n = 0;
    for (int i = 0; i < truths.size(); i++) {
      n += truths.get(i).equals(truth) && answers.get(i).equals(said) ? 1 : 0;
    }
    return n;
  }

  /**
   * What lies over an image.
   *
   * @param strongest what is drawn most strongly
   */
  record Cells(int rows, int columns, List<Double> values, double strongest) {}

  /** An image with its cells: orange above 0, blue below. */
  static String drawing(Image image, String words, Cells cells) {
    int most = Math.max(image.width(), image.height());
    Image shown =
        most > LARGEST_SIDE ? image.reduced((most + LARGEST_SIDE - 1) / LARGEST_SIDE) : image;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox='0 0 %d %d' role='img' aria-label='%s'><image width='%d' height='%d'"
                + " href='data:image/png;base64,%s'/>",
            shown.width(),
            shown.height(),
            Page.escape(words),
            shown.width(),
            shown.height(),
            png(shown)));
    for (int r = 0; r < cells.rows() && cells.strongest() > 1e-6; r++) {
      for (int c = 0; c < cells.columns(); c++) {
        double value = cells.values().get(r * cells.columns() + c) / cells.strongest();
        double share = Math.max(-1, Math.min(1, value));
        if (Math.abs(share) > 0.05) {
          svg.append(
              String.format(
                  Locale.ROOT,
                  "<rect x='%.2f' y='%.2f' width='%.2f' height='%.2f' fill='%s'"
                      + " fill-opacity='%.2f'/>",
                  (double) c * shown.width() / cells.columns(),
                  (double) r * shown.height() / cells.rows(),
                  (double) shown.width() / cells.columns(),
                  (double) shown.height() / cells.rows(),
                  share > 0 ? "#ff6a13" : "#2f7ed8",
                  0.6 * Math.abs(share)));
        }
      }
    }
    return svg.append("</svg>").toString();
  }

  static String png(Image image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      BufferedImage buffered = image.toBufferedImage();
      ImageIO.write(buffered, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return Base64.getEncoder().encodeToString(out.toByteArray());
  }
}
