package io.millwright.api.data;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Plain data as a JSON object holds them: texts, numbers, truth values, lists and further objects
 * by name. What a plug-in keeps in a bundle has this form, so that a file never names a class. Read
 * with the methods below, which refuse what is missing or of another kind: whoever can write a file
 * can write anything into it. Immutable and thread-safe; equal by value.
 */
public final class PlainData {

  private static final PlainData EMPTY = new PlainData(new TreeMap<>());

  private final SortedMap<String, Object> values;

  private PlainData(SortedMap<String, Object> values) {
    this.values = Collections.unmodifiableSortedMap(values);
  }

  /**
   * No data.
   *
   * @return an empty object
   */
  public static PlainData empty() {
    return EMPTY;
  }

  /**
   * Begins an object.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds an object. Used by one thread at a time. */
  public static final class Builder {
    private final SortedMap<String, Object> values = new TreeMap<>();

    private Builder() {}

    /**
     * Puts any value of plain data.
     *
     * @param name its name
     * @param value a {@link String}, {@link Boolean}, {@link Number}, {@link PlainData}, or a list
     *     of such
     * @return this
     * @throws IllegalArgumentException for anything else
     */
    public Builder put(String name, Object value) {
      values.put(Objects.requireNonNull(name, "name"), plain(name, value));
      return this;
    }

    /**
     * Puts numbers.
     *
     * @param name their name
     * @param numbers the numbers
     * @return this
     */
    public Builder put(String name, double[] numbers) {
      List<Object> list = new ArrayList<>(numbers.length);
      for (double n : numbers) {
        list.add(n);
      }
      return put(name, list);
    }

    /**
     * The object.
     *
     * @return the data
     */
    public PlainData build() {
      return new PlainData(new TreeMap<>(values));
    }
  }

  /** In the one form in which a value comes back from a file as it was. */
  private static Object plain(String name, @Nullable Object value) {
    if (value instanceof String || value instanceof Boolean || value instanceof PlainData) {
      return value;
    }
    if (value instanceof Number n) {
      double number = n.doubleValue();
      return Double.isFinite(number) ? (Object) number : Double.toString(number);
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(list.size());
      list.forEach(v -> copy.add(plain(name, v)));
      return Collections.unmodifiableList(copy);
    }
    throw new IllegalArgumentException("\"" + name + "\" holds " + value + ", which is not plain");
  }

  /**
   * All values, for writing.
   *
   * @return by name: {@link String}, {@link Boolean}, {@link Double}, {@link PlainData} or {@link
   *     List} of such; numbers that are not finite are texts
   */
  public Map<String, Object> values() {
    return values;
  }

  /**
   * Whether there is a value.
   *
   * @param name its name
   * @return true when there is
   */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /**
   * A text.
   *
   * @param name its name
   * @return the text
   * @throws MillwrightException with {@link ErrorCode#BAD_BUNDLE} when there is none
   */
  public String text(String name) {
    return text(name, values.get(name));
  }

  /**
   * A number, finite or not.
   *
   * @param name its name
   * @return the number
   * @throws MillwrightException with {@link ErrorCode#BAD_BUNDLE} when there is none
   */
  public double number(String name) {
    return number(name, values.get(name));
  }

  /**
   * A whole number of at most nine digits.
   *
   * @param name its name
   * @return the number
   * @throws MillwrightException with {@link ErrorCode#BAD_BUNDLE} when there is none
   */
  public int whole(String name) {
    double n = number(name);
    if (n != Math.rint(n) || Math.abs(n) > 999_999_999) {
      throw wrong(name, n, "a whole number");
    }
    return (int) n;
  }

  /**
   * A truth value.
   *
   * @param name its name
   * @return the value
   * @throws MillwrightException with {@link ErrorCode#BAD_BUNDLE} when there is none
   */
  public boolean flag(String name) {
    if (values.get(name) instanceof Boolean b) {
      return b;
    }
    throw wrong(name, values.get(name), "true or false");
  }

  /**
   * An object within.
   *
   * @param name its name
   * @return the object
   * @throws MillwrightException with {@link ErrorCode#BAD_BUNDLE} when there is none
   */
  public PlainData part(String name) {
    if (values.get(name) instanceof PlainData part) {
      return part;
    }
    throw wrong(name, values.get(name), "an object");
  }

  /**
   * Texts.
   *
   * @param name their name
   * @return the texts
   * @throws MillwrightException with {@link ErrorCode#BAD_BUNDLE} when there are none
   */
  public List<String> texts(String name) {
    return list(name).stream().map(v -> text(name, v)).toList();
  }

  /**
   * Numbers, finite or not.
   *
   * @param name their name
   * @return the numbers
   * @throws MillwrightException with {@link ErrorCode#BAD_BUNDLE} when there are none
   */
  public double[] numbers(String name) {
    return list(name).stream().mapToDouble(v -> number(name, v)).toArray();
  }

  /**
   * Objects within.
   *
   * @param name their name
   * @return the objects
   * @throws MillwrightException with {@link ErrorCode#BAD_BUNDLE} when there are none
   */
  public List<PlainData> parts(String name) {
    List<PlainData> parts = new ArrayList<>();
    for (Object value : list(name)) {
      if (!(value instanceof PlainData part)) {
        throw wrong(name, value, "an object");
      }
      parts.add(part);
    }
    return parts;
  }

  private List<?> list(String name) {
    if (values.get(name) instanceof List<?> list) {
      return list;
    }
    throw wrong(name, values.get(name), "a list");
  }

  private static String text(String name, @Nullable Object value) {
    if (value instanceof String s) {
      return s;
    }
    throw wrong(name, value, "a text");
  }

  private static double number(String name, @Nullable Object value) {
    if (value instanceof Double d) {
      return d;
    }
    if (value instanceof String s) {
      switch (s) {
        case "NaN":
          return Double.NaN;
        case "Infinity":
          return Double.POSITIVE_INFINITY;
        case "-Infinity":
          return Double.NEGATIVE_INFINITY;
        default:
      }
    }
    throw wrong(name, value, "a number");
  }

  private static MillwrightException wrong(String name, @Nullable Object value, String wanted) {
    return new MillwrightException(
        ErrorCode.BAD_BUNDLE,
        "\""
            + name
            + "\" is "
            + (value == null ? "missing" : value)
            + ", but must be "
            + wanted
            + "\nMaybe the file was damaged or written by another plug-in");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PlainData p && values.equals(p.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
