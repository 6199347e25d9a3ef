package io.millwright.runtime.privacy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A name as files may hold it: composed and decomposed (Unicode NFC and NFD), as it is and escaped
 * as in JSON, in UTF-8 and UTF-16. Counts it in files of any size, gzip and zip archives included.
 */
final class NameForms {

  private static final byte[][] SHUT = {
    "millwright-sealed/".getBytes(StandardCharsets.US_ASCII),
    "PAR1".getBytes(StandardCharsets.US_ASCII),
    "ARROW1".getBytes(StandardCharsets.US_ASCII),
    "BZh".getBytes(StandardCharsets.US_ASCII),
    "%PDF".getBytes(StandardCharsets.US_ASCII),
    {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd},
    {(byte) 0xfd, '7', 'z', 'X', 'Z'},
    {'7', 'z', (byte) 0xbc, (byte) 0xaf},
  };

  private final List<byte[]> forms = new ArrayList<>();
  private final List<int[]> backs = new ArrayList<>();

  NameForms(String name) {
    for (Normalizer.Form form : List.of(Normalizer.Form.NFC, Normalizer.Form.NFD)) {
      String text = Normalizer.normalize(name, form);
      String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
      add(text.getBytes(StandardCharsets.UTF_8));
      add(quoted.getBytes(StandardCharsets.UTF_8));
      add(escaped(quoted, false).getBytes(StandardCharsets.US_ASCII));
      add(escaped(quoted, true).getBytes(StandardCharsets.US_ASCII));
      add(text.getBytes(StandardCharsets.UTF_16LE));
      add(text.getBytes(StandardCharsets.UTF_16BE));
    }
  }

  private static String escaped(String text, boolean capitals) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      escaped.append(
          c < 128
              ? String.valueOf(c)
              : String.format(Locale.ROOT, capitals ? "\\u%04X" : "\\u%04x", (int) c));
    }
    return escaped.toString();
  }

  private void add(byte[] form) {
    if (forms.stream().noneMatch(f -> java.util.Arrays.equals(f, form))) {
      forms.add(form);
      backs.add(back(form));
    }
  }

  private static int[] back(byte[] wanted) {
    int[] back = new int[wanted.length];
    for (int i = 1, k = 0; i < wanted.length; i++) {
      while (k > 0 && wanted[i] != wanted[k]) {
        k = back[k - 1];
      }
      k += wanted[i] == wanted[k] ? 1 : 0;
      back[i] = k;
    }
    return back;
  }

  /** Whether a file begins like one whose texts do not stand in it as they are. */
  static boolean shut(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(32);
    }
    for (byte[] magic : SHUT) {
      if (begins(head, magic)) {
        return true;
      }
    }
    return false;
  }

  private static boolean begins(byte[] head, byte... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= head.length || head[i] != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** How often the name stands in a file, as it lies and unpacked. */
  int times(Path file) throws IOException {
    byte[] head;
    int times;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      in.mark(4);
      head = in.readNBytes(4);
      in.reset();
      times = times(in);
    }
    if (begins(head, (byte) 0x1f, (byte) 0x8b)) {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(file), 1 << 16)) {
        times += times(in);
      }
    } else if (begins(head, (byte) 'P', (byte) 'K', (byte) 3, (byte) 4)) {
      try (ZipInputStream in =
          new ZipInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
        for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
          // What is stored has been counted as it lies.
          times += entry.getMethod() == ZipEntry.DEFLATED ? times(in) : 0;
        }
      }
    }
    return times;
  }

  /** Knuth, Morris and Pratt, for each form. */
  private int times(InputStream in) throws IOException {
    int[] at = new int[forms.size()];
    int times = 0;
    byte[] buffer = new byte[1 << 16];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      for (int f = 0; f < at.length; f++) {
        byte[] wanted = forms.get(f);
        int[] back = backs.get(f);
        int k = at[f];
        for (int i = 0; i < n; i++) {
          byte b = buffer[i];
          while (k > 0 && b != wanted[k]) {
            k = back[k - 1];
          }
          k += b == wanted[k] ? 1 : 0;
          if (k == wanted.length) {
            times++;
            k = back[k - 1];
          }
        }
        at[f] = k;
      }
    }
    return times;
  }
}
