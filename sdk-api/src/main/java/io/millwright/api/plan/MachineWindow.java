package io.millwright.api.plan;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A maintenance window of a machine, fixed or movable within a span at a price: maintenance says
 * what it would cost to wait, scheduling finds the time. The machine does nothing else in the
 * window.
 *
 * <p>Times are whole ticks from wherever the user counts; {@link #duration} is working time, the
 * others are points of time. The window begins at {@link #earliest} or later and is over at {@link
 * #deadline}. Between those it may lie anywhere: up to {@link #due} at no cost, and for {@link
 * #price} a tick by which it is over later. What must not be done before a time, because remaining
 * life would be thrown away or the part is not there, has its {@link #earliest} at that time. A
 * window whose duration fills its span is {@link #fixed fixed}. Immutable and thread-safe.
 */
public final class MachineWindow {

  private final String id;
  private final String machine;
  private final long earliest;
  private final long deadline;
  private final long duration;
  private final long due;
  private final double price;

  private MachineWindow(Builder from) {
    earliest = from.earliest;
    deadline = from.deadline;
    duration = from.duration;
    due = from.due == null ? from.deadline : from.due;
    price = from.price;
    id = Objects.requireNonNull(from.id, "id");
    machine = Objects.requireNonNull(from.machine, "machine");

    String place = "window \"" + id + "\" of machine " + machine;
    if (earliest < 0) {
      throw bad(place + " begins at " + earliest, "count ticks from an earlier time");
    }
    if (duration < 1) {
      throw bad(place + " takes " + duration + " ticks", "leave it out, or use at least 1");
    }
    if (deadline < earliest || deadline - earliest < duration) {
      throw bad(
          place
              + " takes "
              + duration
              + " ticks, more than from "
              + earliest
              + " to its deadline "
              + deadline,
          "give it a later deadline");
    }
    if (due < earliest || due > deadline) {
      throw bad(
          place + " is due at " + due + ", outside " + earliest + " to " + deadline,
          "use its deadline where nothing is gained before");
    }
    if (!(price >= 0) || Double.isInfinite(price)) {
      throw bad(place + " has the price " + price, "use a finite price of at least 0");
    }
  }

  /**
   * Starts a builder with the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A window that cannot be moved.
   *
   * @param id the window's name
   * @param machine the machine's name
   * @param from the tick at which it begins, 0 or more
   * @param to the tick at which it is over, behind {@code from}
   * @return the window
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} when the times are no span
   */
  public static MachineWindow fixed(String id, String machine, long from, long to) {
    return builder()
        .id(id)
        .machine(machine)
        .earliest(from)
        .deadline(to)
        .duration(to <= from ? 0 : to - from)
        .build();
  }

  /**
   * Whether there is room to move the window.
   *
   * @return false when its duration fills the span from earliest to deadline
   */
  public boolean movable() {
    return deadline - earliest > duration;
  }

  /** {@return the window's name} */
  public String id() {
    return id;
  }

  /** {@return the machine's name} */
  public String machine() {
    return machine;
  }

  /** {@return the first tick at which the window may begin, 0 or more} */
  public long earliest() {
    return earliest;
  }

  /** {@return the tick by which it must be over} */
  public long deadline() {
    return deadline;
  }

  /** {@return the working time it takes, at least 1} */
  public long duration() {
    return duration;
  }

  /** {@return the tick by which it should be over, not behind the deadline} */
  public long due() {
    return due;
  }

  /** {@return what each tick costs by which it is over later than due, not negative} */
  public double price() {
    return price;
  }

  private static MillwrightException bad(String what, String remedy) {
    return new MillwrightException(ErrorCode.BAD_OPTION, what + "\nMaybe " + remedy);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MachineWindow that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  @Override
  public String toString() {
    return "MachineWindow[id="
        + id
        + ", machine="
        + machine
        + ", earliest="
        + earliest
        + ", deadline="
        + deadline
        + ", duration="
        + duration
        + ", due="
        + due
        + ", price="
        + price
        + "]";
  }

  private List<Object> parts() {
    return List.of(id, machine, earliest, deadline, duration, due, price);
  }

  /** A builder, for one thread at a time. */
  public static final class Builder {
    private @Nullable String id;
    private @Nullable String machine;
    private long earliest;
    private long deadline;
    private long duration = 1;
    private @Nullable Long due;
    private double price;

    private Builder() {}

    /**
     * Sets {@link MachineWindow#id}.
     *
     * @param value the window's name
     * @return this
     */
    public Builder id(String value) {
      id = Objects.requireNonNull(value, "id");
      return this;
    }

    /**
     * Sets {@link MachineWindow#machine}.
     *
     * @param value the machine's name
     * @return this
     */
    public Builder machine(String value) {
      machine = Objects.requireNonNull(value, "machine");
      return this;
    }

    /**
     * Sets {@link MachineWindow#earliest}.
     *
     * @param value the first tick at which the window may begin, 0 or more
     * @return this
     */
    public Builder earliest(long value) {
      earliest = value;
      return this;
    }

    /**
     * Sets {@link MachineWindow#deadline}.
     *
     * @param value the tick by which it must be over
     * @return this
     */
    public Builder deadline(long value) {
      deadline = value;
      return this;
    }

    /**
     * Sets {@link MachineWindow#duration}.
     *
     * @param value the working time it takes, at least 1
     * @return this
     */
    public Builder duration(long value) {
      duration = value;
      return this;
    }

    /**
     * Sets {@link MachineWindow#due}.
     *
     * @param value the tick by which it should be over, not behind the deadline; the deadline when
     *     this is not called
     * @return this
     */
    public Builder due(long value) {
      due = value;
      return this;
    }

    /**
     * Sets {@link MachineWindow#price}.
     *
     * @param value what each tick costs by which it is over later than due, not negative
     * @return this
     */
    public Builder price(double value) {
      price = value;
      return this;
    }

    /**
     * Checks the values and makes the object.
     *
     * @return the new object
     */
    public MachineWindow build() {
      return new MachineWindow(this);
    }
  }
}
