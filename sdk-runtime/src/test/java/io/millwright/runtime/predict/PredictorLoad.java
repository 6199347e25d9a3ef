package io.millwright.runtime.predict;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Table;
import io.millwright.runtime.bundle.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Many threads on one predictor, with errors, abstentions, batches and closes mixed in; every
 * answer is compared with the serial one. Also a program, so that it can be measured in a JVM of
 * its own.
 */
final class PredictorLoad {

  /**
   * What happened.
   *
   * @param answers predictions that were equal to the serial ones
   * @param errors wrong tables that were refused as they should be
   * @param closed calls that met a closed predictor
   * @param closes how often the predictor was closed under the others' feet
   */
  record Result(long answers, long errors, long closed, long closes) {}

  private final Model model = TestModels.fast();
  private final List<Table> inputs = new ArrayList<>();
  private final List<Double> values = new ArrayList<>();
  private final List<Uncertainty> intervals = new ArrayList<>();
  private final Table wrong = TestModels.rows(TestModels.numbers(3), 1, new Random(1));
  private final AtomicReference<ModelPredictor<Table, Object>> shared = new AtomicReference<>();
  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();
  private final AtomicLong closed = new AtomicLong();
  private final AtomicLong closes = new AtomicLong();

  PredictorLoad() {
    Table rows = TestModels.rows(model.preparation().inputs(), 500, new Random(1));
    shared.set(TestModels.predictor(model));
    for (int i = 0; i < 500; i++) {
      inputs.add(rows.slice(i, i + 1));
      Outcome.Prediction<Object> serial = shared.get().predict(inputs.get(i)).orElseThrow();
      values.add((Double) serial.value());
      intervals.add(serial.uncertainty().at(0.9));
    }
  }

  /** Runs until so many answers were given. */
  Result run(long total, int threads) throws InterruptedException, ExecutionException {
    answers.set(0);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int seed = t;
        Callable<Void> work =
            () -> {
              work(new Random(seed), total);
              return null;
            };
        runs.add(pool.submit(work));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      pool.shutdownNow();
    }
    return new Result(answers.get(), errors.get(), closed.get(), closes.get());
  }

  private void work(Random random, long total) {
    while (answers.get() < total) {
      ModelPredictor<Table, Object> predictor = shared.get();
      try {
        int what = random.nextInt(2000);
        if (what == 0) {
          ModelPredictor<Table, Object> old = shared.getAndSet(TestModels.predictor(model));
          old.close();
          closes.incrementAndGet();
        } else if (what < 40) {
          refused(predictor);
        } else if (what < 60) {
          int from = random.nextInt(480);
          List<Outcome<Object>> all = predictor.predictAll(inputs.subList(from, from + 20));
          for (int i = 0; i < 20; i++) {
            check(from + i, all.get(i));
          }
        } else {
          int i = random.nextInt(500);
          check(i, predictor.predict(inputs.get(i)));
        }
      } catch (MillwrightException e) {
        if (!e.code().equals(ErrorCode.CLOSED)) {
          throw e;
        }
        closed.incrementAndGet();
      }
    }
  }

  private void refused(ModelPredictor<Table, Object> predictor) {
    try {
      predictor.predict(wrong);
      throw new AssertionError("a table without the columns was answered");
    } catch (MillwrightException e) {
      if (e.code().equals(ErrorCode.CLOSED)) {
        throw e;
      }
      errors.incrementAndGet();
    }
  }

  private void check(int i, Outcome<Object> outcome) {
    Outcome.Prediction<Object> got = outcome.orElseThrow();
    if (!got.value().equals(values.get(i)) || !got.uncertainty().at(0.9).equals(intervals.get(i))) {
      throw new AssertionError("input " + i + " got " + got + " instead of " + values.get(i));
    }
    answers.incrementAndGet();
  }

  private static long residentKilobytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return -1;
  }

  private static boolean present(String name) {
    try {
      Class.forName(name);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /**
   * Runs in a JVM of its own and prints what happened.
   *
   * @param args how many answers to warm up with, how many to measure, how many threads
   */
  public static void main(String[] args) throws Exception {
    PredictorLoad load = new PredictorLoad();
    int threads = Integer.parseInt(args[2]);
    load.run(Long.parseLong(args[0]), threads);
    long before = residentKilobytes();
    Result result = load.run(Long.parseLong(args[1]), threads);
    System.out.println("answers " + result.answers());
    System.out.println("errors " + result.errors());
    System.out.println("closed " + result.closed());
    System.out.println("closes " + result.closes());
    System.out.println("growth " + (residentKilobytes() - before));
    System.out.println("djl " + present("ai.djl.engine.Engine"));
    System.out.println("jna " + present("com.sun.jna.Native"));
  }
}
