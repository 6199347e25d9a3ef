package io.millwright.runtime.verify;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.support.Json;
import io.millwright.runtime.support.Limits;
import io.millwright.runtime.support.Place;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads and verifies audit logs. */
final class AuditReader {

  static final int MOST_LINE = 1 << 20;
  private static final Place PLACE =
      new Place(ErrorCode.BAD_FILE, "line of the audit log", "it was changed");

  private AuditReader() {}

  static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(
              f ->
                  f.getFileName()
                      .toString()
                      .matches(AuditLog.PREFIX + "[0-9]{6}\\" + AuditLog.SUFFIX))
          .sorted()
          .toList();
    }
  }

  /** Cuts off what a crash left behind the last line of the last file; gives how many bytes. */
  static long mend(Path folder) throws IOException {
    List<Path> files = files(folder);
    if (files.isEmpty()) {
      return 0;
    }
    Path last = files.get(files.size() - 1);
    try (FileChannel channel =
        FileChannel.open(last, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = channel.size();
      int tail = (int) Math.min(size, MOST_LINE);
      java.nio.ByteBuffer end = java.nio.ByteBuffer.allocate(tail);
      while (end.hasRemaining() && channel.read(end, size - tail + end.position()) >= 0) {}
      int line = tail;
      while (line > 0 && end.get(line - 1) != '\n') {
        line--;
      }
      long torn = (long) tail - line;
      if (torn > 0 && (line > 0 || tail == size)) {
        channel.truncate(size - torn);
        channel.force(true);
        return torn;
      }
      return 0;
    }
  }

  static AuditCheck verify(Path folder, Consumer<AuditLine> each) {
    long number = 0;
    String head = AuditLog.BEGINNING;
    try {
      List<Path> files = files(folder);
      if (files.isEmpty()) {
        throw new MillwrightException(
            ErrorCode.IO_FAILED,
            "there is no audit log in "
                + folder
                + "\nMaybe the path is wrong; if it is right, the log was removed");
      }
      for (int f = 0; f < files.size(); f++) {
        String name = files.get(f).getFileName().toString();
        String expected =
            String.format(
                java.util.Locale.ROOT, "%s%06d%s", AuditLog.PREFIX, f + 1, AuditLog.SUFFIX);
        if (!name.equals(expected)) {
          return broken(number, head, name, 0, "the file " + expected + " is missing");
        }
        try (InputStream in =
            new BufferedInputStream(Files.newInputStream(files.get(f)), 1 << 16)) {
          int at = 0;
          while (true) {
            byte @Nullable [] line = line(in);
            if (line == null) {
              break;
            }
            at++;
            String why = wrong(line, head, number + 1, each);
            if (!why.isEmpty()) {
              return broken(number, head, name, at, why);
            }
            head = new String(line, line.length - 65, 64, StandardCharsets.US_ASCII);
            number++;
          }
        }
      }
      return new AuditCheck(number, head, Optional.empty());
    } catch (IOException e) {
      throw Digests.failed("read the audit log in", folder, e);
    }
  }

  static boolean holds(Path folder, String head) {
    if (head.equals(AuditLog.BEGINNING)) {
      return true;
    }
    try {
      byte[] end = (" " + head + "\n").getBytes(StandardCharsets.US_ASCII);
      for (Path file : files(folder)) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
          for (byte @Nullable [] line = line(in); line != null; line = line(in)) {
            int from = line.length - end.length;
            if (from > 0 && Arrays.equals(line, from, line.length, end, 0, end.length)) {
              return true;
            }
          }
        }
      }
      return false;
    } catch (IOException e) {
      throw Digests.failed("read the audit log in", folder, e);
    }
  }

  private static AuditCheck broken(long number, String head, String file, int line, String why) {
    return new AuditCheck(
        number, head, Optional.of(new AuditCheck.Broken(file, line, number + 1, why)));
  }

  /** A line with its end, or null at the end of the file; at most so many bytes. */
  private static byte @Nullable [] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      line.write(b);
      if (b == '\n' || line.size() > MOST_LINE) {
        break;
      }
    }
    return line.size() == 0 ? null : line.toByteArray();
  }

  private static String wrong(byte[] line, String head, long number, Consumer<AuditLine> each) {
    if (line.length < 68 || line[line.length - 1] != '\n') {
      return "it has no end";
    }
    if (line[line.length - 66] != ' ') {
      return "it has no hash";
    }
    byte[] json = Arrays.copyOf(line, line.length - 66);
    String hash = new String(line, line.length - 65, 64, StandardCharsets.US_ASCII);
    if (!AuditLog.hash(head, json).equals(hash)) {
      return "its hash does not follow from it and the line before: one of them was changed";
    }
    try {
      AuditLine read = Json.read(json, AuditLine.class, PLACE, Limits.standard());
      if (read.number() != number) {
        return "it has the number " + read.number();
      }
      each.accept(read);
      return "";
    } catch (MillwrightException e) {
      return "it cannot be read: " + e.getMessage();
    }
  }
}
