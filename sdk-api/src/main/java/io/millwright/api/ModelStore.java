package io.millwright.api;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /** One stored version. */
  final class Version {

    private final String model;
    private final int number;
    private final Instant stored;
    private final String digest;
    private final List<String> aliases;
    private final Note note;

    private Version(Builder from) {
      number = from.number;
      note = Objects.requireNonNull(from.note, "note");
      model = Objects.requireNonNull(from.model, "model");
      stored = Objects.requireNonNull(from.stored, "stored");
      digest = Objects.requireNonNull(from.digest, "digest");
      aliases = List.copyOf(from.aliases);

      if (number < 1) {
        throw new IllegalArgumentException("version number is " + number);
      }
    }

    /**
     * Starts a builder with the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
      return new Builder();
    }

    /** {@return the model's name} */
    public String model() {
      return model;
    }

    /** {@return 1 for the first; never used again after deletion} */
    public int number() {
      return number;
    }

    /** {@return when it was put in} */
    public Instant stored() {
      return stored;
    }

    /** {@return the digest of the model, see {@link ModelInfo#digest}} */
    public String digest() {
      return digest;
    }

    /** {@return the aliases that point here} */
    public List<String> aliases() {
      return aliases;
    }

    /** {@return who put it in, and why} */
    public Note note() {
      return note;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Version that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
      return parts().hashCode();
    }

    @Override
    public String toString() {
      return "Version[model="
          + model
          + ", number="
          + number
          + ", stored="
          + stored
          + ", digest="
          + digest
          + ", aliases="
          + aliases
          + ", note="
          + note
          + "]";
    }

    private List<Object> parts() {
      return List.of(model, number, stored, digest, aliases, note);
    }

    /** A builder, for one thread at a time. */
    public static final class Builder {
      private @Nullable String model;
      private int number = 1;
      private @Nullable Instant stored;
      private @Nullable String digest;
      private List<String> aliases = List.of();
      private Note note = Note.none();

      private Builder() {}

      /**
       * Sets {@link Version#model}.
       *
       * @param value the model's name
       * @return this
       */
      public Builder model(String value) {
        model = Objects.requireNonNull(value, "model");
        return this;
      }

      /**
       * Sets {@link Version#number}.
       *
       * @param value 1 for the first; never used again after deletion
       * @return this
       */
      public Builder number(int value) {
        number = value;
        return this;
      }

      /**
       * Sets {@link Version#stored}.
       *
       * @param value when it was put in
       * @return this
       */
      public Builder stored(Instant value) {
        stored = Objects.requireNonNull(value, "stored");
        return this;
      }

      /**
       * Sets {@link Version#digest}.
       *
       * @param value the digest of the model, see {@link ModelInfo#digest}
       * @return this
       */
      public Builder digest(String value) {
        digest = Objects.requireNonNull(value, "digest");
        return this;
      }

      /**
       * Sets {@link Version#aliases}.
       *
       * @param value the aliases that point here
       * @return this
       */
      public Builder aliases(List<String> value) {
        aliases = Objects.requireNonNull(value, "aliases");
        return this;
      }

      /**
       * Sets {@link Version#note}.
       *
       * @param value who put it in, and why
       * @return this
       */
      public Builder note(Note value) {
        note = Objects.requireNonNull(value, "note");
        return this;
      }

      /**
       * Checks the values and makes the object.
       *
       * @return the new object
       */
      public Version build() {
        return new Version(this);
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
