package io.millwright.runtime.tables;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.CsvFormat;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A text file, plain or gzip, in the charset that is stated or that its bytes show.
 *
 * @param file the file
 * @param charset its charset
 * @param why what made it so
 */
record TextFile(Path file, Charset charset, String why) {

  /** So much of a file is looked at to find the charset. */
  private static final int LOOKED_AT = 1 << 24;

  private static final int HEAD = 1 << 16;

  /** The first byte of the last usual character (level 1) of GB 2312; rare ones follow. */
  private static final int LAST_USUAL = 0xD7;

  private static final Charset GB = Charset.forName("GB18030");

  /** The first and the last first byte of Hangul in KS X 1001, the set of EUC-KR. */
  private static final int FIRST_HANGUL = 0xB0;

  private static final int LAST_HANGUL = 0xC8;

  /**
   * Of Chinese characters about six of ten have such a first byte too, so that of so many one has
   * another (0.6 to the power of 16 is 0.0003).
   */
  private static final int ENOUGH = 16;

  private static final double NEARLY_ALL = 0.97;
  private static final double KANA = 0.1;

  /** Finds the charset. */
  static TextFile of(Path file, CsvFormat format) throws IOException {
    if (format.charset().isPresent()) {
      return new TextFile(file, format.charset().get(), "as stated");
    }
    try (InputStream in = open(file)) {
      in.mark(4);
      byte[] head = in.readNBytes(4);
      refuseOthers(file, head);
      in.reset();
      if (head.length > 1 && head[0] == (byte) 0xFF && head[1] == (byte) 0xFE) {
        return new TextFile(file, StandardCharsets.UTF_16LE, "the file begins with its mark");
      }
      if (head.length > 1 && head[0] == (byte) 0xFE && head[1] == (byte) 0xFF) {
        return new TextFile(file, StandardCharsets.UTF_16BE, "the file begins with its mark");
      }
      if (head.length == 4 && head[0] != 0 && head[1] == 0 && head[2] != 0 && head[3] == 0) {
        return new TextFile(file, StandardCharsets.UTF_16LE, "every second byte is zero");
      }
      if (head.length == 4 && head[0] == 0 && head[1] != 0 && head[2] == 0 && head[3] != 0) {
        return new TextFile(file, StandardCharsets.UTF_16BE, "every second byte is zero");
      }
      if (utf8(in)) {
        return new TextFile(file, StandardCharsets.UTF_8, "all bytes fit");
      }
    }
    try (InputStream in = open(file)) {
      Pairs pairs = Pairs.of(in);
      if (pairs.hangul() && pairs.letters >= ENOUGH) {
        return new TextFile(
            file, korean(), "it is not UTF-8, and its pairs of bytes are Hangul (a guess)");
      }
      if (pairs.chinese() && pairs.hangul()) {
        throw new MillwrightException(
            ErrorCode.BAD_FILE,
            file
                + " is not UTF-8 text, and its few letters may be Chinese (GB18030) or Korean"
                + " (EUC-KR)\nMaybe save it as \"CSV UTF-8\", or state the charset");
      }
      if (pairs.chinese()) {
        return new TextFile(file, GB, "it is not UTF-8, and its pairs of bytes are Chinese");
      }
    }
    throw new MillwrightException(
        ErrorCode.BAD_FILE,
        file
            + " is not UTF-8 text, nor plainly GB18030\n"
            + "Maybe save it as \"CSV UTF-8\", or state the charset, such as windows-1252 or"
            + " GB18030");
  }

