package io.millwright.runtime.foreign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Looks at the source text within a TorchScript file, a ZIP archive, for calls that read or write
 * files, and at its pickles for lengths beyond their ends.
 */
final class TorchScriptReader {

  private static final int MOST_ENTRIES = 1 << 17;
  private static final long MOST_SOURCE = 64L << 20;
  private static final List<String> RISKY =
      List.of(
          "torch.from_file",
          "torch.save",
          "torch.load",
          "ops.image.read_file",
          "ops.image.write_file",
          "ops.torchaudio",
          "ops.rpc",
          "ops.c10d",
          "ops.prim.Python");

  private TorchScriptReader() {}

  /**
   * What a TorchScript file holds.
   *
   * @param sources how many source files
   * @param risky calls in them that reach files or a network
   */
  record Content(int sources, List<String> risky) {}

  static Content read(Path file) throws IOException {
    TreeSet<String> risky = new TreeSet<>();
    int sources = 0;
    boolean data = false;
    long read = 0;
    try (ZipFile zip = new ZipFile(file.toFile())) {
      if (zip.size() > MOST_ENTRIES) {
        throw new Wire.Malformed("more than " + MOST_ENTRIES + " entries");
      }
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        String name = entry.getName();
        data |= name.endsWith("/data.pkl") || name.endsWith("/constants.pkl");
        if (name.endsWith(".pkl")) {
          try (InputStream in = zip.getInputStream(entry)) {
            byte[] pickle = in.readNBytes((int) MOST_SOURCE);
            if (pickle.length == MOST_SOURCE) {
              throw new Wire.Malformed("a pickle of " + MOST_SOURCE + " bytes or more");
            }
            PickleBounds.check(pickle);
          }
        }
        if (!name.contains("/code/") || !name.endsWith(".py")) {
          continue;
        }
        sources++;
        try (InputStream in = zip.getInputStream(entry)) {
          byte[] text = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, MOST_SOURCE - read));
          read += text.length;
          if (read >= MOST_SOURCE) {
            throw new Wire.Malformed("more than " + MOST_SOURCE + " bytes of source");
          }
          String source = new String(text, StandardCharsets.UTF_8);
          RISKY.stream().filter(source::contains).forEach(risky::add);
        }
      }
    }
    if (sources == 0 || !data) {
      throw new Wire.Malformed("an archive without code and data");
    }
    return new Content(sources, List.copyOf(risky));
  }
}
