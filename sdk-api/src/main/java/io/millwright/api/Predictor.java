package io.millwright.api;

import io.millwright.api.data.Table;
import java.util.List;

/**
 * A trained model, ready to answer. Immutable and thread-safe: any number of threads may ask at the
 * same time, and each gets the answer to its own question. Calls run on the caller's thread and do
 * not block on other callers. The same input gives the same answer, and {@link #predictAll} gives
 * the answers of {@link #predict} within the tolerance of float32 arithmetic.
 *
 * <p>Dirty data never throw: the outcome carries {@linkplain Flag flags} or is an {@linkplain
 * Outcome.Abstention abstention}. Wrong use does: a closed predictor ({@link ErrorCode#CLOSED}), an
 * input without the columns of the model ({@link ErrorCode#MISSING_COLUMN}, {@link
 * ErrorCode#WRONG_UNIT}, {@link ErrorCode#WRONG_TYPE}), a failing engine ({@link
 * ErrorCode#ENGINE_FAILED}).
 *
 * @param <I> one input
 * @param <V> one answer
 */
public interface Predictor<I, V> extends AutoCloseable {

  /**
   * Answers one question.
   *
   * @param input what to answer for
   * @return a prediction, or an abstention with its reasons
   */
  Outcome<V> predict(I input);

  /**
   * Answers many questions together, which is faster than one by one.
   *
   * @param inputs what to answer for; may be empty
   * @return one outcome for each input, in the same order
   */
  List<Outcome<V>> predictAll(List<? extends I> inputs);

  /**
   * Answers for every row of a table by itself (batch inference on columns): the columns are read
   * where they lie, without an object for each input. Bit for bit what {@link #predictAll} gives
   * for inputs that become these rows.
   *
   * @param rows independent records, with the columns of {@link ModelInfo#inputs}; others may stand
   *     beside them, in any order
   * @return one outcome for each row, in the same order
   * @throws MillwrightException with {@link ErrorCode#UNSUPPORTED} when the predictor does not
   *     answer by a table's columns; with {@link ErrorCode#MISSING_COLUMN} and the like as {@link
   *     #predict}
   */
  default List<Outcome<V>> predictRows(Table rows) {
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "the model of "
            + info().task()
            + " does not answer by the columns of a table\nMaybe give its own inputs to"
            + " predictAll");
  }

  /**
   * Says which parts of an input moved the answer, and by how much.
   *
   * @param input what to explain
   * @param how what kind of explanation
   * @return the explanation
   * @throws MillwrightException with {@link ErrorCode#UNSUPPORTED} when the model lacks {@link
   *     Capability#EXPLAIN}
   */
  Explanation explain(I input, ExplainRequest how);

  /**
   * What model this is.
   *
   * @return its description; may also be asked after closing
   */
  ModelInfo info();

  /**
   * Releases native memory, when there is any. Calls under way finish first; later ones throw.
   * Closing twice does nothing.
   */
  @Override
  void close();
}
