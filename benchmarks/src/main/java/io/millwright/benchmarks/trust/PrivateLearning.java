package io.millwright.benchmarks.trust;

import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.data.Column;
import io.millwright.api.data.Table;
import io.millwright.api.learn.ClassMetrics;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Privacy;
import io.millwright.api.learn.Split;
import io.millwright.benchmarks.quality.Milling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What differentially private training costs on AI4I 2020: the same small perceptron, trained once
 * without and with noise of several sizes, judged on a fifth of the rows that it never saw.
 * Arguments: the CSV file.
 */
public final class PrivateLearning {

  private PrivateLearning() {}

  /** Prints a line for each size of the noise. */
  public static void main(String[] args) throws InterruptedException, IOException {
    try (Millwright millwright = Millwright.create()) {
      Table all = millwright.tables().csv(Milling.trimmed(Path.of(args[0])));
      Table table =
          all.select(
              all.schema().columns().stream()
                  .map(Column::name)
                  .filter(
                      n ->
                          !List.of("UDI", "Product ID", "TWF", "HDF", "PWF", "OSF", "RNF")
                              .contains(n))
                  .toList());
      SplittableRandom random = new SplittableRandom(5);
      List<Integer> learnt = new ArrayList<>();
      List<Integer> judged = new ArrayList<>();
      for (int i = 0; i < table.rows(); i++) {
        (random.nextInt(5) == 0 ? judged : learnt).add(i);
      }
      Table train = table.rows(learnt.stream().mapToInt(i -> i).toArray());
      Table test = table.rows(judged.stream().mapToInt(i -> i).toArray());
      Learning plain = Learning.adam(3e-3).batch(256).epochs(40).key(1);
      judge(millwright, "ordinary", plain, train, test);
      for (double noise : new double[] {0.6, 1, 2, 4}) {
        judge(
            millwright, "noise " + noise, plain.privacy(new Privacy(noise, 1, 1e-5)), train, test);
      }
    }
  }

  private static void judge(
      Millwright millwright, String name, Learning learning, Table train, Table test)
      throws InterruptedException {
    Trained<Table, ClassScores> model =
        millwright
            .learning()
            .classes("Machine failure")
            .network(Networks.mlp(32, 16))
            .learning(learning)
            .split(Split.holdOut(0.2))
            .train(train)
            .await();
    double[] truth = test.numbers("Machine failure");
    boolean[] failed = new boolean[truth.length];
    double[] score = new double[truth.length];
    try (Predictor<Table, ClassScores> predictor = model.open()) {
      List<Outcome<ClassScores>> said =
          predictor.predictAll(
              IntStream.range(0, test.rows()).mapToObj(i -> test.slice(i, i + 1)).toList());
      for (int i = 0; i < truth.length; i++) {
        failed[i] = truth[i] == 1;
        ClassScores scores = said.get(i).orElseThrow().value();
        score[i] = scores.probabilities().get(scores.labels().indexOf("1"));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-10s ROC AUC %.3f, PR AUC %.3f; %s%n",
        name,
        ClassMetrics.rocAuc(failed, score),
        ClassMetrics.prAuc(failed, score),
        model.info().provenance().settings().getOrDefault("privacy", "no privacy"));
  }
}
