package io.millwright.connect.arrow;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.jspecify.annotations.Nullable;

/** The messages of one file, in either of the two formats (Arrow columnar format, IPC). */
final class Ipc implements AutoCloseable {

  static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);

  private static final int MOST_META = 64 << 20;

  private final Path path;
  private final FileChannel channel;
  private final long size;
  private final Schema schema;
  private final @Nullable List<long[]> blocks; // of the file format; null for a stream
  private long at;

  /** Takes what messages hold. */
  interface Parts {
    void dictionary(long id, boolean delta, Body values) throws IOException;

    void rows(Body rows) throws IOException;
  }

  private Ipc(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    size = channel.size();
    ByteBuffer start = bytes(0, (int) Math.min(8, size));
    boolean file = size >= 8 && start(start, MAGIC);
    if (start(start, "FEA1".getBytes(StandardCharsets.US_ASCII))) {
      throw new IOException("it is Feather version 1, which came before Arrow's format");
    }
    blocks = file ? new ArrayList<>() : null;
    Schema found;
    if (blocks != null) {
      Footer footer = footer();
      found = Objects.requireNonNull(footer.schema(), "the footer has no schema");
      for (int i = 0; i < footer.dictionariesLength(); i++) {
        blocks.add(block(footer.dictionaries(i)));
      }
      for (int i = 0; i < footer.recordBatchesLength(); i++) {
        blocks.add(block(footer.recordBatches(i)));
      }
    } else {
      Message first = message(0);
      if (first == null || first.headerType() != MessageHeader.Schema) {
        throw new IOException("it does not begin with a schema");
      }
      found = (Schema) Objects.requireNonNull(first.header(new Schema()));
    }
    if (found.endianness() != Endianness.Little) {
      throw new IOException("its numbers are big-endian");
    }
    schema = found;
  }

  static Ipc open(Path path) {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
      return new Ipc(path, channel);
    } catch (IOException | RuntimeException e) {
      if (channel != null) {
        try {
          channel.close();
        } catch (IOException unused) {
          e.addSuppressed(unused);
        }
      }
      if (!Files.isReadable(path) || Files.isDirectory(path)) {
        throw new MillwrightException(
            ErrorCode.IO_FAILED,
            "cannot read " + path + ": " + e + "\nMaybe check the path and the right to read it",
            e);
      }
      throw damaged(path, e);
    }
  }

  static MillwrightException damaged(Path path, Exception e) {
    return new MillwrightException(
        ErrorCode.BAD_FILE,
        path
            + " is no readable Arrow file: "
            + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
            + "\nMaybe it was cut off, or is of another format; copy it again",
        e);
  }

  Path path() {
    return path;
  }

  Schema schema() {
    return schema;
  }

  /** What writers left beside the columns. */
  Map<String, String> meta() {
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < schema.customMetadataLength(); i++) {
      KeyValue one = schema.customMetadata(i);
      if (one.key() != null && one.value() != null) {
        all.put(one.key(), one.value());
      }
    }
    return all;
  }

  /** Gives dictionaries and rows, each dictionary before the rows that need it. */
  void each(Parts to) throws IOException {
    if (blocks != null) {
      for (long[] block : blocks) {
        give(Objects.requireNonNull(message(block[0]), "a block is empty"), to);
      }
      return;
    }
    message(0);
    for (Message next = message(at); next != null; next = message(at)) {
      give(next, to);
    }
  }

  private void give(Message message, Parts to) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new MillwrightException(
          ErrorCode.JOB_CANCELLED, "interrupted within " + path + "\nMaybe read it again");
    }
    long length = message.bodyLength();
    if (length < 0 || length > size - at) {
      throw new IOException("a record batch reaches beyond its end");
    }
    long most = Runtime.getRuntime().maxMemory() / 4;
    if (length > Math.min(most, Integer.MAX_VALUE - 8)) {
      throw new MillwrightException(
          ErrorCode.OUT_OF_RANGE,
          path
              + " has a record batch of "
              + (length >> 20)
              + " MiB, but at most "
              + (most >> 20)
              + " MiB are read at once\nMaybe write smaller record batches, or give more heap");
    }
    ByteBuffer body = bytes(at, (int) length);
    at += length;
    if (message.headerType() == MessageHeader.RecordBatch) {
      to.rows(
          new Body(
              path, (RecordBatch) Objects.requireNonNull(message.header(new RecordBatch())), body));
    } else if (message.headerType() == MessageHeader.DictionaryBatch) {
      DictionaryBatch d =
          (DictionaryBatch) Objects.requireNonNull(message.header(new DictionaryBatch()));
      to.dictionary(
          d.id(),
          d.isDelta(),
          new Body(path, Objects.requireNonNull(d.data(), "an empty dictionary"), body));
    } else if (message.headerType() != MessageHeader.Schema || length > 0) {
      throw new IOException("it holds a message that belongs to no table");
    }
  }

  /** The message at a place; null at the end. Its body begins at {@link #at}. */
  private @Nullable Message message(long from) throws IOException {
    if (from < 0 || from >= size) {
      return null;
    }
    int length = bytes(from, 4).getInt();
    long begin = from + 4;
    if (length == -1) { // since version 0.15
      length = bytes(begin, 4).getInt();
      begin += 4;
    }
    if (length == 0) {
      return null;
    }
    if (length < 0 || length > MOST_META) {
      throw new IOException("a message claims " + length + " bytes");
    }
    at = begin + length;
    return Message.getRootAsMessage(bytes(begin, length));
  }

  private Footer footer() throws IOException {
    ByteBuffer end = bytes(size - 10, 10);
    int length = end.getInt();
    if (!start(end.slice(), MAGIC) || length <= 0 || length > Math.min(MOST_META, size - 10)) {
      throw new IOException("its end is missing");
    }
    return Footer.getRootAsFooter(bytes(size - 10 - length, length));
  }

  private static long[] block(Block block) {
    return new long[] {block.offset()};
  }

  private static boolean start(ByteBuffer bytes, byte[] word) {
    if (bytes.remaining() < word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (bytes.get(bytes.position() + i) != word[i]) {
        return false;
      }
    }
    return true;
  }

  private ByteBuffer bytes(long from, int length) throws IOException {
    if (from < 0 || length > size - from) {
      throw new IOException("it ends too early");
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
      // Goes on where the last read ended.
    }
    if (bytes.hasRemaining()) {
      throw new IOException("it ends too early");
    }
    return bytes.flip();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, "cannot close " + path + ": " + e + "\nMaybe the disk is gone", e);
    }
  }
}
