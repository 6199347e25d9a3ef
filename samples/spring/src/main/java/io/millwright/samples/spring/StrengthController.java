package io.millwright.samples.spring;

import com.fasterxml.jackson.databind.JsonNode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Table;
import io.millwright.integration.jackson.JsonTables;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Predicts the strength of parts. */
@RestController
class StrengthController {

  private final Predictor<Table, Object> strength;

  StrengthController(Predictor<Table, Object> strength) {
    this.strength = strength;
  }

  /** One outcome for each part: a value with its interval and flags, or why there is none. */
  @PostMapping(path = "/strength", consumes = MediaType.APPLICATION_JSON_VALUE)
  List<Outcome<Object>> strength(@RequestBody JsonNode parts) {
    return strength.predictRows(JsonTables.read(parts, strength.info().inputs()));
  }

  /** What does not fit the model's schema names its row and field. */
  @ExceptionHandler
  @ResponseStatus(HttpStatus.BAD_REQUEST)
  Map<String, Object> wrong(MillwrightException e) {
    return Map.of("code", e.code().id(), "message", String.valueOf(e.getMessage()));
  }
}
