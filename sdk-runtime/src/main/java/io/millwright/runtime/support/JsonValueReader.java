package io.millwright.runtime.support;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Image;
import io.millwright.api.data.PlainData;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.data.Unit;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads values as the types that are expected, streaming; the other half of the writer. */
final class JsonValueReader {

  /** A table without columns has nothing to hold its number of rows against. */
  private static final int ROWS_WITHOUT_COLUMNS = 1 << 20;

  /** Bytes of a reference or a small value, and of an object with its header, roughly. */
  private static final int VALUE = 16, OBJECT = 48;

  private final JsonParser in;
  private final Place place;
  private final MemoryBudget memory;

  /**
   * A reader.
   *
   * @param budget about how many bytes of memory the values may take; a text of two bytes can ask
   *     for a list of fifty
   */
  JsonValueReader(JsonParser in, Place place, long budget) {
    this.in = in;
    this.place = place;
    this.memory = new MemoryBudget(place, budget);
  }

  Object document(Class<?> type) {
    try {
      in.nextToken();
      Object value = value(type, "$");
      if (in.nextToken() != null) {
        throw error("$", "something stands after the end of the value");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw place.error(
          "is not the JSON that is expected, at character "
              + in.currentLocation().getCharOffset()
              + ": "
              + Place.abbreviated(e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw place.error("cannot be read as JSON: " + e.getMessage(), e);
    }
  }

  /** Reads the value whose first token is current; leaves its last token current. */
  private Object value(Type type, String path) throws IOException {
    memory.spend(VALUE);
    Class<?> raw = JsonTypes.raw(type);
    if (raw == Unit.class) {
      return checked(path, () -> Unit.of(text(path)));
    } else if (raw == PlainData.class) {
      return plainObject(path);
    } else if (raw == Row.class) {
      return row(path);
    } else if (raw == Table.class) {
      return table(path);
    } else if (raw.isRecord() || JsonForms.of(raw) != null) {
      expect(JsonToken.START_OBJECT, path);
      in.nextToken();
      return made(raw, path);
    } else if (JsonTypes.hasKinds(raw)) {
      return variant(raw, path);
    } else if (raw == List.class) {
      return Collections.unmodifiableList(list(JsonTypes.argument(type, 0), path));
    } else if (raw == Set.class) {
      List<Object> list = list(JsonTypes.argument(type, 0), path);
      Set<Object> set = new LinkedHashSet<>(list);
      if (set.size() < list.size()) {
        throw error(path, "a set holds something twice: " + list);
      }
      return Collections.unmodifiableSet(set);
    } else if (raw == Map.class) {
      return Collections.unmodifiableMap(map(new LinkedHashMap<>(), type, path));
    } else if (raw == SortedMap.class) {
      TreeMap<String, Object> sorted = new TreeMap<>();
      map(sorted, type, path);
      return Collections.unmodifiableSortedMap(sorted);
    } else if (JsonTypes.isOptional(type)) {
      return optional(raw, type, path);
    }
    return simple(raw, path);
  }

  private PlainData plainObject(String path) throws IOException {
    expect(JsonToken.START_OBJECT, path);
    PlainData.Builder data = PlainData.builder();
    Set<String> seen = new java.util.HashSet<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      if (!seen.add(name)) {
        throw error(path, "\"" + name + "\" stands there twice");
      }
      in.nextToken();
      data.put(name, plain(path + "." + name));
    }
    expect(JsonToken.END_OBJECT, path);
    return data.build();
  }

  private Object plain(String path) throws IOException {
    switch (in.currentToken()) {
      case START_OBJECT:
        return plainObject(path);
      case START_ARRAY:
        List<Object> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          list.add(plain(path + "[" + list.size() + "]"));
        }
        return list;
      case VALUE_STRING:
        return in.getText();
      case VALUE_TRUE:
      case VALUE_FALSE:
        return in.currentToken() == JsonToken.VALUE_TRUE;
      default:
        return number(path);
    }
  }

  private Object simple(Class<?> raw, String path) throws IOException {
    if (raw == String.class) {
      return text(path);
    } else if (raw == double.class || raw == Double.class) {
      return number(path);
    } else if (raw == float.class || raw == Float.class) {
      return floatNumber(path);
    } else if (raw == int.class || raw == Integer.class) {
      return (int) whole(path, Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (raw == long.class || raw == Long.class) {
      return whole(path, Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (raw == boolean.class || raw == Boolean.class) {
      if (in.currentToken() == JsonToken.VALUE_TRUE) {
        return true;
      }
      expect(JsonToken.VALUE_FALSE, path);
      return false;
    } else if (raw.isEnum()) {
      String name = text(path);
      for (Object constant : raw.getEnumConstants()) {
        if (((Enum<?>) constant).name().equals(name)) {
          return constant;
        }
      }
      throw error(
          path, "\"" + name + "\" is not one of " + Arrays.toString(raw.getEnumConstants()));
    } else if (raw == Instant.class) {
      return checked(path, () -> Instant.parse(text(path)));
    } else if (raw == Duration.class) {
      return checked(path, () -> Duration.parse(text(path)));
    }
    throw JsonTypes.unsupported(raw);
  }

  private String text(String path) throws IOException {
    expect(JsonToken.VALUE_STRING, path);
    memory.spend(OBJECT + in.getTextLength());
    return in.getText();
  }

  private long whole(String path, long least, long most) throws IOException {
    expect(JsonToken.VALUE_NUMBER_INT, path);
    try {
      long value = in.getLongValue();
      if (value >= least && value <= most) {
        return value;
      }
    } catch (InputCoercionException e) {
      throw error(path, in.getText() + " is too large for a whole number", e);
    }
    throw error(path, in.getText() + " is too large for a whole number");
  }

  private double number(String path) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_STRING) {
      return switch (in.getText()) {
        case "NaN" -> Double.NaN;
        case "Infinity" -> Double.POSITIVE_INFINITY;
        case "-Infinity" -> Double.NEGATIVE_INFINITY;
        default -> throw error(path, "\"" + in.getText() + "\" is not a number");
      };
    }
    numeric(path);
    double value = Double.parseDouble(in.getText());
    if (Double.isInfinite(value)) {
      throw error(path, in.getText() + " is too large for a number");
    }
    return value;
  }

  private float floatNumber(String path) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_STRING) {
      return (float) number(path);
    }
    numeric(path);
    float value = Float.parseFloat(in.getText());
    if (Float.isInfinite(value)) {
      throw error(path, in.getText() + " is too large for a number");
    }
    return value;
  }

  private void numeric(String path) {
    if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      expect(JsonToken.VALUE_NUMBER_FLOAT, path);
    }
  }

