package io.millwright.cli.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import io.millwright.api.data.UnitHistory;
import io.millwright.maintenance.Fleet;
import io.millwright.maintenance.KnownLife;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * NASA's simulated turbofan engines, C-MAPSS (Saxena, Goebel, Simon and Eklund 2008), as published:
 * for each subset the files {@code train_FD001.txt}, {@code test_FD001.txt} and {@code
 * RUL_FD001.txt}, plain or gzip ({@code .txt.gz}). One line is one cycle of one engine: unit
 * number, cycle, three operational settings and 21 sensors, separated by blanks. Files of one's own
 * in the same form do as well. Immutable and thread-safe; reads anew at each call.
 */
public final class TurbofanFiles {

  private static final Schema COLUMNS =
      Schema.of(
          Column.number("altitude", Unit.of("10*3.[ft_i]")),
          Column.number("mach number"),
          Column.number("throttle angle", Unit.of("deg")),
          Column.number("T2", Unit.of("[degR]")),
          Column.number("T24", Unit.of("[degR]")),
          Column.number("T30", Unit.of("[degR]")),
          Column.number("T50", Unit.of("[degR]")),
          Column.number("P2", Unit.of("[psi]")),
          Column.number("P15", Unit.of("[psi]")),
          Column.number("P30", Unit.of("[psi]")),
          Column.number("Nf", Unit.of("/min")),
          Column.number("Nc", Unit.of("/min")),
          Column.number("epr"),
          Column.number("Ps30", Unit.of("[psi]")),
          Column.number("phi", Unit.of("[lb_av]/s/[psi]")),
          Column.number("NRf", Unit.of("/min")),
          Column.number("NRc", Unit.of("/min")),
          Column.number("BPR"),
          Column.number("farB"),
          Column.number("htBleed"),
          Column.number("Nf_dmd", Unit.of("/min")),
          Column.number("PCNfR_dmd", Unit.of("%")),
          Column.number("W31", Unit.of("[lb_av]/s")),
          Column.number("W32", Unit.of("[lb_av]/s")));

  private static final int WIDTH = 2 + COLUMNS.size();
  private static final int LONGEST_LINE = 10_000;
  private static final Pattern TRAIN = Pattern.compile("train_(\\w+)\\.txt(\\.gz)?");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final Path folder;

  /**
   * The files of a folder.
   *
   * @param folder where they lie
   */
  public TurbofanFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * The three settings and 21 sensors.
   *
   * @return the columns, with units after the data's own description
   */
  public static Schema columns() {
    return COLUMNS;
  }

