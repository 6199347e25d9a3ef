package io.millwright.cli.kit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** One object of a JSON document, whose errors say where they are. Remembers what was asked for. */
public final class InputDocument {

  private final JsonNode node;
  private final String place;
  private final String guide;
  private final Set<String> asked = new HashSet<>();

  private InputDocument(JsonNode node, String place, String guide) {
    this.node = node;
    this.place = place;
    this.guide = guide;
    if (!node.isObject()) {
      throw bad(place + " is no object", guide);
    }
  }

  /** The text of a file. */
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, "cannot read " + file + ": " + e + "\nMaybe the name is wrong", e);
    }
  }

  /**
   * Reads a file.
   *
   * @param file a JSON object
   * @param guide the document with an example, which errors name
   * @return the object
   */
  public static InputDocument of(Path file, String guide) {
    try {
      ObjectMapper mapper = new ObjectMapper();
      // Of two values under one name nobody knows which was meant.
      mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      mapper
          .getFactory()
          .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(32).build());
      return new InputDocument(mapper.readTree(text(file)), file.toString(), guide);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw bad(file + ", line " + line + ": " + e.getOriginalMessage(), guide);
    }
  }

  private static MillwrightException bad(String what, String guide) {
    return new MillwrightException(
        ErrorCode.BAD_FILE, what + "\nMaybe compare it with the example in " + guide);
  }

  /** A list of objects; empty when it is not there. */
  public List<InputDocument> list(String name) {
    asked.add(name);
    JsonNode list = node.path(name);
    List<InputDocument> all = new ArrayList<>();
    if (list.isMissingNode() || list.isNull()) {
      return all;
    }
    if (!list.isArray()) {
      throw bad(place + ": " + name + " is no list", guide);
    }
    for (int i = 0; i < list.size(); i++) {
      all.add(new InputDocument(list.get(i), place + ", " + name + "[" + i + "]", guide));
    }
    return all;
  }

  /** A text that must be there. */
  public String text(String name) {
    String text = text(name, "");
    if (text.isEmpty()) {
      throw bad(place + " has no " + name, guide);
    }
    return text;
  }

  /** A text, or another when it is not there. */
  public String text(String name, String otherwise) {
    asked.add(name);
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw bad(place + ": " + name + " is no text: " + value, guide);
    }
    return value.asText();
  }

  /** A number, or another when it is not there. */
  public double number(String name, double otherwise) {
    asked.add(name);
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    return number(value, name);
  }

  /** A number that must be there. */
  public double number(String name) {
    if (node.path(name).isMissingNode()) {
      throw bad(place + " has no " + name, guide);
    }
    return number(name, 0);
  }

  private double number(JsonNode value, String name) {
    if (!value.isNumber()) {
      throw bad(place + ": " + name + " is no number: " + value, guide);
    }
    return value.asDouble();
  }

  /** A whole number, or another when it is not there. */
  public int whole(String name, int otherwise) {
    double v = number(name, otherwise);
    if (v != Math.rint(v) || Math.abs(v) > 1e9) {
      throw bad(place + ": " + name + " is no whole number: " + v, guide);
    }
    return (int) v;
  }

  /** Whether it is true; false when it is not there. */
  public boolean yes(String name) {
    asked.add(name);
    return node.path(name).asBoolean(false);
  }

  /** A list of numbers, or one number for all periods; empty when it is not there. */
  public List<Double> numbers(String name, int periods) {
    asked.add(name);
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
    if (value.isNumber()) {
      return Collections.nCopies(Math.max(0, Math.min(periods, 100_000)), value.asDouble());
    }
    if (!value.isArray()) {
      throw bad(place + ": " + name + " is no list of numbers", guide);
    }
    List<Double> all = new ArrayList<>();
    value.forEach(v -> all.add(number(v, name)));
    return all;
  }

  /** Refuses names that nobody asked for: they are slips of the pen. */
  public void done() {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!asked.contains(name)) {
        throw bad(place + " has \"" + name + "\", which means nothing here", guide);
      }
    }
  }
}
