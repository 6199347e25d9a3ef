package io.millwright.api.text;

import io.millwright.api.Task;
import io.millwright.api.head.LabelScores;
import io.millwright.api.learn.ClassScores;
import java.util.List;
import java.util.Map;

/**
 * Supervised learning from texts, for every user and without a plug-in. The default and the
 * baseline are linear models on character and word n-grams (tf-idf); a sentence encoder and
 * networks are kept only where held-out texts show that they help. Implemented by hosts. Immutable
 * and thread-safe.
 *
 * <pre>{@code
 * Trained<String, ClassScores> model = millwright.texts().classes().train(samples).await();
 * model.saveTo(Path.of("work-orders.mwb"));
 * }</pre>
 */
public interface TextLearning {

  /** The task of models that put a text into one class, by which their bundles open. */
  Task<String, ClassScores> CLASSES =
      new Task<>("text.classes", 1, String.class, ClassScores.class);

  /** The task of models that give a text several labels, by which their bundles open. */
  Task<String, LabelScores> LABELS = new Task<>("text.labels", 1, String.class, LabelScores.class);

  /** The task of models that find entities in a text, by which their bundles open. */
  Task<String, Entities> ENTITIES = new Task<>("text.entities", 1, String.class, Entities.class);

  /** The task of models that judge pairs of texts, by which their bundles open. */
  Task<TextPair, ClassScores> PAIRS =
      new Task<>("text.pairs", 1, TextPair.class, ClassScores.class);

  /**
   * A trainer for classes of texts (text classification).
   *
   * @return the trainer, with a default for everything; labels are the classes
   */
  TextTrainer<String, String, ClassScores> classes();

  /**
   * A trainer for labels that may hold together (multi-label classification).
   *
   * @return the trainer; labels say what holds and what does not, and leave out what is not known
   */
  TextTrainer<String, Map<String, Boolean>, LabelScores> labels();

  /**
   * A trainer for entities (sequence labelling).
   *
   * @return the trainer; labels are the spans of a text, of which one may lie inside another
   */
  TextTrainer<String, List<Span>, Entities> entities();

  /**
   * A trainer for pairs of texts (pair similarity, such as "the same question or another one").
   *
   * @return the trainer; labels are the classes of pairs, such as {@code same} and {@code other}
   */
  TextTrainer<TextPair, String, ClassScores> pairs();
}
