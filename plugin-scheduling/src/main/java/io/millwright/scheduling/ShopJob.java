package io.millwright.scheduling;

import io.millwright.api.plan.MachineWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One order on the shop floor (ISA-95: work order). It is called a shop job so that it is never
 * mistaken for {@link io.millwright.api.Job}, the handle on long work.
 *
 * <p>Immutable and thread-safe; two with equal parts are equal.
 */
public final class ShopJob {

  private record Parts(
      String id,
      long release,
      OptionalLong due,
      OptionalLong deadline,
      double weight,
      long quantity,
      OptionalDouble rejection,
      List<Operation> operations) {}

  private final Parts parts;

  private ShopJob(Parts parts) {
    this.parts = parts;
  }

  /**
   * A job of one piece with weight 1, released at 0, without a due date.
   *
   * @param id its name
   * @param operations its steps, with their own precedence
   * @return the job
   */
  public static ShopJob of(String id, List<Operation> operations) {
    return builder(id, operations).build();
  }

  /**
   * A job whose operations follow each other in the order given. What they say of their own about
   * precedence within the job is replaced.
   *
   * @param id its name
   * @param operations its steps in order
   * @return the job
   */
  public static ShopJob chain(String id, Operation... operations) {
    return of(id, chained(List.of(operations)));
  }

