package io.millwright.cli.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Sequences from text files, one for each sensor: a line is a sequence, with its readings between
 * tabs, commas, semicolons or blanks; gzipped or not. The same line of all files is one sequence.
 */
public final class SequenceFiles {

  private static final int MOST_LINES = 5_000_000;

  private SequenceFiles() {}

  /**
   * Reads them.
   *
   * @param files one for each sensor, named like the sensor
   * @return a table for each line, with a column for each file; sensors of fewer readings than the
   *     longest are stretched over its rows, each reading repeated
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} or {@link ErrorCode#BAD_FILE}
   */
  public static List<Table> read(List<Path> files) {
    List<List<double[]>> sensors = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (Path file : files) {
      List<double[]> lines = lines(file);
      if (!sensors.isEmpty() && sensors.get(0).size() != lines.size()) {
        throw new MillwrightException(
            ErrorCode.BAD_FILE,
            file
                + " has "
                + lines.size()
                + " lines, but "
                + files.get(0)
                + " has "
                + sensors.get(0).size()
                + "\nMaybe they are of other recordings");
      }
      sensors.add(lines);
      columns.add(Column.number(name(file)));
    }
    Schema schema = new Schema(columns);
    List<Table> tables = new ArrayList<>();
    for (int i = 0; i < sensors.get(0).size(); i++) {
      int line = i;
      int longest = sensors.stream().mapToInt(s -> s.get(line).length).max().orElse(0);
      double[][] rows = new double[longest][sensors.size()];
      for (int c = 0; c < sensors.size(); c++) {
        double[] values = sensors.get(c).get(i);
        for (int r = 0; r < longest; r++) {
          rows[r][c] = values[(int) ((long) r * values.length / longest)];
        }
      }
      tables.add(Table.ofNumbers(schema, rows));
    }
    return tables;
  }

  /** The file's name up to its first dot. */
  private static String name(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.indexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static List<double[]> lines(Path file) {
    List<double[]> lines = new ArrayList<>();
    try (PushbackInputStream in = new PushbackInputStream(Files.newInputStream(file), 2);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(plain(in), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank()) {
          lines.add(numbers(line.strip(), file, lines.size() + 1));
        }
        if (lines.size() > MOST_LINES) {
          throw new MillwrightException(
              ErrorCode.BAD_FILE,
              file + " has more than " + MOST_LINES + " lines\nMaybe a line is one reading there");
        }
      }
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, file + " cannot be read: " + e + "\nMaybe it is not a text", e);
    }
    if (lines.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE, file + " is empty\nMaybe it was not written to the end");
    }
    return lines;
  }

  private static InputStream plain(PushbackInputStream in) throws IOException {
    byte[] head = in.readNBytes(2);
    in.unread(head);
    boolean zipped = head.length == 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
    return zipped ? new GZIPInputStream(in) : in;
  }

  private static double[] numbers(String line, Path file, int number) {
    return Arrays.stream(line.split("[\\s,;]+", -1))
        .mapToDouble(
            word -> {
              try {
                return word.isEmpty() ? Double.NaN : Double.parseDouble(word);
              } catch (NumberFormatException e) {
                throw new MillwrightException(
                    ErrorCode.BAD_FILE,
                    "line "
                        + number
                        + " of "
                        + file
                        + " holds \""
                        + word.substring(0, Math.min(30, word.length()))
                        + "\"\nMaybe its first line is a heading, or it is no file of one sensor",
                    e);
              }
            })
        .toArray();
  }
}
