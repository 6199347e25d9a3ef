package io.millwright.text.internal.search;

import java.util.Map;

/**
 * Words that mean nothing by themselves (stop words) and those that make a question of a sentence:
 * that a passage has them does not speak for it.
 */
final class FunctionWords {

  private static final Map<String, String> WORDS =
      Map.of(
          "en",
          """
          a about all am an and any are as at be been being but by can could did do does doing \
          done for from get had has have how i if in into is it its many may me mean means might \
          much must my no not of on or our please shall should so some such tell than that the \
          their them then there these they this those to us use used want was we were what when \
          where which while who whom whose why will with would you your\
          """,
          "de",
          """
          aber als am an auch auf aus bei bin bis bitte da damit das dass dein dem den denn der des \
          die dies diese diesem diesen dieser dieses du durch ein eine einem einen einer eines er \
          es für gibt habe haben hat ich ihr im in ist ja kann kein keine können man mein meine mit \
          muss müssen nach nicht oder ob sein sich sie sind so soll sollte über um und uns unser \
          von vom vor wann warum was welche welchem welchen welcher welches wenn wer werden wie \
          wieso wird wo wir wozu zu zum zur\
          """,
          "zh",
          """
          的 了 是 在 和 与 或 吗 呢 吧 啊 着 过 把 被 对 为 于 以 及 等 也 都 就 而 但 不 没 没有 有 会 能 可以 \
          应该 应 该 要 需要 请 请问 我 我们 你 您 他 它 这 那 哪 哪里 哪个 什么 怎么 怎样 如何 为什么 多少 多久 \
          几 谁 何时 时候 怎么办 办 一个 个 多\
          """);

  private FunctionWords() {}

  /** The words of a language with blanks between; none of those without a list. */
  static String of(String language) {
    return WORDS.getOrDefault(language, "");
  }
}
