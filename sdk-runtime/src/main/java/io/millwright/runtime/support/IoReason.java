package io.millwright.runtime.support;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be read or written, in words for who does not know Java's exceptions. */
public final class IoReason {

  private IoReason() {}

  /**
   * The reason, without a full stop, to go on with behind a colon.
   *
   * @param e what was thrown
   * @return such as {@code there is no readings.csv}; never empty
   */
  public static String of(Exception e) {
    if (e instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
      return of(unchecked.getCause());
    }
    if (e instanceof FileSystemException f) {
      String file = String.valueOf(f.getFile());
      if (e instanceof NoSuchFileException) {
        return "there is no " + file;
      }
      if (e instanceof AccessDeniedException) {
        return "this user has no right to " + file;
      }
      if (e instanceof NotDirectoryException) {
        return file + " is no folder";
      }
      if (e instanceof FileAlreadyExistsException) {
        return "there is a " + file + " already";
      }
      if (f.getReason() != null) {
        return f.getReason();
      }
    }
    if (e instanceof CharacterCodingException) {
      return "its bytes are no text in the charset that was expected";
    }
    String message = e.getMessage();
    if (message == null || message.isBlank()) {
      return e instanceof EOFException ? "it ends early" : "no reason was given";
    }
    return message;
  }
}
