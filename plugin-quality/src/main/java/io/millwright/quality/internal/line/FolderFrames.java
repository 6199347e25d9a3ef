package io.millwright.quality.internal.line;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Image;
import io.millwright.quality.Frame;
import io.millwright.quality.FrameSource;
import io.millwright.quality.internal.images.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The images that are written into a folder, in the order of their names among those that appear
 * together. A file is taken once its size is the same at two looks. Folders are listed, which works
 * on network drives as well. What is known is as much as lies there: names that were removed are
 * forgotten.
 */
public final class FolderFrames implements FrameSource {

  private static final Duration LOOK = Duration.ofMillis(20);

  private final Path folder;
  private final Deque<Path> ready = new ArrayDeque<>();
  private final Map<Path, Long> growing = new HashMap<>();
  private final Set<Path> taken = new HashSet<>();

  /**
   * Begins.
   *
   * @param existing whether the images that already lie there are frames as well
   */
  public FolderFrames(Path folder, boolean existing) {
    this.folder = folder;
    List<Path> now = list();
    if (!existing) {
      taken.addAll(now);
    }
  }

  @Override
  public Optional<Frame> next(Duration wait) throws InterruptedException {
    long end = System.nanoTime() + wait.toNanos();
    // Two looks at least: on a slow machine the first one may take all the time there is.
    for (int looks = 1; ready.isEmpty(); looks++) {
      look();
      if (!ready.isEmpty() || (looks > 1 && System.nanoTime() - end >= 0)) {
        break;
      }
      Thread.sleep(LOOK.toMillis());
    }
    return Optional.ofNullable(ready.poll())
        .map(file -> new Frame(file.toString(), () -> Image.read(file)));
  }

  private void look() {
    List<Path> now = list();
    taken.retainAll(new HashSet<>(now));
    growing.keySet().retainAll(new HashSet<>(now));
    for (Path file : now) {
      if (taken.contains(file)) {
        continue;
      }
      try {
        long size = Files.size(file);
        Long before = growing.put(file, size);
        if (before != null && before == size && size > 0) {
          growing.remove(file);
          taken.add(file);
          ready.add(file);
        }
      } catch (NoSuchFileException e) {
        growing.remove(file);
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
  }

  private List<Path> list() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(ImageFiles::isImage).sorted().toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      throw unreadable(e);
    }
  }

  private MillwrightException unreadable(Exception e) {
    return new MillwrightException(
        ErrorCode.IO_FAILED, "cannot list " + folder + ": " + e + "\nMaybe correct the path", e);
  }

  @Override
  public void close() {
    ready.clear();
  }
}
