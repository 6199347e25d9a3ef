package io.millwright.core.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Transfer;
import io.millwright.runtime.bundle.BundleReader;
import io.millwright.runtime.bundle.Bundles;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.bundle.RecipeData;
import io.millwright.runtime.network.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * The model that a transfer begins with. Layers stand in the order of their weights, so that the
 * first layers of a network are its first arrays.
 *
 * @param model the model
 * @param digest its digest, for provenance
 * @param kept how many of its layers are taken over
 * @param frozen how many of these do not change
 */
record Parent(Model model, String digest, int kept, int frozen) {

  static Parent of(Transfer transfer) {
    Model model = BundleReader.read(transfer.parent());
    if (Bundles.plan(model).hasTrees()) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          transfer
              + " begins with trees, which have no layers to learn on from\n"
              + "Maybe train anew, or begin with a model of networks: among(ModelKind.NETWORK)");
    }
    int layers = model.network().layers().size();
    int kept = transfer.kept().orElse(layers);
    int frozen = transfer.frozen().orElse(kept);
    if (kept > layers || kept == 0 || frozen > kept) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          transfer
              + " keeps "
              + kept
              + " layers and freezes "
              + frozen
              + ", but the parent has "
              + layers
              + " before its output layer\nMaybe leave the numbers out to keep and freeze all");
    }
    return new Parent(model, Bundles.info(model).digest(), kept, frozen);
  }

  /** A recipe with the kept layers in front of its own. */
  <I, L, V> Recipe<I, L, V> extend(Recipe<I, L, V> recipe) {
    List<Layer> layers = new ArrayList<>(model.network().layers().subList(0, kept));
    layers.addAll(recipe.network().layers());
    return recipe.toBuilder().network(new Network(layers)).build();
  }

  /** Puts the kept weights of one of the parent's members in the place of drawn ones. */
  void begin(Weights drawn, int member) {
    Weights from = model.members().get(member % ofFirstNetwork());
    for (int i = 0; i < arrays(kept); i++) {
      System.arraycopy(from.get(i), 0, drawn.get(i), 0, drawn.get(i).length);
    }
  }

  /** How many members have the network whose layers are kept: the first ones. */
  private int ofFirstNetwork() {
    return model.blend().voices().isEmpty()
        ? model.members().size()
        : model.blend().voices().get(0).members();
  }

  /** How many arrays of weights do not change. */
  int frozenArrays() {
    return arrays(frozen);
  }

  private int arrays(int layers) {
    return Bundles.plan(model).arrays(layers);
  }

  /** As a recipe keeps it. */
  RecipeData.TransferData data() {
    return new RecipeData.TransferData(digest, kept, frozen);
  }

  @Override
  public String toString() {
    return "first " + kept + " layers of " + digest + ", " + frozen + " of them frozen";
  }
}
