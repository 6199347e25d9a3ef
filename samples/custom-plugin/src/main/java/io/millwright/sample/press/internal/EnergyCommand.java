package io.millwright.sample.press.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Predictor;
import io.millwright.api.spi.CommandContext;
import io.millwright.api.spi.CommandOption;
import io.millwright.api.spi.PluginCommand;
import io.millwright.sample.press.Energy;
import io.millwright.sample.press.Press;
import io.millwright.sample.press.Stroke;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code millwright press energy}: what one stroke should use. */
final class EnergyCommand implements PluginCommand {

  private static final List<String> READINGS = List.of("force", "travel", "rate", "oil");

  @Inject
  EnergyCommand() {}

  @Override
  public String area() {
    return "press";
  }

  @Override
  public String name() {
    return "energy";
  }

  @Override
  public String description() {
    return "Says how much energy a stroke should use, by a model that learnt it.";
  }

  @Override
  public List<CommandOption> options() {
    return List.of(
        CommandOption.positional("model", "MODEL", "A model of the energy of strokes."),
        CommandOption.required("force", "KN", "The force in kN."),
        CommandOption.required("travel", "MM", "The travel under force in mm."),
        CommandOption.required("rate", "N", "Strokes a minute."),
        CommandOption.required("oil", "C", "The temperature of the oil in degrees Celsius."),
        CommandOption.required("die", "NAME", "The die."));
  }

  @Override
  public List<String> examples() {
    return List.of("press energy press.mwb --force 1000 --travel 80 --rate 10 --oil 50 --die door");
  }

  @Override
  public void run(CommandContext context) {
    double[] readings = READINGS.stream().mapToDouble(name -> number(context, name)).toArray();
    Stroke stroke =
        new Stroke(readings[0], readings[1], readings[2], readings[3], given(context, "die"));
    Path file = Path.of(given(context, "model"));
    try (Predictor<Stroke, Energy> model = context.millwright().open(Press.STROKE_ENERGY, file)) {
      double energy = model.predict(stroke).orElseThrow().value().kilojoules();
      context.line(String.format(Locale.ROOT, "%.1f kJ", energy));
      context.put("energy", Map.of("value", energy, "unit", "kJ"));
    }
  }

  private static double number(CommandContext context, String option) {
    String text = given(context, option);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "--" + option + " is \"" + text + "\", which is no number\nMaybe write 12.5",
          e);
    }
  }

  private static String given(CommandContext context, String option) {
    return context.option(option).orElseThrow();
  }
}
