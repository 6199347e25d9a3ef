package io.millwright.cli.model;

import io.millwright.api.Millwright;
import io.millwright.api.ModelExchange;
import io.millwright.api.foreign.ForeignFile;
import io.millwright.api.foreign.ForeignNetwork;
import io.millwright.api.foreign.ForeignOptions;
import io.millwright.api.foreign.Port;
import io.millwright.api.foreign.Tensor;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.runtime.features.BackboneStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a model file of another software holds, with a sample run. */
@Command(
    name = "open",
    sortOptions = false,
    description = {
      "Says what a model of another software holds (ONNX, TorchScript, SavedModel) and runs an ONNX"
          + " file once.",
      "TorchScript files and SavedModels are programs: they are described here, and not run."
    },
    footer = {
      "",
      "Examples:",
      "  millwright model open backbone.onnx",
      "  millwright model open backbone.onnx --isolated",
      "  millwright model open backbone.onnx --digest 30a86f57... --size 320"
    })
final class OpenCommand extends DeskCommand {

  private static final int MOST_ELEMENTS = 1 << 26;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "The model, or a SavedModel's folder.")
  Path file = Path.of("");

  @Option(
      names = "--digest",
      paramLabel = "SHA256",
      description = "Open the file with this SHA-256 only.")
  @Nullable String digest;

  @Option(
      names = "--size",
      paramLabel = "N",
      description =
          "The sides of the sample where the file leaves them open. Default: 224 pixels of an"
              + " image, else 8.")
  @Nullable Integer size;

  @Option(
      names = "--keep",
      description =
          "Copy the file into the folder where bundles find their backbone"
              + " (MILLWRIGHT_BACKBONES).")
  boolean keep;

  @Option(names = "--no-run", description = "Describe the file only.")
  boolean noRun;

  @Option(
      names = "--isolated",
      description =
          "Do it in a child process, for a file that is not trusted: what crashes or never ends"
              + " there ends the child only.")
  boolean isolated;

  @Option(
      names = "--limit",
      paramLabel = "SECONDS",
      description = "How long the child may run. Default: ${DEFAULT-VALUE}.",
      defaultValue = "60")
  long limit;

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      description = "How much memory the child may take. Default: ${DEFAULT-VALUE}.",
      defaultValue = "2048")
  long memory;

  OpenCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    if (isolated) {
      return child();
    }
    ModelExchange exchange = millwright.plugin(ModelExchange.class);
    ForeignFile read = exchange.describe(file);
    Reply reply = described(read);
    if (!noRun && !read.format().program()) {
      ForeignOptions options = ForeignOptions.standard();
      try (ForeignNetwork network =
          exchange.open(file, digest == null ? options : options.verifying(digest))) {
        sample(network, reply);
      }
    }
    if (keep) {
      String kept = BackboneStore.standard().keep(file);
      reply.line("Kept", BackboneStore.standard().find(kept).toString());
    }
    return reply;
  }

  private Reply child() throws InterruptedException {
    List<String> arguments = new java.util.ArrayList<>();
    arguments.addAll(List.of("model", "open", file.toString()));
    if (digest != null) {
      arguments.addAll(List.of("--digest", digest));
    }
    if (size != null) {
      arguments.addAll(List.of("--size", String.valueOf(size)));
    }
    if (noRun) {
      arguments.add("--no-run");
    }
    IsolatedRun.Ended ended = IsolatedRun.run(arguments, Duration.ofSeconds(limit), memory);
    Reply reply = new Reply(name());
    ended.output().lines().filter(line -> !line.isBlank()).forEach(reply::line);
    reply
        .line("Child", ended.said())
        .put("file", file.toString())
        .put("exit", ended.exit())
        .put("ended", ended.said())
        .put("output", ended.output());
    return ended.exit() == 0 && ended.stopped().isEmpty() ? reply : reply.failed();
  }

  private Reply described(ForeignFile read) {
    Reply reply = new Reply(name());
    reply.line("File", read.file() + ", " + read.format() + ", " + read.bytes() + " bytes");
    reply.line("SHA-256", read.digest());
    reply.line("Made", read.description());
    read.inputs().forEach(p -> reply.line("Takes", p.toString()));
    read.outputs().forEach(p -> reply.line("Gives", p.toString()));
    if (!read.layers().isEmpty()) {
      reply.line("Layers", read.layers().size() + " nodes, " + read.weights() + " weights");
    }
    read.warnings().forEach(w -> reply.line("Warning", "it " + w));
    return reply
        .put("file", read.file().toString())
        .put("format", read.format().name())
        .put("digest", read.digest())
        .put("bytes", read.bytes())
        .put("description", read.description())
        .put("inputs", read.inputs().stream().map(OpenCommand::document).toList())
        .put("outputs", read.outputs().stream().map(OpenCommand::document).toList())
        .put("layers", read.layers().size())
        .put("weights", read.weights())
        .put("warnings", read.warnings());
  }

  private static Map<String, Object> document(Port port) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", port.name());
    document.put("type", port.type());
    document.put("shape", port.shape());
    return document;
  }

  private void sample(ForeignNetwork network, Reply reply) {
    Map<String, Tensor> given = new LinkedHashMap<>();
    for (Port port : network.inputs()) {
      given.put(port.name(), sample(port));
    }
    List<String> wanted = network.outputs().stream().map(Port::name).toList();
    network.run(given, wanted);
    long begin = System.nanoTime();
    Map<String, Tensor> answer = network.run(given, wanted);
    double millis = (System.nanoTime() - begin) / 1e6;
    reply.line("Sample", given + " gives " + answer);
    reply.line("Took", String.format(Locale.ROOT, "%.1f ms on one thread", millis));
    Map<String, Object> shapes = new LinkedHashMap<>();
    answer.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    reply.put("sample", shapes).put("sampleMillis", millis);
  }

  /** Values between 0 and 1 in a pattern; ids are ones. */
  private Tensor sample(Port port) {
    int rank = port.shape().size();
    long[] shape = new long[rank];
    long elements = 1;
    for (int i = 0; i < rank; i++) {
      long side = size != null ? size : rank == 4 ? 224 : 8;
      long free = i == 0 ? 1 : rank == 4 && i == 1 ? 3 : side;
      shape[i] = port.shape().get(i) < 0 ? free : port.shape().get(i);
      elements = Math.multiplyExact(elements, shape[i]);
      if (elements > MOST_ELEMENTS) {
        throw misused("a sample of " + port + " has more than " + MOST_ELEMENTS + " elements");
      }
    }
    if (port.type().startsWith("int")) {
      long[] ones = new long[(int) elements];
      java.util.Arrays.fill(ones, 1);
      return Tensor.of(ones, shape);
    }
    float[] values = new float[(int) elements];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 7919 % 1000) / 1000f;
    }
    return Tensor.of(values, shape);
  }
}
