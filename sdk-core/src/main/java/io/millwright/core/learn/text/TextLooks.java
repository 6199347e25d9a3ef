package io.millwright.core.learn.text;

import io.millwright.api.spi.Jobs;
import io.millwright.api.text.TextEncoder;
import io.millwright.core.learn.DefaultComposer;
import io.millwright.core.learn.Parts;
import io.millwright.runtime.text.Grams;
import io.millwright.runtime.text.Language;
import io.millwright.runtime.text.Meaning;
import io.millwright.runtime.text.TextFeatures;
import io.millwright.runtime.text.TfIdf;
import io.millwright.runtime.words.Normaliser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The features that are tried for single texts. */
final class TextLooks implements TextTraining.Looking<String> {

  /** From so many texts on, n-grams that stand in one text only are left out. */
  private static final int MANY = 20_000;

  /** The length of an encoder's vector beside n-grams of length 1. */
  private static final double MEANT = 0.6;

  @Override
  public List<Seen<String>> of(List<String> labelled, TextOptions options) {
    int least = labelled.size() > MANY ? 2 : 1;
    TfIdf short4 = fit(Grams.Kind.CHARACTERS, 2, 4, labelled, least);
    TfIdf long5 = fit(Grams.Kind.CHARACTERS, 1, 5, labelled, least);
    TfIdf words = fit(Grams.Kind.WORDS, 1, 2, labelled, least);
    List<Seen<String>> looks = new ArrayList<>();
    looks.add(look(List.of(short4), Optional.empty(), labelled));
    looks.add(look(List.of(long5), Optional.empty(), labelled));
    looks.add(look(List.of(short4, words), Optional.empty(), labelled));
    for (TextEncoder encoder : encoders(labelled, options)) {
      Optional<Meaning> meaning = Optional.of(Meaning.fit(encoder, labelled));
      looks.add(look(List.of(short4), meaning, labelled));
      looks.add(look(List.of(short4, words), meaning, labelled));
    }
    return looks;
  }

  @Override
  public List<Chosen<String>> networks(
      DefaultComposer composer,
      LinearChoice<String> linear,
      LabelledTexts<String, ?, ?> texts,
      List<Parts.Fold> folds,
      TextOptions options,
      Jobs.Control<?> control) {
    return new NetworkChoice(composer, linear, texts, folds, options, control).hear();
  }

  private static Seen<String> look(
      List<TfIdf> grams, Optional<Meaning> meaning, List<String> labelled) {
    List<Double> weights = grams.stream().map(g -> 1.0).toList();
    return Seen.of(new TextFeatures(grams, weights, meaning, MEANT), labelled);
  }

  private static TfIdf fit(Grams.Kind kind, int low, int high, List<String> texts, int least) {
    return TfIdf.fit(new Grams(kind, low, high, Normaliser.Digits.KEPT), texts, least);
  }

  /** Those that were named, or those on the class path that read the language of the texts. */
  static List<TextEncoder> encoders(List<String> texts, TextOptions options) {
    if (options.encoders().isPresent()) {
      return options.encoders().get();
    }
    String guess = Language.of(texts.subList(0, Math.min(texts.size(), 2000)));
    String language = guess.equals(Language.UNKNOWN) ? "en" : guess;
    return Meaning.found().stream().filter(e -> e.languages().contains(language)).toList();
  }
}
