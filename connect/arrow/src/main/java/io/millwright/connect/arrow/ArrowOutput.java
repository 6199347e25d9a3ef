package io.millwright.connect.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.connect.internal.Written;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/**
 * Writes tables into one file of the Arrow IPC file format (Feather version 2, uncompressed), in
 * bounded memory: record batches of at most 16,384 rows. Numbers become doubles, texts and
 * categories UTF-8, times time stamps of milliseconds in UTC, missing values null. Types and units
 * stand beside them, so that {@link ArrowFile} gives back an equal table. The file appears under
 * its name once it is complete. Not thread-safe.
 */
public final class ArrowOutput implements AutoCloseable {

  private static final int ROWS = 16_384;

  private final Path file;
  private final Path part;
  private final Schema schema;
  private final OutputStream out;
  private final List<long[]> blocks = new ArrayList<>();
  private long at;
  private boolean broken;
  private boolean closed;

  private ArrowOutput(Path file, Schema schema) throws IOException {
    this.file = file;
    this.schema = schema;
    part = file.resolveSibling(file.getFileName() + ".part");
    out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
    write(Ipc.MAGIC);
    write(new byte[2]);
    FlatBufferBuilder flat = new FlatBufferBuilder();
    message(flat, MessageHeader.Schema, columns(flat), 0);
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
    try (ArrowOutput output = open(file, table.schema())) {
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
  public static ArrowOutput open(Path file, Schema schema) {
    for (Column column : schema.columns()) {
      if (column.type() == ColumnType.IMAGE) {
        throw new MillwrightException(
            ErrorCode.WRONG_TYPE,
            "column \""
                + column.name()
                + "\" holds images, which no Arrow file does\n"
                + "Maybe leave it out with without(...)");
      }
    }
    try {
      return new ArrowOutput(file, schema);
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
      for (int row = 0; row < table.rows(); row += ROWS) {
        rows(table, row, Math.min(table.rows(), row + ROWS));
      }
    } catch (IOException e) {
      broken = true;
      throw failed(file, e);
    }
  }

  /** The schema, as a message and the footer hold it. */
  private int columns(FlatBufferBuilder flat) {
    int[] fields = new int[schema.size()];
    for (int c = 0; c < fields.length; c++) {
      Column column = schema.columns().get(c);
      int name = flat.createString(column.name());
      byte kind;
      int type;
      if (column.type().isText()) {
        kind = Type.Utf8;
        Utf8.startUtf8(flat);
        type = Utf8.endUtf8(flat);
      } else if (column.type() == ColumnType.TIME) {
        kind = Type.Timestamp;
        type = Timestamp.createTimestamp(flat, TimeUnit.MILLISECOND, flat.createString("UTC"));
      } else {
        kind = Type.FloatingPoint;
        type = FloatingPoint.createFloatingPoint(flat, Precision.DOUBLE);
      }
      int children = Field.createChildrenVector(flat, new int[0]);
      fields[c] = Field.createField(flat, name, true, kind, type, 0, children, 0);
    }
    Map<String, String> meta = Written.of(schema);
    int[] said = new int[meta.size()];
    int i = 0;
    for (Map.Entry<String, String> one : meta.entrySet()) {
      int key = flat.createString(one.getKey());
      said[i++] = KeyValue.createKeyValue(flat, key, flat.createString(one.getValue()));
    }
    int all = org.apache.arrow.flatbuf.Schema.createFieldsVector(flat, fields);
    int custom = org.apache.arrow.flatbuf.Schema.createCustomMetadataVector(flat, said);
    return org.apache.arrow.flatbuf.Schema.createSchema(flat, Endianness.Little, all, custom, 0);
  }

  private void rows(Table table, int from, int to) throws IOException {
    List<byte[]> buffers = new ArrayList<>();
    int[] missing = new int[schema.size()];
    for (int c = 0; c < missing.length; c++) {
      missing[c] = column(table, c, from, to, buffers);
    }
    FlatBufferBuilder flat = new FlatBufferBuilder();
    RecordBatch.startBuffersVector(flat, buffers.size());
    long body = buffers.stream().mapToLong(b -> padded(b.length)).sum();
    long end = body;
    for (int b = buffers.size() - 1; b >= 0; b--) {
      end -= padded(buffers.get(b).length);
      Buffer.createBuffer(flat, end, buffers.get(b).length);
    }
    int places = flat.endVector();
    RecordBatch.startNodesVector(flat, missing.length);
    for (int c = missing.length - 1; c >= 0; c--) {
      FieldNode.createFieldNode(flat, to - from, missing[c]);
    }
    int nodes = flat.endVector();
    int batch = RecordBatch.createRecordBatch(flat, to - from, nodes, places, 0, 0);
    long start = at;
    message(flat, MessageHeader.RecordBatch, batch, body);
    blocks.add(new long[] {start, at - start, body});
    for (byte[] buffer : buffers) {
      write(buffer);
      write(new byte[(int) (padded(buffer.length) - buffer.length)]);
    }
  }

  /** Lays out one column; says how many values are missing. */
  private int column(Table table, int c, int from, int to, List<byte[]> buffers)
      throws IOException {
    int count = to - from;
    ColumnType type = schema.columns().get(c).type();
    byte[] valid = added(buffers, (count + 7) / 8);
    int missing = 0;
    if (type.isText()) {
      byte[][] texts = new byte[count][];
      long bytes = 0;
      for (int r = 0; r < count; r++) {
        String text = table.label(from + r, c);
        texts[r] = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        bytes += texts[r].length;
        missing += known(valid, r, text != null);
      }
      if (bytes > Integer.MAX_VALUE - 64) {
        throw new IOException("16,384 texts of a column have more than 2 GiB together");
      }
      ByteBuffer ends = little(added(buffers, 4 * (count + 1)));
      ByteBuffer data = little(added(buffers, (int) bytes));
      for (int r = 0; r < count; r++) {
        data.put(texts[r]);
        ends.putInt(4 * (r + 1), data.position());
      }
      return missing;
    }
    ByteBuffer data = little(added(buffers, 8 * count));
    for (int r = 0; r < count; r++) {
      if (type == ColumnType.TIME) {
        long time = table.time(from + r, c);
        boolean there = time != Table.NO_TIME;
        data.putLong(8 * r, there ? time : 0);
        missing += known(valid, r, there);
      } else {
        double number = table.number(from + r, c);
        boolean there = !Double.isNaN(number);
        data.putDouble(8 * r, there ? number : 0);
        missing += known(valid, r, there);
      }
    }
    return missing;
  }

  private static int known(byte[] valid, int row, boolean there) {
    if (there) {
      valid[row >> 3] |= (byte) (1 << (row & 7));
    }
    return there ? 0 : 1;
  }

  private static byte[] added(List<byte[]> buffers, int bytes) {
    byte[] buffer = new byte[bytes];
    buffers.add(buffer);
    return buffer;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void words(int... words) throws IOException {
    byte[] bytes = new byte[4 * words.length];
    ByteBuffer to = little(bytes);
    for (int word : words) {
      to.putInt(word);
    }
    write(bytes);
  }

  private static long padded(long bytes) {
    return (bytes + 7) & ~7L;
  }

  private void message(FlatBufferBuilder flat, byte type, int header, long body)
      throws IOException {
    Message.finishMessageBuffer(
        flat, Message.createMessage(flat, MetadataVersion.V5, type, header, body, 0));
    byte[] bytes = flat.sizedByteArray();
    int length = (int) padded(bytes.length);
    words(-1, length);
    write(bytes);
    write(new byte[length - bytes.length]);
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    at += bytes.length;
  }

  private void footer() throws IOException {
    words(-1, 0);
    FlatBufferBuilder flat = new FlatBufferBuilder();
    int columns = columns(flat);
    Footer.startDictionariesVector(flat, 0);
    int dictionaries = flat.endVector();
    Footer.startRecordBatchesVector(flat, blocks.size());
    for (int b = blocks.size() - 1; b >= 0; b--) {
      long[] block = blocks.get(b);
      Block.createBlock(flat, block[0], (int) block[1], block[2]);
    }
    int batches = flat.endVector();
    Footer.finishFooterBuffer(
        flat, Footer.createFooter(flat, MetadataVersion.V5, columns, dictionaries, batches, 0));
    byte[] bytes = flat.sizedByteArray();
    write(bytes);
    words(bytes.length);
    write(Ipc.MAGIC);
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
      try (OutputStream last = out) {
        if (!broken) {
          footer();
        }
        last.flush();
      }
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
        "cannot write "
            + file
            + ": "
            + e
            + "\nMaybe the disk is full, or the user has no right to the folder",
        e);
  }
}
