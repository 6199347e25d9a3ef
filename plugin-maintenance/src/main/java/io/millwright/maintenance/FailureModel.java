package io.millwright.maintenance;

import io.millwright.api.Trained;
import io.millwright.api.data.Row;

/**
 * A trained model of failures. Immutable and thread-safe. Its evaluation has the figures {@code
 * f1}, {@code precision}, {@code recall}, {@code pr auc}, {@code roc auc}, {@code log loss}, {@code
 * threshold}, and with costs {@code cost expected} and {@code cost realised} per row.
 */
public interface FailureModel extends Trained<Row, FailureRisk> {}
