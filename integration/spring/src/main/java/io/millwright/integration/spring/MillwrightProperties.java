package io.millwright.integration.spring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code millwright.*} (constructor binding).
 *
 * @param store the folder of the model store; without it there is no {@code ModelStore}
 * @param models names of beans, each with a reference into the store such as {@code
 *     press:production} (an alias, followed when it moves) or {@code press:3}
 * @param facades classes of further plug-ins' facades that are beans; those of this project need no
 *     line
 * @param engine what computes: PyTorch, TensorFlow or Java; without it the rules choose
 * @param device where networks compute
 * @param nativeCache where engines unpack their native libraries
 * @param pluginFolder a folder of plug-in jars beside those of the class path
 * @param shutdownGrace how long the end of the process waits for native calls
 * @param level the level of intervals in JSON
 */
@ConfigurationProperties("millwright")
public record MillwrightProperties(
    @Nullable Path store,
    Map<String, String> models,
    List<String> facades,
    @Nullable String engine,
    @DefaultValue("best") Device device,
    @Nullable Path nativeCache,
    @Nullable Path pluginFolder,
    @DefaultValue("5s") Duration shutdownGrace,
    @DefaultValue("0.9") double level) {

  /** Where networks compute. */
  public enum Device {
    /** A GPU where one works. */
    BEST,
    /** The CPU. */
    CPU,
    /** A GPU; the start fails without one. */
    GPU
  }

  /** Copies. */
  public MillwrightProperties {
    models = models == null ? Map.of() : Map.copyOf(models);
    facades = facades == null ? List.of() : List.copyOf(facades);
  }
}
