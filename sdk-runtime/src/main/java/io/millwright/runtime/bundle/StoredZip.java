package io.millwright.runtime.bundle;

import io.millwright.runtime.support.Limits;
import io.millwright.runtime.support.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The directory of a ZIP file that holds stored entries and nothing else. Stricter than ZIP readers
 * are: entries must fill the file from its first byte to the directory without gap or overlap, the
 * header before each entry must say what the directory says, and nothing may follow the end record.
 * So no two readers can see two different bundles in one file.
 */
final class StoredZip {

  static final int LOCAL = 0x04034b50;
  static final int CENTRAL = 0x02014b50;
  static final int END = 0x06054b50;
  static final int END_64 = 0x06064b50;
  static final int LOCATOR_64 = 0x07064b50;
  static final int LOCAL_SIZE = 30;
  static final int CENTRAL_SIZE = 46;
  static final int END_SIZE = 22;
  static final int END_64_SIZE = 56;
  static final int LOCATOR_64_SIZE = 20;
  static final int UTF_8 = 0x800;
  static final long MAX_32 = 0xFFFFFFFFL;
  static final int MAX_16 = 0xFFFF;

  /** A stored entry: {@code size} bytes at {@code data}. */
  record Part(String name, long header, long data, long size, int crc) {}

  private final SeekableByteChannel channel;
  private final Place place;
  private final Limits limits;
  private final long length;

  private StoredZip(SeekableByteChannel channel, Place place, Limits limits) throws IOException {
    this.channel = channel;
    this.place = place;
    this.limits = limits;
    this.length = channel.size();
  }

  /** Reads and checks the directory; the entries in the order of the file. */
  static List<Part> parts(SeekableByteChannel channel, Place place, Limits limits)
      throws IOException {
    return new StoredZip(channel, place, limits).parts();
  }

  private record Directory(long count, long offset, long size, long end) {}

  private List<Part> parts() throws IOException {
    Directory directory = directory();
    if (directory.count < 1 || directory.count > limits.entries()) {
      throw place.error(
          directory.count
              + " entries, but at least 1 and at most "
              + limits.entries()
              + " are read");
    }
    long most = directory.count * (CENTRAL_SIZE + limits.nameLength() + 28L);
    if (directory.offset < 0
        || directory.size < 0
        || directory.offset + directory.size != directory.end
        || directory.size > most) {
      throw place.error(
          "its directory is said to have "
              + directory.size
              + " bytes at offset "
              + directory.offset
              + ", which does not lead to the end record at offset "
              + directory.end);
    }
    ByteBuffer central = read(directory.offset, (int) directory.size);
    List<Part> parts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    long position = 0;
    for (int i = 0; i < directory.count; i++) {
      Part part = part(central, position, directory.offset);
      if (!names.add(part.name)) {
        throw place.error("two entries are named \"" + part.name + "\"");
      }
      parts.add(part);
      position = part.data + part.size;
    }
    if (central.hasRemaining() || position != directory.offset) {
      throw place.error(
          "the entries end at offset "
              + position
              + " and the directory begins at offset "
              + directory.offset
              + " with "
              + central.remaining()
              + " bytes too many: something is hidden between them");
    }
    return parts;
  }

  private Directory directory() throws IOException {
    if (length < END_SIZE) {
      throw place.error("has " + length + " bytes, too few for a bundle");
    }
    long at = length - END_SIZE;
    ByteBuffer end = read(at, END_SIZE);
    if (end.getInt() != END) {
      throw place.error(
          "is not a bundle, or its end is missing: no end record at offset "
              + at
              + " of "
              + length);
    }
    int disks = end.getInt(); // this one and the directory's
    long onDisk = end.getShort() & MAX_16;
    long count = end.getShort() & MAX_16;
    long size = end.getInt() & MAX_32;
    long offset = end.getInt() & MAX_32;
    if (disks != 0 || onDisk != count || end.getShort() != 0) {
      throw place.error("the end record at offset " + at + " is damaged");
    }
    if (count < MAX_16 && size < MAX_32 && offset < MAX_32) {
      return new Directory(count, offset, size, at);
    }
    return directory64(at);
  }

  private Directory directory64(long end) throws IOException {
    long at = end - LOCATOR_64_SIZE - END_64_SIZE;
    if (at < 0) {
      throw place.error("the record for large files is missing before offset " + end);
    }
    ByteBuffer record = read(at, END_64_SIZE + LOCATOR_64_SIZE);
    boolean sound = record.getInt() == END_64 && record.getLong() == END_64_SIZE - 12;
    record.getInt(); // versions of the writer and of the format
    sound &= record.getLong() == 0; // disks
    long onDisk = record.getLong();
    long count = record.getLong();
    long size = record.getLong();
    long offset = record.getLong();
    sound &= onDisk == count;
    sound &= record.getInt() == LOCATOR_64 && record.getInt() == 0;
    sound &= record.getLong() == at && record.getInt() == 1;
    if (!sound || size > at || offset > at) {
      throw place.error("the record for large files at offset " + at + " is damaged");
    }
    return new Directory(count, offset, size, at);
  }

