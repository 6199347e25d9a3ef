package io.millwright.cli.supplychain;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.data.ColumnType;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.Series;
import io.millwright.cli.fake.FakeMillwright;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.Shown;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class TableOptionsTest {

  @Command
  private static final class Asked {
    @Mixin DemandSource source = new DemandSource();
  }

  @TempDir Path folder;

  private static Asked asked(String... args) {
    return CommandLine.populateCommand(new Asked(), args);
  }

  private List<Series> series(List<String> said, String text, String... args) throws IOException {
    Path file = Files.writeString(folder.resolve("demand.csv"), text);
    List<String> all = new ArrayList<>(List.of(args));
    all.add(file.toString());
    return asked(all.toArray(String[]::new))
        .source
        .series(new FakeMillwright(w -> {}, List.of(), List.of()), said::add);
  }

  @Test
  void whatIsStatedReachesTheReader() {
    CsvFormat format =
        asked(
                "--separator=tab",
                "--charset=GB18030",
                "--decimal=,",
                "--thousands=space",
                "--missing=x,-999",
                "--dates=dd.MM.yyyy",
                "--zone=Europe/Berlin",
                "--type=temp=number,size=category",
                "--on-bad-row=skip")
            .source
            .tables
            .format("id");
    assertThat(format.separator()).contains('\t');
    assertThat(format.charset()).contains(Charset.forName("GB18030"));
    assertThat(format.decimal()).contains(',');
    assertThat(format.thousands()).contains(' ');
    assertThat(format.missing()).containsExactlyInAnyOrder("x", "-999");
    assertThat(format.dates()).containsExactly("dd.MM.yyyy");
    assertThat(format.zone()).contains(ZoneId.of("Europe/Berlin"));
    assertThat(format.types())
        .containsEntry("temp", ColumnType.NUMBER)
        .containsEntry("size", ColumnType.CATEGORY)
        .containsEntry("id", ColumnType.TEXT);
    assertThat(format.onBadRow()).isEqualTo(CsvFormat.BadRow.SKIP);
  }

  @Test
  void seriesAreNamedAsInTheFile() throws IOException {
    StringBuilder text = new StringBuilder("id,period,value\n");
    for (String id : List.of("007", "7", "123456789012345678", "123456789012345679")) {
      for (int month = 1; month <= 9; month++) {
        text.append(id).append(",2026-0").append(month).append(',').append(month).append('\n');
      }
    }
    assertThat(series(new ArrayList<>(), text.toString()))
        .extracting(Series::id)
        .containsExactly("007", "7", "123456789012345678", "123456789012345679");
    assertThat(series(new ArrayList<>(), "id,2026-01,2026-02\n8,1,2\n9,1,2\n", "--layout=rows"))
        .extracting(Series::id)
        .containsExactly("8", "9");
  }

  @Test
  void whatWasTakenForMissingIsSaid() throws IOException {
    List<String> said = new ArrayList<>();
    String text = "id,period,value\na,2026-01,5\na,2026-02,NA\na,2026-03,7\n";
    assertThat(series(said, text).get(0).toArray()).containsExactly(5, Double.NaN, 7);
    assertThat(said)
        .containsExactly("Read: `value` read as number, 1 of 3 cells is \"NA\", taken for missing");
  }

  @Test
  void hoursWithOffsetsFollowOneAnotherThroughOctober() throws IOException {
    String text =
        """
        id,period,value
        a,2026-10-25T01:00+02:00,1
        a,2026-10-25T02:00+02:00,2
        a,2026-10-25T02:00+01:00,3
        a,2026-10-25T03:00+01:00,4
        """;
    assertThat(series(new ArrayList<>(), text).get(0).toArray()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void whatCommandsATerminalIsWrittenOut() {
    assertThat(Shown.plain("a\u001b[31mb\u0007\r\u009b\u202ec\td\ne"))
        .isEqualTo("a\\u001b[31mb\\u0007\\u000d\\u009b\\u202ec\td\ne");
    assertThat(Shown.plain("温度 ü €")).isEqualTo("温度 ü €");
    assertThat(new Reply("x").line("Id", "\u001b[2J").lines().get(0)).doesNotContain("\u001b");
  }
}
