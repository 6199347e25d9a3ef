package io.millwright.runtime.edge;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.support.IoReason;
import io.millwright.runtime.support.Moves;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Store and forward: texts, such as predictions as lines of JSON, that wait in files while the link
 * is down and go out in their order when it is up. Each text has a number that rises by one; after
 * a crash some may go out twice, under the same number, and none is lost that was added before the
 * operating system's own last write. When they would take more room than allowed, the oldest are
 * dropped and counted. Thread-safe; one process writes a folder at a time.
 */
public final class Outbox implements AutoCloseable {

  /**
   * A text that goes out.
   *
   * @param number its number, from 1 on; equal numbers are the same text
   * @param text the text
   */
  public record Letter(long number, String text) {}

  /** What carries letters away. Hosts implement it. */
  @FunctionalInterface
  public interface Link {
    /**
     * Carries letters away; returns when they have arrived for good.
     *
     * @param letters in their order, at least one
     * @throws IOException when the link is down; all of them are sent again later
     */
    void send(List<Letter> letters) throws IOException;
  }

  private static final int AT_A_TIME = 256;
  private static final int SEGMENTS = 8;
  private static final int HEAD = 8;
  private static final int LONGEST = 1 << 20;
  private static final String SENT = "sent";
  private static final String SUFFIX = ".letters";

  private final Path folder;
  private final long mostBytes;

  /** By the number of its first letter, how many letters a file holds. */
  private final TreeMap<Long, Integer> segments = new TreeMap<>();

  /** Held while letters go out, so that two callers keep the order. */
  private final ReentrantLock forwarding = new ReentrantLock();

  private long sent;
  private long next;
  private long dropped;
  private FileChannel out;

