package io.millwright.api.data;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column, as an array of primitives wherever there is one. A run of rows shares
 * the array. Immutable; compared by content.
 */
abstract sealed class ColumnValues {

  final int from;
  final int size;

  private ColumnValues(int from, int size) {
    this.from = from;
    this.size = size;
  }

  /** The value as {@link Row} gives it; null when missing. */
  abstract @Nullable Object boxed(int row);

  /** A copy of some rows. */
  abstract ColumnValues pick(int[] rows);

  /** A run of rows, which shares this array. */
  abstract ColumnValues slice(int start, int length);

  abstract boolean same(ColumnValues other);

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof ColumnValues o && size == o.size && same(o);
  }

  @Override
  public final int hashCode() {
    int hash = size;
    for (int row = 0; row < size; row++) {
      hash = 31 * hash + Objects.hashCode(boxed(row));
    }
    return hash;
  }

  static final class Numbers extends ColumnValues {
    private final double[] values;

    Numbers(double[] values, int from, int size) {
      super(from, size);
      this.values = values;
    }

    double at(int row) {
      return values[from + row];
    }

    double[] copy() {
      return Arrays.copyOfRange(values, from, from + size);
    }

    @Override
    @Nullable Object boxed(int row) {
      double v = at(row);
      return Double.isNaN(v) ? null : (Object) v;
    }

    @Override
    Numbers pick(int[] rows) {
      double[] picked = new double[rows.length];
      for (int i = 0; i < rows.length; i++) {
        picked[i] = at(Objects.checkIndex(rows[i], size));
      }
      return new Numbers(picked, 0, picked.length);
    }

    @Override
    Numbers slice(int start, int length) {
      return new Numbers(values, from + start, length);
    }

    @Override
    boolean same(ColumnValues other) {
      return other instanceof Numbers n
          && Arrays.equals(values, from, from + size, n.values, n.from, n.from + n.size);
    }
  }

  /** Texts by their place in a dictionary of the different ones; -1 means missing. */
  static final class Texts extends ColumnValues {
    private final String[] dictionary;
    private final int[] codes;

    Texts(String[] dictionary, int[] codes, int from, int size) {
      super(from, size);
      this.dictionary = dictionary;
      this.codes = codes;
    }

    @Nullable String at(int row) {
      int code = codes[from + row];
      return code < 0 ? null : dictionary[code];
    }

    @Override
    @Nullable Object boxed(int row) {
      return at(row);
    }

    @Override
    Texts pick(int[] rows) {
      int[] picked = new int[rows.length];
      for (int i = 0; i < rows.length; i++) {
        picked[i] = codes[from + Objects.checkIndex(rows[i], size)];
      }
      return new Texts(dictionary, picked, 0, picked.length);
    }

    @Override
    Texts slice(int start, int length) {
      return new Texts(dictionary, codes, from + start, length);
    }

    @Override
    boolean same(ColumnValues other) {
      if (!(other instanceof Texts t)) {
        return false;
      }
      for (int row = 0; row < size; row++) {
        if (!Objects.equals(at(row), t.at(row))) {
          return false;
        }
      }
      return true;
    }

    /** The different texts of these rows, in the order of their first appearance. */
    List<String> distinct() {
      boolean[] seen = new boolean[dictionary.length];
      List<String> distinct = new ArrayList<>();
      for (int row = from; row < from + size; row++) {
        if (codes[row] >= 0 && !seen[codes[row]]) {
          seen[codes[row]] = true;
          distinct.add(dictionary[codes[row]]);
        }
      }
      return distinct;
    }
  }

  static final class Times extends ColumnValues {
    private static final long DAY = 86_400_000L;
    private final long[] millis;
    private final boolean daysOnly;

    Times(long[] millis, int from, int size) {
      this(millis, from, size, Arrays.stream(millis).allMatch(m -> m % DAY == 0 || none(m)));
    }

    private Times(long[] millis, int from, int size, boolean daysOnly) {
      super(from, size);
      this.millis = millis;
      this.daysOnly = daysOnly;
    }

    private static boolean none(long millis) {
      return millis == Table.NO_TIME;
    }

    long at(int row) {
      return millis[from + row];
    }

    /** A date where the whole column holds nothing finer, else date and time; of UTC. */
    @Nullable String text(int row) {
      long at = at(row);
      if (none(at)) {
        return null;
      }
      LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochMilli(at), ZoneOffset.UTC);
      return daysOnly ? time.toLocalDate().toString() : time.toString();
    }

    @Override
    @Nullable Object boxed(int row) {
      return none(at(row)) ? null : Instant.ofEpochMilli(at(row));
    }

    long[] copy() {
      return Arrays.copyOfRange(millis, from, from + size);
    }

    @Override
    Times pick(int[] rows) {
      long[] picked = new long[rows.length];
      for (int i = 0; i < rows.length; i++) {
        picked[i] = at(Objects.checkIndex(rows[i], size));
      }
      return new Times(picked, 0, picked.length, daysOnly);
    }

    @Override
    Times slice(int start, int length) {
      return new Times(millis, from + start, length, daysOnly);
    }

    @Override
    boolean same(ColumnValues other) {
      return other instanceof Times t
          && Arrays.equals(millis, from, from + size, t.millis, t.from, t.from + t.size);
    }
  }

  static final class Images extends ColumnValues {
    private final @Nullable Image[] images;

    Images(@Nullable Image[] images, int from, int size) {
      super(from, size);
      this.images = images;
    }

    @Nullable Image at(int row) {
      return images[from + row];
    }

    @Override
    @Nullable Object boxed(int row) {
      return at(row);
    }

    @Override
    Images pick(int[] rows) {
      @Nullable Image[] picked = new Image[rows.length];
      for (int i = 0; i < rows.length; i++) {
        picked[i] = at(Objects.checkIndex(rows[i], size));
      }
      return new Images(picked, 0, picked.length);
    }

    @Override
    Images slice(int start, int length) {
      return new Images(images, from + start, length);
    }

    @Override
    boolean same(ColumnValues other) {
      if (!(other instanceof Images i)) {
        return false;
      }
      return Arrays.equals(images, from, from + size, i.images, i.from, i.from + i.size);
    }
  }

  /** Takes the values of one column, one after the other. Not thread-safe. */
  static final class Growing {
    private final Column column;
    private double[] numbers = new double[0];
    private int[] codes = new int[0];
    private long[] millis = new long[0];
    private @Nullable Image[] images = new Image[0];
    private final Map<String, Integer> places = new HashMap<>();
    private final List<String> dictionary = new ArrayList<>();
    private int size;

    Growing(Column column, int capacity) {
      this.column = column;
      room(Math.max(1, capacity));
    }

    private void room(int capacity) {
      switch (column.type()) {
        case NUMBER, AGE -> numbers = Arrays.copyOf(numbers, capacity);
        case CATEGORY, TEXT -> codes = Arrays.copyOf(codes, capacity);
        case TIME -> millis = Arrays.copyOf(millis, capacity);
        case IMAGE -> images = Arrays.copyOf(images, capacity);
      }
    }

    private int next() {
      int capacity =
          switch (column.type()) {
            case NUMBER, AGE -> numbers.length;
            case CATEGORY, TEXT -> codes.length;
            case TIME -> millis.length;
            case IMAGE -> images.length;
          };
      if (size == capacity) {
        room(capacity + (capacity >> 1) + 1);
      }
      return size++;
    }

    boolean takes(@Nullable Object value) {
      return value == null
          || switch (column.type()) {
            case NUMBER, AGE -> value instanceof Number;
            case CATEGORY, TEXT -> value instanceof String;
            case TIME -> value instanceof Instant;
            case IMAGE -> value instanceof Image;
          };
    }

    void add(@Nullable Object value) {
      switch (column.type()) {
        case NUMBER, AGE -> number(value == null ? Double.NaN : ((Number) value).doubleValue());
        case CATEGORY, TEXT -> text((String) value);
        case TIME -> time(value == null ? Table.NO_TIME : ((Instant) value).toEpochMilli());
        case IMAGE -> {
          int row = next();
          images[row] = (Image) value;
        }
      }
    }

    void number(double value) {
      int row = next();
      numbers[row] = value;
    }

    void text(@Nullable String value) {
      int row = next();
      if (value == null) {
        codes[row] = -1;
        return;
      }
      Integer place = places.get(value);
      if (place == null) {
        place = dictionary.size();
        places.put(value, place);
        dictionary.add(value);
      }
      codes[row] = place;
    }

    void time(long value) {
      int row = next();
      millis[row] = value;
    }

    int distinct() {
      return dictionary.size();
    }

    ColumnValues build() {
      return switch (column.type()) {
        case NUMBER, AGE ->
            new Numbers(numbers.length == size ? numbers : Arrays.copyOf(numbers, size), 0, size);
        case CATEGORY, TEXT ->
            new Texts(
                dictionary.toArray(new String[0]),
                codes.length == size ? codes : Arrays.copyOf(codes, size),
                0,
                size);
        case TIME ->
            new Times(millis.length == size ? millis : Arrays.copyOf(millis, size), 0, size);
        case IMAGE -> new Images(Arrays.copyOf(images, size), 0, size);
      };
    }
  }
}
