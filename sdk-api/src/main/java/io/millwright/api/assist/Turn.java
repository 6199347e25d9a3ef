package io.millwright.api.assist;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a language model does next (assistant message or tool call). */
public sealed interface Turn {

  /**
   * Calls a tool.
   *
   * @param tool its name
   * @param arguments texts, numbers and truth values by the names of parameters
   */
  record Call(String tool, Map<String, @Nullable Object> arguments) implements Turn {
    /** Copies. */
    public Call {
      Objects.requireNonNull(tool, "tool");
      arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }
  }

  /**
   * Answers.
   *
   * @param text the answer; passages are cited by their id between brackets
   */
  record Say(String text) implements Turn {
    /** Checks. */
    public Say {
      Objects.requireNonNull(text, "text");
    }
  }
}
