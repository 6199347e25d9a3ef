package io.millwright.core.host;

import io.millwright.api.EnginePolicy;
import io.millwright.api.learn.Network;
import io.millwright.api.spi.Jobs;
import io.millwright.core.engines.SmallTraining;
import io.millwright.core.jobs.DefaultJobs;
import io.millwright.runtime.events.Listeners;
import io.millwright.runtime.network.Engine;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Runtimes;
import io.millwright.runtime.network.Starts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A process that is ended while engines work: {@code ENGINE train|predict|search CODE}. Says {@code
 * ready} once native code runs, and never ends by itself unless CODE is not negative: then it calls
 * {@code System.exit} with it as soon as a line is read.
 */
final class ExitChild {

  private ExitChild() {}

  public static void main(String[] args) throws Exception {
    String work = args[1];
    int code = Integer.parseInt(args[2]);
    DefaultJobs jobs =
        new DefaultJobs(
            OwnExecutor.create("worker"), OwnExecutor.create("background"), new Listeners());
    NativeGate gate = new NativeGate(Duration.ofSeconds(5), jobs::cancelAll, jobs::idle);
    EngineChooser chooser =
        EngineChooser.discover(
            new Engine.Setup(EnginePolicy.automatic().withEngine(args[0]), Optional.empty()),
            gate,
            event -> {});
    Runtimes runtimes = new ChosenRuntimes(chooser, new DefaultWiring());
    CountDownLatch begun = new CountDownLatch(2);
    for (Network network : SmallTraining.NETWORKS.subList(0, 2)) {
      if (work.equals("predict")) {
        predictForEver(runtimes, network, begun);
      } else {
        jobs.background()
            .start("train for ever", Optional.empty(), c -> train(runtimes, network, begun, c));
      }
    }
    if (work.equals("search")) {
      jobs.start("search for ever", Optional.empty(), ExitChild::search);
    }
    begun.await();
    System.out.println("ready " + gate.guards());
    int unused = System.in.read();
    if (code >= 0) {
      System.exit(code);
    }
    new CountDownLatch(1).await();
  }

  private static Boolean train(
      Runtimes runtimes, Network network, CountDownLatch begun, Jobs.Control<?> control) {
    while (!control.stopped()) {
      SmallTraining.digest(runtimes::train, network, 7);
      begun.countDown();
    }
    return true;
  }

  private static Double search(Jobs.Control<?> control) {
    double best = 1;
    while (!control.stopped()) {
      best = Math.nextUp(best);
    }
    return best;
  }

  /** On a thread that nobody can stop, as a web server's is. */
  private static void predictForEver(Runtimes runtimes, Network network, CountDownLatch begun) {
    NetworkPlan plan = SmallTraining.plan(network);
    ForwardPass pass = runtimes.open(plan, Starts.draw(plan, 1), 0);
    Thread thread =
        new Thread(
            () -> {
              float[] x = new float[64 * plan.input().size()];
              while (true) {
                float[] unused = pass.run(x, 64);
                begun.countDown();
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  /** All that can be done when a process is to end. */
  static final List<String> WORKS = List.of("train", "predict", "search");
}
