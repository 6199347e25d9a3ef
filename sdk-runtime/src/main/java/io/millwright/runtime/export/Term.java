package io.millwright.runtime.export;

import java.util.List;

/** A number that is computed from others; the same in every language. */
sealed interface Term {

  /** A constant; may be infinite. */
  record Num(double value) implements Term {}

  /** A column of the input. */
  record Input(int column) implements Term {}

  /** What was computed before. */
  record Var(int number) implements Term {}

  /** One of {@code + - * /}. */
  record Two(char operator, Term left, Term right) implements Term {}

  /** A function of one or two numbers. */
  record Call(Function function, List<Term> of) implements Term {
    /** Copies. */
    public Call {
      of = List.copyOf(of);
    }
  }

  /** The functions that every language has. */
  enum Function {
    MIN,
    MAX,
    EXP,
    LOG,
    ABS
  }

  /** A bias, and inputs by their weights; a layer of few outputs adds in another order. */
  record Dense(double bias, List<Double> weights, List<Term> of, boolean few) implements Term {
    /** Copies. */
    public Dense {
      weights = List.copyOf(weights);
      of = List.copyOf(of);
    }
  }

  /** A bias, and numbers by their weights. */
  record Sum(double bias, List<Double> weights, List<Term> of) implements Term {
    /** Copies. */
    public Sum {
      weights = List.copyOf(weights);
      of = List.copyOf(of);
    }
  }

  /**
   * What the runtime computes in single precision: arithmetic step by step in it, or in double
   * precision and then rounded. A language may compute it in double precision all the same.
   *
   * @param stepwise whether every step is in single precision
   */
  record Single(Term of, boolean stepwise) implements Term {}

  /**
   * A number that a tree compares: every language rounds it to single precision as the runtime
   * does, since measured values often lie on a split, and the last digit decides their side.
   */
  record Compared(Term of) implements Term {}

  /** One of two. */
  record If(Test test, Term then, Term otherwise) implements Term {}

  /** No answer: NaN, NULL or 0, as the language has it. */
  record Nothing() implements Term {}

  /** Something that is true or not. */
  sealed interface Test {}

  /** {@code left < right}. */
  record Less(Term left, Term right) implements Test {}

  /** {@code left <= right}. */
  record AtMost(Term left, Term right) implements Test {}

  /** A number is missing (NaN or NULL). */
  record Missing(Term of) implements Test {}

  /** A number is missing or infinite. */
  record NotFinite(Term of) implements Test {}

  /** A column of labels holds this one. */
  record Label(int column, String label) implements Test {}

  /** A column of labels holds none. */
  record NoLabel(int column) implements Test {}

  /** The contrary. */
  record Not(Test of) implements Test {}

  /** At least one; false without any. */
  record Any(List<Test> of) implements Test {
    /** Copies. */
    public Any {
      of = List.copyOf(of);
    }
  }

  /** All; true without any. */
  record All(List<Test> of) implements Test {
    /** Copies. */
    public All {
      of = List.copyOf(of);
    }
  }

  static Term num(double value) {
    return new Num(value);
  }

  static Term plus(Term left, Term right) {
    return new Two('+', left, right);
  }

  static Term minus(Term left, Term right) {
    return new Two('-', left, right);
  }

  static Term times(Term left, Term right) {
    return new Two('*', left, right);
  }

  static Term by(Term left, Term right) {
    return new Two('/', left, right);
  }

  static Term min(Term left, Term right) {
    return new Call(Function.MIN, List.of(left, right));
  }

  static Term max(Term left, Term right) {
    return new Call(Function.MAX, List.of(left, right));
  }

  static Term log(Term of) {
    return new Call(Function.LOG, List.of(of));
  }

  /** The exponential, kept from overflow as the runtime keeps it. */
  static Term exp(Term of) {
    return new Call(Function.EXP, List.of(max(num(-700), min(num(700), of))));
  }

  static Term flag(Test test) {
    return new If(test, num(1), num(0));
  }
}
