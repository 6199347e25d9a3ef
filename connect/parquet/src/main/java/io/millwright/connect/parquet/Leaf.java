package io.millwright.connect.parquet;

import io.millwright.api.data.ColumnType;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * A column of a file that becomes one of a table.
 *
 * @param path its names from the root on
 * @param level the definition level at which it has a value
 * @param kind how its values are read
 * @param primitive its type in the file
 */
record Leaf(String[] path, int level, Kind kind, PrimitiveType primitive) {

  enum Kind {
    TRUTH(ColumnType.CATEGORY),
    FLOAT(ColumnType.NUMBER),
    DOUBLE(ColumnType.NUMBER),
    INT(ColumnType.NUMBER),
    LONG(ColumnType.NUMBER),
    UNSIGNED(ColumnType.NUMBER),
    DECIMAL(ColumnType.NUMBER),
    WORDS(ColumnType.TEXT),
    UUID(ColumnType.TEXT),
    TIME_OF_DAY(ColumnType.TEXT),
    DATE(ColumnType.TIME),
    TIMESTAMP(ColumnType.TIME),
    OLD_TIMESTAMP(ColumnType.TIME);

    private final ColumnType type;

    Kind(ColumnType type) {
      this.type = type;
    }
  }

  /** What a column becomes; null when it becomes nothing. */
  static @Nullable Leaf of(ColumnDescriptor column, boolean asText) {
    if (column.getMaxRepetitionLevel() > 0) {
      return null;
    }
    PrimitiveType primitive = column.getPrimitiveType();
    Kind kind = kind(primitive, asText);
    return kind == null
        ? null
        : new Leaf(column.getPath(), column.getMaxDefinitionLevel(), kind, primitive);
  }

  private static @Nullable Kind kind(PrimitiveType primitive, boolean asText) {
    LogicalTypeAnnotation logical = primitive.getLogicalTypeAnnotation();
    if (logical instanceof DecimalLogicalTypeAnnotation) {
      return Kind.DECIMAL;
    }
    if (logical instanceof TimeLogicalTypeAnnotation) {
      return Kind.TIME_OF_DAY;
    }
    return switch (primitive.getPrimitiveTypeName()) {
      case BOOLEAN -> Kind.TRUTH;
      case FLOAT -> Kind.FLOAT;
      case DOUBLE -> Kind.DOUBLE;
      case INT32 ->
          logical instanceof DateLogicalTypeAnnotation
              ? Kind.DATE
              : unsigned(logical) ? Kind.UNSIGNED : Kind.INT;
      case INT64 ->
          logical instanceof TimestampLogicalTypeAnnotation
              ? Kind.TIMESTAMP
              : unsigned(logical) ? Kind.UNSIGNED : Kind.LONG;
      case INT96 -> Kind.OLD_TIMESTAMP;
      case BINARY, FIXED_LEN_BYTE_ARRAY -> {
        if (logical instanceof UUIDLogicalTypeAnnotation) {
          yield Kind.UUID;
        }
        boolean text =
            logical instanceof StringLogicalTypeAnnotation
                || logical instanceof EnumLogicalTypeAnnotation
                || logical instanceof JsonLogicalTypeAnnotation
                || (logical == null && asText);
        yield text ? Kind.WORDS : null;
      }
    };
  }

  private static boolean unsigned(@Nullable LogicalTypeAnnotation logical) {
    return logical instanceof IntLogicalTypeAnnotation i && !i.isSigned();
  }

  ColumnType type() {
    return kind.type;
  }
}
