package io.millwright.cli.quality;

import io.millwright.api.Flag;
import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Image;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Durations;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.quality.Frame;
import io.millwright.quality.FrameSource;
import io.millwright.quality.Inspected;
import io.millwright.quality.LineCounts;
import io.millwright.quality.LineWatch;
import io.millwright.quality.Quality;
import io.millwright.quality.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Inspects images as they are written into a folder. */
@Command(
    name = "watch",
    sortOptions = false,
    description =
        "Inspects images as a camera writes them into a folder, each with a deadline. What has no"
            + " answer in time is said at once and counted as late; only a few images ever wait."
            + " Ends with Ctrl-C, or after --idle without a new image.",
    footer = {
      "",
      "Examples:",
      "  millwright quality inspect watch camera/ --model surfaces.mwb --deadline 0.2s",
      "  millwright quality inspect watch camera/ --model surfaces.mwb --existing --idle 5s --json"
    })
final class InspectWatch extends DeskCommand {

  private static final Duration LOOK = Duration.ofMillis(200);

  @Parameters(index = "0", paramLabel = "FOLDER", description = "Where the camera writes to.")
  Path folder = Path.of("");

  @Option(names = "--model", required = true, paramLabel = "FILE", description = "The model.")
  Path model = Path.of("");

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      description = "The time that an image has from coming in. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0.5s",
      converter = Durations.class)
  Duration deadline = Duration.ofMillis(500);

  @Option(
      names = "--waiting",
      paramLabel = "N",
      description = "How many images wait at most. Default: ${DEFAULT-VALUE}.",
      defaultValue = "4")
  int waiting;

  @Option(
      names = "--idle",
      paramLabel = "TIME",
      description = "End after so long without a new image. Default: never.",
      converter = Durations.class)
  @Nullable Duration idle;

  @Option(
      names = "--existing",
      description =
          "Inspect the images that already lie there, too: first, one after the other, each with"
              + " its deadline from its turn on.")
  boolean existing;

  InspectWatch(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public boolean stopsEarly() {
    return true;
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    Quality quality = millwright.plugin(Quality.class);
    try (Predictor<Image, Verdict> predictor = millwright.open(Quality.INSPECTION, model);
        FrameSource frames = quality.frames(folder, existing);
        LineWatch line = quality.line(predictor, deadline, waiting, i -> say(words(i)))) {
      Set<String> lain = new HashSet<>();
      ImagePlaces.images(folder).forEach(file -> lain.add(file.toString()));
      say("Watching " + folder + (existing || lain.isEmpty() ? "" : passedBy(lain.size())));
      long last = System.nanoTime();
      while (!stopping()) {
        Optional<Frame> frame = frames.next(LOOK);
        if (frame.isPresent()) {
          if (existing && lain.remove(frame.get().name())) {
            line.drain(); // No part waits for it, so that it need not pass by.
          }
          line.offer(frame.get());
          last = System.nanoTime();
        } else if (idle != null && System.nanoTime() - last > idle.toNanos()) {
          break;
        }
      }
      line.drain();
      return reply(line.counts());
    }
  }

  private static String passedBy(int images) {
    return ": "
        + (images == 1 ? "1 image that lies" : images + " images that lie")
        + " there already "
        + (images == 1 ? "is" : "are")
        + " passed by; --existing inspects them too";
  }

  private Reply reply(LineCounts counts) {
    return new Reply(name())
        .line("Images", counts.frames() + ", " + counts.inTime() + " in time")
        .line(
            "Late",
            counts.late() + " answered after the deadline, " + counts.passedBy() + " not at all")
        .line("Faulty", Long.toString(counts.faulty()))
        .put("frames", counts.frames())
        .put("inTime", counts.inTime())
        .put("late", counts.late())
        .put("passedBy", counts.passedBy())
        .put("faulty", counts.faulty());
  }

  private static String words(Inspected<Verdict> inspected) {
    String answer =
        inspected
            .outcome()
            .map(InspectWatch::answer)
            .orElse(inspected.fault().isEmpty() ? "no answer" : first(inspected.fault()));
    return String.format(
        Locale.ROOT,
        "%s: %s%s, %d ms",
        inspected.name(),
        inspected.late() ? "LATE, " : "",
        answer,
        inspected.took().toMillis());
  }

  private static String answer(Outcome<Verdict> outcome) {
    return outcome.fold(
        p ->
            String.format(
                Locale.ROOT,
                "%s %.0f %%%s%s",
                p.value().label(),
                100 * p.value().probability(),
                p.value().decision() == Verdict.Decision.NONE ? "" : ", " + p.value().decision(),
                p.flags().contains(Flag.OUTSIDE_TRAINING_RANGE)
                    ? ", unlike the training images in brightness or contrast"
                    : ""),
        a -> "no answer: " + a.code());
  }

  private static String first(String fault) {
    return fault.lines().findFirst().orElse("");
  }
}
