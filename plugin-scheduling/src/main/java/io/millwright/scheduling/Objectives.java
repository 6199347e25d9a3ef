package io.millwright.scheduling;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The objectives that shops ask for most. */
public final class Objectives {
  private Objectives() {}

  private static final Pattern TERM =
      Pattern.compile(
          "(?:([0-9]+(?:\\.[0-9]+)?(?:[eE]-?[0-9]+)?)\\s*[*x ]\\s*)?([A-Za-z][-_ A-Za-z]*)");

  /**
   * The end of the last operation.
   *
   * @return the objective
   */
  public static Objective makespan() {
    return Objective.of(Measure.MAKESPAN);
  }

  /**
   * The sum over the jobs of weight times lateness; a job that is early earns nothing.
   *
   * @return the objective
   */
  public static Objective weightedTardiness() {
    return Objective.of(Measure.WEIGHTED_TARDINESS);
  }

  /**
   * The sum over the jobs of weight times the time from release to end.
   *
   * @return the objective
   */
  public static Objective weightedFlowTime() {
    return Objective.of(Measure.WEIGHTED_FLOW_TIME);
  }

  /**
   * The working time that goes into set-ups.
   *
   * @return the objective
   */
  public static Objective setupTime() {
    return Objective.of(Measure.SETUP_TIME);
  }

  /**
   * What the electricity of all machines costs.
   *
   * @return the objective
   */
  public static Objective energyCost() {
    return Objective.of(Measure.ENERGY_COST);
  }

  /**
   * What the jobs cost that are left out; jobs are left out only for an objective that has it.
   *
   * @return the objective
   */
  public static Objective rejectionCost() {
    return Objective.of(Measure.REJECTION_COST);
  }

  /**
   * Objectives from words: measures joined by {@code +}, each with its weight before it, objectives
   * in order of priority separated by commas. Understood are the measures' labels with blanks,
   * dashes or underscores, and shorter {@code tardiness}, {@code flow time}, {@code setup}, {@code
   * energy}, {@code rejection}; so {@code tardiness + 0.5 setup, makespan} and {@link
   * Objective#name} are.
   *
   * @param text the words
   * @return the objectives
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} when a word is not known
   */
  public static List<Objective> parse(String text) {
    List<Objective> objectives = new ArrayList<>();
    for (String one : text.split(",", -1)) {
      List<Objective.Term> terms = new ArrayList<>();
      for (String part : one.split("\\+", -1)) {
        terms.add(term(part.strip(), text));
      }
      objectives.add(new Objective(terms));
    }
    return objectives;
  }

  private static Objective.Term term(String part, String text) {
    Matcher words = TERM.matcher(part);
    if (words.matches()) {
      String name =
          words
              .group(2)
              .toLowerCase(Locale.ROOT)
              .replaceAll("[-_ ]+", " ")
              .replace("set up", "setup");
      for (Measure m : Measure.values()) {
        String label = m.label();
        String brief = label.replace("weighted ", "").replace(" cost", "");
        if (name.equals(label) || name.equals(brief) || name.equals(brief.replace(" time", ""))) {
          double weight = words.group(1) == null ? 1 : Double.parseDouble(words.group(1));
          if (weight > 0 && !Double.isInfinite(weight)) {
            return new Objective.Term(m, weight);
          }
        }
      }
    }
    throw new MillwrightException(
        ErrorCode.BAD_OPTION,
        "the objective \""
            + text
            + "\" has no measure \""
            + part
            + "\"\nMaybe use "
            + Arrays.stream(Measure.values()).map(Measure::label).collect(Collectors.joining(", "))
            + ", with positive weights before them");
  }
}
