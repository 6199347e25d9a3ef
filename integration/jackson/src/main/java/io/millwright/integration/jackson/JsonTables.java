package io.millwright.integration.jackson;

import com.fasterxml.jackson.databind.JsonNode;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads rows of JSON as a table with a known schema, such as that of a model's inputs. */
public final class JsonTables {

  private JsonTables() {}

  /**
   * Reads.
   *
   * @param rows an object, or an array of objects; names are those of columns, a field that is left
   *     out or null is a missing cell. Numbers are numbers or texts of one, labels and texts are
   *     texts (numbers are taken letter for letter), times are ISO 8601 with an offset
   * @param schema the columns, such as {@link io.millwright.api.ModelInfo#inputs()}; columns of
   *     images cannot be read
   * @return the table, a row for each object
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} for what is no object, for a field
   *     that names no column and for a value of another type; the row and the field are named
   */
  public static Table read(JsonNode rows, Schema schema) {
    List<Row> all = new ArrayList<>();
    if (rows.isObject()) {
      all.add(row(rows, 0, schema));
    } else if (rows.isArray()) {
      for (int r = 0; r < rows.size(); r++) {
        all.add(row(rows.get(r), r, schema));
      }
    } else {
      throw bad("the document", "is no object and no array of objects", "[{\"heat\": 71.5}]");
    }
    return Table.of(schema, all);
  }

  private static Row row(JsonNode node, int number, Schema schema) {
    String place = "row " + (number + 1);
    if (!node.isObject()) {
      throw bad(place, "is " + shown(node) + ", but must be an object", "{\"heat\": 71.5}");
    }
    Set<String> names = new HashSet<>(schema.names());
    for (Iterator<String> i = node.fieldNames(); i.hasNext(); ) {
      String name = i.next();
      if (!names.contains(name)) {
        throw bad(place, "has a field \"" + name + "\"", "one of " + schema.names());
      }
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (Column column : schema.columns()) {
      JsonNode value = node.get(column.name());
      values.add(value == null || value.isNull() ? null : cell(value, column, place));
    }
    return new Row(schema, values);
  }

  private static Object cell(JsonNode value, Column column, String place) {
    String at = place + ", field \"" + column.name() + "\"";
    if (value.isContainerNode()) {
      throw bad(at, "is " + shown(value), "a plain value");
    }
    return switch (column.type()) {
      case NUMBER, AGE -> number(value, at);
      case TIME -> time(value, at);
      case IMAGE -> throw bad(at, "is an image", "a table that is made in Java");
      default -> value.asText();
    };
  }

  private static Object number(JsonNode value, String at) {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    try {
      if (value.isTextual()) {
        return Double.parseDouble(value.textValue().strip());
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw bad(at, "is " + shown(value) + ", which is no number", "71.5");
  }

  private static Object time(JsonNode value, String at) {
    try {
      if (value.isTextual()) {
        return java.time.OffsetDateTime.parse(value.textValue().strip()).toInstant();
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw bad(at, "is " + shown(value) + ", which is no time", Instant.EPOCH.toString());
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  private static MillwrightException bad(String place, String what, String example) {
    return new MillwrightException(
        ErrorCode.BAD_VALUE, place + " " + what + "\nMaybe write " + example);
  }
}
