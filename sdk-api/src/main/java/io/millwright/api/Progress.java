package io.millwright.api;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One report of a {@link Job}.
 *
 * @param stage what is being done, for people, such as {@code "member 2 of 5"}
 * @param fraction how much is done, 0 to 1, or empty when unknown
 * @param elapsed the time since the work began
 * @param remaining an estimate of the time left, or empty when unknown
 * @param figures current figures by name in display order, such as {@code loss}, {@code validation
 *     loss}, {@code makespan}, {@code bound}; a figure may be NaN
 */
public record Progress(
    String stage,
    OptionalDouble fraction,
    Duration elapsed,
    Optional<Duration> remaining,
    Map<String, Double> figures) {

  /** Checks and copies. */
  public Progress {
    Objects.requireNonNull(stage, "stage");
    Objects.requireNonNull(elapsed, "elapsed");
    Objects.requireNonNull(remaining, "remaining");
    if (fraction.isPresent() && !(fraction.getAsDouble() >= 0 && fraction.getAsDouble() <= 1)) {
      throw new IllegalArgumentException(
          "fraction is " + fraction.getAsDouble() + ", but must lie between 0 and 1");
    }
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }
}
