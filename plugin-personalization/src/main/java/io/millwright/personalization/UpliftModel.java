package io.millwright.personalization;

import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import java.util.List;
import java.util.Map;

/** The uplift of a treatment. Immutable and thread-safe. */
public interface UpliftModel {

  /**
   * The expected change of the outcome by the treatment. Where no usable difference between
   * customers was found it is the mean uplift for everybody.
   *
   * @param customer a row with the features
   * @return the change, in the outcome's unit
   */
  double uplift(Row customer);

  /**
   * Whether the model may be used to choose whom to treat.
   *
   * @return true when the Qini area out of fold is above chance (one-sided, 5 %), and the arms are
   *     alike
   */
  boolean usable();

  /**
   * In which features the arms differ beyond chance (one in ten thousand over all features). Where
   * there are any, no lot drew the arms or a feature came after the treatment: what looks like the
   * treatment's may be theirs, and the verdict says so.
   *
   * @return their names, those that differ most first; empty for a randomised test
   */
  List<String> unlike();

  /**
   * What was found, in a sentence for people.
   *
   * @return such as {@code "women's e-mail changes visit by 0.045 ± 0.007; whom it is sent to makes
   *     no usable difference"}
   */
  String verdict();

  /**
   * How good the order by uplift is out of fold, on the customers that were learnt from.
   *
   * @return the figures
   */
  Qini outOfFold();

  /**
   * Each learner's Qini area out of fold, by name.
   *
   * @return the areas
   */
  Map<String, Double> learners();

  /**
   * Judges on other customers of the same test, or on those held out.
   *
   * @param table a row for each customer
   * @return the figures
   */
  Qini judge(Table table);

  /**
   * The figures on the customers held out by the question.
   *
   * @return the figures; those out of fold where nothing was held out
   */
  Qini heldOut();

  /**
   * How good an order by uplift is. The curve: customers in falling order of predicted uplift;
   * after each share of them the outcomes of the treated, less those of the controls scaled to as
   * many (Radcliffe 2007), divided by all treated.
   *
   * @param area the area between curve and the straight line of a random order (the mean over
   *     shares)
   * @param random the standard deviation of that area for random orders
   * @param low the lower end of its 95 % bootstrap interval
   * @param high the upper end
   * @param auuc the area under the curve itself (random order: half of the mean uplift)
   * @param predicted the mean predicted uplift
   * @param actual the mean uplift: difference of the arms' means
   * @param actualError half a 95 % interval of it
   * @param best30 the uplift among the 30 % with the highest prediction
   * @param customers how many customers
   * @param curve the curve at 0, 5, …, 100 %
   */
  record Qini(
      double area,
      double random,
      double low,
      double high,
      double auuc,
      double predicted,
      double actual,
      double actualError,
      double best30,
      int customers,
      List<Double> curve) {
    /** Copies. */
    public Qini {
      curve = List.copyOf(curve);
    }
  }
}
