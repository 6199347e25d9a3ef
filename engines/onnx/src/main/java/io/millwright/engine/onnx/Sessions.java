package io.millwright.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.foreign.ForeignFile;
import io.millwright.api.foreign.ForeignNetwork;
import io.millwright.api.foreign.ForeignOptions;
import io.millwright.runtime.foreign.OnnxTaps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sessions of this process, each held once however many bundles and hosts use it: the native
 * library has one environment for a process, and a backbone's weights are the same for all. A
 * session is closed with its last user. Thread-safe.
 */
final class Sessions {

  private static final Sessions PROCESS = new Sessions();

  private static final int MOST_SAID = 600;

  private final Map<Key, Held> open = new HashMap<>();

  /** What tells sessions apart. */
  private record Key(String digest, List<String> taps, int threads) {}

  /** A session and how many use it. */
  static final class Held {
    private final Key key;
    final OrtEnvironment environment;
    final OrtSession session;
    private int users;

    private Held(Key key, OrtEnvironment environment, OrtSession session) {
      this.key = key;
      this.environment = environment;
      this.session = session;
    }
  }

  private Sessions() {}

  static Sessions ofThisProcess() {
    return PROCESS;
  }

  synchronized ForeignNetwork lease(
      ForeignFile file, ForeignOptions options, Optional<Path> nativeCache) {
    Key key = new Key(file.digest(), options.taps(), options.threads());
    Held held = open.get(key);
    if (held == null) {
      OrtEnvironment environment = Natives.start(nativeCache);
      held = new Held(key, environment, session(environment, file, options));
      open.put(key, held);
    }
    held.users++;
    try {
      return OrtNetwork.of(this, held, file);
    } catch (RuntimeException | Error e) {
      giveBack(held);
      throw e;
    }
  }

  synchronized void giveBack(Held held) {
    held.users--;
    if (held.users == 0) {
      open.remove(held.key);
      try {
        held.session.close();
      } catch (OrtException e) {
        throw new MillwrightException(
            ErrorCode.ENGINE_FAILED, "ONNX Runtime does not close a session: " + e, e);
      }
    }
  }

  synchronized int count() {
    return open.size();
  }

  /**
   * Without the arena of the library, memory of a call goes back to the system when it ends, and
   * what a large batch once needed is not kept for ever.
   */
  private static OrtSession session(
      OrtEnvironment environment, ForeignFile file, ForeignOptions options) {
    try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
      settings.setCPUArenaAllocator(false);
      settings.setMemoryPatternOptimization(false);
      settings.setIntraOpNumThreads(options.threads());
      settings.setInterOpNumThreads(1);
      settings.setDeterministicCompute(true);
      settings.addConfigEntry("session.intra_op.allow_spinning", "0");
      Path folder = file.file().toAbsolutePath().normalize().getParent();
      if (folder != null) {
        settings.addConfigEntry(
            "session.model_external_initializers_file_folder_path", folder.toRealPath().toString());
      }
      return environment.createSession(bytes(file.file(), options.taps()), settings);
    } catch (OrtException e) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          file.file() + " is not opened by ONNX Runtime: " + said(e) + wayOut(said(e)),
          e);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, file.file() + " cannot be read: " + e + "\nMaybe check the path", e);
    }
  }

  /** The file, mapped where nothing is to be appended. */
  private static ByteBuffer bytes(Path file, List<String> taps) throws IOException {
    byte[] suffix = OnnxTaps.suffix(taps);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (suffix.length == 0) {
        return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      }
      ByteBuffer all = ByteBuffer.allocateDirect(Math.toIntExact(channel.size() + suffix.length));
      while (all.position() < channel.size() && channel.read(all) >= 0) {
        // Reads on.
      }
      return all.put(suffix).flip();
    }
  }

  /** What may help when a file is not opened. */
  private static String wayOut(String said) {
    if (said.contains("bad_alloc") || said.contains("allocate")) {
      return "\nMaybe it needs more memory than there is";
    }
    return said.matches(".*([Oo]pset|IR version|No Op registered).*")
        ? "\nMaybe export it with a set of operators that this version knows"
        : "\nMaybe get the file again: what it holds is no whole graph";
  }

  /** What the runtime says, without the place in its source. */
  static String said(Throwable thrown) {
    String text =
        String.valueOf(thrown.getMessage())
            .replaceAll("\\s+", " ")
            .replaceAll("/onnxruntime_src/\\S+:\\d+ .*?\\) (?:const )?(?=[A-Z])", "");
    return text.length() > MOST_SAID ? text.substring(0, MOST_SAID) + "..." : text;
  }
}
