package io.millwright.runtime.bundle;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightEvent;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A model store in a folder on one machine; see {@code docs/model-store.md}.
 *
 * <p>Readers take no lock: every file they look at is replaced as a whole or not at all. Writers
 * hold the lock of the folder, one at a time over all threads and processes, and change it in an
 * order in which a crash after any step leaves a store that is whole:
 *
 * <ul>
 *   <li>Putting in: the counter is raised, so that the number is spent; the bundle is copied,
 *       checked and renamed to {@code vN.mwb}; {@code vN.json} is written, and only with it the
 *       version exists. A bundle without it is a leftover, swept by the next writer.
 *   <li>Promoting and rolling back replace one alias file.
 *   <li>Deleting: {@code vN.json} goes first, then the bundle.
 * </ul>
 *
 * Thread-safe.
 */
public final class FolderStore implements ModelStore {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  /** Files that Windows takes for devices, whatever their ending. */
  private static final Pattern DEVICE =
      Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?", Pattern.CASE_INSENSITIVE);

  /** An alias remembers this many promotions. */
  private static final int HISTORY = 100;

  /** How often a reader starts again when a version goes between two looks. */
  private static final int LOOKS = 100;

  private final Path root;
  private final Clock clock;
  private final StoreFiles files;
  private final Consumer<MillwrightEvent> events;

  /**
   * A store.
   *
   * @param folder its folder; made when the first model is put in
   * @param clock tells when a version was stored
   */
  public FolderStore(Path folder, Clock clock) {
    this(folder, clock, event -> {});
  }

  /** The same, with someone to tell when an alias moves. */
  public FolderStore(Path folder, Clock clock, Consumer<MillwrightEvent> events) {
    this(folder, clock, events, new StoreFiles(folder.toAbsolutePath().normalize()));
  }

  FolderStore(Path folder, Clock clock, Consumer<MillwrightEvent> events, StoreFiles files) {
    this.root = folder.toAbsolutePath().normalize();
    this.clock = Objects.requireNonNull(clock, "clock");
    this.events = events;
    this.files = files;
  }

  @Override
  public Version put(String model, Path bundle, Note note) {
    checkName("model", model);
    Objects.requireNonNull(note, "note");
    BundleReader.manifest(bundle);
    StoreFiles.createFolder(root);
    return locked(
        () -> {
          checkCase("model", model, files.models(FolderStore::isName));
          StoreFiles.createFolder(files.folder(model));
          files.sweep(model);
          int number = files.nextNumber(model);
          files.write(files.next(model), new StoreFiles.Next(number + 1), StoreFiles.Next.class);
          Path copy = files.bundle(model, number);
          copy(bundle, copy);
          StoreFiles.Stored stored =
              new StoreFiles.Stored(number, clock.instant(), checkedDigest(copy, bundle), note);
          files.write(files.meta(model, number), stored, StoreFiles.Stored.class);
          files.keepReserve();
          return Version.builder()
              .model(model)
              .number(number)
              .stored(stored.stored())
              .digest(stored.digest())
              .note(note)
              .build();
        });
  }

