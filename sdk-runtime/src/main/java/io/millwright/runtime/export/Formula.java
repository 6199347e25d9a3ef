package io.millwright.runtime.export;

import io.millwright.api.data.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A model as arithmetic: stages of variables, each computed from inputs and earlier stages alone,
 * and the outputs among them. Built once, then only read.
 */
final class Formula {

  private final List<Column> inputs;
  private final List<List<Term>> stages = new ArrayList<>();
  private final Map<String, Integer> outputs = new LinkedHashMap<>();
  private final List<String> labels;
  private final List<String> about = new ArrayList<>();
  private int count;
  private long weights;

  /**
   * @param inputs the columns, of numbers and of labels
   * @param labels what the output {@code choice} counts; empty for a number
   */
  Formula(List<Column> inputs, List<String> labels) {
    this.inputs = List.copyOf(inputs);
    this.labels = List.copyOf(labels);
  }

  /** Adds a stage; gives its variables. */
  List<Term> stage(List<Term> terms) {
    List<Term> variables = new ArrayList<>();
    for (Term term : terms) {
      variables.add(new Term.Var(count++));
      if (term instanceof Term.Sum sum) {
        weights += sum.weights().size() + 1L;
      } else if (term instanceof Term.Dense dense) {
        weights += dense.weights().size() + 1L;
      }
    }
    stages.add(List.copyOf(terms));
    return variables;
  }

  /** Counts numbers that stand in no sum. */
  void weigh(long more) {
    weights += more;
  }

  Term variable(Term term) {
    return stage(List.of(term)).get(0);
  }

  void output(String name, Term term) {
    outputs.put(name, count);
    stage(List.of(term));
  }

  /** A line for the comment that the text begins with. */
  void about(String line) {
    about.add(line);
  }

  List<Column> inputs() {
    return inputs;
  }

  List<List<Term>> stages() {
    return stages;
  }

  /** The numbers of the variables that are outputs, by name. */
  Map<String, Integer> outputs() {
    return outputs;
  }

  /** The number of the variable that is an output. */
  int output(String name) {
    return Objects.requireNonNull(outputs.get(name), name);
  }

  List<String> labels() {
    return labels;
  }

  /** The comment, without what could end one. */
  List<String> about() {
    return about.stream()
        .map(line -> line.replaceAll("\\p{Cntrl}", " ").replace("*/", "* /").replace("*)", "* )"))
        .map(line -> line.replace("\\u", "\\ u"))
        .toList();
  }

  int variables() {
    return count;
  }

  long weights() {
    return weights;
  }
}
