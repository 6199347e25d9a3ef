package io.millwright.connect.parquet;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.connect.internal.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * Writes tables into one Parquet file (Apache Parquet format, Zstandard), in bounded memory: one
 * row group of at most 16 MiB. Numbers become DOUBLE, texts and categories STRING, times TIMESTAMP
 * of milliseconds in UTC, missing values null. Types and units stand beside them, so that {@link
 * ParquetFiles} gives back an equal table. The file appears under its name once it is complete. Not
 * thread-safe.
 */
public final class ParquetOutput implements AutoCloseable {

  private static final long ROW_GROUP = 16L << 20;

  private final Path file;
  private final Path part;
  private final Schema schema;
  private final ParquetWriter<Place> writer;
  private boolean broken;
  private boolean closed;

  private record Place(Table table, int row) {}

  private ParquetOutput(Path file, Schema schema) throws IOException {
    this.file = file;
    this.schema = schema;
    part = file.resolveSibling(file.getFileName() + ".part");
    writer = new Rows(new LocalOutputFile(part), schema).build();
  }

  /**
   * Writes one table.
   *
   * @param file the file; one that is there is replaced
   * @param table a table without images
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED}, or {@link ErrorCode#WRONG_TYPE}
   *     for images
   */
  public static void write(Path file, Table table) {
    try (ParquetOutput output = open(file, table.schema())) {
      output.add(table);
    }
  }

  /**
   * Starts a file.
   *
   * @param file the file; one that is there is replaced when this is closed
   * @param schema the columns, no images
   * @return where tables go
   * @throws MillwrightException as {@link #write}
   */
  public static ParquetOutput open(Path file, Schema schema) {
    for (Column column : schema.columns()) {
      if (column.type() == ColumnType.IMAGE) {
        throw new MillwrightException(
            ErrorCode.WRONG_TYPE,
            "column \""
                + column.name()
                + "\" holds images, which Parquet does not\nMaybe leave it out with without(...)");
      }
    }
    try {
      return new ParquetOutput(file, schema);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /**
   * Writes the rows of a table.
   *
   * @param table of the same schema
   * @throws IllegalArgumentException when the schema is another
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED}
   */
  public void add(Table table) {
    if (!table.schema().equals(schema)) {
      throw new IllegalArgumentException(
          "the table has the columns " + table.schema().columns() + ", not " + schema.columns());
    }
    try {
      for (int row = 0; row < table.rows(); row++) {
        writer.write(new Place(table, row));
      }
    } catch (IOException e) {
      broken = true;
      throw failed(file, e);
    }
  }

  /**
   * Completes the file and gives it its name. Closing twice does nothing.
   *
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED}
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      writer.close();
      if (broken) {
        Files.deleteIfExists(part);
      } else {
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static MillwrightException failed(Path file, IOException e) {
    return new MillwrightException(
        ErrorCode.IO_FAILED,
        "cannot write " + file + ": " + e + "\nMaybe check the path, the right and the room left",
        e);
  }

  /** The library's builder. */
  private static final class Rows extends ParquetWriter.Builder<Place, Rows> {
    private final Schema schema;

    Rows(OutputFile file, Schema schema) {
      super(file);
      this.schema = schema;
      withConf(new PlainParquetConfiguration());
      withWriteMode(ParquetFileWriter.Mode.OVERWRITE);
      withCompressionCodec(CompressionCodecName.ZSTD);
      withRowGroupSize(ROW_GROUP);
      withExtraMetaData(Written.of(schema));
    }

    @Override
    protected Rows self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract still
    protected WriteSupport<Place> getWriteSupport(Configuration conf) {
      return new Support(schema);
    }

    @Override
    protected WriteSupport<Place> getWriteSupport(ParquetConfiguration conf) {
      return new Support(schema);
    }
  }

  /** Writes one row. */
  private static final class Support extends WriteSupport<Place> {
    private final Schema schema;
    private @Nullable RecordConsumer to;

    Support(Schema schema) {
      this.schema = schema;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract still
    public WriteContext init(Configuration conf) {
      return context();
    }

    @Override
    public WriteContext init(ParquetConfiguration conf) {
      return context();
    }

    private WriteContext context() {
      Types.MessageTypeBuilder message = Types.buildMessage();
      for (Column column : schema.columns()) {
        if (column.type().isText()) {
          message
              .optional(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(column.name());
        } else if (column.type() == ColumnType.TIME) {
          message
              .optional(PrimitiveTypeName.INT64)
              .as(LogicalTypeAnnotation.timestampType(true, LogicalTypeAnnotation.TimeUnit.MILLIS))
              .named(column.name());
        } else {
          message.optional(PrimitiveTypeName.DOUBLE).named(column.name());
        }
      }
      MessageType type = message.named("table");
      return new WriteContext(type, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      to = consumer;
    }

    @Override
    public void write(Place place) {
      RecordConsumer out = Objects.requireNonNull(to);
      out.startMessage();
      for (int c = 0; c < schema.size(); c++) {
        Column column = schema.columns().get(c);
        if (column.type().isText()) {
          String text = place.table().label(place.row(), c);
          if (text != null) {
            out.startField(column.name(), c);
            out.addBinary(Binary.fromString(text));
            out.endField(column.name(), c);
          }
        } else if (column.type() == ColumnType.TIME) {
          long time = place.table().time(place.row(), c);
          if (time != Table.NO_TIME) {
            out.startField(column.name(), c);
            out.addLong(time);
            out.endField(column.name(), c);
          }
        } else {
          double number = place.table().number(place.row(), c);
          if (!Double.isNaN(number)) {
            out.startField(column.name(), c);
            out.addDouble(number);
            out.endField(column.name(), c);
          }
        }
      }
      out.endMessage();
    }
  }
}