  private static void copy(Path from, Path to) {
    AtomicFile.write(
        to,
        out -> {
          try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ)) {
            long size = in.size();
            for (long done = 0; done < size; ) {
              long moved = in.transferTo(done, size - done, out);
              if (moved <= 0) {
                throw new IOException(from + " became shorter while it was copied");
              }
              done += moved;
            }
          }
        });
  }

  /** Checks the copy and not the original, which may change meanwhile. */
  private static String checkedDigest(Path copy, Path original) {
    try {
      return BundleReader.verify(copy).digest();
    } catch (MillwrightException e) {
      AtomicFile.deleteQuietly(copy);
      throw new MillwrightException(e.code(), "copied from " + original + ": " + e.getMessage(), e);
    }
  }

  @Override
  public List<Version> list() {
    List<Version> versions = new ArrayList<>();
    for (String model : files.models(FolderStore::isName)) {
      SortedMap<String, StoreFiles.Alias> aliases = files.aliases(model);
      for (int number : files.numbers(model, "json")) {
        StoreFiles.sound(() -> files.stored(model, number))
            .ifPresent(s -> versions.add(version(model, s, aliases)));
      }
    }
    return List.copyOf(versions);
  }

  private static Version version(
      String model, StoreFiles.Stored stored, SortedMap<String, StoreFiles.Alias> aliases) {
    return Version.builder()
        .model(model)
        .number(stored.number())
        .stored(stored.stored())
        .digest(stored.digest())
        .aliases(StoreFiles.pointingTo(stored.number(), aliases))
        .note(stored.note())
        .build();
  }

  @Override
  public Optional<Version> find(String reference) {
    Reference r = Reference.of(reference);
    for (int look = 0; look < LOOKS; look++) {
      Optional<Integer> number = number(r);
      if (number.isEmpty()) {
        return Optional.empty();
      }
      Optional<StoreFiles.Stored> stored = files.stored(r.model, number.get());
      if (stored.isPresent()) {
        return Optional.of(version(r.model, stored.get(), files.aliases(r.model)));
      }
      if (NUMBER.matcher(r.which).matches()) {
        return Optional.empty();
      }
      // The alias moved on and its old version was deleted between the two looks: look again.
    }
    throw new MillwrightException(
        ErrorCode.BAD_FILE,
        "store "
            + root
            + ": \""
            + reference
            + "\" points to a version that is not there\nMaybe a file was deleted by hand: promote"
            + " another version.");
  }

  private Optional<Integer> number(Reference r) {
    if (r.which.isEmpty()) {
      List<Integer> numbers = files.numbers(r.model, "json");
      return numbers.isEmpty() ? Optional.empty() : Optional.of(numbers.get(numbers.size() - 1));
    }
    if (NUMBER.matcher(r.which).matches()) {
      return r.which.length() > 9 ? Optional.empty() : Optional.of(Integer.valueOf(r.which));
    }
    return files.alias(files.alias(r.model, r.which)).map(StoreFiles.Alias::current);
  }

  @Override
  public Path path(String reference) {
    Version version = get(reference);
    Path bundle = files.bundle(version.model(), version.number());
    String digest = BundleReader.manifest(bundle).digest();
    if (!digest.equals(version.digest())) {
      throw new MillwrightException(
          ErrorCode.BAD_BUNDLE,
          bundle
              + " is the model "
              + digest
              + ", but model "
              + version.digest()
              + " was put in as version "
              + version.number()
              + "\nMaybe somebody replaced the file: see store check, and put the right one in"
              + " again.");
    }
    return bundle;
  }

  private Version get(String reference) {
    return find(reference)
        .orElseThrow(
            () -> {
              String model = Reference.of(reference).model;
              List<String> there = new ArrayList<>(files.models(FolderStore::isName));
              if (there.contains(model)) {
                there.clear();
                files.numbers(model, "json").forEach(n -> there.add(model + ":" + n));
                files.aliases(model).keySet().forEach(a -> there.add(model + ":" + a));
              }
              return StoreFiles.notInStore(
                  "store " + root + " has no \"" + reference + "\"", there.toString());
            });
  }

  @Override
  public Version promote(String alias, String reference, Note note) {
    checkAlias(alias);
    Reference.of(reference);
    Objects.requireNonNull(note, "note");
    Version promoted =
        locked(
            () -> {
              Version version = get(reference);
              checkCase("alias", alias, files.aliases(version.model()).keySet());
              files.sweep(version.model());
              Path file = files.alias(version.model(), alias);
              List<Promotion> history =
                  new ArrayList<>(
                      files.alias(file).map(StoreFiles.Alias::history).orElse(List.of()));
              if (history.isEmpty()
                  || history.get(history.size() - 1).number() != version.number()) {
                history.add(new Promotion(version.number(), clock.instant(), note));
                int from = Math.max(0, history.size() - HISTORY);
                files.write(
                    file,
                    new StoreFiles.Alias(history.subList(from, history.size())),
                    StoreFiles.Alias.class);
              }
              return get(version.model() + ":" + version.number());
            });
    events.accept(new MillwrightEvent.ModelSwapped(promoted, alias, note));
    return promoted;
  }

  @Override
  public List<Promotion> history(String model, String alias) {
    checkName("model", model);
    checkAlias(alias);
    return files
        .alias(files.alias(model, alias))
        .orElseThrow(() -> noAlias(model, alias))
        .history();
  }

  private MillwrightException noAlias(String model, String alias) {
    return StoreFiles.notInStore(
        "model \"" + model + "\" has no alias \"" + alias + "\"",
        files.aliases(model).keySet().toString());
  }

  @Override
  public List<Finding> check() {
    return new StoreCheck(files).find(files.models(FolderStore::isName), false);
  }

  @Override
  public List<Finding> repair() {
    return Files.isDirectory(root)
        ? locked(() -> new StoreCheck(files).find(files.models(FolderStore::isName), true))
        : List.of();
  }

  @Override
  public Version rollBack(String model, String alias) {
    checkName("model", model);
    checkAlias(alias);
    Version version =
        locked(
            () -> {
              files.sweep(model);
              Path file = files.alias(model, alias);
              List<Promotion> history =
                  files
                      .alias(file)
                      .map(StoreFiles.Alias::history)
                      .orElseThrow(() -> noAlias(model, alias));
              int end = history.size() - 1;
              while (end > 0 && !exists(model, history.get(end - 1).number())) {
                end--;
              }
              if (end == 0) {
                throw StoreFiles.notInStore(
                    "alias \"" + alias + "\" of model \"" + model + "\" has no earlier version",
                    files.numbers(model, "json").toString());
              }
              files.write(
                  file, new StoreFiles.Alias(history.subList(0, end)), StoreFiles.Alias.class);
              return get(model + ":" + history.get(end - 1).number());
            });
    events.accept(new MillwrightEvent.ModelSwapped(version, alias, Note.by("", "rolled back")));
    return version;
  }

  private boolean exists(String model, int number) {
    return StoreFiles.sound(() -> files.stored(model, number)).isPresent();
  }

  @Override
  public void delete(String reference) {
    Reference.of(reference);
    locked(
        () -> {
          Reference r = Reference.of(reference);
          int number = there(r, reference);
          List<String> aliases = StoreFiles.pointingTo(number, files.aliases(r.model));
          if (!aliases.isEmpty()) {
            throw new MillwrightException(
                ErrorCode.BAD_OPTION,
                "version "
                    + number
                    + " of model \""
                    + r.model
                    + "\" is "
                    + aliases
                    + "\nMaybe promote another version first.");
          }
          files.sweep(r.model);
          // The counter must know the number before the last trace of it goes.
          files.saveCounter(r.model);
          StoreFiles.delete(files.meta(r.model, number));
          AtomicFile.sync(files.folder(r.model));
          // Who still has it open keeps it where files in use stay (Windows): swept later.
          AtomicFile.deleteQuietly(files.bundle(r.model, number));
          return number;
        });
  }

  /** The number of a version that is there, be its record damaged or not. */
  private int there(Reference r, String reference) {
    if (NUMBER.matcher(r.which).matches() && r.which.length() <= 9) {
      int number = Integer.parseInt(r.which);
      if (files.numbers(r.model, "json").contains(number)) {
        return number;
      }
    }
    return get(reference).number();
  }

  /**
   * Does something while nobody else writes. Locks of files belong to the process and not to the
   * thread, and on some systems closing any channel of a file gives them all back, so threads must
   * be kept apart before, over all stores and class loaders of the process: by the monitor of a
   * text that the virtual machine holds once.
   */
  private <T> T locked(Supplier<T> work) {
    if (!Files.isDirectory(root)) {
      throw StoreFiles.notInStore("store " + root + " is empty", "[]");
    }
    try {
      String monitor = ("io.millwright.store:" + root.toRealPath()).intern();
      synchronized (monitor) {
        try (FileChannel channel =
                FileChannel.open(
                    root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.lock()) {
          if (!lock.isValid()) {
            throw new IOException("the lock was lost");
          }
          return work.get();
        }
      }
    } catch (IOException e) {
      throw AtomicFile.failed("lock", root, e);
    }
  }

  private record Reference(String model, String which) {
    static Reference of(String reference) {
      int colon = reference.indexOf(':');
      String model = colon < 0 ? reference : reference.substring(0, colon);
      String which = colon < 0 ? "" : reference.substring(colon + 1);
      checkName("model", model);
      if (colon >= 0 && !isName(which)) {
        throw bad("alias or number", which);
      }
      return new Reference(model, which);
    }
  }

  private static boolean isName(String name) {
    return NAME.matcher(name).matches() && !name.endsWith(".") && !DEVICE.matcher(name).matches();
  }

  private static void checkName(String what, String name) {
    if (!isName(name)) {
      throw bad(what, name);
    }
  }

  private static void checkAlias(String alias) {
    checkName("alias", alias);
    if (NUMBER.matcher(alias).matches()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "alias \"" + alias + "\" would be taken for the number of a version\nMaybe v" + alias);
    }
  }

  /** Where capitals do not tell files apart, two such names would share a file. */
  private static void checkCase(String what, String name, Collection<String> there) {
    for (String other : there) {
      if (other.equalsIgnoreCase(name) && !other.equals(name)) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            what
                + " \""
                + name
                + "\" differs from \""
                + other
                + "\" in capitals only\nMaybe it is \""
                + other
                + "\" that is meant.");
      }
    }
  }

  private static MillwrightException bad(String what, String name) {
    String shown = name.length() > 200 ? name.substring(0, 200) + "..." : name;
    return new MillwrightException(
        ErrorCode.BAD_OPTION,
        what
            + " \""
            + shown
            + "\" is not a name for a store: letters, digits, dots, dashes and underscores, a"
            + " letter or digit first, no dot last, at most 100, no device of Windows\n"
            + "Maybe \""
            + suggestion(shown)
            + "\".");
  }

  private static String suggestion(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String trimmed = plain.replaceAll("^-+|-+$", "");
    return trimmed.isEmpty() || !isName(trimmed) ? "model-1" : trimmed;
  }
}
