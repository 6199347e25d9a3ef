package io.millwright.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.prepare.FittedPreparation;
import io.millwright.runtime.support.Json;
import io.millwright.runtime.support.Limits;
import io.millwright.runtime.support.Place;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images in bundles: their preparation, their layers, and golden samples that hold pixels. */
class ImageBundleTest {

  private static final Place PLACE = Place.bundle("test.mwb");

  @Test
  void aModelOfImagesComesBackToTheLastBit(@TempDir Path folder) {
    Model model = RandomModels.images();
    Path file = folder.resolve("images.mwb");
    BundleWriter.write(model, file);
    RandomModels.assertSame(BundleReader.read(file), model);
  }

  private static String preparation() {
    return new String(
        Json.write(RandomModels.images().preparation(), FittedPreparation.class),
        StandardCharsets.UTF_8);
  }

  @Test
  void thePreparationIsStatedByNameAndNumbers() {
    String json = preparation();
    assertThat(json)
        .contains("\"@kind\":\"picture\",\"column\":\"image\",\"width\":12,\"height\":10")
        .contains("\"exposure\":\"BOTH\"")
        .contains("\"@kind\":\"vary-picture\"")
        .contains("{\"@kind\":\"views\",\"views\":{\"mirrored\":true,\"turned\":false}}");
  }

  @Test
  void viewsThatAreNoneAreRefusedByPlace() {
    String json = preparation();
    String none = json.replace("\"mirrored\":true", "\"mirrored\":false");
    String odd = json.replace("\"turned\":false", "\"turned\":8");
    String unknown = json.replace("\"@kind\":\"views\"", "\"@kind\":\"vistas\"");
    for (String text : new String[] {none, odd, unknown}) {
      assertThat(text).isNotEqualTo(json);
      assertThatThrownBy(
              () ->
                  Json.read(
                      text.getBytes(StandardCharsets.UTF_8),
                      FittedPreparation.class,
                      PLACE,
                      Limits.standard()))
          .isInstanceOfSatisfying(
              MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_BUNDLE))
          .hasMessageContaining("steps");
    }
  }

  @Test
  void imagesThatAreAlteredAreRefused() {
    Golden golden = RandomModels.images().golden().get(0);
    String json = new String(Json.write(golden, Golden.class), StandardCharsets.UTF_8);
    String[] altered = {
      json.replace("\"width\":120", "\"width\":119"),
      json.replace("\"height\":100", "\"height\":-100"),
      json.replace("GREY8", "GREY16"),
      json.replace("GREY8", "CMYK"),
      json.replace("\"pixels\":\"", "\"pixels\":\"*")
    };
    for (String text : altered) {
      assertThat(text).isNotEqualTo(json);
      assertThatThrownBy(
              () ->
                  Json.read(
                      text.getBytes(StandardCharsets.UTF_8),
                      Golden.class,
                      PLACE,
                      Limits.standard()))
          .isInstanceOfSatisfying(
              MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_BUNDLE));
    }
  }
}
