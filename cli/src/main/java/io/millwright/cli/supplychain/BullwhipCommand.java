package io.millwright.cli.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Series;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.Texts;
import io.millwright.cli.pages.BullwhipPage;
import io.millwright.supplychain.Bullwhip;
import io.millwright.supplychain.SharingChain;
import io.millwright.supplychain.SharingValue;
import io.millwright.supplychain.SupplyChain;
import io.millwright.supplychain.SupplyCoordination;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the bullwhip effect of a chain, and what sharing saves. */
@Command(
    name = "bullwhip",
    sortOptions = false,
    description = {
      "Measures how much more orders vary than demand, link by link, and what sharing would save.",
      "The first series is the demand of customers, the others are the orders of each link up the",
      "chain. The demand is played through links that see orders only, and that see the demand."
    },
    footer = {
      "",
      "Examples:",
      "  millwright supplychain bullwhip orders.csv --html bullwhip.html",
      "  millwright supplychain bullwhip orders.csv --chain customers,shop,depot,plant --json",
      "  millwright supplychain bullwhip sales.csv --chain sales --lead-times 2,3,2 --memory 8"
    })
final class BullwhipCommand extends DeskCommand {

  @Mixin DemandSource source = new DemandSource();

  @Option(
      names = "--chain",
      paramLabel = "ID",
      split = ",",
      description = "Which series, the customers' demand first. Default: all, as in the file.")
  @Nullable List<String> chain;

  @Option(
      names = "--lead-times",
      paramLabel = "N",
      split = ",",
      description = {
        "Periods from order to receipt of each link, the review period among them. Default: 2 for",
        "each link of the file."
      })
  @Nullable List<Integer> leadTimes;

  @Option(
      names = "--memory",
      paramLabel = "N",
      defaultValue = "8",
      description = "Over how many periods each link averages. Default: ${DEFAULT-VALUE}.")
  int memory;

  @Option(
      names = "--service",
      paramLabel = "P",
      defaultValue = "0.95",
      description = "The probability of no shortage. Default: ${DEFAULT-VALUE}.")
  double service;

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page.")
  @Nullable Path html;

  BullwhipCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    if (source.csv == null) {
      throw misused("a file of demand and orders is needed\nMaybe orders.csv");
    }
    List<Series> courses = inOrder(source.series(millwright, this::say));
    SupplyCoordination coordination = millwright.plugin(SupplyChain.class).coordination();
    List<Bullwhip> links = courses.size() < 2 ? List.of() : coordination.bullwhip(courses);
    List<Integer> times =
        leadTimes != null
            ? leadTimes
            : java.util.Collections.nCopies(Math.max(1, courses.size() - 1), 2);
    SharingChain played = new SharingChain(times, memory, service);
    SharingValue value = coordination.sharing(courses.get(0), played);
    Reply reply = new Reply(name());
    reply.line(
        "Data",
        source.what() + ", " + String.join(" <- ", courses.stream().map(Series::id).toList()));
    List<Map<String, Object>> measured = new ArrayList<>();
    for (Bullwhip link : links) {
      reply.line(
          link.to()
              + " for "
              + link.from()
              + ": "
              + Figure.of(link.ratio().value(), 3)
              + " times the variation (95 % "
              + Figure.of(link.ratio().low(), 3)
              + " to "
              + Figure.of(link.ratio().high(), 3)
              + ", "
              + Texts.count(link.periods(), "period")
              + ")"
              + words(link));
      Map<String, Object> d = new LinkedHashMap<>();
      d.put("from", link.from());
      d.put("to", link.to());
      d.put("ratio", link.ratio().value());
      d.put("low", link.ratio().low());
      d.put("high", link.ratio().high());
      d.put("periods", link.periods());
      measured.add(d);
    }
    reply.put("links", measured);
    reply.line(
        "Sharing",
        String.format(
            Locale.ROOT,
            "the customers' demand seen by all saves %.0f %% of the safety stock (lead times %s,"
                + " averages over %d)",
            100 * value.saved(),
            times,
            memory));
    List<Map<String, Object>> shared = new ArrayList<>();
    for (int k = 0; k < value.links().size(); k++) {
      SharingValue.Link link = value.links().get(k);
      reply.line(
          "  link "
              + (k + 1)
              + ": orders vary "
              + Figure.of(link.alone(), 3)
              + " times as much as demand, with sharing "
              + Figure.of(link.shared(), 3)
              + "; safety stock "
              + Figure.of(link.stockAlone())
              + ", with sharing "
              + Figure.of(link.stockShared()));
      Map<String, Object> d = new LinkedHashMap<>();
      d.put("alone", link.alone());
      d.put("shared", link.shared());
      d.put("stockAlone", link.stockAlone());
      d.put("stockShared", link.stockShared());
      shared.add(d);
    }
    reply.put("saved", value.saved()).put("sharing", shared);
    if (html != null) {
      new BullwhipPage(source.what(), courses, links, played, value).writeTo(html);
      reply.line("Report", html.toString()).put("report", html);
    }
    return reply;
  }

  private static String words(Bullwhip link) {
    return link.ratio().low() > 1
        ? ", amplified"
        : link.ratio().high() < 1 ? ", smoothed" : ", not surely other than the demand";
  }

  private List<Series> inOrder(List<Series> all) {
    if (all.isEmpty()) {
      throw new MillwrightException(ErrorCode.TOO_FEW_DATA, source.what() + " has no series");
    }
    if (chain == null) {
      return all;
    }
    if (Set.copyOf(chain).size() < chain.size()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "--chain "
              + String.join(",", chain)
              + " names a link twice\nMaybe give the customers' demand, then the orders of each"
              + " link once");
    }
    DemandSource.named(all, chain);
    return chain.stream()
        .map(id -> all.stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow())
        .toList();
  }
}
