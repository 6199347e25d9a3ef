package io.millwright.quality;

import java.util.List;
import java.util.Objects;

/**
 * A gauge study by analysis of variance.
 *
 * @param parts how many parts; of a nested study for each appraiser
 * @param appraisers how many appraisers
 * @param trials how often each part was measured by one appraiser
 * @param anova the table: part, appraiser, interaction where it is kept, repeatability; of a
 *     crossed study the interaction is tested even where it is merged afterwards
 * @param merged whether the interaction was merged into repeatability
 * @param components variance components: repeatability, appraiser, interaction (0 when merged;
 *     absent from nested studies), gauge, part, total. Negative estimates are 0. Intervals: of
 *     repeatability exact, of the others by modified large samples (Ting, Burdick, Graybill,
 *     Jeyaratnam and Lu 1990; Burdick, Borror and Montgomery 2005)
 * @param ndc 1.41 part / gauge as standard deviations, the number of distinct categories, not cut
 *     to a whole number; infinity for a gauge without variation
 * @param words what to think of the gauge, after the rule of AIAG
 */
public record GaugeStudy(
    int parts,
    int appraisers,
    int trials,
    List<Line> anova,
    boolean merged,
    List<Component> components,
    double ndc,
    String words) {

  /**
   * One line of the analysis of variance.
   *
   * @param name the source
   * @param squares its sum of squares
   * @param free its degrees of freedom
   * @param f its F ratio; NaN for repeatability
   * @param p its probability; NaN for repeatability
   */
  public record Line(String name, double squares, int free, double f, double p) {}

  /**
   * One variance component.
   *
   * @param name the source
   * @param variance its estimate, 0 or more
   * @param low the lower end of its interval
   * @param high the upper end
   * @param contribution its share of the total variance, in percent
   * @param study its share of the total standard deviation, in percent
   * @param tolerance six of its standard deviations as percent of the tolerance; NaN without one
   */
  public record Component(
      String name,
      double variance,
      double low,
      double high,
      double contribution,
      double study,
      double tolerance) {}

  /** Copies. */
  public GaugeStudy {
    anova = List.copyOf(anova);
    components = List.copyOf(components);
    Objects.requireNonNull(words, "words");
  }

  /**
   * A component by its name.
   *
   * @param name such as {@code gauge}
   * @return the component
   */
  public Component component(String name) {
    return components.stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException("no component \"" + name + "\" among " + components));
  }
}