  private Outbox(Path folder, long mostBytes) throws IOException {
    this.folder = folder;
    this.mostBytes = mostBytes;
    Files.createDirectories(folder);
    Path mark = folder.resolve(SENT);
    sent = Files.exists(mark) ? number(Files.readString(mark)) : 0;
    next = sent + 1;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.matches("\\d{19}\\" + SUFFIX)) {
          long first = Long.parseLong(name.substring(0, 19));
          int count = mended(file);
          segments.put(first, count);
          next = Math.max(next, first + count);
        }
      }
    }
    if (!segments.isEmpty()) {
      sent = Math.max(sent, segments.firstKey() - 1); // what was dropped does not wait
    }
    out = begin();
  }

  private static long number(String text) {
    return text.strip().matches("\\d{1,18}") ? Long.parseLong(text.strip()) : 0;
  }

  /**
   * Opens a folder; what waited in it still waits.
   *
   * @param folder the folder; is made when it does not exist
   * @param mostBytes how much room letters may take, at least 64 KiB
   * @return the outbox
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} for less room, {@link
   *     ErrorCode#IO_FAILED}
   */
  public static Outbox open(Path folder, long mostBytes) {
    if (mostBytes < 1 << 16) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "mostBytes is " + mostBytes + "\nMaybe 16777216 is meant");
    }
    try {
      return new Outbox(folder, mostBytes);
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /** Counts the whole letters of a file and cuts off what a crash left behind them. */
  private static int mended(Path file) throws IOException {
    List<String> letters = new ArrayList<>();
    long whole = read(file, letters);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(whole);
    }
    return letters.size();
  }

  /** Reads the whole letters of a file; gives where they end. */
  private static long read(Path file, List<String> into) throws IOException {
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
    CRC32 crc = new CRC32();
    while (all.remaining() >= HEAD) {
      int begin = all.position();
      int length = all.getInt();
      int sum = all.getInt();
      if (length < 0 || length > Math.min(LONGEST, all.remaining())) {
        return begin;
      }
      byte[] bytes = new byte[length];
      all.get(bytes);
      crc.reset();
      crc.update(bytes);
      if ((int) crc.getValue() != sum) {
        return begin;
      }
      into.add(new String(bytes, StandardCharsets.UTF_8));
    }
    return all.position();
  }

  private Path file(long first) {
    return folder.resolve(String.format(java.util.Locale.ROOT, "%019d", first) + SUFFIX);
  }

  /** A file for the letters from the next one on. */
  private FileChannel begin() throws IOException {
    segments.put(next, 0);
    return FileChannel.open(
        file(next),
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  /**
   * Adds a text.
   *
   * @param text at most 1 MiB in UTF-8
   * @return its number
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} for a longer text, {@link
   *     ErrorCode#CLOSED}, {@link ErrorCode#IO_FAILED}
   */
  public synchronized long add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long most = Math.min(LONGEST, mostBytes / SEGMENTS - HEAD);
    if (bytes.length > most) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "the text has "
              + bytes.length
              + " bytes, more than "
              + most
              + "\nMaybe send it in parts");
    }
    checkOpen();
    try {
      if (out.position() + HEAD + bytes.length > mostBytes / SEGMENTS) {
        out.close();
        out = begin();
        while (segments.size() > SEGMENTS) {
          long first = segments.firstKey();
          int count = segments.firstEntry().getValue();
          segments.pollFirstEntry();
          dropped += Math.max(0, first + count - 1 - Math.max(sent, first - 1));
          sent = Math.max(sent, first + count - 1);
          Files.deleteIfExists(file(first));
        }
      }
      CRC32 crc = new CRC32();
      crc.update(bytes);
      ByteBuffer letter = ByteBuffer.allocate(HEAD + bytes.length);
      letter.putInt(bytes.length).putInt((int) crc.getValue()).put(bytes).flip();
      while (letter.hasRemaining()) {
        out.write(letter);
      }
      segments.merge(segments.lastKey(), 1, Integer::sum);
      return next++;
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private void checkOpen() {
    if (!out.isOpen()) {
      throw new MillwrightException(
          ErrorCode.CLOSED, "this outbox is closed\nMaybe open the folder again");
    }
  }

  /**
   * Sends what waits, in its order, until nothing does or the link is down.
   *
   * @param link carries letters away; others may add meanwhile
   * @return how many arrived
   * @throws MillwrightException with {@link ErrorCode#CLOSED}, {@link ErrorCode#IO_FAILED} when the
   *     folder cannot be read; a link that is down is no error
   */
  public int forward(Link link) {
    forwarding.lock();
    try {
      int arrived = 0;
      for (List<Letter> some = waitingNow(); !some.isEmpty(); some = waitingNow()) {
        try {
          link.send(List.copyOf(some));
        } catch (IOException down) {
          return arrived;
        }
        arrived += some.size();
        arrived(some.get(some.size() - 1).number());
      }
      return arrived;
    } finally {
      forwarding.unlock();
    }
  }

  private synchronized List<Letter> waitingNow() {
    checkOpen();
    List<Letter> some = new ArrayList<>();
    try {
      for (long first : segments.keySet()) {
        if (first + segments.getOrDefault(first, 0) - 1 <= sent) {
          continue;
        }
        List<String> texts = new ArrayList<>();
        read(file(first), texts);
        for (int i = (int) Math.max(0, sent + 1 - first); i < texts.size(); i++) {
          some.add(new Letter(first + i, texts.get(i)));
          if (some.size() == AT_A_TIME) {
            return some;
          }
        }
        if (!some.isEmpty()) {
          return some;
        }
      }
      return some;
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private synchronized void arrived(long last) {
    sent = Math.max(sent, last);
    try {
      Path part = folder.resolve(SENT + ".part");
      Files.writeString(part, Long.toString(sent));
      Moves.replace(part, folder.resolve(SENT));
      while (segments.size() > 1
          && segments.firstKey() + segments.firstEntry().getValue() - 1 <= sent) {
        Files.deleteIfExists(file(segments.firstKey()));
        segments.pollFirstEntry();
      }
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /** {@return how many letters wait} */
  public synchronized long waiting() {
    return next - 1 - sent;
  }

  /** {@return how many letters were dropped since it was opened, for want of room} */
  public synchronized long dropped() {
    return dropped;
  }

  /** Closes the file; what waits still waits when the folder is opened again. */
  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private static MillwrightException failed(Path folder, IOException e) {
    return new MillwrightException(
        ErrorCode.IO_FAILED,
        folder + " cannot be read or written: " + IoReason.of(e) + "\nMaybe the disk is full",
        e);
  }
}
