package io.millwright.sample.press;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.cli.MillwrightCommand;
import io.millwright.cli.kit.Desk;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EnergyCommandTest {

  private static final Stroke STROKE = new Stroke(1000, 80, 10, 50, "door");

  @TempDir static Path folder;
  private static String model = "";
  private static double expected;
  private String out = "";
  private String err = "";

  @BeforeAll
  static void train() throws InterruptedException {
    Path file = folder.resolve("press.mwb");
    model = file.toString();
    try (Millwright millwright = Millwright.create()) {
      millwright.plugin(Press.class).energy().train(Line.strokes(4, 30, 1)).await().saveTo(file);
      try (Predictor<Stroke, Energy> opened = millwright.open(Press.STROKE_ENERGY, file)) {
        expected = opened.predict(STROKE).orElseThrow().value().kilojoules();
      }
    }
  }

  private int run(String... args) {
    CommandLine line = MillwrightCommand.line(Desk.ofThisProcess(), args);
    StringWriter stdout = new StringWriter();
    StringWriter stderr = new StringWriter();
    line.setOut(new PrintWriter(stdout)).setErr(new PrintWriter(stderr));
    int exit = line.execute(args);
    out = stdout.toString();
    err = stderr.toString();
    return exit;
  }

  private int energy(String force, String... more) {
    String[] args = {
      "press",
      "energy",
      model,
      "--force",
      force,
      "--travel",
      "80",
      "--rate",
      "10",
      "--oil",
      "50",
      "--die",
      "door"
    };
    String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return run(all);
  }

  @Test
  void theCommandAnswersAsTheModelDoes() {
    assertThat(energy("1000")).isZero();
    assertThat(out.strip()).isEqualTo(String.format(Locale.ROOT, "%.1f kJ", expected));
    assertThat(energy("1000", "--json")).isZero();
    assertThat(out).contains("\"command\" : \"press energy\"").contains("\"unit\" : \"kJ\"");
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThat(energy("much")).isEqualTo(1);
    assertThat(err).contains("--force is \"much\"").contains("Maybe");
    assertThat(run("press", "energy", model)).isEqualTo(2);
    assertThat(err).contains("--force");
    assertThat(run("press", "heat")).isEqualTo(2);
  }

  @Test
  void shellsCompleteIt() {
    assertThat(run("completion", "bash")).isZero();
    assertThat(out).contains("_picocli_millwright_press_energy").contains("--travel");
  }

  @Test
  void helpKnowsIt() {
    assertThat(run("--help")).isZero();
    assertThat(out).contains("press").contains("maintenance");
    assertThat(run("press", "--help")).isZero();
    assertThat(out).contains("energy").contains("Says how much energy");
    assertThat(run("press", "energy", "--help")).isZero();
    assertThat(out).contains("--force=KN").contains("millwright press energy press.mwb");
  }
}
