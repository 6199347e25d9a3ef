package io.millwright.scheduling;

/**
 * A span of time, half open: it begins at {@code from} and is over at {@code to}.
 *
 * @param from the first tick inside
 * @param to the first tick after it; larger than {@code from}
 */
public record Window(long from, long to) {

  /** Checks that the span is not empty. */
  public Window {
    if (to <= from) {
      throw new IllegalArgumentException(
          "a window from " + from + " to " + to + " is empty\nMaybe swap its ends");
    }
  }
}
