package io.millwright.runtime.arrays;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.NumberArray;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.runtime.support.IoReason;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Reads and writes {@code .npy} and reads {@code .npz}. */
public final class NumpyFiles {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MOST_HEADER = 1 << 20;
  private static final int MOST_ENTRIES = 10_000;
  private static final int BLOCK = 1 << 16;

  private NumpyFiles() {}

  /** What is wrong with a file. */
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  /**
   * Reads the arrays of a file.
   *
   * @return by name, in the file's order; one with an empty name for a {@code .npy} file. Of a
   *     structured array each field by its name
   * @throws MillwrightException with {@link ErrorCode#BAD_FILE} or {@link ErrorCode#IO_FAILED}
   */
  public static Map<String, NumberArray> read(Path file) {
    try {
      return zipped(file) ? npz(file) : npy(file);
    } catch (Malformed
        | ZipException
        | EOFException
        | ArithmeticException
        | IllegalArgumentException e) { // the last one tells of an entry whose name is no text
      String what = e instanceof EOFException ? "it is cut" : String.valueOf(e.getMessage());
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          file
              + " is no NumPy file that can be read: "
              + what
              + "\nMaybe write numbers alone, with numpy.save or numpy.savez and"
              + " allow_pickle=False",
          e);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          file + " cannot be read: " + IoReason.of(e) + "\nMaybe check the path",
          e);
    }
  }

  private static boolean zipped(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(2);
      return start.length == 2 && start[0] == 'P' && start[1] == 'K';
    }
  }

  private static Map<String, NumberArray> npy(Path file) throws IOException {
    Map<String, NumberArray> all = new LinkedHashMap<>();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      array(in, "", all);
      if (in.read() >= 0) {
        throw new Malformed("bytes stand behind its last number");
      }
    }
    return all;
  }

  private static Map<String, NumberArray> npz(Path file) throws IOException {
    Map<String, NumberArray> all = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      if (zip.size() > MOST_ENTRIES) {
        throw new Malformed("it has more than " + MOST_ENTRIES + " arrays");
      }
      for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
        String name = entry.getName();
        if (!name.endsWith(".npy")) {
          throw new Malformed("its entry \"" + name + "\" is no array");
        }
        try (DataInputStream in =
            new DataInputStream(new BufferedInputStream(zip.getInputStream(entry)))) {
          array(in, name.substring(0, name.length() - 4), all);
        }
      }
    }
    return all;
  }

  private static void array(DataInputStream in, String name, Map<String, NumberArray> into)
      throws IOException {
    byte[] magic = new byte[MAGIC.length];
    in.readFully(magic);
    if (!java.util.Arrays.equals(magic, MAGIC)) {
      throw new Malformed("it does not begin as one");
    }
    int major = in.readUnsignedByte();
    in.readUnsignedByte();
    int length =
        major == 1
            ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
            : Integer.reverseBytes(in.readInt());
    if (major < 1 || major > 3 || length < 0 || length > MOST_HEADER) {
      throw new Malformed("version " + major + " with a header of " + length + " bytes");
    }
    byte[] text = new byte[length];
    in.readFully(text);
    NpyHeader header = NpyHeader.parse(new String(text, StandardCharsets.UTF_8));
    long count = header.count();
    long numbers = Math.multiplyExact(count, (long) header.fields().size());
    long free = Runtime.getRuntime().maxMemory() / 2;
    if (count > Integer.MAX_VALUE - 8 || numbers > free / 8) {
      throw new Malformed(
          numbers + " numbers do not fit into the memory of this process (" + free + " bytes)");
    }
    double[][] values = filled(in, header, count);
    for (int f = 0; f < values.length; f++) {
      NumberArray array =
          NumberArray.of(
              header.shape(), header.fortran() ? turned(values[f], header.shape()) : values[f]);
      String field = header.fields().get(f).name();
      into.put(name.isEmpty() ? field : field.isEmpty() ? name : name + "." + field, array);
    }
  }

  /** Grows with what is really there, so that a lying header costs no memory. */
  private static double[][] filled(DataInputStream in, NpyHeader header, long count)
      throws IOException {
    int fields = header.fields().size();
    int bytes = header.bytes();
    int each = Math.max(1, BLOCK / bytes);
    double[][] values = new double[fields][(int) Math.min(count, each)];
    byte[] block = new byte[each * bytes];
    for (int done = 0; done < count; ) {
      int now = (int) Math.min(each, count - done);
      in.readFully(block, 0, now * bytes);
      if (done + now > values[0].length) {
        int more = (int) Math.min(count, 2L * values[0].length + now);
        for (int f = 0; f < fields; f++) {
          values[f] = java.util.Arrays.copyOf(values[f], more);
        }
      }
      ByteBuffer buffer = ByteBuffer.wrap(block);
      for (int i = 0; i < now; i++) {
        for (int f = 0; f < fields; f++) {
          values[f][done + i] = number(buffer, header.fields().get(f));
        }
      }
      done += now;
    }
    return values;
  }

  private static double number(ByteBuffer from, NpyHeader.Field field) {
    from.order(field.big() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    return switch (field.kind()) {
      case 'f' ->
          switch (field.bytes()) {
            case 2 -> half(from.getShort());
            case 4 -> from.getFloat();
            default -> from.getDouble();
          };
      case 'i' ->
          switch (field.bytes()) {
            case 1 -> from.get();
            case 2 -> from.getShort();
            case 4 -> from.getInt();
            default -> from.getLong();
          };
      case 'u' ->
          switch (field.bytes()) {
            case 1 -> from.get() & 0xff;
            case 2 -> from.getShort() & 0xffff;
            case 4 -> from.getInt() & 0xffffffffL;
            default -> unsigned(from.getLong());
          };
      default -> from.get() == 0 ? 0 : 1;
    };
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : (double) (bits >>> 1 | bits & 1) * 2;
  }

  /** IEEE 754 binary16. */
  private static double half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double size =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24;
          case 31 -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> (1 + fraction * 0x1p-10) * Math.scalb(1.0, exponent - 15);
        };
    return bits < 0 ? -size : size;
  }

  /** Values whose first dimension varies fastest, with the last one fastest. */
  private static double[] turned(double[] values, List<Integer> shape) {
    double[] turned = new double[values.length];
    int[] at = new int[shape.size()];
    for (int i = 0; i < turned.length; i++) {
      long from = 0;
      for (int d = shape.size() - 1; d >= 0; d--) {
        from = from * shape.get(d) + at[d];
      }
      turned[i] = values[(int) from];
      for (int d = shape.size() - 1; d >= 0; d--) {
        at[d]++;
        if (at[d] < shape.get(d)) {
          break;
        }
        at[d] = 0;
      }
    }
    return turned;
  }

  /**
   * Reads a file as a table of numbers: the rows of a matrix, with the columns {@code 0}, {@code 1}
   * and so on; the fields of a structured array; of several arrays each by its name, matrices with
   * the number of the column behind it. All must have as many rows.
   *
   * @throws MillwrightException as {@link #read}; with {@link ErrorCode#WRONG_SHAPE} when arrays
   *     have other shapes
   */
  public static Table table(Path file) {
    Map<String, NumberArray> arrays = read(file);
    List<Column> columns = new ArrayList<>();
    int rows = -1;
    for (Map.Entry<String, NumberArray> entry : arrays.entrySet()) {
      List<Integer> shape = entry.getValue().shape();
      boolean fits = (shape.size() == 1 || shape.size() == 2) && (rows < 0 || rows == shape.get(0));
      if (!fits) {
        throw new MillwrightException(
            ErrorCode.WRONG_SHAPE,
            file
                + " holds "
                + entry.getKey()
                + " of shape "
                + shape
                + ", but the arrays of a table are vectors and matrices with as many rows"
                + "\nMaybe read it as arrays");
      }
      rows = shape.get(0);
      String name = entry.getKey();
      if (shape.size() == 1) {
        columns.add(Column.number(name.isEmpty() ? "0" : name));
      } else {
        for (int c = 0; c < shape.get(1); c++) {
          columns.add(Column.number(name.isEmpty() ? String.valueOf(c) : name + "." + c));
        }
      }
    }
    if (columns.isEmpty() || columns.get(0).type() != ColumnType.NUMBER) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, file + " holds no column\nMaybe it was written empty");
    }
    TableBuilder table = Table.builder(new Schema(columns), Math.max(1, rows));
    for (int row = 0; row < rows; row++) {
      int column = 0;
      for (NumberArray array : arrays.values()) {
        int width = array.shape().size() == 1 ? 1 : array.shape().get(1);
        for (int c = 0; c < width; c++) {
          table.number(column++, array.value(row * width + c));
        }
      }
      table.endRow();
    }
    return table.build();
  }

  /**
   * Writes a matrix of float32 as a {@code .npy} file, row by row.
   *
   * @param rows of equal length
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED}
   */
  public static void write(Path file, List<float[]> rows) {
    int width = rows.isEmpty() ? 0 : rows.get(0).length;
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (" + rows.size() + ", " + width + "), }";
    int unpadded = MAGIC.length + 4 + header.length() + 1;
    String padded = header + " ".repeat((64 - unpadded % 64) % 64) + "\n";
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(MAGIC);
      out.write(1);
      out.write(0);
      out.write(padded.length() & 0xff);
      out.write(padded.length() >> 8);
      out.write(padded.getBytes(StandardCharsets.US_ASCII));
      ByteBuffer line = ByteBuffer.allocate(4 * width).order(ByteOrder.LITTLE_ENDIAN);
      for (float[] row : rows) {
        if (row.length != width) {
          throw new IllegalArgumentException("rows of " + width + " and " + row.length);
        }
        line.clear();
        line.asFloatBuffer().put(row);
        out.write(line.array());
      }
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          file + " cannot be written: " + IoReason.of(e) + "\nMaybe check the path",
          e);
    }
  }
}
