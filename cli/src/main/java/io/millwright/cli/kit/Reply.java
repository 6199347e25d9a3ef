package io.millwright.cli.kit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command answers: lines for people and the same content as a document for programs. Filled
 * step by step; not thread-safe.
 */
public final class Reply {
  private final List<String> lines = new ArrayList<>();
  private final Map<String, @Nullable Object> document = new LinkedHashMap<>();
  private int exit;

  public Reply(String command) {
    document.put("command", command);
  }

  public Reply line(String line) {
    lines.add(Shown.plain(line));
    return this;
  }

  /** A line of a name and what is to be said about it. */
  public Reply line(String name, String text) {
    return line(String.format("%-10s %s", name, text));
  }

  public Reply put(String key, @Nullable Object value) {
    document.put(key, value);
    return this;
  }

  /** The command did its work, but found something wrong. */
  public Reply failed() {
    exit = 1;
    return this;
  }

  public List<String> lines() {
    return lines;
  }

  public Map<String, @Nullable Object> document() {
    return document;
  }

  public int exit() {
    return exit;
  }
}
