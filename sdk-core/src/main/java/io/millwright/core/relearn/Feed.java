package io.millwright.core.relearn;

import io.millwright.api.data.Table;

/**
 * Rows with their truth, as they became known: an append-only sequence, such as a table of a
 * database in the order of its keys. Implemented by hosts; must give the same rows for the same
 * places, also after a restart.
 */
public interface Feed {

  /**
   * How many rows there are by now.
   *
   * @return never less than before
   */
  long size();

  /**
   * Some rows.
   *
   * @param from the first, counted from 0
   * @param to the end, excluded, at most {@link #size}
   * @return the rows, with inputs and target
   */
  Table rows(long from, long to);
}
