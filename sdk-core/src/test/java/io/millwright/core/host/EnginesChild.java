package io.millwright.core.host;

import io.millwright.api.EnginePolicy;
import io.millwright.api.EngineReport;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Network;
import io.millwright.core.engines.SmallTraining;
import io.millwright.core.engines.SocketWatch;
import io.millwright.runtime.network.Engine;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Runtimes;
import io.millwright.runtime.network.Starts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a process of its own does with engines in tests. {@code together REPETITIONS FIRST SECOND}
 * starts the named engines in this order and trains every network on both, all at once, so many
 * times. {@code alone} trains, when something trains, and predicts, by the rules. Both say which
 * sockets they had open.
 */
final class EnginesChild {

  private EnginesChild() {}

  public static void main(String[] args) throws Exception {
    try (SocketWatch watch = new SocketWatch()) {
      if (args[0].equals("alone")) {
        alone();
      } else {
        together(Integer.parseInt(args[1]), List.of(args[2], args[3])).forEach(System.out::println);
        System.out.println("done");
      }
      System.out.println("sockets " + watch.seen());
    }
  }

  static Runtimes runtimes(EnginePolicy policy) {
    return new ChosenRuntimes(chooser(policy), new DefaultWiring());
  }

  private static EngineChooser chooser(EnginePolicy policy) {
    return EngineChooser.discover(
        new Engine.Setup(policy, Optional.empty()), NativeGate.open(), event -> {});
  }

  /** Digests, in a fixed order, all repetitions equal or an error. */
  static List<String> together(int repetitions, List<String> engines) throws Exception {
    List<Runtimes> runtimes = new ArrayList<>();
    for (String engine : engines) {
      Runtimes started = runtimes(EnginePolicy.automatic().withEngine(engine));
      started.facts();
      runtimes.add(started);
    }
    List<String> expected = new ArrayList<>();
    for (int repetition = 0; repetition < repetitions; repetition++) {
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        List<Future<String>> running = new ArrayList<>();
        for (Network network : SmallTraining.NETWORKS) {
          for (int e = 0; e < engines.size(); e++) {
            Runtimes on = runtimes.get(e);
            String name = engines.get(e);
            int at = SmallTraining.NETWORKS.indexOf(network);
            running.add(
                threads.submit(
                    () ->
                        "digest "
                            + name
                            + " "
                            + at
                            + " "
                            + SmallTraining.digest(on::train, network, 7)));
          }
        }
        List<String> digests = new ArrayList<>();
        for (Future<String> one : running) {
          digests.add(one.get());
        }
        digests.sort(null);
        if (repetition > 0 && !digests.equals(expected)) {
          throw new AssertionError(expected + " became " + digests);
        }
        expected = digests;
      } finally {
        threads.shutdown();
      }
    }
    return expected;
  }

  private static void alone() {
    EngineChooser chooser = chooser(EnginePolicy.automatic());
    Runtimes runtimes = new ChosenRuntimes(chooser, new DefaultWiring());
    Network network = SmallTraining.NETWORKS.get(0);
    NetworkPlan plan = SmallTraining.plan(network);
    try (ForwardPass pass = runtimes.open(plan, Starts.draw(plan, 1), 0)) {
      System.out.println("predicts " + pass.run(new float[plan.input().size()], 1)[0]);
    }
    try {
      System.out.println(
          "trains "
              + runtimes.facts().get("engine")
              + " "
              + SmallTraining.digest(runtimes::train, network, 7));
    } catch (MillwrightException e) {
      System.out.println("error " + e.code().id() + " " + e.getMessage());
    }
    EngineReport report = chooser.report();
    report.candidates().forEach(c -> System.out.println("candidate " + c));
    report.reasons().forEach(r -> System.out.println("reason " + r));
  }
}
