package io.millwright.sample.press.internal;

import io.millwright.api.data.Features;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.Target;
import io.millwright.api.learn.TaskBinding;
import io.millwright.sample.press.Energy;
import io.millwright.sample.press.Press;
import io.millwright.sample.press.Stroke;
import java.util.List;

/** How strokes become rows and numbers become energies. */
final class StrokeEnergy {

  private static final Features<Stroke> FEATURES = Features.of(Stroke.class);

  static final TaskBinding<Stroke, Energy> BINDING =
      new TaskBinding<>(
          Press.STROKE_ENERGY,
          stroke -> FEATURES.table(List.of(stroke)),
          new Target.Quantity<>(
              Unit.of("kJ"),
              0,
              Double.POSITIVE_INFINITY,
              Energy::kilojoules,
              (number, atLeast) -> new Energy(number)));

  private StrokeEnergy() {}
}
