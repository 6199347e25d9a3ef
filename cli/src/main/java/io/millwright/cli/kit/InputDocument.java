package io.millwright.cli.production;

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
final class Document {

  private final JsonNode node;
  private final String place;
  private final Set<String> asked = new HashSet<>();

  private Document(JsonNode node, String place) {
    this.node = node;
    this.place = place;
    if (!node.isObject()) {
      throw bad(place + " is no object");
    }
  }

  /** The text of a file. */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, "cannot read " + file + ": " + e + "\nMaybe the name is wrong", e);
    }
  }

  static Document of(Path file) {
    try {
      ObjectMapper mapper = new ObjectMapper();
      mapper
          .getFactory()
          .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(32).build());
      return new Document(mapper.readTree(text(file)), file.toString());
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw bad(file + ", line " + line + ": " + e.getOriginalMessage());
    }
  }

  private static MillwrightException bad(String what) {
    return new MillwrightException(
        ErrorCode.BAD_FILE, what + "\nMaybe compare it with the example in docs/production.md");
  }

  List<Document> list(String name) {
    asked.add(name);
    JsonNode list = node.path(name);
    List<Document> all = new ArrayList<>();
    if (list.isMissingNode() || list.isNull()) {
      return all;
    }
    if (!list.isArray()) {
      throw bad(place + ": " + name + " is no list");
    }
    for (int i = 0; i < list.size(); i++) {
      all.add(new Document(list.get(i), place + ", " + name + "[" + i + "]"));
    }
    return all;
  }

  String text(String name) {
    String text = text(name, "");
    if (text.isEmpty()) {
      throw bad(place + " has no " + name);
    }
    return text;
  }

  String text(String name, String otherwise) {
    asked.add(name);
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw bad(place + ": " + name + " is no text: " + value);
    }
    return value.asText();
  }

  double number(String name, double otherwise) {
    asked.add(name);
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    return number(value, name);
  }

  double number(String name) {
    if (node.path(name).isMissingNode()) {
      throw bad(place + " has no " + name);
    }
    return number(name, 0);
  }

  private double number(JsonNode value, String name) {
    if (!value.isNumber()) {
      throw bad(place + ": " + name + " is no number: " + value);
    }
    return value.asDouble();
  }

  int whole(String name, int otherwise) {
    double v = number(name, otherwise);
    if (v != Math.rint(v) || Math.abs(v) > 1e9) {
      throw bad(place + ": " + name + " is no whole number: " + v);
    }
    return (int) v;
  }

  boolean yes(String name) {
    asked.add(name);
    return node.path(name).asBoolean(false);
  }

  /** A list of numbers, or one number for all periods; empty when it is not there. */
  List<Double> numbers(String name, int periods) {
    asked.add(name);
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
    if (value.isNumber()) {
      return Collections.nCopies(Math.max(0, Math.min(periods, 100_000)), value.asDouble());
    }
    if (!value.isArray()) {
      throw bad(place + ": " + name + " is no list of numbers");
    }
    List<Double> all = new ArrayList<>();
    value.forEach(v -> all.add(number(v, name)));
    return all;
  }

  /** Refuses names that nobody asked for: they are slips of the pen. */
  void done() {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!asked.contains(name)) {
        throw bad(place + " has \"" + name + "\", which means nothing here");
      }
    }
  }
}
