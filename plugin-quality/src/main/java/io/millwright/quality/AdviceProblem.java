package io.millwright.quality;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What settings are looked for, and the runs that tell (response surface problem). Immutable. */
public final class AdviceProblem {

  private final Table runs;
  private final List<Knob> knobs;
  private final Goal goal;
  private final List<SafeRange> safe;
  private final Map<String, Double> current;
  private final Map<String, String> given;
  private final double risk;
  private final double confidence;
  private final long key;

  private AdviceProblem(Builder from) {
    runs = Objects.requireNonNull(from.runs, "runs");
    knobs = List.copyOf(from.knobs);
    goal = Objects.requireNonNull(from.goal, "goal");
    safe = List.copyOf(from.safe);
    current = Map.copyOf(from.current);
    given = Map.copyOf(from.given);
    risk = from.risk;
    confidence = from.confidence;
    key = from.key;
    List<String> faults = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Knob knob : knobs) {
      if (!names.add(knob.column())) {
        faults.add("knob '" + knob.column() + "' stands twice");
      }
    }
    if (knobs.isEmpty()) {
      faults.add("there is no knob to move");
    }
    for (String column : given.keySet()) {
      if (!names.add(column)) {
        faults.add("'" + column + "' is a knob and given");
      }
    }
    for (String column : current.keySet()) {
      if (knobs.stream().noneMatch(k -> k.column().equals(column))) {
        faults.add("the current setting of '" + column + "' is none of a knob");
      }
    }
    if (names.contains(goal.column())) {
      faults.add("the goal '" + goal.column() + "' is an input");
    }
    for (SafeRange range : safe) {
      if (names.contains(range.column())) {
        faults.add("the safe range of '" + range.column() + "' is of an input, not an outcome");
      }
    }
    if (!(risk > 0 && risk < 0.5)) {
      faults.add("risk " + risk + " is not within (0, 0.5)");
    }
    if (!(confidence >= 0.5 && confidence < 1)) {
      faults.add("confidence " + confidence + " is not within [0.5, 1)");
    }
    if (!faults.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          String.join("; ", faults)
              + "\nMaybe name knobs, given columns and outcomes each once, risk 0.05, confidence"
              + " 0.9");
    }
  }

  /**
   * Starts a builder: risk 0.05 with confidence 0.8.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the runs so far, one a row; columns that are not named are not used} */
  public Table runs() {
    return runs;
  }

  /** {@return what can be moved} */
  public List<Knob> knobs() {
    return knobs;
  }

  /** {@return what is wanted} */
  public Goal goal() {
    return goal;
  }

  /** {@return what parts must keep} */
  public List<SafeRange> safe() {
    return safe;
  }

  /**
   * {@return where knobs stand today; a knob that is not named stands at the median of the runs}
   */
  public Map<String, Double> current() {
    return current;
  }

  /** {@return inputs that are not moved, such as a material, with the value to advise for} */
  public Map<String, String> given() {
    return given;
  }

  /** {@return the share of parts that may leave a safe range} */
  public double risk() {
    return risk;
  }

  /** {@return how sure the share must be kept} */
  public double confidence() {
    return confidence;
  }

  /** {@return what randomness is drawn from} */
  public long key() {
    return key;
  }

  /** A builder, for one thread at a time. */
  public static final class Builder {
    private @Nullable Table runs;
    private List<Knob> knobs = List.of();
    private @Nullable Goal goal;
    private List<SafeRange> safe = List.of();
    private Map<String, Double> current = Map.of();
    private Map<String, String> given = Map.of();
    private double risk = 0.05;
    private double confidence = 0.8;
    private long key;

    private Builder() {}

    /**
     * Sets {@link AdviceProblem#runs}.
     *
     * @param value the runs so far; may have no rows where only experiments are asked for
     * @return this
     */
    public Builder runs(Table value) {
      runs = value;
      return this;
    }

    /**
     * Sets {@link AdviceProblem#knobs}.
     *
     * @param value what can be moved
     * @return this
     */
    public Builder knobs(List<Knob> value) {
      knobs = value;
      return this;
    }

    /**
     * Sets {@link AdviceProblem#goal}.
     *
     * @param value what is wanted
     * @return this
     */
    public Builder goal(Goal value) {
      goal = value;
      return this;
    }

    /**
     * Sets {@link AdviceProblem#safe}.
     *
     * @param value what parts must keep; none by default
     * @return this
     */
    public Builder safe(List<SafeRange> value) {
      safe = value;
      return this;
    }

    /**
     * Sets {@link AdviceProblem#current}.
     *
     * @param value where knobs stand today
     * @return this
     */
    public Builder current(Map<String, Double> value) {
      current = value;
      return this;
    }

    /**
     * Sets {@link AdviceProblem#given}.
     *
     * @param value inputs that are not moved: a number as text, or a category
     * @return this
     */
    public Builder given(Map<String, String> value) {
      given = new TreeMap<>(value);
      return this;
    }

    /**
     * Sets {@link AdviceProblem#risk} and {@link AdviceProblem#confidence} (content and confidence
     * of a tolerance interval).
     *
     * @param share the share of parts that may leave a safe range, within (0, 0.5)
     * @param sure how sure that must be, within [0.5, 1)
     * @return this
     */
    public Builder risk(double share, double sure) {
      risk = share;
      confidence = sure;
      return this;
    }

    /**
     * Sets {@link AdviceProblem#key}.
     *
     * @param value what randomness is drawn from; 0 by default
     * @return this
     */
    public Builder key(long value) {
      key = value;
      return this;
    }

    /**
     * Checks the values and makes the problem.
     *
     * @return the new problem
     * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} and all faults
     */
    public AdviceProblem build() {
      return new AdviceProblem(this);
    }
  }
}
