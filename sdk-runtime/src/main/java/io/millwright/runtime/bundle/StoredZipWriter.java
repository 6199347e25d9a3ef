package io.millwright.runtime.bundle;

import io.millwright.runtime.support.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Writes a ZIP file of stored entries in one pass. The library's writer needs the checksum of a
 * stored entry before the entry, that is all weights twice, and its headers differ between versions
 * of Java; here the same entries give the same bytes.
 */
final class StoredZipWriter {

  /** 1 January 1980, 0:00, the earliest time that ZIP can say: when is told by the provenance. */
  private static final int TIME = 0x00210000;

  /** What fills an entry. */
  interface Content {
    void to(Sink sink) throws IOException;
  }

  /** Takes the bytes of one entry. */
  final class Sink implements SafeTensors.Sink {
    private final Digest sha = new Digest();
    private final CRC32 crc = new CRC32();
    private long written;

    @Override
    public void write(ByteBuffer buffer) throws IOException {
      sha.add(buffer.duplicate());
      crc.update(buffer.duplicate());
      written += buffer.remaining();
      append(buffer);
    }
  }

  private final FileChannel channel;
  private final List<StoredZip.Part> parts = new ArrayList<>();
  private long position;

  StoredZipWriter(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Writes an entry.
   *
   * @param name its name, ASCII
   * @param size its size, which the content must have
   * @return its SHA-256
   */
  String add(String name, long size, Content content) throws IOException {
    boolean large = size >= StoredZip.MAX_32;
    byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
    long header = position;
    ByteBuffer local = buffer(StoredZip.LOCAL_SIZE + ascii.length + (large ? 20 : 0));
    int narrow = (int) (large ? StoredZip.MAX_32 : size);
    local.putInt(StoredZip.LOCAL).putShort((short) (large ? 45 : 10)).putShort((short) 0);
    local.putShort((short) 0).putInt(TIME).putInt(0).putInt(narrow).putInt(narrow);
    local.putShort((short) ascii.length).putShort((short) (large ? 20 : 0)).put(ascii);
    if (large) {
      local.putShort((short) 1).putShort((short) 16).putLong(size).putLong(size);
    }
    append(local.flip());
    long data = position;
    Sink sink = new Sink();
    content.to(sink);
    if (sink.written != size) {
      throw new IllegalStateException(name + " has " + sink.written + " bytes, not " + size);
    }
    int crc = (int) sink.crc.getValue();
    ByteBuffer patch = buffer(4).putInt(crc).flip();
    while (patch.hasRemaining()) {
      channel.write(patch, header + 14 + patch.position());
    }
    parts.add(new StoredZip.Part(name, header, data, size, crc));
    return sink.sha.hex();
  }

  /** Writes the directory; nothing can be added afterwards. */
  void finish() throws IOException {
    long directory = position;
    for (StoredZip.Part part : parts) {
      central(part);
    }
    long size = position - directory;
    boolean large = parts.size() >= StoredZip.MAX_16 || directory >= StoredZip.MAX_32;
    if (large) {
      long at = position;
      ByteBuffer end = buffer(StoredZip.END_64_SIZE + StoredZip.LOCATOR_64_SIZE);
      end.putInt(StoredZip.END_64).putLong(StoredZip.END_64_SIZE - 12);
      end.putShort((short) 45).putShort((short) 45).putLong(0);
      end.putLong(parts.size()).putLong(parts.size()).putLong(size).putLong(directory);
      end.putInt(StoredZip.LOCATOR_64).putInt(0).putLong(at).putInt(1);
      append(end.flip());
    }
    ByteBuffer end = buffer(StoredZip.END_SIZE);
    short count = (short) Math.min(parts.size(), StoredZip.MAX_16);
    end.putInt(StoredZip.END).putInt(0).putShort(count).putShort(count).putInt((int) size);
    end.putInt((int) Math.min(directory, StoredZip.MAX_32)).putShort((short) 0);
    append(end.flip());
  }

  private void central(StoredZip.Part part) throws IOException {
    boolean large = part.size() >= StoredZip.MAX_32;
    boolean far = part.header() >= StoredZip.MAX_32;
    int extra = (large ? 16 : 0) + (far ? 8 : 0);
    byte[] ascii = part.name().getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out = buffer(StoredZip.CENTRAL_SIZE + ascii.length + (extra > 0 ? extra + 4 : 0));
    int narrow = (int) (large ? StoredZip.MAX_32 : part.size());
    short version = (short) (extra > 0 ? 45 : 10);
    out.putInt(StoredZip.CENTRAL).putShort(version).putShort(version).putShort((short) 0);
    out.putShort((short) 0).putInt(TIME).putInt(part.crc()).putInt(narrow).putInt(narrow);
    out.putShort((short) ascii.length).putShort((short) (extra > 0 ? extra + 4 : 0));
    out.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
    out.putInt((int) (far ? StoredZip.MAX_32 : part.header())).put(ascii);
    if (extra > 0) {
      out.putShort((short) 1).putShort((short) extra);
      if (large) {
        out.putLong(part.size()).putLong(part.size());
      }
      if (far) {
        out.putLong(part.header());
      }
    }
    append(out.flip());
  }

  private void append(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      position += channel.write(buffer, position);
    }
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