  /** Reads the fields of a record, or of the form of another class. */
  private Object made(Class<?> type, String path) throws IOException {
    JsonForms.Form<?, ?> form = JsonForms.of(type);
    Object fields = record(form == null ? type : form.form(), path);
    return form == null ? fields : checked(path, () -> form.readFrom(fields));
  }

  /** Reads the fields of a record; the current token is the first field's name, or the end. */
  private Object record(Class<?> type, String path) throws IOException {
    RecordComponent[] components = type.getRecordComponents();
    memory.spend(OBJECT + VALUE * components.length);
    @Nullable Object[] values = new Object[components.length];
    while (in.currentToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      int index = 0;
      while (index < components.length && !components[index].getName().equals(name)) {
        index++;
      }
      if (index == components.length) {
        throw error(
            path + "." + name,
            "there is no such field; there are "
                + Arrays.stream(components).map(RecordComponent::getName).toList());
      }
      in.nextToken();
      values[index] = value(components[index].getGenericType(), path + "." + name);
      in.nextToken();
    }
    expect(JsonToken.END_OBJECT, path);
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        values[i] = missing(components[i], path);
      }
    }
    try {
      return JsonTypes.construct(type, values);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw error(path, cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }
  }

  private Object missing(RecordComponent component, String path) {
    Object empty = JsonTypes.absent(component.getType());
    if (empty != null) {
      return empty;
    }
    throw error(path + "." + component.getName(), "the field is missing");
  }

  private Object variant(Class<?> sealed, String path) throws IOException {
    expect(JsonToken.START_OBJECT, path);
    if (in.nextToken() != JsonToken.FIELD_NAME || !in.currentName().equals(JsonTypes.KIND)) {
      throw error(path, "the first field must be \"" + JsonTypes.KIND + "\"");
    }
    in.nextToken();
    String kind = text(path + "." + JsonTypes.KIND);
    Map<String, Class<?>> kinds = JsonTypes.kinds(sealed);
    Class<?> variant = kinds.get(kind);
    if (variant == null) {
      throw error(path + "." + JsonTypes.KIND, "\"" + kind + "\" is not one of " + kinds.keySet());
    }
    in.nextToken();
    return made(variant, path);
  }

  private List<Object> list(Type element, String path) throws IOException {
    expect(JsonToken.START_ARRAY, path);
    memory.spend(2 * OBJECT);
    List<Object> list = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(element, path + "[" + list.size() + "]"));
    }
    return list;
  }

  private Map<String, Object> map(Map<String, Object> into, Type type, String path)
      throws IOException {
    if (JsonTypes.argument(type, 0) != String.class) {
      throw JsonTypes.unsupported(type);
    }
    expect(JsonToken.START_OBJECT, path);
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String key = in.currentName();
      memory.spend(2 * OBJECT + key.length());
      in.nextToken();
      into.put(key, value(JsonTypes.argument(type, 1), path + "[\"" + key + "\"]"));
    }
    expect(JsonToken.END_OBJECT, path);
    return into;
  }

  private Object optional(Class<?> raw, Type type, String path) throws IOException {
    boolean empty = in.currentToken() == JsonToken.VALUE_NULL;
    if (raw == Optional.class) {
      return empty ? Optional.empty() : Optional.of(value(JsonTypes.argument(type, 0), path));
    } else if (raw == OptionalDouble.class) {
      return empty ? OptionalDouble.empty() : OptionalDouble.of(number(path));
    } else if (raw == OptionalInt.class) {
      return empty ? OptionalInt.empty() : OptionalInt.of((int) simple(int.class, path));
    }
    return empty ? OptionalLong.empty() : OptionalLong.of((long) simple(long.class, path));
  }

  private Row row(String path) throws IOException {
    expect(JsonToken.START_OBJECT, path);
    field("schema", path);
    Schema schema = (Schema) value(Schema.class, path + ".schema");
    field("values", path);
    List<@Nullable Object> values = new ArrayList<>();
    expect(JsonToken.START_ARRAY, path + ".values");
    while (in.nextToken() != JsonToken.END_ARRAY) {
      String cell = path + ".values[" + values.size() + "]";
      if (values.size() == schema.size()) {
        throw error(cell, "there are more values than columns");
      }
      values.add(cell(schema.columns().get(values.size()), cell));
    }
    end(path);
    return checked(path, () -> new Row(schema, values));
  }

  private Table table(String path) throws IOException {
    expect(JsonToken.START_OBJECT, path);
    field("rows", path);
    int rows = (int) simple(int.class, path + ".rows");
    field("columns", path);
    expect(JsonToken.START_ARRAY, path + ".columns");
    List<Column> columns = new ArrayList<>();
    List<List<@Nullable Object>> cells = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      String at = path + ".columns[" + columns.size() + "]";
      expect(JsonToken.START_OBJECT, at);
      field("column", at);
      Column column = (Column) value(Column.class, at + ".column");
      field("values", at);
      expect(JsonToken.START_ARRAY, at + ".values");
      List<@Nullable Object> values = new ArrayList<>();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        values.add(cell(column, at + ".values[" + values.size() + "]"));
      }
      if (values.size() != rows) {
        throw error(at + ".values", values.size() + " values for " + rows + " rows");
      }
      end(at);
      columns.add(column);
      cells.add(values);
    }
    end(path);
    if (rows < 0 || (columns.isEmpty() && rows > ROWS_WITHOUT_COLUMNS)) {
      throw error(path + ".rows", rows + " rows of " + columns.size() + " columns");
    }
    return checked(path, () -> assemble(new Schema(columns), cells, rows));
  }

  private static Table assemble(Schema schema, List<List<@Nullable Object>> cells, int rows) {
    TableBuilder builder = Table.builder(schema, rows);
    @Nullable Object[] row = new Object[cells.size()];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < row.length; c++) {
        row[c] = cells.get(c).get(r);
      }
      builder.add(row);
    }
    return builder.build();
  }

  private @Nullable Object cell(Column column, String path) throws IOException {
    memory.spend(2 * VALUE);
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (column.type() == ColumnType.IMAGE) {
      return image(path);
    }
    if (column.type() == ColumnType.TIME) {
      return Instant.ofEpochMilli((long) simple(long.class, path));
    }
    return column.type().isNumeric() ? (Object) number(path) : text(path);
  }

  private Image image(String path) throws IOException {
    expect(JsonToken.START_OBJECT, path);
    field("name", path);
    String name = text(path + ".name");
    field("width", path);
    int width = (int) simple(int.class, path + ".width");
    field("height", path);
    int height = (int) simple(int.class, path + ".height");
    field("format", path);
    Image.Format format = (Image.Format) value(Image.Format.class, path + ".format");
    field("pixels", path);
    String pixels = text(path + ".pixels");
    memory.spend(pixels.length());
    end(path);
    return checked(
        path, () -> Image.ofBytes(name, width, height, format, Base64.getDecoder().decode(pixels)));
  }

  /** Moves to the value of the next field, which must have this name. */
  private void field(String name, String path) throws IOException {
    if (in.nextToken() != JsonToken.FIELD_NAME || !in.currentName().equals(name)) {
      throw error(path, "the next field must be \"" + name + "\"");
    }
    in.nextToken();
  }

  private void end(String path) throws IOException {
    in.nextToken();
    expect(JsonToken.END_OBJECT, path);
  }

  private void expect(JsonToken token, String path) {
    JsonToken found = in.currentToken();
    if (found != token) {
      throw error(
          path,
          (found == null ? "nothing" : "the token " + found)
              + " stands where "
              + token
              + " must stand");
    }
  }

  private interface Source<T> {
    T get() throws IOException;
  }

  private <T> T checked(String path, Source<T> source) throws IOException {
    try {
      return source.get();
    } catch (IllegalArgumentException | DateTimeException | MillwrightException e) {
      throw error(path, String.valueOf(e.getMessage()), e);
    }
  }

  private MillwrightException error(String path, String what) {
    return error(path, what, null);
  }

  private MillwrightException error(String path, String what, @Nullable Throwable cause) {
    return place.error(
        "at "
            + Place.abbreviated(path)
            + " (character "
            + in.currentTokenLocation().getCharOffset()
            + "): "
            + Place.abbreviated(what),
        cause);
  }
}
