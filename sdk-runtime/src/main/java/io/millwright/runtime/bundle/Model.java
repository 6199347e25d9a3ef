package io.millwright.runtime.bundle;

import io.millwright.api.Capability;
import io.millwright.api.Evaluation;
import io.millwright.api.Provenance;
import io.millwright.api.learn.Network;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.prepare.FittedPreparation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything a model needs to answer, as data.
 *
 * @param task the id of its task
 * @param taskVersion the version of its task
 * @param preparation what is done to rows
 * @param network the network, without its output layer; of a blend the first one
 * @param head how outputs become answers, and how sure they are
 * @param members the weights of each member; what the head makes of outputs is averaged
 * @param evaluation how good it is on held-out data
 * @param capabilities what it can do
 * @param provenance where it comes from
 * @param golden inputs with the answers that any runtime must give
 * @param blend which members have which network and count how much
 * @param recipe how it was trained, so that it can be trained again; empty for a model that was not
 *     trained by a recipe
 */
public record Model(
    String task,
    int taskVersion,
    FittedPreparation preparation,
    Network network,
    HeadData head,
    List<Weights> members,
    Evaluation evaluation,
    Set<Capability> capabilities,
    Provenance provenance,
    List<Golden> golden,
    Blend blend,
    Optional<RecipeData> recipe) {

  /** Copies. */
  public Model {
    members = List.copyOf(members);
    capabilities = Set.copyOf(capabilities);
    golden = List.copyOf(golden);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("a model needs weights");
    }
    if (!blend.fits(network, members.size())) {
      throw new IllegalArgumentException(blend + " is no blend of " + members.size() + " members");
    }
  }

  /** A model whose members all have the same network and count the same. */
  public Model(
      String task,
      int taskVersion,
      FittedPreparation preparation,
      Network network,
      HeadData head,
      List<Weights> members,
      Evaluation evaluation,
      Set<Capability> capabilities,
      Provenance provenance,
      List<Golden> golden) {
    this(
        task,
        taskVersion,
        preparation,
        network,
        head,
        members,
        evaluation,
        capabilities,
        provenance,
        golden,
        Blend.none(),
        Optional.empty());
  }

  /** The same with more settings in its provenance, and so on its card. */
  public Model with(Map<String, String> more) {
    SortedMap<String, String> settings = new TreeMap<>(provenance.settings());
    settings.putAll(more);
    Provenance told =
        Provenance.builder()
            .producer(provenance.producer())
            .created(provenance.created())
            .dataDigest(provenance.dataDigest())
            .key(provenance.key())
            .settings(settings)
            .environment(provenance.environment())
            .parents(provenance.parents())
            .build();
    return new Model(
        task,
        taskVersion,
        preparation,
        network,
        head,
        members,
        evaluation,
        capabilities,
        told,
        golden,
        blend,
        recipe);
  }

  /** What each member counts; together 1. */
  public double[] shares() {
    return blend.shares(members.size());
  }
}
