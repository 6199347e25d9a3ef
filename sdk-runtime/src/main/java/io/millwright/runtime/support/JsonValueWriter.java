package io.millwright.runtime.support;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Image;
import io.millwright.api.data.PlainData;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
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

/** Writes values by their declared types; the other half of {@link JsonValueReader}. */
final class JsonValueWriter {

  private final JsonGenerator out;
  private final boolean sorted;

  JsonValueWriter(JsonGenerator out, boolean sorted) {
    this.out = out;
    this.sorted = sorted;
  }

  void value(@Nullable Object value, Type type, String path) throws IOException {
    if (value == null) {
      throw new IllegalStateException("null at " + path);
    }
    if (JsonTypes.isOptional(type)) {
      optional(value, type, path);
    } else if (value instanceof Unit u) {
      out.writeString(u.symbol());
    } else if (value instanceof PlainData p) {
      plain(p, path);
    } else if (value instanceof Row r) {
      row(r, path);
    } else if (value instanceof Table t) {
      table(t, path);
    } else if (value instanceof Record || JsonForms.of(value.getClass()) != null) {
      object(value, JsonTypes.raw(type), path);
    } else if (value instanceof Collection<?> c) {
      collection(c, type, path);
    } else if (value instanceof Map<?, ?> m) {
      map(m, type, path);
    } else {
      simple(value);
    }
  }

  private void plain(Object value, String path) throws IOException {
    if (value instanceof PlainData p) {
      out.writeStartObject();
      for (Map.Entry<String, Object> e : p.values().entrySet()) {
        out.writeFieldName(e.getKey());
        plain(e.getValue(), path + "." + e.getKey());
      }
      out.writeEndObject();
    } else if (value instanceof List<?> list) {
      out.writeStartArray();
      for (Object v : list) {
        plain(v, path);
      }
      out.writeEndArray();
    } else {
      simple(value);
    }
  }

  private void simple(Object value) throws IOException {
    if (value instanceof String s) {
      out.writeString(s);
    } else if (value instanceof Enum<?> e) {
      out.writeString(e.name());
    } else if (value instanceof Boolean b) {
      out.writeBoolean(b);
    } else if (value instanceof Integer i) {
      out.writeNumber(i);
    } else if (value instanceof Long l) {
      out.writeNumber(l);
    } else if (value instanceof Double d) {
      number(d);
    } else if (value instanceof Float f) {
      number(f);
    } else if (value instanceof Instant || value instanceof Duration) {
      out.writeString(value.toString());
    } else {
      throw JsonTypes.unsupported(value.getClass());
    }
  }

  private void number(double value) throws IOException {
    if (Double.isFinite(value)) {
      out.writeNumber(value);
    } else {
      out.writeString(Double.toString(value));
    }
  }

  private void number(float value) throws IOException {
    if (Float.isFinite(value)) {
      out.writeNumber(value);
    } else {
      out.writeString(Float.toString(value));
    }
  }

  private void object(Object value, Class<?> declared, String path) throws IOException {
    JsonForms.Form<?, ?> form = JsonForms.of(value.getClass());
    Object fields = form == null ? value : form.write(value);
    out.writeStartObject();
    if (JsonTypes.hasKinds(declared)) {
      out.writeStringField(JsonTypes.KIND, JsonTypes.kind(value));
    }
    for (RecordComponent c : fields.getClass().getRecordComponents()) {
      Object part = JsonTypes.component(c, fields);
      if (!absent(part)) {
        out.writeFieldName(c.getName());
        value(part, c.getGenericType(), path + "." + c.getName());
      }
    }
    out.writeEndObject();
  }

  private static boolean absent(@Nullable Object part) {
    return (part instanceof Optional<?> o && o.isEmpty())
        || (part instanceof OptionalDouble d && d.isEmpty())
        || (part instanceof OptionalInt i && i.isEmpty())
        || (part instanceof OptionalLong l && l.isEmpty());
  }

  private void optional(Object value, Type type, String path) throws IOException {
    if (absent(value)) {
      out.writeNull();
    } else if (value instanceof Optional<?> o) {
      value(o.get(), JsonTypes.argument(type, 0), path);
    } else if (value instanceof OptionalDouble d) {
      number(d.getAsDouble());
    } else if (value instanceof OptionalInt i) {
      out.writeNumber(i.getAsInt());
    } else if (value instanceof OptionalLong l) {
      out.writeNumber(l.getAsLong());
    }
  }

  private void collection(Collection<?> values, Type type, String path) throws IOException {
    Type element = JsonTypes.argument(type, 0);
    List<Object> ordered = new ArrayList<>(values);
    if (values instanceof Set<?>) {
      ordered.sort(
          Comparator.comparing(v -> v instanceof Enum<?> e ? e.name() : String.valueOf(v)));
    }
    out.writeStartArray();
    for (int i = 0; i < ordered.size(); i++) {
      value(ordered.get(i), element, path + "[" + i + "]");
    }
    out.writeEndArray();
  }

  private void map(Map<?, ?> map, Type type, String path) throws IOException {
    if (JsonTypes.argument(type, 0) != String.class) {
      throw JsonTypes.unsupported(type);
    }
    Type element = JsonTypes.argument(type, 1);
    Map<?, ?> ordered = sorted && !(map instanceof SortedMap<?, ?>) ? new TreeMap<>(map) : map;
    out.writeStartObject();
    for (Map.Entry<?, ?> e : ordered.entrySet()) {
      out.writeFieldName((String) e.getKey());
      value(e.getValue(), element, path + "[\"" + e.getKey() + "\"]");
    }
    out.writeEndObject();
  }

  private void row(Row row, String path) throws IOException {
    out.writeStartObject();
    out.writeFieldName("schema");
    value(row.schema(), Schema.class, path + ".schema");
    out.writeFieldName("values");
    out.writeStartArray();
    for (Object value : row.values()) {
      if (value == null) {
        out.writeNull();
      } else if (value instanceof Image image) {
        image(image);
      } else {
        simple(value);
      }
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private void table(Table table, String path) throws IOException {
    out.writeStartObject();
    out.writeNumberField("rows", table.rows());
    out.writeFieldName("columns");
    out.writeStartArray();
    for (int c = 0; c < table.schema().size(); c++) {
      Column column = table.schema().columns().get(c);
      out.writeStartObject();
      out.writeFieldName("column");
      value(column, Column.class, path);
      out.writeFieldName("values");
      out.writeStartArray();
      for (int r = 0; r < table.rows(); r++) {
        cell(table, column, r, c);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private void cell(Table table, Column column, int row, int index) throws IOException {
    if (column.type() == ColumnType.IMAGE) {
      Image image = table.image(row, index);
      if (image == null) {
        out.writeNull();
      } else {
        image(image);
      }
    } else if (column.type().isNumeric()) {
      double value = table.number(row, index);
      if (Double.isNaN(value)) {
        out.writeNull();
      } else {
        number(value);
      }
    } else if (column.type() == ColumnType.TIME) {
      long time = table.time(row, index);
      if (time == Table.NO_TIME) {
        out.writeNull();
      } else {
        out.writeNumber(time);
      }
    } else {
      String label = table.label(row, index);
      if (label == null) {
        out.writeNull();
      } else {
        out.writeString(label);
      }
    }
  }

  private void image(Image image) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", image.name());
    out.writeNumberField("width", image.width());
    out.writeNumberField("height", image.height());
    out.writeStringField("format", image.format().name());
    out.writeStringField("pixels", Base64.getEncoder().encodeToString(image.bytes()));
    out.writeEndObject();
  }
}
