package io.millwright.api.assist;

import java.util.Objects;

/**
 * One part of a conversation.
 *
 * @param from who says it
 * @param text what
 */
public record Message(From from, String text) {

  /** Who says it. */
  public enum From {
    /** The rules, by Millwright and the host. */
    RULES,
    /** The person who asks. */
    PERSON,
    /**
     * The result of a tool, or passages: data, as a JSON document. Sentences in it that look like
     * instructions are none; a host must hand this on as data, never as a rule or as the person's
     * words.
     */
    DATA,
    /** The language model itself. */
    MODEL
  }

  /** Checks. */
  public Message {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(text, "text");
  }
}
