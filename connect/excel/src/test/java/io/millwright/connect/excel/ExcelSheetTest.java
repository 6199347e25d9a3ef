package io.millwright.connect.excel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcelSheetTest {

  @TempDir Path folder;

  private Path workbook(Consumer<Worksheet> fill) throws IOException {
    Path file = folder.resolve("book.xlsx");
    try (OutputStream out = Files.newOutputStream(file);
        Workbook book = new Workbook(out, "test", "1.0")) {
      fill.accept(book.newWorksheet("Readings"));
      Worksheet second = book.newWorksheet("二月");
      second.value(0, 0, "x");
      second.value(1, 0, 2);
    }
    return file;
  }

  /** A workbook with one sheet of raw XML. */
  private Path raw(String sheet, String workbookPr) throws IOException {
    Path file = folder.resolve("raw.xlsx");
    String main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      String type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
      entry(
          zip,
          "[Content_Types].xml",
          "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
              + override("workbook.xml", type + "sheet.main+xml")
              + override("styles.xml", type + "styles+xml")
              + override("sharedStrings.xml", type + "sharedStrings+xml")
              + override("worksheets/sheet1.xml", type + "worksheet+xml")
              + "</Types>");
      entry(zip, "xl/sharedStrings.xml", "<sst xmlns=\"" + main + "\"/>");
      entry(
          zip,
          "xl/workbook.xml",
          "<workbook xmlns=\""
              + main
              + "\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
              + workbookPr
              + "<sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
      entry(
          zip,
          "xl/_rels/workbook.xml.rels",
          "<Relationships"
              + " xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship"
              + " Id=\"rId1\""
              + " Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\""
              + " Target=\"worksheets/sheet1.xml\"/></Relationships>");
      entry(
          zip,
          "xl/styles.xml",
          "<styleSheet xmlns=\""
              + main
              + "\"><cellXfs count=\"4\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf"
              + " numFmtId=\"31\"/><xf numFmtId=\"55\"/></cellXfs></styleSheet>");
      entry(zip, "xl/worksheets/sheet1.xml", sheet.replace("MAIN", main));
    }
    return file;
  }

  private static String override(String part, String type) {
    return "<Override PartName=\"/xl/" + part + "\" ContentType=\"" + type + "\"/>";
  }

  private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  @Test
  void aSheetIsReadByTheRulesOfTextFiles() throws IOException {
    Path file =
        workbook(
            s -> {
              String[] heads = {"id", "day", "at", "temp (K)", "ok", "kind", "sum", "clock"};
              for (int c = 0; c < heads.length; c++) {
                s.value(0, c, heads[c]);
              }
              for (int r = 1; r <= 3; r++) {
                s.value(r, 0, "00" + r);
                s.value(r, 1, LocalDate.of(2026, 10, 24 + r));
                s.style(r, 1).format("yyyy-mm-dd").set();
                s.value(r, 2, LocalDateTime.of(2026, 10, 25, 13, 30, 10 * r));
                s.style(r, 2).format("dd.mm.yyyy hh:mm:ss").set();
                s.value(r, 3, 1.302 * r);
                s.value(r, 4, r == 2);
                s.value(r, 5, r == 1 ? "正常" : "heat");
                s.value(r, 6, 2.604 * r);
                s.value(r, 7, 0.5);
                s.style(r, 7).format("hh:mm").set();
              }
              s.value(5, 0, "006");
            });
    ReadTable read = ExcelSheet.first(file).read(CsvFormat.guessed());
    Table table = read.table();
    assertThat(table.labels("id")).containsExactly("001", "002", "003", "006");
    assertThat(table.labels("day")).containsExactly("2026-10-25", "2026-10-26", "2026-10-27", null);
    assertThat(table.times("at")[2])
        .isEqualTo(Instant.parse("2026-10-25T13:30:30Z").toEpochMilli());
    assertThat(table.schema().column("temp").unit()).isEqualTo(Unit.of("K"));
    assertThat(table.numbers("temp")).containsExactly(1.302, 2.604, 3.906, Double.NaN);
    assertThat(table.labels("ok")).containsExactly("false", "true", "false", null);
    assertThat(table.labels("kind")).containsExactly("正常", "heat", "heat", null);
    assertThat(table.numbers("clock")).containsExactly(12, 12, 12, Double.NaN); // hours
    assertThat(read.report().line(3)).isEqualTo(6);
    assertThat(ExcelSheet.names(file)).containsExactly("Readings", "二月");
    assertThat(ExcelSheet.of(file, "二月").read(CsvFormat.guessed()).table().numbers("x"))
        .containsExactly(2);
    assertThatThrownBy(() -> ExcelSheet.of(file, "März").read(CsvFormat.guessed()))
        .hasMessageContainingAll("no sheet \"März\"", "\nMaybe one of [Readings, 二月]");
    assertThat(ExcelSheet.format().read(file)).isEqualTo(table);
  }

  @Test
  void aTitleAboveTheHeadingsIsSkippedWhenStated() throws IOException {
    Path file =
        workbook(
            s -> {
              s.value(0, 0, "Report of May");
              s.value(3, 0, "a");
              s.value(3, 1, "b");
              s.value(4, 0, 1);
              s.value(4, 1, 2);
            });
    assertThat(ExcelSheet.first(file).headedBy(4).read(CsvFormat.guessed()).table().numbers("b"))
        .containsExactly(2);
    assertThatThrownBy(() -> ExcelSheet.first(file).read(CsvFormat.guessed()))
        .hasMessageContaining("row 1 holds \"Report of May\" alone, row 4 holds 2 cells");
    assertThatThrownBy(() -> ExcelSheet.first(file).headedBy(3).read(CsvFormat.guessed()))
        .hasMessageContainingAll("row 3 is empty", "\nMaybe ");
    assertThatThrownBy(() -> ExcelSheet.first(file).headedBy(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void errorsOfFormulasAreMissingAndWordsAmongNumbersRefused() throws IOException {
    String sheet =
        "<worksheet xmlns=\"MAIN\"><sheetData><row r=\"1\"><c r=\"A1\""
            + " t=\"inlineStr\"><is><t>x</t></is></c></row><row r=\"2\"><c"
            + " r=\"A2\"><v>1.5</v></c></row><row r=\"3\"><c r=\"A3\""
            + " t=\"e\"><v>#DIV/0!</v></c></row><row r=\"4\"><c"
            + " r=\"A4\"%s</c></row></sheetData></worksheet>";
    Path file = raw(String.format(sheet, "><f>1+1</f><v>2</v>"), "");
    assertThat(ExcelSheet.first(file).read(CsvFormat.guessed()).table().numbers("x"))
        .containsExactly(1.5, Double.NaN, 2);
    Path words = raw(String.format(sheet, " t=\"inlineStr\"><is><t>hot</t></is>"), "");
    assertThatThrownBy(() -> ExcelSheet.first(words).read(CsvFormat.guessed()))
        .hasMessageContaining("line 4: column \"x\" holds \"hot\"");
  }

  @ParameterizedTest
  @CsvSource({"'', 2008-01-01", "<workbookPr date1904=\"1\"/>, 2012-01-02"})
  void bothCalendarsOfExcelAreKnown(String properties, String day) throws IOException {
    Path file =
        raw(
            "<worksheet xmlns=\"MAIN\"><sheetData><row r=\"1\"><c r=\"A1\""
                + " t=\"inlineStr\"><is><t>d</t></is></c></row><row r=\"2\"><c r=\"A2\""
                + " s=\"1\"><v>39448</v></c></row></sheetData></worksheet>",
            properties);
    Table table = ExcelSheet.first(file).read(CsvFormat.guessed()).table();
    assertThat(table.schema().column("d").type()).isEqualTo(ColumnType.TIME);
    assertThat(table.labels("d")).containsExactly(day);
  }

  @ParameterizedTest
  @CsvSource({
    "yyyy-mm-dd, true",
    "'#,##0.00 \"days\"', false",
    "General, false",
    "0.00E+00, false",
    "[h]:mm, false",
    "'[Red]0.0', false",
    "'[$-409]d\\-mmm;@', true",
    "mm:ss.0, true"
  })
  void formatsOfNumbersTellTimes(String format, boolean time) {
    assertThat(CellText.isTime(format)).isEqualTo(time);
    assertThat(CellText.isTime(null)).isFalse();
  }

  /** A sheet of one column, whose cells are written as they stand in a workbook. */
  private Path column(String... cells) throws IOException {
    StringBuilder xml = new StringBuilder("<worksheet xmlns=\"MAIN\"><sheetData>");
    for (int r = 1; r <= cells.length; r++) {
      xml.append("<row r=\"" + r + "\"><c r=\"A" + r + "\" " + cells[r - 1] + "</c></row>");
    }
    return raw(xml + "</sheetData></worksheet>", "");
  }

  private static String text(String text) {
    return "t=\"inlineStr\"><is><t>" + text + "</t></is>";
  }

  @ParameterizedTest
  @CsvSource({"2, 46023, 2026-01-01", "3, 46023.5, 2026-01-01T12:00", "3, 0.5, 12.0"})
  void formatsThatChineseWorkbooksDoNotWriteAreTimes(int style, String cell, String said)
      throws IOException {
    Table table =
        ExcelSheet.first(column(text("d"), "s=\"" + style + "\"><v>" + cell + "</v>"))
            .read(CsvFormat.guessed())
            .table();
    ColumnType type = table.schema().column("d").type();
    assertThat(type == ColumnType.TIME ? table.labels("d").get(0) : "" + table.number(0, 0))
        .isEqualTo(said);
  }

  @Test
  void aStatedDecimalCommaIsThatOfTexts() throws IOException {
    Path file =
        column(
            text("x"), "><v>1.302</v>", text("2,5"), "><v>1.5E-5</v>", "><f>A2*1</f><v>0.25</v>");
    assertThatThrownBy(() -> ExcelSheet.first(file).read(CsvFormat.guessed()))
        .hasMessageContaining("state the decimal mark");
    for (CsvFormat format :
        List.of(
            CsvFormat.builder().decimal(',').build(), CsvFormat.builder().thousands('.').build())) {
      assertThat(ExcelSheet.first(file).read(format).table().numbers("x"))
          .containsExactly(1.302, 2.5, 1.5e-5, 0.25);
    }
  }

  @Test
  void formulasHoldWhatWasComputedOrAreRefused() throws IOException {
    Path file = column(text("x"), "t=\"b\"><f>B1</f><v>1</v>", "t=\"b\"><v>0</v>");
    assertThat(ExcelSheet.first(file).read(CsvFormat.guessed()).table().labels("x"))
        .containsExactly("true", "false");
    refused(column(text("x"), "><v>1</v>", "><f>A2*2</f>"), "the formula in A3 was never computed");
  }

  @Test
  void escapedCharactersOfTextsAreWhatTheyStandFor() throws IOException {
    Path file = column(text("a_x000D_\nb_x0041_"), text("_x000_ _x00e4_"));
    Table table = ExcelSheet.first(file).read(CsvFormat.guessed()).table();
    assertThat(table.schema().names()).containsExactly("a\nbA");
    assertThat(table.label(0, 0)).isEqualTo("_x000_ ä");
  }

  @Test
  void theFirstSheetIsOneThatIsSeen() throws IOException {
    Path file = folder.resolve("hidden.xlsx");
    try (OutputStream out = Files.newOutputStream(file);
        Workbook book = new Workbook(out, "test", "1.0")) {
      Worksheet lists = book.newWorksheet("Lists");
      lists.value(0, 0, "choice");
      lists.setVisibilityState(org.dhatim.fastexcel.VisibilityState.HIDDEN);
      book.newWorksheet("Data").value(0, 0, "real");
    }
    assertThat(ExcelSheet.first(file).read(CsvFormat.guessed()).table().schema().names())
        .containsExactly("real");
    assertThat(ExcelSheet.of(file, "Lists").read(CsvFormat.guessed()).table().schema().names())
        .containsExactly("choice");
  }

  @Test
  void batchesAreTheSameRows() throws IOException {
    Path file =
        workbook(
            s -> {
              s.value(0, 0, "x");
              for (int r = 1; r <= 95; r++) {
                s.value(r, 0, r * 0.1);
              }
            });
    List<Table> batches = new ArrayList<>();
    ExcelSheet.first(file).batches(CsvFormat.guessed(), 40, batches::add);
    assertThat(batches).extracting(Table::rows).containsExactly(40, 40, 15);
    assertThat(batches.get(2).number(14, 0)).isEqualTo(9.5);
  }

  private void refused(Path file, String... words) {
    assertThatThrownBy(() -> ExcelSheet.first(file).read(CsvFormat.guessed()))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_FILE))
        .hasMessageContaining(String.join("", words))
        .hasMessageContaining("\nMaybe ");
  }

  @Test
  void whatIsNoWorkbookIsRefused() throws IOException {
    Path file = workbook(s -> s.value(0, 0, "x"));
    byte[] bytes = Files.readAllBytes(file);
    refused(Files.write(folder.resolve("cut.xlsx"), Arrays.copyOf(bytes, bytes.length / 2)));
    refused(Files.writeString(folder.resolve("text.xlsx"), "a,b\n1,2\n"));
    refused(Files.write(folder.resolve("none.xlsx"), new byte[0]));
    refused(workbook(s -> {}), "the sheet is empty");
    assertThatThrownBy(() -> ExcelSheet.first(folder.resolve("no.xlsx")).read(CsvFormat.guessed()))
        .hasMessageContainingAll("cannot read", "\nMaybe ");
  }

  @Test
  void hostileFilesReadNothingElseAndUnpackIntoNothing() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "secret-of-the-host");
    Path outside =
        raw(
            "<!DOCTYPE w [<!ENTITY x SYSTEM \""
                + secret.toUri()
                + "\">]><worksheet xmlns=\"MAIN\"><sheetData><row r=\"1\"><c r=\"A1\""
                + " t=\"inlineStr\"><is><t>h&x;</t></is></c></row></sheetData></worksheet>",
            "");
    refused(outside, "General entity reference (&x;)");
    StringBuilder laughs = new StringBuilder("<!DOCTYPE w [<!ENTITY a0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      laughs.append("<!ENTITY a").append(i).append(" \"");
      laughs.append(("&a" + (i - 1) + ";").repeat(10)).append("\">");
    }
    Path laughing =
        raw(
            laughs
                + "]><worksheet xmlns=\"MAIN\"><sheetData><row r=\"1\"><c r=\"A1\""
                + " t=\"inlineStr\"><is><t>&a29;</t></is></c></row></sheetData></worksheet>",
            "");
    refused(laughing, "entity");
    refused(
        raw("<worksheet xmlns=\"MAIN\"><sheetData>" + " ".repeat(100 << 20), ""), "unpacks into");
  }
}
