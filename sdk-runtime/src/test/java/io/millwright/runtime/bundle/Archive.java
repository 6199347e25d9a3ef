package io.millwright.runtime.bundle;

import io.millwright.runtime.support.Digest;
import io.millwright.runtime.support.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A bundle taken apart, changed as a forger would, and put together again with right checksums. */
final class Archive {

  final Map<String, byte[]> entries = new LinkedHashMap<>();
  private String format = "millwright-bundle/1.0";

  static Archive of(Model model, Path scratch) {
    BundleWriter.write(model, scratch);
    Archive archive = new Archive();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(scratch))) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        archive.entries.put(e.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    archive.entries.remove(Bundles.MANIFEST);
    return archive;
  }

  Archive format(String changed) {
    format = changed;
    return this;
  }

  Archive text(String entry, UnaryOperator<String> change) {
    String before = new String(entries.get(entry), StandardCharsets.UTF_8);
    String after = change.apply(before);
    if (before.equals(after)) {
      throw new IllegalStateException("nothing changed in " + before);
    }
    entries.put(entry, after.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Writes it with a manifest that fits. */
  Path write(Path file) {
    List<Manifest.Entry> listed = new ArrayList<>();
    TreeMap<String, String> digests = new TreeMap<>();
    entries.forEach(
        (name, bytes) -> {
          String sha = Digest.of(bytes);
          listed.add(new Manifest.Entry(name, bytes.length, sha));
          digests.put(name, sha);
        });
    Manifest manifest =
        new Manifest(format, "test.forged", 1, Bundles.digest(digests), Set.of(), listed);
    return write(file, Json.write(manifest, Manifest.class));
  }

  /** Writes it with any manifest. */
  Path write(Path file, byte[] manifest) {
    Map<String, byte[]> all = new LinkedHashMap<>(entries);
    all.put(Bundles.MANIFEST, manifest);
    return zip(file, new ArrayList<>(all.entrySet()));
  }

  /** Any entries, names that stand twice included. */
  static Path zip(Path file, List<Map.Entry<String, byte[]>> entries) {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      StoredZipWriter zip = new StoredZipWriter(channel);
      for (Map.Entry<String, byte[]> e : entries) {
        zip.add(e.getKey(), e.getValue().length, sink -> sink.write(ByteBuffer.wrap(e.getValue())));
      }
      zip.finish();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
