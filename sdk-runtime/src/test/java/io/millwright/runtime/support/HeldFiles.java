package io.millwright.runtime.support;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.ProviderMismatchException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A file system that is as Windows is where it differs most: a file that is open or mapped cannot
 * be deleted, moved, replaced or (when mapped) truncated, and a folder cannot be opened. It lies
 * over a folder of the ordinary one. Stricter than Windows, which lets files that Java opened be
 * deleted.
 */
public final class HeldFiles extends FileSystemProvider {

  private final FileSystem system = new Folders();
  private final List<Path> open = new ArrayList<>();
  private final Map<WeakReference<MappedByteBuffer>, Path> mapped = new java.util.HashMap<>();
  private int refused;

  /** The same folder in a file system of its own. */
  public static Path in(Path folder) {
    return new HeldFiles().wrap(folder.toAbsolutePath().normalize());
  }

  /** How often something was refused because a file was held. */
  public static int refused(Path path) {
    HeldFiles files = (HeldFiles) path.getFileSystem().provider();
    synchronized (files.open) {
      return files.refused;
    }
  }

  /** Whether a file is open or mapped. */
  public static boolean isHeld(Path path) {
    HeldFiles files = (HeldFiles) path.getFileSystem().provider();
    synchronized (files.open) {
      return files.held(real(path));
    }
  }

  /** All maps below a folder end, as those do that nobody can reach any more. */
  public static void unmap(Path folder) {
    HeldFiles files = (HeldFiles) folder.getFileSystem().provider();
    synchronized (files.open) {
      files.mapped.values().removeIf(m -> m.startsWith(real(folder)));
    }
  }

  private Path wrap(Path real) {
    return new Wrapped(real);
  }

  private static Path real(Path path) {
    if (path instanceof Wrapped wrapped) {
      return wrapped.real;
    }
    throw new ProviderMismatchException(path.toString());
  }

  private boolean held(Path real) {
    mapped.keySet().removeIf(m -> m.get() == null);
    Path file = real.toAbsolutePath().normalize();
    return open.stream().anyMatch(o -> o.startsWith(file))
        || mapped.values().stream().anyMatch(m -> m.startsWith(file));
  }

  private void check(Path path) throws IOException {
    synchronized (open) {
      if (held(real(path))) {
        refused++;
        throw new FileSystemException(
            path.toString(), null, "the file is being used by another process");
      }
    }
  }

