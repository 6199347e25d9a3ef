package io.millwright.connect;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Monitor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of ordered readings and asks a monitor about them (sample and hold): the receiver of a
 * {@link SignalFeed}. A row holds the last usable value of each column; a column is missing (NaN)
 * when its last value is older than it is held, bad or stale. Without an interval there is a row
 * for each time at which a unit was read; with one a row at the end of each interval in which it
 * was read.
 *
 * <p>Not thread-safe: a feed calls it from one thread at a time.
 *
 * @param <V> one answer of the monitor
 */
public final class UnitRows<V> implements Consumer<SignalReading> {

  /** What is known of a unit. */
  private static final class Unit {
    final double[] values;
    final @Nullable Instant[] times;
    @Nullable Instant open;

    Unit(int columns) {
      values = new double[columns];
      times = new Instant[columns];
      Arrays.fill(values, Double.NaN);
    }
  }

  private final Monitor<Row, V> monitor;
  private final Schema schema;
  private final Function<String, Optional<Signal>> signals;
  private final Consumer<? super UnitOutcome<V>> outcomes;
  private final Duration hold;
  private final long interval;
  private final Map<String, Unit> units = new LinkedHashMap<>();
  private long unknown;

  private UnitRows(Builder<V> b) {
    monitor = b.monitor;
    schema = b.schema;
    signals = b.signals;
    outcomes = b.outcomes;
    hold = b.hold;
    interval = b.interval;
  }

  /**
   * Starts.
   *
   * @param monitor what is asked
   * @param schema its rows, all of numbers
   * @param <V> one answer
   * @return a builder
   * @throws MillwrightException with {@link ErrorCode#WRONG_TYPE} when a column is not of numbers
   */
  public static <V> Builder<V> of(Monitor<Row, V> monitor, Schema schema) {
    for (Column column : schema.columns()) {
      if (!column.type().isNumeric()) {
        throw new MillwrightException(
            ErrorCode.WRONG_TYPE,
            "column \""
                + column.name()
                + "\" holds "
                + column.type()
                + ", but signals are numbers\nMaybe leave it out when the model is trained");
      }
    }
    return new Builder<>(monitor, schema);
  }

  @Override
  public void accept(SignalReading reading) {
    Optional<Signal> signal = signals.apply(reading.source());
    int column = signal.map(s -> schema.indexOf(s.column())).orElse(-1);
    if (signal.isEmpty() || column < 0) {
      unknown++;
      return;
    }
    String name = signal.get().unit();
    Unit unit = units.computeIfAbsent(name, n -> new Unit(schema.size()));
    Instant at = grid(reading.time());
    Instant open = unit.open;
    if (open != null && at.isAfter(open)) {
      ask(name, unit, open);
    }
    unit.open = at;
    unit.values[column] = reading.quality().usable() ? reading.value() : Double.NaN;
    unit.times[column] = reading.time();
  }

  /** Asks about the rows that are still open: at the end, or when nothing more comes for long. */
  public void end() {
    units.forEach(
        (name, unit) -> {
          Instant open = unit.open;
          if (open != null) {
            unit.open = null;
            ask(name, unit, open);
          }
        });
  }

  /** {@return how many readings belonged to no known signal} */
  public long unknown() {
    return unknown;
  }

  private Instant grid(Instant time) {
    if (interval == 0) {
      return time;
    }
    long millis = time.toEpochMilli();
    return Instant.ofEpochMilli(-Math.floorDiv(-millis, interval) * interval);
  }

  private void ask(String name, Unit unit, Instant at) {
    Object[] row = new Object[schema.size()];
    Instant oldest = at.isBefore(Instant.MIN.plus(hold)) ? Instant.MIN : at.minus(hold);
    for (int c = 0; c < row.length; c++) {
      Instant read = unit.times[c];
      boolean held = read != null && !read.isBefore(oldest);
      row[c] = held ? unit.values[c] : Double.NaN;
    }
    outcomes.accept(new UnitOutcome<>(name, at, monitor.update(name, Row.of(schema, row), at)));
  }

  /**
   * States how rows are made. Not thread-safe.
   *
   * @param <V> one answer
   */
  public static final class Builder<V> {
    private final Monitor<Row, V> monitor;
    private final Schema schema;
    private final Map<String, Signal> named = new LinkedHashMap<>();
    private Function<String, Optional<Signal>> signals =
        source -> Optional.ofNullable(named.get(source));
    private Consumer<? super UnitOutcome<V>> outcomes = o -> {};
    private Duration hold = Duration.ofDays(365_000);
    private long interval;

    private Builder(Monitor<Row, V> monitor, Schema schema) {
      this.monitor = Objects.requireNonNull(monitor, "monitor");
      this.schema = schema;
    }

    /**
     * Says what a source is.
     *
     * @param source the source of readings
     * @param unit the unit
     * @param column the column of its rows
     * @return this
     * @throws MillwrightException with {@link ErrorCode#MISSING_COLUMN}
     */
    public Builder<V> signal(String source, String unit, String column) {
      named.put(source, new Signal(unit, schema.column(column).name()));
      return this;
    }

    /**
     * Says what all sources are, instead of one by one.
     *
     * @param of the signal of a source; empty for one that is none
     * @return this
     */
    public Builder<V> signals(Function<String, Optional<Signal>> of) {
      signals = Objects.requireNonNull(of, "of");
      return this;
    }

    /**
     * States for how long a value counts.
     *
     * @param most for ever unless stated
     * @return this
     */
    public Builder<V> hold(Duration most) {
      hold = Objects.requireNonNull(most, "most");
      return this;
    }

    /**
     * Asks once an interval instead of at each reading.
     *
     * @param length whole milliseconds, counted from 1970-01-01T00:00Z
     * @return this
     */
    public Builder<V> every(Duration length) {
      if (length.toMillis() < 1) {
        throw new IllegalArgumentException("an interval has a millisecond or more, not " + length);
      }
      interval = length.toMillis();
      return this;
    }

    /**
     * Takes what the monitor says, to write it back where it is wanted.
     *
     * @param takes each outcome
     * @return this
     */
    public Builder<V> outcomes(Consumer<? super UnitOutcome<V>> takes) {
      outcomes = Objects.requireNonNull(takes, "takes");
      return this;
    }

    /** {@return the receiver of a feed} */
    public UnitRows<V> build() {
      return new UnitRows<>(this);
    }
  }
}
