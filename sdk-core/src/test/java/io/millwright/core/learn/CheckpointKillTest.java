package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training that is killed again and again, without warning and also while it writes, ends where
 * an unbroken one ends. The number of kills is the system property {@code millwright.test.kills}.
 */
@Tag("thorough")
@Timeout(3600)
class CheckpointKillTest {

  private static final int KILLS = Integer.getInteger("millwright.test.kills", 40);
  private static final int EPOCHS_PER_KILL = 40;

  @TempDir Path folder;

  @Test
  void killedAtAnyMomentItEndsLikeAnUnbrokenOne() throws Exception {
    int epochs = EPOCHS_PER_KILL * KILLS;
    Path states = Files.createDirectories(folder.resolve("states"));
    Path log = folder.resolve("child.log");
    Random random = new Random(1);
    int kills = 0;
    int within = 0;
    for (int run = 0; kills < KILLS && run < 4 * KILLS; run++) {
      Process child = LearnChild.start(log, List.of(), Integer.toString(epochs), states.toString());
      try {
        // A random number of writes into the training, mostly as soon as the next is open.
        int changes = 1 + random.nextInt(EPOCHS_PER_KILL / 2);
        boolean whileWriting = random.nextInt(6) > 0;
        await(child, states, changes, whileWriting);
        if (child.isAlive()) {
          child.destroyForcibly();
          assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
          kills++;
          within += unfinished(states) ? 1 : 0;
        }
      } finally {
        child.destroyForcibly();
      }
    }
    System.out.println(kills + " kills, " + within + " of them within a write");
    assertThat(kills).isEqualTo(KILLS);
    assertThat(within).isGreaterThanOrEqualTo((int) Math.ceil(0.3 * KILLS));
    Process last = LearnChild.start(log, List.of(), Integer.toString(epochs), states.toString());
    assertThat(last.waitFor(30, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(log)).contains("digest " + LearnChild.unbroken(epochs));
  }

  /** Returns when the child has ended, or has written often enough and, if asked, writes again. */
  private static void await(Process child, Path states, int changes, boolean whileWriting)
      throws IOException {
    String last = seen(states);
    int counted = 0;
    while (child.isAlive()) {
      String now = seen(states);
      if (!now.equals(last)) {
        counted++;
        last = now;
      }
      if (counted >= changes && (!whileWriting || unfinished(states))) {
        return;
      }
      Thread.onSpinWait();
    }
  }

  /** A file beside the checkpoints is one that is being written. */
  private static boolean unfinished(Path states) throws IOException {
    try (Stream<Path> files = Files.list(states)) {
      return files.anyMatch(f -> f.toString().endsWith(".tmp"));
    }
  }

  private static String seen(Path states) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (int member = 1; member <= 2; member++) {
      Path file = states.resolve("member-" + member + "-of-2.ckpt");
      if (Files.exists(file)) {
        seen.append(Files.getLastModifiedTime(file)).append(' ');
      }
    }
    return seen.toString();
  }
}
