package io.millwright.text.internal.encode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The tokenizer of BERT (Devlin et al. 2019): words and marks, divided greedily into the longest
 * pieces of a vocabulary (WordPiece, Schuster and Nakajima 2012). Immutable and thread-safe.
 */
final class WordPiece {

  private static final int LONGEST_WORD = 100;

  private final Map<String, Integer> vocabulary;
  private final boolean lower;
  private final int unknown;
  private final int start;
  private final int end;

  WordPiece(Map<String, Integer> vocabulary, boolean lower) {
    this.vocabulary = Map.copyOf(vocabulary);
    this.lower = lower;
    unknown = place("[UNK]");
    start = place("[CLS]");
    end = place("[SEP]");
  }

  private int place(String token) {
    Integer place = vocabulary.get(token);
    if (place == null) {
      throw new IllegalStateException("the vocabulary has no " + token);
    }
    return place;
  }

  /** Reads the vocabulary of a {@code tokenizer.json}. */
  static WordPiece read(InputStream json) throws IOException {
    Map<String, Integer> vocabulary = new HashMap<>();
    boolean lower = false;
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      boolean inside = false;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token != JsonToken.FIELD_NAME) {
          continue;
        }
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("lowercase") && !inside) {
          lower = value == JsonToken.VALUE_TRUE;
        } else if (name.equals("vocab") && value == JsonToken.START_OBJECT) {
          inside = true;
          while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String piece = parser.currentName();
            parser.nextToken();
            vocabulary.put(piece, parser.getIntValue());
          }
        }
      }
    }
    return new WordPiece(vocabulary, lower);
  }

  /** The pieces of a text between the marks of start and end, at most so many. */
  long[] ids(String text, int most) {
    List<Integer> ids = new ArrayList<>();
    ids.add(start);
    for (String word : words(text)) {
      pieces(word, ids);
      if (ids.size() >= most - 1) {
        break;
      }
    }
    int size = Math.min(ids.size(), most - 1);
    long[] all = new long[size + 1];
    for (int i = 0; i < size; i++) {
      all[i] = ids.get(i);
    }
    all[size] = end;
    return all;
  }

  private void pieces(String word, List<Integer> ids) {
    if (word.length() > LONGEST_WORD) {
      ids.add(unknown);
      return;
    }
    int begin = ids.size();
    int from = 0;
    while (from < word.length()) {
      int to = word.length();
      Integer id = null;
      while (to > from && id == null) {
        String piece = word.substring(from, to);
        id = vocabulary.get(from == 0 ? piece : "##" + piece);
        to -= id == null ? 1 : 0;
      }
      if (id == null) {
        ids.subList(begin, ids.size()).clear();
        ids.add(unknown);
        return;
      }
      ids.add(id);
      from = to;
    }
  }

  private List<String> words(String text) {
    String plain = text;
    if (lower) {
      plain =
          Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
              .replaceAll("\\p{Mn}+", "");
    }
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    plain
        .codePoints()
        .forEach(
            point -> {
              boolean blank = Character.isWhitespace(point) || Character.isSpaceChar(point);
              boolean dropped =
                  point == 0 || point == 0xFFFD || (Character.isISOControl(point) && !blank);
              if (dropped) {
                return;
              }
              boolean alone = Character.isIdeographic(point) || isMark(point);
              if ((blank || alone) && !word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
              }
              if (alone) {
                words.add(Character.toString(point));
              } else if (!blank) {
                word.appendCodePoint(point);
              }
            });
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  /** Marks as BERT sees them: punctuation of Unicode, and what ASCII has beside letters. */
  private static boolean isMark(int point) {
    if (point < 128) {
      return point > 32 && !Character.isLetterOrDigit(point) && point != 127;
    }
    return switch (Character.getType(point)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }
}
