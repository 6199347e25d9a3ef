package io.millwright.core.large;

import io.millwright.api.Job;
import io.millwright.api.Trained;
import io.millwright.api.data.Table;
import java.util.function.Consumer;

/**
 * Out-of-core learning of a column of a table that does not fit into memory. Rows are read twice:
 * first a sample of them, drawn evenly, fits preparation and output scale; then all are prepared
 * into a memory-mapped file, from which batches are drawn in random order. Memory holds the sample
 * and about 16 bytes for each row. Only hosts implement it; thread-safe. The same rows in the same
 * order give the same model.
 */
public interface LargeLearning {

  /** Rows in batches, such as those of {@code TableReader.batches}. Users implement it. */
  @FunctionalInterface
  interface Rows {
    /**
     * Gives all rows, in the same order whenever it is asked.
     *
     * @param batch takes some of them at a time, all with the same schema
     */
    void each(Consumer<? super Table> batch);
  }

  /**
   * Learns.
   *
   * @param rows independent rows; those without a truth are passed over
   * @param plan what is learnt, and how
   * @return a job; one row in fifty judges and calibrates the model, at most 100,000 of them
   * @throws io.millwright.api.MillwrightException by the job, as learning from any table; with
   *     {@link io.millwright.api.ErrorCode#TOO_FEW_DATA} for fewer than 1000 rows with a truth;
   *     with {@link io.millwright.api.ErrorCode#IO_FAILED} when the file cannot be written
   */
  Job<Trained<Table, Object>> train(Rows rows, LargePlan plan);
}
