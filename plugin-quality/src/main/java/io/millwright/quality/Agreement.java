package io.millwright.quality;

import java.util.List;

/**
 * How well appraisers agree who sort parts into classes (attribute agreement analysis, kappa).
 *
 * @param shares on how many parts all ratings agree: within each appraiser, of each appraiser with
 *     the truth, among all appraisers, of all with the truth
 * @param kappas agreement beyond chance, in the same order: of Fleiss (1971) among ratings, of
 *     Cohen (1960) between one appraiser and the truth
 */
public record Agreement(List<Share> shares, List<Kappa> kappas) {

  /**
   * A share of parts.
   *
   * @param name such as {@code "A with the truth"}
   * @param agreed parts on which all ratings agree
   * @param of parts
   * @param low the lower end of the exact interval (Clopper and Pearson 1934)
   * @param high the upper end
   */
  public record Share(String name, int agreed, int of, double low, double high) {}

  /**
   * A kappa: 1 for perfect agreement, 0 for what chance makes.
   *
   * @param name as of the share
   * @param value its estimate; NaN when all ratings are of one class
   * @param error its standard error: of Cohen's by Fleiss, Cohen and Everitt (1969), of Fleiss's by
   *     leaving out one part after the other
   * @param low the lower end of its interval
   * @param high the upper end
   */
  public record Kappa(String name, double value, double error, double low, double high) {}

  /** Copies. */
  public Agreement {
    shares = List.copyOf(shares);
    kappas = List.copyOf(kappas);
  }
}
