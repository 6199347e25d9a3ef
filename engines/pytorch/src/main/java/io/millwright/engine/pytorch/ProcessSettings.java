package io.millwright.engine.pytorch;

import io.millwright.api.EngineReport;
import io.millwright.engine.common.ProcessEnvironment;
import io.millwright.runtime.network.Engine;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What must be set in the process before the engine's libraries load: no downloads, no usage calls,
 * the place of native libraries, and the number of OpenMP threads. The last matters most: its
 * default makes idle threads spin, and small networks 10 to 300 times slower when processors are
 * contended. On one family of processors the instructions of convolutions are limited too. Only
 * what is not set is touched.
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
    if (wrongConvolutions()) {
      settings.add(
          ProcessEnvironment.variable(
              "ONEDNN_MAX_CPU_ISA", "AVX", setup.policy().processSettings()));
    }
    return settings;
  }

  /**
   * Whether this processor is of the family on which the convolutions of oneDNN 3.7.1, which
   * PyTorch 2.7.1 brings, were seen to give other values from call to call with AVX2 and AVX-512,
   * and the right ones with AVX: AMD's family 26 (Zen 5). docs/engines.md has the figures.
   */
  private static boolean wrongConvolutions() {
    File file = new File("/proc/cpuinfo");
    if (!file.canRead()) {
      return false;
    }
    // Not by java.nio, whose start opens a socket to see whether there is IPv6.
    try (BufferedReader in = new BufferedReader(new FileReader(file, StandardCharsets.US_ASCII))) {
      boolean amd = false;
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        String said = line.replaceAll("\\s+", " ");
        amd |= said.equals("vendor_id : AuthenticAMD");
        if (amd && said.equals("cpu family : 26")) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false; // It only says what is known of this processor.
    }
  }
}
