package io.millwright.personalization.internal.recommend;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Provenance;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.personalization.PurchaseLog;
import io.millwright.personalization.Recommender;
import io.millwright.personalization.RecommenderTrainer;
import io.millwright.runtime.support.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Codes the log, runs the back-test, and fits again on everything. */
record DefaultRecommenderTrainer(
    Composer composer, Jobs jobs, int ahead, long seed, boolean slow, boolean net)
    implements RecommenderTrainer {

  private static final int LEAST_CUSTOMERS = 20;

  @Override
  public RecommenderTrainer horizon(int purchases) {
    if (purchases < 1 || purchases > 50) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "the horizon is " + purchases + " orders\nMaybe use 1 to 50");
    }
    return new DefaultRecommenderTrainer(composer, jobs, purchases, seed, slow, net);
  }

  @Override
  public RecommenderTrainer key(long key) {
    return new DefaultRecommenderTrainer(composer, jobs, ahead, key, slow, net);
  }

  @Override
  public RecommenderTrainer thorough(boolean all) {
    return new DefaultRecommenderTrainer(composer, jobs, ahead, seed, all, net);
  }

  @Override
  public RecommenderTrainer network(boolean takesPart) {
    return new DefaultRecommenderTrainer(composer, jobs, ahead, seed, slow, takesPart);
  }

  @Override
  public Job<Recommender> train(PurchaseLog purchases) {
    Coded coded = Coded.of(purchases);
    long usable =
        java.util.Arrays.stream(coded.log().histories()).filter(h -> h.length > ahead).count();
    if (usable < LEAST_CUSTOMERS) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          usable
              + " customers have more than "
              + ahead
              + " item"
              + (ahead == 1 ? "" : "s")
              + ", but "
              + LEAST_CUSTOMERS
              + " are needed to learn what follows\nMaybe collect more, or shorten the horizon");
    }
    return jobs.background()
        .start("recommender", Optional.empty(), control -> run(purchases, coded, control));
  }

  private Recommender run(PurchaseLog purchases, Coded coded, Jobs.Control<Recommender> control) {
    Log log = coded.log();
    Backtest.Parts parts = Backtest.parts(log, ahead, seed);
    List<Scorer> earlier = fit(parts.known(), purchases, coded, parts.repeats(), control);
    Backtest test = Backtest.run(earlier, parts, seed, control);
    boolean sequence = false;
    if (net) {
      SequenceNetwork network = SequenceNetwork.fit(parts.known(), seed, composer, control);
      Backtest more = Backtest.run(with(earlier, network), parts, seed, control);
      Backtest chosen = test.orWith(more, network.name());
      sequence = chosen.ranker() == more.ranker();
      test = chosen;
    }
    List<Scorer> fitted = fit(log, purchases, coded, parts.repeats(), control);
    if (sequence) {
      fitted = with(fitted, SequenceNetwork.fit(log, seed, composer, control));
    }
    Evaluation evaluation =
        Evaluation.builder()
            .protocol(
                log.ordered()
                    ? "the last "
                        + (ahead == 1 ? "order" : ahead + " orders")
                        + " of every customer held out of the fit; the ranker judged on customers"
                        + " that it did not learn from"
                    : "a fifth of the customers held out of the fit, an item of each hidden by lot;"
                        + " the ranker judged on customers that it did not learn from")
            .samples(test.cases())
            .figures(test.figures())
            .baselines(test.singles())
            .build();
    Provenance provenance =
        composer.provenance(
            digest(purchases),
            seed,
            Map.of(
                "horizon",
                String.valueOf(ahead),
                "thorough",
                String.valueOf(slow),
                "network",
                String.valueOf(net)),
            sequence);
    return new DefaultRecommender(
        composer,
        new Answers(
            new Learnt(
                purchases,
                coded,
                test.ranker().over(fitted),
                test.calibration(),
                parts.repeats(),
                test.words(),
                evaluation,
                provenance)));
  }

  private static List<Scorer> with(List<Scorer> scorers, Scorer one) {
    List<Scorer> more = new ArrayList<>(scorers);
    more.add(one);
    return more;
  }

  private List<Scorer> fit(
      Log log, PurchaseLog of, Coded coded, boolean repeats, Jobs.Control<?> control) {
    return Methods.all(
        log,
        coded.names(),
        of.itemAttributes(),
        repeats,
        slow ? Methods.slow(log, seed, control) : List.of(),
        control::checkpoint);
  }

  private static String digest(PurchaseLog log) {
    Digest sha = new Digest();
    log.histories()
        .forEach(
            (customer, items) -> {
              sha.add(customer + "\u0000");
              items.forEach(i -> sha.add(i + "\u0001"));
            });
    return sha.hex();
  }
}
