package io.millwright.runtime.comply;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.support.IoReason;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the provider knows of a system and no file of a model can hold (data of a model card):
 * purpose, oversight, risks. Immutable and thread-safe.
 *
 * @param values texts by name
 */
public record Facts(SortedMap<String, String> values) {

  /** The names that reports ask for. */
  public static final List<String> NAMES =
      List.of(
          "intended-purpose",
          "provider",
          "interacts-with",
          "placed-on-market-as",
          "hardware",
          "instructions-for-use",
          "labelling",
          "human-oversight",
          "predetermined-changes",
          "cybersecurity",
          "unintended-outcomes",
          "groups",
          "metrics-why",
          "risk-management",
          "lifecycle-changes",
          "standards",
          "declaration-of-conformity",
          "post-market-monitoring",
          "robustness");

  /** Checks and copies. */
  public Facts {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    for (String name : values.keySet()) {
      if (!NAMES.contains(name)) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "no report asks for the fact \"" + name + "\"\nMaybe one of " + NAMES);
      }
    }
  }

  /**
   * Nothing is known.
   *
   * @return no facts
   */
  public static Facts none() {
    return new Facts(new TreeMap<>());
  }

  /**
   * Reads facts: lines of {@code name = text} in UTF-8 (Java properties).
   *
   * @param file the file
   * @return the facts
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED}; {@link ErrorCode#BAD_OPTION} for
   *     a name that no report asks for
   */
  public static Facts read(Path file) {
    Properties lines = new Properties();
    try {
      lines.load(new StringReader(unmarked(Files.readString(file))));
    } catch (IOException | IllegalArgumentException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "cannot read the facts in " + file + ": " + IoReason.of(e) + "\nMaybe the path is wrong",
          e);
    }
    TreeMap<String, String> values = new TreeMap<>();
    for (Map.Entry<Object, Object> e : lines.entrySet()) {
      values.put(e.getKey().toString(), e.getValue().toString().strip());
    }
    return new Facts(values);
  }

  /** Without the byte order mark that editors of Windows put first. */
  static String unmarked(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  Optional<String> of(String name) {
    return Optional.ofNullable(values.get(name)).filter(v -> !v.isEmpty());
  }
}
