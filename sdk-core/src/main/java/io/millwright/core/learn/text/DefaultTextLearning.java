package io.millwright.core.learn.text;

import io.millwright.api.Task;
import io.millwright.api.head.Head;
import io.millwright.api.head.LabelScores;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.spi.Jobs;
import io.millwright.api.text.Entities;
import io.millwright.api.text.Span;
import io.millwright.api.text.TextLearning;
import io.millwright.api.text.TextPair;
import io.millwright.api.text.TextTrainer;
import io.millwright.core.learn.DefaultComposer;
import io.millwright.runtime.text.TextTasks;
import java.util.List;
import java.util.Map;

/** Hands out trainers of texts. */
public final class DefaultTextLearning implements TextLearning {

  private final DefaultComposer composer;
  private final Jobs jobs;

  /**
   * @param composer keeps what is learnt in bundles
   * @param jobs runs trainings
   */
  public DefaultTextLearning(DefaultComposer composer, Jobs jobs) {
    this.composer = composer;
    this.jobs = jobs;
  }

  private <L, V> TextTrainer<String, L, V> single(
      String name, Task<String, V> task, Head<L, V> head) {
    return new DefaultTextTrainer<>(
        name,
        jobs,
        new TextTraining<>(composer, task, head, List.of("text"), new TextLooks(), TextTasks::text),
        TextOptions.standard());
  }

  @Override
  public TextTrainer<String, String, ClassScores> classes() {
    return single("learn classes of texts", CLASSES, TextTasks.CLASSES);
  }

  @Override
  public TextTrainer<String, Map<String, Boolean>, LabelScores> labels() {
    return single("learn labels of texts", LABELS, TextTasks.LABELS);
  }

  @Override
  public TextTrainer<String, List<Span>, Entities> entities() {
    return new DefaultTextTrainer<>(
        "learn entities of texts", jobs, new EntityTraining(composer), TextOptions.standard());
  }

  @Override
  public TextTrainer<TextPair, String, ClassScores> pairs() {
    return new DefaultTextTrainer<>(
        "learn pairs of texts",
        jobs,
        new TextTraining<>(
            composer,
            PAIRS,
            TextTasks.CLASSES,
            List.of("one", "other"),
            new PairLooks(),
            TextTasks::pair),
        TextOptions.standard());
  }
}
