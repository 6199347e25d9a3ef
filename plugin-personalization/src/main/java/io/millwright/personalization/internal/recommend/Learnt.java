package io.millwright.personalization.internal.recommend;

import io.millwright.api.Evaluation;
import io.millwright.api.Provenance;
import io.millwright.personalization.PurchaseLog;

/**
 * What a training leaves.
 *
 * @param log what was learnt from
 * @param coded the same in numbers
 * @param ranker how to order
 * @param calibration strength to probability
 * @param repeats whether what a customer has is recommended again
 * @param choice what was compared and chosen
 * @param evaluation of the back-test
 * @param provenance where it comes from
 */
record Learnt(
    PurchaseLog log,
    Coded coded,
    Ranker ranker,
    Isotonic calibration,
    boolean repeats,
    String choice,
    Evaluation evaluation,
    Provenance provenance) {}
