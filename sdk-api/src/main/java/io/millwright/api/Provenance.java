package io.millwright.api;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a model or a decision comes from; with the same data, key, versions and thread count, a CPU
 * gives the same again.
 *
 * @param producer what made it: library, plug-in and version
 * @param created when it was made, by the host's clock
 * @param dataDigest SHA-256 of the data in canonical form, in hexadecimal, or empty text where it
 *     does not apply
 * @param key the key from which all randomness was drawn
 * @param settings the settings that were used, by name
 * @param environment engine, device, versions of Java and operating system, number of threads, by
 *     name
 * @param parents digests of the models it was made from
 */
public record Provenance(
    String producer,
    Instant created,
    String dataDigest,
    long key,
    SortedMap<String, String> settings,
    SortedMap<String, String> environment,
    List<String> parents) {

  /** Checks and copies. */
  public Provenance {
    Objects.requireNonNull(producer, "producer");
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(dataDigest, "dataDigest");
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    parents = List.copyOf(parents);
  }

  /**
   * The same without what tells about the machine and the user's settings, for handing a model to
   * others.
   *
   * @return provenance with producer, time, data digest and key only
   */
  public Provenance redacted() {
    return new Provenance(
        producer, created, dataDigest, key, new TreeMap<>(), new TreeMap<>(), List.of());
  }
}
