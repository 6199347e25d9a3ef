package io.millwright.scheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * One order on the shop floor (ISA-95: work order). It is called a shop job so that it is never
 * mistaken for {@link io.millwright.api.Job}, the handle on long work.
 *
 * @param id its name, unique in the shop
 * @param release the first tick at which its work may begin
 * @param due when it should be done, or empty when nobody waits for it
 * @param weight what one tick of tardiness or flow time costs relative to other jobs, not negative
 * @param quantity the pieces, at least 1
 * @param operations its steps, at least one
 */
public record ShopJob(
    String id,
    long release,
    OptionalLong due,
    double weight,
    long quantity,
    List<Operation> operations) {

  /** Checks for nulls and copies. */
  public ShopJob {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(due, "due");
    operations = List.copyOf(operations);
  }

  /**
   * A job of one piece with weight 1, released at 0, without a due date.
   *
   * @param id its name
   * @param operations its steps, with their own precedence
   * @return the job
   */
  public static ShopJob of(String id, List<Operation> operations) {
    return new ShopJob(id, 0, OptionalLong.empty(), 1, 1, operations);
  }

  /**
   * A job whose operations follow each other in the order given. What they say of their own about
   * precedence is replaced.
   *
   * @param id its name
   * @param operations its steps in order
   * @return the job
   */
  public static ShopJob chain(String id, Operation... operations) {
    return of(id, chained(List.of(operations)));
  }

  /** The operations, each waiting for the one before it. */
  static List<Operation> chained(List<Operation> operations) {
    List<Operation> chain = new ArrayList<>();
    for (Operation o : operations) {
      chain.add(chain.isEmpty() ? o.following() : o.following(chain.get(chain.size() - 1).id()));
    }
    return chain;
  }

  /**
   * The same job with another release.
   *
   * @param time the first tick at which its work may begin
   * @return the new job
   */
  public ShopJob releasedAt(long time) {
    return new ShopJob(id, time, due, weight, quantity, operations);
  }

  /**
   * The same job with another due date.
   *
   * @param time when it should be done
   * @return the new job
   */
  public ShopJob dueAt(long time) {
    return new ShopJob(id, release, OptionalLong.of(time), weight, quantity, operations);
  }

  /**
   * The same job with another weight.
   *
   * @param other what one tick of tardiness costs
   * @return the new job
   */
  public ShopJob weighing(double other) {
    return new ShopJob(id, release, due, other, quantity, operations);
  }

  /**
   * The same job with another quantity.
   *
   * @param pieces the pieces
   * @return the new job
   */
  public ShopJob pieces(long pieces) {
    return new ShopJob(id, release, due, weight, pieces, operations);
  }
}
