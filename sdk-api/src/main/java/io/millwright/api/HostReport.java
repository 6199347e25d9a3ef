package io.millwright.api;

import java.util.List;
import java.util.Objects;

/**
 * What a {@link Millwright} consists of, and what is wrong with it: the content of {@code
 * millwright doctor}.
 *
 * @param version the version of Millwright
 * @param java version and vendor of Java, operating system and processor
 * @param engines what computes
 * @param plugins every plug-in that was found
 * @param findings what is missing or failed, with the way out
 */
public record HostReport(
    String version,
    String java,
    EngineReport engines,
    List<PluginStatus> plugins,
    List<Finding> findings) {

  /**
   * One plug-in.
   *
   * @param name its name
   * @param source the jar or folder it came from
   * @param running whether it started
   * @param tasks the tasks it offers
   * @param detail empty when it runs; otherwise why it does not
   */
  public record PluginStatus(
      String name, String source, boolean running, List<String> tasks, String detail) {
    /** Checks and copies. */
    public PluginStatus {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(detail, "detail");
      tasks = List.copyOf(tasks);
    }
  }

  /** Checks and copies. */
  public HostReport {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(java, "java");
    Objects.requireNonNull(engines, "engines");
    plugins = List.copyOf(plugins);
    findings = List.copyOf(findings);
  }
}
