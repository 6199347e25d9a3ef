package io.millwright.runtime.verify;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.support.Digest;
import io.millwright.runtime.support.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An append-only audit log in a folder: one line of JSON each, and behind it the SHA-256 of that
 * line together with the hash of the line before (hash chain; Haber and Stornetta 1991). When a
 * file is full the next one goes on with the chain. One process writes at a time; a line is on the
 * disk before {@link #add} returns. What a crash left of a line is removed when the log is opened
 * again, and a line says so. Thread-safe.
 */
public final class AuditLog implements AutoCloseable {

  /** What a log begins with. */
  static final String BEGINNING = "0".repeat(64);

  static final String PREFIX = "audit-";
  static final String SUFFIX = ".log";

  private static final long MOST_BYTES = 16L << 20;

  private final Path folder;
  private final Clock clock;
  private final long most;
  private final FileChannel lockFile;
  private final FileLock lock;
  private FileChannel channel;
  private int file;
  private long number;
  private String head;

  private AuditLog(Path folder, Clock clock, long most) {
    this.folder = folder;
    this.clock = clock;
    this.most = most;
    FileChannel guard = null;
    try {
      Files.createDirectories(folder);
      guard =
          FileChannel.open(
              folder.resolve("audit.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock held = guard.tryLock();
      if (held == null) {
        throw busy();
      }
      lockFile = guard;
      lock = held;
      long torn = AuditReader.mend(folder);
      AuditCheck check =
          AuditReader.files(folder).isEmpty()
              ? new AuditCheck(0, BEGINNING, Optional.empty())
              : AuditReader.verify(folder, line -> {});
      if (!check.whole()) {
        guard.close();
        throw new MillwrightException(
            ErrorCode.BAD_FILE,
            "the audit log in "
                + folder
                + " is broken: "
                + check.broken().get()
                + "\nMaybe keep it as evidence, and begin a new one in another folder");
      }
      number = check.lines();
      head = check.head();
      List<Path> files = AuditReader.files(folder);
      file = Math.max(1, files.size());
      channel = open(file);
      if (torn > 0) {
        add("audit log", "MENDED", folder.getFileName().toString(), torn + " bytes of a torn line");
      }
    } catch (OverlappingFileLockException e) {
      closeQuietly(guard);
      throw busy();
    } catch (IOException e) {
      closeQuietly(guard);
      throw Digests.failed("open the audit log in", folder, e);
    }
  }

  private static void closeQuietly(@org.jspecify.annotations.Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      return; // the error that led here is told
    }
  }

  private MillwrightException busy() {
    return new MillwrightException(
        ErrorCode.IO_FAILED,
        "another log or process writes the audit log in "
            + folder
            + "\n"
            + "Maybe share one AuditLog in this process, or give each process a folder of its"
            + " own");
  }

  private FileChannel open(int which) throws IOException {
    return FileChannel.open(
        folder.resolve(String.format(java.util.Locale.ROOT, "%s%06d%s", PREFIX, which, SUFFIX)),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.APPEND);
  }

  /**
   * Opens a log for writing, and verifies what is there.
   *
   * @param folder made when it does not exist
   * @param clock gives the time of lines
   * @return the log; the caller closes it
   * @throws MillwrightException with {@link ErrorCode#BAD_FILE} when a line is broken, {@link
   *     ErrorCode#IO_FAILED} when it cannot be used or is open elsewhere
   */
  public static AuditLog open(Path folder, Clock clock) {
    return new AuditLog(folder, clock, MOST_BYTES);
  }

  /** The same with files of another size, for tests. */
  static AuditLog open(Path folder, Clock clock, long bytes) {
    return new AuditLog(folder, clock, bytes);
  }

  /**
   * Adds a line.
   *
   * @param who a person or a program
   * @param what what was done, in capital letters and underscores
   * @param about what it was done to
   * @param detail more about it; may be empty
   * @return the line, which is on the disk
   * @throws IllegalArgumentException when {@code what} is no such word
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED}, or {@link ErrorCode#BAD_VALUE}
   *     when the line is longer than 1 MiB; then no line was added; with {@link ErrorCode#CLOSED}
   */
  public AuditLine add(String who, String what, String about, String detail) {
    synchronized (lock) {
      if (!channel.isOpen()) {
        throw new MillwrightException(
            ErrorCode.CLOSED,
            "the audit log in " + folder + " is closed\nMaybe close it after the last line");
      }
      AuditLine line = new AuditLine(number + 1, clock.instant(), who, what, about, detail);
      byte[] json = Json.write(line, AuditLine.class);
      if (json.length + 66 > AuditReader.MOST_LINE) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "a line of "
                + json.length
                + " bytes about "
                + (about.length() > 100 ? about.substring(0, 100) + "…" : about)
                + " is longer than the audit log can verify (1 MiB)"
                + "\nMaybe write what is so long into a file, and its digest into the log");
      }
      String hash = hash(head, json);
      ByteBuffer bytes =
          ByteBuffer.allocate(json.length + 66)
              .put(json)
              .put((byte) ' ')
              .put(hash.getBytes(StandardCharsets.US_ASCII))
              .put((byte) '\n')
              .flip();
      try {
        if (channel.size() > 0 && channel.size() + bytes.remaining() > most) {
          FileChannel next = open(file + 1);
          channel.close();
          channel = next;
          file++;
        }
        long before = channel.size();
        try {
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
          channel.force(false);
        } catch (IOException e) {
          channel.truncate(before);
          throw e;
        }
      } catch (IOException e) {
        throw Digests.failed("write the audit log in", folder, e);
      }
      number++;
      head = hash;
      return line;
    }
  }

  static String hash(String before, byte[] json) {
    byte[] all = new byte[before.length() + 1 + json.length];
    System.arraycopy(before.getBytes(StandardCharsets.US_ASCII), 0, all, 0, before.length());
    all[before.length()] = ' ';
    System.arraycopy(json, 0, all, before.length() + 1, json.length);
    return Digest.of(all);
  }

  /**
   * Verifies a log, also while it is written.
   *
   * @param folder its folder
   * @return how many lines are whole, and the first that is not
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED}, also when there is no log
   */
  public static AuditCheck verify(Path folder) {
    return AuditReader.verify(folder, line -> {});
  }

  /**
   * Reads a log up to its first broken line.
   *
   * @param folder its folder
   * @param each called with each line, in order
   * @return as {@link #verify}
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED}
   */
  public static AuditCheck read(Path folder, Consumer<AuditLine> each) {
    return AuditReader.verify(folder, each);
  }

  /**
   * Whether a log still has the line that a head was kept of.
   *
   * @param folder its folder
   * @param head what {@link #head} gave earlier
   * @return false when the log was cut short before that line, or is another
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED}
   */
  public static boolean holds(Path folder, String head) {
    return AuditReader.holds(folder, head);
  }

  /**
   * The hash of the last line. Kept elsewhere (signed, printed, sent to another machine), it finds
   * a log that was cut short, which the log alone cannot.
   *
   * @return 64 hexadecimal digits; zeros for an empty log
   */
  public String head() {
    synchronized (lock) {
      return head;
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      try {
        channel.close();
        lockFile.close();
      } catch (IOException e) {
        throw Digests.failed("close the audit log in", folder, e);
      }
    }
  }
}
