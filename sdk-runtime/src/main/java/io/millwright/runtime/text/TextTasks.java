package io.millwright.runtime.text;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Predictor;
import io.millwright.api.data.PlainData;
import io.millwright.api.head.Head;
import io.millwright.api.head.Heads;
import io.millwright.api.head.LabelScores;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.TaskCatalog;
import io.millwright.api.text.TextLearning;
import io.millwright.api.text.TextPair;
import io.millwright.runtime.predict.PlainNetwork;
import io.millwright.runtime.words.Words;
import java.util.List;
import java.util.Map;

/** The host's own tasks on texts. */
public final class TextTasks implements TaskCatalog {

  /** What answers of {@link TextLearning#CLASSES} mean. */
  public static final Head<String, ClassScores> CLASSES = Heads.classes();

  /** What answers of {@link TextLearning#LABELS} mean. */
  public static final Head<Map<String, Boolean>, LabelScores> LABELS = Heads.labels();

  /** For {@link java.util.ServiceLoader}. */
  public TextTasks() {}

  @Override
  public List<ComposedTask<?, ?>> composedTasks() {
    return List.of(
        new ComposedTask<>(TextLearning.CLASSES, (m, info) -> text(m, CLASSES, info)),
        new ComposedTask<>(TextLearning.LABELS, (m, info) -> text(m, LABELS, info)),
        new ComposedTask<>(
            TextLearning.ENTITIES, (m, info) -> new EntityPredictor(EntityModel.of(m), info)),
        new ComposedTask<>(
            TextLearning.PAIRS,
            (m, info) -> pair(TextModel.of(m, CLASSES, TextTasks::pairs), info)));
  }

  private static <L, V> Predictor<String, V> text(
      ComposedModel model, Head<L, V> head, ModelInfo info) {
    return text(TextModel.of(model, head, TextTasks::voice), info);
  }

  /** Opens a model of single texts. */
  public static <V> TextPredictor<String, V> text(TextModel<String, V> model, ModelInfo info) {
    return new TextPredictor<>(model, info, new SingleParts());
  }

  /** Reads a voice of single texts. */
  public static TextVoice<String> voice(PlainData data, PlainNetwork network) {
    return switch (data.text("kind")) {
      case "linear" -> LinearText.of(TextFeatures.read(data.part("features")), network);
      case "subwords" -> new NetText(Subwords.of(data.texts("pieces")), network);
      default -> throw unknown(data.text("kind"));
    };
  }

  /** Opens a model of pairs. */
  public static <V> TextPredictor<TextPair, V> pair(TextModel<TextPair, V> model, ModelInfo info) {
    return new TextPredictor<>(model, info, new PairParts());
  }

  private static TextVoice<TextPair> pairs(PlainData data, PlainNetwork network) {
    if (!data.text("kind").equals("linear")) {
      throw unknown(data.text("kind"));
    }
    return LinearText.of(PairFeatures.read(data.part("features")), network);
  }

  static MillwrightException unknown(String kind) {
    return new MillwrightException(
        ErrorCode.BAD_BUNDLE,
        "a text model of kind \"" + kind + "\" is not known\nMaybe a later version wrote it");
  }

  /** One text. */
  private record SingleParts() implements TextPredictor.Parts<String> {
    @Override
    public boolean blank(String input) {
      return Words.of(input).isEmpty();
    }

    @Override
    public List<String> words(String input) {
      return Words.of(input).stream().map(w -> w.in(input)).toList();
    }

    @Override
    public String without(String input, int word) {
      Words.Word w = Words.of(input).get(word);
      return input.substring(0, w.start()) + input.substring(w.end());
    }
  }

  /** Two texts. */
  record PairParts() implements TextPredictor.Parts<TextPair> {
    private static final SingleParts ONE = new SingleParts();

    @Override
    public boolean blank(TextPair input) {
      return ONE.blank(input.one()) || ONE.blank(input.other());
    }

    @Override
    public List<String> words(TextPair input) {
      List<String> all = new java.util.ArrayList<>(ONE.words(input.one()));
      all.addAll(ONE.words(input.other()));
      return all;
    }

    @Override
    public TextPair without(TextPair input, int word) {
      int first = ONE.words(input.one()).size();
      return word < first
          ? new TextPair(ONE.without(input.one(), word), input.other())
          : new TextPair(input.one(), ONE.without(input.other(), word - first));
    }
  }
}
