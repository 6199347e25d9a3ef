package io.millwright.cli.personalization;

import io.millwright.api.Evaluation;
import io.millwright.api.Millwright;
import io.millwright.api.ModelSource;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.Texts;
import io.millwright.cli.pages.RecommendationReport;
import io.millwright.personalization.NextPurchases;
import io.millwright.personalization.Personalization;
import io.millwright.personalization.PurchaseLog;
import io.millwright.personalization.Recommendation;
import io.millwright.personalization.RecommendationRequest;
import io.millwright.personalization.Recommender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Learns what customers order next, and recommends. */
@Command(
    name = "recommend",
    sortOptions = false,
    description = {
      "Recommends items to customers, with the probability that they are ordered next, and why.",
      "Chooses and combines methods in a back-test inside the data; judges them on what is held",
      "out when --judge asks for it. Without a file it looks at simulated customers."
    },
    footer = {
      "",
      "Examples:",
      "  millwright recommend --customer brewery-7",
      "  millwright recommend sequences.txt --judge last --html recommend.html",
      "  millwright recommend sequences.txt --network --judge last",
      "  millwright recommend baskets.txt --judge new --hide last --json",
      "  millwright recommend train.txt --judge-file others.txt",
      "  millwright recommend sequences.txt --save recommender.mwb",
      "  millwright recommend --model recommender.mwb --after seal-3,bearing-6204",
      "  millwright recommend orders.csv --customer-column buyer --item-column article --customer"
          + " 1007 --top 5"
    })
final class RecommendCommand extends DeskCommand {

  /** Which item of a judged set is hidden. */
  enum Hide {
    automatic,
    last,
    lot
  }

  private static final double NEW_SHARE = 0.15;
  private static final int MOST_SHOWN = 20;

  @Mixin PurchaseSource source = new PurchaseSource();

  @Option(
      names = "--judge",
      paramLabel = "WHO",
      description = {
        "last: hold the last order of every customer out of learning, and judge on it;",
        "new: hold the last 15 of 100 customers out, hide an item of each, and judge on it."
      })
  @Nullable String judge;

  @Option(
      names = "--judge-file",
      paramLabel = "FILE",
      description = "Judge on the customers of another file, an item of each hidden.")
  @Nullable Path judgeFile;

  @Option(
      names = "--hide",
      paramLabel = "WHICH",
      defaultValue = "automatic",
      description =
          "Which item of a customer who is new is hidden: last, or lot. Default: last of"
              + " sequences, by lot of sets.")
  Hide hide = Hide.automatic;

  @Option(
      names = "--customer",
      paramLabel = "NAME",
      split = ",",
      description = "For whom. Default: the first three.")
  @Nullable List<String> customers;

  @Option(
      names = "--after",
      paramLabel = "ITEM",
      split = ",",
      description = "For somebody who has these items, the oldest first.")
  @Nullable List<String> after;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many items. Default: ${DEFAULT-VALUE}.")
  int top;