  /**
   * The subsets in the folder, such as {@code FD001}: those with a file to train on.
   *
   * @return their names, sorted; never empty
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} when there is none
   */
  public List<String> subsets() {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files
              .map(file -> TRAIN.matcher(file.getFileName().toString()))
              .filter(Matcher::matches)
              .map(found -> found.group(1))
              .distinct()
              .sorted()
              .toList();
      if (names.isEmpty()) {
        throw new MillwrightException(
            ErrorCode.IO_FAILED,
            "no turbofan data in "
                + folder
                + ": there is no file train_*.txt or train_*.txt.gz\n"
                + "Maybe name the folder that holds train_FD001.txt, test_FD001.txt and"
                + " RUL_FD001.txt");
      }
      return names;
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "cannot list " + folder + "\nMaybe check that it is a folder and may be read",
          e);
    }
  }

  /**
   * The engines to learn from.
   *
   * @param subset such as {@code FD001}
   * @return their histories until they failed
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} or {@link ErrorCode#BAD_FILE},
   *     naming file, line and column
   */
  public Fleet train(String subset) {
    return new Fleet(units(existing("train_" + subset), subset, UnitHistory.End.FAILED));
  }

  /**
   * Whether there are engines to judge by.
   *
   * @param subset such as {@code FD001}
   * @return true when the subset has a test file
   */
  public boolean hasTest(String subset) {
    return file("test_" + subset).isPresent();
  }

  /**
   * The engines to judge by, as they were when they were cut off.
   *
   * @param subset such as {@code FD001}
   * @return their histories, still running
   * @throws MillwrightException as {@link #train}
   */
  public List<UnitHistory> running(String subset) {
    return units(existing("test_" + subset), subset, UnitHistory.End.RUNNING);
  }

  /**
   * The engines to judge by, with the life that they turned out to have.
   *
   * @param subset such as {@code FD001}
   * @return histories and remaining lives in cycles
   * @throws MillwrightException as {@link #train}; with {@link ErrorCode#BAD_FILE} when the number
   *     of lives is not that of the engines
   */
  public List<KnownLife> test(String subset) {
    List<UnitHistory> histories = running(subset);
    Path file = existing("RUL_" + subset);
    List<Double> lives = new ArrayList<>();
    lines(
        file,
        (number, cells) -> {
          if (cells.length != 1) {
            throw bad(file, number, 2, "has " + cells.length + " columns, but must have 1");
          }
          double life = number(file, number, 1, cells[0]);
          if (life < 0) {
            throw bad(file, number, 1, "says " + cells[0] + ", but a life must be 0 or more");
          }
          lives.add(life);
        });
    if (lives.size() != histories.size()) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          file
              + " has "
              + lives.size()
              + " lives, but the test file has "
              + histories.size()
              + " engines\nMaybe the two files belong to different subsets, or one is cut short");
    }
    List<KnownLife> known = new ArrayList<>();
    for (int i = 0; i < histories.size(); i++) {
      known.add(new KnownLife(histories.get(i), lives.get(i)));
    }
    return known;
  }

  private Optional<Path> file(String stem) {
    return Stream.of(".txt", ".txt.gz")
        .map(ending -> folder.resolve(stem + ending))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private Path existing(String stem) {
    return file(stem)
        .orElseThrow(
            () ->
                new MillwrightException(
                    ErrorCode.IO_FAILED,
                    "there is no file "
                        + folder.resolve(stem + ".txt")
                        + ", plain or with .gz\n"
                        + "Maybe download the whole set again, or name another subset or folder"));
  }

  private static List<UnitHistory> units(Path file, String subset, UnitHistory.End end) {
    Units units = new Units(file, subset, end);
    lines(file, units::add);
    return units.all();
  }

  /** Gathers lines into one history for each engine. */
  private static final class Units {
    private final Path file;
    private final String subset;
    private final UnitHistory.End end;
    private final List<UnitHistory> done = new ArrayList<>();
    private final List<double[]> rows = new ArrayList<>();
    private double unit = Double.NaN;
    private double first;
    private double last;

    Units(Path file, String subset, UnitHistory.End end) {
      this.file = file;
      this.subset = subset;
      this.end = end;
    }

    void add(long line, String[] cells) {
      if (cells.length != WIDTH) {
        throw bad(
            file,
            line,
            Math.min(cells.length, WIDTH) + 1,
            "has " + cells.length + " columns, but must have " + WIDTH);
      }
      double[] values = new double[WIDTH];
      for (int i = 0; i < WIDTH; i++) {
        values[i] = number(file, line, i + 1, cells[i]);
      }
      if (values[0] != Math.rint(values[0]) || values[0] < 1) {
        throw bad(file, line, 1, "says " + cells[0] + ", but a unit number must be a whole one");
      }
      if (values[0] != unit) {
        finish();
        unit = values[0];
        first = values[1];
        last = first - 1;
        if (!(first >= 1)) {
          throw bad(file, line, 2, "says " + cells[1] + ", but cycles are counted from 1");
        }
        if (done.stream().anyMatch(h -> h.unit().equals(name()))) {
          throw bad(file, line, 1, "returns to unit " + cells[0] + " after another one");
        }
      }
      if (values[1] != last + 1) {
        throw bad(
            file, line, 2, "says cycle " + cells[1] + ", but " + (long) (last + 1) + " is next");
      }
      last = values[1];
      rows.add(java.util.Arrays.copyOfRange(values, 2, WIDTH));
    }

    List<UnitHistory> all() {
      finish();
      if (done.isEmpty()) {
        throw new MillwrightException(
            ErrorCode.BAD_FILE, file + " is empty\nMaybe the download was cut short");
      }
      return List.copyOf(done);
    }

    private String name() {
      return subset + " unit " + (long) unit;
    }

    private void finish() {
      if (!rows.isEmpty()) {
        Table table = Table.ofNumbers(COLUMNS, rows.toArray(double[][]::new));
        done.add(new UnitHistory(name(), table, first - 1, end));
        rows.clear();
      }
    }
  }

  /** What is done with one line that is not empty. */
  private interface Line {
    void take(long number, String[] cells);
  }

  private static void lines(Path file, Line line) {
    long number = 0;
    try (BufferedReader reader = reader(file)) {
      StringBuilder text = new StringBuilder();
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c != '\n') {
          text.append((char) c);
          if (text.length() > LONGEST_LINE) {
            throw bad(file, number + 1, 1, "goes on for more than " + LONGEST_LINE + " characters");
          }
          continue;
        }
        number++;
        split(text, number, line);
        text.setLength(0);
      }
      split(text, number + 1, line);
    } catch (ZipException e) {
      throw damaged(file, number, e);
    } catch (java.io.EOFException e) {
      throw damaged(file, number, e);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, "cannot read " + file + " after line " + number, e);
    }
  }

  private static void split(StringBuilder text, long number, Line line) {
    String stripped = text.toString().strip();
    if (!stripped.isEmpty()) {
      line.take(number, BLANKS.split(stripped));
    }
  }

  private static MillwrightException damaged(Path file, long line, IOException e) {
    return new MillwrightException(
        ErrorCode.BAD_FILE,
        file
            + " is not a whole gzip file: it breaks off or is damaged after line "
            + line
            + "\nMaybe the download was cut short: fetch it again",
        e);
  }

  private static BufferedReader reader(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file));
    try {
      raw.mark(2);
      // The content decides, not the name: some copies carry the wrong one.
      boolean zipped = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      return new BufferedReader(
          new InputStreamReader(
              zipped ? new GZIPInputStream(raw) : raw, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static double number(Path file, long line, int column, String cell) {
    double value;
    try {
      value = Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      throw bad(file, line, column, "says \"" + shortened(cell) + "\", which is no number");
    }
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw bad(file, line, column, "says " + cell + ", but must be a finite number");
    }
    return value;
  }

  private static String shortened(String cell) {
    return cell.length() <= 40 ? cell : cell.substring(0, 40) + "…";
  }

  private static MillwrightException bad(Path file, long line, int column, String what) {
    return new MillwrightException(
        ErrorCode.BAD_FILE,
        file
            + ", line "
            + line
            + ", column "
            + column
            + ": "
            + what
            + "\nMaybe it is another kind of file, or the download was damaged");
  }
}
