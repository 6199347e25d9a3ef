package io.millwright.benchmarks.trust;

import io.millwright.api.Millwright;
import io.millwright.api.ModelSource;
import io.millwright.api.ModelStore;
import io.millwright.api.Predictor;
import io.millwright.api.data.Table;
import io.millwright.core.relearn.LoopState;
import io.millwright.core.relearn.RelearnLoop;
import io.millwright.runtime.verify.AuditCheck;
import io.millwright.runtime.verify.AuditLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Kills a process with the relearning loop of {@link PressRelearning} at random moments (SIGKILL
 * where there is one), again and again, and looks each time at what it left: the alias must point
 * to a version that opens and answers, the audit log must verify, and the next process must go on.
 * The gauge drifts and is put right every 1,000 rows, so that there is always something to do.
 */
final class PressKills {

  private static final int PERIOD = 1000;
  private static final int ROWS_A_STEP = 100;
  private static final String REFERENCE = PressRelearning.MODEL + ":" + PressRelearning.ALIAS;

  private PressKills() {}

  private static PressRows rows() {
    return new PressRows(6, n -> n / PERIOD % 2 == 1 ? PressRelearning.DRIFT : 0);
  }

  /** Goes on from where the last process stopped, and says a line at each step; never ends. */
  static void child(Path folder) throws InterruptedException, IOException {
    PressRows rows = rows();
    Path place = folder.resolve("rows");
    long size =
        Files.exists(place) ? Long.parseLong(Files.readString(place)) : PressRelearning.BEGIN;
    rows.known(size);
    try (Millwright millwright = Millwright.create();
        AuditLog audit = AuditLog.open(folder.resolve("audit"), Clock.systemUTC())) {
      ModelStore store = PressRelearning.store(millwright, folder, rows);
      RelearnLoop loop =
          RelearnLoop.of(
              millwright,
              store,
              PressRelearning.plan(),
              rows,
              PressRelearning.trainer(millwright, false),
              audit,
              folder);
      while (true) {
        System.out.println(loop.state().phase());
        size += ROWS_A_STEP;
        Path part = Files.writeString(folder.resolve("rows.part"), Long.toString(size));
        Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        rows.known(size);
        LoopState.Phase unused = loop.step();
      }
    }
  }

  /** Kills as often as is said, and prints what was found. */
  static void kill(Path folder, int times, int latestMillis)
      throws InterruptedException, IOException {
    Files.createDirectories(folder);
    Random random = new Random(folder.toString().hashCode());
    Map<String, Integer> killedIn = new TreeMap<>();
    int notGoneOn = 0;
    int notStanding = 0;
    int broken = 0;
    int torn = 0;
    try (Millwright millwright = Millwright.create()) {
      for (int kill = 0; kill < times; kill++) {
        List<String> said = died(folder, random.nextInt(latestMillis));
        List<String> phases = said.stream().filter(PressKills::phase).toList();
        if (phases.isEmpty() || said.stream().anyMatch(l -> l.contains("Exception"))) {
          notGoneOn++;
          System.out.println("did not go on: " + said);
        } else {
          killedIn.merge(phases.get(phases.size() - 1), 1, Integer::sum);
        }
        notStanding += stands(millwright, folder) ? 0 : 1;
        torn += AuditLog.verify(folder.resolve("audit")).whole() ? 0 : 1;
        AuditLog.open(folder.resolve("audit"), Clock.systemUTC()).close();
        broken += AuditLog.verify(folder.resolve("audit")).whole() ? 0 : 1;
        if (kill % 10 == 9) {
          System.out.println(
              (kill + 1)
                  + " kills in "
                  + killedIn
                  + ", did not go on: "
                  + notGoneOn
                  + ", without a version that answers: "
                  + notStanding
                  + ", torn: "
                  + torn
                  + ", broken: "
                  + broken);
        }
      }
      ModelStore store = millwright.store(folder.resolve("store"));
      System.out.println(
          "killed "
              + times
              + " times in "
              + killedIn
              + " up to row "
              + Files.readString(folder.resolve("rows"))
              + "; did not go on: "
              + notGoneOn
              + ", without a version that answers: "
              + notStanding
              + ", audit log with a torn last line: "
              + torn
              + ", broken: "
              + broken
              + "; versions stored: "
              + store.list().size()
              + ", promotions: "
              + store.history(PressRelearning.MODEL, PressRelearning.ALIAS).size()
              + ", findings of the store: "
              + store.check());
    }
    Map<String, Integer> lines = new TreeMap<>();
    AuditCheck check =
        AuditLog.read(folder.resolve("audit"), line -> lines.merge(line.what(), 1, Integer::sum));
    System.out.println("audit log, whole: " + check.whole() + ", lines: " + lines);
  }

  /** What a process said before it was killed, some time after its first step. */
  private static List<String> died(Path folder, int millis)
      throws InterruptedException, IOException {
    Path said = folder.resolve("said");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path", ""),
                PressRelearning.class.getName(),
                "child",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    while (lines(said).stream().noneMatch(PressKills::phase)) {
      if (child.waitFor(20, TimeUnit.MILLISECONDS)) {
        return lines(said);
      }
    }
    boolean unused = child.waitFor(millis, TimeUnit.MILLISECONDS);
    child.destroyForcibly();
    child.waitFor();
    return lines(said);
  }

  private static List<String> lines(Path said) throws IOException {
    return Files.readString(said, StandardCharsets.ISO_8859_1).lines().toList();
  }

  private static boolean phase(String line) {
    return Arrays.stream(LoopState.Phase.values()).anyMatch(p -> p.name().equals(line));
  }

  private static boolean stands(Millwright millwright, Path folder) {
    ModelStore store = millwright.store(folder.resolve("store"));
    Table row = rows().rows(1, 2);
    try (Predictor<Table, Object> predictor =
        millwright.open(ModelSource.stored(store, REFERENCE))) {
      return predictor.predict(row).orElseThrow().value() instanceof Number;
    }
  }
}
