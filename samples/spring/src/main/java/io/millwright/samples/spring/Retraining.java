package io.millwright.samples.spring;

import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.ModelStore;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.data.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Learns anew by night from what was measured, and lets the new model answer only when it is better
 * than the old one on the newest parts, which neither learnt from. The predictor follows the alias:
 * nothing is restarted.
 */
@Component
class Retraining {

  private static final Logger LOG = LoggerFactory.getLogger(Retraining.class);
  private static final String TARGET = "strength";

  private final Millwright millwright;
  private final ModelStore store;
  private final Predictor<Table, Object> champion;
  private final Path history;

  Retraining(
      Millwright millwright,
      ModelStore store,
      Predictor<Table, Object> champion,
      @Value("${plant.history}") Path history) {
    this.millwright = millwright;
    this.store = store;
    this.champion = champion;
    this.history = history;
  }

  /** Retrains; one at a time. */
  @Scheduled(cron = "${plant.retrain}")
  synchronized void retrain() throws IOException {
    if (!Files.exists(history)) {
      LOG.info("nothing to learn from: there is no {}", history.toAbsolutePath());
      return;
    }
    Table parts = millwright.tables().csv(history);
    int newest = parts.rows() - parts.rows() / 5;
    Table judge = parts.slice(newest, parts.rows());
    Job<? extends Trained<Table, Double>> training =
        millwright.learning().number(TARGET).train(parts.slice(0, newest));
    try {
      Trained<Table, Double> challenger = training.await();
      double before = meanError(champion, judge);
      double after;
      try (Predictor<Table, Double> opened = challenger.open()) {
        after = meanError(opened, judge);
      }
      LOG.info("mean error on {} new parts: {} by now, {} anew", judge.rows(), before, after);
      if (after < before || Double.isNaN(before)) {
        Path bundle = Files.createTempFile("strength", ".mwb");
        challenger.saveTo(bundle);
        ModelStore.Version version = store.put(TARGET, bundle);
        Files.delete(bundle);
        store.promote(
            "production",
            version.model() + ":" + version.number(),
            ModelStore.Note.by("retraining", "mean error " + after + " instead of " + before));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.info("the service stops, and the training with it");
    } catch (CancellationException e) {
      LOG.info("the training was cancelled");
    } finally {
      training.cancel();
    }
  }

  /** The mean absolute error; NaN when a part is not answered. */
  private static double meanError(Predictor<Table, ?> predictor, Table judge) {
    double[] truth = judge.numbers(TARGET);
    List<? extends Outcome<?>> answers = predictor.predictRows(judge.without(TARGET));
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      double answer = answers.get(i).fold(p -> ((Number) p.value()).doubleValue(), a -> Double.NaN);
      sum += Math.abs(answer - truth[i]);
    }
    return sum / truth.length;
  }
}
