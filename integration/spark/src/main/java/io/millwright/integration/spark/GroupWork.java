package io.millwright.integration.spark;

import io.millwright.api.data.Table;
import java.io.Serializable;
import java.util.List;

/**
 * What is done with the rows of one group: a forecast of a series, a training on the history of an
 * asset. Hosts implement it, usually by a lambda; it is carried to executors by Java serialisation,
 * so what it holds must be serialisable. Called by several threads at a time.
 */
@FunctionalInterface
public interface GroupWork extends Serializable {

  /**
   * Works on a group.
   *
   * @param rows all rows of the group in the order that was asked for, the columns of the DataFrame
   *     by their names
   * @param host what an executor has for all of its groups
   * @return rows of the result, each with one value for each of its columns (null where there is
   *     none); may be empty
   * @throws Exception when there is no answer: a {@link io.millwright.api.MillwrightException}
   *     leaves one row with its code and reason for the group, all others fail the task
   */
  List<Object[]> apply(Table rows, ExecutorHost host) throws Exception;
}
