package io.millwright.api;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The typed key of a question that models answer. The id and the version are stored in the bundle
 * as text; the Java types come from the caller, so that a bundle never names a class.
 *
 * @param id lower-case words with dots and dashes, such as {@code maintenance.remaining-life}
 * @param version raised when the meaning of inputs or answers changes; a bundle of another version
 *     is refused
 * @param input the type of one input
 * @param value the type of one answer
 * @param <I> the type of one input
 * @param <V> the type of one answer
 */
public record Task<I, V>(String id, int version, Class<I> input, Class<V> value) {

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*([.-][a-z0-9]+)*");

  /** Checks. */
  public Task {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(value, "value");
    if (!ID.matcher(id).matches() || id.length() > 128) {
      throw new IllegalArgumentException("task id \"" + id + "\" does not match " + ID.pattern());
    }
    if (version < 1) {
      throw new IllegalArgumentException(
          "version of task " + id + " is " + version + ", but must be at least 1");
    }
  }

  @Override
  public String toString() {
    return id + " v" + version;
  }
}