  @Option(
      names = "--horizon",
      paramLabel = "N",
      defaultValue = "1",
      description = "Probabilities are of the next N orders. Default: ${DEFAULT-VALUE}.")
  int horizon;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "Ask this model; learn nothing. It knows the histories it was saved with.")
  @Nullable Path model;

  @Option(names = "--save", paramLabel = "FILE", description = "Where to keep the model.")
  @Nullable Path save;

  @Option(names = "--fast", description = "Leave the slow methods out: EASE and ALS.")
  boolean fast;

  @Option(
      names = "--network",
      description = {
        "Try a network over the sequence of orders too; it takes part only when the back-test is",
        "better with it. Minutes."
      })
  boolean network;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "The key of all randomness. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page.")
  @Nullable Path html;

  RecommendCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    if (model != null) {
      return asked(millwright, model);
    }
    PurchaseLog all = source.log(millwright, this::say);
    Reply reply = new Reply(name());
    PurchaseLog.Split split = split(millwright, all);
    long begin = System.nanoTime();
    Recommender recommender =
        await(
            millwright
                .plugin(Personalization.class)
                .recommending()
                .horizon(horizon)
                .key(seed)
                .thorough(!fast)
                .network(network)
                .train(split.known()));
    double seconds = (System.nanoTime() - begin) / 1e9;
    long orders = all.histories().values().stream().mapToLong(List::size).sum();
    reply.line(
        "Data",
        String.format(
            Locale.ROOT,
            "%s: %s, %s, %,d orders, as %s",
            source.what(),
            Texts.count(all.histories().size(), "customer"),
            Texts.count(recommender.items().size(), "item"),
            orders,
            all.ordered() ? "sequences" : "sets"));
    reply.put("customers", all.histories().size());
    reply.put("items", recommender.items().size());
    reply.put("orders", orders);
    reply.put("ordered", all.ordered());
    reply.line("Choice", recommender.choice()).put("choice", recommender.choice());
    say(reply, "Back-test", recommender.evaluation());
    reply.put("backTest", document(recommender.evaluation()));
    Evaluation judged = null;
    if (!split.next().isEmpty()) {
      long from = System.nanoTime();
      for (NextPurchases next : split.next().subList(0, Math.min(1000, split.next().size()))) {
        recommender.recommend(RecommendationRequest.after(next.history()));
      }
      double rate = Math.min(1000, split.next().size()) / ((System.nanoTime() - from) / 1e9);
      judged = recommender.judge(split.next());
      say(reply, "Judged", judged);
      reply.put("judged", document(judged));
      reply.line(
          "Speed", String.format(Locale.ROOT, "%,.0f customers a second on one thread", rate));
      reply.put("customersPerSecond", rate);
    }
    reply.line("Trained", String.format(Locale.ROOT, "in %.1f s", seconds));
    reply.put("seconds", seconds);
    if (save != null) {
      recommender.saveTo(save);
      reply.line("Model", save.toString()).put("model", save);
    }
    List<RecommendationReport.Shown> shown = recommendations(reply, recommender, all.histories());
    if (html != null) {
      new RecommendationReport(
              source.what(),
              all.histories().size(),
              recommender.items().size(),
              recommender.choice(),
              judged == null ? recommender.evaluation() : judged,
              shown)
          .writeTo(html);
      reply.line("Report", html.toString()).put("report", html);
    }
    return reply;
  }

  /** Answers from a saved model alone. */
  private Reply asked(Millwright millwright, Path from) {
    if (source.file != null || judge != null || judgeFile != null || save != null || html != null) {
      throw misused(
          "--model learns and judges nothing\nMaybe leave out the file of orders, --judge,"
              + " --judge-file, --save and --html");
    }
    if (customers == null && after == null) {
      throw misused("--model needs somebody to recommend to\nMaybe --customer NAME, or --after");
    }
    Recommender recommender =
        millwright.plugin(Personalization.class).recommender(ModelSource.file(from));
    Reply reply = new Reply(name());
    reply.line("Model", from.toString()).put("model", from);
    reply.line("Choice", recommender.choice()).put("choice", recommender.choice());
    recommendations(reply, recommender, Map.of());
    return reply;
  }

  private PurchaseLog.Split split(Millwright millwright, PurchaseLog all) {
    if (judgeFile != null) {
      if (judge != null) {
        throw misused("--judge and --judge-file exclude each other");
      }
      PurchaseLog others = source.read(millwright, judgeFile, this::say);
      return new PurchaseLog.Split(all, hidden(others.histories(), all.ordered()));
    }
    if (judge == null) {
      return new PurchaseLog.Split(all, List.of());
    }
    return switch (judge) {
      case "last" -> all.holdOut(1);
      case "new" -> {
        Map<String, List<String>> known = new LinkedHashMap<>();
        Map<String, List<String>> others = new LinkedHashMap<>();
        int cut = (int) Math.round(all.histories().size() * (1 - NEW_SHARE));
        all.histories().forEach((c, items) -> (known.size() < cut ? known : others).put(c, items));
        yield new PurchaseLog.Split(
            new PurchaseLog(known, all.ordered(), all.itemAttributes(), all.customerAttributes()),
            hidden(others, all.ordered()));
      }
      default -> throw misused("--judge is \"" + judge + "\"\nMaybe last, or new");
    };
  }

  private List<NextPurchases> hidden(Map<String, List<String>> of, boolean ordered) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean last = hide == Hide.automatic ? ordered : hide == Hide.last;
    List<NextPurchases> next = new ArrayList<>();
    of.forEach(
        (customer, items) -> {
          if (items.size() > 1) {
            List<String> rest = new ArrayList<>(items);
            String gone = rest.remove(last ? rest.size() - 1 : random.nextInt(rest.size()));
            next.add(new NextPurchases(customer, rest, Set.of(gone)));
          }
        });
    return next;
  }

  private List<RecommendationReport.Shown> recommendations(
      Reply reply, Recommender recommender, Map<String, List<String>> histories) {
    List<RecommendationReport.Shown> shown = new ArrayList<>();
    List<Map<String, @Nullable Object>> documents = new ArrayList<>();
    if (after != null) {
      List<String> known = recommender.items();
      List<String> unknown = after.stream().filter(i -> !known.contains(i)).toList();
      if (!unknown.isEmpty()) {
        reply.line("Unknown", String.join(", ", unknown) + ": not among the items, and left out");
        reply.put("unknown", unknown);
      }
      show(
          documents,
          shown,
          "after " + String.join(", ", after),
          after,
          recommender.recommend(RecommendationRequest.after(after).top(top)),
          reply);
    } else {
      List<String> who =
          customers != null ? customers : histories.keySet().stream().limit(3).toList();
      for (String customer : who) {
        show(
            documents,
            shown,
            customer,
            histories.getOrDefault(customer, List.of()),
            recommender.recommend(RecommendationRequest.of(customer).top(top)),
            reply);
      }
    }
    reply.put("recommendations", documents);
    return shown;
  }

  private void show(
      List<Map<String, @Nullable Object>> documents,
      List<RecommendationReport.Shown> shown,
      String who,
      List<String> history,
      List<Recommendation> items,
      Reply reply) {
    int from = Math.max(0, history.size() - MOST_SHOWN);
    reply.line(
        who
            + (history.isEmpty()
                ? model == null ? ", no orders yet" : ""
                : ", had "
                    + (from > 0 ? "… " : "")
                    + String.join(", ", history.subList(from, history.size()))));
    List<Map<String, Object>> list = new ArrayList<>();
    for (Recommendation r : items) {
      reply.line(
          String.format(
              "  %-24s %7s  %s",
              r.item(),
              Double.isNaN(r.probability())
                  ? ""
                  : String.format(Locale.ROOT, "%.1f %%", 100 * r.probability()),
              r.reasons().isEmpty() ? "" : r.reasons().get(0).toString()));
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("item", r.item());
      one.put("probability", r.probability());
      one.put("reasons", r.reasons());
      list.add(one);
    }
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("customer", who);
    document.put("items", list);
    documents.add(document);
    shown.add(new RecommendationReport.Shown(who, history.subList(from, history.size()), items));
  }

  private static void say(Reply reply, String name, Evaluation e) {
    reply.line(
        name,
        String.format(
            Locale.ROOT,
            "recall@10 %.4f ± %.4f, NDCG@10 %.4f ± %.4f, MRR %.4f on %s; coverage %.0f %%,"
                + " novelty %.1f bits",
            e.figure("recall 10"),
            e.figure("recall 10 ±"),
            e.figure("ndcg 10"),
            e.figure("ndcg 10 ±"),
            e.figure("mrr"),
            Texts.count(e.samples(), "customer"),
            100 * e.figure("coverage 10"),
            e.figure("novelty 10")));
    e.baselines()
        .forEach(
            (method, f) ->
                reply.line(
                    "",
                    String.format(
                        Locale.ROOT,
                        "%-16s recall@10 %.4f, NDCG@10 %.4f",
                        method,
                        f.get("recall 10"),
                        f.get("ndcg 10"))));
    reply.line(
        "",
        String.format(
            Locale.ROOT,
            "probabilities of the first ten: %s %% predicted, %s %% came true, mean gap %s points",
            Figure.of(100 * e.figure("predicted"), 3),
            Figure.of(100 * e.figure("came true"), 3),
            Figure.of(100 * e.figure("calibration gap"), 2)));
  }

  private static Map<String, Object> document(Evaluation e) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("protocol", e.protocol());
    document.put("customers", e.samples());
    document.put("figures", e.figures());
    document.put("methods", e.baselines());
    return document;
  }
}