  @Override
  public String getScheme() {
    return "held";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return system;
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Path file = real(path).toAbsolutePath().normalize();
    synchronized (open) {
      if (Files.isDirectory(file)) {
        throw new AccessDeniedException(path.toString());
      }
      if (options.contains(StandardOpenOption.TRUNCATE_EXISTING) && mapped.containsValue(file)) {
        check(path);
      }
      FileChannel channel = FileChannel.open(file, options, attributes);
      open.add(file);
      return new Watched(channel, file);
    }
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path dir, DirectoryStream.Filter<? super Path> filter) throws IOException {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> stream =
        Files.newDirectoryStream(real(dir), p -> filter.accept(wrap(p)))) {
      stream.forEach(p -> all.add(wrap(p)));
    }
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return all.iterator();
      }

      @Override
      public void close() {
        all.clear();
      }
    };
  }

  @Override
  public void createDirectory(Path dir, FileAttribute<?>... attributes) throws IOException {
    Files.createDirectory(real(dir), attributes);
  }

  @Override
  public void delete(Path path) throws IOException {
    synchronized (open) {
      check(path);
      Files.delete(real(path));
    }
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    synchronized (open) {
      if (List.of(options).contains(StandardCopyOption.REPLACE_EXISTING)) {
        check(target);
      }
      Files.copy(real(source), real(target), options);
    }
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    synchronized (open) {
      check(source);
      check(target);
      Files.move(real(source), real(target), options);
    }
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return other instanceof Wrapped && Files.isSameFile(real(path), real(other));
  }

  @Override
  public boolean isHidden(Path path) {
    return false; // a dot hides nothing there
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return Files.getFileStore(real(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    Path file = real(path);
    file.getFileSystem().provider().checkAccess(file, modes);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return Files.getFileAttributeView(real(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return Files.readAttributes(real(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return Files.readAttributes(real(path), attributes, options);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    Files.setAttribute(real(path), attribute, value, options);
  }

  /** The file system of the paths. */
  private final class Folders extends FileSystem {
    @Override
    public FileSystemProvider provider() {
      return HeldFiles.this;
    }

    @Override
    public void close() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean isReadOnly() {
      return false;
    }

    @Override
    public String getSeparator() {
      return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
      return List.of(wrap(Path.of("/")));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
      return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
      return Set.of("basic");
    }

    @Override
    public Path getPath(String first, String... more) {
      return wrap(Path.of(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
      PathMatcher matcher = Path.of("/").getFileSystem().getPathMatcher(pattern);
      return path -> matcher.matches(real(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
      throw new UnsupportedOperationException();
    }

    @Override
    public WatchService newWatchService() {
      throw new UnsupportedOperationException();
    }
  }

  /** A path of it. */
  private final class Wrapped implements Path {
    private final Path real;

    Wrapped(Path real) {
      this.real = real;
    }

    @Override
    public FileSystem getFileSystem() {
      return system;
    }

    @Override
    public boolean isAbsolute() {
      return real.isAbsolute();
    }

    private Path orNull(Path path) {
      return path == null ? null : wrap(path);
    }

    @Override
    public Path getRoot() {
      return orNull(real.getRoot());
    }

    @Override
    public Path getFileName() {
      return orNull(real.getFileName());
    }

    @Override
    public Path getParent() {
      return orNull(real.getParent());
    }

    @Override
    public int getNameCount() {
      return real.getNameCount();
    }

    @Override
    public Path getName(int index) {
      return wrap(real.getName(index));
    }

    @Override
    public Path subpath(int from, int to) {
      return wrap(real.subpath(from, to));
    }

    @Override
    public boolean startsWith(Path other) {
      return other instanceof Wrapped w && real.startsWith(w.real);
    }

    @Override
    public boolean endsWith(Path other) {
      return other instanceof Wrapped w && real.endsWith(w.real);
    }

    @Override
    public Path normalize() {
      return wrap(real.normalize());
    }

    @Override
    public Path resolve(Path other) {
      return wrap(real.resolve(real(other)));
    }

    @Override
    public Path relativize(Path other) {
      return wrap(real.relativize(real(other)));
    }

    @Override
    public URI toUri() {
      return URI.create("held:" + real.toUri().getRawPath());
    }

    @Override
    public Path toAbsolutePath() {
      return wrap(real.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
      return wrap(real.toRealPath(options));
    }

    @Override
    public WatchKey register(
        WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Path other) {
      return real.compareTo(real(other));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Wrapped w && real.equals(w.real);
    }

    @Override
    public int hashCode() {
      return real.hashCode();
    }

    @Override
    public String toString() {
      return real.toString();
    }
  }

  /** A channel that is known to be open until it is closed, and its maps while they are in use. */
  private final class Watched extends FileChannel {
    private final FileChannel channel;
    private final Path file;

    Watched(FileChannel channel, Path file) {
      this.channel = channel;
      this.file = file;
    }

    @Override
    protected void implCloseChannel() throws IOException {
      synchronized (open) {
        open.remove(file);
        channel.close();
      }
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
      MappedByteBuffer map = channel.map(mode, position, size);
      synchronized (open) {
        mapped.put(new WeakReference<>(map), file);
      }
      return map;
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      synchronized (open) {
        if (mapped.containsValue(file) && held(file)) {
          refused++;
          throw new IOException("the requested operation cannot be performed on a mapped file");
        }
      }
      channel.truncate(size);
      return this;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      return channel.read(into);
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
      return channel.read(into, offset, length);
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      return channel.read(into, position);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      return channel.write(from);
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
      return channel.write(from, offset, length);
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
      return channel.write(from, position);
    }

    @Override
    public long position() throws IOException {
      return channel.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
      channel.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void force(boolean metaData) throws IOException {
      channel.force(metaData);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target)
        throws IOException {
      return channel.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count)
        throws IOException {
      return channel.transferFrom(source, position, count);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
      return channel.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return channel.tryLock(position, size, shared);
    }
  }
}
