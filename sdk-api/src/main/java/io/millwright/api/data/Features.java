package io.millwright.api.data;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns a program's own records into rows. Components of a numeric type become columns of numbers
 * (null: missing), components of type {@link String}, {@code boolean} or an enum become categories,
 * of type {@link java.time.Instant} times; {@link Measured} gives a number its unit. Other
 * components are an error. Immutable and thread-safe.
 *
 * <pre>{@code
 * record PressReading(@Measured("kN") double force, @Measured("Cel") double oil, String die) {}
 * Features<PressReading> features = Features.of(PressReading.class);
 * Table table = features.table(readings);
 * }</pre>
 *
 * @param <R> the record
 */
public final class Features<R extends Record> {

  private final Schema schema;
  private final List<RecordComponent> components;

  private Features(Schema schema, List<RecordComponent> components) {
    this.schema = schema;
    this.components = components;
  }

  /**
   * Reads the shape of a record.
   *
   * @param type the record's class; it and its accessors must be accessible to this module
   * @param <R> the record
   * @return the features
   * @throws MillwrightException with {@link ErrorCode#WRONG_TYPE}, naming every component that is
   *     neither number nor label
   */
  public static <R extends Record> Features<R> of(Class<R> type) {
    List<Column> columns = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    RecordComponent[] components = Objects.requireNonNull(type.getRecordComponents(), "components");
    for (RecordComponent component : components) {
      Class<?> c = component.getType();
      Measured measured = component.getAnnotation(Measured.class);
      if (Number.class.isAssignableFrom(c)
          || (c.isPrimitive() && c != boolean.class && c != char.class)) {
        columns.add(
            Column.number(
                component.getName(), measured == null ? Unit.NONE : Unit.of(measured.value())));
      } else if (c == String.class || c.isEnum() || c == boolean.class || c == Boolean.class) {
        columns.add(Column.category(component.getName()));
      } else if (c == Instant.class) {
        columns.add(Column.time(component.getName()));
      } else {
        wrong.add(component.getName() + " (" + c.getSimpleName() + ")");
      }
      component.getAccessor().trySetAccessible();
    }
    if (!wrong.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.WRONG_TYPE,
          type.getName()
              + " has components that are neither numbers nor labels: "
              + wrong
              + "\nMaybe map them to a number, a String or an enum");
    }
    return new Features<>(new Schema(columns), List.copyOf(Arrays.asList(components)));
  }

  /**
   * The columns.
   *
   * @return one column for each component, in order
   */
  public Schema schema() {
    return schema;
  }

  /**
   * One record as a row.
   *
   * @param record the record
   * @return the row
   */
  public Row row(R record) {
    return new Row(schema, values(record));
  }

  /**
   * Records as a table.
   *
   * @param records the records, in order
   * @return the table
   */
  public Table table(List<? extends R> records) {
    TableBuilder builder = Table.builder(schema, records.size());
    records.forEach(r -> builder.add(values(r)));
    return builder.build();
  }

  private List<@Nullable Object> values(R record) {
    List<@Nullable Object> values = new ArrayList<>(components.size());
    for (int i = 0; i < components.size(); i++) {
      Object value;
      try {
        value = components.get(i).getAccessor().invoke(record);
      } catch (IllegalAccessException e) {
        throw new MillwrightException(
            ErrorCode.WRONG_TYPE,
            record.getClass().getName()
                + " is not accessible\n"
                + "Maybe make the record public, or open its package to io.millwright.api",
            e);
      } catch (InvocationTargetException e) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "component "
                + components.get(i).getName()
                + " of "
                + record.getClass().getName()
                + " threw",
            e.getCause());
      }
      values.add(
          value == null || !schema.columns().get(i).type().isText()
              ? value
              : value instanceof Enum<?> e ? e.name() : value.toString());
    }
    return values;
  }
}
