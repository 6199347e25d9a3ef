package io.millwright.scheduling;

import java.util.List;
import java.util.Objects;

/**
 * A tank, a buffer or a component in store (ISA-95: material lot in a storage zone), which
 * operations fill and empty. Its level is never below 0 and never above its limit, counted when all
 * that happens at one tick has happened.
 *
 * @param id its name, unique among the stocks
 * @param level what is there at the start of planning
 * @param most what it holds at most; {@link Long#MAX_VALUE} for any amount
 * @param supplies what comes in from outside, and when
 */
public record Stock(String id, long level, long most, List<Supply> supplies) {

  /**
   * Something that comes in from outside.
   *
   * @param at the tick at which it is there, not before the start of planning
   * @param amount how much it is, at least 1
   */
  public record Supply(long at, long amount) {}

  /** Checks for nulls and copies; the numbers are checked with the whole shop. */
  public Stock {
    Objects.requireNonNull(id, "id");
    supplies = List.copyOf(supplies);
  }

  /**
   * A component in store, of any amount.
   *
   * @param id its name
   * @param level what is there at the start of planning
   * @return the stock
   */
  public static Stock of(String id, long level) {
    return new Stock(id, level, Long.MAX_VALUE, List.of());
  }

  /**
   * A tank of some size.
   *
   * @param id its name
   * @param level what is there at the start of planning
   * @param most what it holds at most
   * @return the stock
   */
  public static Stock tank(String id, long level, long most) {
    return new Stock(id, level, most, List.of());
  }

  /**
   * The same stock with what comes in from outside.
   *
   * @param others what comes in, and when
   * @return the new stock
   */
  public Stock supplied(Supply... others) {
    return new Stock(id, level, most, List.of(others));
  }
}
