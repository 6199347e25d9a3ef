package io.millwright.api;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Models in a folder: every model has numbered versions, which never change, and aliases such as
 * {@code production}, which point to one of them. Safe under several threads and several processes
 * on one machine; after a crash at any moment every version and alias that was there before is
 * still there. Thread-safe.
 */
public interface ModelStore {

  /**
   * One stored version.
   *
   * @param model the model's name
   * @param number 1 for the first; never used again after deletion
   * @param stored when it was put in
   * @param digest the digest of the model, see {@link ModelInfo#digest}
   * @param aliases the aliases that point here
   */
  record Version(String model, int number, Instant stored, String digest, List<String> aliases) {
    /** Checks and copies. */
    public Version {
      Objects.requireNonNull(model, "model");
      Objects.requireNonNull(stored, "stored");
      Objects.requireNonNull(digest, "digest");
      aliases = List.copyOf(aliases);
      if (number < 1) {
        throw new IllegalArgumentException("version number is " + number);
      }
    }
  }

  /**
   * Checks a bundle and copies it in as a new version.
   *
   * @param model the model's name: letters, digits, dots, dashes and underscores, starting with a
   *     letter or digit, at most 100
   * @param bundle the file
   * @return the new version
   * @throws MillwrightException with {@link ErrorCode#BAD_BUNDLE} when the file is not a whole
   *     bundle, {@link ErrorCode#BAD_OPTION} for a bad name
   */
  Version put(String model, Path bundle);

  /**
   * All versions of all models, ordered by name and number.
   *
   * @return the versions
   */
  List<Version> list();

  /**
   * The version that a reference means.
   *
   * @param reference {@code model}, which means the latest version, {@code model:alias} or {@code
   *     model:number}
   * @return the version, or empty
   */
  Optional<Version> find(String reference);

  /**
   * The file of a stored version, to be opened with {@link Millwright#open(Task, Path)}.
   *
   * @param reference as in {@link #find}
   * @return the file; must not be changed
   * @throws MillwrightException with {@link ErrorCode#NOT_IN_STORE}
   */
  Path path(String reference);

  /**
   * Points an alias to a version.
   *
   * @param alias the alias; made when new
   * @param reference as in {@link #find}
   * @return the version it now points to
   * @throws MillwrightException with {@link ErrorCode#NOT_IN_STORE}
   */
  Version promote(String alias, String reference);

  /**
   * Points an alias to the version it pointed to before its last promotion.
   *
   * @param model the model's name
   * @param alias the alias
   * @return the version it now points to
   * @throws MillwrightException with {@link ErrorCode#NOT_IN_STORE} when there is no such alias or
   *     no earlier version of it that still exists
   */
  Version rollBack(String model, String alias);

  /**
   * Deletes one version.
   *
   * @param reference as in {@link #find}
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} when an alias points to it,
   *     {@link ErrorCode#NOT_IN_STORE} when it does not exist
   */
  void delete(String reference);
}
