package io.millwright.quality;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The runs to make next (design of experiments).
 *
 * @param design how they were chosen
 * @param runs the settings of each run, in any order
 * @param words why so, for people
 */
public record Experiments(Design design, List<Map<String, Double>> runs, String words) {

  /** How runs are chosen. */
  public enum Design {
    /**
     * Where they tell most about a quadratic surface, about its lines first (Bayesian D-optimal,
     * DuMouchel and Jones 1994; by exchange, Fedorov 1972).
     */
    D_OPTIMAL,
    /**
     * Where the best settings may lie (Bayesian): in turns by expected improvement (Jones et al.
     * 1998) times the probability of safe parts (Gardner et al. 2014), and at the settings that are
     * best and safe if what is expected holds.
     */
    IMPROVEMENT
  }

  /** Copies. */
  public Experiments {
    Objects.requireNonNull(design, "design");
    runs = runs.stream().map(Map::copyOf).toList();
    Objects.requireNonNull(words, "words");
  }
}
