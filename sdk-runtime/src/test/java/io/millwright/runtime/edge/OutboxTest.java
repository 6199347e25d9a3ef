package io.millwright.runtime.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {

  private static final long ROOM = 1 << 16;

  @TempDir Path folder;

  private final List<Outbox.Letter> arrived = new ArrayList<>();

  private void up(List<Outbox.Letter> letters) {
    arrived.addAll(letters);
  }

  private static void down(List<Outbox.Letter> letters) throws IOException {
    throw new IOException("no link");
  }

  private void expect(long... numbers) {
    assertThat(arrived).extracting(Outbox.Letter::number).containsExactly(boxed(numbers));
    arrived.forEach(l -> assertThat(l.text()).isEqualTo("reading " + l.number()));
  }

  private static Long[] boxed(long... numbers) {
    return LongStream.of(numbers).boxed().toArray(Long[]::new);
  }

  private int added;

  private void add(Outbox outbox, int count) {
    for (int i = 0; i < count; i++) {
      assertThat(outbox.add("reading " + ++added)).isEqualTo(added);
    }
  }

  @Test
  void whatWaitsGoesOutInItsOrderWhenTheLinkIsUp() {
    try (Outbox outbox = Outbox.open(folder, ROOM)) {
      assertThat(outbox.forward(this::up)).isZero();
      add(outbox, 3);
      assertThat(outbox.forward(OutboxTest::down)).isZero();
      assertThat(outbox.waiting()).isEqualTo(3);
      add(outbox, 600);
      assertThat(outbox.forward(this::up)).isEqualTo(603);
      expect(LongStream.rangeClosed(1, 603).toArray());
      assertThat(outbox.waiting()).isZero();
      assertThat(outbox.forward(this::up)).isZero();
    }
  }

  @Test
  void aLinkThatBreaksInTheMiddleGoesOnFromThere() {
    try (Outbox outbox = Outbox.open(folder, ROOM)) {
      add(outbox, 600);
      int[] calls = {0};
      int first =
          outbox.forward(
              letters -> {
                if (calls[0]++ == 1) {
                  throw new IOException("gone");
                }
                up(letters);
              });
      assertThat(first).isEqualTo(256);
      assertThat(outbox.forward(this::up)).isEqualTo(344);
      expect(LongStream.rangeClosed(1, 600).toArray());
    }
  }

  @Test
  void afterACrashNothingIsLostAndATornLetterIsCutOff() throws IOException {
    Outbox crashed = Outbox.open(folder, ROOM);
    add(crashed, 5);
    crashed.forward(letters -> up(letters.subList(0, 1)));
    arrived.clear();
    for (int i = 6; i <= 8; i++) {
      crashed.add("reading " + i);
    }
    Path last;
    try (Stream<Path> files = Files.list(folder)) {
      last =
          files
              .filter(f -> f.toString().endsWith(".letters"))
              .sorted()
              .reduce((a, b) -> b)
              .orElseThrow();
    }
    Files.write(last, new byte[] {0, 0, 0, 50, 1, 2, 3, 4, 5}, StandardOpenOption.APPEND);
    try (Outbox outbox = Outbox.open(folder, ROOM)) {
      assertThat(outbox.waiting()).isEqualTo(3);
      assertThat(outbox.add("reading 9")).isEqualTo(9);
      outbox.forward(this::up);
      expect(6, 7, 8, 9);
    }
    try (Outbox outbox = Outbox.open(folder, ROOM)) {
      assertThat(outbox.waiting()).isZero();
      assertThat(outbox.add("reading 10")).isEqualTo(10);
    }
    crashed.close();
  }

  @Test
  void theOldestAreDroppedWhenThereIsNoRoom() throws IOException {
    long kept;
    try (Outbox outbox = Outbox.open(folder, ROOM)) {
      for (int i = 1; i <= 5000; i++) {
        outbox.add("reading " + i + " ".repeat(50));
      }
      long bytes = 0;
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          bytes += Files.size(file);
        }
      }
      assertThat(bytes).isLessThanOrEqualTo(ROOM);
      assertThat(outbox.dropped()).isPositive();
      assertThat(outbox.dropped() + outbox.waiting()).isEqualTo(5000);
      kept = outbox.waiting();
    }
    try (Outbox outbox = Outbox.open(folder, ROOM)) {
      assertThat(outbox.waiting()).isEqualTo(kept);
      outbox.forward(this::up);
      assertThat(arrived.get(0).number()).isEqualTo(5000 - kept + 1);
      assertThat(arrived.get(arrived.size() - 1).number()).isEqualTo(5000);
    }
  }

  @Test
  void othersAddWhileLettersGoOut() throws InterruptedException {
    try (Outbox outbox = Outbox.open(folder, 1 << 22)) {
      Thread adding =
          new Thread(
              () -> {
                for (int i = 1; i <= 3000; i++) {
                  outbox.add("reading " + i);
                }
              });
      adding.start();
      while (adding.isAlive()) {
        outbox.forward(this::up);
      }
      adding.join();
      outbox.forward(this::up);
      expect(LongStream.rangeClosed(1, 3000).toArray());
    }
  }

  @Test
  void wrongUseIsNamed() {
    assertThatThrownBy(() -> Outbox.open(folder, 10)).hasMessageContaining("mostBytes is 10");
    Outbox outbox = Outbox.open(folder, ROOM);
    assertThatThrownBy(() -> outbox.add("x".repeat(10_000))).hasMessageContaining("10000 bytes");
    outbox.close();
    assertThatThrownBy(() -> outbox.add("late")).hasMessageContaining("closed");
    assertThatThrownBy(() -> outbox.forward(this::up)).hasMessageContaining("closed");
  }
}
