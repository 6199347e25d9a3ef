package io.millwright.api.assist;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a tool is, as data: enough for a schema (JSON Schema, Model Context Protocol).
 *
 * @param name letters, digits, dashes and underscores, at most 64, beginning with a letter
 * @param description what it does and answers, in a few sentences
 * @param role whether it changes anything
 * @param parameters what it takes
 */
public record ToolSpec(String name, String description, Role role, List<Parameter> parameters) {

  /** Whether a tool changes anything. */
  public enum Role {
    /** It only looks and computes. */
    READ,
    /** It writes a file, trains a model, moves an alias, or the like. Can be tried (dry run). */
    CHANGE
  }

  /** What a parameter holds. */
  public enum Kind {
    /** Any text. */
    TEXT,
    /** A number. */
    NUMBER,
    /** A truth value. */
    FLAG,
    /** The name of a file. */
    FILE
  }

  /**
   * One parameter.
   *
   * @param name letters, digits, dashes, underscores and blanks
   * @param kind what it holds
   * @param required whether it must be there
   * @param description one sentence, with the unit of a number
   */
  public record Parameter(String name, Kind kind, boolean required, String description) {
    /** Checks. */
    public Parameter {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(description, "description");
      if (name.isBlank()) {
        throw new IllegalArgumentException("a parameter needs a name");
      }
    }
  }

  /** Copies and checks. */
  public ToolSpec {
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(role, "role");
    parameters = List.copyOf(parameters);
    if (!name.matches("[A-Za-z][A-Za-z0-9_-]{0,63}")) {
      throw new IllegalArgumentException("the name of the tool \"" + name + "\" cannot be used");
    }
    Set<String> names = new HashSet<>();
    for (Parameter parameter : parameters) {
      if (!names.add(parameter.name())) {
        throw new IllegalArgumentException(
            "the tool " + name + " has two parameters \"" + parameter.name() + "\"");
      }
    }
  }
}
