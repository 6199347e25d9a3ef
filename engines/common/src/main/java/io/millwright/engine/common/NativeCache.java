package io.millwright.engine.common;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Native libraries that were unpacked from jars, compared with these before anything loads them: by
 * size at every start, by CRC-32, which the jar's directory has, when a file is not the one that
 * was compared before. So what a full disk, a killed process or a bad one left is unpacked anew
 * instead of loaded. It finds damage; who may write to the folder can still deceive it.
 */
public final class NativeCache {
  // Files are read by java.io: the channels of java.nio open a socket at their start.

  private static final Logger LOG = LoggerFactory.getLogger(NativeCache.class);

  /** Beside the libraries: name, size, time of change and CRC-32 of each that was compared. */
  private static final String COMPARED = ".millwright-compared";

  private NativeCache() {}

  /**
   * Whether every library that is there is the one in its jar; the first start, without any, is
   * sound.
   *
   * @param folder where they were unpacked
   * @param libraries for the name of each file the entry that it was unpacked from
   */
  public static boolean isSound(Path folder, Map<String, URL> libraries) {
    if (!Files.isDirectory(folder)) {
      return true;
    }
    Map<String, String> before = read(folder.resolve(COMPARED));
    Map<String, String> now = new HashMap<>();
    for (Map.Entry<String, URL> library : libraries.entrySet()) {
      Path file = folder.resolve(library.getKey());
      if (!Files.exists(file)) {
        continue;
      }
      try {
        ZipEntry entry = entry(library.getValue());
        if (entry == null || entry.getSize() < 0 || entry.getCrc() < 0) {
          continue; // Not from a jar: nothing to compare with but itself.
        }
        long size = entry.getSize();
        long crc = entry.getCrc();
        if (Files.size(file) != size) {
          LOG.warn("{} has {} bytes, not the {} of its jar", file, Files.size(file), size);
          return false;
        }
        String state = size + " " + Files.getLastModifiedTime(file).toMillis() + " " + crc;
        if (!state.equals(before.get(library.getKey())) && crc(file) != crc) {
          LOG.warn("{} is not what its jar holds", file);
          return false;
        }
        now.put(library.getKey(), state);
      } catch (IOException e) {
        LOG.warn("{} cannot be compared with its jar: {}", file, e.toString());
        return false;
      }
    }
    if (!now.equals(before)) {
      write(folder.resolve(COMPARED), now);
    }
    return true;
  }

  /** The entry that a library lies in, or null when it lies in no jar that is a file. */
  private static @Nullable ZipEntry entry(URL library) throws IOException {
    Optional<File> jar = jar(library);
    if (jar.isEmpty()) {
      return null;
    }
    String all = library.toString();
    try (ZipFile zip = new ZipFile(jar.get())) {
      return zip.getEntry(all.substring(all.indexOf("!/") + 2));
    }
  }

  /** The jar that holds a resource, if it is a file. Opens no connection. */
  public static Optional<File> jar(URL resource) {
    String all = resource.toString();
    int end = all.indexOf("!/");
    return all.startsWith("jar:file:") && end > 0
        ? Optional.of(new File(URI.create(all.substring("jar:".length(), end))))
        : Optional.empty();
  }

  private static long crc(Path file) throws IOException {
    CRC32 crc = new CRC32();
    byte[] buffer = new byte[1 << 20];
    try (InputStream in = new FileInputStream(file.toFile())) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        crc.update(buffer, 0, n);
      }
    }
    return crc.getValue();
  }

  private static Map<String, String> read(Path file) {
    Map<String, String> states = new HashMap<>();
    try {
      if (Files.isRegularFile(file)) {
        try (BufferedReader in =
            new BufferedReader(new FileReader(file.toFile(), StandardCharsets.UTF_8))) {
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            int tab = line.indexOf('\t');
            if (tab > 0) {
              states.put(line.substring(0, tab), line.substring(tab + 1));
            }
          }
        }
      }
    } catch (IOException e) {
      LOG.debug("{} is not read: the libraries are compared again", file, e);
    }
    return states;
  }

  private static void write(Path file, Map<String, String> states) {
    try (Writer out = new FileWriter(file.toFile(), StandardCharsets.UTF_8)) {
      for (Map.Entry<String, String> state : new TreeMap<>(states).entrySet()) {
        out.write(state.getKey() + "\t" + state.getValue() + "\n");
      }
    } catch (IOException e) {
      LOG.debug("{} is not written: the libraries are compared again next time", file, e);
    }
  }

  /**
   * Removes what killed processes left of their unpacking.
   *
   * @param folder where to look; nothing happens when it is not there
   * @param left the names of such files and folders
   * @param age younger ones may still be written
   * @return how many were removed
   */
  public static int sweep(Path folder, Predicate<String> left, Duration age) {
    int removed = 0;
    if (!Files.isDirectory(folder)) {
      return removed;
    }
    Instant before = Instant.now().minus(age);
    try (Stream<Path> all = Files.list(folder)) {
      for (Path path : all.filter(p -> left.test(p.getFileName().toString())).toList()) {
        if (Files.getLastModifiedTime(path).toInstant().isBefore(before)) {
          delete(path);
          removed++;
        }
      }
    } catch (IOException e) {
      LOG.debug("leftovers in {} stay", folder, e);
    }
    if (removed > 0) {
      LOG.info("{} leftovers of unpacking removed from {}", removed, folder);
    }
    return removed;
  }

  /**
   * Removes a file or a folder with all that it holds; links are removed, not followed.
   *
   * @throws IOException when something cannot be removed
   */
  public static void delete(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    }
  }
}
