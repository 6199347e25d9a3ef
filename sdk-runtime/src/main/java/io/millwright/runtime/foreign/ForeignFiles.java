package io.millwright.runtime.foreign;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.foreign.ForeignFile;
import io.millwright.api.foreign.ForeignNetwork;
import io.millwright.api.foreign.ForeignOptions;
import io.millwright.runtime.support.Digest;
import io.millwright.runtime.support.IoReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipException;

/** Reads and opens model files of others, told apart by content. */
public final class ForeignFiles {

  private static final String SAVED_MODEL = "saved_model.pb";
  private static final int MOST_NAMED = 5;

  private ForeignFiles() {}

  /**
   * Says what a file holds. Nothing of it is run.
   *
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} or {@link ErrorCode#BAD_FILE}
   */
  public static ForeignFile describe(Path file) {
    try {
      if (Files.isDirectory(file)) {
        return savedModel(file);
      }
      return startsLikeZip(file) ? torchScript(file) : onnx(file);
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(file, e);
    }
  }

  private static MillwrightException unreadable(Path file, Exception e) {
    return new MillwrightException(
        ErrorCode.IO_FAILED,
        file + " cannot be read: " + IoReason.of(e) + "\nMaybe check the path",
        e);
  }

  private static boolean startsLikeZip(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(2);
      return start.length == 2 && start[0] == 'P' && start[1] == 'K';
    }
  }

  private static MillwrightException bad(Path file, String what, String remedy, Throwable cause) {
    return new MillwrightException(
        ErrorCode.BAD_FILE,
        file + " is no " + what + " that can be read: " + cause.getMessage() + "\nMaybe " + remedy,
        cause);
  }

  private static ForeignFile onnx(Path file) throws IOException {
    long bytes = Files.size(file);
    OnnxReader.Content content;
    try {
      if (bytes > Integer.MAX_VALUE) {
        throw new Wire.Malformed(
            bytes + " bytes, but such a file has at most 2 GiB, with weights in files beside it");
      }
      content = OnnxReader.read(map(file));
    } catch (Wire.Malformed e) {
      throw bad(
          file,
          "model (ONNX, TorchScript or the folder of a SavedModel)",
          "get the file again; other formats are exported to ONNX first",
          e);
    }
    List<Path> beside = beside(file, content.external());
    for (Path one : beside) {
      bytes += Files.size(one);
    }
    List<String> warnings = new ArrayList<>();
    if (!content.foreignDomains().isEmpty()) {
      warnings.add(
          "has operators of "
              + content.foreignDomains()
              + ", which ONNX Runtime does not know: it will not open");
    }
    return new ForeignFile(
        file,
        ForeignFile.Format.ONNX,
        digest(file, beside),
        bytes,
        content.description(),
        content.inputs(),
        content.outputs(),
        content.layers(),
        content.weights(),
        warnings);
  }

  /** The files that hold weights beside a model: within its own folder, links followed. */
  private static List<Path> beside(Path file, List<String> named) throws IOException {
    if (named.isEmpty()) {
      return List.of();
    }
    Path folder = file.toAbsolutePath().normalize().getParent();
    Path root = folder == null ? file.toRealPath() : folder.toRealPath();
    Set<Path> all = new HashSet<>();
    for (String name : named) {
      Path place;
      try {
        place = root.resolve(name).normalize();
      } catch (java.nio.file.InvalidPathException e) {
        throw outside(file, name);
      }
      if (name.isBlank() || Path.of(name).isAbsolute() || !place.startsWith(root)) {
        throw outside(file, name);
      }
      if (!Files.isRegularFile(place)) {
        throw new MillwrightException(
            ErrorCode.BAD_FILE,
            file + " has weights in \"" + name + "\", which is not there\nMaybe copy it too");
      }
      Path real = place.toRealPath();
      if (!real.startsWith(root)) {
        throw outside(file, name);
      }
      all.add(real);
    }
    return all.stream().sorted().toList();
  }

  private static MillwrightException outside(Path file, String name) {
    return new MillwrightException(
        ErrorCode.BAD_FILE,
        file
            + " asks for weights in \""
            + name
            + "\", outside of its folder\nMaybe export it anew with its weights beside it");
  }

  private static TorchScriptReader.Content scriptContent(Path file) throws IOException {
    try {
      return TorchScriptReader.read(file);
    } catch (ZipException | Wire.Malformed | IllegalArgumentException e) {
      // The last one tells of an entry whose name is no text.
      throw bad(file, "TorchScript file", "write it with torch.jit.save", e);
    }
  }

  private static ForeignFile torchScript(Path file) throws IOException {
    TorchScriptReader.Content content = scriptContent(file);
    List<String> warnings = new ArrayList<>();
    warnings.add("is a program, which PyTorch runs with the rights of this process");
    if (!content.risky().isEmpty()) {
      warnings.add("calls " + content.risky() + ", which reach files or other processes");
    }
    return new ForeignFile(
        file,
        ForeignFile.Format.TORCH_SCRIPT,
        digest(file, List.of()),
        Files.size(file),
        "TorchScript, " + content.sources() + " source files",
        List.of(),
        List.of(),
        List.of(),
        0,
        warnings);
  }

  private static SavedModelReader.Content graphContent(Path folder) throws IOException {
    Path graph = folder.resolve(SAVED_MODEL);
    if (!Files.exists(folder)) {
      throw new NoSuchFileException(folder.toString());
    }
    if (!Files.isRegularFile(graph)) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          folder + " holds no " + SAVED_MODEL + "\nMaybe name the folder of the SavedModel itself");
    }
    try {
      if (Files.size(graph) > Integer.MAX_VALUE) {
        throw new Wire.Malformed(Files.size(graph) + " bytes, but such a file has at most 2 GiB");
      }
      return SavedModelReader.read(map(graph));
    } catch (Wire.Malformed e) {
      throw bad(graph, "SavedModel", "export it anew", e);
    }
  }

  private static ForeignFile savedModel(Path folder) throws IOException {
    SavedModelReader.Content content = graphContent(folder);
    List<Path> all = new ArrayList<>();
    try (var walked = Files.walk(folder)) {
      walked.filter(Files::isRegularFile).sorted().forEach(all::add);
    }
    long bytes = 0;
    for (Path one : all) {
      bytes += Files.size(one);
    }
    List<String> warnings = new ArrayList<>();
    warnings.add("is a program, which TensorFlow runs with the rights of this process");
    if (!content.risky().isEmpty()) {
      warnings.add("has the operators " + content.risky() + ", which reach files or run code");
    }
    return new ForeignFile(
        folder,
        ForeignFile.Format.SAVED_MODEL,
        digest(folder, all),
        bytes,
        content.description(),
        content.inputs(),
        content.outputs(),
        content.layers(),
        0,
        warnings);
  }

  /**
   * What keeps a program from being opened: calls and operators that reach files, other processes
   * or a network, where that can be told without running it. A program that cannot be read here is
   * refused: an engine that reads it all the same would run what nobody has looked at.
   *
   * @param format as what the file is opened, whatever it begins with
   * @return for people; empty when nothing was found
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} or {@link ErrorCode#BAD_FILE}
   */
  public static List<String> forbidden(Path file, ForeignFile.Format format) {
    try {
      return switch (format) {
        case TORCH_SCRIPT -> scriptContent(file).risky();
        case SAVED_MODEL -> graphContent(file).risky();
        case ONNX -> List.of();
      };
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Opens a file for computing.
   *
   * @param nativeCache where native libraries are unpacked, or empty for the engine's own place
   * @throws MillwrightException as {@link io.millwright.api.ModelExchange#open(Path,
   *     ForeignOptions)}
   */
  public static ForeignNetwork open(Path file, ForeignOptions options, Optional<Path> nativeCache) {
    ForeignFile read = describe(file);
    options
        .digest()
        .filter(wanted -> !wanted.equalsIgnoreCase(read.digest()))
        .ifPresent(
            wanted -> {
              throw new MillwrightException(
                  ErrorCode.BAD_FILE,
                  file
                      + " has the SHA-256 "
                      + read.digest()
                      + ", but "
                      + wanted
                      + " was asked for\nMaybe it was altered or is another version");
            });
    if (read.format().program()) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          file
              + " is a "
              + read.format()
              + ", which says nothing of its inputs and is a program"
              + "\nMaybe open it as an OpaqueModel with a declared schema, or export it to ONNX");
    }
    Set<String> tensors = new HashSet<>(read.tensors());
    List<String> unknown = options.taps().stream().filter(t -> !tensors.contains(t)).toList();
    if (!unknown.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          file
              + " has no inner tensors "
              + unknown
              + "; some of its "
              + tensors.size()
              + " are "
              + read.tensors().stream().limit(MOST_NAMED).toList()
              + "\nMaybe see `millwright model layers "
              + file.getFileName()
              + "`");
    }
    return runtime(read).open(read, options, nativeCache);
  }

  private static ForeignRuntime runtime(ForeignFile read) {
    try {
      for (ForeignRuntime found :
          ServiceLoader.load(ForeignRuntime.class, ForeignFiles.class.getClassLoader())) {
        if (found.reads(read.format())) {
          return found;
        }
      }
    } catch (java.util.ServiceConfigurationError | LinkageError e) {
      throw absent(read, e);
    }
    throw absent(read, null);
  }

  private static MillwrightException absent(
      ForeignFile read, @org.jspecify.annotations.Nullable Throwable cause) {
    return new MillwrightException(
        ErrorCode.NO_ENGINE,
        "nothing on the class path computes the "
            + read.format()
            + " file "
            + read.file()
            + (cause == null ? "" : ": " + cause)
            + "\nMaybe add the dependency io.millwright:millwright-engine-onnx",
        cause);
  }

  /** The bytes of a file, mapped. */
  static ByteBuffer map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }
  }

  /** The SHA-256 of one file, or of the list of all. */
  private static String digest(Path file, List<Path> beside) throws IOException {
    if (beside.isEmpty()) {
      return Digest.of(file);
    }
    Path folder = Files.isDirectory(file) ? file : file.toAbsolutePath().getParent();
    TreeMap<String, Path> all = new TreeMap<>();
    if (Files.isRegularFile(file)) {
      all.put(String.valueOf(file.getFileName()), file);
    }
    for (Path one : beside) {
      Path base = folder == null ? one : Files.isDirectory(file) ? folder : folder.toRealPath();
      all.put(base.relativize(one).toString().replace('\\', '/'), one);
    }
    Digest sum = new Digest();
    for (var entry : all.entrySet()) {
      sum.add(entry.getKey() + " " + Digest.of(entry.getValue()) + "\n");
    }
    return sum.hex();
  }
}
