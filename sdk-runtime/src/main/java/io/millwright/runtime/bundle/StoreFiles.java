package io.millwright.runtime.bundle;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelStore;
import io.millwright.runtime.support.Json;
import io.millwright.runtime.support.Limits;
import io.millwright.runtime.support.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a store: which there are and what stands in them. Knows nothing of locks; each
 * single write here is atomic.
 */
final class StoreFiles {

  private static final Pattern VERSION = Pattern.compile("v([1-9][0-9]{0,8})\\.(json|mwb)");
  private static final Pattern ALIAS = Pattern.compile("(.+)\\.alias\\.json");
  private static final long LARGEST_TEXT = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(StoreFiles.class);

  /** Enough for any small file, on any block size. */
  private static final int RESERVE = 1 << 16;

  private final Path root;
  private final Disk disk;

  /** Writes small files whole or not at all. */
  @FunctionalInterface
  interface Disk {
    void write(Path file, byte[] bytes);
  }

  StoreFiles(Path root) {
    this(root, StoreFiles::writeAtomically);
  }

  StoreFiles(Path root, Disk disk) {
    this.root = root;
    this.disk = disk;
  }

  /** Sets a file aside that cannot be read, under a name that nothing looks for. */
  static Path setAside(Path file) {
    Path aside = file.resolveSibling(file.getFileName() + ".damaged");
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw AtomicFile.failed("rename", file, e);
    }
    return aside;
  }

  /** What a crashed writer left in a model's folder. */
  List<Path> leftovers(String model) {
    List<Path> found = new ArrayList<>();
    for (Path path : children(folder(model))) {
      if (AtomicFile.isLeftover(path)) {
        found.add(path);
      }
    }
    return found;
  }

  /**
   * What {@code vN.json} holds; the version exists if and only if this file does.
   *
   * @param number the version's number
   * @param stored when it was put in
   * @param digest the digest of its model
   * @param note who put it in, and why
   */
  record Stored(int number, Instant stored, String digest, ModelStore.Note note) {
    Stored {
      Objects.requireNonNull(note, "note");
      Objects.requireNonNull(stored, "stored");
      Objects.requireNonNull(digest, "digest");
    }
  }

  /**
   * What {@code NAME.alias.json} holds.
   *
   * @param history its promotions, the present one last
   */
  record Alias(List<ModelStore.Promotion> history) {
    Alias {
      history = List.copyOf(history);
      if (history.isEmpty()) {
        throw new IllegalArgumentException("an alias must point to a version");
      }
    }

    int current() {
      return history.get(history.size() - 1).number();
    }
  }

  /**
   * What {@code next.json} holds.
   *
   * @param number the number of the next version
   */
  record Next(int number) {}

  Path folder(String model) {
    return root.resolve(model);
  }

  Path bundle(String model, int number) {
    return folder(model).resolve("v" + number + ".mwb");
  }

  Path meta(String model, int number) {
    return folder(model).resolve("v" + number + ".json");
  }

  Path alias(String model, String alias) {
    return folder(model).resolve(alias + ".alias.json");
  }

  Path next(String model) {
    return folder(model).resolve("next.json");
  }

  /** The folders that are models, by the names of these. */
  List<String> models(Predicate<String> isName) {
    List<String> models = new ArrayList<>();
    for (Path path : children(root)) {
      String name = path.getFileName().toString();
      if (isName.test(name) && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        models.add(name);
      }
    }
    Collections.sort(models);
    return models;
  }

  /** The numbers of files of one kind, {@code json} or {@code mwb}, rising. */
  List<Integer> numbers(String model, String kind) {
    List<Integer> numbers = new ArrayList<>();
    for (Path path : children(folder(model))) {
      Matcher matcher = VERSION.matcher(path.getFileName().toString());
      if (matcher.matches() && matcher.group(2).equals(kind)) {
        numbers.add(Integer.valueOf(matcher.group(1)));
      }
    }
    Collections.sort(numbers);
    return numbers;
  }

  /** A version, or nothing when it does not exist, or not any more. */
  Optional<Stored> stored(String model, int number) {
    return read(meta(model, number), Stored.class);
  }

  Optional<Alias> alias(Path file) {
    return read(file, Alias.class);
  }

  /** All aliases of a model by name; one that cannot be read is left out. */
  SortedMap<String, Alias> aliases(String model) {
    SortedMap<String, Alias> aliases = new TreeMap<>();
    for (String name : aliasNames(model)) {
      sound(() -> alias(alias(model, name))).ifPresent(a -> aliases.put(name, a));
    }
    return aliases;
  }

  /** The names of all aliases, also of those that cannot be read. */
  List<String> aliasNames(String model) {
    List<String> names = new ArrayList<>();
    for (Path path : children(folder(model))) {
      Matcher matcher = ALIAS.matcher(path.getFileName().toString());
      if (matcher.matches()) {
        names.add(matcher.group(1));
      }
    }
    Collections.sort(names);
    return names;
  }

  /** What a small file says, or nothing when it is damaged: one must not hide the others. */
  static <T> Optional<T> sound(Supplier<Optional<T>> file) {
    try {
      return file.get();
    } catch (MillwrightException e) {
      LOG.warn("{}", e.getMessage());
      return Optional.empty();
    }
  }

  /** The names of the aliases that point to a version. */
  static List<String> pointingTo(int number, Map<String, Alias> aliases) {
    return aliases.entrySet().stream()
        .filter(e -> e.getValue().current() == number)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The next number: above every one that was ever given, even when the counter was lost. */
  int nextNumber(String model) {
    int next = counter(model).orElse(1);
    for (String kind : List.of("json", "mwb")) {
      for (int number : numbers(model, kind)) {
        next = Math.max(next, number + 1);
      }
    }
    return next;
  }

  /** The counter, or nothing when it is not there or damaged. */
  Optional<Integer> counter(String model) {
    return sound(() -> read(next(model), Next.class)).map(Next::number);
  }

  /** Raises the counter to the next number, unless it stands there already. */
  void saveCounter(String model) {
    int next = nextNumber(model);
    if (counter(model).orElse(0) < next) {
      write(next(model), new Next(next), Next.class);
    }
  }

  /**
   * Writes a small file. On a full disk the reserve is given up for it, so that rolling back and
   * deleting, which help, still work.
   */
  <T> void write(Path file, T value, Class<T> type) {
    byte[] json = Json.write(value, type);
    try {
      disk.write(file, json);
    } catch (MillwrightException e) {
      if (!Files.exists(reserve())) {
        throw e;
      }
      delete(reserve());
      disk.write(file, json);
    }
  }

  /** Sets space aside for a full disk; does without when there is none. */
  void keepReserve() {
    if (!Files.exists(reserve())) {
      try {
        disk.write(reserve(), new byte[RESERVE]);
      } catch (MillwrightException e) {
        LOG.debug("No space is left for the reserve of store {}", root, e);
      }
    }
  }

  private Path reserve() {
    return root.resolve(".reserve");
  }

  private static void writeAtomically(Path file, byte[] bytes) {
    AtomicFile.write(
        file,
        channel -> {
          ByteBuffer buffer = ByteBuffer.wrap(bytes);
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        });
  }

  private static <T> Optional<T> read(Path file, Class<T> type) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile()) {
        throw place(file).error("is no file");
      }
      if (Files.size(file) > LARGEST_TEXT) {
        throw place(file).error(Files.size(file) + " bytes; a store writes less");
      }
      return Optional.of(Json.read(Files.readAllBytes(file), type, place(file), Limits.standard()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw AtomicFile.failed("read", file, e);
    }
  }

  private static Place place(Path file) {
    return new Place(
        ErrorCode.BAD_FILE,
        "store file " + file,
        "it was edited by hand or damaged: store repair sets it right as far as it can.");
  }

  /** What a crash left behind; may be called only while no other can write. */
  void sweep(String model) {
    leftovers(model).forEach(AtomicFile::deleteQuietly);
    List<Integer> whole = numbers(model, "json");
    for (int number : numbers(model, "mwb")) {
      if (!whole.contains(number)) {
        AtomicFile.deleteQuietly(bundle(model, number));
      }
    }
  }

  private static List<Path> children(Path folder) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(children::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw AtomicFile.failed("list", folder, e);
    }
    return children;
  }

  static void createFolder(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
          AtomicFile.sync(parent);
        }
      }
    } catch (IOException e) {
      throw AtomicFile.failed("create folder", folder, e);
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw AtomicFile.failed("delete", file, e);
    }
  }

  static MillwrightException notInStore(String what, String there) {
    return new MillwrightException(
        ErrorCode.NOT_IN_STORE, what + "\nMaybe one of those there are: " + there);
  }
}
