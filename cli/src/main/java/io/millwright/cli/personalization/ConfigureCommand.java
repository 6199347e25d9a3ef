package io.millwright.cli.personalization;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Solution;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.Texts;
import io.millwright.cli.pages.ConfigurationReport;
import io.millwright.personalization.ConfigurationGoal;
import io.millwright.personalization.Configurator;
import io.millwright.personalization.Configurators;
import io.millwright.personalization.Feature;
import io.millwright.personalization.Personalization;
import io.millwright.personalization.RequestReading;
import io.millwright.samples.plant.PumpModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What can be built, why not, and what is best. */
@Command(
    name = "configure",
    sortOptions = false,
    description = {
      "Reads a product model and a request, and says what can be built.",
      "What is still possible, why something is not, the nearest that can be built, and the"
          + " cheapest.",
      "Without a file it configures a simulated pump."
    },
    footer = {
      "",
      "Examples:",
      "  millwright configure --request '不锈钢泵, 扬程40米' --least price",
      "  millwright configure pump.txt --choose material=steel --why seal=none",
      "  millwright configure pump.txt --wish material=iron,head=80 --html pump.html"
    })
final class ConfigureCommand extends DeskCommand {

  private static final double SURE = 0.6;

  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL",
      description = "The model's text form, in UTF-8.")
  @Nullable Path file;

  @Option(
      names = "--request",
      paramLabel = "TEXT",
      description = "What the customer wants, in Chinese or English.")
  @Nullable String request;

  @Option(
      names = "--choose",
      paramLabel = "FEATURE=CHOICE",
      split = ",",
      description = "Choices, one after the other; an impossible one is refused, with the reason.")
  Map<String, String> choices = new LinkedHashMap<>();

  @Option(
      names = "--wish",
      paramLabel = "FEATURE=CHOICE",
      split = ",",
      description = "Wishes that may contradict the rules: the nearest valid configuration.")
  Map<String, String> wishes = new LinkedHashMap<>();

  @Option(
      names = "--why",
      paramLabel = "FEATURE=CHOICE",
      split = ",",
      description = "Why a choice is not possible.")
  Map<String, String> why = new LinkedHashMap<>();

  @Option(
      names = "--least",
      paramLabel = "MEASURE",
      split = ",",
      description = "Complete with the least of a measure, such as price; several: price,days.")
  @Nullable List<String> least;

  @Option(
      names = "--prefer",
      paramLabel = "FEATURE=CHOICE:WORTH",
      split = ",",
      description = "What choices are worth to the customer, in the unit of the measures.")
  List<String> preferred = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How long to search for the best. Default: ${DEFAULT-VALUE}.")
  double seconds;

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page.")
  @Nullable Path html;

  ConfigureCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    if (!(seconds > 0) || seconds > 86400) {
      throw misused("--seconds is " + seconds + ", but must be above 0");
    }
    Configurators configurators = millwright.plugin(Personalization.class).configuration();
    Configurator configurator = configurators.of(configurators.read(text()));
    Reply reply = new Reply(name());
    int options = configurator.model().features().stream().mapToInt(f -> f.choices().size()).sum();
    reply.line(
        "Model",
        configurator.model().name()
            + ": "
            + Texts.count(configurator.model().features().size(), "feature")
            + ", "
            + Texts.count(options, "choice")
            + ", "
            + Texts.count(configurator.model().rules().size(), "rule"));
    reply.put("model", configurator.model().name());
    configurator.remarks().forEach(r -> reply.line("Remark", r));
    reply.put("remarks", configurator.remarks());
    Map<String, String> wish = new LinkedHashMap<>(wishes);
    RequestReading reading = null;
    if (request != null) {
      reading = configurator.read(request);
      say(reply, reading);
      reading.wish(SURE).forEach(wish::putIfAbsent);
    }
    Configurator.Configuration now = configurator.start();
    for (Map.Entry<String, String> c : choices.entrySet()) {
      now = configurator.choose(now, c.getKey(), c.getValue());
    }
    reply.put("chosen", now.chosen());
    reply.put("possible", now.possible());
    for (Map.Entry<String, String> c : why.entrySet()) {
      Configurator.Conflict conflict = configurator.whyNot(now, c.getKey(), c.getValue());
      String asked = c.getKey() + " = " + c.getValue();
      reply.line("Why", asked + (conflict.isEmpty() ? " is possible" : ": " + conflict));
      reply.put("why " + asked, Map.of("choices", conflict.choices(), "rules", conflict.rules()));
    }
    Optional<Configurator.Completion> found = complete(configurator, now, wish, reply);
    if (found.isEmpty() && why.isEmpty()) {
      for (Feature f : configurator.model().features()) {
        Set<String> left = now.possible().getOrDefault(f.name(), Set.of());
        reply.line(String.format("  %-16s %s", f.name(), shortly(List.copyOf(left))));
      }
    }
    if (html != null) {
      new ConfigurationReport(configurator.model(), now, Optional.ofNullable(reading), found)
          .writeTo(html);
      reply.line("Report", html.toString()).put("report", html);
    }
    return reply;
  }

  private Optional<Configurator.Completion> complete(
      Configurator configurator,
      Configurator.Configuration now,
      Map<String, String> wish,
      Reply reply)
      throws InterruptedException {
    Budget budget = Budget.of(Duration.ofNanos((long) (seconds * 1e9)));
    Configurator.Configuration from = now;
    Optional<Configurator.Completion> found = Optional.empty();
    if (!wish.isEmpty()) {
      Map<String, String> all = new LinkedHashMap<>(wish);
      all.putAll(now.chosen());
      Solution<Configurator.Completion> nearest = await(configurator.nearest(all, budget));
      Configurator.Completion near = nearest.orElseThrow();
      found = Optional.of(near);
      for (String changed : near.changed()) {
        reply.line(
            "Changed",
            changed
                + " = "
                + near.choices().get(changed)
                + ", not "
                + all.get(changed)
                + ": "
                + reason(configurator, all, near, changed));
      }
      reply.put("changed", near.changed());
      for (String feature : all.keySet()) {
        from = configurator.choose(from, feature, near.choices().getOrDefault(feature, ""));
      }
    }
    if (least != null || !preferred.isEmpty()) {
      Solution<Configurator.Completion> best = await(configurator.best(from, goal(), budget));
      found = best.value();
      reply.line(
          "Best",
          best.end() == Solution.End.OPTIMAL
              ? "proven, cost " + Figure.of(best.objective().value())
              : String.valueOf(best.end()).toLowerCase(Locale.ROOT).replace('_', ' '));
      reply.put("end", best.end());
    }
    found.ifPresent(
        c -> {
          c.choices().forEach((f, v) -> reply.line(String.format("  %-16s %s", f, v)));
          c.measures().forEach((m, v) -> reply.line(String.format("  %-16s %s", m, Figure.of(v))));
          reply.put("configuration", c.choices());
          reply.put("measures", c.measures());
        });
    return found;
  }

  /** The conflict of a wish that was not kept with the wishes that were. */
  private static String reason(
      Configurator configurator,
      Map<String, String> wish,
      Configurator.Completion near,
      String changed) {
    Configurator.Configuration kept = configurator.start();
    for (Map.Entry<String, String> w : wish.entrySet()) {
      if (!near.changed().contains(w.getKey())) {
        kept = configurator.choose(kept, w.getKey(), w.getValue());
      }
    }
    Configurator.Conflict conflict =
        configurator.whyNot(kept, changed, wish.getOrDefault(changed, ""));
    return conflict.isEmpty() ? "it goes with the other changes" : conflict.toString();
  }

  private ConfigurationGoal goal() {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (String m : least == null ? List.<String>of() : least) {
      weights.put(m, 1.0);
    }
    Map<String, Double> worth = new LinkedHashMap<>();
    for (String p : preferred) {
      int cut = p.lastIndexOf(':');
      try {
        worth.put(p.substring(0, Math.max(0, cut)), Double.parseDouble(p.substring(cut + 1)));
      } catch (NumberFormatException e) {
        throw misused("--prefer is \"" + p + "\"\nMaybe write material=steel:50");
      }
    }
    return new ConfigurationGoal(weights, worth);
  }

  private String text() {
    if (file == null) {
      return PumpModel.text();
    }
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "cannot read " + file + "\nMaybe the path is wrong, or the file is not UTF-8",
          e);
    }
  }

  private static void say(Reply reply, RequestReading reading) {
    List<Map<String, Object>> documents = new ArrayList<>();
    for (RequestReading.Understood u : reading.understood()) {
      reply.line(
          "Read",
          String.format(
              Locale.ROOT,
              "%s = %s from \"%s\", confidence %.2f",
              u.feature(),
              u.choice(),
              u.words(),
              u.confidence()));
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("feature", u.feature());
      one.put("choice", u.choice());
      one.put("confidence", u.confidence());
      one.put("words", u.words());
      documents.add(one);
    }
    reading.questions().forEach(q -> reply.line("Ask", q));
    if (!reading.unread().isEmpty()) {
      reply.line("Unread", String.join(" ", reading.unread()));
    }
    reply.put("understood", documents);
    reply.put("questions", reading.questions());
    reply.put("unread", reading.unread());
  }

  private static String shortly(List<String> names) {
    return names.size() <= 8
        ? String.join(" | ", names)
        : String.join(" | ", names.subList(0, 3)) + " … " + names.get(names.size() - 1);
  }
}
