package io.millwright.runtime.network;

import io.millwright.runtime.support.Digest;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Frozen first layers that several networks of one host have in common: models that learnt on from
 * one parent, and the members of such a model. They are held once and computed once for each input.
 * What is shared is told by the bits of the weights, so that answers are those of the whole
 * network. Thread-safe.
 */
public final class Backbones {

  private static final int CHUNK = 1 << 14;

  private final Map<String, Backbone> open = new HashMap<>();

  /** Makes a part of a network ready to predict. */
  @FunctionalInterface
  public interface Opener {
    /** Opens it. */
    ForwardPass open(NetworkPlan plan, Weights weights);
  }

  /**
   * Opens a network whose first layers others may share.
   *
   * @param runtime where it runs, device included; only networks of one runtime share
   * @param frozen how many of its first layers came from a parent as they are
   * @param opener opens both parts, or the whole where nothing can be shared
   * @return the network; the backbone is closed with the last one that has it
   */
  public ForwardPass open(
      String runtime, NetworkPlan plan, Weights weights, int frozen, Opener opener) {
    Optional<NetworkPlan.Halves> split = plan.split(frozen);
    if (split.isEmpty()) {
      return opener.open(plan, weights);
    }
    NetworkPlan front = split.get().front();
    Weights first = weights.part(0, front.weights().size());
    Weights rest = weights.part(front.weights().size(), weights.count());
    ForwardPass head = opener.open(split.get().back(), rest);
    try {
      return new Head(lease(key(runtime, front, first), front, first, opener), head);
    } catch (RuntimeException | Error e) {
      head.close();
      throw e;
    }
  }

  private synchronized Backbone lease(
      String key, NetworkPlan front, Weights weights, Opener opener) {
    Backbone backbone = open.get(key);
    if (backbone == null) {
      backbone = new Backbone(key, opener.open(front, weights), front.input().size());
      open.put(key, backbone);
    }
    backbone.heads++;
    return backbone;
  }

  private synchronized void giveBack(Backbone backbone) {
    backbone.heads--;
    if (backbone.heads == 0) {
      open.remove(backbone.key);
      backbone.pass.close();
    }
  }

  /** How many backbones are held. */
  synchronized int count() {
    return open.size();
  }

  private static String key(String runtime, NetworkPlan front, Weights weights) {
    Digest sha = new Digest();
    String plan = runtime + front.input() + front.layers();
    sha.add(plan);
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES);
    for (int w = 0; w < weights.count(); w++) {
      int at = w;
      FloatBuffer values = weights.mapped(w).orElseGet(() -> FloatBuffer.wrap(weights.get(at)));
      for (int done = 0; done < values.limit(); ) {
        int n = Math.min(CHUNK, values.limit() - done);
        bytes.clear().limit(n * Float.BYTES);
        bytes.asFloatBuffer().put(0, values, done, n);
        sha.add(bytes);
        done += n;
      }
    }
    return sha.hex();
  }

  /** Shared layers, and what they lately said. */
  private static final class Backbone {
    private final String key;
    private final ForwardPass pass;
    private final Recent recent = new Recent();
    private final int inputs;
    private int heads;

    Backbone(String key, ForwardPass pass, int inputs) {
      this.key = key;
      this.pass = pass;
      this.inputs = inputs;
    }

    float[] run(float[] values, int count) {
      int size = count * inputs;
      float[] known = recent.find(values, size);
      if (known == null) {
        known = pass.run(values, count);
        recent.keep(values, size, known);
      }
      return known;
    }
  }

  /** The layers of one network behind a shared backbone. */
  private final class Head implements ForwardPass {
    private final Backbone backbone;
    private final ForwardPass head;
    private boolean closed;

    Head(Backbone backbone, ForwardPass head) {
      this.backbone = backbone;
      this.head = head;
    }

    @Override
    public float[] run(float[] inputs, int count) {
      return head.run(backbone.run(inputs, count), count);
    }

    @Override
    public void close() {
      synchronized (Backbones.this) {
        if (closed) {
          return;
        }
        closed = true;
      }
      head.close();
      giveBack(backbone);
    }
  }
}
