package io.millwright.cli.scheduling;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.cli.kit.Reply;
import io.millwright.scheduling.Promise;
import io.millwright.scheduling.Promises;
import io.millwright.scheduling.Risk;
import io.millwright.scheduling.RobustPlan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for uncertain times, and what they add to an answer. */
final class ChanceOptions {

  /** How many orders are printed, the least sure first. */
  private static final int SHOWN = 12;

  @Option(
      names = "--uncertain",
      paramLabel = "FILE",
      description =
          "Distributions of times (JSON), or booked times to learn them from (CSV with machine,"
              + " planned, actual): says how surely each order is on time.")
  @Nullable Path uncertain;

  @Option(
      names = "--risk",
      paramLabel = "WORD",
      description =
          "With --uncertain: plan for the mean of the objective ('mean'), or for a quantile such as"
              + " 90 in percent; the plan of means stands beside it.")
  @Nullable String risk;

  Risk parsed() {
    String word = String.valueOf(risk).strip().toLowerCase(Locale.ROOT);
    if (word.equals("mean")) {
      return Risk.mean();
    }
    if (word.matches("[0-9]{1,3}\\s*%?")) {
      int percent = Integer.parseInt(word.replaceAll("[^0-9]", ""));
      if (percent > 0) {
        return Risk.quantile(percent);
      }
    }
    throw new MillwrightException(
        ErrorCode.BAD_OPTION, "--risk is \"" + risk + "\"\nMaybe use mean, or 90%");
  }

  /** A plan that stands alone. */
  static void add(Reply reply, Promises promises) {
    reply.line(
        "Expected",
        SchedulePlan.number(promises.expected())
            + " ± "
            + SchedulePlan.number(promises.halfWidth())
            + ", 90 % of the time at most "
            + SchedulePlan.number(promises.percentiles().get(89)));
    if (promises.broken() > 0) {
      reply.line("Broken", percent(promises.broken()) + " of the simulations break a condition");
    }
    List<Promise> doubtful =
        promises.orders().stream()
            .filter(p -> p.onTime().orElse(1) < 0.9)
            .sorted((a, b) -> Double.compare(a.onTime().getAsDouble(), b.onTime().getAsDouble()))
            .toList();
    for (Promise p : doubtful.subList(0, Math.min(SHOWN, doubtful.size()))) {
      reply.line(
          "Order",
          p.job()
              + ": on time with "
              + percent(p.onTime().getAsDouble())
              + ", due "
              + p.due().getAsLong()
              + ", 90 % promise "
              + p.by(90));
    }
    if (doubtful.size() > SHOWN) {
      reply.line("", "and " + (doubtful.size() - SHOWN) + " more below 90 %");
    }
    reply.put("expected", promises.expected()).put("replications", promises.replications());
    reply.put(
        "promises",
        promises.orders().stream()
            .map(
                p -> {
                  Map<String, @Nullable Object> row = new LinkedHashMap<>();
                  row.put("job", p.job());
                  row.put("due", p.due().isPresent() ? p.due().getAsLong() : null);
                  row.put("planned", p.planned());
                  row.put("onTime", p.onTime().isPresent() ? p.onTime().getAsDouble() : null);
                  row.put("by50", p.by(50));
                  row.put("by90", p.by(90));
                  return row;
                })
            .toList());
  }

  /** A plan beside that of means. */
  void add(Reply reply, RobustPlan robust) {
    add(reply, robust.promises());
    Risk by = parsed();
    reply.line(
        "Risk",
        by.label()
            + " objective "
            + SchedulePlan.number(by.of(robust.promises()))
            + ", by the plan of means "
            + SchedulePlan.number(by.of(robust.meansPromises()))
            + "; "
            + robust.tried()
            + " plans tried");
    reply.line(
        "Buffers",
        robust.buffers().isEmpty() ? "none pays: this is the plan of means" : buffers(robust));
    reply.put("meansExpected", robust.meansPromises().expected());
    reply.put(
        "buffers",
        robust.buffers().stream()
            .map(
                b ->
                    Map.of(
                        "kind",
                        b.kind().name().toLowerCase(Locale.ROOT),
                        "name",
                        b.name(),
                        "amount",
                        b.amount()))
            .toList());
  }

  private static String buffers(RobustPlan robust) {
    StringBuilder machines = new StringBuilder();
    long orders = 0;
    for (RobustPlan.Buffer b : robust.buffers()) {
      if (b.kind() == RobustPlan.Kind.MACHINE) {
        machines.append(machines.isEmpty() ? "" : ", ");
        machines.append(String.format(Locale.ROOT, "%s × %.2f", b.name(), b.amount()));
      } else {
        orders++;
      }
    }
    String dates = orders == 0 ? "" : orders + " orders planned for earlier dates";
    return machines + (machines.isEmpty() || dates.isEmpty() ? "" : "; ") + dates;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
