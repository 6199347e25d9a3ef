package io.millwright.engine.pytorch;

import io.millwright.api.EngineReport;
import io.millwright.engine.common.ProcessEnvironment;
import io.millwright.runtime.network.Engine;
import java.util.ArrayList;
import java.util.List;

/**
 * What must be set in the process before the engine's libraries load: no downloads, no usage calls,
 * the place of native libraries, and the number of OpenMP threads. The last matters most: its
 * default makes idle threads spin, and small networks 10 to 300 times slower when processors are
 * contended. Only what is not set is touched.
 */
final class ProcessSettings {

  private ProcessSettings() {}

  static List<EngineReport.Setting> before(Engine.Setup setup) {
    List<EngineReport.Setting> settings = new ArrayList<>();
    settings.add(ProcessEnvironment.property("ai.djl.offline", "true"));
    settings.add(ProcessEnvironment.property("OPT_OUT_TRACKING", "true"));
    setup
        .nativeCache()
        .ifPresent(
            folder ->
                settings.add(
                    ProcessEnvironment.property(
                        "ENGINE_CACHE_DIR", folder.toAbsolutePath().toString())));
    settings.add(
        ProcessEnvironment.variable("OMP_NUM_THREADS", "1", setup.policy().processSettings()));
    return settings;
  }
}
