package io.millwright.cli.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.UnitHistory;
import io.millwright.maintenance.KnownLife;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TurbofanFilesTest {
  @TempDir Path folder;
  TurbofanFiles files;

  @BeforeEach
  void threeEnginesAndTwo() {
    files = new TurbofanFiles(folder);
    write("train_FD009.txt", engine(1, 4) + engine(2, 3) + engine(3, 5));
    write("test_FD009.txt", engine(1, 2) + engine(2, 3));
    write("RUL_FD009.txt", "17 \n4 \n");
  }

  @Test
  void enginesAreReadWithTheirUnitsAndLives() {
    assertThat(files.subsets()).containsExactly("FD009");
    List<UnitHistory> train = files.train("FD009").units();
    assertThat(train).extracting(UnitHistory::length).containsExactly(4, 3, 5);
    assertThat(train).extracting(UnitHistory::unit).contains("FD009 unit 2");
    assertThat(train).allMatch(u -> u.end() == UnitHistory.End.FAILED && u.startAge() == 0);
    assertThat(train.get(1).readings().number(2, 0)).isEqualTo(23.03);
    assertThat(train.get(1).readings().number(2, 23)).isEqualTo(23.26);
    assertThat(TurbofanFiles.columns().column("T24").unit().symbol()).isEqualTo("[degR]");
    assertThat(TurbofanFiles.columns().size()).isEqualTo(24);

    List<KnownLife> test = files.test("FD009");
    assertThat(test).extracting(KnownLife::remaining).containsExactly(17.0, 4.0);
    assertThat(test).allMatch(k -> k.history().end() == UnitHistory.End.RUNNING);
  }

  @Test
  void plainAndGzipGiveTheSame() throws IOException {
    List<UnitHistory> plain = files.train("FD009").units();
    Path file = folder.resolve("train_FD009.txt");
    byte[] zipped = gzip(Files.readString(file));
    Files.delete(file);
    Files.write(folder.resolve("train_FD009.txt.gz"), zipped);
    assertThat(files.subsets()).containsExactly("FD009");
    assertThat(files.train("FD009").units()).isEqualTo(plain);
  }

  @Test
  void theContentDecidesWhetherItIsGzip() throws IOException {
    List<UnitHistory> plain = files.train("FD009").units();
    Path file = folder.resolve("train_FD009.txt");
    Files.write(file, gzip(Files.readString(file)));
    assertThat(files.train("FD009").units()).isEqualTo(plain);
  }

  @Test
  void windowsLinesBlankLinesAndALateStartAreFine() {
    write(
        "train_FD008.txt",
        "\r\n" + engine(7, 6).lines().skip(2).collect(Collectors.joining("\r\n")));
    UnitHistory unit = files.train("FD008").units().get(0);
    assertThat(unit.length()).isEqualTo(4);
    assertThat(unit.startAge()).isEqualTo(2);
    assertThat(files.subsets()).containsExactly("FD008", "FD009");
    assertThat(files.hasTest("FD008")).isFalse();
    assertThat(files.hasTest("FD009")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "5, NaN, 'line 3, column 5', 'finite'",
    "26, Infinity, 'line 3, column 26', 'finite'",
    "9, 1O.5, 'line 3, column 9', 'no number'",
    "1, 0, 'line 3, column 1', 'whole'",
    "1, 1.5, 'line 3, column 1', 'whole'",
    "2, 9, 'line 3, column 2', '3 is next'",
    "2, NaN, 'line 3, column 2', 'finite'",
  })
  void aWrongCellIsNamed(int column, String cell, String place, String what) {
    String[] lines = engine(1, 5).split("\n");
    String[] cells = lines[2].trim().split(" +");
    cells[column - 1] = cell;
    lines[2] = String.join(" ", cells);
    write("train_FD009.txt", String.join("\n", lines));
    MillwrightException e =
        catchThrowableOfType(MillwrightException.class, () -> files.train("FD009"));
    assertThat(e.code()).isEqualTo(ErrorCode.BAD_FILE);
    assertThat(e)
        .hasMessageContaining("train_FD009.txt")
        .hasMessageContaining(place)
        .hasMessageContaining(what)
        .hasMessageContaining("\nMaybe ");
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "25, 26", "27, 27", "200, 27"})
  void aWrongNumberOfColumnsIsNamed(int columns, int place) {
    String line = IntStream.range(0, columns).mapToObj(i -> "1").collect(Collectors.joining(" "));
    write("train_FD009.txt", engine(1, 1) + line + "\n");
    assertThatThrownBy(() -> files.train("FD009"))
        .hasMessageContaining("line 2, column " + place + ": has " + columns + " columns")
        .hasMessageContaining("must have 26");
  }

  @Test
  void aUnitThatReturnsIsRefused() {
    write("train_FD009.txt", engine(1, 2) + engine(2, 2) + engine(1, 2));
    assertThatThrownBy(() -> files.train("FD009"))
        .hasMessageContaining("line 5, column 1")
        .hasMessageContaining("returns to unit 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 11, 40, 90})
  void aTruncatedGzipIsRefused(int percent) throws IOException {
    StringBuilder many = new StringBuilder();
    for (int unit = 1; unit <= 200; unit++) {
      many.append(engine(unit, 8));
    }
    byte[] whole = gzip(many.toString());
    Files.delete(folder.resolve("train_FD009.txt"));
    int length = Math.max(3, whole.length * percent / 100);
    Files.write(folder.resolve("train_FD009.txt.gz"), Arrays.copyOf(whole, length));
    MillwrightException e =
        catchThrowableOfType(MillwrightException.class, () -> files.train("FD009"));
    assertThat(e.code()).isEqualTo(ErrorCode.BAD_FILE);
    assertThat(e).hasMessageContaining("gzip").hasMessageContaining("\nMaybe ");
  }

  @Test
  void aDamagedGzipIsRefused() throws IOException {
    byte[] bytes = gzip(engine(1, 300));
    bytes[bytes.length / 2] ^= 0x55;
    Files.delete(folder.resolve("train_FD009.txt"));
    Files.write(folder.resolve("train_FD009.txt.gz"), bytes);
    assertThat(catchThrowableOfType(MillwrightException.class, () -> files.train("FD009")).code())
        .isEqualTo(ErrorCode.BAD_FILE);
  }

  @Test
  void aMissingOrForeignRulFileIsRefused() throws IOException {
    write("RUL_FD009.txt", "17\n");
    assertThatThrownBy(() -> files.test("FD009"))
        .hasMessageContaining("1 lives")
        .hasMessageContaining("2 engines");
    write("RUL_FD009.txt", "17\n-4\n");
    assertThatThrownBy(() -> files.test("FD009")).hasMessageContaining("line 2, column 1");
    write("RUL_FD009.txt", "17 3\n4\n");
    assertThatThrownBy(() -> files.test("FD009")).hasMessageContaining("2 columns");
    Files.delete(folder.resolve("RUL_FD009.txt"));
    MillwrightException e =
        catchThrowableOfType(MillwrightException.class, () -> files.test("FD009"));
    assertThat(e.code()).isEqualTo(ErrorCode.IO_FAILED);
    assertThat(e).hasMessageContaining("RUL_FD009.txt").hasMessageContaining("\nMaybe ");
  }

  @Test
  void emptyFilesAndFoldersAreRefused() {
    write("train_FD009.txt", " \n\n");
    assertThatThrownBy(() -> files.train("FD009")).hasMessageContaining("is empty");
    assertThatThrownBy(() -> new TurbofanFiles(folder.resolve("nowhere")).subsets())
        .hasMessageContaining("nowhere");
    Path empty = folder.resolve("empty");
    assertThat(empty.toFile().mkdir()).isTrue();
    assertThatThrownBy(() -> new TurbofanFiles(empty).subsets())
        .hasMessageContaining("train_*.txt");
  }

  @Test
  void aLineWithoutEndIsNotRead() {
    write("train_FD009.txt", "1 ".repeat(50_000));
    assertThatThrownBy(() -> files.train("FD009"))
        .hasMessageContaining("more than 10000 characters");
  }

  @Test
  void thePublishedFilesAreRead() {
    String data = System.getenv("MILLWRIGHT_DATA");
    assumeTrue(data != null, "MILLWRIGHT_DATA names no folder with benchmark data");
    Path published = Path.of(data, "c-mapss");
    assumeTrue(Files.isDirectory(published), "no c-mapss in MILLWRIGHT_DATA");
    TurbofanFiles real = new TurbofanFiles(published);
    assertThat(real.subsets()).contains("FD001", "FD003");
    List<UnitHistory> train = real.train("FD001").units();
    assertThat(train).hasSize(100);
    assertThat(train.stream().mapToInt(UnitHistory::length).sum()).isEqualTo(20_631);
    List<KnownLife> test = real.test("FD001");
    assertThat(test).hasSize(100);
    assertThat(test.get(0).remaining()).isEqualTo(112);
    assertThat(test.get(0).history().length()).isEqualTo(31);
  }

  /** Cells that tell where they stand: unit and cycle before the point, column after it. */
  private static String engine(int unit, int cycles) {
    StringBuilder text = new StringBuilder();
    for (int cycle = 1; cycle <= cycles; cycle++) {
      text.append(unit).append(' ').append(cycle);
      for (int column = 3; column <= 26; column++) {
        text.append(String.format(Locale.ROOT, " %d%d.%02d", unit, cycle, column));
      }
      text.append("  \n");
    }
    return text.toString();
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }
}
