package io.millwright.core.learn;

import io.millwright.api.data.Column;
import io.millwright.api.data.Image;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.runtime.prepare.FittedPreparation;
import io.millwright.runtime.prepare.FittedStep;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows drawn from what a preparation learnt, its ranges and labels, by a key: what a runtime is
 * proven on holds no row of anybody's data.
 */
final class DrawnRows {

  /** The shorter side of a drawn image: no ratio of sides is rounded by over 2 %. */
  private static final int SIDE = 32;

  private DrawnRows() {}

  /** A sequence of rows with the columns that the preparation needs. */
  static Table of(FittedPreparation preparation, int rows, long key, int number) {
    Map<String, FittedStep.SeenNumber> numbers = new HashMap<>();
    Map<String, List<String>> labels = new HashMap<>();
    Set<String> ids = new HashSet<>();
    Map<String, FittedStep.CalendarColumn> times = new HashMap<>();
    Map<String, List<String>> runs = new HashMap<>();
    Optional<FittedStep.Picture> picture = Optional.empty();
    for (FittedStep step : preparation.steps()) {
      if (step instanceof FittedStep.Seen seen) {
        seen.numbers().forEach(n -> numbers.put(n.column(), n));
        seen.labels().forEach(l -> labels.put(l.column(), l.labels()));
      } else if (step instanceof FittedStep.Text bags) {
        bags.columns().forEach(b -> runs.put(b.column(), b.runs()));
      } else if (step instanceof FittedStep.Calendar calendar) {
        calendar.columns().forEach(t -> times.put(t.column(), t));
      } else if (step instanceof FittedStep.Input input) {
        ids.addAll(input.columns());
      } else if (step instanceof FittedStep.Picture p) {
        picture = Optional.of(p);
      }
    }
    List<Column> columns = preparation.inputs().columns();
    TableBuilder builder = Table.builder(preparation.inputs(), rows);
    KeyedRandom random = KeyedRandom.of(key, Purpose.OTHER, -3, number);
    for (int r = 0; r < rows; r++) {
      @Nullable Object[] values = new Object[columns.size()];
      for (int c = 0; c < values.length; c++) {
        Column column = columns.get(c);
        values[c] =
            switch (column.type()) {
              case NUMBER -> {
                double drawn = number(numbers.get(column.name()), random);
                // An embedding reads whole numbers alone.
                yield (Object) (ids.contains(column.name()) ? Math.rint(drawn) : drawn);
              }
              case AGE -> (Object) (double) r;
              case CATEGORY -> label(labels.get(column.name()), random);
              case IMAGE -> image(picture.orElseThrow(), random);
              case TIME -> time(times.get(column.name()), random);
              case TEXT -> text(runs.get(column.name()), random);
            };
      }
      builder.add(values);
    }
    return builder.build();
  }

  /**
   * In the middle half of the range: columns go together, and their corners may be far from all.
   */
  private static double number(FittedStep.@Nullable SeenNumber seen, KeyedRandom random) {
    double place = 0.25 + 0.5 * random.nextDouble();
    if (seen == null || !Double.isFinite(seen.high() - seen.low())) {
      return place;
    }
    return seen.low() + place * (seen.high() - seen.low());
  }

  private static @Nullable Object time(
      FittedStep.@Nullable CalendarColumn seen, KeyedRandom random) {
    if (seen == null) {
      return null;
    }
    double place = random.nextDouble();
    return Instant.ofEpochMilli(seen.low() + (long) (place * (seen.high() - seen.low())));
  }

  private static @Nullable Object text(@Nullable List<String> known, KeyedRandom random) {
    return known == null
        ? null
        : String.join(
            ". ", String.valueOf(label(known, random)), String.valueOf(label(known, random)));
  }

  private static @Nullable Object label(@Nullable List<String> known, KeyedRandom random) {
    return known == null || known.isEmpty() ? null : known.get(random.nextInt(known.size()));
  }

  /** Coarse squares of several greys or colours, of about the contrast that training saw. */
  private static Image image(FittedStep.Picture picture, KeyedRandom random) {
    double ratio = (double) picture.seenHeight() / picture.seenWidth();
    int width = ratio >= 1 ? SIDE : (int) Math.round(SIDE / ratio);
    int height = ratio >= 1 ? (int) Math.round(SIDE * ratio) : SIDE;
    Image.Format format = picture.colour() ? Image.Format.RGB8 : Image.Format.GREY8;
    int channels = format.channels();
    byte[] bytes = new byte[width * height * channels];
    double mean = (picture.darkest() + picture.brightest()) / 2;
    double spread = (picture.flattest() + picture.sharpest()) / 2;
    double[] squares = new double[64 * channels];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = mean + spread * random.nextGaussian();
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int square = (y * 8 / height) * 8 + x * 8 / width;
        for (int k = 0; k < channels; k++) {
          double v = Math.max(0, Math.min(1, squares[square * channels + k]));
          bytes[(y * width + x) * channels + k] = (byte) Math.round(255 * v);
        }
      }
    }
    return Image.ofBytes("drawn", width, height, format, bytes);
  }
}
