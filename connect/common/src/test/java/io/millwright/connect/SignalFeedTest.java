package io.millwright.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties of the feed over generated streams. */
class SignalFeedTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<SignalReading> out = new ArrayList<>();

  private static Instant at(long millis) {
    return START.plusMillis(millis);
  }

  private static SignalReading read(String source, long millis) {
    return SignalReading.good(source, at(millis), (double) millis);
  }

  /** Readings of some sources at random times, no two of one source at the same. */
  private static List<SignalReading> stream(Random random, int count) {
    List<SignalReading> all = new ArrayList<>();
    long time = 0;
    for (int i = 0; i < count; i++) {
      time += random.nextInt(4);
      SignalReading next = read("s" + random.nextInt(5), time);
      if (all.stream().skip(Math.max(0, i - 40)).noneMatch(next::equals)) {
        all.add(next);
      }
    }
    return all;
  }

  private static List<SignalReading> sorted(List<SignalReading> readings) {
    List<SignalReading> sorted = new ArrayList<>(readings);
    sorted.sort(Comparator.comparing(SignalReading::time).thenComparing(SignalReading::source));
    return sorted;
  }

  /** A permutation in which a reading comes at most so many milliseconds of the stream too late. */
  private static List<SignalReading> shuffled(
      List<SignalReading> readings, Random random, int lateness) {
    List<SignalReading> shuffled = new ArrayList<>(readings);
    Collections.shuffle(shuffled, random);
    long[] delay = new long[readings.size()];
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < delay.length; i++) {
      delay[i] = readings.get(i).time().toEpochMilli() + random.nextInt(lateness);
      places.add(i);
    }
    places.sort(Comparator.comparingLong(i -> delay[i]));
    return places.stream().map(readings::get).toList();
  }

  private FeedCounts run(List<SignalReading> readings, SignalFeed.Builder builder)
      throws InterruptedException {
    out.clear();
    SignalFeed feed = builder.build();
    for (SignalReading reading : readings) {
      feed.offer(reading);
    }
    feed.close();
    return feed.counts();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void permutedAndRepeatedStreamsComeOutTheSame(int seed) throws InterruptedException {
    Random random = new Random(seed);
    List<SignalReading> stream = stream(random, 500);
    Duration silence = Duration.ofMillis(20 + random.nextInt(50));
    SignalFeed.Builder builder =
        SignalFeed.to(out::add).lateness(Duration.ofMillis(50)).silence(silence);
    run(sorted(stream), builder);
    List<SignalReading> expected = List.copyOf(out);
    assertThat(expected).isSortedAccordingTo(Comparator.comparing(SignalReading::time));
    assertThat(expected.stream().filter(r -> r.quality() == SignalQuality.GOOD))
        .containsExactlyElementsOf(sorted(stream));
    List<SignalReading> mixed = new ArrayList<>();
    for (SignalReading reading : shuffled(stream, random, 50)) {
      mixed.add(reading);
      if (random.nextInt(3) == 0) {
        mixed.add(reading);
      }
    }
    FeedCounts counts = run(mixed, builder);
    assertThat(out).isEqualTo(expected);
    assertThat(counts.duplicates()).isEqualTo(mixed.size() - stream.size());
    assertThat(counts.late()).isZero();
    assertThat(counts.received()).isEqualTo(mixed.size());
    assertThat(counts.delivered()).isEqualTo(stream.size() + counts.stale());
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 12, 13, 14})
  void whateverComesTheOrderNeverBreaksAndNothingIsUncounted(int seed) throws InterruptedException {
    Random random = new Random(seed);
    List<SignalReading> stream = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      String source = "s" + random.nextInt(20);
      long time = (long) i + random.nextInt(200) - 100;
      double value = random.nextInt(2);
      SignalQuality quality =
          List.copyOf(EnumSet.allOf(SignalQuality.class)).get(random.nextInt(4));
      stream.add(new SignalReading(source, at(time), value, quality));
    }
    FeedCounts counts =
        run(
            stream,
            SignalFeed.to(out::add)
                .lateness(Duration.ofMillis(30))
                .silence(Duration.ofMillis(40))
                .capacity(1 + random.nextInt(15))
                .mostSources(15));
    assertThat(out).isSortedAccordingTo(Comparator.comparing(SignalReading::time));
    assertThat(counts.late()).isPositive();
    assertThat(counts.early()).isPositive();
    assertThat(counts.refused()).isPositive();
    assertThat(counts.delivered())
        .isEqualTo(out.size())
        .isEqualTo(
            counts.received()
                - counts.late()
                - counts.duplicates()
                - counts.conflicts()
                - counts.refused()
                + counts.stale());
  }

  @Test
  void aReadingWaitsForTheLatenessAndIsLateAfterIt() throws InterruptedException {
    SignalFeed feed = SignalFeed.to(out::add).lateness(Duration.ofMillis(10)).build();
    feed.offer(read("a", 100));
    assertThat(out).isEmpty();
    feed.offer(read("b", 95));
    feed.offer(read("a", 110));
    assertThat(out).containsExactly(read("b", 95), read("a", 100));
    feed.offer(read("c", 99));
    assertThat(feed.counts().late()).isEqualTo(1);
    feed.advanceTo(at(110));
    assertThat(out).hasSize(3);
    feed.offer(read("c", 110));
    assertThat(out).hasSize(4);
    feed.close();
    feed.offer(read("a", 200));
    assertThat(feed.tryOffer(read("a", 200))).isFalse();
    assertThat(out).hasSize(4);
  }

  @Test
  void theFirstOfTwoValuesCountsAndBothAreNoticed() throws InterruptedException {
    FeedCounts counts =
        run(
            List.of(
                read("a", 5),
                SignalReading.good("a", at(5), 77),
                read("a", 5),
                new SignalReading("a", at(5), Double.NaN, SignalQuality.BAD)),
            SignalFeed.to(out::add).lateness(Duration.ofMillis(10)));
    assertThat(out).containsExactly(read("a", 5));
    assertThat(counts.duplicates()).isEqualTo(1);
    assertThat(counts.conflicts()).isEqualTo(2);
  }

  @Test
  void aSilentSourceBecomesStaleOnceAndComesBack() throws InterruptedException {
    SignalFeed feed = SignalFeed.to(out::add).silence(Duration.ofMillis(100)).build();
    feed.offer(read("a", 0));
    for (int t = 10; t <= 300; t += 10) {
      feed.offer(read("b", t));
    }
    assertThat(out.stream().filter(r -> r.source().equals("a")))
        .containsExactly(read("a", 0), SignalReading.stale("a", at(100)));
    feed.offer(read("a", 310));
    assertThat(out.get(out.size() - 1)).isEqualTo(read("a", 310));
    feed.advanceTo(at(1_000));
    assertThat(out.subList(out.size() - 2, out.size()))
        .containsExactly(SignalReading.stale("b", at(400)), SignalReading.stale("a", at(410)));
    assertThat(feed.counts().stale()).isEqualTo(3);
    feed.offer(SignalReading.stale("a", at(1_001)));
    feed.offer(read("a", 1_001));
    assertThat(out.get(out.size() - 1)).isEqualTo(read("a", 1_001));
  }

  @Test
  void aClockInTheFutureMakesNobodyLate() throws InterruptedException {
    Clock clock = Clock.fixed(START, ZoneOffset.UTC);
    FeedCounts counts =
        run(
            List.of(read("a", 0), read("wrong", 120_000), read("b", 59_000)),
            SignalFeed.to(out::add).ahead(Duration.ofMinutes(1), clock));
    assertThat(out).containsExactly(read("a", 0), read("b", 59_000));
    assertThat(counts.ahead()).isEqualTo(1);
  }

  @Test
  void whatTheReceiverThrowsIsReportedAndTheRestGoesOn() throws InterruptedException {
    List<RuntimeException> heard = new ArrayList<>();
    SignalFeed feed =
        SignalFeed.to(
                r -> {
                  if (r.value() == 2) {
                    throw new IllegalStateException("two");
                  }
                  out.add(r);
                })
            .failures(heard::add)
            .build();
    for (int t = 1; t <= 3; t++) {
      feed.offer(read("a", t));
    }
    assertThat(out).containsExactly(read("a", 1), read("a", 3));
    assertThat(heard).singleElement().isInstanceOf(IllegalStateException.class);
    assertThat(feed.counts().failed()).isEqualTo(1);
  }

  @Test
  void aBusyReceiverHoldsBackWhoHandsIn() throws InterruptedException {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      SignalFeed feed =
          SignalFeed.to(
                  r -> {
                    busy.countDown();
                    try {
                      free.await();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                    out.add(r);
                  })
              .on(executor)
              .capacity(3)
              .build();
      feed.offer(read("a", 0));
      busy.await();
      for (int t = 1; t <= 3; t++) {
        assertThat(feed.tryOffer(read("a", t))).isTrue();
      }
      assertThat(feed.tryOffer(read("a", 4))).isFalse();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> feed.offer(read("a", 5))).isInstanceOf(InterruptedException.class);
      Thread waiting = new Thread(() -> offers(feed));
      waiting.start();
      free.countDown();
      waiting.join();
      feed.close();
      assertThat(out).extracting(SignalReading::value).containsExactly(0.0, 1.0, 2.0, 3.0, 6.0);
      assertThat(feed.counts().refused()).isEqualTo(2);
    } finally {
      executor.shutdown();
      assertThat(executor.awaitTermination(5, TimeUnit.MINUTES)).isTrue();
    }
  }

  private static void offers(SignalFeed feed) {
    try {
      feed.offer(read("a", 6));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void manyThreadsHandInAtOnce() throws InterruptedException {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    SignalFeed feed =
        SignalFeed.to(out::add).on(executor).lateness(Duration.ofDays(1)).capacity(200_000).build();
    List<Thread> threads = new ArrayList<>();
    for (int k = 0; k < 8; k++) {
      int own = k;
      threads.add(
          new Thread(
              () -> {
                try {
                  for (int t = 0; t < 5_000; t++) {
                    feed.offer(read("s" + own, t));
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    feed.close();
    executor.shutdown();
    assertThat(out)
        .hasSize(40_000)
        .isSortedAccordingTo(
            Comparator.comparing(SignalReading::time).thenComparing(SignalReading::source));
  }
}
