package io.millwright.cli.quality;

import io.millwright.api.Millwright;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.pages.StudyPages;
import io.millwright.quality.AcceptancePlan;
import io.millwright.quality.Quality;
import io.millwright.quality.SamplingPlans;
import io.millwright.quality.SamplingPlans.Level;
import io.millwright.quality.SamplingPlans.OcPoint;
import io.millwright.quality.SamplingPlans.Risks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plans acceptance sampling. */
@Command(
    name = "sampling",
    sortOptions = false,
    description = "Sampling plans after ISO 2859-1 and 3951-1 or by risks, and their OC curves.",
    footer = {
      "",
      "Examples:",
      "  millwright quality sampling --lot 2000 --aql 0.65 --html plan.html",
      "  millwright quality sampling --good 0.01 --bad 0.06 --variables"
    })
final class QualitySampling extends DeskCommand {

  @Option(names = "--lot", paramLabel = "N", description = "The size of the lot.")
  @Nullable Long lot;

  @Option(names = "--aql", paramLabel = "PERCENT", description = "The acceptance quality limit.")
  @Nullable Double aql;

  @Option(
      names = "--level",
      paramLabel = "S1..S4|I|II|III",
      description = "The inspection level.",
      defaultValue = "II")
  Level level = Level.II;

  @Option(names = "--tightened", description = "Tightened instead of normal inspection.")
  boolean tightened;

  @Option(names = "--variables", description = "By variables instead of attributes.")
  boolean variables;

  @Option(names = "--sigma-known", description = "By variables with a known deviation.")
  boolean sigmaKnown;

  @Option(names = "--good", paramLabel = "SHARE", description = "A share the producer may make.")
  @Nullable Double good;

  @Option(names = "--bad", paramLabel = "SHARE", description = "A share the consumer refuses.")
  @Nullable Double bad;

  @Option(
      names = "--producer",
      paramLabel = "P",
      description = "The producer's risk.",
      defaultValue = "0.05")
  double producer;

  @Option(
      names = "--consumer",
      paramLabel = "P",
      description = "The consumer's risk.",
      defaultValue = "0.10")
  double consumer;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page with the OC curve.")
  @Nullable Path html;

  QualitySampling(Desk desk, HostOptions options) {
    super(desk, options);
  }

  private static OcPoint accepted(SamplingPlans sampling, AcceptancePlan plan, double share) {
    return sampling.curve(plan, 0, List.of(share)).get(0);
  }

  private static String words(OcPoint at) {
    return String.format(
        Locale.ROOT,
        "%.1f %% of lots with %s %% defective",
        100 * at.accepted(),
        Figure.of(100 * at.share(), 3));
  }

  @Override
  public Reply answer(Millwright millwright) {
    SamplingPlans sampling = millwright.plugin(Quality.class).sampling();
    AcceptancePlan plan = plan(sampling);
    double most =
        aql != null ? Math.min(1, 12 * aql / 100) : bad != null ? Math.min(1, 2 * bad) : 1;
    while (most < 1 && accepted(sampling, plan, most).accepted() > 0.05) {
      most = Math.min(1, 2 * most);
    }
    List<Double> shares = new ArrayList<>();
    for (int i = 0; i <= 60; i++) {
      shares.add(most * i / 60);
    }
    List<OcPoint> curve = sampling.curve(plan, 0, shares);
    Reply reply = new Reply(name());
    String words =
        plan instanceof AcceptancePlan.Attributes a
            ? "inspect " + a.sample() + ", accept up to " + a.accept() + " defective"
            : words((AcceptancePlan.Variables) plan);
    reply.line("Plan", words).put("sample", plan.sample());
    if (plan instanceof AcceptancePlan.Attributes a) {
      reply.put("accept", a.accept());
    } else {
      reply.put("k", ((AcceptancePlan.Variables) plan).k());
    }
    if (aql != null && aql > 10) {
      reply.line(
          "Beware",
          "an AQL above 10 counts defects per 100 parts, of which a part may have several; the"
              + " curve is of defective parts");
    }
    if (aql != null && aql < 100) {
      reply.line("Accepted", words(accepted(sampling, plan, aql / 100)));
    } else if (good != null) {
      reply.line("Accepted", words(accepted(sampling, plan, good)));
    }
    for (double due : new double[] {0.5, 0.1}) {
      curve.stream()
          .filter(p -> p.accepted() <= due)
          .findFirst()
          .filter(p -> bad == null || due != 0.1)
          .ifPresent(p -> reply.line("Accepted", words(p)));
    }
    if (bad != null) {
      reply.line("Accepted", words(accepted(sampling, plan, bad)));
    }
    reply.put(
        "curve",
        curve.stream()
            .map(
                p -> Map.of("share", p.share(), "accepted", p.accepted(), "outgoing", p.outgoing()))
            .toList());
    if (html != null) {
      StudyPages.curve(words, curve).writeTo(html);
      reply.line("Page", html.toString()).put("page", html);
    }
    return reply;
  }

  private static String words(AcceptancePlan.Variables v) {
    return String.format(
        Locale.ROOT,
        "measure %d, accept when the mean is %.4f %s deviations within the limit",
        v.sample(),
        v.k(),
        v.sigmaKnown() ? "known" : "sample");
  }

  private AcceptancePlan plan(SamplingPlans sampling) {
    boolean byRisks = good != null || bad != null;
    if (byRisks && (lot != null || aql != null || tightened || given("--level"))) {
      throw misused(
          "--good and --bad make a plan by two risks, for which --lot, --aql, --level and"
              + " --tightened mean nothing: give one or the other");
    }
    if (!byRisks && (given("--producer") || given("--consumer"))) {
      throw misused("--producer and --consumer are risks of --good and --bad");
    }
    if (lot != null && aql != null) {
      return variables || sigmaKnown
          ? sampling.iso3951(lot, level, aql, tightened, sigmaKnown)
          : sampling.iso2859(lot, level, aql, tightened);
    }
    if (good == null || bad == null) {
      throw misused("give --lot and --aql, or --good and --bad");
    }
    Risks risks;
    try {
      risks = new Risks(good, producer, bad, consumer);
    } catch (IllegalArgumentException e) {
      throw misused(String.valueOf(e.getMessage()));
    }
    return variables || sigmaKnown
        ? sampling.variables(risks, sigmaKnown)
        : sampling.attributes(risks);
  }
}
