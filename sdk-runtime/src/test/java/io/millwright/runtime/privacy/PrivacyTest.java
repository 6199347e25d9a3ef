package io.millwright.runtime.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivacyTest {

  private static final Schema SHIFTS = Schema.of(Column.category("who"), Column.number("age"));

  private static Table shifts() {
    return Table.builder(SHIFTS, 5)
        .add("ann", 30.0)
        .add("bob", 30.0)
        .add("ann", 41.0)
        .add(null, 30.0)
        .add("eve", 41.0)
        .build();
  }

  @Test
  void pseudonymsAreTheSameUnderOneKeyAlone() {
    Pseudonyms first = Pseudonyms.of(new SecretKeySpec(new byte[32], "HmacSHA256"));
    byte[] other = new byte[32];
    other[3] = 1;
    Table hidden = first.applied(shifts(), "who");
    assertThat(hidden.label(0, 0)).startsWith("p-").isEqualTo(hidden.label(2, 0));
    assertThat(hidden.label(1, 0)).isNotEqualTo(hidden.label(0, 0));
    assertThat(hidden.label(3, 0)).isNull();
    assertThat(Pseudonyms.of(new SecretKeySpec(other, "HmacSHA256")).of("who", "ann"))
        .isNotEqualTo(first.of("who", "ann"));
    assertThat(first.of("driver", "ann")).isNotEqualTo(first.of("who", "ann"));
  }

  @Test
  void anonymityIsTheSmallestGroup() {
    Anonymity byAge = Anonymity.of(shifts(), List.of("age"), 3);
    assertThat(byAge.k()).isEqualTo(2);
    assertThat(byAge.groups()).isEqualTo(2);
    assertThat(byAge.alone()).isEqualTo(2);
    assertThat(Anonymity.of(shifts(), List.of("age", "who"), 2).k()).isEqualTo(1);
  }

  /** Abadi et al. 2016: q = 0.01, noise 4, 10,000 steps, delta 1e-5 give epsilon 1.26. */
  @Test
  void theAccountantGivesThePublishedEpsilon() {
    assertThat(RenyiAccountant.epsilon(0.01, 4, 10_000, 1e-5)).isCloseTo(1.26, within(0.01));
    // Without sampling it is the Gaussian mechanism, whose divergence is known.
    assertThat(RenyiAccountant.divergence(1, 2, 10)).isCloseTo(10 / 8.0, within(1e-12));
    assertThat(RenyiAccountant.divergence(0.999999, 2, 10)).isCloseTo(10 / 8.0, within(1e-4));
    assertThat(RenyiAccountant.epsilon(0.01, 1, 10_000, 1e-5)).isGreaterThan(5);
  }

  @Test
  void aPersonIsFoundInEveryFile(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("a.mwb"), "xx ann smith, ann smith");
    Files.createDirectories(folder.resolve("deep"));
    Files.writeString(folder.resolve("deep/predictions-000001.jsonl"), "{\"w\":\"aann smith\"}");
    Files.writeString(folder.resolve("deep/other.csv"), "bob");
    List<PersonSearch.Found> found = PersonSearch.in(List.of(folder), "ann smith");
    assertThat(found).extracting(PersonSearch.Found::times).containsExactly(2, 1);
    assertThat(found.get(1).remedy()).contains("serve-log");
  }

  /** As other programs write it, packed, behind a link; and where nobody can look. */
  @Test
  void aPersonIsFoundHoweverTheNameIsWritten(@TempDir Path folder) throws IOException {
    String name = "Zo\u00eb \"Q\" Meier";
    Path deep = Files.createDirectories(folder.resolve("deep"));
    Files.writeString(deep.resolve("a-utf8"), name);
    Files.writeString(deep.resolve("b-nfd"), Normalizer.normalize(name, Normalizer.Form.NFD));
    Files.writeString(deep.resolve("c-utf16"), name, StandardCharsets.UTF_16LE);
    Files.writeString(deep.resolve("d-json"), "{\"w\":\"Zo\u00eb \\\"Q\\\" Meier\"}");
    Files.writeString(deep.resolve("e-ascii"), "{\"w\":\"Zo\\u00eb \\\"Q\\\" Meier\"}");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(deep.resolve("f.gz")))) {
      out.write(name.getBytes(StandardCharsets.UTF_8));
    }
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(deep.resolve("g.xlsx")))) {
      out.putNextEntry(new ZipEntry("strings"));
      out.write((name + ", " + name).getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(deep.resolve("h-other"), "Zoe Q Meier");
    Files.writeString(deep.resolve("i.parquet"), "PAR1 and pages");
    byte[] cut = Files.readAllBytes(deep.resolve("f.gz"));
    Files.write(deep.resolve("j.gz"), Arrays.copyOf(cut, 12));
    Path link = Files.createSymbolicLink(folder.resolve("link"), deep);
    List<PersonSearch.Found> found = PersonSearch.in(List.of(link), name);
    assertThat(found)
        .extracting(f -> f.file().getFileName() + " " + f.times())
        .containsExactly(
            "a-utf8 1",
            "b-nfd 1",
            "c-utf16 1",
            "d-json 1",
            "e-ascii 1",
            "f.gz 1",
            "g.xlsx 2",
            "i.parquet 0",
            "j.gz 0");
    assertThat(found.get(7).remedy()).contains("cannot be looked into");
  }

  /** Values that look like two columns are one all the same. */
  @Test
  void groupsAreOfValuesAndNotOfTheirTexts() {
    Table table =
        Table.builder(Schema.of(Column.category("a"), Column.category("b")), 2)
            .add("x, b y", "z")
            .add("x", "y, b z")
            .build();
    assertThat(Anonymity.of(table, List.of("a", "b"), 2).k()).isEqualTo(1);
  }
}
