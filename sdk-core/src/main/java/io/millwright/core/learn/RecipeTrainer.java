package io.millwright.core.learn;

import io.millwright.api.Job;
import io.millwright.api.Trained;
import io.millwright.api.Trainer;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Samples;
import java.nio.file.Path;
import java.util.Optional;

/** A trainer that follows a recipe: every call checks its data at once and starts a job. */
final class RecipeTrainer<I, L, V> implements Trainer<Samples<I, L>, Trained<I, V>> {

  private final DefaultLearningToolkit toolkit;
  private final Recipe<I, L, V> recipe;
  private final Optional<Parent> parent;

  RecipeTrainer(DefaultLearningToolkit toolkit, Recipe<I, L, V> recipe, Optional<Parent> parent) {
    this.toolkit = toolkit;
    this.recipe = recipe;
    this.parent = parent;
  }

  @Override
  public Job<Trained<I, V>> train(Samples<I, L> data) {
    return start(data, Optional.empty());
  }

  @Override
  public Job<Trained<I, V>> resume(Path checkpoint, Samples<I, L> data) {
    return start(data, Optional.of(checkpoint));
  }

  private Job<Trained<I, V>> start(Samples<I, L> data, Optional<Path> resume) {
    Training<I, L, V> training = toolkit.training(recipe, parent, data, resume);
    return toolkit
        .jobs()
        .background()
        .start(
            "learn " + recipe.binding().task(),
            Optional.empty(),
            control -> training.run(control, model -> toolkit.trained(recipe.binding(), model)));
  }
}
