package io.millwright.benchmarks.shops;

import io.millwright.api.Budget;
import io.millwright.api.EnginePolicy;
import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Split;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Shop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A soak test of one process: threads that predict and compare each answer with the first one,
 * trainings and searches that are cancelled at random moments, bundles with random damage, and rows
 * that no plant has, all at once. Arguments: seconds, the engine of trainings ({@code PyTorch},
 * {@code TensorFlow}). Prints what was done, what was wrong, and what is left of heap and threads.
 */
public final class Soak {

  private static final Schema SCHEMA =
      Schema.of(Column.number("heat"), Column.number("seconds"), Column.category("alloy"));

  private final Millwright millwright;
  private final long end;
  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger trained = new AtomicInteger();
  private final AtomicInteger planned = new AtomicInteger();
  private final AtomicInteger cancelled = new AtomicInteger();
  private final List<String> escaped = new ArrayList<>();

  private Soak(Millwright millwright, long seconds) {
    this.millwright = millwright;
    end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
  }

  /** Soaks and prints. */
  public static void main(String[] args) throws Exception {
    int before = Thread.activeCount();
    try (Millwright millwright =
        Millwright.builder().engines(EnginePolicy.automatic().withEngine(args[1])).build()) {
      new Soak(millwright, Long.parseLong(args[0])).run();
    }
    for (int wait = 0; wait < 50 && Thread.activeCount() > before; wait++) {
      Thread.sleep(100);
    }
    System.out.printf(
        "heap %d MiB, %d threads more than at the start%n", used(), Thread.activeCount() - before);
  }

  private static long used() {
    System.gc();
    return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
  }

  private static Table rows(int count, Random random, boolean learnt) {
    List<Column> columns = new ArrayList<>(SCHEMA.columns());
    if (learnt) {
      columns.add(Column.number("strength"));
    }
    TableBuilder rows = Table.builder(new Schema(columns), count);
    for (int r = 0; r < count; r++) {
      double heat = 800 + 150 * random.nextDouble();
      double seconds = 5 + 25 * random.nextDouble();
      boolean steel = random.nextBoolean();
      double strength = 0.5 * heat - 0.2 * Math.pow(seconds - 15, 2) + (steel ? 12 : 0);
      String alloy = steel ? "steel" : "bronze";
      if (learnt) {
        rows.add(heat, seconds, alloy, strength + 3 * random.nextGaussian());
      } else {
        rows.add(heat, seconds, alloy);
      }
    }
    return rows.build();
  }

  private Job<?> training(Table table, int key, int epochs) {
    return millwright
        .learning()
        .number("strength")
        .network(Networks.mlp(32, 16))
        .split(Split.holdOut(0.2))
        .learning(Learning.adam(3e-3).batch(64).epochs(epochs).key(key))
        .train(table);
  }

  private void run() throws Exception {
    Path file = Files.createTempFile("soak", ".mwb");
    Table table = rows(600, new Random(1), true);
    millwright
        .learning()
        .number("strength")
        .network(Networks.mlp(32, 16))
        .learning(Learning.adam(3e-3).batch(64).epochs(30))
        .train(table)
        .await()
        .saveTo(file);
    byte[] bundle = Files.readAllBytes(file);
    try (Predictor<Table, Object> predictor = millwright.open(file)) {
      Table asked = rows(200, new Random(2), false);
      List<Outcome<Object>> first = new ArrayList<>();
      for (int row = 0; row < asked.rows(); row++) {
        first.add(predictor.predict(asked.slice(row, row + 1)));
      }
      List<Thread> threads = new ArrayList<>();
      threads.add(begin("predicting 1", key -> predict(predictor, asked, first, key)));
      threads.add(begin("predicting 2", key -> predict(predictor, asked, first, key)));
      threads.add(begin("odd rows", key -> odd(predictor, key)));
      threads.add(begin("damaged bundles", key -> damaged(bundle, key)));
      threads.add(begin("trainings", key -> train(table, key)));
      threads.add(begin("searches", this::search));
      for (Thread thread : threads) {
        thread.join();
      }
    }
    System.out.printf(
        "%d answers, %d of them wrong; %d refusals of %d odd rows and damaged bundles; %d trainings"
            + " and %d searches, %d of them cancelled; other exceptions: %s%n",
        answers.get(),
        wrong.get(),
        refused.get(),
        opened.get(),
        trained.get(),
        planned.get(),
        cancelled.get(),
        escaped);
  }

