package io.millwright.runtime.bundle;

import io.millwright.api.learn.Network;
import java.util.Arrays;
import java.util.List;

/**
 * Networks of several kinds that answer together: a weighted mean of their outputs, of classes of
 * their probabilities (a linear opinion pool, Stone 1961). All of them see the same preparation.
 *
 * @param voices the kinds of networks, whose members follow one another in the order of the model's
 *     members; empty when all members are of the model's one network and count the same
 */
public record Blend(List<Voice> voices) {

  private static final double ROUNDING = 1e-6;

  /**
   * The members of one network.
   *
   * @param network the network, without its output layer
   * @param members how many members have it, at least one
   * @param share what they count together, positive; the shares of all voices make 1
   */
  public record Voice(Network network, int members, double share) {}

  /** Copies. */
  public Blend {
    voices = List.copyOf(voices);
  }

  /** All members are of one network and count the same. */
  public static Blend none() {
    return new Blend(List.of());
  }

  /** The network of each member. */
  List<Network> networks(Network only, int members) {
    return voices.isEmpty()
        ? java.util.Collections.nCopies(members, only)
        : voices.stream()
            .flatMap(v -> java.util.Collections.nCopies(v.members, v.network).stream())
            .toList();
  }

  /** What each member counts. */
  double[] shares(int members) {
    double[] shares = new double[members];
    Arrays.fill(shares, 1.0 / members);
    int at = 0;
    for (Voice voice : voices) {
      Arrays.fill(shares, at, at + voice.members, voice.share / voice.members);
      at += voice.members;
    }
    return shares;
  }

  /** Whether it can be a blend of so many members, the first of which have a network. */
  boolean fits(Network first, int members) {
    if (voices.isEmpty()) {
      return true;
    }
    long count = 0;
    double sum = 0;
    for (Voice voice : voices) {
      if (voice.members < 1 || !(voice.share > 0) || voice.members > members) {
        return false;
      }
      count += voice.members;
      sum += voice.share;
    }
    return count == members && Math.abs(sum - 1) <= ROUNDING && voices.get(0).network.equals(first);
  }
}
