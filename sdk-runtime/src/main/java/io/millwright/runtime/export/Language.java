package io.millwright.runtime.export;

import java.util.List;
import java.util.stream.Collectors;

/** How a language writes terms. */
abstract class Language {

  abstract String number(double value);

  abstract String input(int column);

  abstract String variable(int number);

  abstract String function(Term.Function function);

  abstract String choice(String test, String then, String otherwise);

  abstract String nothing();

  abstract String missing(String of);

  abstract String notFinite(String of);

  abstract String label(int column, String label);

  abstract String noLabel(int column);

  // The words of SQL and of IEC 61131-3.

  String and() {
    return "AND";
  }

  String or() {
    return "OR";
  }

  String not() {
    return "NOT ";
  }

  String constant(boolean value) {
    return value ? "TRUE" : "FALSE";
  }

  /** What stands between the summands of a long sum. */
  String line() {
    return "\n  ";
  }

  /** A dense layer's sum; in double precision unless the language says otherwise. */
  String dense(Term.Dense dense) {
    return sum(new Term.Sum(dense.bias(), dense.weights(), dense.of()));
  }

  /** A number rounded to single precision, in the form of the other numbers. */
  abstract String compared(String of);

  /** Single precision where the language has it. */
  String single(Term.Single single) {
    return text(single.of());
  }

  final String text(Term term) {
    if (term instanceof Term.Num n) {
      return number(n.value());
    } else if (term instanceof Term.Input i) {
      return input(i.column());
    } else if (term instanceof Term.Var v) {
      return variable(v.number());
    } else if (term instanceof Term.Two t) {
      return "(" + text(t.left()) + " " + t.operator() + " " + text(t.right()) + ")";
    } else if (term instanceof Term.Call c) {
      return function(c.function())
          + c.of().stream().map(this::text).collect(Collectors.joining(", ", "(", ")"));
    } else if (term instanceof Term.Sum s) {
      return sum(s);
    } else if (term instanceof Term.Dense d) {
      return dense(d);
    } else if (term instanceof Term.Compared c) {
      return compared(text(c.of()));
    } else if (term instanceof Term.Single s) {
      return single(s);
    } else if (term instanceof Term.If i) {
      return choice(text(i.test()), text(i.then()), text(i.otherwise()));
    } else {
      return nothing();
    }
  }

  private String sum(Term.Sum sum) {
    StringBuilder text = new StringBuilder("(").append(number(sum.bias()));
    for (int i = 0; i < sum.of().size(); i++) {
      text.append(i % 4 == 3 ? line() : " ")
          .append("+ ")
          .append(number(sum.weights().get(i)))
          .append(" * ")
          .append(text(sum.of().get(i)));
    }
    return text.append(')').toString();
  }

  final String text(Term.Test test) {
    if (test instanceof Term.Less l) {
      return "(" + text(l.left()) + " < " + text(l.right()) + ")";
    } else if (test instanceof Term.AtMost l) {
      return "(" + text(l.left()) + " <= " + text(l.right()) + ")";
    } else if (test instanceof Term.Missing m) {
      return missing(text(m.of()));
    } else if (test instanceof Term.NotFinite n) {
      return notFinite(text(n.of()));
    } else if (test instanceof Term.Label l) {
      return label(l.column(), l.label());
    } else if (test instanceof Term.NoLabel l) {
      return noLabel(l.column());
    } else if (test instanceof Term.Not n) {
      return not() + "(" + text(n.of()) + ")";
    } else if (test instanceof Term.Any a) {
      return joined(a.of(), or(), false);
    } else {
      return joined(((Term.All) test).of(), and(), true);
    }
  }

  private String joined(List<Term.Test> tests, String word, boolean empty) {
    return tests.isEmpty()
        ? constant(empty)
        : tests.stream().map(this::text).collect(Collectors.joining(" " + word + " ", "(", ")"));
  }
}
