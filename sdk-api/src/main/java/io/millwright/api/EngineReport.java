package io.millwright.api;

import java.util.List;
import java.util.Objects;

/**
 * What computes, where, and why: the candidates, the choice, and what was done to the process.
 *
 * @param ruleTable the version of the written rules, see {@code docs/engines.md}
 * @param training the candidate chosen for training, or {@code none}
 * @param prediction the candidate chosen for prediction
 * @param device the chosen device, such as {@code cpu} or {@code gpu 0: NAME}
 * @param candidates every runtime that was considered
 * @param settings settings of the process that matter to the engines
 * @param reasons the rules that decided, in order
 */
public record EngineReport(
    String ruleTable,
    String training,
    String prediction,
    String device,
    List<Candidate> candidates,
    List<Setting> settings,
    List<String> reasons) {

  /**
   * One runtime.
   *
   * @param name such as {@code PyTorch} or {@code Java}
   * @param version its version, or empty text when unknown
   * @param trains whether it can train
   * @param usable whether it can be used here
   * @param detail the devices and native library it found, or why it cannot be used and what to add
   */
  public record Candidate(
      String name, String version, boolean trains, boolean usable, String detail) {
    /** Checks. */
    public Candidate {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(version, "version");
      Objects.requireNonNull(detail, "detail");
    }
  }

  /**
   * One setting of the process.
   *
   * @param name such as {@code OMP_NUM_THREADS}
   * @param value its value now
   * @param origin who set it: {@code environment}, {@code Millwright}, or {@code default}
   */
  public record Setting(String name, String value, String origin) {
    /** Checks. */
    public Setting {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(origin, "origin");
    }
  }

  /** Checks and copies. */
  public EngineReport {
    Objects.requireNonNull(ruleTable, "ruleTable");
    Objects.requireNonNull(training, "training");
    Objects.requireNonNull(prediction, "prediction");
    Objects.requireNonNull(device, "device");
    candidates = List.copyOf(candidates);
    settings = List.copyOf(settings);
    reasons = List.copyOf(reasons);
  }
}
