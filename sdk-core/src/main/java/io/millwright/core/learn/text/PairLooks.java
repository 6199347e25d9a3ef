package io.millwright.core.learn.text;

import io.millwright.api.text.TextEncoder;
import io.millwright.api.text.TextPair;
import io.millwright.runtime.text.Grams;
import io.millwright.runtime.text.Meaning;
import io.millwright.runtime.text.PairFeatures;
import io.millwright.runtime.text.TfIdf;
import io.millwright.runtime.words.Normaliser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The features that are tried for pairs of texts. */
final class PairLooks implements TextTraining.Looking<TextPair> {

  @Override
  public List<Seen<TextPair>> of(List<TextPair> labelled, TextOptions options) {
    List<String> texts = new ArrayList<>();
    for (TextPair pair : labelled) {
      texts.add(pair.one());
      texts.add(pair.other());
    }
    List<TfIdf> kinds = new ArrayList<>();
    kinds.add(fit(Grams.Kind.CHARACTERS, 1, 2, texts));
    kinds.add(fit(Grams.Kind.CHARACTERS, 2, 4, texts));
    kinds.add(fit(Grams.Kind.WORDS, 1, 1, texts));
    List<Seen<TextPair>> looks = new ArrayList<>();
    looks.add(Seen.of(new PairFeatures(kinds, Optional.empty()), labelled));
    for (TextEncoder encoder : TextLooks.encoders(texts, options)) {
      looks.add(
          Seen.of(
              new PairFeatures(
                  kinds,
                  Optional.of(Meaning.fit(encoder, texts.subList(0, Math.min(200, texts.size()))))),
              labelled));
    }
    return looks;
  }

  private static TfIdf fit(Grams.Kind kind, int low, int high, List<String> texts) {
    return TfIdf.fit(new Grams(kind, low, high, Normaliser.Digits.KEPT), texts, 1);
  }
}