  /** Reads the next entry of the directory, which must begin at a position of the file. */
  private Part part(ByteBuffer central, long position, long directory) throws IOException {
    long at = directory + central.position();
    if (central.remaining() < CENTRAL_SIZE || central.getInt() != CENTRAL) {
      throw place.error("the directory is damaged at offset " + at);
    }
    central.getShort(); // version of the writer
    int needed = central.getShort() & 0xFF;
    int flags = central.getShort();
    int method = central.getShort();
    central.getInt(); // time
    int crc = central.getInt();
    long stored = central.getInt() & MAX_32;
    long size = central.getInt() & MAX_32;
    int nameLength = central.getShort() & MAX_16;
    int extraLength = central.getShort() & MAX_16;
    int comment = central.getShort();
    int disk = central.getShort();
    central.getShort(); // internal attributes
    central.getInt(); // external attributes
    long header = central.getInt() & MAX_32;
    if (nameLength < 1
        || nameLength > limits.nameLength()
        || extraLength > 28
        || comment != 0
        || disk != 0
        || needed > 45
        || central.remaining() < nameLength + extraLength) {
      throw place.error("the directory is damaged at offset " + at);
    }
    String name = name(central, nameLength, at);
    if (method != 0 || (flags & ~UTF_8) != 0) {
      throw place.error(
          "entry \""
              + name
              + "\" is compressed or encrypted (method "
              + method
              + ", flags "
              + flags
              + "), but a bundle only stores");
    }
    ByteBuffer extra = extra(central, extraLength, at);
    boolean large = size == MAX_32 || stored == MAX_32;
    size = size == MAX_32 ? wide(extra, at) : size;
    stored = stored == MAX_32 ? wide(extra, at) : stored;
    header = header == MAX_32 ? wide(extra, at) : header;
    if (extra.hasRemaining() || size != stored || size < 0) {
      throw place.error("the sizes of entry \"" + name + "\" at offset " + at + " are damaged");
    }
    long data = position + LOCAL_SIZE + nameLength + (large ? 20 : 0);
    if (header != position || data > directory || size > directory - data) {
      throw place.error(
          "entry \""
              + name
              + "\" is said to stand at offset "
              + header
              + " with "
              + size
              + " bytes, but must begin at offset "
              + position
              + " and end before offset "
              + directory);
    }
    Part part = new Part(name, position, data, size, crc);
    checkLocal(part, flags, large);
    return part;
  }

  /** Compares the header before an entry with what the directory says. */
  private void checkLocal(Part part, int flags, boolean large) throws IOException {
    ByteBuffer local = read(part.header, (int) (part.data - part.header));
    boolean same = local.getInt() == LOCAL;
    same &= (local.getShort() & 0xFF) <= 45;
    same &= local.getShort() == flags && local.getShort() == 0;
    local.getInt(); // time
    same &= local.getInt() == part.crc;
    long narrow = large ? MAX_32 : part.size;
    long stored = local.getInt() & MAX_32;
    long size = local.getInt() & MAX_32;
    same &= stored == narrow && size == narrow;
    same &= (local.getShort() & MAX_16) == part.name.length();
    same &= local.getShort() == (large ? 20 : 0);
    byte[] name = new byte[part.name.length()];
    local.get(name);
    same &= part.name.equals(new String(name, StandardCharsets.ISO_8859_1));
    if (large) {
      same &= local.getShort() == 1 && local.getShort() == 16;
      long wideStored = local.getLong();
      long wideSize = local.getLong();
      same &= wideStored == part.size && wideSize == part.size;
    }
    if (!same) {
      throw place.error(
          "the header of entry \""
              + part.name
              + "\" at offset "
              + part.header
              + " does not say what the directory says");
    }
  }

  private String name(ByteBuffer central, int length, long at) {
    byte[] bytes = new byte[length];
    central.get(bytes);
    String name = new String(bytes, StandardCharsets.ISO_8859_1);
    if (!name.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw place.error("the name of the entry at offset " + at + " is damaged");
    }
    if (name.startsWith("/")
        || name.contains("\\")
        || name.contains(":")
        || List.of(name.split("/", -1)).contains("..")) {
      throw place.error("entry \"" + name + "\" would leave its folder");
    }
    return name;
  }

  /** The values of the extra field for large entries; every other extra field is refused. */
  private ByteBuffer extra(ByteBuffer central, int length, long at) {
    byte[] bytes = new byte[length];
    central.get(bytes);
    ByteBuffer extra = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (length > 0 && (length < 4 || extra.getShort() != 1 || extra.getShort() != length - 4)) {
      throw place.error("an unknown extra field stands at offset " + at);
    }
    return extra;
  }

  private long wide(ByteBuffer extra, long at) {
    if (extra.remaining() < 8) {
      throw place.error("the sizes of the entry at offset " + at + " are damaged");
    }
    return extra.getLong();
  }

  private ByteBuffer read(long offset, int size) throws IOException {
    if (offset < 0 || size < 0 || offset > length - size) {
      throw place.error(size + " bytes at offset " + offset + " lie beyond its end at " + length);
    }
    ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.position(offset + buffer.position()).read(buffer) < 0) {
        throw place.error("ended while it was read");
      }
    }
    return buffer.flip();
  }
}
