package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Commands that read numbers whose cells carry units, or that are times of day. */
class CellNotationTest extends CommandTest {

  private String file(String name, String heading, String... rows) throws IOException {
    String text = heading + "\n" + String.join("\n", rows) + "\n";
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void timesOfDayOrderNoRows() throws IOException {
    String file =
        file("c.csv", "unit,at,x,y", "A,22:10,1.5,2.5", "A,23:50,2.5,3.5", "A,01:20,3.5,4.5");
    assertThat(run("learn", file, "--target", "y", "--time", "at")).isEqualTo(1);
    assertThat(err.toString()).contains("column \"at\"", "begin anew each day", "write the date");
    assertThat(run("maintenance", "life", "train", file, "--time-column", "at")).isEqualTo(1);
    assertThat(err.toString()).contains("begin anew each day");
    String bought = file("b.csv", "customer,item,time", "A,x,22:10", "A,y,23:50", "A,z,01:20");
    assertThat(run("recommend", bought)).isEqualTo(1);
    assertThat(err.toString()).contains("begin anew each day");
  }

  @Test
  void labelsOrderNoRowsAndAMissingTimeIsNoBeginning() throws IOException {
    String file = file("d.csv", "unit,at,x,y", "A,01/02/24,1.5,2.5", "A,01/03/24,2.5,3.5");
    assertThat(run("learn", file, "--target", "y", "--time", "at")).isEqualTo(1);
    assertThat(err.toString())
        .contains("column \"at\" holds labels", "\"01/02/24\"", "--dates 'd/M/yy'");
    String bought = file("e.csv", "customer,item,time", "A,x,01/02/24", "A,y,01/03/24");
    assertThat(run("recommend", bought)).isEqualTo(1);
    assertThat(err.toString()).contains("--dates 'd/M/yy'");
    bought = file("f.csv", "customer,item,time", "A,x,2024-01-02", "A,y,", "A,z,2024-01-04");
    assertThat(run("recommend", bought)).isEqualTo(1);
    assertThat(err.toString()).contains("row 2 has no time");
  }

  @Test
  void timesInAUnitOfTheCommandAreOneUnit() throws IOException {
    String[] ask = {"maintenance", "life-data", "", "--from", "from", "--to", "to"};
    ask[2] = file("l.csv", "from,to", "1.5 h,20.5 min", "2.5 h,31.5 min", "3.5 h,17.5 min");
    assertThat(run(ask)).isEqualTo(1);
    assertThat(err.toString()).contains("\"from\" is in h, but column \"to\" in min", "one unit");
    ask[2] = file("t.csv", "from,to", "01:30,2.5", "02:30,4.5", "03:10,6.5");
    assertThat(run(ask)).isEqualTo(1);
    assertThat(err.toString()).contains("column \"from\" holds times of day");
  }

  @Test
  void aUnitIsLeftOutWhereItIsOne() throws IOException {
    String[] plain = {
      "12.51", "12.48", "12.50", "12.53", "12.47", "12.49", "12.52", "12.50", "12.46", "12.51"
    };
    String[] measured = new String[plain.length];
    for (int i = 0; i < plain.length; i++) {
      measured[i] = plain[i] + " mm";
    }
    String asNumbers = json("quality", "spc", file("p.csv", "d", plain), "--json").toString();
    String withUnit = json("quality", "spc", file("u.csv", "d", measured), "--json").toString();
    assertThat(withUnit.replace("u.csv", "p.csv")).isEqualTo(asNumbers);
  }

  @Test
  void theSpeedOfAShaftIsInItsOwnUnits() throws IOException {
    String samples = file("s.txt", "0.1", "0.2", "0.1", "0.3");
    String[] ask = {
      "maintenance", "diagnose", "--gears=20/43", "--sampling=8000", "--speeds=", samples
    };
    ask[4] = "--speeds=" + file("clock.csv", "seconds,rpm", "00:00:00,720", "00:00:05,1440");
    assertThat(run(ask)).isEqualTo(1);
    assertThat(err.toString()).contains("column \"seconds\" is in h, as times of day");
    ask[4] = "--speeds=" + file("ms.csv", "seconds,rpm", "0.0 ms,720", "5.0 ms,1440");
    assertThat(run(ask)).isEqualTo(1);
    assertThat(err.toString()).contains("column \"seconds\" is in ms");
  }
}
