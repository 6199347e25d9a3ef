package io.millwright.api.learn;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Layers that lead values somewhere and have no weights of their own. */
public interface Route extends Layer {

  /**
   * Parallel chains whose results are joined, feature by feature at each place. Results must have
   * the same steps or pixels, and for adding and multiplying the same number of features. A chain
   * begins with what the layer is given, or with a named input of the network: networks of several
   * inputs begin with this layer.
   *
   * @param branches the chains, at least one
   * @param join how results become one
   */
  record Branches(List<Branch> branches, Join join) implements Route {
    /** Checks and copies. */
    public Branches {
      branches = List.copyOf(branches);
      Objects.requireNonNull(join, "join");
      if (branches.isEmpty()) {
        throw new IllegalArgumentException("there are no branches");
      }
    }

    @Override
    public boolean overSteps() {
      return branches.stream()
          .filter(b -> b.input().isEmpty())
          .anyMatch(b -> b.layers().stream().anyMatch(Layer::overSteps));
    }

    @Override
    public List<List<Layer>> chains() {
      return branches.stream().map(Branch::layers).toList();
    }

    @Override
    public Layer withChains(List<List<Layer>> chains) {
      return new Branches(
          IntStream.range(0, chains.size())
              .mapToObj(i -> new Branch(branches.get(i).input(), chains.get(i)))
              .toList(),
          join);
    }
  }

  /**
   * Names a value within the network, and passes it on as it is. An output of the same name is
   * taken here, behind layers of its own, instead of at the end; without such an output the name
   * serves to read features of a trained network.
   *
   * @param name a letter, then letters, digits, dashes and underscores; 64 characters at most
   * @param layers what stands between the value and its output; only with such an output
   */
  record Tap(String name, List<Layer> layers) implements Route {
    /** Checks and copies. */
    public Tap {
      Branch.name("tap", name);
      layers = List.copyOf(layers);
    }

    /**
     * Without layers of its own.
     *
     * @param name the name
     */
    public Tap(String name) {
      this(name, List.of());
    }

    @Override
    public List<List<Layer>> chains() {
      return List.of(layers);
    }

    @Override
    public Layer withChains(List<List<Layer>> chains) {
      return new Tap(name, chains.get(0));
    }
  }

  /**
   * Nearest-neighbour upsampling: repeats each step of a sequence, or each pixel of an image along
   * both sides. With a convolution behind it, it does what a transposed convolution does, without
   * that one's chequerboard (Odena, Dumoulin and Olah 2016).
   *
   * @param factor how often
   */
  record Upsample(int factor) implements Route {
    /** Checks. */
    public Upsample {
      Checks.atLeast("factor", factor, 1);
    }
  }

  /**
   * Repeats a vector as every step of a sequence: the beginning of a decoder.
   *
   * @param steps how many steps
   */
  record Repeat(int steps) implements Route {
    /** Checks. */
    public Repeat {
      Checks.atLeast("steps", steps, 1);
    }
  }

  /**
   * The same values in their order under another shape of the same size.
   *
   * @param height the rows of an image, 0 for a sequence
   * @param steps the steps of a sequence or the width of an image
   * @param features the features or channels
   */
  record Reshape(int height, int steps, int features) implements Route {
    /** Checks. */
    public Reshape {
      Checks.atLeast("steps", steps, 1);
      Checks.atLeast("features", features, 1);
      if (height < 0) {
        throw new IllegalArgumentException("height is " + height + ", but must not be negative");
      }
    }
  }

  /**
   * Passes some features on, at every step or pixel: what one branch sees of a whole input.
   *
   * @param features their numbers, counted from 0, each once; in the order in which they are given
   */
  record Select(List<Integer> features) implements Route {
    /** Checks and copies. */
    public Select {
      features = List.copyOf(features);
      if (features.isEmpty()
          || new HashSet<>(features).size() < features.size()
          || features.stream().anyMatch(f -> f < 0)) {
        throw new IllegalArgumentException(
            "features are " + features + ", but must be different numbers from 0 on");
      }
    }
  }
}
