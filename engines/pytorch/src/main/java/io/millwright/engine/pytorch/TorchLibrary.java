package io.millwright.engine.pytorch;

import ai.djl.util.Utils;
import io.millwright.engine.common.NativeCache;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies unpacked of PyTorch before DJL loads it: leftovers are swept, and libraries that are
 * not what their jar holds are removed, so that DJL unpacks them anew.
 */
final class TorchLibrary {

  private static final Logger LOG = LoggerFactory.getLogger(TorchLibrary.class);
  private static final String PROPERTIES = "native/lib/pytorch.properties";

  /** The names of DJL's half-written folders and files. */
  private static final Pattern LEFT = Pattern.compile("tmp\\d+|jni\\d+tmp");

  private static final Duration OLD = Duration.ofHours(1);

  private TorchLibrary() {}

  /** Looks after the folder; what cannot be read is left to DJL, which says more. */
  static void prepare() {
    ClassLoader loader = TorchLibrary.class.getClassLoader();
    if (loader == null || Utils.getEnvOrSystemProperty("PYTORCH_LIBRARY_PATH") != null) {
      return;
    }
    try (InputStream in = loader.getResourceAsStream(PROPERTIES)) {
      if (in != null) {
        Properties all = new Properties();
        all.load(in);
        prepare(loader, Utils.getEngineCacheDir("pytorch"), all);
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("what lies unpacked of PyTorch was not compared", e);
    }
  }

  private static void prepare(ClassLoader loader, Path cache, Properties all) throws IOException {
    NativeCache.sweep(cache, name -> LEFT.matcher(name).matches(), OLD);
    String flavor = all.getProperty("flavor", "cpu");
    String platform = all.getProperty("classifier", "");
    Path folder = cache.resolve(all.getProperty("version", "") + "-" + flavor + "-" + platform);
    NativeCache.sweep(folder, name -> LEFT.matcher(name).matches(), OLD);
    Map<String, URL> libraries = new HashMap<>();
    for (String name : all.getProperty("libraries", "").split(",", -1)) {
      URL source = loader.getResource("pytorch/" + flavor + "/" + platform + "/" + name);
      if (source != null) {
        libraries.put(name, source);
      }
    }
    String bridge = System.mapLibraryName("djl_torch");
    URL source = loader.getResource("jnilib/" + platform + "/" + flavor + "/" + bridge);
    if (source != null) {
      libraries.put(version(loader) + "-" + bridge, source);
    }
    if (Files.isDirectory(folder) && !NativeCache.isSound(folder, libraries)) {
      LOG.warn("{} is removed and unpacked anew", folder);
      NativeCache.delete(folder);
    }
  }

  /** The version of DJL that the file name of its bridge carries. */
  private static String version(ClassLoader loader) throws IOException {
    try (InputStream in = loader.getResourceAsStream("jnilib/pytorch.properties")) {
      Properties all = new Properties();
      if (in != null) {
        all.load(in);
      }
      return all.getProperty("jni_version", "").replaceAll("^.*-", "");
    }
  }
}
