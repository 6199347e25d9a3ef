package io.millwright.runtime.features;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Image;
import io.millwright.api.foreign.Backbone;
import io.millwright.api.foreign.ForeignFile;
import io.millwright.api.foreign.ForeignNetwork;
import io.millwright.api.foreign.ForeignOptions;
import io.millwright.api.foreign.Tensor;
import io.millwright.runtime.foreign.ForeignFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the layers of a backbone that nobody named, by the shapes that a sample run gives: the
 * last tensor of each of the three coarsest resolutions, up to the place where the network first
 * becomes finer again (a decoder would follow there), each with some channels and places.
 */
public final class LayerChoice {

  private static final int COARSEST = 3;
  private static final int LEAST_CHANNELS = 16;
  private static final int LEAST_SIDE = 4;
  private static final int MOST_TAPS = 2000;
  private static final int TOGETHER = 100;

  private LayerChoice() {}

  /**
   * The shapes of all inner tensors for one image.
   *
   * @return by name, in the order in which they are computed; those that no sample run gives are
   *     left out
   */
  public static Map<String, List<Long>> shapes(Backbone wanted, ForeignOptions options) {
    ForeignFile file = ForeignFiles.describe(wanted.file());
    List<String> tensors = file.tensors().stream().distinct().limit(MOST_TAPS).toList();
    List<String> inner =
        tensors.stream()
            .filter(t -> file.outputs().stream().noneMatch(o -> o.name().equals(t)))
            .toList();
    try (ForeignNetwork network =
        ForeignFiles.open(
            wanted.file(),
            new ForeignOptions(options.digest(), inner, options.threads()),
            Optional.empty())) {
      Backbone sized = BackboneFeatures.fixed(wanted, BackboneFeatures.input(network));
      int side = Math.max(8, Math.min(sized.width(), sized.height()));
      byte[] grey = new byte[side * side];
      Image sample = Image.of8("sample", side, side, Image.Format.GREY8, grey);
      Map<String, Tensor> given =
          Map.of(network.inputs().get(0).name(), BackboneFeatures.tensor(sample, sized));
      Map<String, List<Long>> shapes = new LinkedHashMap<>();
      List<String> known = network.outputs().stream().map(p -> p.name()).toList();
      List<String> asked = tensors.stream().filter(known::contains).toList();
      for (int from = 0; from < asked.size(); from += TOGETHER) {
        List<String> group = asked.subList(from, Math.min(asked.size(), from + TOGETHER));
        network.run(given, group).forEach((name, values) -> shapes.put(name, values.shape()));
      }
      return shapes;
    }
  }

  /**
   * What a sample run shows.
   *
   * @param shapes the shapes of inner tensors, by name
   * @param chosen the layers that are taken when nobody names some
   */
  public record Seen(Map<String, List<Long>> shapes, List<String> chosen) {
    /** Copies the list. */
    public Seen {
      chosen = List.copyOf(chosen);
    }
  }

  /** Looks at the shapes, and chooses where something can be chosen. */
  public static Seen look(Backbone wanted, ForeignOptions options) {
    Map<String, List<Long>> shapes = shapes(wanted, options);
    return new Seen(shapes, chosen(shapes));
  }

  static Backbone choose(Backbone wanted, ForeignOptions options) {
    List<String> chosen = chosen(shapes(wanted, options));
    if (chosen.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          wanted.file()
              + " has no layer [1, channels, rows, columns] with at least "
              + LEAST_CHANNELS
              + " channels and "
              + LEAST_SIDE
              + " places a side for images of "
              + wanted.width()
              + " x "
              + wanted.height()
              + "\nMaybe name layers, or let it see larger images");
    }
    return wanted.layers(chosen);
  }

  private static List<String> chosen(Map<String, List<Long>> shapes) {
    List<String> all = chosen(shapes, LEAST_SIDE, Long.MAX_VALUE);
    return all.subList(Math.max(0, all.size() - COARSEST), all.size());
  }

  /** The last tensor of each resolution whose shorter side lies between two numbers of places. */
  static Backbone patches(Backbone wanted, ForeignOptions options, int least, int most) {
    List<String> chosen = chosen(shapes(wanted, options), least, most);
    if (chosen.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          wanted.file()
              + " has no layer of "
              + least
              + " to "
              + most
              + " places a side for images of "
              + wanted.width()
              + " x "
              + wanted.height()
              + "\nMaybe name layers, or let it see images of another size");
    }
    return wanted.layers(chosen);
  }

  private static List<String> chosen(Map<String, List<Long>> shapes, long least, long most) {
    LinkedHashMap<Long, String> last = new LinkedHashMap<>();
    long finest = Long.MAX_VALUE;
    for (Map.Entry<String, List<Long>> entry : shapes.entrySet()) {
      List<Long> shape = entry.getValue();
      if (shape.size() != 4 || shape.get(0) != 1) {
        continue;
      }
      long side = Math.min(shape.get(2), shape.get(3));
      if (side < LEAST_SIDE || shape.get(1) < LEAST_CHANNELS) {
        continue;
      }
      if (side > finest) {
        break;
      }
      finest = side;
      if (side >= least && side <= most) {
        last.put(side, entry.getKey());
      }
    }
    return new ArrayList<>(last.values());
  }
}
