package io.millwright.cli.pages;

import io.millwright.api.data.Image;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * A page of images with those that look most like them. Immutable.
 *
 * @param title the page's title
 * @param under where they come from, in a sentence
 * @param asked the images that were asked for
 */
public record NeighbourReport(String title, String under, List<Asked> asked) {

  private static final int LARGEST_SIDE = 200;

  /**
   * One image and what was found.
   *
   * @param image the image
   * @param found the most similar first
   */
  public record Asked(Image image, List<Found> found) {
    /** Copies. */
    public Asked {
      found = List.copyOf(found);
    }
  }

  /**
   * One neighbour.
   *
   * @param image the picture, where it is at hand
   * @param id its id
   * @param similarity its cosine similarity
   */
  public record Found(Optional<Image> image, String id, double similarity) {}

  /** Copies. */
  public NeighbourReport {
    asked = List.copyOf(asked);
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
    for (Asked one : asked) {
      page.section(one.image().name());
      List<List<String>> drawings = new ArrayList<>();
      drawings.add(List.of(drawing(Optional.of(one.image()), "asked for"), "asked for"));
      for (Found found : one.found()) {
        String words = String.format(Locale.ROOT, "%.3f %s", found.similarity(), found.id());
        drawings.add(List.of(drawing(found.image(), words), words));
      }
      page.gallery(drawings);
    }
    return page.html(Pages.FOOTER);
  }

  private static String drawing(Optional<Image> image, String words) {
    if (image.isEmpty()) {
      return "<svg viewBox='0 0 100 100' role='img' aria-label='no picture'><rect width='100'"
          + " height='100' fill='#e0e0e0'/></svg>";
    }
    Image whole = image.get();
    int most = Math.max(whole.width(), whole.height());
    Image shown =
        most > LARGEST_SIDE ? whole.reduced((most + LARGEST_SIDE - 1) / LARGEST_SIDE) : whole;
    return String.format(
        Locale.ROOT,
        "<svg viewBox='0 0 %d %d' role='img' aria-label='%s'><image width='%d' height='%d'"
            + " href='data:image/png;base64,%s'/></svg>",
        shown.width(),
        shown.height(),
        Page.escape(words),
        shown.width(),
        shown.height(),
        png(shown));
  }

  private static String png(Image image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image.toBufferedImage(), "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return Base64.getEncoder().encodeToString(out.toByteArray());
  }
}
