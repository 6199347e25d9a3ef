package io.millwright.api.assist;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that an assistant can call (function calling). Hosts and plug-ins implement it; must be
 * thread-safe. Arguments were checked against the {@linkplain #spec() description} before.
 */
public interface Tool {

  /**
   * What it is.
   *
   * @return always the same
   */
  ToolSpec spec();

  /**
   * Does it.
   *
   * @param arguments texts, numbers ({@link Double}) and truth values; absent ones are not there
   * @param dryRun whether to say only what would be done; asked of tools that change something
   * @return the result: texts, numbers, truth values, lists and maps of such
   * @throws io.millwright.api.MillwrightException when it cannot be done; the assistant gets the
   *     message
   * @throws InterruptedException when the process is asked to end
   */
  Map<String, @Nullable Object> call(Map<String, @Nullable Object> arguments, boolean dryRun)
      throws InterruptedException;
}
