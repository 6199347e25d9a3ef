package io.millwright.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.runtime.network.WeightSpec;
import io.millwright.runtime.network.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StorageTest {

  @Test
  void everyHalfComesBack() {
    for (int h = 0; h < 1 << 16; h++) {
      float value = Storage.single((short) h);
      if (!Float.isNaN(value)) {
        assertThat(Storage.half(value)).isEqualTo((short) h);
      }
    }
  }

  /** Values of IEEE 754-2019, table 3.5 and section 4.3.1. */
  @ParameterizedTest
  @CsvSource({
    "1, 3C00",
    "-2, C000",
    "65504, 7BFF",
    "65519.99, 7BFF",
    "65520, 7C00",
    "6.103515625e-5, 0400",
    "6.097555e-5, 03FF",
    "5.9604645e-8, 0001",
    "2.9802322e-8, 0000",
    "2.99e-8, 0001",
    "1.00048828125, 3C00",
    "1.00146484375, 3C02",
    "0.333333343, 3555"
  })
  void knownValuesAreRoundedAsTheStandardSays(float value, String half) {
    assertThat(Storage.half(value) & 0xFFFF).isEqualTo(Integer.parseInt(half, 16));
  }

  @Test
  void theNearestHalfIsTaken() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      float value = (float) (random.nextGaussian() * Math.pow(2, random.nextInt(28) - 18));
      short half = Storage.half(value);
      double miss = Math.abs((double) Storage.single(half) - value);
      assertThat(miss)
          .isLessThanOrEqualTo(Math.abs((double) Storage.single((short) (half + 1)) - value));
      if ((half & 0x7FFF) > 0) {
        assertThat(miss)
            .isLessThanOrEqualTo(Math.abs((double) Storage.single((short) (half - 1)) - value));
      }
    }
  }

  private static Weights random(List<WeightSpec> specs, long seed) {
    Random random = new Random(seed);
    List<float[]> arrays = new ArrayList<>();
    for (WeightSpec spec : specs) {
      float[] values = new float[spec.size()];
      double size = Math.pow(10, random.nextInt(7) - 4);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (size * random.nextGaussian());
      }
      arrays.add(values);
    }
    return Weights.of(arrays);
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F16", "I8"})
  void roundedWeightsAreRecognisedAndComeBackBitForBit(Storage form, @TempDir Path folder) {
    Model model = RandomModels.everyLayer();
    List<WeightSpec> specs = Bundles.plans(model).get(0).weights();
    for (long seed = 0; seed < 20; seed++) {
      Weights trained = random(specs, seed);
      assertThat(Storage.of(specs, trained)).isEqualTo(Storage.F32);
      Weights rounded = form.rounded(specs, trained);
      assertThat(Storage.of(specs, rounded)).isEqualTo(form);
      assertThat(flat(form.rounded(specs, rounded))).isEqualTo(flat(rounded));
      for (int t = 0; t < specs.size(); t++) {
        closeEnough(form, specs.get(t), trained.get(t), rounded.get(t));
      }
    }
    Model smaller =
        new Model(
            model.task(),
            model.taskVersion(),
            model.preparation(),
            model.network(),
            model.head(),
            model.members().stream().map(w -> form.rounded(specs, w)).toList(),
            model.evaluation(),
            model.capabilities(),
            model.provenance(),
            model.golden(),
            model.blend(),
            model.recipe());
    Path file = folder.resolve("small.mwb");
    Manifest manifest = BundleWriter.write(smaller, file);
    List<Weights> read = BundleReader.read(file).members();
    for (int m = 0; m < read.size(); m++) {
      assertThat(flat(read.get(m))).isEqualTo(flat(smaller.members().get(m)));
    }
    long whole = specs.stream().mapToLong(s -> 4L * s.size()).sum();
    long entry =
        manifest.entries().stream()
            .filter(e -> e.name().equals(Bundles.weights(0)))
            .findFirst()
            .orElseThrow()
            .size();
    long most =
        switch (form) {
          case F32 -> whole + 8192;
          case F16 -> whole / 2 + 8192;
          case I8 -> whole * 2 / 3 + 8192;
          case SPARSE -> throw new AssertionError("has a test of its own");
        };
    assertThat(entry).isLessThan(most);
    assertThat(manifest.format()).endsWith(form == Storage.F32 ? "/1.0" : "/1.1");
    assertThat(BundleReader.info(file).digest()).isEqualTo(Bundles.digest(smaller));
  }

  private static int[] flat(Weights weights) {
    List<Integer> bits = new ArrayList<>();
    for (int t = 0; t < weights.count(); t++) {
      for (float v : weights.get(t)) {
        bits.add(Float.floatToRawIntBits(v));
      }
    }
    return bits.stream().mapToInt(b -> b).toArray();
  }

  private static void closeEnough(Storage form, WeightSpec spec, float[] was, float[] is) {
    float[] scales = Storage.matrix(spec) ? Storage.scales(spec, was) : new float[] {0};
    for (int i = 0; i < was.length; i++) {
      double allowed =
          switch (form) {
            case F32, SPARSE -> 0;
            case F16 -> Math.max(Math.abs(was[i]) * 0x1p-11, 0x1p-25);
            case I8 -> scales[i / (was.length / scales.length)] * 0.505;
          };
      assertThat(Math.abs((double) was[i] - is[i])).isLessThanOrEqualTo(allowed);
    }
  }

  private static Weights sparse(List<WeightSpec> specs, double zeros) {
    Random random = new Random(9);
    Weights weights = random(specs, 3);
    for (int t = 0; t < specs.size(); t++) {
      float[] values = weights.get(t);
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextDouble() < zeros ? 0 : values[i];
      }
    }
    return weights.asRounded();
  }

  @Test
  void zerosAreLeftOutAndComeBackBitForBit(@TempDir Path folder) {
    Model model = RandomModels.everyLayer();
    List<WeightSpec> specs = Bundles.plans(model).get(0).weights();
    assertThat(Storage.of(specs, sparse(specs, 0.1))).isEqualTo(Storage.F32);
    for (double zeros : new double[] {0.5, 0.9}) {
      Weights sparse = sparse(specs, zeros);
      sparse.get(0)[1] = -0.0f; // no plain zero: it must come back as it is
      assertThat(Storage.of(specs, sparse)).isEqualTo(Storage.SPARSE);
      Model smaller =
          new Model(
              model.task(),
              model.taskVersion(),
              model.preparation(),
              model.network(),
              model.head(),
              List.of(sparse),
              model.evaluation(),
              model.capabilities(),
              model.provenance(),
              model.golden());
      Path file = folder.resolve("sparse" + zeros + ".mwb");
      Manifest manifest = BundleWriter.write(smaller, file);
      assertThat(manifest.format()).endsWith("/1.2");
      assertThat(flat(BundleReader.read(file).members().get(0))).isEqualTo(flat(sparse));
      assertThat(BundleReader.info(file).digest()).isEqualTo(Bundles.digest(smaller));
    }
  }

  @Test
  void placesThatDoNotFitTheirNumbersAreFound() {
    float[] values = {0, 1, 0, 2, 3, 0, 0, 0, 4};
    byte[] places = Storage.places(values);
    float[] into = new float[9];
    assertThat(Storage.unpack(places, 9, 4, Storage.packed(values), into)).isTrue();
    assertThat(into).containsExactly(values);
    assertThat(Storage.unpack(places, 9, 3, new float[3], new float[0])).isFalse();
    assertThat(Storage.unpack(places, 9, 5, new float[5], new float[0])).isFalse();
    places[1] |= 2; // a place beyond the end
    assertThat(Storage.unpack(places, 9, 5, new float[5], new float[9])).isFalse();
  }

  @Test
  void aWeightTooLargeForHalfIsNamed() {
    List<WeightSpec> specs = Bundles.plans(RandomModels.everyLayer()).get(0).weights();
    Weights weights = random(specs, 1);
    weights.get(0)[2] = 70_000;
    assertThatThrownBy(() -> Storage.F16.rounded(specs, weights))
        .hasMessageContaining("weight 2")
        .hasMessageContaining("70000");
  }
}
