package io.millwright.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a model bundle is read from (resource): a file, bytes, a channel, a version in a store, or
 * a resource on the class path. Hosts and plug-ins make it, {@link Millwright} reads it. A source
 * may be read more than once. Immutable and thread-safe.
 */
public final class ModelSource {

  private final String name;
  private final Supplier<Content> content;

  /** What is read: a file, or bytes that nobody changes. */
  private record Content(Optional<Path> file, ByteBuffer bytes) {}

  private ModelSource(String name, Supplier<Content> content) {
    this.name = name;
    this.content = content;
  }

  /**
   * A file.
   *
   * @param bundle the file, looked for when it is read
   * @return the source
   */
  public static ModelSource file(Path bundle) {
    return new ModelSource(bundle.toString(), () -> onDisk(bundle));
  }

  private static Content onDisk(Path bundle) {
    return new Content(Optional.of(bundle), ByteBuffer.allocate(0));
  }

  /**
   * Bytes in memory, such as a column of a database.
   *
   * @param name stands in messages
   * @param bundle the bundle; copied
   * @return the source
   */
  public static ModelSource bytes(String name, byte[] bundle) {
    return inMemory(name, bundle.clone());
  }

  private static ModelSource inMemory(String name, byte[] own) {
    Content content = new Content(Optional.empty(), ByteBuffer.wrap(own).asReadOnlyBuffer());
    return new ModelSource(Objects.requireNonNull(name, "name"), () -> content);
  }

  /**
   * What comes out of a channel, read to its end now.
   *
   * @param name stands in messages
   * @param channel the bundle; not closed
   * @return the source
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} when it cannot be read
   */
  public static ModelSource channel(String name, ReadableByteChannel channel) {
    try {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      // The stream is not closed: the channel is its owner's.
      Channels.newInputStream(channel).transferTo(all);
      return inMemory(name, all.toByteArray());
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  /**
   * A version in a store. An alias means what it points to when the source is read.
   *
   * @param store the store
   * @param reference {@code model}, {@code model:alias} or {@code model:number}, as in {@link
   *     ModelStore#find}
   * @return the source
   */
  public static ModelSource stored(ModelStore store, String reference) {
    Objects.requireNonNull(store, "store");
    return new ModelSource(reference, () -> onDisk(store.path(reference)));
  }

  /**
   * A resource in a jar of the host.
   *
   * @param beside a class of the same jar
   * @param resource its name as in {@link Class#getResource}: beside the class, or from the root
   *     when it starts with a slash
   * @return the source
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} when there is none
   */
  public static ModelSource resource(Class<?> beside, String resource) {
    String name = "resource " + resource + " beside " + beside.getName();
    try (InputStream in = beside.getResourceAsStream(resource)) {
      if (in == null) {
        throw new MillwrightException(
            ErrorCode.IO_FAILED,
            "there is no "
                + name
                + "\nMaybe start the name with a slash to look from the root of the jar, and open"
                + " its package when the jar is a module");
      }
      return inMemory(name, in.readAllBytes());
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  private static MillwrightException failed(String name, IOException e) {
    return new MillwrightException(
        ErrorCode.IO_FAILED,
        "cannot read the bundle of "
            + name
            + ": "
            + e.getMessage()
            + "\nMaybe what delivers it was closed",
        e);
  }

  /**
   * The file to read, where there is one. An alias of a store is looked up now.
   *
   * @return the file, or empty when the bundle lies in memory
   * @throws MillwrightException with {@link ErrorCode#NOT_IN_STORE}
   */
  public Optional<Path> file() {
    return content.get().file();
  }

  /**
   * Opens the bundle at its beginning.
   *
   * @return a channel to read, the caller's to close
   * @throws IOException when the file cannot be opened
   * @throws MillwrightException with {@link ErrorCode#NOT_IN_STORE}
   */
  public SeekableByteChannel open() throws IOException {
    Content from = content.get();
    return from.file().isPresent()
        ? Files.newByteChannel(from.file().get())
        : new MemoryChannel(from.bytes().duplicate());
  }

  /** What stands in messages. */
  @Override
  public String toString() {
    return name;
  }
}
