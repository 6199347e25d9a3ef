package io.millwright.personalization;

import io.millwright.api.data.Table;
import java.util.List;

/**
 * Of what treatment, on what outcome, the uplift is asked.
 *
 * @param table a row for each customer of the test
 * @param treatment the column of the arm
 * @param control the arm without treatment
 * @param treated the arm with it; other arms are left out
 * @param outcome the column of the outcome, a number or 0 and 1
 * @param features the columns known before the treatment; never an outcome
 * @param holdOut the share of customers that judges the model and is not learnt from, 0 to 0.9; 0
 *     judges out of fold alone
 * @param key the key of all randomness
 */
public record UpliftQuestion(
    Table table,
    String treatment,
    String control,
    String treated,
    String outcome,
    List<String> features,
    double holdOut,
    long key) {
  /** Copies. */
  public UpliftQuestion {
    features = List.copyOf(features);
  }
}
