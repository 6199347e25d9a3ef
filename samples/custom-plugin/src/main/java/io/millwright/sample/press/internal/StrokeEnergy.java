package io.millwright.sample.press.internal;

import io.millwright.api.data.Features;
import io.millwright.api.data.Unit;
import io.millwright.api.head.Amount;
import io.millwright.api.head.Heads;
import io.millwright.api.learn.Binding;
import io.millwright.sample.press.Energy;
import io.millwright.sample.press.Press;
import io.millwright.sample.press.Stroke;
import java.util.List;

/** How strokes become rows and numbers become energies. */
final class StrokeEnergy {

  private static final Features<Stroke> FEATURES = Features.of(Stroke.class);

  static final Binding<Stroke, Energy, Energy> BINDING =
      new Binding<>(
          Press.STROKE_ENERGY,
          stroke -> FEATURES.table(List.of(stroke)),
          Heads.quantity(Unit.of("kJ"), 0, Double.POSITIVE_INFINITY)
              .<Energy>labelled(energy -> Amount.of(energy.kilojoules()))
              .answering(amount -> new Energy(amount.value())));

  private StrokeEnergy() {}
}