  /**
   * A movable maintenance window as a job of one operation, {@code maintenance}, on its machine: it
   * keeps the window's span, its weight is the window's price, and it leaves the set-up of the
   * machine as it is. What its delay costs counts as {@link Measure#WEIGHTED_TARDINESS}.
   *
   * @param window the window
   * @return the job, named as the window
   */
  public static ShopJob of(MachineWindow window) {
    Alternative alternative = Alternative.of(window.machine(), window.duration());
    return builder(window.id(), List.of(Operation.of("maintenance", alternative)))
        .release(window.earliest())
        .due(window.due())
        .deadline(window.deadline())
        .weight(window.price())
        .build();
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
   * A builder of a job.
   *
   * @param id its name, unique in the shop
   * @param operations its steps, at least one
   * @return the builder
   */
  public static Builder builder(String id, List<Operation> operations) {
    return new Builder(id, operations);
  }

  /**
   * A builder that begins with the parts of this one.
   *
   * @return the builder
   */
  public Builder toBuilder() {
    Builder builder = new Builder(parts.id, parts.operations);
    builder.release = parts.release;
    builder.due = parts.due;
    builder.deadline = parts.deadline;
    builder.weight = parts.weight;
    builder.quantity = parts.quantity;
    builder.rejection = parts.rejection;
    return builder;
  }

  /**
   * Its name, unique in the shop.
   *
   * @return the name
   */
  public String id() {
    return parts.id;
  }

  /**
   * The first tick at which its work may begin.
   *
   * @return the tick
   */
  public long release() {
    return parts.release;
  }

  /**
   * When it should be done, where somebody waits for it.
   *
   * @return the tick
   */
  public OptionalLong due() {
    return parts.due;
  }

  /**
   * Its deadline: when it must be done. A plan that misses one breaks a rule, where a missed {@link
   * #due} only costs.
   *
   * @return the tick, or empty
   */
  public OptionalLong deadline() {
    return parts.deadline;
  }

  /**
   * What one tick of tardiness or flow time costs relative to other jobs, not negative.
   *
   * @return the weight
   */
  public double weight() {
    return parts.weight;
  }

  /**
   * The pieces, at least 1.
   *
   * @return the pieces
   */
  public long quantity() {
    return parts.quantity;
  }

  /**
   * Its rejection cost: what it costs to leave the job out, where that is allowed. It counts in
   * plans for {@link Measure#REJECTION_COST}; for other objectives every job is done.
   *
   * @return the cost, not negative, or empty for a job that must be done
   */
  public OptionalDouble rejection() {
    return parts.rejection;
  }

  /**
   * Its steps, at least one.
   *
   * @return the operations
   */
  public List<Operation> operations() {
    return parts.operations;
  }

  /**
   * The same job with another release.
   *
   * @param time the first tick at which its work may begin
   * @return the new job
   */
  public ShopJob releasedAt(long time) {
    return toBuilder().release(time).build();
  }

  /**
   * The same job with another due date.
   *
   * @param time when it should be done
   * @return the new job
   */
  public ShopJob dueAt(long time) {
    return toBuilder().due(time).build();
  }

  /**
   * The same job with another weight.
   *
   * @param other what one tick of tardiness costs
   * @return the new job
   */
  public ShopJob weighing(double other) {
    return toBuilder().weight(other).build();
  }

  /**
   * The same job with another quantity.
   *
   * @param pieces the pieces
   * @return the new job
   */
  public ShopJob pieces(long pieces) {
    return toBuilder().quantity(pieces).build();
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof ShopJob o && parts.equals(o.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  @Override
  public String toString() {
    return "ShopJob" + parts.toString().substring("Parts".length());
  }

  /** Collects the parts. Not thread-safe. */
  public static final class Builder {

    private String id;
    private long release = 0;
    private OptionalLong due = OptionalLong.empty();
    private OptionalLong deadline = OptionalLong.empty();
    private double weight = 1;
    private long quantity = 1;
    private OptionalDouble rejection = OptionalDouble.empty();
    private List<Operation> operations;

    private Builder(String id, List<Operation> operations) {
      this.id = Objects.requireNonNull(id, "id");
      this.operations = List.copyOf(operations);
    }

    /**
     * Sets its name, unique in the shop.
     *
     * @param value the name
     * @return this builder
     */
    public Builder id(String value) {
      id = Objects.requireNonNull(value, "id");
      return this;
    }

    /**
     * Sets the first tick at which its work may begin.
     *
     * @param value the tick
     * @return this builder
     */
    public Builder release(long value) {
      release = value;
      return this;
    }

    /**
     * Sets when it should be done, where somebody waits for it.
     *
     * @param value the tick
     * @return this builder
     */
    public Builder due(long value) {
      due = OptionalLong.of(value);
      return this;
    }

    /**
     * Sets when it should be done, where somebody waits for it, or takes it away.
     *
     * @param value the tick, or empty
     * @return this builder
     */
    public Builder due(OptionalLong value) {
      due = Objects.requireNonNull(value, "due");
      return this;
    }

    /**
     * Sets when it must be done.
     *
     * @param value the tick
     * @return this builder
     */
    public Builder deadline(long value) {
      deadline = OptionalLong.of(value);
      return this;
    }

    /**
     * Sets when it must be done, or takes the deadline away.
     *
     * @param value the tick, or empty
     * @return this builder
     */
    public Builder deadline(OptionalLong value) {
      deadline = Objects.requireNonNull(value, "deadline");
      return this;
    }

    /**
     * Sets what one tick of tardiness or flow time costs relative to other jobs, not negative.
     *
     * @param value the weight
     * @return this builder
     */
    public Builder weight(double value) {
      weight = value;
      return this;
    }

    /**
     * Sets the pieces, at least 1.
     *
     * @param value the pieces
     * @return this builder
     */
    public Builder quantity(long value) {
      quantity = value;
      return this;
    }

    /**
     * Sets what it costs to leave the job out, not negative.
     *
     * @param value the cost
     * @return this builder
     */
    public Builder rejection(double value) {
      rejection = OptionalDouble.of(value);
      return this;
    }

    /**
     * Sets what it costs to leave the job out, or that it must be done.
     *
     * @param value the cost, or empty
     * @return this builder
     */
    public Builder rejection(OptionalDouble value) {
      rejection = Objects.requireNonNull(value, "rejection");
      return this;
    }

    /**
     * Sets its steps, at least one.
     *
     * @param value the operations
     * @return this builder
     */
    public Builder operations(List<Operation> value) {
      operations = List.copyOf(value);
      return this;
    }

    /**
     * Sets its steps, at least one.
     *
     * @param value the operations
     * @return this builder
     */
    public Builder operations(Operation... value) {
      return operations(List.of(value));
    }

    /**
     * Puts the parts together.
     *
     * @return the job
     */
    public ShopJob build() {
      return new ShopJob(
          new Parts(id, release, due, deadline, weight, quantity, rejection, operations));
    }
  }
}
