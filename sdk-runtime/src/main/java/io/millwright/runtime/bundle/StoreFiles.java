package io.millwright.runtime.bundle;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a store: which there are and what stands in them. Knows nothing of locks; each
 * single write here is atomic.
 */
final class StoreFiles {

  private static final Pattern VERSION = Pattern.compile("v([1-9][0-9]{0,8})\\.(json|mwb)");
  private static final Pattern ALIAS = Pattern.compile("(.+)\\.alias\\.json");
  private static final long LARGEST_TEXT = 1 << 20;

  private final Path root;

  StoreFiles(Path root) {
    this.root = root;
  }

  /**
   * What {@code vN.json} holds; the version exists if and only if this file does.
   *
   * @param number the version's number
   * @param stored when it was put in
   * @param digest the digest of its model
   */
  record Stored(int number, Instant stored, String digest) {
    Stored {
      Objects.requireNonNull(stored, "stored");
      Objects.requireNonNull(digest, "digest");
    }
  }

  /**
   * What {@code NAME.alias.json} holds.
   *
   * @param history the versions it pointed to, the present one last
   */
  record Alias(List<Integer> history) {
    Alias {
      history = List.copyOf(history);
      if (history.isEmpty()) {
        throw new IllegalArgumentException("an alias must point to a version");
      }
    }

    int current() {
      return history.get(history.size() - 1);
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

  /** All aliases of a model by name. */
  SortedMap<String, Alias> aliases(String model) {
    SortedMap<String, Alias> aliases = new TreeMap<>();
    for (Path path : children(folder(model))) {
      Matcher matcher = ALIAS.matcher(path.getFileName().toString());
      if (matcher.matches()) {
        alias(path).ifPresent(a -> aliases.put(matcher.group(1), a));
      }
    }
    return aliases;
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
    int next = read(next(model), Next.class).map(Next::number).orElse(1);
    for (String kind : List.of("json", "mwb")) {
      for (int number : numbers(model, kind)) {
        next = Math.max(next, number + 1);
      }
    }
    return next;
  }

  <T> void write(Path file, T value, Class<T> type) {
    byte[] json = Json.write(value, type);
    AtomicFile.write(
        file,
        channel -> {
          ByteBuffer buffer = ByteBuffer.wrap(json);
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        });
  }

  private static <T> Optional<T> read(Path file, Class<T> type) {
    try {
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
        "it was edited by hand: restore it from a copy of the store.");
  }

  /** What a crash left behind; may be called only while no other can write. */
  void sweep(String model) {
    for (Path path : children(folder(model))) {
      if (AtomicFile.isLeftover(path)) {
        AtomicFile.deleteQuietly(path);
      }
    }
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
