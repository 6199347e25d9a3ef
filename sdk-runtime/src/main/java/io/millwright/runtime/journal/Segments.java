package io.millwright.runtime.journal;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.support.Json;
import io.millwright.runtime.support.Limits;
import io.millwright.runtime.support.Moves;
import io.millwright.runtime.support.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a journal. */
final class Segments implements JournalStore {

  /** A line of a segment. */
  record Line(
      String id,
      Instant at,
      Optional<String> model,
      Optional<String> input,
      Optional<String> answer,
      Optional<Double> number,
      Optional<Double> low,
      Optional<Double> high,
      Optional<String> flags,
      Optional<String> truth) {

    private static Line of(JournalLine line) {
      if (line instanceof JournalLine.Told told) {
        return new Line(
            told.id(),
            told.at(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(told.value()));
      }
      JournalEntry e = ((JournalLine.Said) line).entry();
      return new Line(
          e.id(),
          e.at(),
          Optional.of(e.model()),
          text(e.input()),
          text(e.answer()),
          number(e.number()),
          number(e.low()),
          number(e.high()),
          text(e.flags()),
          Optional.empty());
    }

    /** Whether it could be read again: what cannot would never be erased either. */
    private boolean readable() {
      return Stream.of(Optional.of(id), model, input, answer, flags, truth)
          .allMatch(t -> t.map(String::length).orElse(0) <= LIMITS.stringLength());
    }

    private static Optional<String> text(String text) {
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Optional<Double> number(double number) {
      return Double.isNaN(number) ? Optional.empty() : Optional.of(number);
    }
  }

  private static final long MOST_BYTES = 64L << 20;
  private static final int MOST_LINE = 8 << 20;
  private static final Limits LIMITS = Limits.standard();
  private static final Logger LOG = LoggerFactory.getLogger(Segments.class);
  private static final Place PLACE =
      new Place(ErrorCode.BAD_FILE, "line of the journal", "it was cut off or changed");

  private final Path folder;
  private final long most;
  private final FileChannel guard;
  private FileChannel channel;
  private int number;

  Segments(Path folder) {
    this(folder, MOST_BYTES);
  }

  /** The same with segments of another size, for tests. */
  Segments(Path folder, long most) {
    this.folder = folder;
    this.most = most;
    try {
      Files.createDirectories(folder);
      guard = lock(folder);
      number = files(folder).size() + 1; // a segment that a crash left is never written again
      channel = open(number);
    } catch (IOException e) {
      throw failed("open the journal in", folder, e);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("journal.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock held;
    try {
      held = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      held = null;
    }
    if (held == null) {
      channel.close();
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "the journal in "
              + folder
              + " is open for writing elsewhere"
              + "\nMaybe close it first, or give each process a folder of its own");
    }
    return channel;
  }

  private static String name(int number) {
    return String.format(Locale.ROOT, "predictions-%06d.jsonl", number);
  }

  private FileChannel open(int which) throws IOException {
    return FileChannel.open(
        folder.resolve(name(which)), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public int append(List<JournalLine> lines) {
    List<byte[]> texts =
        lines.stream()
            .map(Line::of)
            .filter(Line::readable)
            .map(l -> Json.write(l, Line.class))
            .toList();
    if (texts.size() < lines.size()) {
      LOG.error(
          "{} records are not kept: a text in them has more than {} characters, which the journal"
              + " could not read again; InputPolicy.HASHED keeps such inputs as digests",
          lines.size() - texts.size(),
          LIMITS.stringLength());
    }
    try {
      add(texts);
      return texts.size();
    } catch (IOException e) {
      throw failed("write into the journal in", folder, e);
    }
  }

  private void add(List<byte[]> lines) throws IOException {
    int size = lines.stream().mapToInt(l -> l.length + 1).sum();
    ByteBuffer bytes = ByteBuffer.allocate(size);
    lines.forEach(l -> bytes.put(l).put((byte) '\n'));
    bytes.flip();
    if (channel.size() > 0 && channel.size() + size > most) {
      FileChannel next = open(number + 1);
      channel.close();
      channel = next;
      number++;
    }
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void close() {
    try {
      channel.force(true);
      channel.close();
      guard.close();
    } catch (IOException e) {
      throw failed("close the journal in", folder, e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> f.getFileName().toString().matches("predictions-[0-9]{6,9}\\.jsonl"))
          .sorted()
          .toList();
    }
  }

  private static MillwrightException failed(String verb, Path folder, IOException e) {
    return new MillwrightException(
        ErrorCode.IO_FAILED,
        "cannot "
            + verb
            + " "
            + folder
            + ": "
            + e
            + "\nMaybe the path is wrong, the disk is full, or the user has no right to the folder",
        e);
  }

  /** Uses each readable line of a segment. */
  private interface Use {
    void line(String text, Line line) throws IOException;
  }

  private static void each(Path file, Use use) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Files.newInputStream(file),
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)))) {
      for (String text = next(in); text != null; text = next(in)) {
        Line line;
        try {
          line = Json.read(text.getBytes(StandardCharsets.UTF_8), Line.class, PLACE, LIMITS);
        } catch (MillwrightException e) {
          continue;
        }
        use.line(text, line);
      }
    }
  }

  /** A line of bounded length; a longer one is cut, and then cannot be read. */
  private static @Nullable String next(BufferedReader in) throws IOException {
    StringBuilder line = new StringBuilder();
    int c = in.read();
    if (c < 0) {
      return null;
    }
    for (; c >= 0 && c != '\n'; c = in.read()) {
      if (line.length() < MOST_LINE) {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  static List<JournalEntry> read(Path folder) {
    try {
      Map<String, JournalEntry> entries = new LinkedHashMap<>();
      Map<String, String> truths = new LinkedHashMap<>();
      for (Path file : files(folder)) {
        each(
            file,
            (text, line) -> {
              if (line.truth().isPresent()) {
                truths.put(line.id(), line.truth().get());
              } else {
                entries.put(line.id(), entry(line));
              }
            });
      }
      List<JournalEntry> all = new ArrayList<>();
      entries.forEach(
          (id, e) -> {
            String truth = truths.get(id);
            all.add(with(e, Optional.ofNullable(truth)));
          });
      return all;
    } catch (IOException e) {
      throw failed("read the journal in", folder, e);
    }
  }

  private static JournalEntry entry(Line line) {
    return new JournalEntry(
        line.id(),
        line.at(),
        line.model().orElse(""),
        line.input().orElse(""),
        line.answer().orElse(""),
        line.number().orElse(Double.NaN),
        line.low().orElse(Double.NaN),
        line.high().orElse(Double.NaN),
        line.flags().orElse(""),
        Optional.empty());
  }

  private static JournalEntry with(JournalEntry e, Optional<String> truth) {
    return new JournalEntry(
        e.id(),
        e.at(),
        e.model(),
        e.input(),
        e.answer(),
        e.number(),
        e.low(),
        e.high(),
        e.flags(),
        truth);
  }

  static int erase(Path folder, Predicate<JournalEntry> which) {
    try (FileChannel held = lock(folder)) {
      Set<String> gone = new HashSet<>();
      Map<String, String> truths = new HashMap<>();
      for (JournalEntry e : read(folder)) {
        e.truth().ifPresent(truth -> truths.put(e.id(), truth));
      }
      for (Path file : files(folder)) {
        each(
            file,
            (text, line) -> { // also one that a later line of the same id replaces
              if (line.truth().isEmpty()
                  && which.test(with(entry(line), Optional.ofNullable(truths.get(line.id()))))) {
                gone.add(line.id());
              }
            });
      }
      for (Path file : files(folder)) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        boolean[] changed = new boolean[1];
        try (var out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
          each(
              file,
              (text, line) -> {
                if (gone.contains(line.id())) {
                  changed[0] = true;
                } else {
                  out.write(text);
                  out.write('\n');
                }
              });
        }
        if (changed[0]) {
          Moves.replace(part, file);
        } else {
          Files.delete(part);
        }
      }
      return held.isOpen() ? gone.size() : 0;
    } catch (IOException e) {
      throw failed("erase from the journal in", folder, e);
    }
  }
}
