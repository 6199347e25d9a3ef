package io.millwright.personalization;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Millwright;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that deny, bound and measure in other units. */
class RequestsTest {

  private static final String PUMP =
      """
      product Pump
      feature material (材质) = iron (铸铁) | steel (不锈钢, "stainless steel")
      feature head (扬程) = 10..100 step 1 m
      feature seal (密封) = none | single | double
      feature power (功率) = 1..20 step 1 kW
      option heater (加热)
      """;

  private static Millwright millwright;
  private static Configurator pump;

  @BeforeAll
  static void open() {
    millwright = Millwright.create();
    Configurators configurators = millwright.plugin(Personalization.class).configuration();
    pump = configurators.of(configurators.read(PUMP));
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  private static Map<String, String> sure(String request) {
    return pump.read(request).understood().stream()
        .filter(u -> u.confidence() > 0.9)
        .collect(
            Collectors.toMap(
                RequestReading.Understood::feature, RequestReading.Understood::choice));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "I do not want iron | material | steel",
        "we don't need a heater | heater | no",
        "neither heater nor steel | material | iron",
        "neither heater nor steel | heater | no",
        "without heater or steel | material | iron",
        "heater not wanted, head 40 m | heater | no",
        "heater: no | heater | no",
        "no seal | seal | none",
        "不想要加热, 铸铁 | heater | no",
        "不要铸铁 | material | steel",
        "加热不要 | heater | no",
        "no heater, stainless steel | material | steel",
        "iron, not too heavy, with heater | heater | yes",
        "not only for water but with heater | heater | yes",
        "不锈钢 | material | steel",
      })
  void denialsReachWhatTheyDeny(String request, String feature, String choice) {
    assertThat(sure(request)).containsEntry(feature, choice);
  }

  @Test
  void aDenialWithWordsBetweenIsAsked() {
    RequestReading reading = pump.read("not suitable anywhere iron");
    assertThat(reading.understood()).isEmpty();
    assertThat(reading.questions()).anyMatch(q -> q.contains("iron") && q.contains("or not"));
  }

  @Test
  void nothingAndSomethingAreTwoReadings() {
    RequestReading reading = pump.read("double seal or no seal");
    assertThat(reading.questions()).anyMatch(q -> q.contains("double or none"));
    assertThat(sure("double seal or no seal")).doesNotContainKey("seal");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "head 100 ft | head | 30",
        "head 4000 cm | head | 40",
        "扬程40米 | head | 40",
        "power 10 hp | power | 7",
      })
  void unitsAreTurnedIntoTheFeatures(String request, String feature, String choice) {
    assertThat(pump.read(request).understood())
        .anyMatch(u -> u.feature().equals(feature) && u.choice().equals(choice));
  }

  @ParameterizedTest
  @ValueSource(strings = {"head 40 bar", "head 40xyz", "power 12 V", "head 40°f"})
  void aUnitOfSomethingElseIsAskedAndNotTaken(String request) {
    RequestReading reading = pump.read(request);
    assertThat(reading.understood()).isEmpty();
    assertThat(reading.questions()).anyMatch(q -> q.contains("how much is that"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"head of at least 40 m", "扬程不低于40米", "head 40 m or more", "扬程40米以上", "head <= 40"})
  void aBoundIsTakenAndAsked(String request) {
    RequestReading reading = pump.read(request);
    assertThat(reading.understood()).hasSize(1);
    assertThat(reading.understood().get(0).choice()).isEqualTo("40");
    assertThat(reading.understood().get(0).confidence()).isBetween(0.6, 0.8);
    assertThat(reading.questions()).anyMatch(q -> q.contains("is a bound"));
  }
}
