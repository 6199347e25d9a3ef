package io.millwright.runtime.bundle;

import io.millwright.api.Capability;
import io.millwright.api.Task;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The table of contents of a bundle: entry {@code manifest.json}.
 *
 * @param format {@code millwright-bundle/MAJOR.MINOR}
 * @param task the id of the task
 * @param taskVersion the version of the task
 * @param digest identifies the model, see {@link Bundles#digest}
 * @param capabilities what the model can do
 * @param entries every other entry
 */
public record Manifest(
    String format,
    String task,
    int taskVersion,
    String digest,
    Set<Capability> capabilities,
    List<Entry> entries) {

  /**
   * One entry.
   *
   * @param name its name in the archive
   * @param size its size in bytes
   * @param sha256 its SHA-256, in lower-case hexadecimal
   */
  public record Entry(String name, long size, String sha256) {
    /** Checks. */
    public Entry {
      Objects.requireNonNull(name, "name");
      if (size < 0 || !sha256.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException(
            "entry \"" + name + "\" of " + size + " bytes with the SHA-256 \"" + sha256 + "\"");
      }
    }
  }

  /** Checks and copies. */
  public Manifest {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(digest, "digest");
    capabilities = Set.copyOf(capabilities);
    entries = List.copyOf(entries);
    Task<?, ?> checked = new Task<>(task, taskVersion, Object.class, Object.class);
    if (!digest.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "the digest of the model of " + checked + " is \"" + digest + "\"");
    }
  }

  /** How many entries hold weights. */
  public int members() {
    return (int) entries.stream().filter(e -> e.name().startsWith(Bundles.WEIGHTS)).count();
  }

  /** The bytes of all entries. */
  public long size() {
    return entries.stream().mapToLong(Entry::size).sum();
  }
}
