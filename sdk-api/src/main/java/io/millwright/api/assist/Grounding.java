package io.millwright.api.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds an answer against its evidence. */
final class Grounding {

  private static final Pattern QUOTED =
      Pattern.compile(
          "[\"\u201C\u201E\u00AB\u300C]([^\"\u201C\u201D\u00BB\u300D\\n"
              + "]{2,2000})[\"\u201D\u201C\u00BB\u300D]");
  private static final Pattern CITED = Pattern.compile("\\[([^\\[\\]\\n]{1,200})\\]");
  private static final Pattern SENTENCE =
      Pattern.compile(
          "[^.!?\u3002\uFF01\uFF1F\\n"
              + "]*(?:[.!?](?=\\p{Nd})[^.!?\u3002\uFF01\uFF1F\\n"
              + "]*)*[.!?\u3002\uFF01\uFF1F\\n"
              + "]*");
  private static final int TERM_WORDS = 2;
  private static final int TERM_SIGNS = 5;

  private Grounding() {}

  /** The answer with its claims, those that stand on nothing marked or taken out. */
  static Assistant.Answer of(
      String text, Evidence evidence, Assistant.Unsupported policy, List<Assistant.Step> steps) {
    List<Assistant.Claim> claims = new ArrayList<>();
    for (Numbers.Found number : Numbers.in(text)) {
      Optional<String> source = evidence.source(number);
      if (source.isEmpty() && inCitation(text, number.start(), evidence)) {
        continue;
      }
      boolean asked = source.isEmpty() && evidence.asked(number);
      claims.add(
          new Assistant.Claim(
              Assistant.Claim.Kind.NUMBER,
              number.start(),
              text.substring(number.start(), number.end()),
              asked ? Optional.of(Assistant.QUESTION) : source));
    }
    Matcher quoted = QUOTED.matcher(text);
    while (quoted.find()) {
      String words = quoted.group(1);
      if (words.strip().split("\\s+", -1).length > TERM_WORDS
          || words.codePoints().filter(Character::isIdeographic).count() > TERM_SIGNS) {
        claims.add(
            new Assistant.Claim(
                Assistant.Claim.Kind.QUOTATION, quoted.start(), words, evidence.source(words)));
      }
    }
    Matcher cited = CITED.matcher(text);
    while (cited.find()) {
      String id = cited.group(1);
      boolean known = evidence.passages().stream().anyMatch(p -> p.id().equals(id));
      claims.add(
          new Assistant.Claim(
              Assistant.Claim.Kind.CITATION,
              cited.start(),
              id,
              known ? Optional.of(id) : Optional.empty()));
    }
    claims.sort(java.util.Comparator.comparingInt(Assistant.Claim::start));
    return new Assistant.Answer(shown(text, claims, policy), claims, evidence.passages(), steps);
  }

  /** Digits inside the id of a passage that is cited are no claim. */
  private static boolean inCitation(String text, int at, Evidence evidence) {
    Matcher cited = CITED.matcher(text);
    while (cited.find()) {
      if (at > cited.start() && at < cited.end()) {
        String id = cited.group(1);
        return evidence.passages().stream().anyMatch(p -> p.id().equals(id));
      }
    }
    return false;
  }

  private static String shown(
      String text, List<Assistant.Claim> claims, Assistant.Unsupported policy) {
    List<Assistant.Claim> bad = claims.stream().filter(c -> c.source().isEmpty()).toList();
    if (bad.isEmpty()) {
      return text;
    }
    if (policy == Assistant.Unsupported.MARKED) {
      StringBuilder marked = new StringBuilder(text);
      for (int i = bad.size() - 1; i >= 0; i--) {
        int end = bad.get(i).end(text);
        marked.insert(end, " (unsupported)");
      }
      return marked.toString();
    }
    StringBuilder kept = new StringBuilder();
    Matcher sentences = SENTENCE.matcher(text);
    while (sentences.find() && sentences.start() < text.length()) {
      int from = sentences.start();
      int to = sentences.end();
      boolean out = bad.stream().anyMatch(c -> c.start() < to && c.end(text) > from);
      kept.append(out ? "" : sentences.group());
    }
    return kept.toString().strip();
  }
}
