package io.millwright.cli.supplychain;

import io.millwright.supplychain.StockTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** On which terms articles can be ordered and kept. */
final class TermsOptions {

  @Spec(Spec.Target.MIXEE)
  CommandSpec of = CommandSpec.create();

  @Option(
      names = "--review",
      paramLabel = "N",
      defaultValue = "1",
      description = "Orders are placed every N periods. Default: ${DEFAULT-VALUE}.")
  int review;

  @Option(
      names = "--least-order",
      paramLabel = "QUANTITY",
      defaultValue = "0",
      description = "The least that an order can be of. Default: any.")
  double least;

  @Option(
      names = "--container",
      paramLabel = "QUANTITY",
      defaultValue = "0",
      description = "Orders are whole multiples of it. Default: any quantity.")
  double container;

  @Option(
      names = "--shelf-life",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "For how many periods goods can be used, that of their arrival included; the oldest go",
        "first. Default: they keep."
      })
  int shelfLife;

  @Option(
      names = "--waste",
      paramLabel = "COST",
      defaultValue = "0",
      description = "The cost of a unit that perished. Default: ${DEFAULT-VALUE}.")
  double waste;

  @Option(
      names = "--lead-times",
      paramLabel = "N=SHARE",
      split = ",",
      description = {
        "Lead times by chance, such as 1=0.7,3=0.3 for seven of ten orders within a period and the",
        "others within three; in place of --lead-time."
      })
  @Nullable Map<String, String> leadTimes;

  @Option(
      names = "--cycle-service",
      paramLabel = "SHARE",
      description = {
        "The share of times between two orders that must pass without a shortage; decides",
        "instead of --shortage."
      })
  @Nullable Double cycle;

  @Option(
      names = "--ready-rate",
      paramLabel = "SHARE",
      description = {
        "The share of periods at whose end stock must be left; decides instead of --shortage."
      })
  @Nullable Double ready;

  StockTerms terms() {
    if (cycle != null && ready != null) {
      throw misused("--cycle-service and --ready-rate\nMaybe ask for one of them");
    }
    StockTerms terms = StockTerms.none().every(review).lots(least, container);
    terms = shelfLife > 0 ? terms.perishing(shelfLife, waste) : terms;
    terms = leadTimes == null ? terms : terms.leadTimes(probabilities(leadTimes));
    terms = cycle == null ? terms : terms.cycleService(cycle);
    return ready == null ? terms : terms.readyRate(ready);
  }

  private List<Double> probabilities(Map<String, String> given) {
    Map<Integer, Double> known = new TreeMap<>();
    given.forEach(
        (time, share) -> {
          try {
            int periods = Integer.parseInt(time.strip());
            if (periods < 0 || periods > 998) {
              throw misused("--lead-times: " + time + " periods\nMaybe use 0 to 998");
            }
            known.merge(periods, Double.parseDouble(share.strip()), Double::sum);
          } catch (NumberFormatException e) {
            throw misused(
                "--lead-times: " + time + "=" + share + "\nMaybe write such as 1=0.7,3=0.3");
          }
        });
    List<Double> all = new ArrayList<>();
    known.forEach(
        (periods, share) -> {
          while (all.size() < periods) {
            all.add(0.0);
          }
          all.add(share);
        });
    return all;
  }

  private ParameterException misused(String words) {
    return new ParameterException(of.commandLine(), words);
  }
}
