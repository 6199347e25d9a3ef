package io.millwright.cli.model;

import io.millwright.api.Millwright;
import io.millwright.api.ModelExchange;
import io.millwright.api.foreign.Backbone;
import io.millwright.api.foreign.ForeignFile;
import io.millwright.api.foreign.ForeignLayer;
import io.millwright.api.foreign.ForeignOptions;
import io.millwright.cli.kit.BackboneOptions;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.runtime.features.LayerChoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The inner tensors of a network. */
@Command(
    name = "layers",
    sortOptions = false,
    description =
        "Lists the inner tensors of an ONNX file (or the nodes of a SavedModel); with --shapes also"
            + " what an image gives there, and which of them are taken as features by default.",
    footer = {
      "",
      "Examples:",
      "  millwright model layers backbone.onnx",
      "  millwright model layers backbone.onnx --shapes --size 256x256"
    })
final class LayersCommand extends DeskCommand {
  @Parameters(index = "0", paramLabel = "FILE", description = "The model.")
  Path file = Path.of("");

  @Option(names = "--shapes", description = "Run an image through it to see the shapes.")
  boolean shapes;

  @Option(
      names = "--operator",
      paramLabel = "NAME",
      description = "List the nodes of this operator only, such as Conv.")
  String operator = "";

  @Mixin BackboneOptions options = new BackboneOptions();

  LayersCommand(Desk desk, HostOptions host) {
    super(desk, host);
  }

  @Override
  public Reply answer(Millwright millwright) {
    ForeignFile read = millwright.plugin(ModelExchange.class).describe(file);
    Map<String, List<Long>> seen = Map.of();
    List<String> chosen = named(read);
    if (shapes) {
      Backbone backbone = options.backbone(file);
      LayerChoice.Seen look = LayerChoice.look(backbone, ForeignOptions.standard());
      seen = look.shapes();
      chosen = backbone.layers().isEmpty() ? look.chosen() : backbone.layers();
    }
    Reply reply = new Reply(name()).put("file", file.toString());
    List<Object> all = new ArrayList<>();
    for (ForeignLayer layer : read.layers()) {
      if (!operator.isEmpty() && !operator.equalsIgnoreCase(layer.operator())) {
        continue;
      }
      for (String tensor : layer.outputs()) {
        List<Long> shape = seen.get(tensor);
        reply.line(
            String.format(
                "%-20s %s%s%s",
                layer.operator(),
                tensor,
                shape == null ? "" : " " + shape,
                !chosen.contains(tensor)
                    ? ""
                    : !options.layers().isEmpty() ? "   (taken)" : "   (taken by default)"));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("tensor", tensor);
        document.put("operator", layer.operator());
        document.put("node", layer.name());
        document.put("shape", shape == null ? List.of() : shape);
        document.put("chosen", chosen.contains(tensor));
        all.add(document);
      }
    }
    if (all.isEmpty()) {
      reply.line(
          read.layers().isEmpty()
              ? "a " + read.format() + " file does not say which layers it has"
              : "no node has the operator " + operator);
    }
    return reply.put("layers", all);
  }

  /** The layers that are asked for, each an inner tensor of the file. */
  private List<String> named(ForeignFile read) {
    Set<String> there = new HashSet<>();
    read.layers().forEach(layer -> there.addAll(layer.outputs()));
    for (String layer : options.layers()) {
      if (!there.contains(layer)) {
        throw misused("--layers names \"" + layer + "\", which is none of its inner tensors");
      }
    }
    return options.layers();
  }
}
