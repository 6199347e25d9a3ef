package io.millwright.text;

import io.millwright.api.text.Passage;
import io.millwright.api.text.PassageIndex;
import io.millwright.api.text.TextEncoder;
import io.millwright.text.internal.search.Indexing;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Makes searchable indexes of passages: words ranked by BM25 (Robertson and Zaragoza 2009) with the
 * tokens of ICU, which segments Chinese by a dictionary of its own, and the stems of European
 * languages; pieces of words beside them; joined with the vectors of a sentence encoder where there
 * is one, by the sum of scores, each over the best of its ranking. Immutable and thread-safe.
 *
 * <pre>{@code
 * try (PassageIndex manual = Passages.index().build(sections)) {
 *   List<PassageIndex.Hit> hits = manual.search(PassageQuery.of("how do I reset it", 5));
 * }
 * }</pre>
 */
public final class Passages {

  private final Optional<String> language;
  private final Optional<List<TextEncoder>> encoders;
  private final Optional<Path> folder;

  private Passages(
      Optional<String> language, Optional<List<TextEncoder>> encoders, Optional<Path> folder) {
    this.language = language;
    this.encoders = encoders;
    this.folder = folder;
  }

  /**
   * An index in memory, in the language that most passages seem to be in, with the encoder on the
   * class path that reads it.
   *
   * @return the options
   */
  public static Passages index() {
    return new Passages(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * States the language.
   *
   * @param code an ISO 639-1 code
   * @return the new options
   */
  public Passages language(String code) {
    return new Passages(Optional.of(code), encoders, folder);
  }

  /**
   * Which encoder joins in.
   *
   * @param some the encoders, of which the first counts; none for words alone
   * @return the new options
   */
  public Passages encoders(List<TextEncoder> some) {
    return new Passages(language, Optional.of(List.copyOf(some)), folder);
  }

  /**
   * Keeps the index in a folder, from where {@link #open} takes it up.
   *
   * @param path the folder; made when it does not exist, what an earlier index left is replaced
   * @return the new options
   */
  public Passages folder(Path path) {
    return new Passages(language, encoders, Optional.of(path));
  }

  /**
   * Makes the index.
   *
   * @param passages what is searched, with different ids
   * @return the index; the caller closes it
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#TOO_FEW_DATA} without passages, {@link
   *     io.millwright.api.ErrorCode#BAD_VALUE} when two have the same id, {@link
   *     io.millwright.api.ErrorCode#IO_FAILED} when the folder cannot be written
   */
  public PassageIndex build(List<Passage> passages) {
    Objects.requireNonNull(passages, "passages");
    return Indexing.build(passages, language, encoders.orElseGet(Passages::found), folder);
  }

  /**
   * Opens an index that was kept in a folder.
   *
   * @param path the folder
   * @return the index; the caller closes it
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#IO_FAILED} when there is none, {@link
   *     io.millwright.api.ErrorCode#NO_ENGINE} when its encoder is not on the class path
   */
  public static PassageIndex open(Path path) {
    return Indexing.open(path, found());
  }

  private static List<TextEncoder> found() {
    return Indexing.usable(
        ServiceLoader.load(TextEncoder.class, Passages.class.getClassLoader()).iterator());
  }
}
