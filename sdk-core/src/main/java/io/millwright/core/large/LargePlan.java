package io.millwright.core.large;

import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What is learnt from a large table, and how (options of out-of-core training).
 *
 * @param target the column that is learnt: classes for a column of labels, else a number
 * @param network the network, without its output layer
 * @param learning how it learns; one member
 * @param folder where prepared rows are kept while it learns: about 4 bytes for each feature of
 *     each row
 */
public record LargePlan(String target, Network network, Learning learning, Path folder) {

  /** Checks. */
  public LargePlan {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(learning, "learning");
    Objects.requireNonNull(folder, "folder");
  }

  /**
   * A perceptron 64-32, Adam, batches of 1024, at most 5 epochs, of which two without progress end
   * it.
   *
   * @param target the column that is learnt
   * @param folder where prepared rows are kept
   * @return the plan
   */
  public static LargePlan of(String target, Path folder) {
    return new LargePlan(
        target,
        Networks.mlp(64, 32),
        Learning.adam(1e-3).batch(1024).epochs(5).earlyStopping(2),
        folder);
  }

  /**
   * The same with another network.
   *
   * @param value the network, without its output layer
   * @return the new plan
   */
  public LargePlan network(Network value) {
    return new LargePlan(target, value, learning, folder);
  }

  /**
   * The same with other options.
   *
   * @param value how it learns
   * @return the new plan
   */
  public LargePlan learning(Learning value) {
    return new LargePlan(target, network, value, folder);
  }
}
