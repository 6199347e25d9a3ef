package io.millwright.sample.press;

import io.millwright.api.Predictor;
import io.millwright.api.Task;

/** What the plug-in offers. Thread-safe. */
public interface Press {

  /** The energy of a stroke; for {@link io.millwright.api.Millwright#open}. */
  Task<Stroke, Energy> STROKE_ENERGY =
      new Task<>("press.stroke-energy", 1, Stroke.class, Energy.class);

  /**
   * Learns what a stroke uses.
   *
   * @return a trainer with sensible options
   */
  EnergyTrainer energy();

  /**
   * Whether a stroke used what it should.
   *
   * @param model a model of {@link #STROKE_ENERGY}
   * @param measured the stroke and its energy
   * @param level the share of sound strokes that should be found as expected, between 0 and 1, both
   *     excluded, such as 0.99
   * @return the verdict
   */
  Verdict check(Predictor<Stroke, Energy> model, MeasuredStroke measured, double level);
}
