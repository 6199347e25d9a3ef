package io.millwright.runtime.bundle;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks through a whole store, and mends it on request. To be called by one writer at a time when
 * it mends. Not thread-safe.
 */
final class StoreCheck {

  private final StoreFiles files;
  private final List<Finding> findings = new ArrayList<>();

  StoreCheck(StoreFiles files) {
    this.files = files;
  }

  /** What is wrong with these models; when it mends, the remedy says what was done. */
  List<Finding> find(List<String> models, boolean mend) {
    for (String model : models) {
      for (int number : files.numbers(model, "json")) {
        version(model, number, mend);
      }
      List<Integer> recorded = files.numbers(model, "json");
      for (int number : files.numbers(model, "mwb")) {
        if (!recorded.contains(number)) {
          Path bundle = files.bundle(model, number);
          leftover(bundle, "is a bundle without a record", mend);
        }
      }
      files.leftovers(model).forEach(path -> leftover(path, "is a leftover", mend));
      files.aliasNames(model).forEach(alias -> alias(model, alias, mend));
      counter(model, mend);
    }
    return List.copyOf(findings);
  }

  private void found(ErrorCode code, Path place, String what, String remedy) {
    findings.add(new Finding(code, place.toString(), what, remedy));
  }

  /** A version is its record and its bundle, which must be the model that the record names. */
  private void version(String model, int number, boolean mend) {
    Path meta = files.meta(model, number);
    Path bundle = files.bundle(model, number);
    Optional<StoreFiles.Stored> stored = Optional.empty();
    String trouble = "";
    try {
      stored = files.stored(model, number);
      if (stored.isPresent() && stored.get().number() != number) {
        trouble = "is the record of version " + stored.get().number();
        stored = Optional.empty();
      }
    } catch (MillwrightException e) {
      trouble = "cannot be read: " + text(e);
    }
    String digest;
    try {
      digest = BundleReader.verify(bundle).digest();
    } catch (MillwrightException e) {
      if (mend) {
        StoreFiles.setAside(meta);
        if (Files.exists(bundle)) {
          StoreFiles.setAside(bundle);
        }
      }
      found(
          e.code(),
          bundle,
          "version " + number + " has no whole bundle: " + text(e),
          mend
              ? "both files of the version were set aside as .damaged"
              : "put the model in again, then repair");
      return;
    }
    if (stored.isEmpty()) {
      if (mend) {
        files.write(
            meta,
            new StoreFiles.Stored(
                number, time(bundle), digest, ModelStore.Note.by("store repair", trouble(trouble))),
            StoreFiles.Stored.class);
      }
      found(
          ErrorCode.BAD_FILE,
          meta,
          trouble,
          mend ? "it was made anew from the bundle" : "repair makes it anew from the bundle");
    } else if (!stored.get().digest().equals(digest)) {
      if (mend) {
        StoreFiles.setAside(meta);
        StoreFiles.setAside(bundle);
      }
      found(
          ErrorCode.BAD_BUNDLE,
          bundle,
          "is the model " + digest + ", but " + stored.get().digest() + " was put in",
          mend
              ? "both files of the version were set aside as .damaged"
              : "put the model in again, then repair");
    }
  }

  private static String trouble(String text) {
    return text.length() <= 500 ? text : text.substring(0, 500);
  }

  private static Instant time(Path bundle) {
    try {
      return Files.getLastModifiedTime(bundle).toInstant();
    } catch (IOException e) {
      throw AtomicFile.failed("read", bundle, e);
    }
  }

  private void leftover(Path path, String what, boolean mend) {
    if (mend) {
      StoreFiles.delete(path);
    }
    found(
        ErrorCode.BAD_FILE,
        path,
        what + ", as a crash leaves it",
        mend ? "it was deleted" : "the next writer deletes it");
  }

  private void alias(String model, String alias, boolean mend) {
    Path file = files.alias(model, alias);
    Optional<StoreFiles.Alias> known;
    try {
      known = files.alias(file);
    } catch (MillwrightException e) {
      if (mend) {
        StoreFiles.setAside(file);
      }
      found(
          e.code(),
          file,
          "cannot be read: " + text(e),
          mend
              ? "it was set aside as .damaged: promote a version again"
              : "promote again after" + " repair");
      return;
    }
    if (known.isEmpty()) {
      return;
    }
    List<ModelStore.Promotion> history = known.get().history();
    int end = history.size();
    while (end > 0 && !there(model, history.get(end - 1).number())) {
      end--;
    }
    if (end == history.size()) {
      return;
    }
    if (mend && end > 0) {
      files.write(file, new StoreFiles.Alias(history.subList(0, end)), StoreFiles.Alias.class);
    } else if (mend) {
      StoreFiles.setAside(file);
    }
    String last = end > 0 ? "version " + history.get(end - 1).number() : "nothing: promote again";
    found(
        ErrorCode.NOT_IN_STORE,
        file,
        "points to version " + known.get().current() + ", which is not there",
        (mend ? "it now points to " : "repair lets it point to ") + last);
  }

  private boolean there(String model, int number) {
    return StoreFiles.sound(() -> files.stored(model, number)).isPresent();
  }

  private void counter(String model, boolean mend) {
    int next = files.nextNumber(model);
    if (next > 1 && files.counter(model).orElse(0) < next) {
      if (mend) {
        files.saveCounter(model);
      }
      found(
          ErrorCode.BAD_FILE,
          files.next(model),
          "does not say the next number, " + next,
          mend ? "it was set right" : "the next writer sets it right");
    }
  }

  private static String text(MillwrightException e) {
    String message = String.valueOf(e.getMessage());
    int maybe = message.indexOf("\nMaybe ");
    return (maybe < 0 ? message : message.substring(0, maybe)).replace('\n', ' ');
  }
}
