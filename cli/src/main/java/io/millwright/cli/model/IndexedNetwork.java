package io.millwright.cli.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.foreign.Backbone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The network that described the images of an index, kept beside its vectors, so that no other one
 * is asked: vectors of two networks may be as long and still have nothing in common.
 */
final class IndexedNetwork {

  private static final String NAME = "network.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private IndexedNetwork() {}

  static void write(Path index, Backbone network) {
    ObjectNode node = JSON.createObjectNode();
    node.put("digest", network.digest().orElse(""));
    node.put("width", network.width());
    node.put("height", network.height());
    network.layers().forEach(node.putArray("layers")::add);
    network.mean().forEach(node.putArray("mean")::add);
    network.deviation().forEach(node.putArray("deviation")::add);
    try {
      Files.writeString(index.resolve(NAME), JSON.writeValueAsString(node));
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, index + " cannot be written: " + e + "\nMaybe the disk is full", e);
    }
  }

  /**
   * The network with the layers, size and normalisation of an index.
   *
   * @param asked the file and what was stated with it
   */
  static Backbone read(Path index, Backbone asked) {
    Backbone usual = Backbone.of(asked.file());
    Backbone kept;
    try {
      JsonNode node = JSON.readTree(Files.readAllBytes(index.resolve(NAME)));
      List<String> layers = new ArrayList<>();
      node.path("layers").forEach(one -> layers.add(one.asText()));
      kept =
          new Backbone(
              asked.file(),
              Optional.of(node.path("digest").asText()),
              layers,
              node.path("width").asInt(),
              node.path("height").asInt(),
              numbers(node.path("mean")),
              numbers(node.path("deviation")));
    } catch (IOException | IllegalArgumentException e) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          index + " holds no whole index of images: " + e.getMessage() + "\nMaybe build it again",
          e);
    }
    same("layers", asked.layers(), usual.layers(), kept.layers());
    same("size", size(asked), size(usual), size(kept));
    same("mean", asked.mean(), usual.mean(), kept.mean());
    same("deviation", asked.deviation(), usual.deviation(), kept.deviation());
    asked.digest().ifPresent(d -> same("digest", d, "", kept.digest().orElse("")));
    return kept;
  }

  private static String size(Backbone network) {
    return network.width() + "x" + network.height();
  }

  private static List<Double> numbers(JsonNode node) {
    List<Double> all = new ArrayList<>();
    node.forEach(one -> all.add(one.asDouble()));
    return all;
  }

  /** What was stated must be what the index has; what was not stated is as usual. */
  private static void same(String option, Object stated, Object usual, Object kept) {
    if (!stated.equals(usual) && !stated.equals(kept)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "--"
              + option
              + " "
              + stated
              + ", but the index was built with "
              + kept
              + "\nMaybe leave the option out, or build the index again");
    }
  }
}
