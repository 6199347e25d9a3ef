package io.millwright.runtime.comply;

import io.millwright.api.ModelInfo;
import io.millwright.api.data.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is known of a model for articles 11 to 15 and annex IV of Regulation (EU) 2024/1689. It
 * helps to write the technical documentation; it is no legal advice and no declaration.
 *
 * @param task what the model answers
 * @param digest which model it is
 * @param points the points, in the order of the regulation
 */
public record TransparencyReport(String task, String digest, List<Point> points) {

  /** What stands where nothing is known. */
  public static final String NOT_KNOWN = "not known";

  /**
   * One point of the regulation.
   *
   * @param place such as {@code "Annex IV 2(g)"}
   * @param asks what it asks for, in short
   * @param answer what is known; {@value #NOT_KNOWN} otherwise
   * @param source where the answer comes from: {@code model}, {@code facts} or {@code signature}
   */
  public record Point(String place, String asks, String answer, String source) {
    /** Checks. */
    public Point {
      Objects.requireNonNull(place, "place");
      Objects.requireNonNull(asks, "asks");
      Objects.requireNonNull(answer, "answer");
      Objects.requireNonNull(source, "source");
    }

    /**
     * Whether anything is known.
     *
     * @return false for {@value #NOT_KNOWN}
     */
    public boolean known() {
      return !answer.equals(NOT_KNOWN);
    }
  }

  /** Copies. */
  public TransparencyReport {
    points = List.copyOf(points);
  }

  /**
   * Makes the report.
   *
   * @param model the model
   * @param facts what the provider knows
   * @param signature who signed the model's file, when it is signed by a trusted key
   * @param logs where predictions and changes are recorded, when they are
   * @return the report
   */
  public static TransparencyReport of(
      ModelInfo model, Facts facts, Optional<String> signature, Optional<String> logs) {
    Making m = new Making(facts);
    Map<String, String> settings = new TreeMap<>(model.provenance().settings());
    Map<String, String> environment = new TreeMap<>(model.provenance().environment());
    String figures = figures(model);
    m.fact("Annex IV 1(a)", "intended purpose", "intended-purpose");
    m.fact("Annex IV 1(a)", "provider", "provider");
    m.model(
        "Annex IV 1(a)",
        "version",
        model.task() + " v" + model.taskVersion() + ", digest " + model.digest());
    m.fact("Annex IV 1(b)", "how it interacts with other hardware and software", "interacts-with");
    m.model("Annex IV 1(c)", "versions of software", pairs(environment));
    m.fact("Annex IV 1(d)", "forms in which it is placed on the market", "placed-on-market-as");
    m.fact("Annex IV 1(e)", "hardware on which it runs", "hardware");
    m.fact("Annex IV 1(h)", "instructions for use (article 13)", "instructions-for-use");
    m.model(
        "Annex IV 2(a)",
        "methods and steps of development, and models that it was made from",
        "made by "
            + model.provenance().producer()
            + " on "
            + model.provenance().created()
            + (model.provenance().parents().isEmpty()
                ? ", from no other model"
                : ", from " + model.provenance().parents()));
    m.model("Annex IV 2(b)", "design choices and what was optimised", pairs(settings));
    m.model(
        "Annex IV 2(c)",
        "architecture and resources",
        settings.getOrDefault("network", "")
            + (environment.isEmpty() ? "" : " on " + pairs(environment)));
    m.model(
        "Annex IV 2(d)",
        "training data: provenance, scope, characteristics",
        "columns "
            + columns(model)
            + (model.provenance().dataDigest().isEmpty()
                ? ""
                : "; SHA-256 of the data " + model.provenance().dataDigest()));
    m.fact("Annex IV 2(d)", "how data were labelled", "labelling");
    m.fact("Annex IV 2(e), article 14", "human oversight", "human-oversight");
    m.fact("Annex IV 2(f)", "predetermined changes", "predetermined-changes");
    m.model("Annex IV 2(g), article 15", "validation, testing and accuracy", figures);
    m.fact("Annex IV 2(g), article 15", "robustness", "robustness");
    if (signature.isPresent()) {
      m.add(
          "Annex IV 2(h), article 15",
          "cybersecurity: the file",
          "signed by " + signature.get(),
          "signature");
    } else {
      m.add("Annex IV 2(h), article 15", "cybersecurity: the file", NOT_KNOWN, "signature");
    }
    m.fact("Annex IV 2(h), article 15", "cybersecurity: the system", "cybersecurity");
    m.model(
        "Annex IV 3, article 13",
        "capabilities and limits",
        "answers "
            + (model.classes().isEmpty()
                ? "a quantity" + (model.unit().symbol().isEmpty() ? "" : " in " + model.unit())
                : "one of " + model.classes())
            + ", can "
            + model.capabilities()
            + "; inputs outside the range of training are flagged");
    m.fact("Annex IV 3", "accuracy for specific groups", "groups");
    m.fact("Annex IV 3", "foreseeable unintended outcomes", "unintended-outcomes");
    m.fact("Annex IV 4", "why these metrics", "metrics-why");
    m.fact("Annex IV 5, article 9", "risk management", "risk-management");
    m.fact("Annex IV 6", "changes through the lifecycle", "lifecycle-changes");
    m.fact("Annex IV 7", "harmonised standards applied", "standards");
    m.fact("Annex IV 8", "EU declaration of conformity", "declaration-of-conformity");
    m.fact("Annex IV 9, article 72", "post-market monitoring", "post-market-monitoring");
    m.add("Article 12", "record-keeping: logs", logs.orElse(NOT_KNOWN), "facts");
    return new TransparencyReport(model.task(), model.digest(), m.points);
  }

  private static String columns(ModelInfo model) {
    return model.inputs().columns().stream().map(Column::name).collect(Collectors.joining(", "));
  }

  private static String figures(ModelInfo model) {
    return model.figures().entrySet().stream()
        .map(f -> String.format(Locale.ROOT, "%s %.4g", f.getKey(), f.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String pairs(Map<String, String> values) {
    return values.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Collects points. */
  private static final class Making {
    private final Facts facts;
    private final List<Point> points = new ArrayList<>();

    Making(Facts facts) {
      this.facts = facts;
    }

    void add(String place, String asks, String answer, String source) {
      points.add(new Point(place, asks, answer, source));
    }

    void fact(String place, String asks, String name) {
      add(place, asks, facts.of(name).orElse(NOT_KNOWN), "facts");
    }

    void model(String place, String asks, String answer) {
      add(place, asks, answer.isBlank() ? NOT_KNOWN : answer, "model");
    }
  }
}
