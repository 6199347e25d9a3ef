package io.millwright.core.engines;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript file without Python: a zip of stored entries with the source of a class, an
 * instance of it as a pickle of a few operations, and the version of the format.
 */
public final class ScriptFile {

  private ScriptFile() {}

  /**
   * Writes a network without weights.
   *
   * @param statement the last line of {@code forward(self, x: Tensor) -> Tensor}
   */
  public static void write(Path file, String statement) throws IOException {
    String source =
        """
        class Fixture(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          def forward(self: __torch__.Fixture,
            x: Tensor) -> Tensor:
            STATEMENT
        """
            .replace("STATEMENT", statement);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setMethod(ZipOutputStream.STORED);
      entry(zip, "fixture/data.pkl", instance());
      entry(zip, "fixture/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
      entry(zip, "fixture/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      entry(zip, "fixture/version", "3\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Writes a network with one array of weights, {@code self.w}.
   *
   * @param statement the last line of {@code forward(self, x: Tensor) -> Tensor}
   * @param rows the first side of the weights
   * @param columns the second side
   * @param weights row after row
   */
  public static void write(Path file, String statement, int rows, int columns, float... weights)
      throws IOException {
    ByteBuffer values = ByteBuffer.allocate(4 * weights.length).order(ByteOrder.LITTLE_ENDIAN);
    values.asFloatBuffer().put(weights);
    String source =
        """
        class Fixture(Module):
          __parameters__ = []
          __buffers__ = ["w", ]
          w : Tensor
          training : bool
          def forward(self: __torch__.Fixture,
            x: Tensor) -> Tensor:
            STATEMENT
        """
            .replace("STATEMENT", statement);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setMethod(ZipOutputStream.STORED);
      entry(zip, "fixture/data.pkl", instance(rows, columns));
      entry(zip, "fixture/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
      entry(zip, "fixture/data/0", values.array());
      entry(zip, "fixture/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      entry(zip, "fixture/version", "3\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The same pickle with an array of 32-bit numbers, whose values lie in the entry data/0. */
  private static byte[] instance(int rows, int columns) throws IOException {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.write(new byte[] {(byte) 0x80, 2});
    pickle.write("c__torch__\nFixture\n".getBytes(StandardCharsets.UTF_8));
    pickle.write(new byte[] {')', (byte) 0x81, '}', '('});
    text(pickle, "training");
    pickle.write((byte) 0x89);
    text(pickle, "w");
    pickle.write("ctorch._utils\n_rebuild_tensor_v2\n((".getBytes(StandardCharsets.UTF_8));
    text(pickle, "storage");
    pickle.write("ctorch\nFloatStorage\n".getBytes(StandardCharsets.UTF_8));
    text(pickle, "0");
    text(pickle, "cpu");
    // Number of values, end of the storage's tuple, its lookup; offset; sides; strides; no
    // gradient.
    pickle.write(new byte[] {'K', (byte) (rows * columns), 't', 'Q', 'K', 0});
    pickle.write(new byte[] {'K', (byte) rows, 'K', (byte) columns, (byte) 0x86});
    pickle.write(new byte[] {'K', (byte) columns, 'K', 1, (byte) 0x86, (byte) 0x89});
    pickle.write("ccollections\nOrderedDict\n)R".getBytes(StandardCharsets.UTF_8));
    pickle.write(new byte[] {'t', 'R', 'u', 'b', '.'});
    return pickle.toByteArray();
  }

  private static void text(ByteArrayOutputStream pickle, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    pickle.write('X');
    pickle.write(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length).array());
    pickle.write(bytes);
  }

  /** Pickle, protocol 2: an instance of the class whose state is {"training": False}. */
  private static byte[] instance() throws IOException {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.write(new byte[] {(byte) 0x80, 2});
    pickle.write("c__torch__\nFixture\n".getBytes(StandardCharsets.UTF_8)); // its class
    pickle.write(
        new byte[] {')', (byte) 0x81, '}', '('}); // empty tuple, new object, empty dict, mark
    byte[] key = "training".getBytes(StandardCharsets.UTF_8);
    pickle.write('X');
    pickle.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(key.length).array());
    pickle.write(key);
    pickle.write(new byte[] {(byte) 0x89, 'u', 'b', '.'}); // false, set items, build, stop
    return pickle.toByteArray();
  }

  private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    entry.setCrc(crc.getValue());
    entry.setSize(bytes.length);
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
