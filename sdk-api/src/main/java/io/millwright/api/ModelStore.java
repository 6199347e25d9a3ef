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
   * Who changed a store, and why (audit record).
   *
   * @param actor a person or a program, at most 200 characters; empty when not told
   * @param reason at most 2,000 characters; empty when not told
   */
  record Note(String actor, String reason) {
    private static final Note NONE = new Note("", "");

    /** Checks. */
    public Note {
      if (actor.length() > 200 || reason.length() > 2000) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "a note has an actor of "
                + actor.length()
                + " and a reason of "
                + reason.length()
                + " characters, but at most 200 and 2000 are kept\nMaybe name a ticket instead");
      }
    }

    /**
     * Nothing is told.
     *
     * @return the empty note
     */
    public static Note none() {
      return NONE;
    }

    /**
     * Who, and why.
     *
     * @param actor a person or a program
     * @param reason why
     * @return the note
     */
    public static Note by(String actor, String reason) {
      return new Note(actor, reason);
    }
  }

  /**
   * One step in the life of an alias.
   *
   * @param number the version it pointed to from then on
   * @param at when
   * @param note who did it, and why
   */
  record Promotion(int number, Instant at, Note note) {
    /** Checks. */
    public Promotion {
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(note, "note");
    }
  }

  /**
   * One stored version.
   *
   * @param model the model's name
   * @param number 1 for the first; never used again after deletion
   * @param stored when it was put in
   * @param digest the digest of the model, see {@link ModelInfo#digest}
   * @param aliases the aliases that point here
   * @param note who put it in, and why
   */
  record Version(
      String model, int number, Instant stored, String digest, List<String> aliases, Note note) {
    /** Checks and copies. */
    public Version {
      Objects.requireNonNull(note, "note");
      Objects.requireNonNull(model, "model");
      Objects.requireNonNull(stored, "stored");
      Objects.requireNonNull(digest, "digest");
      aliases = List.copyOf(aliases);
      if (number < 1) {
        throw new IllegalArgumentException("version number is " + number);
      }
    }

    /**
     * A version without a note.
     *
     * @param model the model's name
     * @param number its number
     * @param stored when it was put in
     * @param digest the digest of the model
     * @param aliases the aliases that point here
     */
    public Version(String model, int number, Instant stored, String digest, List<String> aliases) {
      this(model, number, stored, digest, aliases, Note.none());
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
  default Version put(String model, Path bundle) {
    return put(model, bundle, Note.none());
  }

  /**
   * The same with a note.
   *
   * @param model the model's name
   * @param bundle the file
   * @param note who puts it in, and why
   * @return the new version
   * @throws MillwrightException as {@link #put(String, Path)}
   */
  Version put(String model, Path bundle, Note note);

  /**
   * All versions of all models, ordered by name and number. What cannot be read is left out, and
   * told by {@link #check}.
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
   * The file of a stored version, to be opened with {@link Millwright#open(Task, Path)}. Its digest
   * must be the one that was recorded when it was put in.
   *
   * @param reference as in {@link #find}
   * @return the file; must not be changed
   * @throws MillwrightException with {@link ErrorCode#NOT_IN_STORE}, with {@link
   *     ErrorCode#BAD_BUNDLE} when the file is another model than the one recorded
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
  default Version promote(String alias, String reference) {
    return promote(alias, reference, Note.none());
  }

  /**
   * The same with a note.
   *
   * @param alias the alias; made when new
   * @param reference as in {@link #find}
   * @param note who does it, and why
   * @return the version it now points to
   * @throws MillwrightException with {@link ErrorCode#NOT_IN_STORE}
   */
  Version promote(String alias, String reference, Note note);

  /**
   * The promotions of an alias that it can be rolled back through.
   *
   * @param model the model's name
   * @param alias the alias
   * @return the steps, the present one last; at most the last 100
   * @throws MillwrightException with {@link ErrorCode#NOT_IN_STORE} when there is no such alias
   */
  List<Promotion> history(String model, String alias);

  /**
   * Points an alias to the version it pointed to before its last promotion. Works on a full disk.
   *
   * @param model the model's name
   * @param alias the alias
   * @return the version it now points to
   * @throws MillwrightException with {@link ErrorCode#NOT_IN_STORE} when there is no such alias or
   *     no earlier version of it that still exists
   */
  Version rollBack(String model, String alias);

  /**
   * Deletes one version. Works on a full disk, and for a version whose files are damaged.
   *
   * @param reference as in {@link #find}
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} when an alias points to it,
   *     {@link ErrorCode#NOT_IN_STORE} when it does not exist
   */
  void delete(String reference);

  /**
   * Reads everything and says what is wrong: damaged or missing files, bundles that are another
   * model than the one recorded, aliases that point to nothing, leftovers. Changes nothing.
   *
   * @return what is wrong, in the order of names; empty when the store is whole
   */
  List<Finding> check();

  /**
   * Mends what {@link #check} finds, as far as nothing is lost by it: the record of a version is
   * made anew from its whole bundle, an alias goes back to its last version that still exists,
   * leftovers go. What cannot be mended is set aside under a name that ends with {@code .damaged},
   * so that the rest works.
   *
   * @return what was found, with what was done about it as the remedy
   */
  List<Finding> repair();
}
