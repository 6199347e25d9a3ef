package io.millwright.cli.text;

import io.millwright.api.text.PassageIndex;
import io.millwright.text.Passages;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes indexes of files, for other commands. */
public final class PassageFiles {

  private PassageFiles() {}

  /**
   * An index of documents, one a line, or a kept one.
   *
   * @param file the file, or the folder of a kept index
   * @return the index; the caller closes it
   */
  public static PassageIndex index(Path file) {
    return Files.isDirectory(file)
        ? Passages.open(file)
        : Passages.index().build(PassageFile.passages(file));
  }
}
