package io.millwright.integration.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** An array of objects, one for each row; missing cells are left out, times are ISO 8601 in UTC. */
final class TableJson extends JsonSerializer<Table> {

  @Override
  public void serialize(Table table, JsonGenerator out, SerializerProvider provider)
      throws IOException {
    List<Column> columns = table.schema().columns();
    out.writeStartArray();
    for (int r = 0; r < table.rows(); r++) {
      out.writeStartObject();
      for (int c = 0; c < columns.size(); c++) {
        cell(table, r, c, columns.get(c), out);
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void cell(Table table, int row, int at, Column column, JsonGenerator out)
      throws IOException {
    if (column.type() == ColumnType.TIME) {
      if (table.time(row, at) != Table.NO_TIME) {
        out.writeStringField(column.name(), Instant.ofEpochMilli(table.time(row, at)).toString());
      }
    } else if (column.type() == ColumnType.NUMBER || column.type() == ColumnType.AGE) {
      double number = table.number(row, at);
      if (Double.isFinite(number)) {
        out.writeNumberField(column.name(), number);
      }
    } else if (column.type() != ColumnType.IMAGE) {
      String label = table.label(row, at);
      if (label != null) {
        out.writeStringField(column.name(), label);
      }
    }
  }
}
