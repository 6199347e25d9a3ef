package io.millwright.cli.model;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Image;
import io.millwright.api.foreign.Backbone;
import io.millwright.cli.kit.BackboneOptions;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.runtime.arrays.NumpyFiles;
import io.millwright.runtime.features.BackboneFeatures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Features of images by a frozen backbone. */
@Command(
    name = "features",
    sortOptions = false,
    description = {
      "Describes images by the inner tensors of a frozen network: of each channel of each layer the"
          + " mean, the deviation and the maximum.",
      "Writes one row for each image: a table (.csv) with the file, the folder as the label, and"
          + " the features; or their matrix alone (.npy)."
    },
    footer = {
      "",
      "Examples:",
      "  millwright model features backbone.onnx images/ --out features.csv --cache kept/",
      "  millwright learn features.csv --target label"
    })
final class FeaturesCommand extends DeskCommand {

  @Parameters(index = "0", paramLabel = "FILE", description = "The network, an ONNX file.")
  Path file = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "FOLDER",
      description = "Images, or folders of images, each named after its class.")
  Path folder = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to, .csv or .npy. Default: ${DEFAULT-VALUE}.",
      defaultValue = "features.csv")
  Path out = Path.of("features.csv");

  @Mixin BackboneOptions options = new BackboneOptions();

  FeaturesCommand(Desk desk, HostOptions host) {
    super(desk, host);
  }

  @Override
  public Reply answer(Millwright millwright) {
    List<Path> images = ImageList.of(folder);
    List<float[]> rows = new ArrayList<>();
    long begin = System.nanoTime();
    Backbone used;
    double opened;
    try (BackboneFeatures features =
        BackboneFeatures.open(options.backbone(file), options.kept(), options.threads)) {
      opened = seconds(begin);
      used = features.backbone();
      for (Path image : images) {
        rows.add(features.of(Image.read(image)).pooled());
        if (rows.size() % 500 == 0) {
          say(rows.size() + " of " + images.size() + " images");
        }
      }
    }
    double all = seconds(begin);
    if (out.toString().toLowerCase(Locale.ROOT).endsWith(".npy")) {
      NumpyFiles.write(out, rows);
    } else {
      table(images, rows);
    }
    int width = rows.get(0).length;
    return new Reply(name())
        .line("Network", used.file() + ", SHA-256 " + used.digest().orElse(""))
        .line("Layers", used.layers().toString())
        .line("Images", images.size() + ", " + width + " features each")
        .line(
            "Took",
            String.format(
                Locale.ROOT,
                "%.2f s to open, %.2f s for all (%.1f ms an image)",
                opened,
                all,
                1000 * (all - opened) / images.size()))
        .line("Saved", out.toString())
        .put("layers", used.layers())
        .put("digest", used.digest().orElse(""))
        .put("images", images.size())
        .put("features", width)
        .put("secondsToOpen", opened)
        .put("seconds", all)
        .put("file", out);
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private void table(List<Path> images, List<float[]> rows) {
    try (var writer = Files.newBufferedWriter(out, StandardCharsets.UTF_8)) {
      writer.write("file,label");
      for (int i = 0; i < rows.get(0).length; i++) {
        writer.write(",f" + i);
      }
      writer.write('\n');
      for (int r = 0; r < rows.size(); r++) {
        Path image = images.get(r);
        writer.write(cell(folder.relativize(image).toString()));
        writer.write(',');
        writer.write(cell(ImageList.label(folder, image)));
        for (float v : rows.get(r)) {
          writer.write(',');
          writer.write(Float.toString(v));
        }
        writer.write('\n');
      }
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, out + " cannot be written: " + e + "\nMaybe correct --out", e);
    }
  }

  private static String cell(String text) {
    return text.matches("[^\",;\\s]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
