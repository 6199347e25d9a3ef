package io.millwright.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Provenance;
import io.millwright.api.Uncertainties;
import io.millwright.api.data.Column;
import io.millwright.api.data.Image;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Unit;
import io.millwright.quality.internal.line.DeadlineWatch;
import io.millwright.quality.internal.line.FolderFrames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames, deadlines and what becomes of them, by a clock that the test moves. */
class LineTest {

  private static final Duration DEADLINE = Duration.ofMillis(100);

  @TempDir Path folder;

  private final AtomicLong now = new AtomicLong();
  private final List<Inspected<String>> told = new CopyOnWriteArrayList<>();

  /** Answers with the image's name; waits before it where the test says so. */
  private final class Slow implements Predictor<Image, String> {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch may = new CountDownLatch(1);

    @Override
    public Outcome<String> predict(Image image) {
      begun.countDown();
      try {
        may.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (image.name().startsWith("takes")) {
        now.addAndGet(DEADLINE.toNanos() + 1);
      }
      return new Outcome.Prediction<>(image.name(), Uncertainties.none("a test"), Set.of(), info());
    }

    @Override
    public List<Outcome<String>> predictAll(List<? extends Image> images) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Explanation explain(Image image, ExplainRequest how) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ModelInfo info() {
      return ModelInfo.builder()
          .task("test")
          .taskVersion(1)
          .digest("ab")
          .inputs(Schema.of(Column.image("image")))
          .unit(Unit.NONE)
          .low(0)
          .high(1)
          .provenance(Provenance.builder().producer("test").created(Instant.EPOCH).build())
          .build();
    }

    @Override
    public void close() {
      may.countDown();
    }
  }

  private static Frame frame(String name) {
    return new Frame(name, () -> Image.of8(name, 1, 1, Image.Format.GREY8, new byte[1]));
  }

  private List<String> names() {
    return told.stream().map(Inspected::name).toList();
  }

  @Test
  void aFullLineReportsAtOnceAndNeverQueuesMore() throws InterruptedException {
    Slow slow = new Slow();
    try (DeadlineWatch<String> line = new DeadlineWatch<>(slow, DEADLINE, 2, told::add, now::get)) {
      assertThat(line.offer(frame("a"))).isTrue();
      slow.begun.await();
      assertThat(line.offer(frame("b"))).isTrue();
      assertThat(line.offer(frame("c"))).isTrue();
      for (int i = 0; i < 1000; i++) {
        assertThat(line.offer(frame("more"))).isFalse();
      }
      assertThat(told).hasSize(1000).allMatch(i -> i.late() && i.outcome().isEmpty());
      assertThat(line.counts()).isEqualTo(new LineCounts(1003, 0, 0, 1000, 0));
      slow.may.countDown();
      line.drain();
      assertThat(names().subList(1000, 1003)).containsExactly("a", "b", "c");
      assertThat(line.counts().frames()).isEqualTo(1003);
    }
  }

  @Test
  void lateAnswersAndFramesWhoseTimeIsOverAreCounted() throws InterruptedException {
    Slow slow = new Slow();
    List<String> read = new ArrayList<>();
    try (DeadlineWatch<String> line = new DeadlineWatch<>(slow, DEADLINE, 5, told::add, now::get)) {
      line.offer(frame("takes long"));
      slow.begun.await();
      line.offer(
          new Frame(
              "over",
              () -> {
                read.add("over");
                throw new IllegalStateException("read although its time is over");
              }));
      slow.may.countDown();
      line.drain();
      assertThat(read).isEmpty();
      line.offer(
          new Frame(
              "broken",
              () -> {
                throw new MillwrightException(ErrorCode.BAD_VALUE, "cut off");
              }));
      line.offer(frame("fine"));
      line.drain();
    }
    assertThat(names()).containsExactly("takes long", "over", "broken", "fine");
    assertThat(told.get(2).fault()).endsWith("cut off");
    assertThat(told.get(2).late()).isFalse();
    assertThat(told.get(1).late()).isTrue();
  }

