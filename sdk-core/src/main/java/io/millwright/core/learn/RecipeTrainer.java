package io.millwright.core.learn;

import io.millwright.api.Job;
import io.millwright.api.Trained;
import io.millwright.api.Trainer;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Samples;
import io.millwright.api.spi.Jobs;
import io.millwright.runtime.bundle.RecipeData.ChoiceData;
import java.nio.file.Path;
import java.util.Optional;

/** A trainer that follows a recipe: every call checks its data at once and starts a job. */
final class RecipeTrainer<I, L, V> implements Trainer<Samples<I, L>, Trained<I, V>> {

  private final DefaultLearningToolkit toolkit;
  private final Recipe<I, L, V> recipe;
  private final Optional<Parent> parent;
  private final Optional<ChoiceData> choice;

  /**
   * @param parent what to begin with, whose layers stand first in the recipe's network
   * @param choice what to choose among instead of the recipe's one network
   */
  RecipeTrainer(
      DefaultLearningToolkit toolkit,
      Recipe<I, L, V> recipe,
      Optional<Parent> parent,
      Optional<ChoiceData> choice) {
    this.toolkit = toolkit;
    this.recipe = recipe;
    this.parent = parent;
    this.choice = choice;
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
    Jobs.Work<Trained<I, V>> work = work(data, resume);
    return toolkit
        .jobs()
        .background()
        .start("learn " + recipe.binding().task(), Optional.empty(), work);
  }

  private Jobs.Work<Trained<I, V>> work(Samples<I, L> data, Optional<Path> resume) {
    if (choice.isPresent()) {
      Encoded<L> encoded = Encoded.of(recipe, data);
      return control ->
          toolkit.choose(
              recipe,
              choice.get().again(toolkit.brought()::loss),
              choice.get().kinds(),
              choice.get().budget(),
              encoded,
              resume,
              control);
    }
    Training<I, L, V> training = toolkit.training(recipe, parent, data, resume);
    return control -> training.run(control, model -> toolkit.trained(recipe.binding(), model));
  }
}