  /** One turn of a thread's work. */
  private interface Turn {
    void take(int key) throws Exception;
  }

  private Thread begin(String name, Turn turn) {
    Thread thread =
        new Thread(
            () -> {
              for (int key = 0; System.nanoTime() < end; key++) {
                try {
                  turn.take(key);
                } catch (MillwrightException e) {
                  refused.incrementAndGet();
                } catch (Throwable e) { // whatever it is, it should not have come
                  synchronized (escaped) {
                    escaped.add(name + " " + key + ": " + e);
                  }
                }
              }
            },
            name);
    thread.start();
    return thread;
  }

  private void predict(
      Predictor<Table, Object> predictor, Table asked, List<Outcome<Object>> first, int key) {
    int row = key % asked.rows();
    boolean same = predictor.predict(asked.slice(row, row + 1)).equals(first.get(row));
    answers.incrementAndGet();
    wrong.addAndGet(same ? 0 : 1);
  }

  private void odd(Predictor<Table, Object> predictor, int key) throws InterruptedException {
    opened.incrementAndGet();
    double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, -1e308, 1e308, Double.MIN_VALUE, 0};
    Schema schema =
        key % 7 == 0 ? Schema.of(Column.number("heat"), Column.category("seconds")) : SCHEMA;
    TableBuilder rows = Table.builder(schema, 1);
    if (key % 7 == 0) {
      rows.add(odd[key % 6], "late");
    } else {
      rows.add(odd[key % 6], odd[key / 6 % 6], key % 5 == 0 ? "x".repeat(key % 1000) : "gold");
    }
    Outcome<Object> outcome = predictor.predict(rows.build());
    if (outcome instanceof Outcome.Prediction<Object> p && ((Double) p.value()).isNaN()) {
      wrong.incrementAndGet();
    }
    Thread.sleep(1);
  }

  private void damaged(byte[] bundle, int key) throws InterruptedException {
    opened.incrementAndGet();
    Random random = new Random(key);
    byte[] bytes = bundle.clone();
    for (int change = random.nextInt(3); change >= 0; change--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    Thread.sleep(5);
    try (Predictor<Table, Object> same = millwright.open(ModelSource.bytes("damaged", bytes))) {
      // Where the byte was the same before, it is the honest model.
      answers.addAndGet(same.predictRows(rows(1, random, false)).size());
    }
  }

  private void train(Table table, int key) throws InterruptedException {
    Job<?> job = training(table, key, 1 + key % 40);
    trained.incrementAndGet();
    end(job, new Random(key), 1500);
  }

  private void search(int key) throws InterruptedException {
    Shop shop = new FullShops(6 + key % 30, 6, 6, key % 2 == 0, key % 3 == 0).draw(key);
    Job<?> job =
        millwright
            .plugin(Scheduling.class)
            .optimizer()
            .key(key)
            .optimize(shop, Budget.of(Duration.ofMillis(500 + key % 1000)));
    planned.incrementAndGet();
    end(job, new Random(key), 800);
  }

  /** Cancels two of three at any moment, and waits for the end of all. */
  private void end(Job<?> job, Random random, int longest) throws InterruptedException {
    if (random.nextInt(3) > 0) {
      Thread.sleep(random.nextInt(longest));
      cancelled.incrementAndGet();
      job.cancel();
    }
    job.await();
  }
}