  @Test
  void closingReportsWhatWaits() throws InterruptedException {
    Slow slow = new Slow();
    DeadlineWatch<String> line = new DeadlineWatch<>(slow, DEADLINE, 3, told::add, now::get);
    line.offer(frame("a"));
    slow.begun.await();
    line.offer(frame("b"));
    slow.may.countDown();
    line.close();
    assertThat(line.offer(frame("c"))).isFalse();
    assertThat(names()).contains("a", "b", "c");
    LineCounts counts = line.counts();
    assertThat(counts.inTime() + counts.late() + counts.passedBy() + counts.faulty()).isEqualTo(3);
    line.close();
  }

  @Test
  void aLineGoesOnWhereAnAnswerCannotBePassedOn() throws InterruptedException {
    Slow slow = new Slow();
    List<Throwable> thrown = new CopyOnWriteArrayList<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> thrown.add(e));
    try (DeadlineWatch<String> line =
        new DeadlineWatch<>(
            slow,
            DEADLINE,
            3,
            seen -> {
              told.add(seen);
              throw new IllegalStateException("the valve does not answer");
            },
            now::get)) {
      line.offer(frame("takes long"));
      slow.begun.await();
      line.offer(frame("over"));
      slow.may.countDown();
      line.drain();
      line.offer(frame("fine"));
      line.drain();
      assertThat(names()).containsExactly("takes long", "over", "fine");
      assertThat(told).allMatch(i -> i.fault().isEmpty());
      assertThat(line.counts()).isEqualTo(new LineCounts(3, 1, 1, 1, 0));
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertThat(thrown).hasSize(3);
  }

  @Test
  void aPictureTooLargeForTheMemoryIsFaulty() throws InterruptedException {
    Slow slow = new Slow();
    slow.may.countDown();
    try (DeadlineWatch<String> line = new DeadlineWatch<>(slow, DEADLINE, 3, told::add, now::get)) {
      line.offer(
          new Frame(
              "huge",
              () -> {
                throw new OutOfMemoryError("of a test");
              }));
      line.drain();
      line.offer(frame("next"));
      line.drain();
      assertThat(line.counts()).isEqualTo(new LineCounts(2, 1, 0, 0, 1));
    }
    assertThat(told.get(0).fault()).contains("of a test");
  }

  @Test
  void aLineTakesASoundDeadline() {
    try (Millwright millwright = Millwright.create()) {
      Quality quality = millwright.plugin(Quality.class);
      assertThatThrownBy(() -> quality.line(new Slow(), Duration.ZERO, 1, i -> {}))
          .hasMessageContaining("deadline");
      assertThatThrownBy(() -> quality.line(new Slow(), DEADLINE, 0, i -> {}))
          .hasMessageContaining("0 frames");
      assertThatThrownBy(() -> quality.frames(folder.resolve("none"), true))
          .isInstanceOf(MillwrightException.class);
    }
  }

  @Test
  void filesAreFramesOnceTheyAreWhole() throws Exception {
    write("old.png");
    try (FrameSource all = new FolderFrames(folder, true);
        FrameSource fresh = new FolderFrames(folder, false)) {
      assertThat(all.next(Duration.ofSeconds(10)).orElseThrow().image().get().width()).isEqualTo(2);
      assertThat(fresh.next(Duration.ofMillis(1))).isEmpty();
      Files.write(folder.resolve("empty.png"), new byte[0]);
      Files.writeString(folder.resolve("notes.txt"), "no image");
      write("new.png");
      assertThat(fresh.next(Duration.ofSeconds(10)).orElseThrow().name()).endsWith("new.png");
      assertThat(fresh.next(Duration.ofMillis(1))).isEmpty();
    }
  }

  private void write(String name) throws IOException {
    Image image = Image.of8(name, 2, 2, Image.Format.GREY8, new byte[4]);
    ImageIO.write(image.toBufferedImage(), "png", folder.resolve(name).toFile());
  }
}
