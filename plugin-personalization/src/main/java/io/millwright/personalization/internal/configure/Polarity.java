package io.millwright.personalization.internal.configure;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a request wants what it names, and whether a number is a bound. */
enum Polarity {
  /** It is wanted. */
  WANTED,
  /** It is not. */
  UNWANTED,
  /** A word of denial stands near, with words between that are not understood. */
  UNCLEAR;

  private static final Pattern BOUNDARY =
      Pattern.compile("[,;.!?，。；、！？\\n]|\\b(?:but|with|plus|instead)\\b|但|而是|要求");

  private static final Pattern DENIAL =
      Pattern.compile(
          "\\b(?:no|not|without|neither|nor|never|except|excluding|avoid|instead of|rather than"
              + "|don'?t|doesn'?t|cannot|can'?t|mustn'?t|shouldn'?t|won'?t)\\b"
              + "|不要|不需要|不带|不用|不想|不是|不能|不含|无|没有|别|勿|除了|免");

  /** What may stand between a denial and what it denies. */
  private static final Pattern FILLING =
      Pattern.compile(
          "(?:\\s|-|\\b(?:a|an|the|any|some|to|be|in|of|it|i|we|is|are|have|has|get|use|want|need"
              + "|wish|like|made|made of|need a|please|more)\\b|要|用|带|想|是|有|任何|的|使用|做)*");

  private static final Pattern JOINED =
      Pattern.compile("(?:\\s|\\b(?:or|nor|a|an|the|any)\\b|或者|或|也|和|及)*");

  private static final Pattern BEHIND =
      Pattern.compile(
          "^\\s*[:=]?\\s*(?:(?:is|are|be)\\s+)?(?:not\\s+(?:wanted|needed|allowed|required|necessary"
              + "|desired|possible|permitted)\\b|unwanted\\b|no\\s*(?:[,;.!?，。；、]|$)"
              + "|不要|不需要|不用|不允许)");

  private static final Pattern BOUND_BEFORE =
      Pattern.compile(
          "(?:\\b(?:at least|at most|(?:no|not) (?:more|less|fewer|lower|higher) than|up"
              + " to|minimum|maximum|min\\.?|max\\.?|(?:more|less|higher|lower|greater|fewer)"
              + " than|over"
              + "|under|above|below|beyond)(?:\\s+of)?|>=|<=|[≥≤><]|不低于|不高于|不超过|不少于|不大于|不小于|至少"
              + "|最多|最少|最大|最小|大于|小于|超过|低于|高于)\\s*[:为]?\\s*$");

  private static final Pattern BOUND_BEHIND =
      Pattern.compile(
          "^\\s*(?:or (?:more|less|higher|lower|above|below)|and (?:above|below|more|up)|minimum"
              + "|maximum|at (?:least|most)|以上|以下|以内|及以上|及以下)");

  /** Of a word of the model at a place; others are where words of the model begin and end. */
  static Polarity of(String text, int from, int to, List<int[]> others) {
    String after = text.substring(to, Math.min(text.length(), to + 40));
    Matcher behind = BEHIND.matcher(after);
    if (behind.find() && !begins(text, others, to + behind.end())) {
      return UNWANTED;
    }
    int begin = 0;
    Matcher boundary = BOUNDARY.matcher(text.substring(0, from));
    while (boundary.find()) {
      begin = boundary.end();
    }
    String before = text.substring(begin, from);
    Matcher denial = DENIAL.matcher(before);
    int cue = -1;
    while (denial.find()) {
      cue = denial.end();
    }
    if (cue < 0) {
      return WANTED;
    }
    // Between the denial and this word others may stand: "neither a nor b".
    int at = begin + cue;
    boolean passed = false;
    boolean joined = true;
    for (int[] other : others) {
      if (other[0] >= begin + cue && other[1] <= from) {
        joined &= (passed ? JOINED : FILLING).matcher(text.substring(at, other[0])).matches();
        at = other[1];
        passed = true;
      }
    }
    String rest = text.substring(at, from);
    if (passed) {
      boolean both = JOINED.matcher(rest).matches() && !rest.isBlank();
      return joined && both ? UNWANTED : WANTED;
    }
    return FILLING.matcher(rest).matches() ? UNWANTED : UNCLEAR;
  }

  /** Whether the next word of the model follows at once, so that the denial is its own. */
  private static boolean begins(String text, List<int[]> others, int at) {
    return others.stream().anyMatch(o -> o[0] >= at && text.substring(at, o[0]).isBlank());
  }

  /** Whether a number at a place is the bound of what is wanted. */
  static boolean isBound(String text, int from, int to) {
    return BOUND_BEFORE.matcher(text.substring(Math.max(0, from - 30), from)).find()
        || BOUND_BEHIND.matcher(text.substring(to, Math.min(text.length(), to + 20))).find();
  }
}