  /** Refuses by its first bytes what is no text of separators, whatever its name says. */
  private static void refuseOthers(Path file, byte[] head) {
    String begins = new String(head, StandardCharsets.ISO_8859_1);
    String kind =
        begins.startsWith("PK\3\4")
            ? "a ZIP archive, as workbooks (.xlsx) are"
            : begins.equals("\u00D0\u00CF\u0011\u00E0")
                ? "an old workbook (.xls)"
                : begins.equals("PAR1")
                    ? "a Parquet file"
                    : begins.equals("%PDF")
                        ? "a PDF"
                        : begins.equals("<htm") || begins.equals("<!DO") || begins.equals("<?xm")
                            ? "a page or a document (HTML, XML)"
                            : "";
    if (!kind.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          file
              + " is no text table but "
              + kind
              + "\nMaybe save it as CSV, or read it with a connector");
    }
  }

  /** Whether it is UTF-8 text, as far as it is looked at. */
  private static boolean utf8(InputStream in) throws IOException {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.allocate(HEAD);
    CharBuffer chars = CharBuffer.allocate(HEAD);
    int seen = 0;
    while (seen < LOOKED_AT) {
      int n = in.read(bytes.array(), bytes.position(), bytes.remaining());
      boolean end = n < 0;
      bytes.position(bytes.position() + Math.max(0, n)).flip();
      chars.clear();
      CoderResult result = decoder.decode(bytes, chars, end);
      if (result.isError()) {
        return false;
      }
      bytes.compact();
      if (end) {
        return true;
      }
      seen += n;
    }
    return true;
  }

  /** The Hangul of Windows where it is there, which holds that of EUC-KR. */
  private static Charset korean() {
    String windows = "x-windows-949";
    return Charset.forName(Charset.isSupported(windows) ? windows : "EUC-KR");
  }

  /**
   * What stands beyond ASCII: all of it in pairs, or nothing is counted. In a European text bytes
   * stand alone, and the pair would end in ASCII.
   *
   * @param all the pairs
   * @param listed those of characters of GB 2312
   * @param usual those of its symbols and its first level, the usual characters; where two small
   *     letters of a European text meet, as in "Größe", the pair would be of the second level
   * @param letters the pairs that are no symbols and no kana
   * @param hangulLetters the letters that are Hangul if the text is Korean
   * @param kana the syllables of Japanese, which Chinese texts hold hardly ever
   */
  private record Pairs(
      long all, long listed, long usual, long letters, long hangulLetters, long kana) {

    private static final Pairs NONE = new Pairs(0, 0, 0, 0, 0, 0);

    static Pairs of(InputStream in) throws IOException {
      long all = 0;
      long listed = 0;
      long usual = 0;
      long letters = 0;
      long hangul = 0;
      long kana = 0;
      for (int seen = 0; seen < LOOKED_AT; seen++) {
        int lead = in.read();
        if (lead < 0) {
          break;
        }
        if (lead < 0x80) {
          continue;
        }
        int trail = in.read();
        if (trail < 0) {
          break;
        }
        if (lead == 0x80 || lead == 0xFF || trail < 0x30 || trail == 0x7F || trail == 0xFF) {
          return NONE;
        }
        if (trail < 0x40) {
          // Four bytes: a rare character.
          in.skipNBytes(2);
        }
        all++;
        boolean square = lead >= 0xA1 && trail >= 0xA1;
        listed += square && lead <= 0xF7 ? 1 : 0;
        usual += square && lead <= LAST_USUAL ? 1 : 0;
        letters += !square || lead >= FIRST_HANGUL ? 1 : 0;
        hangul += square && lead >= FIRST_HANGUL && lead <= LAST_HANGUL ? 1 : 0;
        kana += square && (lead == 0xA4 || lead == 0xA5) ? 1 : 0;
      }
      return new Pairs(all, listed, usual, letters, hangul, kana);
    }

    /** Whether nearly all are Chinese, at least half of them usual, and few are Japanese. */
    boolean chinese() {
      return all > 0 && listed >= 0.95 * all && 2 * usual >= all && kana <= KANA * all;
    }

    /** Whether nearly all letters are Hangul, if the text is Korean. */
    boolean hangul() {
      return letters > 0 && hangulLetters >= NEARLY_ALL * letters && kana <= KANA * all;
    }
  }

  /** The text, without the mark that some editors put before it. */
  Reader reader() throws IOException {
    InputStream bytes = open(file);
    try {
      BufferedReader text =
          new BufferedReader(
              new InputStreamReader(
                  bytes,
                  charset
                      .newDecoder()
                      .onMalformedInput(CodingErrorAction.REPORT)
                      .onUnmappableCharacter(CodingErrorAction.REPORT)),
              HEAD);
      text.mark(1);
      if (text.read() != '\uFEFF') {
        text.reset();
      }
      return text;
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  private static InputStream open(Path file) throws IOException {
    BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file), HEAD);
    try {
      raw.mark(2);
      boolean packed = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      return packed ? new BufferedInputStream(new GZIPInputStream(raw), HEAD) : raw;
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }
}
