package io.millwright.keras.internal;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arrays of each layer, in the order in which Keras lists them. */
final class KerasWeights {

  private static final int MOST = 1 << 28;

  /**
   * An array.
   *
   * @param shape the size of each dimension
   * @param values row-major
   */
  record Array(List<Integer> shape, float[] values) {}

  private final HdfFile file;
  private final boolean legacy;
  private final Map<String, Integer> used = new HashMap<>();

  KerasWeights(HdfFile file, boolean legacy) {
    this.file = file;
    this.legacy = legacy;
  }

  /**
   * The arrays of the next layer.
   *
   * @param kind its class in Keras
   * @param name its name
   * @param inner the part of it that holds them in a {@code .keras} file, such as {@code cell};
   *     empty for itself
   */
  List<Array> next(String kind, String name, String inner) {
    return legacy ? old(name) : stored(kind, inner);
  }

  /** Keras 3 names layers after their class, with a number from the second on. */
  private List<Array> stored(String kind, String inner) {
    String snake =
        kind.replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
            .replaceAll("([a-z])([A-Z])", "$1_$2")
            .toLowerCase(Locale.ROOT);
    int number = used.merge(snake, 1, Integer::sum) - 1;
    String path = "layers/" + snake + (number == 0 ? "" : "_" + number);
    @Nullable Node vars = file;
    for (String part : (path + (inner.isEmpty() ? "" : "/" + inner) + "/vars").split("/", -1)) {
      vars =
          vars instanceof Group within && within.getChildren().containsKey(part)
              ? within.getChild(part)
              : null;
    }
    if (!(vars instanceof Group group)) {
      throw new IllegalArgumentException(path + " holds no weights");
    }
    List<Array> all = new ArrayList<>();
    for (int i = 0; group.getChildren().containsKey(String.valueOf(i)); i++) {
      all.add(array(group.getChild(String.valueOf(i))));
    }
    return all;
  }

  private List<Array> old(String name) {
    Node root =
        file.getChildren().containsKey("model_weights") ? file.getChild("model_weights") : file;
    Node layer = ((Group) root).getChild(name);
    if (!(layer instanceof Group group)) {
      throw new IllegalArgumentException("the layer \"" + name + "\" has no weights");
    }
    Attribute names = group.getAttribute("weight_names");
    Object listed = names == null ? null : names.getData();
    String[] paths =
        listed instanceof String[] several
            ? several
            : listed instanceof String one ? new String[] {one} : new String[0];
    List<Array> all = new ArrayList<>();
    for (String path : paths) {
      all.add(array(group.getByPath(path)));
    }
    return all;
  }

  private static Array array(Node node) {
    if (!(node instanceof Dataset data)) {
      throw new IllegalArgumentException(node.getPath() + " is no array");
    }
    if (data.getSize() < 1 || data.getSize() > MOST) {
      throw new IllegalArgumentException(node.getPath() + " has " + data.getSize() + " numbers");
    }
    List<Integer> shape = new ArrayList<>();
    for (int n : data.getDimensions()) {
      shape.add(n);
    }
    Object flat = data.getDataFlat();
    float[] values;
    if (flat instanceof float[] f) {
      values = f;
    } else if (flat instanceof double[] d) {
      values = new float[d.length];
      for (int i = 0; i < d.length; i++) {
        values[i] = (float) d[i];
      }
    } else {
      throw new IllegalArgumentException(
          node.getPath() + " holds " + data.getJavaType() + ", not float32");
    }
    for (float v : values) {
      if (Float.isNaN(v) || Float.isInfinite(v)) {
        throw new IllegalArgumentException(node.getPath() + " holds " + v);
      }
    }
    return new Array(List.copyOf(shape), values);
  }
}
