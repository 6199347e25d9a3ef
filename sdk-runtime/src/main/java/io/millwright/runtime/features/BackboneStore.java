package io.millwright.runtime.features;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.foreign.ForeignFiles;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * The folder in which bundles find the backbone that they name by its digest: the one of the
 * property {@code millwright.backbones}, or of the environment variable {@code
 * MILLWRIGHT_BACKBONES}, or {@code .millwright/backbones} in the user's home. A file there is named
 * after its SHA-256, and compared with it when it is opened. Thread-safe; several processes may
 * share a folder.
 */
public final class BackboneStore {

  private final Path folder;

  /**
   * A store in a folder.
   *
   * @param folder made when the first file is kept
   */
  public BackboneStore(Path folder) {
    this.folder = folder;
  }

  /** The store of this process. */
  public static BackboneStore standard() {
    String named = System.getProperty("millwright.backbones", "");
    if (named.isEmpty()) {
      named = String.valueOf(System.getenv().getOrDefault("MILLWRIGHT_BACKBONES", ""));
    }
    return new BackboneStore(
        named.isEmpty()
            ? Path.of(System.getProperty("user.home", "."), ".millwright", "backbones")
            : Path.of(named));
  }

  private Path place(String digest) {
    if (!digest.matches("[0-9a-f]{64}")) {
      throw new MillwrightException(
          ErrorCode.BAD_BUNDLE, "the digest \"" + digest + "\" is no SHA-256");
    }
    return folder.resolve(digest + ".onnx");
  }

  /**
   * Where a backbone lies.
   *
   * @throws MillwrightException with {@link ErrorCode#NOT_IN_STORE} when it is not there
   */
  public Path find(String digest) {
    Path place = place(digest);
    if (!Files.isRegularFile(place)) {
      throw new MillwrightException(
          ErrorCode.NOT_IN_STORE,
          "the backbone with the SHA-256 "
              + digest
              + " is not in "
              + folder
              + "\nMaybe put it there with `millwright model open FILE --keep`, or name the folder"
              + " that has it in MILLWRIGHT_BACKBONES");
    }
    return place;
  }

  /**
   * Copies a file into the store, whole or not at all.
   *
   * @param file without weights in files beside it
   * @return its digest
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED}, and as {@link
   *     ForeignFiles#describe}
   */
  public String keep(Path file) {
    String digest = ForeignFiles.describe(file).digest();
    Path place = place(digest);
    try {
      if (!Files.isRegularFile(place)) {
        Files.createDirectories(folder);
        Path part = folder.resolve(UUID.randomUUID() + ".part");
        try {
          Files.copy(file, part);
          Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
          if (!Files.isRegularFile(place)) {
            throw e;
          }
          // Windows: another process was faster and has it open already.
        } finally {
          Files.deleteIfExists(part);
        }
      }
      return digest;
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          file
              + " cannot be kept in "
              + folder
              + ": "
              + e
              + "\nMaybe name another folder in MILLWRIGHT_BACKBONES",
          e);
    }
  }
}
