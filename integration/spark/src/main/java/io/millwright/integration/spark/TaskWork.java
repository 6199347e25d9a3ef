package io.millwright.integration.spark;

import java.io.Serializable;

/**
 * What is done with one setting of a sweep: a training with it, on one fold perhaps. Hosts
 * implement it, usually by a lambda; it is carried to executors by Java serialisation. Called by
 * several threads at a time.
 *
 * @param <T> a setting
 * @param <R> what came out
 */
@FunctionalInterface
public interface TaskWork<T, R> extends Serializable {

  /**
   * Works with a setting.
   *
   * @param setting the setting
   * @param host what an executor has for all of its tasks
   * @return what came out; serialisable
   * @throws Exception fails the sweep, after Spark has tried again
   */
  R apply(T setting, ExecutorHost host) throws Exception;
}
