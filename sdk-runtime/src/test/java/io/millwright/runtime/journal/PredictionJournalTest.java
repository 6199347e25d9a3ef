package io.millwright.runtime.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.runtime.explain.FunctionPredictor;
import io.millwright.runtime.serve.RecordedPredictor;
import io.millwright.runtime.support.HeldFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionJournalTest {

  private static final Schema SCHEMA = Schema.of(Column.number("x"), Column.category("person"));
  private static final FunctionPredictor<Table, Double> TWICE =
      new FunctionPredictor<>(SCHEMA, List.of(), t -> 2 * t.number(0, 0));

  @TempDir Path folder;

  private PredictionJournal open(InputPolicy policy, int capacity) {
    return PredictionJournal.open(
        folder, policy, PredictionJournal.WhenFull.WAIT, capacity, Clock.systemUTC());
  }

  private static Table row(double x, String person) {
    return Table.builder(SCHEMA, 1).add(x, person).build();
  }

  /** Such a line could be written, and neither read nor erased. */
  @Test
  void aRecordThatCouldNotBeReadAgainIsCountedAndNotKept() {
    try (PredictionJournal journal = open(InputPolicy.WHOLE, 10)) {
      Table large = row(1, "a".repeat(1_200_000));
      journal.record("a", large, TWICE.predict(large));
      journal.record("b", row(2, "ann"), TWICE.predict(row(2, "ann")));
      journal.flush();
      assertThat(journal.dropped()).isEqualTo(1);
    }
    assertThat(PredictionJournal.read(folder)).extracting(JournalEntry::id).containsExactly("b");
    try (PredictionJournal journal = open(InputPolicy.HASHED, 10)) {
      Table hashed = row(1, "a".repeat(1_200_000));
      journal.record("c", hashed, TWICE.predict(hashed));
    }
    assertThat(PredictionJournal.read(folder)).hasSize(2);
  }

  @Test
  void truthsComeLateTwiceOrNever() {
    try (PredictionJournal journal = open(InputPolicy.WHOLE, 10)) {
      journal.truth("b", "5"); // before the prediction
      for (String id : List.of("a", "b", "c")) {
        Table input = row(3, "ann");
        journal.record(id, input, TWICE.predict(input));
      }
      journal.truth("c", "1");
      journal.truth("c", "6");
      journal.flush();
    }
    List<JournalEntry> entries = PredictionJournal.read(folder);
    assertThat(entries).extracting(JournalEntry::id).containsExactly("a", "b", "c");
    assertThat(entries)
        .extracting(JournalEntry::truth)
        .containsExactly(Optional.empty(), Optional.of("5"), Optional.of("6"));
    assertThat(entries.get(0).number()).isEqualTo(6);
    assertThat(entries.get(0).input()).contains("ann");
  }

  @Test
  void nothingIsLostByACallWithoutAValue() {
    try (PredictionJournal journal = open(InputPolicy.NONE, 10)) {
      Table input = row(3, "ann");
      journal.record("a", input, TWICE.predict(input));
      assertThatThrownBy(() -> journal.truth("a", nothing()))
          .isInstanceOf(NullPointerException.class);
    }
    assertThat(PredictionJournal.read(folder)).hasSize(1);
    assertThatThrownBy(() -> open(InputPolicy.NONE, 0)).hasMessageContaining("Maybe give it");
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }

  @Test
  void policiesKeepAsMuchAsTheySay() throws IOException {
    for (InputPolicy policy : List.of(InputPolicy.HASHED, InputPolicy.NONE)) {
      try (PredictionJournal journal = open(policy, 10)) {
        RecordedPredictor.record(TWICE, journal, row(3, "ann"));
        RecordedPredictor.record(TWICE, journal, row(3, "ann"));
        RecordedPredictor.record(TWICE, journal, row(3, "bob"));
      }
    }
    List<JournalEntry> entries = PredictionJournal.read(folder);
    assertThat(entries).hasSize(6);
    assertThat(entries.get(0).input()).hasSize(64).isEqualTo(entries.get(1).input());
    assertThat(entries.get(2).input()).isNotEqualTo(entries.get(1).input());
    assertThat(entries.get(3).input()).isEmpty();
    assertThat(text()).doesNotContain("ann");
  }

  private String text() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path f : files.toList()) {
        all.append(Files.readString(f));
      }
    }
    return all.toString();
  }

  @Test
  void aFullQueueDropsAndCounts() {
    Outcome<Double> outcome = TWICE.predict(row(1, "a"));
    long refused = 0;
    long dropped;
    try (PredictionJournal journal =
        PredictionJournal.open(
            folder, InputPolicy.WHOLE, PredictionJournal.WhenFull.DROP, 1, Clock.systemUTC())) {
      for (int i = 0; i < 20_000; i++) {
        refused += journal.record("id" + i, row(1, "a"), outcome) ? 0 : 1;
      }
      dropped = journal.dropped();
    }
    assertThat(dropped).isEqualTo(refused).isPositive();
    assertThat(PredictionJournal.read(folder)).hasSize((int) (20_000 - refused));
  }

  @Test
  void whatACrashCutOffIsLeftOutAndTheRestStays() throws IOException {
    try (PredictionJournal journal = open(InputPolicy.NONE, 100)) {
      IntStream.range(0, 5).forEach(i -> journal.record("" + i, "t", TWICE.predict(row(i, "a"))));
    }
    Path segment;
    try (Stream<Path> files = Files.list(folder)) {
      segment = files.filter(f -> f.toString().endsWith(".jsonl")).findFirst().orElseThrow();
    }
    Files.writeString(segment, "{\"id\":\"half", StandardOpenOption.APPEND);
    try (PredictionJournal journal = open(InputPolicy.NONE, 100)) {
      journal.record("5", "t", TWICE.predict(row(5, "a")));
      assertThatThrownBy(() -> open(InputPolicy.NONE, 1))
          .isInstanceOfSatisfying(
              MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_FAILED));
    }
    assertThat(PredictionJournal.read(folder)).hasSize(6);
  }

  @Test
  void anErasedPersonIsInNoSegment() throws IOException {
    try (PredictionJournal journal = open(InputPolicy.WHOLE, 100)) {
      for (int i = 0; i < 40; i++) {
        Table input = row(i, i % 4 == 0 ? "ann" : "bob");
        journal.record("" + i, input, TWICE.predict(input));
        journal.truth("" + i, "" + i);
      }
    }
    assertThat(PredictionJournal.erase(folder, e -> e.input().contains("\"ann\""))).isEqualTo(10);
    assertThat(text()).doesNotContain("ann").contains("bob");
    List<JournalEntry> left = PredictionJournal.read(folder);
    assertThat(left).hasSize(30).allMatch(e -> e.truth().isPresent());
  }

  /** On a file system that refuses to replace a file that is open. */
  @Test
  void aJournalErasesWhereOpenFilesStay() throws IOException {
    Path place = HeldFiles.in(folder);
    try (PredictionJournal journal =
        PredictionJournal.open(
            new Segments(place, 1_000),
            InputPolicy.WHOLE,
            PredictionJournal.WhenFull.WAIT,
            2,
            Clock.systemUTC())) {
      for (int i = 0; i < 20; i++) {
        journal.record("p" + i, row(i, "ann"), TWICE.predict(row(i, "ann")));
        journal.flush();
      }
    }
    try (Stream<Path> files = Files.list(place)) {
      assertThat(files.filter(f -> f.toString().endsWith(".jsonl"))).hasSizeGreaterThan(2);
    }
    Path first = place.resolve("predictions-000001.jsonl");
    try (FileChannel reader = FileChannel.open(first, StandardOpenOption.READ)) {
      assertThat(reader.isOpen()).isTrue();
      assertThatThrownBy(() -> PredictionJournal.erase(place, e -> e.id().equals("p1")))
          .hasMessageContaining("being used")
          .hasMessageContaining("Maybe");
    }
    assertThat(PredictionJournal.erase(place, e -> e.id().equals("p1"))).isEqualTo(1);
    assertThat(PredictionJournal.read(place)).hasSize(19);
    try (Stream<Path> files = Files.list(place)) {
      assertThat(files.map(Path::toString)).noneMatch(f -> f.endsWith(".part"));
    }
  }
}
