package io.millwright.engine.tensorflow;

import io.millwright.api.EngineReport;
import io.millwright.engine.common.ProcessEnvironment;
import io.millwright.runtime.network.Engine;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.TensorFlow;

/**
 * What must be set before TensorFlow's library loads: where it is unpacked, how much it says on the
 * error stream, and, for DJL's TensorFlow engine, which opens users' SavedModels, where to find the
 * library unpacked already, since it would download another.
 */
final class FlowLibrary {

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

  /** Unpacks the library where JavaCPP will look for it, and says where that is. */
  private static Optional<File> unpack() {
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
