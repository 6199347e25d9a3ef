package io.millwright.engine.tensorflow;

import io.millwright.api.EngineReport;
import io.millwright.engine.common.NativeCache;
import io.millwright.engine.common.ProcessEnvironment;
import io.millwright.runtime.network.Engine;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.TensorFlow;

/**
 * What must be set before TensorFlow's library loads: where it is unpacked, how much it says on the
 * error stream, and, for DJL's TensorFlow engine, which opens users' SavedModels, where to find the
 * library unpacked already, since it would download another.
 */
final class FlowLibrary {

  private static final Logger LOG = LoggerFactory.getLogger(FlowLibrary.class);
  private static final String PLACE = "/org/tensorflow/internal/c_api/";
  private static final List<String> FILES =
      List.of(
          "libtensorflow_framework.so.2",
          "libtensorflow_cc.so.2",
          "libjnitensorflow.so",
          "libtensorflow_framework.2.dylib",
          "libtensorflow_cc.2.dylib",
          "libjnitensorflow.dylib",
          "tensorflow_cc.dll",
          "jnitensorflow.dll");

  private FlowLibrary() {}

  static List<EngineReport.Setting> prepare(Engine.Setup setup) {
    List<EngineReport.Setting> settings = new ArrayList<>();
    setup
        .nativeCache()
        .ifPresent(
            folder ->
                settings.add(
                    ProcessEnvironment.property(
                        "org.bytedeco.javacpp.cachedir",
                        folder.resolve("javacpp").toAbsolutePath().toString())));
    // JavaCPP would otherwise stop allocating when the process is larger than the Java heap allows.
    settings.add(ProcessEnvironment.property("org.bytedeco.javacpp.maxBytes", "0"));
    settings.add(ProcessEnvironment.property("org.bytedeco.javacpp.maxPhysicalBytes", "0"));
    settings.add(
        ProcessEnvironment.variable("TF_CPP_MIN_LOG_LEVEL", "2", setup.policy().processSettings()));
    settings.add(ProcessEnvironment.property("ai.djl.offline", "true"));
    settings.add(ProcessEnvironment.property("OPT_OUT_TRACKING", "true"));
    if (System.getenv("TENSORFLOW_LIBRARY_PATH") == null) {
      unpack()
          .ifPresent(
              folder ->
                  settings.add(
                      ProcessEnvironment.property(
                          "TENSORFLOW_LIBRARY_PATH", folder.getAbsolutePath())));
    }
    return settings;
  }

  private static void removeDamaged() {
    Map<String, URL> libraries = new HashMap<>();
    try {
      Path folder = Loader.getCacheDir().toPath();
      Optional<Path> unpacked = Optional.empty();
      for (String file : FILES) {
        URL source = TensorFlow.class.getResource(PLACE + Loader.getPlatform() + "/" + file);
        if (source != null) {
          libraries.put(file, source);
          unpacked =
              NativeCache.jar(source)
                  .map(
                      jar ->
                          folder
                              .resolve(jar.getName())
                              .resolve((PLACE + Loader.getPlatform()).substring(1)));
        }
      }
      if (unpacked.isPresent() && !NativeCache.isSound(unpacked.get(), libraries)) {
        NativeCache.delete(unpacked.get());
      }
    } catch (IOException e) {
      LOG.debug("what lies unpacked of TensorFlow was not compared", e);
    }
  }

  /**
   * Unpacks the library where JavaCPP will look for it, and says where that is. JavaCPP compares
   * sizes and times itself; what differs from its jar all the same is removed before.
   */
  private static Optional<File> unpack() {
    removeDamaged();
    File folder = null;
    for (String file : FILES) {
      try {
        File unpacked =
            Loader.cacheResource(TensorFlow.class, PLACE + Loader.getPlatform() + "/" + file);
        folder = unpacked == null ? folder : unpacked.getParentFile();
      } catch (IOException e) {
        throw new LinkageError("could not unpack " + file + ": " + e, e);
      }
    }
    return Optional.ofNullable(folder);
  }
}
