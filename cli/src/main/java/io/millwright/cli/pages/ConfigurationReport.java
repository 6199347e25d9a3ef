package io.millwright.cli.pages;

import io.millwright.cli.kit.Figure;
import io.millwright.personalization.Configurator;
import io.millwright.personalization.Feature;
import io.millwright.personalization.ProductModel;
import io.millwright.personalization.RequestReading;
import io.millwright.reports.Page;
import io.millwright.reports.Pages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A page of a configuration: what was read, what is possible, and what was found. Immutable; gives
 * the same page for the same content.
 *
 * @param model the product
 * @param now what is chosen and possible
 * @param reading what was understood of a request, if there was one
 * @param found the completion, if one was asked for
 */
public record ConfigurationReport(
    ProductModel model,
    Configurator.Configuration now,
    Optional<RequestReading> reading,
    Optional<Configurator.Completion> found) {

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
        new Page(model.name())
            .heading(model.features().size() + " features, " + model.rules().size() + " rules");
    reading.ifPresent(
        r -> {
          page.section("Request");
          List<List<String>> rows = new ArrayList<>();
          for (RequestReading.Understood u : r.understood()) {
            rows.add(
                List.of(
                    u.words(),
                    u.feature() + " = " + u.choice(),
                    String.format(Locale.ROOT, "%.2f", u.confidence())));
          }
          page.table(
              List.of("words", "understood as", "confidence"), rows, Pages.none(rows.size()));
          r.questions().forEach(q -> page.text("To ask: " + q));
        });
    found.ifPresent(
        c -> {
          page.section("Configuration");
          List<List<String>> facts = new ArrayList<>();
          c.choices()
              .forEach(
                  (f, v) ->
                      facts.add(
                          List.of(f, v + (c.changed().contains(f) ? " (not as wished)" : ""))));
          c.measures().forEach((m, v) -> facts.add(List.of(m, Figure.of(v))));
          page.facts(facts);
        });
    page.section("What is possible");
    List<List<String>> rows = new ArrayList<>();
    for (Feature f : model.features()) {
      Set<String> left = now.possible().getOrDefault(f.name(), Set.of());
      List<String> out =
          f.choices().stream().map(Feature.Choice::name).filter(c -> !left.contains(c)).toList();
      rows.add(List.of(f.name(), shortly(List.copyOf(left)), shortly(out)));
    }
    page.table(List.of("feature", "possible", "not possible"), rows, Pages.none(rows.size()));
    return page.html("Every possible choice has a valid completion.");
  }

  private static String shortly(List<String> names) {
    return names.size() <= 8
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, 3)) + " … " + names.get(names.size() - 1);
  }
}
