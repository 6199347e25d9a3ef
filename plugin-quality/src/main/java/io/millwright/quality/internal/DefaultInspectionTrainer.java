package io.millwright.quality.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Progress;
import io.millwright.api.Trained;
import io.millwright.api.data.Image;
import io.millwright.api.foreign.Backbone;
import io.millwright.api.learn.Decision;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.PictureVariation;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Step;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.api.spi.Problems;
import io.millwright.quality.InspectionCosts;
import io.millwright.quality.InspectionModel;
import io.millwright.quality.InspectionTrainer;
import io.millwright.quality.LabelledImage;
import io.millwright.quality.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Trains inspection by a recipe. */
final class DefaultInspectionTrainer implements InspectionTrainer {

  private final LearningToolkit learning;
  private final BackboneInspectionTrainer.Parts parts;
  private final Jobs jobs;
  private final InspectionRecipe recipe;
  private final boolean balanced;
  private final Optional<Long> key;

  DefaultInspectionTrainer(
      LearningToolkit learning,
      BackboneInspectionTrainer.Parts parts,
      InspectionRecipe recipe,
      boolean balanced,
      Optional<Long> key) {
    this.learning = learning;
    this.parts = parts;
    this.jobs = parts.jobs();
    this.recipe = recipe;
    this.balanced = balanced;
    this.key = key;
  }

  private InspectionTrainer with(InspectionRecipe changed) {
    return new DefaultInspectionTrainer(learning, parts, changed, balanced, key);
  }

  @Override
  public InspectionTrainer network(Network network) {
    return with(recipe.withNetwork(network));
  }

  @Override
  public InspectionTrainer learning(Learning options) {
    return new DefaultInspectionTrainer(
        learning, parts, recipe.withLearning(options), balanced, Optional.empty());
  }

  @Override
  public InspectionTrainer picture(Step.Picture picture) {
    return with(recipe.withPicture(picture));
  }

  @Override
  public InspectionTrainer vary(PictureVariation variety) {
    return with(recipe.withVary(variety));
  }

  @Override
  public InspectionTrainer split(Split split) {
    return with(recipe.withSplit(split));
  }

  @Override
  public InspectionTrainer costs(InspectionCosts costs) {
    return with(
        recipe.withDecision(
            new Decision.ByCost(
                costs.good(), costs.escape(), costs.falseReject(), costs.review())));
  }

  @Override
  public InspectionTrainer balanced(boolean value) {
    return new DefaultInspectionTrainer(learning, parts, recipe, value, key);
  }

  @Override
  public InspectionTrainer backbone(Backbone network) {
    InspectionRecipe plain = InspectionRecipe.standard();
    if (!recipe.withDecision(plain.decision()).equals(plain)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "a frozen backbone has no use for a network, learning, picture, variety or split"
              + "\nMaybe leave one of both out");
    }
    return new BackboneInspectionTrainer(
        parts,
        network,
        Optional.empty(),
        recipe
            .decision()
            .filter(Decision.ByCost.class::isInstance)
            .map(Decision.ByCost.class::cast)
            .map(c -> new InspectionCosts(c.negative(), c.missed(), c.falseAlarm(), c.review())),
        balanced,
        key.orElse(0L));
  }

  @Override
  public InspectionTrainer cache(Path folder, long mostBytes) {
    throw new MillwrightException(
        ErrorCode.BAD_OPTION,
        "only the features of a backbone are kept\nMaybe name the backbone first");
  }

  @Override
  public InspectionTrainer key(long value) {
    return new DefaultInspectionTrainer(learning, parts, recipe, balanced, Optional.of(value));
  }

  @Override
  public Job<InspectionModel> train(List<LabelledImage> data) {
    return start(data, Optional.empty());
  }

  @Override
  public Job<InspectionModel> resume(Path checkpoint, List<LabelledImage> data) {
    return start(data, Optional.of(checkpoint));
  }

  private Job<InspectionModel> start(List<LabelledImage> data, Optional<Path> checkpoint) {
    Map<String, List<LabelledImage>> classes = check(data);
    int rarest = classes.values().stream().mapToInt(List::size).min().orElseThrow();
    boolean grouped = data.stream().anyMatch(i -> !i.group().isEmpty());
    Learning schooling = recipe.learning().orElseGet(() -> InspectionRecipe.schooling(data.size()));
    if (balanced) {
      schooling = schooling.classWeights(Learning.ClassWeights.BALANCED);
    }
    Recipe<Image, String, Verdict> whole =
        recipe
            .withLearning(key.map(schooling::key).orElse(schooling))
            .recipe(data.get(0).image(), data.size(), rarest, grouped);
    Samples<Image, String> samples = samples(data);
    return jobs.background()
        .start(
            "learn to inspect",
            Optional.empty(),
            control ->
                new DefaultInspectionModel(
                    learning.learn(whole, samples, checkpoint, new Passed(control))));
  }

  /** The classes with their images; all that is wrong is said at once. */
  static Map<String, List<LabelledImage>> check(List<LabelledImage> data) {
    Problems problems = new Problems("the images");
    Map<String, List<LabelledImage>> classes = new TreeMap<>();
    data.forEach(i -> classes.computeIfAbsent(i.label(), k -> new ArrayList<>()).add(i));
    if (classes.size() < 2) {
      problems.add(
          ErrorCode.TOO_FEW_DATA,
          "classes",
          data.size() + " images of the classes " + classes.keySet(),
          "give images of at least two classes. Good parts alone are learnt by anomaly detection.");
    }
    classes.forEach(
        (label, images) -> {
          if (images.size() == 1) {
            problems.add(
                ErrorCode.TOO_FEW_DATA,
                "class \"" + label + "\"",
                "has one image, \""
                    + images.get(0).image().name()
                    + "\": what is learnt from it could not be judged",
                "give more images, or leave the class out.");
          }
        });
    problems.throwIfAny();
    return classes;
  }

  private static Samples<Image, String> samples(List<LabelledImage> data) {
    List<Sample<Image, String>> samples = new ArrayList<>(data.size());
    for (int i = 0; i < data.size(); i++) {
      LabelledImage image = data.get(i);
      String own = image.image().name().isEmpty() ? "image " + i : image.image().name();
      samples.add(
          Sample.of(image.group().isEmpty() ? own : image.group(), image.image(), image.label()));
    }
    return new Samples<>(samples);
  }

  /** The control of a job that yields the facade's model, for a training that yields its own. */
  private record Passed(Jobs.Control<InspectionModel> whole)
      implements Jobs.Control<Trained<Image, Verdict>> {

    @Override
    public boolean stopped() {
      return whole.stopped();
    }

    @Override
    public void checkpoint() {
      whole.checkpoint();
    }

    @Override
    public void best(Trained<Image, Verdict> result) {
      whole.best(new DefaultInspectionModel(result));
    }

    @Override
    public void report(Progress progress) {
      whole.report(progress);
    }

    @Override
    public Duration elapsed() {
      return whole.elapsed();
    }
  }
}
