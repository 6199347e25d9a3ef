package io.millwright.scheduling;

import static io.millwright.scheduling.ShopFiles.Format.FLEXIBLE_JOB_SHOP;
import static io.millwright.scheduling.ShopFiles.Format.FLOW_SHOP;
import static io.millwright.scheduling.ShopFiles.Format.JOB_SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShopFilesTest {

  private static final String SMALL = "2 2\n0 3 1 2\n1 4 0 1\n";

  private static List<Alternative> of(Shop shop, int job, int operation) {
    return shop.jobs().get(job).operations().get(operation).alternatives();
  }

  @Test
  void readsAJobShop() {
    Shop shop = ShopFiles.parse("small", SMALL, JOB_SHOP).checked();
    assertThat(shop.machines()).extracting(Machine::id).containsExactly("m0", "m1");
    assertThat(of(shop, 1, 0)).containsExactly(Alternative.of("m1", 4));
    assertThat(shop.jobs().get(1).operations().get(1).after()).containsExactly("o0");
  }

  @Test
  void readsReentrantJobs() {
    Shop shop = ShopFiles.parse("r", "2 2\n0 3 1 2 0 5 -1 -1\n1 4 -1 -1\n", JOB_SHOP).checked();
    assertThat(shop.operationCount()).isEqualTo(4);
    assertThat(of(shop, 0, 2)).containsExactly(Alternative.of("m0", 5));
  }

  @Test
  void readsAFlexibleShop() {
    Shop shop = ShopFiles.parse("f", "1 3 1.5\n2  2 1 5 3 4  1 2 7\n", FLEXIBLE_JOB_SHOP).checked();
    assertThat(of(shop, 0, 0)).containsExactly(Alternative.of("m0", 5), Alternative.of("m2", 4));
    assertThat(of(shop, 0, 1)).containsExactly(Alternative.of("m1", 7));
  }

  @Test
  void readsBothKindsOfFlowShop() {
    String published =
        """
        number of jobs, number of machines, initial seed, upper bound and lower bound :
                  2           2   873654221        1278        1232
        processing times :
         3 4
         2 1
        """;
    Shop a = ShopFiles.parse("t", published, FLOW_SHOP).checked();
    Shop b = ShopFiles.parse("t", "2 2\n0 3 1 2\n0 4 1 1\n", FLOW_SHOP).checked();
    assertThat(a).isEqualTo(b);
    assertThat(a.permutation()).isTrue();
  }

  @Test
  void readsPackedFiles(@TempDir Path folder) throws IOException {
    Path zip = folder.resolve("small.txt");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("inside"));
      out.write(SMALL.getBytes(StandardCharsets.UTF_8));
    }
    Path gzip = folder.resolve("small.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write(SMALL.getBytes(StandardCharsets.UTF_8));
    }
    Shop plain = ShopFiles.parse("small", SMALL, JOB_SHOP);
    assertThat(ShopFiles.read(zip, JOB_SHOP)).isEqualTo(plain);
    assertThat(ShopFiles.read(gzip, JOB_SHOP)).isEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource({
    "'2 2;0 3 1 2', ends before job 1",
    "'1 2;0 3 1', pairs",
    "'1 2;0 3 2 2', outside the 2",
    "'1 2;0 3 1 x', \"\"\"x\"\" is not a number\"",
    "'1 2;0 3 1 -2', negative",
    "'1 2;0 3 1 2;0 1', more lines",
    "'0 2', number of jobs is 0",
    "'1 0', number of machines is 0",
    "'', ends before"
  })
  void saysWhichLineIsWrong(String text, String message) {
    assertThatThrownBy(() -> ShopFiles.parse("bad", text.replace(';', '\n'), JOB_SHOP))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_FILE))
        .hasMessageContaining("line")
        .hasMessageContaining(message.replace("\"\"", "\"").replaceAll("^\"|\"$", ""));
  }

  @Test
  void saysThatAFileIsMissing(@TempDir Path folder) {
    assertThatThrownBy(() -> ShopFiles.read(folder.resolve("none.txt"), JOB_SHOP))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_FAILED))
        .hasMessageContaining("none.txt");
  }

  @Test
  void refusesATruncatedFlexibleLine() {
    assertThatThrownBy(() -> ShopFiles.parse("f", "1 3\n2 2 1 5 3 4 3 2 7\n", FLEXIBLE_JOB_SHOP))
        .hasMessageContaining("line 2")
        .hasMessageContaining("too early");
    assertThatThrownBy(() -> ShopFiles.parse("f", "1 3\n1 1 1 5 3 4\n", FLEXIBLE_JOB_SHOP))
        .hasMessageContaining("2 numbers are left");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a.txt | 2 2/0 3 1 2/1 4 0 1 | JOB_SHOP
          a.txt | 2 2/0 3 1 2/0 4 1 1 | FLOW_SHOP
          a.txt | 2 2/0 3 1 2 0 5 -1 -1/1 4 -1 -1 | JOB_SHOP
          a.txt | 1 3 1.5/2  2 1 5 3 4  1 2 7 | FLEXIBLE_JOB_SHOP
          a.txt | 1 3/2  2 1 5 3 4  1 2 7 | FLEXIBLE_JOB_SHOP
          a.txt | 1 2/1 2 1 5 2 4 | FLEXIBLE_JOB_SHOP
          a.fjs | 1 2/1 1 1 5 | FLEXIBLE_JOB_SHOP
          a.txt | number of jobs, seed :/2 2 1 1 1/processing times :/1 2/3 4 | FLOW_SHOP
          a.txt | Nb of jobs, Nb of Machines/2 2 1/Times/1 2/3 4/Machines/1 2/2 1 | JOB_SHOP
          """)
  void theContentTellsTheFormat(
      String name, String text, ShopFiles.Format expected, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text.replace('/', '\n'));
    assertThat(ShopFiles.guess(file)).isEqualTo(expected);
    assertThat(ShopFiles.read(file).findings()).isEmpty();
  }

  @Test
  void readsAJobShopAsTaillardPublishedIt() {
    String published =
        "Nb of jobs, Nb of Machines\n2 2 840612802\nTimes\n3 2\n4 1\nMachines\n1 2\n2 1\n";
    assertThat(ShopFiles.parse("small", published, JOB_SHOP))
        .isEqualTo(ShopFiles.parse("small", SMALL, JOB_SHOP));
    assertThatThrownBy(() -> ShopFiles.parse("s", published.replace("4 1", "4"), JOB_SHOP))
        .hasMessageContaining("line 5")
        .hasMessageContaining("1 durations of job 1 for 2 machines");
  }
}
