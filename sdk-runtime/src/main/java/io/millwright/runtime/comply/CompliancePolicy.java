package io.millwright.runtime.comply;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.runtime.support.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model must be to be promoted (policy as code): lines of text, one rule each. {@code figure
 * NAME >= X} (or {@code <=}), {@code can CAPABILITY}, {@code fact NAME}, {@code signed}, {@code
 * logged}, {@code age <= N days}, {@code data known}. Lines that begin with {@code #} are comments.
 * Immutable and thread-safe.
 */
public final class CompliancePolicy {

  private static final Pattern FIGURE =
      Pattern.compile("figure (.+?) (>=|<=) (-?[0-9.]+(?:[eE]-?[0-9]+)?)");
  private static final Pattern AGE = Pattern.compile("age <= ([0-9]{1,6}) days");
  private static final Pattern CAN = Pattern.compile("can ([A-Z_]+)");
  private static final Pattern FACT = Pattern.compile("fact ([a-z-]+)");

  private final List<String> rules;

  private CompliancePolicy(List<String> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * What one rule gave.
   *
   * @param rule the rule
   * @param passed whether the model passes
   * @param found what was found
   */
  public record Check(String rule, boolean passed, String found) {
    /** Checks. */
    public Check {
      Objects.requireNonNull(rule, "rule");
      Objects.requireNonNull(found, "found");
    }
  }

  /**
   * A policy of some rules.
   *
   * @param lines the rules
   * @return the policy
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} naming the line that is no rule
   */
  public static CompliancePolicy of(List<String> lines) {
    List<String> rules = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = Facts.unmarked(lines.get(i)).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      boolean known =
          FIGURE.matcher(line).matches()
              || AGE.matcher(line).matches()
              || CAN.matcher(line).matches()
              || FACT.matcher(line).matches()
              || List.of("signed", "logged", "data known").contains(line);
      if (!known) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "line "
                + (i + 1)
                + " of the policy is no rule: \""
                + line
                + "\"\nMaybe: figure f1 >= 0.7, can EXPLAIN, fact intended-purpose, signed, logged,"
                + " age <= 365 days, data known");
      }
      rules.add(line);
    }
    if (rules.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "the policy has no rule\nMaybe write one, such as: signed");
    }
    return new CompliancePolicy(rules);
  }

  /**
   * Reads a policy.
   *
   * @param file the file, in UTF-8
   * @return the policy
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} or {@link ErrorCode#BAD_OPTION}
   */
  public static CompliancePolicy read(Path file) {
    try {
      return of(Files.readAllLines(file));
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "cannot read the policy " + file + ": " + IoReason.of(e) + "\nMaybe the path",
          e);
    }
  }

  /**
   * Checks a model.
   *
   * @param model the model
   * @param facts what the provider knows
   * @param signature who signed it, when it is signed by a trusted key
   * @param logs whether its predictions and changes are recorded
   * @param now today
   * @return one result for each rule
   */
  public List<Check> check(
      ModelInfo model, Facts facts, Optional<String> signature, LogEvidence logs, Instant now) {
    List<Check> checks = new ArrayList<>();
    for (String rule : rules) {
      checks.add(check(rule, model, facts, signature, logs, now));
    }
    return checks;
  }

  private static Check check(
      String rule,
      ModelInfo model,
      Facts facts,
      Optional<String> signature,
      LogEvidence logs,
      Instant now) {
    Matcher m = FIGURE.matcher(rule);
    if (m.matches()) {
      Double value = model.figures().get(m.group(1));
      double limit = Double.parseDouble(m.group(3));
      boolean passed = value != null && (m.group(2).equals(">=") ? value >= limit : value <= limit);
      String said =
          value == null
              ? "there is no such figure, but " + model.figures().keySet()
              : String.format(Locale.ROOT, "%.5g", value);
      return new Check(rule, passed, said);
    }
    m = AGE.matcher(rule);
    if (m.matches()) {
      long days = Duration.between(model.provenance().created(), now).toDays();
      return new Check(rule, days <= Long.parseLong(m.group(1)), days + " days");
    }
    m = CAN.matcher(rule);
    if (m.matches()) {
      String wanted = m.group(1);
      boolean can = model.capabilities().stream().anyMatch(c -> c.name().equals(wanted));
      return new Check(rule, can, "can " + model.capabilities());
    }
    m = FACT.matcher(rule);
    if (m.matches()) {
      Optional<String> fact = facts.of(m.group(1));
      return new Check(rule, fact.isPresent(), fact.orElse(TransparencyReport.NOT_KNOWN));
    }
    return switch (rule) {
      case "signed" ->
          new Check(rule, signature.isPresent(), signature.orElse("no trusted signature"));
      case "logged" -> new Check(rule, logs.kept(), logs.found());
      default -> {
        String digest = model.provenance().dataDigest();
        yield new Check(rule, !digest.isEmpty(), digest.isEmpty() ? "not known" : digest);
      }
    };
  }
}
