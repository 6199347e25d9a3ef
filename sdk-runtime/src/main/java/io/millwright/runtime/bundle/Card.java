package io.millwright.runtime.bundle;

import io.millwright.api.Evaluation;
import io.millwright.api.Provenance;
import io.millwright.api.data.Column;
import io.millwright.api.learn.Network;
import io.millwright.runtime.network.NetworkPlan;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Map;

/**
 * The model card: what a person should know before using a model, drawn from the model's own data
 * (after Mitchell et al. 2019, "Model cards for model reporting"). Never read back.
 */
final class Card {

  private final StringBuilder text = new StringBuilder();

  private Card() {}

  /** The card of a model, as Markdown. */
  static String of(Model model) {
    Card card = new Card();
    card.what(model);
    card.inputs(model);
    card.figures(model.evaluation());
    card.uncertainty(model.head());
    card.origin(model.provenance());
    card.use(model);
    return card.text.toString();
  }

  /** The card of a composed model, as Markdown. */
  static String of(Composed model) {
    Card card = new Card();
    card.line("# " + model.task() + ", version " + model.taskVersion());
    card.line("");
    card.line(
        "Composed by its plug-in: "
            + model.parts().size()
            + " networks, and parameters of its own. Answers in "
            + (model.unit().symbol().isEmpty() ? "the unit of its inputs" : model.unit())
            + ".");
    card.line("");
    card.figures(model.evaluation());
    card.origin(model.provenance());
    return card.text.toString();
  }

  private void what(Model model) {
    line("# " + model.task() + ", version " + model.taskVersion());
    line("");
    line(escape(model.head().description()));
    if (model.blend().voices().isEmpty()) {
      network(model.network(), model.members().size(), Bundles.plan(model), "");
    }
    int at = 0;
    for (Blend.Voice voice : model.blend().voices()) {
      String share = ", counting " + number(voice.share());
      network(voice.network(), voice.members(), Bundles.plans(model).get(at), share);
      at += voice.members();
    }
    line("");
  }

  private void network(Network network, int members, NetworkPlan plan, String share) {
    String kind =
        network.layers().isEmpty()
            ? "Linear model: "
            : "Network: " + network.layers().size() + " layers, ";
    line(
        kind
            + members
            + (members == 1 ? " member, " : " members, ")
            + plan.size()
            + " weights each"
            + share
            + ".");
  }

  private void inputs(Model model) {
    line("## Data");
    line("");
    line("| column | type | unit |");
    line("|---|---|---|");
    for (Column c : model.preparation().inputs().columns()) {
      String type = c.type().name().toLowerCase(Locale.ROOT);
      line("| " + escape(c.name()) + " | " + type + " | " + escape(c.unit().symbol()) + " |");
    }
    line("");
  }

  private void figures(Evaluation evaluation) {
    line("## Figures");
    line("");
    line(
        "Judged on "
            + evaluation.samples()
            + " answers that it did not learn from: "
            + escape(evaluation.protocol())
            + ".");
    line("");
    line("| figure | this model |" + headings(evaluation));
    line("|---|---|" + "---|".repeat(evaluation.baselines().size()));
    for (Map.Entry<String, Double> figure : evaluation.figures().entrySet()) {
      StringBuilder row = new StringBuilder();
      row.append("| ")
          .append(escape(figure.getKey()))
          .append(" | ")
          .append(number(figure.getValue()));
      row.append(" |");
      for (Map<String, Double> baseline : evaluation.baselines().values()) {
        Double value = baseline.get(figure.getKey());
        row.append(value == null ? " - |" : " " + number(value) + " |");
      }
      line(row.toString());
    }
    line("");
  }

  private static String headings(Evaluation evaluation) {
    StringBuilder headings = new StringBuilder();
    evaluation
        .baselines()
        .keySet()
        .forEach(b -> headings.append(' ').append(escape(b)).append(" |"));
    return headings.toString();
  }

  private void uncertainty(HeadData head) {
    line("## Uncertainty");
    line("");
    line(escape(head.uncertainty()));
    line("");
  }

  private void origin(Provenance provenance) {
    line("## Origin");
    line("");
    line("- producer: " + escape(provenance.producer()));
    line("- created: " + provenance.created());
    line("- SHA-256 of the data: " + escape(provenance.dataDigest()));
    line("- key: " + provenance.key());
    provenance.settings().forEach((k, v) -> line("- " + escape(k) + ": " + escape(v)));
    provenance.environment().forEach((k, v) -> line("- " + escape(k) + ": " + escape(v)));
    line("");
  }

  private void use(Model model) {
    line("## Intended use");
    line("");
    line(
        "For the task "
            + model.task()
            + " on things like those it was trained on, with the columns above in the units above."
            + " The figures hold for data like the held-out data and say nothing of other machines,"
            + " materials or conditions; answers to inputs outside of what was seen carry a flag.");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  /** Six digits: a card is for people, and this form is the same in every version of Java. */
  private static String number(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }

  /** Names come from data: they must not become markup or break a table. */
  private static String escape(String text) {
    return text.replaceAll("[\\r\\n\\t]+", " ").replaceAll("([\\\\`*_<>|\\[\\]#])", "\\\\$1");
  }
}
