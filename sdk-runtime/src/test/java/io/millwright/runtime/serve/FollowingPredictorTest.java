package io.millwright.runtime.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelStore;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainties;
import io.millwright.api.data.Schema;
import io.millwright.api.spi.PlainPredictor;
import io.millwright.runtime.explain.FunctionPredictor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FollowingPredictorTest {

  /** A store of one alias, whose versions answer with their own number. */
  private static final class OneAlias implements ModelStore {
    final AtomicInteger now = new AtomicInteger(1);

    @Override
    public Optional<Version> find(String reference) {
      return Optional.of(
          Version.builder()
              .model("press")
              .number(now.get())
              .stored(Instant.EPOCH)
              .digest("0".repeat(64))
              .aliases(List.of("production"))
              .build());
    }

    @Override
    public Version put(String model, Path bundle, Note note) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Version> list() {
      return List.of();
    }

    @Override
    public Path path(String reference) {
      return Path.of(reference);
    }

    @Override
    public Version promote(String alias, String reference, Note note) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Promotion> history(String model, String alias) {
      return List.of();
    }

    @Override
    public Version rollBack(String model, String alias) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void delete(String reference) {}

    @Override
    public List<Finding> check() {
      return List.of();
    }

    @Override
    public List<Finding> repair() {
      return List.of();
    }
  }

  /** Counts how many are open, and refuses to answer when closed. */
  private static Predictor<Integer, Integer> version(int number, AtomicInteger open) {
    open.incrementAndGet();
    AtomicBoolean closed = new AtomicBoolean();
    FunctionPredictor<Integer, Integer> answers =
        new FunctionPredictor<>(Schema.of(), List.of(), x -> number);
    return new Predictor<>() {
      @Override
      public Outcome<Integer> predict(Integer input) {
        assertThat(closed).isFalse();
        return answers.predict(input);
      }

      @Override
      public List<Outcome<Integer>> predictAll(List<? extends Integer> inputs) {
        List<Outcome<Integer>> all = new ArrayList<>();
        for (Integer i : inputs) {
          all.add(predict(i));
        }
        return all;
      }

      @Override
      public io.millwright.api.Explanation explain(
          Integer input, io.millwright.api.ExplainRequest how) {
        throw new UnsupportedOperationException();
      }

      @Override
      public io.millwright.api.ModelInfo info() {
        return answers.info();
      }

      @Override
      public void close() {
        assertThat(closed.getAndSet(true)).isFalse();
        open.decrementAndGet();
      }
    };
  }

  @Test
  void eightThreadsSeeTwoHundredPromotionsAndNoMixedAnswer() throws InterruptedException {
    OneAlias store = new OneAlias();
    AtomicInteger open = new AtomicInteger();
    AtomicBoolean stop = new AtomicBoolean();
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger calls = new AtomicInteger();
    try (FollowingPredictor<Integer, Integer> following =
        FollowingPredictor.of(
            store, "press:production", s -> version(store.now.get(), open), Duration.ZERO)) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        Thread thread =
            new Thread(
                () -> {
                  int last = 0;
                  while (!stop.get()) {
                    try {
                      List<Outcome<Integer>> all = following.predictAll(List.of(1, 2, 3, 4));
                      int first = all.get(0).orElseThrow().value();
                      all.forEach(o -> assertThat(o.orElseThrow().value()).isEqualTo(first));
                      assertThat(first).isGreaterThanOrEqualTo(last);
                      last = first;
                      calls.incrementAndGet();
                    } catch (Throwable e) {
                      failures.add(e);
                      return;
                    }
                  }
                });
        thread.start();
        threads.add(thread);
      }
      for (int promotion = 2; promotion <= 201; promotion++) {
        store.now.set(promotion);
        following.refresh();
        int before = calls.get();
        while (calls.get() < before + 3 && failures.isEmpty()) {
          Thread.onSpinWait();
        }
      }
      stop.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(failures).isEmpty();
      assertThat(following.answering().number()).isEqualTo(201);
    }
    assertThat(open).hasValue(0);
    assertThat(calls.get()).isGreaterThan(200);
  }

  @Test
  void aVersionThatCannotBeOpenedLeavesTheOldOneAndSaysSo() {
    OneAlias store = new OneAlias();
    AtomicInteger open = new AtomicInteger();
    FollowingPredictor<Integer, Integer> following =
        FollowingPredictor.of(
            store,
            "press:production",
            s -> {
              if (store.now.get() == 2) {
                throw new MillwrightException(ErrorCode.BAD_BUNDLE, "torn\nMaybe copy it again");
              }
              return version(store.now.get(), open);
            },
            Duration.ZERO);
    store.now.set(2);
    assertThat(following.refresh().number()).isEqualTo(1);
    assertThat(following.problem()).hasValueSatisfying(p -> assertThat(p).contains("torn"));
    assertThat(following.predict(0).orElseThrow().value()).isEqualTo(1);
    store.now.set(3);
    assertThat(following.refresh().number()).isEqualTo(3);
    assertThat(following.problem()).isEmpty();
    following.close();
    assertThat(open).hasValue(0);
    assertThatThrownBy(() -> following.predict(0))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLOSED));
  }

  @Test
  void aVersionThatCannotReadTheInputGoesBackToTheOneBefore() {
    OneAlias store = new OneAlias();
    AtomicInteger open = new AtomicInteger();
    try (FollowingPredictor<Integer, Integer> following =
        FollowingPredictor.of(
            store,
            "press:production",
            s -> store.now.get() == 2 ? unreadable(open) : version(store.now.get(), open),
            Duration.ZERO)) {
      store.now.set(2);
      assertThat(following.refresh().number()).isEqualTo(2);
      assertThat(value(following.predict(7))).isEqualTo(1);
      assertThat(following.problem().orElseThrow()).contains("column \"speed\"");
      assertThat(following.answering().number()).isEqualTo(1);
      assertThat(following.refresh().number()).isEqualTo(1); // it is not tried again
      assertThat(open).hasValue(1);
      store.now.set(3);
      following.refresh();
      assertThat(value(following.predict(7))).isEqualTo(3);
      assertThat(following.problem()).isEmpty();
      assertThat(open).hasValue(1);
    }
    assertThat(open).hasValue(0);
  }

  private static int value(Outcome<Integer> outcome) {
    return outcome.<Integer>fold(p -> p.value(), a -> -1);
  }

  private static Predictor<Integer, Integer> unreadable(AtomicInteger open) {
    open.incrementAndGet();
    return new PlainPredictor<>(version(2, new AtomicInteger()).info(), "ask another") {
      @Override
      protected Outcome<Integer> answer(Integer input) {
        throw new MillwrightException(ErrorCode.MISSING_COLUMN, "column \"speed\" is missing");
      }

      @Override
      protected void release() {
        open.decrementAndGet();
      }
    };
  }

  @Test
  void aVersionThatAnotherCallProvesMeanwhileStays() {
    OneAlias store = new OneAlias();
    AtomicInteger open = new AtomicInteger();
    AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    try (FollowingPredictor<Integer, Integer> following =
        FollowingPredictor.of(
            store,
            "press:production",
            s -> reading(store.now.get() == 1, open, () -> meanwhile.get().run()),
            Duration.ZERO)) {
      store.now.set(2);
      following.refresh();
      // While the version before answers what the new one cannot read, another call proves it.
      meanwhile.set(() -> assertThat(value(following.predict(4))).isEqualTo(4));
      assertThat(value(following.predict(3))).isEqualTo(3);
      meanwhile.set(() -> {});
      assertThat(following.answering().number()).isEqualTo(2);
      assertThat(value(following.predict(6))).isEqualTo(6);
      assertThatThrownBy(() -> following.predict(3)).hasMessageContaining("column \"odd\"");
      assertThat(open).hasValue(1);
    }
    assertThat(open).hasValue(0);
  }

  /** Reads even numbers alone, or all. */
  private static Predictor<Integer, Integer> reading(
      boolean all, AtomicInteger open, Runnable meanwhile) {
    open.incrementAndGet();
    return new PlainPredictor<>(version(2, new AtomicInteger()).info(), "ask another") {
      @Override
      protected Outcome<Integer> answer(Integer input) {
        if (!all && input % 2 == 1) {
          throw new MillwrightException(ErrorCode.MISSING_COLUMN, "column \"odd\" is missing");
        }
        if (all) {
          meanwhile.run();
        }
        return new Outcome.Prediction<>(input, Uncertainties.none("counted"), Set.of(), info());
      }

      @Override
      protected void release() {
        open.decrementAndGet();
      }
    };
  }
}
